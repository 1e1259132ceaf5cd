"""Finds the phrases of a set in a text, in one pass; the words of our lists; and what of a claim stands in quotation marks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

LANGUAGE = "en"
BLANK = "\x00"  # stands in no file of facts
_TOKEN = re.compile(r"\w+")
_QUOTATION = re.compile(r'["“”„‟][^"“”„‟]*["“”„‟]|«[^»]*»')


class Phrases:
    """A set of phrases, found as whole words, the longest first; the time it takes does not grow with the set."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            if first := _TOKEN.search(phrase):
                self._by_first.setdefault(first.group(), []).append((phrase, phrase[first.start() :]))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each phrase that stands in a text with its offsets, none over another."""
        done = 0
        for token in _TOKEN.finditer(text):
            at = token.start()
            for phrase, words in self._by_first.get(token.group(), ()) if at >= done else ():
                end = at + len(words)
                if text.startswith(words, at) and not (end < len(text) and text[end - 1 : end + 1].isalnum()):
                    yield phrase, at, end
                    done = end
                    break


@dataclass(frozen=True)
class Listed:
    """A word of a list: the forms that count as the same word, and why it is listed."""

    forms: tuple[str, ...]
    reason: str


@cache
def word_list(name: str) -> Mapping[str, Listed]:
    """A list kept as YAML under words_en/, by form, all in small letters; another language is another folder.

    A text under `words` is one word after the other; a list has in each line the forms of one word.
    """
    text = resources.files("briefing").joinpath(f"words_{LANGUAGE}", f"{name}.yaml").read_text("utf-8")
    found: dict[str, Listed] = {}
    for group in yaml.load(text, yaml.CBaseLoader).values():
        told = group["words"]
        families = [(form,) for form in told.split(", ")] if isinstance(told, str) else [tuple(f.split(", ")) for f in told]
        found |= {form: Listed(forms, group["reason"]) for forms in families for form in forms}
    return found


def lower(text: str) -> str:
    """The text in small letters, every character at its place."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def unquoted(text: str) -> str:
    """The text with what stands in quotation marks blanked out, the marks included, every other character at its place."""
    return _QUOTATION.sub(lambda found: BLANK * len(found[0]), text) if _has_marks(text) else text


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in '"“„«')
