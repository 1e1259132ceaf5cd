"""The sentences of a text, by the terminators of all scripts (Sentence_Terminal of UAX #29) and a list of abbreviations."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

import regex

from briefing.text.words import CACHE_SIZE

_CLOSING = r"['\"”’»)\]」』）]*+"
_SPACED = ".!?…؟۔։।"  # white space follows these where they end a sentence
_END = regex.compile(
    rf"(?<![{_SPACED}])[{_SPACED}]++{_CLOSING}\s++(?!\p{{Ll}})|[\p{{Sentence_Terminal}}--[{_SPACED}]]{_CLOSING}\s*+",
    regex.V1,
)
_NO_LETTER = regex.compile(r"[^\p{L}\p{M}.]")
_LONGEST_ABBREVIATION = 10  # characters
_ABBREVIATION = regex.compile(
    r"(?:\p{L}\.)*\p{L}|Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|Maj|Lt|Capt|Cpl|Sgt|Adm|Cmdr|Rev|Hon|Sen|Rep|Gov|Amb|Pres|St|Jr|Sr|"
    r"vs|v|Nos?|[Aa]rts?|[Pp]aras?|[Pp]p|[Ee]ds?|[Vv]ols?|[Cc]h|[Ss]ec|[Ff]igs?|cf|al|etc|viz|ca|approx|Inc|Ltd|Co|Corp|Bros|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Mt|Ft|U\.S|U\.N|U\.K|E\.U|[ap]\.m"
)


@lru_cache(maxsize=CACHE_SIZE)
def sentence_edges(text: str) -> tuple[int, ...]:
    """The offset at which each sentence of a text begins, and the end of the last one."""
    return (0, *_ends(text), len(text))


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        if found.end() < len(text) and not _is_abbreviation(text, found.start()):
            yield found.end()


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at an offset belongs to an abbreviation or an initial."""
    if text[stop : stop + 2].rstrip() != ".":
        return False
    start = max(0, stop - _LONGEST_ABBREVIATION)
    return _ABBREVIATION.fullmatch(_NO_LETTER.split(text[start:stop])[-1]) is not None


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence, or sentences, that a run of a text touches."""
    edges = sentence_edges(text)
    return edges[bisect_right(edges, start) - 1], next(edge for edge in edges if edge >= end)
