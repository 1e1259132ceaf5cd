"""What a reader can find: each claim of a dossier once, whom and what it is about, and the terms that lead to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from briefing.i18n.catalog import catalogue_of
from briefing.i18n.dates import date_words
from briefing.model.dossier import Dossier
from briefing.model.facts import Cited, Fact, Field, fields_of, parts_of, texts
from briefing.model.names import Names
from briefing.rendering.field_values import values
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.lexicon import word_groups
from briefing.text.search_terms import terms_of
from briefing.text.words import collapse, normalise

WEIGHTS: Mapping[str, float] = {
    "name": 14,
    "question": 2,
    "claim": 4,
    "quotes": 1.5,
    "names": 1,
    "fields": 1,
    "labels": 1,
    "asks": 1,
}
STRONGEST = 15  # the weight of a term in a claim is a whole number from 2 to this, in four bits, or one of the next two
LIGHT = 0  # of a light word
ASKED = 1  # of a light word by which a reader asks for what a field tells: `when`
_HALFWAY = 4.0  # at this many weighted occurrences it is half as strong as it can be
_LONG = 0.5  # how much a longer text counts for less
ASKS: Mapping[str, str] = {  # how a reader asks for facts of a kind, for fields that name one, and for what other fields tell
    "actors": "search-who",
    "places": "search-where",
    "silences": "search-not",
    "date": "search-when",
    "deadline": "search-when",
    "duration": "search-how-long",
    "value": "search-how-many",
}
ASIDE = ("inferred",)  # fields that tell of our work and not of what happened
_LIGHT = ("function", "light", "joining")  # groups of words that carry little of a sentence's matter


@dataclass(frozen=True)
class Sought:
    """A claim that can be found: its fact, the part of it that it is, and ids of the actors and places that it is about."""

    fact: Fact
    part: Cited
    about: tuple[str, ...]

    @property
    def title(self) -> str:
        """What its fact is called by, where that is not the claim: a name or a question."""
        return collapse(str(getattr(self.fact, self.fact.headline))) if self.fact.headline != "claim" else ""


def claims_of(dossier: Dossier) -> Iterator[tuple[Fact, Cited]]:
    """Each claim that a fact makes; what only says who `he` is, and the home page, which retells facts, are left out."""
    for fact in dossier.every():
        yield from ((fact, part) for part in parts_of(fact) if part.tells and "facts" not in part.evidence)


class Reach:
    """The claims of a dossier in the order of its kinds, and the terms that lead to each."""

    def __init__(self, where: SiteMap, language: str) -> None:
        self.where = where
        self.language = language
        self.names = Names(where.dossier)

    @cached_property
    def sought(self) -> tuple[Sought, ...]:
        """The claims, numbered from 0 by their order."""
        return tuple(Sought(fact, part, self._about(fact, part)) for fact, part in claims_of(self.where.dossier))

    @cached_property
    def postings(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each term the numbers of the claims that it leads to, each with the weight that it has there.

        A light word that no claim has leads nowhere, and is a term all the same, so that nobody looks for it further.
        """
        counted = [self._counted(one) for one in self.sought]
        lengths: dict[str, list[int]] = {}
        for fields in counted:
            for name, terms in fields.items():
                lengths.setdefault(name, []).append(len(terms))
        usual = {name: sum(found) / len(found) for name, found in lengths.items()}
        light = light_terms(self.where.dossier.settings.claims_in)
        found: dict[str, list[tuple[int, int]]] = {term: [] for term in light}
        for number, fields in enumerate(counted):
            for term, weight in _weighed(fields, usual, light).items():
                found.setdefault(term, []).append((number, weight))
        return {term: tuple(found[term]) for term in sorted(found, key=as_browsers_sort)}

    def date(self, one: Sought) -> str:
        """The date of a claim in words; empty where it has none."""
        typed = getattr(one.part, "date", None) or getattr(one.fact, "date", None)
        when = read_date(typed) if typed else None
        return collapse(date_words(when, self.language)) if when else ""

    def _about(self, fact: Fact, part: Cited) -> tuple[str, ...]:
        """Whom and what a claim names by id, or its words and quotes by a name that no other actor or place has."""
        owners = (fact, part, *getattr(part, "antecedents", ()))
        keys = [fact.key]
        keys += (key for owner in owners for f in fields_of(type(owner)) if f.ref for key in texts(owner, f))
        for text in (part.claim, *(use.exact for use in self.where.uses[part.key])):
            plain = normalise(text)
            meant = (self.names.meant_by[plain[start:end]] for start, end in self.names.known(plain))
            keys += (key for keys_meant in meant if len(keys_meant) == 1 for key in keys_meant)
        return tuple(dict.fromkeys(str(key) for key in keys if key in self.names.of))

    def _counted(self, one: Sought) -> dict[str, list[str]]:
        """The terms of a claim by the field that they stand in; empty fields are left out."""
        own = [name.text for name in one.fact.names]
        told: dict[str, list[str]] = {
            "name" if one.fact.headline == "name" else "question": [one.title, *own],
            "claim": [one.part.claim],
            "quotes": [use.exact for use in self.where.uses[one.part.key]],
            "names": [name for key in one.about for name in self._called(key)],
            "fields": list(self._fields(one.part)),
            "labels": [*kind_labels(type(one.fact), self.language), *self._of_fields(one.part, field_labels)],
            "asks": [*asks((one.fact.stem,), self.language), *self._of_fields(one.part, field_asks)],
        }
        read = {name: [term for text in found for term in terms_of(text)] for name, found in told.items()}
        return {name: terms for name, terms in read.items() if terms}

    def _called(self, key: str) -> tuple[str, ...]:
        fact: Any = self.where.dossier.fact(key)
        return tuple(dict.fromkeys([str(fact.name), *sorted(self.names.of[key])]))

    def _fields(self, part: Cited) -> Iterator[str]:
        for _, found in values(self.where, self.language, part, leave_out=ASIDE):
            yield from (date_words(v.date, self.language) if v.date else v.text for v in found if v.fact is None)

    def _of_fields(self, part: Cited, told: Callable[[Field, str], Iterable[str]]) -> Iterator[str]:
        """What is told of each field that a claim fills."""
        for declared, _ in values(self.where, self.language, part):
            yield from told(declared, self.language)


