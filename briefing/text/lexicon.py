"""Lists of words that rules of meaning look for: one YAML file for each list and language, every group with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

import regex
import yaml

from briefing.text.words import CACHE_SIZE

PHRASE_LISTS = (
    "amounts",
    "calendar",
    "hedges",
    "limits",
    "measures",
    "negation",
    "reporting",
    "reversals",
)  # lists whose words are looked for in texts
Phrase = tuple[str, tuple[str, ...], str]  # its list, its words, its group
_LIST_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:'\p{L}+)?")


@cache
def word_groups(language: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """The words of each group of a list; empty where a language (its first subtag) has no such list."""
    return {group: tuple(entry.get("words", ())) for group, entry in _load_list(language, name).items()}


@cache
def _load_list(language: str, name: str) -> Mapping[str, Any]:
    """A list as its file has it, every scalar a string (`no` is a word)."""
    path = resources.files("briefing.text").joinpath(f"words_{language.partition('-')[0].lower()}", f"{name}.yaml")
    return yaml.load(path.read_bytes(), yaml.CBaseLoader) if path.is_file() else {}


@dataclass(frozen=True)
class ListedWord:
    """A word of a list: the forms that count as the same word, and why it is listed."""

    forms: tuple[str, ...]
    reason: str


@cache
def listed_words(language: str, name: str) -> Mapping[str, ListedWord]:
    """The words of a list by form, in small letters; in the YAML file a text is one word, its forms separated by commas."""
    found: dict[str, ListedWord] = {}
    for entry in _load_list(language, name).values():
        for forms in (tuple(word.split(", ")) for word in entry["words"]):
            found |= {form: ListedWord(forms, entry.get("reason", "")) for form in forms}
    return found


class Word(NamedTuple):
    """A word of a text: offsets, and its small letters without a possessive ending."""

    start: int
    end: int
    text: str


def split_words(text: str) -> list[Word]:
    """The words of a text with straight quote marks; what a hyphen joins is two."""
    return [Word(*found.span(), found.group().lower().removesuffix("'s")) for found in _LIST_WORD.finditer(text)]


def find_phrases(text: str, language: str, name: str) -> Sequence[tuple[int, int, str]]:
    """Each place of a word of a list in a text, the longest at each place, never across punctuation: offsets and group."""
    return _find_all_phrases(text, language).get(name, ())


@lru_cache(maxsize=CACHE_SIZE)
def _find_all_phrases(text: str, language: str) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    """The places for every list of phrases, by its name; one pass over the words finds them all."""
    words, phrases = split_words(text), _phrases_by_first_word(language)
    found: dict[str, list[tuple[int, int, str]]] = {}
    past: dict[str, int] = {}
    for at, word in enumerate(words):
        for name, phrase, group in phrases.get(word.text, ()):
            run = words[at : at + len(phrase)]
            if at >= past.get(name, 0) and tuple(one.text for one in run) == phrase and _is_contiguous(text, run):
                found.setdefault(name, []).append((run[0].start, run[-1].end, group))
                past[name] = at + len(phrase)
    return found


def _is_contiguous(text: str, words: Sequence[Word]) -> bool:
    """Whether words are joined by single spaces or hyphens only."""
    return all(text[one.end : two.start] in (" ", "-") for one, two in pairwise(words))


@cache
def _phrases_by_first_word(language: str) -> Mapping[str, list[Phrase]]:
    """The words of all lists of phrases, each as its words in a row, under the first of these; longest first."""
    found: dict[str, list[Phrase]] = {}
    for name in PHRASE_LISTS:
        for group, words in word_groups(language, name).items():
            for one in words:
                phrase = tuple(word.text for word in split_words(one))
                found.setdefault(phrase[0], []).append((name, phrase, group))
    return {first: sorted(phrases, key=lambda one: -len(one[1])) for first, phrases in found.items()}
