"""Waivers: a curator's word, with a reason, that a problem of a claim is none. They are counted, shown, and go stale."""

import hashlib
from collections.abc import Container, Iterable, Iterator

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim
from briefing.model.usage import waivers_of
from briefing.text.words import normalise

WAIVER_RULE = "waiver-is-needed"
WAIVABLE = (
    "number-is-quoted",
    "name-is-quoted",
    "negation-agrees",
    "hedge-is-kept",
    "speaker-is-named",
    "quote-is-enough",
    "claim-is-neutral",
    "claim-is-our-own",
    "facts-agree",
)


def waiver_is_needed(dossier: Dossier) -> Iterator[Problem]:
    """A waiver answers a problem that is there, of the claim and the quotes that were read.

    Rules of meaning are alarms, and an alarm can be wrong. Then the fact says so: which rule, the words it is about, a
    reason that readers see, and in `seen` which claim and quotes were read. When either changes, the waiver is stale and
    the fact is read again. A waiver that answers nothing hides the next mistake. What is exact (verbatim quotes, hashes,
    ids, loading, paths) is never waived.

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
            help = "mend the fact; waived can be: " + ", ".join(WAIVABLE)
            yield Problem(WAIVER_RULE, waiver.rule.location, message, help, fact=fact.key, part=part.key)
        elif waiver.seen is None:
            message = "this waiver does not say which claim and quotes were read"
            help = f"read the fact again, and write `seen: {fingerprint(part)}`"
            yield Problem(WAIVER_RULE, waiver.rule.location, message, help, fact=fact.key, part=part.key)
        elif waiver.seen != fingerprint(part):
            message = "this waiver was written for another claim or other quotes"
            help = f"read the fact again; if the reason still holds, write `seen: {fingerprint(part)}`"
            yield Problem(WAIVER_RULE, waiver.seen.location, message, help, fact=fact.key, part=part.key)


def fingerprint(part: Claim) -> str:
    """Which claim and quotes these are: the first eight hex digits of a SHA-256 over their normalised texts."""
    hashed_texts = [part.claim, *(text for quote in part.quotes for text in (quote.source, quote.text))]
    return hashlib.sha256("\n".join(map(normalise, hashed_texts)).encode()).hexdigest()[:8]


def apply_waivers(dossier: Dossier, found: Iterable[Problem], off: Container[str]) -> tuple[list[Problem], list[Problem]]:
    """The problems that stand, and those that a waiver answers; a waiver that answers none is a problem itself.

    A waiver of a rule that is `off` is left alone: the switch may be turned again.
    """
    waivers = [(f, p, w) for f, p, w in waivers_of(dossier) if w.rule in WAIVABLE and w.rule not in off]
    if not waivers:
        return list(found), []
    keys = {(part.key, str(waiver.rule), normalise(waiver.words)) for _, part, waiver in waivers}
    unwaived: list[Problem] = []
    answered: list[Problem] = []
    for problem in found:
        is_answered = (problem.part, problem.rule, normalise(problem.words)) in keys
        (answered if is_answered else unwaived).append(problem)
    used = {(problem.part, problem.rule, normalise(problem.words)) for problem in answered}
    for fact, part, waiver in waivers:
        is_used = (part.key, str(waiver.rule), normalise(waiver.words)) in used
        if not is_used and waiver.seen == fingerprint(part) and dossier.is_checkable(part):
            message = f"`{waiver.rule}` finds nothing about these words here"
            unwaived.append(
                Problem(WAIVER_RULE, waiver.words.location, message, "delete the waiver", fact=fact.key, part=part.key)
            )
    return unwaived, answered
