"""Two numbers of a claim that have changed places: each counts there what the quotes have beside the other."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import regex

from briefing.text.cues import segments
from briefing.text.quantities import Quantity, quantities
from briefing.text.words import straight

Beside = dict[str, set[str]]  # what a number stands beside, by its value
FARTHEST = 40  # how far behind a number what it counts is looked for, in characters
_SIDE = regex.compile(r"(?<!\p{L})(?P<side>from|to) [^\p{L}]*$", regex.IGNORECASE)
_MARK = regex.compile(r"[.,:;!?()](?!\d)")


def swapped(claim: str, quotes: Sequence[str]) -> tuple[Quantity, Quantity] | None:
    """The first two numbers of an English claim that each stand beside what its quotes have only beside the other."""
    told = [one for one in quantities(claim) if one.value[0].isdecimal()]
    pairs = [(one, other) for one, other in combinations(told, 2) if one.value != other.value]
    for read in (_counted, _side) if pairs else ():
        here = _beside([claim], read)
        there = _beside(quotes, read)
        for one, other in pairs:
            if _is_others(one.value, other.value, here, there) and _is_others(other.value, one.value, here, there):
                return one, other
    return None


def _is_others(value: str, other: str, here: Beside, there: Beside) -> bool:
    """Whether a number stands beside what only the other stands beside in the quotes."""
    words, own = here.get(value, set()), there.get(value, set())
    return bool(own and words & there.get(other, set())) and not words & own


def _beside(texts: Iterable[str], read: Callable[[str, Quantity], str]) -> Beside:
    found: Beside = {}
    for text in texts:
        for one in quantities(text):
            found.setdefault(one.value, set()).update(filter(None, [read(straight(text), one)]))
    return found


def _side(text: str, one: Quantity) -> str:
    """The `from` or `to` before a number."""
    found = _SIDE.search(text[: one.start])
    return found["side"].lower() if found else ""


def _counted(text: str, one: Quantity) -> str:
    """What a number counts: the stem of the first word of matter behind it, up to a mark or the next number."""
    mark = _MARK.search(text, one.end)
    behind = [other.start for other in quantities(text) if other.start >= one.end]
    edge = min([mark.start() if mark else len(text), one.end + FARTHEST, *behind])
    tokens = (token for segment in segments(text, "negation") for token in segment.tokens)
    return next((token.stem for token in tokens if one.end <= token.start < edge and token.stem), "")
