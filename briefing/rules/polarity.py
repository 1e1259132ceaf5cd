"""The rules of negations and hedges: a claim drops none that its quotes have, and adds none."""

from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import HEDGE_IS_KEPT, NEGATION_AGREES
from briefing.model.dossier import Dossier
from briefing.rules.claim_context import claim_contexts
from briefing.rules.preserved_words import SPEECH, CuePolicy, added_cue_problems, dropped_cue_problems

_DENIALS = frozenset(["denial", "none of it", "failing", "answering"])
_NEGATION_POLICY = CuePolicy(
    NEGATION_AGREES,
    "negation",
    claim_answers=dict.fromkeys(_DENIALS - {"answering"}, _DENIALS),
    quote_answers=dict.fromkeys(_DENIALS - {"answering"}, _DENIALS),
)
_FUTURE_GROUPS = frozenset(["would", "will", "arrangement", "plan", "expectation", "possibility", "condition", "hope"])
_HEDGE_POLICY = CuePolicy(
    HEDGE_IS_KEPT,
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

    A lost or an added "not" reverses the meaning of a claim. The rule looks at the words that follow a negation in a quote.
    It reports a claim that has the same words without a negation, and a claim that negates words which its quotes do not
    negate. A claim may omit what its quotes say. The rule misses pairs such as "unlawful" and "not lawful", and free
    paraphrases.

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
    """A claim is as certain as its quotes: what is possible, believed, alleged, expected, hoped or conditional stays so.

    A claim without the "may" of its quote says more than the source, and an added "claimed" casts doubt on it. Words of one
    group can replace each other ("may" and "possible"), "will" can replace "would", and an allegation can be reported as
    somebody's words. The terms of an agreement can be in the present tense, although they are about the future. The rule
    notices a hedge only if the claim repeats the words that the hedge is about, so it misses free paraphrases.

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
