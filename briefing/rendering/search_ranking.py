"""The entries of the search: each claim of a dossier once, its subjects, and the weighted terms that find it."""

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
MAX_TERM_WEIGHT = 15  # weights are integers from 2 to this, in four bits, or one of the next two
STOP_WORD_WEIGHT = 0  # of a stop word
QUESTION_WORD_WEIGHT = 1  # of a stop word that asks for a field, such as `when`
_HALF_SATURATION = 4.0  # the weighted count of occurrences that gives half of the maximum
_LENGTH_PENALTY = 0.5  # how much longer texts are discounted
QUESTION_MESSAGES: Mapping[str, str] = {  # question words for kinds, for fields that refer to them, and for other fields
    "actors": "search-who",
    "places": "search-where",
    "silences": "search-not",
    "date": "search-when",
    "deadline": "search-when",
    "duration": "search-how-long",
    "value": "search-how-many",
}
UNSEARCHED_FIELDS = ("inferred",)  # fields about the work of the curator
_STOP_WORD_GROUPS = ("function", "light", "joining")  # word groups that count as stop words


@dataclass(frozen=True)
class SearchEntry:
    """A claim in the search; `about` are the ids of the actors and places that it names."""

    fact: Fact
    part: Claim
    about: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name or question of the fact; empty if its title is the claim itself."""
        return collapse_whitespace(self.fact.display_title) if self.fact.title_field != "claim" else ""


def searchable_claims(dossier: Dossier) -> Iterator[tuple[Fact, Claim]]:
    """The claims in the search: all but antecedents and those of the home page, which repeat facts."""
    for fact in dossier.all_facts():
        yield from ((fact, part) for part in parts_of(fact) if part.relation and "facts" not in part.evidence_fields)


class SearchIndexBuilder:
    """Builds the entries and postings of the search."""

    def __init__(self, site_map: SiteMap, language: str) -> None:
        self.site_map = site_map
        self.language = language
        self.names = NameIndex(site_map.dossier)

    @cached_property
    def entries(self) -> tuple[SearchEntry, ...]:
        """The claims; their index is their number in the postings."""
        return tuple(
            SearchEntry(fact, part, self._subject_ids(fact, part)) for fact, part in searchable_claims(self.site_map.dossier)
        )

    @cached_property
    def postings(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each term, the numbers of the claims that it finds, with weights; sorted as JavaScript sorts strings.

        A stop word without claims is listed with none, so that the browser does not look for similar terms.
        """
        terms_by_field = [self._terms_by_field(entry) for entry in self.entries]
        lengths: dict[str, list[int]] = {}
        for fields in terms_by_field:
            for name, terms in fields.items():
                lengths.setdefault(name, []).append(len(terms))
        average = {name: sum(found) / len(found) for name, found in lengths.items()}
        stop_words = stop_terms(self.site_map.dossier.settings.claim_language)
        found: dict[str, list[tuple[int, int]]] = {term: [] for term in stop_words}
        for number, fields in enumerate(terms_by_field):
            for term, weight in _weigh_terms(fields, average, stop_words).items():
                found.setdefault(term, []).append((number, weight))
        return {term: tuple(found[term]) for term in sorted(found, key=utf16_sort_key)}

    def date(self, entry: SearchEntry) -> str:
        """The date of a claim in words; empty if it has none."""
        typed = getattr(entry.part, "date", None) or getattr(entry.fact, "date", None)
        when = read_date(typed) if typed else None
        return collapse_whitespace(date_words(when, self.language)) if when else ""

    def _subject_ids(self, fact: Fact, part: Claim) -> tuple[str, ...]:
        """The actors and places of a claim: those its fields refer to, and unambiguous names in its text and quotes."""
        owners = (fact, part, *getattr(part, "antecedents", ()))
        keys = [fact.key]
        keys += (key for owner in owners for f in fields_of(type(owner)) if f.ref for key in field_texts(owner, f))
        for text in (part.claim, *(use.exact for use in self.site_map.uses[part.key])):
            plain = normalise(text)
            meant = (self.names.ids_by_name[plain[start:end]] for start, end in self.names.find_names(plain))
            keys += (key for keys_meant in meant if len(keys_meant) == 1 for key in keys_meant)
        return tuple(dict.fromkeys(str(key) for key in keys if key in self.names.names_by_id))

    def _terms_by_field(self, entry: SearchEntry) -> dict[str, list[str]]:
        """The terms of a claim by field (a key of `WEIGHTS`); empty fields are left out."""
        printed_names = [name.text for name in entry.fact.names]
        texts: dict[str, list[str]] = {
            "name" if entry.fact.title_field == "name" else "question": [entry.title, *printed_names],
            "claim": [entry.part.claim],
            "quotes": [use.exact for use in self.site_map.uses[entry.part.key]],
            "names": [name for key in entry.about for name in self._subject_names(key)],
            "fields": list(self._field_texts(entry.part)),
            "labels": [*kind_labels(type(entry.fact), self.language), *self._words_for_fields(entry.part, field_labels)],
            "asks": [
                *question_words((entry.fact.file_stem,), self.language),
                *self._words_for_fields(entry.part, field_question_words),
            ],
        }
        found = {name: [term for text in found for term in terms_of(text)] for name, found in texts.items()}
        return {name: terms for name, terms in found.items() if terms}

    def _subject_names(self, key: str) -> tuple[str, ...]:
        fact: Any = self.site_map.dossier.fact(key)
        return tuple(dict.fromkeys([str(fact.name), *sorted(self.names.names_by_id[key])]))

    def _field_texts(self, part: Claim) -> Iterator[str]:
        for _, found in displayed_fields(self.site_map, self.language, part, leave_out=UNSEARCHED_FIELDS):
            yield from (date_words(v.date, self.language) if v.date else v.text for v in found if v.fact is None)

    def _words_for_fields(self, part: Claim, words_of_field: Callable[[Field, str], Iterable[str]]) -> Iterator[str]:
        """The words that a function gives for each field with a value."""
        for declared, _ in displayed_fields(self.site_map, self.language, part):
            yield from words_of_field(declared, self.language)


