"""The values of fields as pages show them, group headings, and all printable texts of a fact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.i18n.catalog import message_catalog
from briefing.i18n.dates import date_words
from briefing.model.facts import Fact
from briefing.model.fields import Field, field_texts, fields_of, walk_texts
from briefing.model.record import NOT_STATED, Record
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.languages import LocalizedStr
from briefing.text.words import collapse_whitespace, normalise


@dataclass(frozen=True)
class FieldValue:
    """One value of a field for a page; `fact` is set for a reference, `date` for a date.

    `text` is a `LocalizedStr` if it is not in the language of the claims.
    """

    text: str
    fact: Fact | None = None
    date: Any = None
    printed: bool = False


def displayed_fields(
    site_map: SiteMap, language: str, owner: Any, leave_out: Iterable[str] = ()
) -> Iterator[tuple[Field, list[FieldValue]]]:
    """The fields of a fact that a page lists below its claim, with their values; empty fields are left out."""
    hidden = {"claim", *leave_out, getattr(owner, "title_field", "claim")}
    for declared in fields_of(type(owner)):
        if declared.name not in hidden and declared.shape in ("text", "list") and not (declared.ref and not declared.ref.kinds):
            shown = [_field_value(site_map, language, owner, declared, text) for text in field_texts(owner, declared)]
            if shown:
                yield declared, shown


def _field_value(site_map: SiteMap, language: str, owner: Any, declared: Field, text: str) -> FieldValue:
    if declared.ref:
        fact = site_map.dossier.fact(text, declared.ref.kinds)
        return FieldValue(fact.display_title if fact and fact.title_field != "claim" else text, fact)
    if declared.codes or (text == NOT_STATED and (declared.in_seed or declared.edtf)):
        return FieldValue(_translated_code(language, declared, text))
    if declared.edtf:
        return FieldValue(text, date=read_date(text))
    if declared.printed:
        return FieldValue(LocalizedStr(text, _language_of_words(site_map, owner, text)), printed=True)
    if declared.in_seed and isinstance(owner, Record):
        return FieldValue(LocalizedStr(text, owner.language))
    return FieldValue(LocalizedStr(text, language) if declared.text_pattern or declared.number else text)


def _translated_code(language: str, declared: Field, typed: str) -> LocalizedStr:
    """A code in the language of the site."""
    return message_catalog(language).declared_word(next((code for code in declared.codes if code == typed), typed), "code")


def _language_of_words(site_map: SiteMap, owner: Any, words: str) -> str:
    """The language of the quote that contains some words, or of the first quote."""
    uses = site_map.uses.get(owner.key, ())
    found = next((use for use in uses if normalise(words) in normalise(use.exact)), uses[0] if uses else None)
    return site_map.language_of(found) if found else ""


def groups(site_map: SiteMap, language: str, facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """The facts by the heading of their group, in the order of first appearance."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(_group_heading(site_map, language, fact), []).append(fact)
    return list(found.items())


def _group_heading(site_map: SiteMap, language: str, fact: Fact) -> str:
    """The heading of the group of a fact: that of its section or code, or the text of its group field."""
    if fact.section:
        return message_catalog(language).declared_word(fact.headings[fact.section], "heading")
    declared = next((f for f in fields_of(type(fact)) if f.name == fact.group_field), None)
    typed = field_texts(fact, declared) if declared else ()
    if declared is None or not declared.codes:
        return ", ".join(_field_value(site_map, language, fact, declared, text).text for text in typed) if declared else ""
    code = typed[0] if typed else ""
    if code in fact.headings:
        return message_catalog(language).declared_word(fact.headings[code], "heading")
    told = _translated_code(language, declared, code)
    return LocalizedStr(told[:1].upper() + told[1:], told.language)


def by_date(facts: Iterable[Any]) -> list[Any]:
    """The facts with a valid date, earliest first; the others are left out."""
    dated = [(when.sort_key(), n, fact) for n, fact in enumerate(facts) if (when := read_date(fact.date))]
    return [fact for _, _, fact in sorted(dated)]


def printable(site_map: SiteMap, language: str, fact: Fact) -> tuple[str, ...]:
    """Every text of a fact that a page may print, without claims and quotes; white space collapsed."""
    found = [
        fact.display_title if fact.title_field != "claim" else "",
        _group_heading(site_map, language, fact),
    ]
    for owner, declared, text in walk_texts(fact):
        if declared.name != "claim" and not declared.ref:
            value = _field_value(site_map, language, owner, declared, text)
            found.append(date_words(value.date, language) if value.date else value.text)
    found += (name.text for name in fact.names)
    if isinstance(fact, Record):
        found += (f"seeds/{fact.seed}", fact.host)
    return tuple(dict.fromkeys(text for text in map(collapse_whitespace, found) if text))


def entity_names(fact: Fact) -> tuple[str, ...]:
    """The names of an actor or place, on the site and in the sources; empty for any other fact."""
    if fact.title_field != "name":
        return ()
    return tuple(dict.fromkeys(map(collapse_whitespace, (fact.display_title, *(name.text for name in fact.names)))))