def labels_of(owners: Iterable[type[Any]], language: str) -> Iterator[str]:
    """What kinds and parts of facts, and all their fields, can be found by in a language."""
    for owner in owners:
        yield from (*kind_labels(owner, language), *asks((owner.stem,), language)) if issubclass(owner, Fact) else ()
        for declared in fields_of(owner):
            yield from (*field_labels(declared, language), *field_asks(declared, language))
            yield from labels_of((declared.part,), language) if declared.part else ()


def kind_labels(kind: type[Fact], language: str) -> tuple[str, ...]:
    """What a kind and one fact of it are called on a page, and the name of its file."""
    says = catalogue_of(language)
    return says.own(kind.title, "title"), says.own(kind.one, "one"), kind.stem


def field_labels(declared: Field, language: str) -> tuple[str, str]:
    """What a field is called on a page, and in a file."""
    return catalogue_of(language).own(declared.said.label, "label"), declared.yaml


def field_asks(declared: Field, language: str) -> Iterator[str]:
    """The words by which a reader asks for what a field tells: `when` for a date."""
    return asks((*(declared.ref.kinds if declared.ref else ()), declared.yaml), language)


def asks(told: Iterable[str], language: str) -> Iterator[str]:
    """The words by which a reader asks for kinds or fields of these names."""
    return map(catalogue_of(language).form, dict.fromkeys(ASKS[name] for name in told if name in ASKS))


def as_browsers_sort(text: str) -> bytes:
    """The key by which a script sorts texts: UTF-16."""
    return text.encode("utf-16-be", "surrogatepass")


@cache
def light_terms(language: str) -> frozenset[str]:
    """The terms that carry little of what a text in a language says; none where there is no list of them."""
    groups = word_groups(language, "light")
    return frozenset(term for name in _LIGHT for word in groups.get(name, ()) for term in terms_of(word))


def _weighed(fields: Mapping[str, list[str]], usual: Mapping[str, float], light: frozenset[str]) -> dict[str, int]:
    """How strongly each term leads to a claim: more for a name than a quote, less and less for each time it occurs."""
    heard: dict[str, float] = {}
    for name, terms in fields.items():
        each = WEIGHTS[name] / (1 - _LONG + _LONG * len(terms) / usual[name])
        for term in terms:
            heard[term] = heard.get(term, 0) + each
    found = {term: max(ASKED + 1, round(STRONGEST * weight / (weight + _HALFWAY))) for term, weight in heard.items()}
    asking = fields.get("asks", ())
    return found | {term: ASKED if term in asking else LIGHT for term in heard.keys() & light}
