"""A source's text, its paragraphs, and how a quote is found in it.

A quote is one unbroken run of whole words in one paragraph; every offset is in code points of the seed as it lies on disk.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from briefing.text.paragraphs import paragraph_spans
from briefing.text.words import (
    NormalisedText,
    collapse_whitespace,
    find_all,
    has_whole_words,
    is_edge,
    normalise,
    normalise_with_offsets,
    word_runs,
)

_NON_SPACE_RUN = regex.compile(r"\S+")
MAX_SUGGESTION_SOURCE_LENGTH = 2_000_000
MIN_ALIGNMENT_SIMILARITY = 55  # of 100, to be suggested
MAX_WORDS_ADDED = 60
ALIGNMENT_SLACK = 32  # how far from the best alignment a suggestion may begin and end, in characters


@dataclass(frozen=True)
class Paragraph:
    """A block of a source, numbered from 1; `start` and `end` are its offsets in the seed, end exclusive."""

    number: int
    start: int
    end: int
    role: str = ""
    author: str = ""
    language: str = ""


@dataclass(frozen=True, order=True)
class Passage:
    """A stretch of a seed: offsets in code points, end exclusive; `last_paragraph` differs only across a declared split."""

    source: str
    paragraph: int
    last_paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Matches:
    """The places where words were found as whole words, and those where they begin or end inside a word or number."""

    whole_words: tuple[Passage, ...] = ()
    partial: tuple[Passage, ...] = ()


class SimilarPassage(NamedTuple):
    """A run of whole words like those that were searched, with the similarity from 0 to 100."""

    similarity: float
    passage: Passage


@dataclass(frozen=True)
class Source:
    """One seed's text cut into paragraphs. `splits` are the paragraph numbers that run on into the next."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    splits: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def runs(self) -> tuple[NormalisedText, ...]:
        """The normalised stretches a quote may not leave: each paragraph, or several over declared splits."""
        spans: list[tuple[int, int]] = []
        for paragraph in self.paragraphs:
            if spans and paragraph.number - 1 in self.splits:
                spans[-1] = (spans[-1][0], paragraph.end)
            else:
                spans.append((paragraph.start, paragraph.end))
        return tuple(normalise_with_offsets(self.text[start:end], start) for start, end in spans)

    def find(self, words: str) -> Matches:
        """Every place of `words` within one run, sorted by whether they begin and end as whole words; never fuzzy."""
        wanted = normalise(words)
        whole_words: list[Passage] = []
        cut: list[Passage] = []
        for run in self.runs if wanted else ():
            for at in find_all(wanted, run.text):
                end = at + len(wanted)
                matches = whole_words if is_edge(run.text, at) and is_edge(run.text, end) else cut
                matches.append(self._passage(run.starts[at], run.ends[end - 1]))
        return Matches(tuple(whole_words), tuple(cut))

    def contains(self, words: str) -> bool:
        """Whether the source has `words` somewhere as whole words."""
        wanted = normalise(words)
        return bool(wanted) and any(has_whole_words(wanted, run.text) for run in self.runs)

    @cached_property
    def folded_text(self) -> str:
        """The normalised text of all runs, case folded, one a line."""
        return "\n".join(run.text for run in self.runs).casefold()

    @cached_property
    def word_set(self) -> frozenset[str]:
        """The runs of word characters in the folded text."""
        return word_runs(self.folded_text)

    def exact_text(self, passage: Passage) -> str:
        """The seed's own characters at a passage, with white space collapsed."""
        return collapse_whitespace(self.text[passage.start : passage.end])

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph of that number, from 1."""
        return self.paragraphs[number - 1]

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds an offset of the seed."""
        return bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.start)

    def closest_passage(self, words: str) -> Passage | None:
        """The run of whole words most like `words`, for a suggestion only; None where nothing is similar."""
        near = self.similar_passages(words, 1)
        return near[0].passage if near else None

    def similar_passages(self, words: str, limit: int) -> list[SimilarPassage]:
        """The runs of whole words most like `words`, at most one a paragraph, the most similar first; for suggestions only."""
        wanted = normalise(words)[:2000]
        if len(self.text) > MAX_SUGGESTION_SOURCE_LENGTH or not wanted:
            return []
        aligned = [(*_best_alignment(wanted, run.text), n) for n, run in enumerate(self.runs)]
        best = sorted(
            (found for found in aligned if found[0] > MIN_ALIGNMENT_SIMILARITY), key=lambda found: (-found[0], found[3])
        )[:limit]
        found = []
        for _, start, end, number in best:
            run = self.runs[number]
            passage = self.expand_to_edges(run, *_snap_to_tokens(wanted, run, start, end))
            found.append(SimilarPassage(fuzz.ratio(wanted, normalise(self.exact_text(passage))), passage))
        return sorted(found, key=lambda near: -near.similarity)

    def expand_to_edges(self, run: NormalisedText, start: int, end: int) -> Passage:
        """The passage from `start` to `end` of a run, moved out to the nearest edges and off white space."""
        end = min(max(end, start + 1), len(run.text))
        while start < end - 1 and run.text[start] == " ":
            start += 1
        while end > start + 1 and run.text[end - 1] == " ":
            end -= 1
        while not is_edge(run.text, start):
            start -= 1
        while not is_edge(run.text, end):
            end += 1
        return self._passage(run.starts[start], run.ends[end - 1])

    def run_at(self, passage: Passage) -> tuple[NormalisedText, int, int]:
        """The run that holds a passage, and the passage's offsets in its text."""
        run = next(run for run in self.runs if run.starts[0] <= passage.start and passage.end <= run.ends[-1])
        return run, bisect_right(run.starts, passage.start) - 1, bisect_right(run.starts, passage.end - 1)

    def expand_to_words(self, passage: Passage) -> Passage:
        """The passage, extended to the ends of the words and numbers that it cuts."""
        return self.expand_to_edges(*self.run_at(passage))

    def extend_until_unique(self, passage: Passage) -> Passage:
        """The passage, extended word by word until it occurs once in the source, if that is possible."""
        run, start, end = self.run_at(passage)
        widest = self.expand_to_edges(run, 0, len(run.text))
        steps = 0
        while steps < MAX_WORDS_ADDED and passage != widest and len(self.find(self.exact_text(passage)).whole_words) > 1:
            steps += 1
            if end < len(run.text):
                end = _next_edge(run.text, end)
            else:
                start = _previous_edge(run.text, start)
            passage = self.expand_to_edges(run, start, end)
        return passage

    def _passage(self, start: int, end: int) -> Passage:
        return Passage(self.id, self.paragraph_at(start), self.paragraph_at(end - 1), start, end)


