"""Finds the phrases of a set in a text in one pass, and masks what is inside quotation marks."""

import re
from collections.abc import Iterable, Iterator

from briefing.text.quotation_marks import quotation_spans

MASK_CHARACTER = "\x00"  # no file of facts contains it
_WORD_TOKEN = re.compile(r"\w+")


class PhraseMatcher:
    """A set of phrases, found as whole words, the longest first; the time it takes does not grow with the set."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            if first := _WORD_TOKEN.search(phrase):
                self._by_first.setdefault(first.group(), []).append((phrase, phrase[first.start() :]))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each phrase in a text with its offsets; phrases do not overlap."""
        done = 0
        for token in _WORD_TOKEN.finditer(text):
            at = token.start()
            for phrase, words in self._by_first.get(token.group(), ()) if at >= done else ():
                end = at + len(words)
                if text.startswith(words, at) and not (end < len(text) and text[end - 1 : end + 1].isalnum()):
                    yield phrase, at, end
                    done = end
                    break


def lower_same_length(text: str) -> str:
    """The text in small letters, every character at its place."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def mask_quotations(text: str) -> str:
    """The text with quotations masked, their marks included; every other character stays at its offset."""
    for start, end in quotation_spans(text):
        text = text[: start - 1] + MASK_CHARACTER * (end - start + 2) + text[end + 1 :]
    return text
