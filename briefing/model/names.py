"""Names in texts: which actors and places a text names, by the names that the sources print for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import regex

from briefing.model.dossier import Dossier
from briefing.text.languages import primary_subtag
from briefing.text.words import WORD, normalise

MAX_ENDING_LENGTH = 3  # letters of an ending, as in `Russian`, `Azerbaijani`
_NAMED_KINDS = ("actors", "places")
_CAPITALISED = regex.compile(
    rf"(?<!{WORD})(?:\p{{Lu}}\.)*\p{{Lu}}[\w\p{{M}}]*(?:['.-][\w\p{{M}}]+)*?(?='s?(?!\w)|(?!['-]?\w))", regex.V1
)


@dataclass(frozen=True, eq=False)
class NameIndex:
    """The printed names of a dossier's actors and places: for each name whom it may mean, and for each of them its names."""

    dossier: Dossier

    @cached_property
    def names_by_id(self) -> Mapping[str, frozenset[str]]:
        """The printed names of each actor and place, by id; of a person the last word of each, which reports go on with.

        Where no source in the language of the claims prints one, the name that pages use is one too: our rendering.
        """
        return {fact.key: frozenset(self._names_of(fact)) for stem in _NAMED_KINDS for fact in self.dossier.facts_of_kind(stem)}

    def _names_of(self, fact: Any) -> Iterator[str]:
        names = [normalise(name.text) for name in fact.names]
        read = (primary_subtag(self.dossier.settings.claim_language), "und")
        records = (self.dossier.record(name.source) for name in fact.names)
        if fact.names and all(r is not None and primary_subtag(r.language) not in read for r in records):
            names += map(normalise, fact.name.split(" / "))
        yield from names
        if getattr(fact, "type", "") == "person":
            yield from (name.rpartition(" ")[2] for name in names)

    @cached_property
    def ids_by_name(self) -> Mapping[str, frozenset[str]]:
        """Whom each name may mean: ids of actors and places."""
        found: dict[str, set[str]] = {}
        for key, names in self.names_by_id.items():
            for name in names:
                found.setdefault(name, set()).add(key)
        return {name: frozenset(keys) for name, keys in found.items()}

    @cached_property
    def pattern(self) -> "regex.Pattern[str] | None":
        """Finds any printed name that has a capital, the longest first, as whole words of a normalised text."""
        names = sorted((name for name in self.ids_by_name if name != name.lower()), key=len, reverse=True)
        if not names:
            return None
        return regex.compile(rf"(?<!{WORD})(?:{'|'.join(map(regex.escape, names))})(?!{WORD})", regex.V1)

    def find_names(self, text: str) -> list[tuple[int, int]]:
        """The offsets of the printed names in a normalised text."""
        return [found.span() for found in self.pattern.finditer(text)] if self.pattern else []

    def aliases_of(self, name: str) -> frozenset[str]:
        """Every name of those whom `name` may mean, itself included."""
        return frozenset([name]).union(*(self.names_by_id[key] for key in self.ids_by_name.get(name, ())))

    def is_named(self, key: str, texts: Iterable[str]) -> bool:
        """Whether one of the normalised texts prints a name of that actor or place, in whatever case, or a word made from it
        by an ending of a few letters (`Russian`, `Azerbaijani`)."""
        names = [_without_article(name) for name in self.names_by_id.get(key, ())]
        return any(has_name_or_derivative(name, text.lower()) for text in texts for name in names)


def capitalised_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of words with a capital in a normalised text, without a possessive ending; of a run of them, of the run."""
    spans: list[tuple[int, int]] = []
    for found in _CAPITALISED.finditer(text):
        follows = spans and text[spans[-1][1] : found.start()] == " "
        spans.append((spans.pop()[0], found.end()) if follows else found.span())
    return spans


def has_whole_words(words: str, text: str) -> bool:
    """Whether a normalised text holds `words` as whole words; a possessive ending may follow."""
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = text.find(words, at + 1)
    return False


def has_name_or_derivative(name: str, text: str) -> bool:
    """Whether a text in small letters holds a name in small letters, or a word made from it by at most three letters."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        ending_length = next((n for n, char in enumerate(text[end : end + MAX_ENDING_LENGTH + 1]) if not char.isalnum()), None)
        if not text[at - 1 : at].isalnum() and (ending_length is not None or len(text) - end <= MAX_ENDING_LENGTH):
            return True
        at = text.find(name, at + 1)
    return False


def _without_article(name: str) -> str:
    """A name in small letters, without an article before it."""
    first, _, rest = name.lower().partition(" ")
    return rest if rest and first in ("a", "an", "the") else name.lower()