def _best_alignment(wanted: str, text: str) -> tuple[float, int, int]:
    """The stretch of a text most like `wanted`: how similar it is, from 0 to 100, and its offsets."""
    if len(text) <= len(wanted):
        return fuzz.ratio(wanted, text), 0, len(text)
    aligned = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=MIN_ALIGNMENT_SIMILARITY)
    return (aligned.score, aligned.dest_start, aligned.dest_end) if aligned else (0, 0, 0)


def _snap_to_tokens(wanted: str, run: NormalisedText, start: int, end: int) -> tuple[int, int]:
    """The run of whole tokens most like `wanted` that begins and ends near `start` and `end`."""
    tokens = [
        found.span() for found in _NON_SPACE_RUN.finditer(run.text, max(0, start - ALIGNMENT_SLACK), end + ALIGNMENT_SLACK)
    ]
    starts = [start, *(at for at, _ in tokens if abs(at - start) <= ALIGNMENT_SLACK)]
    ends = [end, *(at for _, at in tokens if abs(at - end) <= ALIGNMENT_SLACK)]
    spans = ((first, last) for first in starts for last in ends if first < last)
    return max(spans, key=lambda span: fuzz.ratio(wanted, run.text[span[0] : span[1]]))


def _next_edge(text: str, at: int) -> int:
    at += 1
    while at < len(text) and not (is_edge(text, at) and text[at - 1].isalnum()):
        at += 1
    return min(at, len(text))


def _previous_edge(text: str, at: int) -> int:
    at -= 1
    while at > 0 and not (is_edge(text, at) and text[at].isalnum()):
        at -= 1
    return max(at, 0)


def read_source(
    id: str,
    text: str,
    roles: Mapping[int, tuple[str, ...]] | None = None,
    splits: frozenset[int] = frozenset(),
    merged: Sequence[str] = (),
) -> Source:
    """Cuts a seed's text into paragraphs. `roles` gives, by a paragraph's number, its role, author and language."""
    paragraph_roles = roles or {}
    spans = enumerate(paragraph_spans(text, merged), 1)
    return Source(
        id, text, tuple(Paragraph(n, start, end, *paragraph_roles.get(n, ("", ""))) for n, (start, end) in spans), splits
    )
