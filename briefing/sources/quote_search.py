"""Finds the words that a curator remembers in several sources, or the passages that are most similar to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from briefing.model.source import Passage, Source
from briefing.text.characters import FORBIDDEN_CHARACTERS
from briefing.text.words import normalise

MAX_CHAINS = 50
MAX_SUGGESTIONS = 5
MIN_RESULT_SIMILARITY = 62  # a suggestion must be so similar to the words, of 100
MAX_SIMILARITY_GAP = 15  # and at most so much less similar than the best one
_HYPHENATED = re.compile(r"(?<=\w)([-‐])[^\S\n]*\n\s*(?=\w)")
_QUOTATION_MARKS = "\"'`´′″ʼʹ«»‹›〝〞〟「」『』＂＇“”„‟‘’‚‛"
_DASHES = "-‐‑‒–—―−⸺⸻－"
_QUOTATION_MARK = re.compile(rf" ?(?:''|``|,,|[{_QUOTATION_MARKS}]) ?")
_DASH = re.compile(rf" ?(?:--+|[{_DASHES}]) ?")
_QUOTES_AND_DASHES = re.compile(rf"({_QUOTATION_MARK.pattern}|{_DASH.pattern})")
_ENCLOSED_IN_QUOTES = re.compile(rf"\s*[{_QUOTATION_MARKS}](.*)[{_QUOTATION_MARKS}]\s*", re.DOTALL)
_BALANCED_PAIRS = (("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("「", "」"), ("『", "』"), ('"', '"'))
_CLOSING_QUOTE = re.compile(r"[,.;:!?…]?([”“»«」』\"])")  # with punctuation before it
_ELLIPSIS = re.compile(r"(?:(?<!\s)\s++)?+(?:\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.{3,}|…)\s*")


class MatchKind(Enum):
    """How the passages found are related to the words; the value is what the curator reads."""

    EXACT = "these are the words"
    WIDENED = "your words begin or end inside a word or number; this quote has the whole word"
    MARKS = "these are the words, with the quotation marks, apostrophes and dashes of the source"
    RUNS = "a quote has no ellipsis: the words before and after it are a list of quotes"
    NEAR = "these words are in no source; the most similar passages are"


class QuoteMatches(NamedTuple):
    """The matches in the order of the sources, or the most similar first: a passage each, or several around an ellipsis."""

    kind: MatchKind
    passages: tuple[tuple[Passage, ...], ...]


def find_quote(sources: Iterable[Source], words: str) -> QuoteMatches:
    """Finds words exactly, cut inside a word, with other punctuation, or around an ellipsis; else what is most similar."""
    sources = list(sources)
    for typed in _as_typed(words):
        found = [source.find(typed) for source in sources]
        if whole := [passage for one in found for passage in one.whole_words]:
            return QuoteMatches(MatchKind.EXACT, tuple((passage,) for passage in whole))
        if cut := [source.expand_to_words(p) for source, one in zip(sources, found, strict=True) for p in one.partial]:
            return QuoteMatches(MatchKind.WIDENED, tuple((passage,) for passage in dict.fromkeys(cut)))
    if marked := list(
        dict.fromkeys(p for typed in _unwrapped(words) for source in sources for p in _find_with_any_punctuation(source, typed))
    ):
        return QuoteMatches(MatchKind.MARKS, tuple((passage,) for passage in marked))
    if runs := list(_find_around_ellipses(sources, words)):
        return QuoteMatches(MatchKind.RUNS, tuple(runs))
    near = sorted(
        (n for source in sources for n in source.similar_passages(words, MAX_SUGGESTIONS)), key=lambda n: -n.similarity
    )[:MAX_SUGGESTIONS]
    return QuoteMatches(
        MatchKind.NEAR,
        tuple(
            (n.passage,) for n in near if n.similarity >= max(MIN_RESULT_SIMILARITY, near[0].similarity - MAX_SIMILARITY_GAP)
        ),
    )


def _as_typed(words: str) -> Iterator[str]:
    """The words as typed, and without the hyphens at line ends and the invisible characters that copying can leave in them."""
    visible = [FORBIDDEN_CHARACTERS.sub("", words)] if FORBIDDEN_CHARACTERS.search(words) else []
    texts = (words, *visible, *(_HYPHENATED.sub(by, text) for text in (words, *visible) for by in ("", r"\1")))
    yield from dict.fromkeys(texts)


def _unwrapped(words: str) -> Iterator[str]:
    """The words as typed, and without a pair of quotation marks around them."""
    yield words
    if found := _ENCLOSED_IN_QUOTES.fullmatch(words):
        yield found[1]


def _find_with_any_punctuation(source: Source, words: str) -> Iterator[Passage]:
    """Where a source has the words with any quotation marks, apostrophes and dashes."""
    pieces = _QUOTES_AND_DASHES.split(normalise(words))
    pattern = re.compile("".join(_punctuation_pattern(piece) if n % 2 else re.escape(piece) for n, piece in enumerate(pieces)))
    for run in source.runs if any(pieces[::2]) else ():
        for found in pattern.finditer(run.text):
            if found.group().strip():
                yield source.expand_to_edges(run, *found.span())


def _punctuation_pattern(piece: str) -> str:
    """The pattern for a quotation mark or dash in the words, with optional spaces; around a plain hyphen there are none."""
    if _QUOTATION_MARK.fullmatch(piece):
        return rf" ?[{re.escape(_QUOTATION_MARKS)}] ?"
    space = "" if piece in ("-", "‐", "‑") else " ?"
    return rf"{space}[{re.escape(_DASHES)}]{space}"


def balance_quotation_marks(source: Source, passage: Passage) -> Passage:
    """The passage, extended to the other quotation mark of a pair if only one is in it and the other is right next to it."""
    text, start, end = source.text, passage.start, passage.end
    first, last = source.paragraph(passage.paragraph).start, source.paragraph(passage.last_paragraph).end
    after = _CLOSING_QUOTE.match(text, end, last)
    for opening, closing in _BALANCED_PAIRS:
        opened, closed = text.count(opening, start, end), text.count(closing, start, end)
        is_odd = opening == closing and opened % 2 == 1
        if (is_odd or opened == closed + 1) and after and after[1] == closing:
            return source.expand_to_words(replace(passage, end=after.end()))
        if (is_odd or closed == opened + 1) and text.startswith(opening, max(first, start - 1), start):
            return source.expand_to_words(replace(passage, start=start - 1))
    return passage


def _find_around_ellipses(sources: list[Source], words: str) -> Iterator[tuple[Passage, ...]]:
    """For each source that has all the words between the ellipses, in this order: the passages, close together."""
    pieces = [piece for piece in _ELLIPSIS.split(words) if normalise(piece)]
    for source in sources if _ELLIPSIS.search(words) and pieces else ():
        hits = [source.find(piece).whole_words for piece in pieces]
        chains = [chain for first in hits[0][:MAX_CHAINS] if len(chain := _chain(first, hits[1:])) == len(hits)]
        if chains:
            yield min(chains, key=lambda chain: chain[-1].end - chain[0].start)


def _chain(first: Passage, later: list[tuple[Passage, ...]]) -> tuple[Passage, ...]:
    """The first passage, then from each list the first one after the passage before; shorter where a list has none."""
    chain = [first]
    for hits in later:
        chain += [hit for hit in hits if hit.start >= chain[-1].end][:1]
    return tuple(chain)
