"""The terms of a text for the site's search, without case and accents; assets/search.js splits a query in the same way.

A term is a word or a number; parts of one that are joined (`cease-fire`, `1,960`) are terms, and so is the whole. In
scripts without spaces, a term is a pair of characters, or the last character alone.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import regex

from briefing.text.words import CACHE_SIZE, NO_SPACES

MAX_JOINED_LENGTH = 32  # letters of what joined parts make together
_JOINERS = r"['\-.,:·&@/_\u055a\u058a\u05be\u2010\u2011\u2019\u200c\u200d\u066b\u066c]"
_TERM_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{NO_SPACES}]]"
_TERM_RUN = regex.compile(rf"(?:[{NO_SPACES}]\p{{M}}*)+|{_TERM_LETTER}+(?:{_JOINERS}{_TERM_LETTER}+)*", regex.V1)
_JOINER = regex.compile(_JOINERS)
_UNSPACED_LETTER = regex.compile(rf"[{NO_SPACES}]\p{{M}}*", regex.V1)
_POSSESSIVE = regex.compile(r"(?<=\p{L})['\u2019]s(?![\p{L}\p{N}])")
# Accents, vowel points, marks of stress and question inside a word, and invisible characters.
_IGNORED_CHARACTERS = regex.compile(
    r"[\u00ad\u0300-\u036f\u0483-\u0487\u055b-\u055f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200b\u2060\ufeff]"
)
_LETTER_EQUIVALENTS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ"})


def fold_text(text: str) -> str:
    """A text without case, accents, points, ligatures and possessive endings; letters of one script are never another's."""
    bare = _IGNORED_CHARACTERS.sub("", unicodedata.normalize("NFKD", text).lower())
    return _POSSESSIVE.sub("", unicodedata.normalize("NFC", bare).translate(_LETTER_EQUIVALENTS))


@lru_cache(maxsize=CACHE_SIZE)
def terms_of(text: str) -> tuple[str, ...]:
    """The terms of a text, in order."""
    return tuple(_split_terms(fold_text(text)))


def _split_terms(text: str) -> Iterator[str]:
    for run in _TERM_RUN.findall(text):
        if _UNSPACED_LETTER.match(run):
            characters = _UNSPACED_LETTER.findall(run)
            yield from map("".join, pairwise(characters))
            yield characters[-1]
        else:
            parts = _JOINER.split(run)
            yield from parts
            if len(parts) > 1 and len(run) <= MAX_JOINED_LENGTH:
                yield "".join(parts)
