"""Where the words that a curator has in mind stand over several sources, or the runs that are most like them."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from briefing.characters import REFUSED
from briefing.source import Passage, Source
from briefing.words import normalise

MOST_BEGUN = 50
MOST_NEAR = 5
LEAST_LIKE = 62  # how like the words a suggestion must be, of 100
MOST_BEHIND = 15  # how much less like the words than the likest run a suggestion may be, of 100
_HYPHENATED = re.compile(r"(?<=\w)([-‐])[^\S\n]*\n\s*(?=\w)")
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.{3,}|…)\s*")


class How(Enum):
    """How the passages found are related to the words."""

    EXACT = "these are the words"
    MADE_WHOLE = "the words begin or end inside a word or number; here they are whole"
    RUNS = "a quote is one unbroken run: what stands about the ellipsis is a list of runs"
    NEAR = "these words are nowhere; the nearest runs are"


class Finding(NamedTuple):
    """What was found: each passage, or for an ellipsis the passages about it, in the order of the sources or of likeness."""

    how: How
    places: tuple[tuple[Passage, ...], ...]


def find_words(sources: Iterable[Source], words: str) -> Finding:
    """Where words stand in the sources: exactly, else cut, else about an ellipsis, else what is most like them."""
    sources = list(sources)
    for typed in _as_typed(words):
        found = [source.find(typed) for source in sources]
        if whole := [passage for one in found for passage in one.whole]:
            return Finding(How.EXACT, tuple((passage,) for passage in whole))
        if cut := [source.whole(p) for source, one in zip(sources, found, strict=True) for p in one.cut]:
            return Finding(How.MADE_WHOLE, tuple((passage,) for passage in dict.fromkeys(cut)))
    if runs := list(_about_ellipses(sources, words)):
        return Finding(How.RUNS, tuple(runs))
    near = sorted((n for source in sources for n in source.near(words, MOST_NEAR)), key=lambda n: -n.likeness)[:MOST_NEAR]
    return Finding(How.NEAR, tuple((n.passage,) for n in near if n.likeness >= max(LEAST_LIKE, near[0].likeness - MOST_BEHIND)))


def _as_typed(words: str) -> Iterator[str]:
    """The words; and where they were copied with hyphens at line ends or invisible characters, the words without these."""
    seen = [REFUSED.sub("", words)] if REFUSED.search(words) else []
    texts = (words, *seen, *(_HYPHENATED.sub(by, text) for text in (words, *seen) for by in ("", r"\1")))
    yield from dict.fromkeys(texts)


def _about_ellipses(sources: list[Source], words: str) -> Iterator[tuple[Passage, ...]]:
    """In each source that holds all that stands before, between and after ellipses in this order: the passages of that."""
    wanted = [piece for piece in _ELLIPSIS.split(words) if normalise(piece)]
    for source in sources if _ELLIPSIS.search(words) and wanted else ():
        hits = [source.find(piece).whole for piece in wanted]
        chains = [chain for first in hits[0][:MOST_BEGUN] if len(chain := _chain(first, hits[1:])) == len(hits)]
        if chains:
            yield min(chains, key=lambda chain: chain[-1].end - chain[0].start)


def _chain(first: Passage, later: list[tuple[Passage, ...]]) -> tuple[Passage, ...]:
    """The first passage, and of each of the later hits the nearest after the one before; shorter where there is none."""
    chain = [first]
    for hits in later:
        chain += [hit for hit in hits if hit.start >= chain[-1].end][:1]
    return tuple(chain)
