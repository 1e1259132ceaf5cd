"""Rules of what is denied and what is only possible, believed or hoped: a claim keeps both, and adds neither."""

from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.rules.claim_context import claims_of
from briefing.rules.preserved_words import SPEECH, Keeping, added, lost

_DENIALS = frozenset(["denial", "none of it", "failing", "answering"])
_NEGATION = Keeping(
    "negation-agrees",
    "negation",
    lost=dict.fromkeys(_DENIALS - {"answering"}, _DENIALS),
    added=dict.fromkeys(_DENIALS - {"answering"}, _DENIALS),
)
_COMING = frozenset(["would", "will", "arrangement", "plan", "expectation", "possibility", "condition", "hope"])
_HEDGES = Keeping(
    "hedge-is-kept",
    "hedges",
    lost={
        "possibility": frozenset(["possibility"]),
        "belief": frozenset(["belief"]),
        "allegation": frozenset(["allegation", "doubt", SPEECH]),
        "doubt": frozenset(["doubt", "allegation", SPEECH]),
        "expectation": frozenset(["expectation", "plan"]),
        "appearance": frozenset(["appearance", "seeming"]),
        "hope": frozenset(["hope"]),
        "condition": frozenset(["condition"]),
        "plan": frozenset(["plan", "expectation", "arrangement"]),
        "would": _COMING,
        "will": _COMING,
    },
    added={
        "possibility": frozenset(["possibility", "permission"]),
        "belief": frozenset(["belief"]),
        "allegation": frozenset(["allegation"]),
        "doubt": frozenset(["doubt", "allegation"]),
        "expectation": frozenset(["expectation", "plan"]),
        "appearance": frozenset(["appearance", "seeming"]),
        "hope": frozenset(["hope"]),
        "condition": frozenset(["condition"]),
        "plan": frozenset(["plan", "will", "would", "arrangement"]),
        "would": _COMING,
        "will": _COMING,
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
    for claimed in claims_of(dossier):
        yield from lost(_NEGATION, claimed)
        yield from added(_NEGATION, claimed)


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
    for claimed in claims_of(dossier):
        yield from lost(_HEDGES, claimed)
        yield from added(_HEDGES, claimed)
