"""What a reader can find: each claim of a dossier once, whom and what it is about, and the terms that lead to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from briefing.i18n.catalog import message_catalog
from briefing.i18n.dates import date_words
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.fields import Field, field_texts, fields_of
from briefing.model.names import NameIndex
from briefing.rendering.field_values import displayed_fields
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.lexicon import word_groups
from briefing.text.search_terms import terms_of
from briefing.text.words import collapse_whitespace, normalise

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
MAX_TERM_WEIGHT = 15  # the weight of a term in a claim is a whole number from 2 to this, in four bits, or one of the next two
STOP_WORD_WEIGHT = 0  # of a light word
QUESTION_WORD_WEIGHT = 1  # of a light word by which a reader asks for what a field tells: `when`
_HALF_SATURATION = 4.0  # at this many weighted occurrences it is half as strong as it can be
_LENGTH_PENALTY = 0.5  # how much a longer text counts for less
QUESTION_MESSAGES: Mapping[
    str, str
] = {  # how a reader asks for facts of a kind, for fields that name one, and for what other fields tell
    "actors": "search-who",
    "places": "search-where",
    "silences": "search-not",
    "date": "search-when",
    "deadline": "search-when",
    "duration": "search-how-long",
    "value": "search-how-many",
}
UNSEARCHED_FIELDS = ("inferred",)  # fields that tell of our work and not of what happened
_STOP_WORD_GROUPS = ("function", "light", "joining")  # groups of words that carry little of a sentence's matter


@dataclass(frozen=True)
class SearchEntry:
    """A claim that can be found: its fact, the part of it that it is, and ids of the actors and places that it is about."""

    fact: Fact
    part: Claim
    about: tuple[str, ...]

    @property
    def title(self) -> str:
        """What its fact is called by, where that is not the claim: a name or a question."""
        return collapse_whitespace(self.fact.display_title) if self.fact.title_field != "claim" else ""


def searchable_claims(dossier: Dossier) -> Iterator[tuple[Fact, Claim]]:
    """Each claim that a fact makes; what only says who `he` is, and the home page, which retells facts, are left out."""
    for fact in dossier.all_facts():
        yield from ((fact, part) for part in parts_of(fact) if part.relation and "facts" not in part.evidence_fields)


class SearchIndexBuilder:
    """The claims of a dossier in the order of its kinds, and the terms that lead to each."""

    def __init__(self, site_map: SiteMap, language: str) -> None:
        self.site_map = site_map
        self.language = language
        self.names = NameIndex(site_map.dossier)

    @cached_property
    def entries(self) -> tuple[SearchEntry, ...]:
        """The claims, numbered from 0 by their order."""
        return tuple(
            SearchEntry(fact, part, self._subject_ids(fact, part)) for fact, part in searchable_claims(self.site_map.dossier)
        )

    @cached_property
    def postings(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each term the numbers of the claims that it leads to, each with the weight that it has there.

        A light word that no claim has leads nowhere, and is a term all the same, so that nobody looks for it further.
        """
        counted = [self._terms_by_field(one) for one in self.entries]
        lengths: dict[str, list[int]] = {}
        for fields in counted:
            for name, terms in fields.items():
                lengths.setdefault(name, []).append(len(terms))
        usual = {name: sum(found) / len(found) for name, found in lengths.items()}
        light = stop_terms(self.site_map.dossier.settings.claim_language)
        found: dict[str, list[tuple[int, int]]] = {term: [] for term in light}
        for number, fields in enumerate(counted):
            for term, weight in _weigh_terms(fields, usual, light).items():
                found.setdefault(term, []).append((number, weight))
        return {term: tuple(found[term]) for term in sorted(found, key=utf16_sort_key)}

    def date(self, one: SearchEntry) -> str:
        """The date of a claim in words; empty where it has none."""
        typed = getattr(one.part, "date", None) or getattr(one.fact, "date", None)
        when = read_date(typed) if typed else None
        return collapse_whitespace(date_words(when, self.language)) if when else ""

    def _subject_ids(self, fact: Fact, part: Claim) -> tuple[str, ...]:
        """Whom and what a claim names by id, or its words and quotes by a name that no other actor or place has."""
        owners = (fact, part, *getattr(part, "antecedents", ()))
        keys = [fact.key]
        keys += (key for owner in owners for f in fields_of(type(owner)) if f.ref for key in field_texts(owner, f))
        for text in (part.claim, *(use.exact for use in self.site_map.uses[part.key])):
            plain = normalise(text)
            meant = (self.names.ids_by_name[plain[start:end]] for start, end in self.names.find_names(plain))
            keys += (key for keys_meant in meant if len(keys_meant) == 1 for key in keys_meant)
        return tuple(dict.fromkeys(str(key) for key in keys if key in self.names.names_by_id))

    def _terms_by_field(self, one: SearchEntry) -> dict[str, list[str]]:
        """The terms of a claim by the field that they stand in; empty fields are left out."""
        own = [name.text for name in one.fact.names]
        told: dict[str, list[str]] = {
            "name" if one.fact.title_field == "name" else "question": [one.title, *own],
            "claim": [one.part.claim],
            "quotes": [use.exact for use in self.site_map.uses[one.part.key]],
            "names": [name for key in one.about for name in self._subject_names(key)],
            "fields": list(self._field_texts(one.part)),
            "labels": [*kind_labels(type(one.fact), self.language), *self._words_for_fields(one.part, field_labels)],
            "asks": [
                *question_words((one.fact.file_stem,), self.language),
                *self._words_for_fields(one.part, field_question_words),
            ],
        }
        read = {name: [term for text in found for term in terms_of(text)] for name, found in told.items()}
        return {name: terms for name, terms in read.items() if terms}

    def _subject_names(self, key: str) -> tuple[str, ...]:
        fact: Any = self.site_map.dossier.fact(key)
        return tuple(dict.fromkeys([str(fact.name), *sorted(self.names.names_by_id[key])]))

    def _field_texts(self, part: Claim) -> Iterator[str]:
        for _, found in displayed_fields(self.site_map, self.language, part, leave_out=UNSEARCHED_FIELDS):
            yield from (date_words(v.date, self.language) if v.date else v.text for v in found if v.fact is None)

    def _words_for_fields(self, part: Claim, words_of_field: Callable[[Field, str], Iterable[str]]) -> Iterator[str]:
        """What is told of each field that a claim fills."""
        for declared, _ in displayed_fields(self.site_map, self.language, part):
            yield from words_of_field(declared, self.language)