def labels_of(owners: Iterable[type[Any]], language: str) -> Iterator[str]:
    """The labels and question words of kinds, parts and their fields in a language."""
    for owner in owners:
        yield from (
            (*kind_labels(owner, language), *question_words((owner.file_stem,), language)) if issubclass(owner, Fact) else ()
        )
        for declared in fields_of(owner):
            yield from (*field_labels(declared, language), *field_question_words(declared, language))
            yield from labels_of((declared.part,), language) if declared.part else ()


def kind_labels(kind: type[Fact], language: str) -> tuple[str, ...]:
    """The title and singular of a kind in a language, and its file stem."""
    catalog = message_catalog(language)
    return catalog.declared_word(kind.title, "title"), catalog.declared_word(kind.singular, "one"), kind.file_stem


def field_labels(declared: Field, language: str) -> tuple[str, str]:
    """The label of a field in a language, and its YAML key."""
    return message_catalog(language).declared_word(declared.meta.label, "label"), declared.yaml_key


def field_question_words(declared: Field, language: str) -> Iterator[str]:
    """The question words for a field, such as `when` for a date."""
    return question_words((*(declared.ref.kinds if declared.ref else ()), declared.yaml_key), language)


def question_words(names: Iterable[str], language: str) -> Iterator[str]:
    """The question words for kinds or fields of these names."""
    return map(
        message_catalog(language).form, dict.fromkeys(QUESTION_MESSAGES[name] for name in names if name in QUESTION_MESSAGES)
    )


def utf16_sort_key(text: str) -> bytes:
    """A sort key that gives the order of JavaScript, which compares UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


@cache
def stop_terms(language: str) -> frozenset[str]:
    """The stop words of a language, as search terms; empty without a word list."""
    groups = word_groups(language, "light")
    return frozenset(term for name in _STOP_WORD_GROUPS for word in groups.get(name, ()) for term in terms_of(word))


def _weigh_terms(
    fields: Mapping[str, list[str]], average_lengths: Mapping[str, float], stop_words: frozenset[str]
) -> dict[str, int]:
    """The weight of each term in a claim: it depends on the field and saturates with the number of occurrences (BM25F)."""
    sums: dict[str, float] = {}
    for name, terms in fields.items():
        each = WEIGHTS[name] / (1 - _LENGTH_PENALTY + _LENGTH_PENALTY * len(terms) / average_lengths[name])
        for term in terms:
            sums[term] = sums.get(term, 0) + each
    weights = {
        term: max(QUESTION_WORD_WEIGHT + 1, round(MAX_TERM_WEIGHT * weight / (weight + _HALF_SATURATION)))
        for term, weight in sums.items()
    }
    question_terms = fields.get("asks", ())
    return weights | {
        term: QUESTION_WORD_WEIGHT if term in question_terms else STOP_WORD_WEIGHT for term in sums.keys() & stop_words
    }
