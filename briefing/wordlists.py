"""Lists of words that rules of meaning look for: one YAML file for each list and language, every group with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

import regex
import yaml

from briefing.words import MOST_KEPT

Phrase = tuple[tuple[str, ...], str]
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:'\p{L}+)?")


@cache
def word_groups(language: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """The words of each group of a list; none where a language (its first subtag) has no such list."""
    return {group: tuple(told.get("words", ())) for group, told in _groups(language, name).items()}


@cache
def _groups(language: str, name: str) -> Mapping[str, Any]:
    """A list as its file has it, every scalar a string (`no` is a word)."""
    path = resources.files("briefing").joinpath(f"words_{language.partition('-')[0].lower()}", f"{name}.yaml")
    return yaml.load(path.read_bytes(), yaml.CBaseLoader) if path.is_file() else {}


@dataclass(frozen=True)
class Listed:
    """A word of a list: the forms that count as the same word, and why it is listed."""

    forms: tuple[str, ...]
    reason: str


@cache
def listed_words(language: str, name: str) -> Mapping[str, Listed]:
    """The words of a list by form, in small letters: a text of its lists is one word, its forms parted by commas."""
    found: dict[str, Listed] = {}
    for told in _groups(language, name).values():
        for forms in (tuple(word.split(", ")) for word in told["words"]):
            found |= {form: Listed(forms, told.get("reason", "")) for form in forms}
    return found


class Word(NamedTuple):
    """A word of a text: offsets, and its small letters without a possessive ending."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=MOST_KEPT)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text with straight quote marks; what a hyphen joins is two."""
    return tuple(Word(*match.span(), match.group().lower().removesuffix("'s")) for match in _WORD.finditer(text))


@lru_cache(maxsize=MOST_KEPT)
def phrases_in(text: str, language: str, name: str) -> tuple[tuple[int, int, str], ...]:
    """Where words of a list stand in a text, the longest at each place, none over a mark: offsets and group."""
    phrases = _phrases(language, name)
    return () if phrases.keys().isdisjoint(_forms(text)) else tuple(_phrases_in(text, words_of(text), phrases))


@lru_cache(maxsize=MOST_KEPT)
def _forms(text: str) -> frozenset[str]:
    """The words of a text as `words_of` finds them, each once; where none of a list is among them, nobody needs offsets."""
    return frozenset(word.lower().removesuffix("'s") for word in _WORD.findall(text))


def _phrases_in(text: str, words: tuple[Word, ...], phrases: Mapping[str, list[Phrase]]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(words):
        for phrase, group in phrases.get(words[at].text, ()):
            here = words[at : at + len(phrase)]
            if tuple(word.text for word in here) == phrase and all(
                text[a.end : b.start] in (" ", "-") for a, b in pairwise(here)
            ):
                yield here[0].start, here[-1].end, group
                at += len(phrase) - 1
                break
        at += 1


@cache
def _phrases(language: str, name: str) -> Mapping[str, list[Phrase]]:
    """The words of a list, each as its words in a row, under the first of these; longest first."""
    found: dict[str, list[Phrase]] = {}
    for group, told in word_groups(language, name).items():
        for one in told:
            phrase = tuple(word.text for word in words_of(one))
            found.setdefault(phrase[0], []).append((phrase, group))
    return {first: sorted(phrases, key=lambda one: -len(one[0])) for first, phrases in found.items()}