def labels_of(owners: Iterable[type[Any]], language: str) -> Iterator[str]:
    """What kinds and parts of facts, and all their fields, can be found by in a language."""
    for owner in owners:
        yield from (
            (*kind_labels(owner, language), *question_words((owner.file_stem,), language)) if issubclass(owner, Fact) else ()
        )
        for declared in fields_of(owner):
            yield from (*field_labels(declared, language), *field_question_words(declared, language))
            yield from labels_of((declared.part,), language) if declared.part else ()


def kind_labels(kind: type[Fact], language: str) -> tuple[str, ...]:
    """What a kind and one fact of it are called on a page, and the name of its file."""
    says = message_catalog(language)
    return says.declared_word(kind.title, "title"), says.declared_word(kind.singular, "one"), kind.file_stem


def field_labels(declared: Field, language: str) -> tuple[str, str]:
    """What a field is called on a page, and in a file."""
    return message_catalog(language).declared_word(declared.meta.label, "label"), declared.yaml_key


def field_question_words(declared: Field, language: str) -> Iterator[str]:
    """The words by which a reader asks for what a field tells: `when` for a date."""
    return question_words((*(declared.ref.kinds if declared.ref else ()), declared.yaml_key), language)


def question_words(names: Iterable[str], language: str) -> Iterator[str]:
    """The words by which a reader asks for kinds or fields of these names."""
    return map(
        message_catalog(language).form, dict.fromkeys(QUESTION_MESSAGES[name] for name in names if name in QUESTION_MESSAGES)
    )


def utf16_sort_key(text: str) -> bytes:
    """The key by which a script sorts texts: UTF-16."""
    return text.encode("utf-16-be", "surrogatepass")


@cache
def stop_terms(language: str) -> frozenset[str]:
    """The terms that carry little of what a text in a language says; none where there is no list of them."""
    groups = word_groups(language, "light")
    return frozenset(term for name in _STOP_WORD_GROUPS for word in groups.get(name, ()) for term in terms_of(word))


def _weigh_terms(fields: Mapping[str, list[str]], usual: Mapping[str, float], light: frozenset[str]) -> dict[str, int]:
    """How strongly each term leads to a claim: more for a name than a quote, less and less for each time it occurs."""
    heard: dict[str, float] = {}
    for name, terms in fields.items():
        each = WEIGHTS[name] / (1 - _LENGTH_PENALTY + _LENGTH_PENALTY * len(terms) / usual[name])
        for term in terms:
            heard[term] = heard.get(term, 0) + each
    found = {
        term: max(QUESTION_WORD_WEIGHT + 1, round(MAX_TERM_WEIGHT * weight / (weight + _HALF_SATURATION)))
        for term, weight in heard.items()
    }
    asking = fields.get("asks", ())
    return found | {term: QUESTION_WORD_WEIGHT if term in asking else STOP_WORD_WEIGHT for term in heard.keys() & light}
