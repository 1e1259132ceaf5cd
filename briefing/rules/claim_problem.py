"""Problems about words of a claim or of its quotes, in the form that a waiver can answer."""

from briefing.diagnostics.problem import Problem
from briefing.model.facts import Claim, Fact
from briefing.model.located_text import Text, location_within


def claim_problem(
    rule: str,
    fact: Fact,
    part: Claim,
    text: Text,
    span: tuple[int, int] | None,
    message: str,
    help: str,
    notes: tuple[str, ...] = (),
) -> Problem:
    """A problem of `part` about the words at `span` of `text` (its claim or a quote), or about all of it."""
    start, end = span or (0, len(text))
    location = location_within(text, start, end) if span else text.location
    return Problem(rule, location, message, help, notes, fact.key, part.key, str(text[start:end]))
