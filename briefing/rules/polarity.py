"""Rules of what is denied and what is only possible, believed or hoped: a claim keeps both, and adds neither."""

from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.rules.claim_context import claim_contexts
from briefing.rules.preserved_words import SPEECH, CuePolicy, added_cue_problems, dropped_cue_problems

_DENIALS = frozenset(["denial", "none of it", "failing", "answering"])
_NEGATION_POLICY = CuePolicy(
    "negation-agrees",
    "negation",
    claim_answers=dict.fromkeys(_DENIALS - {"answering"}, _DENIALS),
    quote_answers=dict.fromkeys(_DENIALS - {"answering"}, _DENIALS),
)
_FUTURE_GROUPS = frozenset(["would", "will", "arrangement", "plan", "expectation", "possibility", "condition", "hope"])
_HEDGE_POLICY = CuePolicy(
    "hedge-is-kept",
    "hedges",
    claim_answers={
        "possibility": frozenset(["possibility"]),
        "belief": frozenset(["belief"]),
        "allegation": frozenset(["allegation", "doubt", SPEECH]),
        "doubt": frozenset(["doubt", "allegation", SPEECH]),
        "expectation": frozenset(["expectation", "plan"]),
        "appearance": frozenset(["appearance", "seeming"]),
        "hope": frozenset(["hope"]),
        "condition": frozenset(["condition"]),
        "plan": frozenset(["plan", "expectation", "arrangement"]),
        "would": _FUTURE_GROUPS,
        "will": _FUTURE_GROUPS,
    },
    quote_answers={
        "possibility": frozenset(["possibility", "permission"]),
        "belief": frozenset(["belief"]),
        "allegation": frozenset(["allegation"]),
        "doubt": frozenset(["doubt", "allegation"]),
        "expectation": frozenset(["expectation", "plan"]),
        "appearance": frozenset(["appearance", "seeming"]),
        "hope": frozenset(["hope"]),
        "condition": frozenset(["condition"]),
        "plan": frozenset(["plan", "will", "would", "arrangement"]),
        "would": _FUTURE_GROUPS,
        "will": _FUTURE_GROUPS,
    },
)


def negation_agrees(dossier: Dossier) -> Iterator[Problem]:
    """A claim denies what its quotes deny, and nothing else.

    A lost or an added "not" turns a claim round. The rule looks for the words that follow a negation in a quote: where the
    claim has them and denies nothing, it alarms, and the other way about. It does not see "unlawful" for "not lawful", nor
    what is told in quite other words; what a claim leaves out altogether it may leave out.

    Fails, in facts/context.yaml:

        run-of-1987:
          claim: The lease signed in 1987 was renewed, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years – it was never renewed

    Passes, in facts/context.yaml:

        run-of-1987:
          claim: The lease signed in 1987 was not renewed, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years – it was never renewed
    """
    for context in claim_contexts(dossier):
        yield from dropped_cue_problems(_NEGATION_POLICY, context)
        yield from added_cue_problems(_NEGATION_POLICY, context)


def hedge_is_kept(dossier: Dossier) -> Iterator[Problem]:
    """A claim is as sure as its quotes: what is possible, believed, alleged, expected, hoped or on a condition stays so.

    A claim without the "may" of its quote says more than the source, and one with a "claimed" of its own puts a doubt in
    it. Words of one group answer each other ("may" and "possible"), "would" answers "will", and an allegation may be told
    as somebody's words. What is to come may be told in the present, as terms of an agreement are. The rule sees a hedge
    only where the claim has the words that it is about, so a free rendering gets past it.

    Fails, in facts/figures.yaml:

        output-of-the-isles:
          claim: The central bank of the Isles said the agreement adds 0.8 percent to their output.
          measure: Output of the Isles
          value: 0.8 percent
          quotes:
            wire: The central bank of the Isles said the agreement would add 0.8 percent to their output

    Passes, in facts/figures.yaml:

        output-of-the-isles:
          claim: The central bank of the Isles said the agreement will add 0.8 percent to their output.
          measure: Output of the Isles
          value: 0.8 percent
          quotes:
            wire: The central bank of the Isles said the agreement would add 0.8 percent to their output
    """
    for context in claim_contexts(dossier):
        yield from dropped_cue_problems(_HEDGE_POLICY, context)
        yield from added_cue_problems(_HEDGE_POLICY, context)
