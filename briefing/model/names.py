"""Names in texts: which actors and places a text names, by the names that the sources print for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

from briefing.model.dossier import Dossier
from briefing.model.kinds import Actor, Place
from briefing.text.languages import primary_subtag
from briefing.text.words import WORD, find_all, has_whole_words, is_alphanumeric_edge, normalise

MAX_ENDING_LENGTH = 3  # letters of an ending, as in `Russian`, `Azerbaijani`
_CAPITALISED = regex.compile(
    rf"(?<!{WORD})(?:\p{{Lu}}\.)*\p{{Lu}}[\w\p{{M}}]*(?:['.-][\w\p{{M}}]+)*?(?='s?(?!\w)|(?!['-]?\w))", regex.V1
)


@dataclass(frozen=True, eq=False)
class NameIndex:
    """The printed names of a dossier's actors and places, by id, and the ids that each name may mean."""

    dossier: Dossier

    @cached_property
    def names_by_id(self) -> Mapping[str, frozenset[str]]:
        """The printed names of each actor and place, by id; for a person also the last word of each name.

        If no source in the language of the claims prints a name, the name that pages use counts too: it is our translation.
        """
        named: tuple[Actor | Place, ...] = (*self.dossier.facts_of(Actor), *self.dossier.facts_of(Place))
        return {fact.key: frozenset(self._names_of(fact)) for fact in named}

    def _names_of(self, fact: Actor | Place) -> Iterator[str]:
        names = [normalise(name.text) for name in fact.names]
        read = (primary_subtag(self.dossier.settings.claim_language), "und")
        records = (self.dossier.record(name.source) for name in fact.names)
        if fact.names and all(r is not None and primary_subtag(r.language) not in read for r in records):
            names += map(normalise, fact.name.split(" / "))
        yield from names
        if isinstance(fact, Actor) and fact.type == "person":
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
        """Every name of the actors and places that `name` may mean, itself included."""
        return frozenset([name]).union(*(self.names_by_id[key] for key in self.ids_by_name.get(name, ())))

    def is_named(self, key: str, texts: Iterable[str]) -> bool:
        """Whether one of the normalised texts prints a name of that actor or place, in any case, or a word derived from it
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


def prints_name(name: str, text: str) -> bool:
    """Whether a normalised text prints a name whole; what a hyphen or apostrophe joins to it (`'s`) may be left aside."""
    return has_whole_words(name, text, is_alphanumeric_edge)


def has_name_or_derivative(name: str, text: str) -> bool:
    """Whether a lower-case text has a lower-case name, or a word derived from it by an ending of at most three letters."""
    ends = (at + len(name) for at in find_all(name, text) if is_alphanumeric_edge(text, at))
    return any(_word_length(text, end) <= MAX_ENDING_LENGTH for end in ends)


def _word_length(text: str, start: int) -> int:
    """How many letters and digits follow in a row from `start`, counted up to one more than an ending may have."""
    following = text[start : start + MAX_ENDING_LENGTH + 1]
    return next((n for n, char in enumerate(following) if not char.isalnum()), len(following))


def _without_article(name: str) -> str:
    """A name in small letters, without an article before it."""
    first, _, rest = name.lower().partition(" ")
    return rest if rest and first in ("a", "an", "the") else name.lower()
