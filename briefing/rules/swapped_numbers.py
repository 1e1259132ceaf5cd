"""Two numbers of a claim that have changed places: each counts there what the quotes have beside the other."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import regex

from briefing.text.cues import split_segments
from briefing.text.quantities import Quantity, find_quantities
from briefing.text.words import straighten_quotes

ContextByValue = dict[str, set[str]]  # what a number stands beside, by its value
MAX_COUNTED_DISTANCE = 40  # how far behind a number what it counts is looked for, in characters
_FROM_OR_TO = regex.compile(r"(?<!\p{L})(?P<side>from|to) [^\p{L}]*$", regex.IGNORECASE)
_COUNT_BOUNDARY = regex.compile(r"[.,:;!?()](?!\d)")


def find_swapped_numbers(claim: str, quotes: Sequence[str]) -> tuple[Quantity, Quantity] | None:
    """The first two numbers of an English claim that each stand beside what its quotes have only beside the other."""
    numbers = [one for one in find_quantities(claim) if one.value[0].isdecimal()]
    pairs = [(one, other) for one, other in combinations(numbers, 2) if one.value != other.value]
    for read in (_counted_stem, _direction_word) if pairs else ():
        here = _contexts_by_value([claim], read)
        there = _contexts_by_value(quotes, read)
        for one, other in pairs:
            if _has_context_of(one.value, other.value, here, there) and _has_context_of(other.value, one.value, here, there):
                return one, other
    return None


def _has_context_of(value: str, other: str, in_claim: ContextByValue, in_quotes: ContextByValue) -> bool:
    """Whether a number stands beside what only the other stands beside in the quotes."""
    words, expected = in_claim.get(value, set()), in_quotes.get(value, set())
    return bool(expected and words & in_quotes.get(other, set())) and not words & expected


def _contexts_by_value(texts: Iterable[str], read: Callable[[str, Quantity], str]) -> ContextByValue:
    found: ContextByValue = {}
    for text in texts:
        for one in find_quantities(text):
            found.setdefault(one.value, set()).update(filter(None, [read(straighten_quotes(text), one)]))
    return found


def _direction_word(text: str, one: Quantity) -> str:
    """The `from` or `to` before a number."""
    found = _FROM_OR_TO.search(text[: one.start])
    return found["side"].lower() if found else ""


def _counted_stem(text: str, one: Quantity) -> str:
    """What a number counts: the stem of the first word of matter behind it, up to a mark or the next number."""
    punctuation = _COUNT_BOUNDARY.search(text, one.end)
    behind = [other.start for other in find_quantities(text) if other.start >= one.end]
    edge = min([punctuation.start() if punctuation else len(text), one.end + MAX_COUNTED_DISTANCE, *behind])
    tokens = (token for segment in split_segments(text, "negation") for token in segment.tokens)
    return next((token.stem for token in tokens if one.end <= token.start < edge and token.stem), "")
