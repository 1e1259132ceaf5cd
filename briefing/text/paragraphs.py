"""Cuts a text into paragraphs at blank lines."""

from collections.abc import Sequence

import regex

# A line ends with LF, CRLF or CR; with CRCRLF where a text was converted twice.
_PARAGRAPH_BREAK = regex.compile(r"(?>\r{0,2}\n|\r)(?:[^\S\r\n]*+(?>\r{0,2}\n|\r))++")
_NON_SPACE = regex.compile(r"\S")


def paragraph_spans(text: str, merged: Sequence[str] = ()) -> list[tuple[int, int]]:
    """The spans of a text's paragraphs: they end at blank lines, and where the words in `merged` end a block."""
    spans: list[tuple[int, int]] = []
    at = 0
    for blank in (*_PARAGRAPH_BREAK.finditer(text), None):
        spans += _split_merged(text, at, blank.start() if blank else len(text), merged)
        at = blank.end() if blank else at
    return [trimmed for span in spans if (trimmed := _trim_span(text, *span))]


def _split_merged(text: str, start: int, end: int, merged: Sequence[str]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    while cut := next(filter(None, (_end_of_block(text, start, end, words) for words in merged)), 0):
        spans.append((start, cut))
        start = cut
    return [*spans, (start, end)]


def _end_of_block(text: str, start: int, end: int, words: str) -> int:
    """The offset after the first such words of a stretch, if the stretch goes on; else 0."""
    at = text.find(words, start, end) if words else -1
    return at + len(words) if at >= 0 and _NON_SPACE.search(text, at + len(words), end) else 0


def _trim_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
