"""Waivers: each records why a reported problem is not a mistake. They are counted, shown, and expire."""

import hashlib
from collections.abc import Container, Iterable, Iterator

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import (
    CLAIM_IS_NEUTRAL,
    CLAIM_IS_OUR_OWN,
    FACTS_AGREE,
    HEDGE_IS_KEPT,
    NAME_IS_QUOTED,
    NEGATION_AGREES,
    NUMBER_IS_QUOTED,
    QUOTE_IS_ENOUGH,
    SPEAKER_IS_NAMED,
    WAIVER_IS_NEEDED,
)
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim
from briefing.model.usage import waivers_of
from briefing.text.words import normalise

WAIVABLE = (
    NUMBER_IS_QUOTED,
    NAME_IS_QUOTED,
    NEGATION_AGREES,
    HEDGE_IS_KEPT,
    SPEAKER_IS_NAMED,
    QUOTE_IS_ENOUGH,
    CLAIM_IS_NEUTRAL,
    CLAIM_IS_OUR_OWN,
    FACTS_AGREE,
)


def waiver_is_needed(dossier: Dossier) -> Iterator[Problem]:
    """A waiver answers a problem that is still reported, for the claim and quotes that the curator read.

    A rule about meaning can raise a false alarm. Then a waiver in the fact says so: it names the rule and the
    words, gives a reason that readers see, and identifies under `seen` the claim and quotes that were read. If either
    changes, the waiver no longer applies and the fact must be read again. A waiver without a problem would hide the next
    mistake. Exact rules (verbatim quotes, checksums, ids, loading, paths) cannot be waived.

    Fails, in facts/context.yaml:

        run-of-1987:
          claim: The lease of 1987 was to run for 12 years, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years
          waivers:
            - rule: number-is-quoted
              words: "12"
              reason: The report prints the number.
              seen: SEEN

    Passes, in facts/context.yaml:

        run-of-1987:
          claim: The lease of 1987 was to run for a dozen years, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years
    """
    for fact, part, waiver in waivers_of(dossier):
        if waiver.rule not in WAIVABLE:
            message = f"`{waiver.rule}` cannot be waived"
            help = "correct the fact; these rules can be waived: " + ", ".join(WAIVABLE)
            yield Problem(WAIVER_IS_NEEDED, waiver.rule.location, message, help, fact=fact.key, part=part.key)
        elif waiver.seen is None:
            message = "this waiver does not say which claim and quotes were read"
            help = f"read the fact again, then write `seen: {fingerprint(part)}`"
            yield Problem(WAIVER_IS_NEEDED, waiver.rule.location, message, help, fact=fact.key, part=part.key)
        elif waiver.seen != fingerprint(part):
            message = "the claim or its quotes have changed since this waiver was written"
            help = f"read the fact again; if the reason still holds, write `seen: {fingerprint(part)}`"
            yield Problem(WAIVER_IS_NEEDED, waiver.seen.location, message, help, fact=fact.key, part=part.key)


def fingerprint(part: Claim) -> str:
    """Identifies a claim and its quotes: the first eight hex digits of a SHA-256 over their normalised texts."""
    hashed_texts = [part.claim, *(text for quote in part.quotes for text in (quote.source, quote.text))]
    return hashlib.sha256("\n".join(map(normalise, hashed_texts)).encode()).hexdigest()[:8]


def apply_waivers(dossier: Dossier, found: Iterable[Problem], off: Container[str]) -> tuple[list[Problem], list[Problem]]:
    """Splits problems into those that remain and those that a waiver answers; a waiver that answers none is a problem.

    Waivers of rules that are `off` are ignored, because the rule may be switched on again.
    """
    waivers = [(fact, part, w) for fact, part, w in waivers_of(dossier) if w.rule in WAIVABLE and w.rule not in off]
    if not waivers:
        return list(found), []
    keys = {(part.key, str(waiver.rule), normalise(waiver.words)) for _, part, waiver in waivers}
    unwaived: list[Problem] = []
    waived: list[Problem] = []
    for problem in found:
        is_waived = (problem.part, problem.rule, normalise(problem.words)) in keys
        (waived if is_waived else unwaived).append(problem)
    used = {(problem.part, problem.rule, normalise(problem.words)) for problem in waived}
    for fact, part, waiver in waivers:
        is_used = (part.key, str(waiver.rule), normalise(waiver.words)) in used
        if not is_used and waiver.seen == fingerprint(part) and dossier.is_checkable(part):
            message = f"`{waiver.rule}` reports nothing about these words"
            unwaived.append(
                Problem(WAIVER_IS_NEEDED, waiver.words.location, message, "delete the waiver", fact=fact.key, part=part.key)
            )
    return unwaived, waived
