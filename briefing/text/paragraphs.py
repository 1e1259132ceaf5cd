"""Cuts a text into paragraphs at blank lines."""

from collections.abc import Sequence

import regex

_PARAGRAPH_BREAK = regex.compile(r"\n(?:[^\S\n]*\n)+")


def paragraph_spans(text: str, merged: Sequence[str] = ()) -> list[tuple[int, int]]:
    """The spans of a text's paragraphs: they end at blank lines, and where the words in `merged` end a block."""
    spans: list[tuple[int, int]] = []
    at = 0
    for blank in (*_PARAGRAPH_BREAK.finditer(text), None):
        spans += _split_merged(text, at, blank.start() if blank else len(text), merged)
        at = blank.end() if blank else at
    return [trimmed for span in spans if (trimmed := _trim_span(text, *span))]


def _split_merged(text: str, start: int, end: int, merged: Sequence[str]) -> list[tuple[int, int]]:
    for words in merged:
        at = text.find(words, start, end)
        if at >= 0 and text[at + len(words) : end].strip():
            return [(start, at + len(words)), *_split_merged(text, at + len(words), end, merged)]
    return [(start, end)]


def _trim_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
