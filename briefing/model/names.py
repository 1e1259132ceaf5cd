"""Names in texts: which actors and places a text names, by the names that the sources print for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import regex

from briefing.model.dossier import Dossier
from briefing.model.record import Record
from briefing.text.languages import first_of
from briefing.text.words import WORD, normalise

MOST_ADDED = 3  # letters of an ending, as in `Russian`, `Azerbaijani`
_NAMED = ("actors", "places")
_CAPITALISED = regex.compile(
    rf"(?<!{WORD})(?:\p{{Lu}}\.)*\p{{Lu}}[\w\p{{M}}]*(?:['.-][\w\p{{M}}]+)*?(?='s?(?!\w)|(?!['-]?\w))", regex.V1
)


@dataclass(frozen=True, eq=False)
class Names:
    """The printed names of a dossier's actors and places: for each name whom it may mean, and for each of them its names."""

    dossier: Dossier

    @cached_property
    def of(self) -> Mapping[str, frozenset[str]]:
        """The printed names of each actor and place, by id; of a person the last word of each, which reports go on with.

        Where no source in the language of the claims prints one, the name that pages use is one too: our rendering.
        """
        return {fact.key: frozenset(self._names_of(fact)) for stem in _NAMED for fact in self.dossier.of(stem)}

    def _names_of(self, fact: Any) -> Iterator[str]:
        names = [normalise(name.text) for name in fact.names]
        read = (first_of(self.dossier.settings.claims_in), "und")
        records = (self.dossier.fact(name.source, ("sources",)) for name in fact.names)
        if fact.names and all(isinstance(r, Record) and first_of(r.language) not in read for r in records):
            names += map(normalise, fact.name.split(" / "))
        yield from names
        if getattr(fact, "type", "") == "person":
            yield from (name.rpartition(" ")[2] for name in names)

    @cached_property
    def meant_by(self) -> Mapping[str, frozenset[str]]:
        """Whom each name may mean: ids of actors and places."""
        found: dict[str, set[str]] = {}
        for key, names in self.of.items():
            for name in names:
                found.setdefault(name, set()).add(key)
        return {name: frozenset(keys) for name, keys in found.items()}

    @cached_property
    def pattern(self) -> "regex.Pattern[str] | None":
        """Finds any printed name that has a capital, the longest first, as whole words of a normalised text."""
        names = sorted((name for name in self.meant_by if name != name.lower()), key=len, reverse=True)
        if not names:
            return None
        return regex.compile(rf"(?<!{WORD})(?:{'|'.join(map(regex.escape, names))})(?!{WORD})", regex.V1)

    def known(self, text: str) -> list[tuple[int, int]]:
        """The offsets of the printed names in a normalised text."""
        return [found.span() for found in self.pattern.finditer(text)] if self.pattern else []

    def stands_for(self, name: str) -> frozenset[str]:
        """Every name of those whom `name` may mean, itself included."""
        return frozenset([name]).union(*(self.of[key] for key in self.meant_by.get(name, ())))

    def is_named(self, key: str, texts: Iterable[str]) -> bool:
        """Whether one of the normalised texts prints a name of that actor or place, in whatever case, or a word made from it
        by an ending of a few letters (`Russian`, `Azerbaijani`)."""
        names = [_bare(name) for name in self.of.get(key, ())]
        return any(has_loosely(name, text.lower()) for text in texts for name in names)


def capitalised(text: str) -> list[tuple[int, int]]:
    """The offsets of words with a capital in a normalised text, without a possessive ending; of a run of them, of the run."""
    spans: list[tuple[int, int]] = []
    for found in _CAPITALISED.finditer(text):
        follows = spans and text[spans[-1][1] : found.start()] == " "
        spans.append((spans.pop()[0], found.end()) if follows else found.span())
    return spans


def has_words(words: str, text: str) -> bool:
    """Whether a normalised text holds `words` as whole words; a possessive ending may follow."""
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = text.find(words, at + 1)
    return False


def has_loosely(name: str, text: str) -> bool:
    """Whether a text in small letters holds a name in small letters, or a word made from it by at most three letters."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        over = next((n for n, char in enumerate(text[end : end + MOST_ADDED + 1]) if not char.isalnum()), None)
        if not text[at - 1 : at].isalnum() and (over is not None or len(text) - end <= MOST_ADDED):
            return True
        at = text.find(name, at + 1)
    return False


def _bare(name: str) -> str:
    """A name in small letters, without an article before it."""
    first, _, rest = name.lower().partition(" ")
    return rest if rest and first in ("a", "an", "the") else name.lower()
