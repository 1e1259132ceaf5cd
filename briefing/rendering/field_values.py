"""What a page shows of a fact beside its claim and quotes: values of fields, headings of groups, dates in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.i18n.catalog import catalogue_of
from briefing.i18n.dates import date_words
from briefing.model.facts import Fact, Field, fields_of, owners_of, texts
from briefing.model.record import NOT_STATED, Record
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.languages import Told
from briefing.text.words import collapse, normalise


@dataclass(frozen=True)
class Value:
    """One value of a field as a page shows it; `fact` where it is the id of one, `date` where it is a date.

    A text that is not in the language of the claims says in which it is.
    """

    text: str
    fact: Fact | None = None
    date: Any = None
    printed: bool = False


def values(where: SiteMap, language: str, owner: Any, leave_out: Iterable[str] = ()) -> Iterator[tuple[Field, list[Value]]]:
    """The fields of a fact that a page lists below its claim, with their values; empty ones are passed over."""
    hidden = {"claim", *leave_out, getattr(owner, "headline", "claim")}
    for declared in fields_of(type(owner)):
        if declared.name not in hidden and declared.shape in ("text", "list") and not (declared.ref and not declared.ref.kinds):
            shown = [_value(where, language, owner, declared, text) for text in texts(owner, declared)]
            if shown:
                yield declared, shown


def _value(where: SiteMap, language: str, owner: Any, declared: Field, text: str) -> Value:
    if declared.ref:
        fact = where.dossier.fact(text, declared.ref.kinds)
        return Value(str(getattr(fact, fact.headline)) if fact and fact.headline != "claim" else text, fact)
    if declared.codes or (text == NOT_STATED and (declared.in_seed or declared.edtf)):
        return Value(_code(language, declared, text))
    if declared.edtf:
        return Value(text, date=read_date(text))
    if declared.printed:
        return Value(Told(text, _language_of(where, owner, text)), printed=True)
    if declared.in_seed and isinstance(owner, Record):
        return Value(Told(text, owner.language))
    return Value(Told(text, language) if declared.shaped or declared.number else text)


def _code(language: str, declared: Field, typed: str) -> Told:
    """A code as its kind declares it, in words of the site's language."""
    return catalogue_of(language).own(next((code for code in declared.codes if code == typed), typed), "code")


def _language_of(where: SiteMap, owner: Any, words: str) -> str:
    """The language of the quote that prints some words."""
    uses = where.uses.get(owner.key, ())
    found = next((use for use in uses if normalise(words) in normalise(use.exact)), uses[0] if uses else None)
    return where.language_of(found) if found else ""


def groups(where: SiteMap, language: str, facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """The facts under the headings of their kind's group field, in the order in which the headings first come."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(_heading(where, language, fact), []).append(fact)
    return list(found.items())


def _heading(where: SiteMap, language: str, fact: Fact) -> str:
    """A code under its heading; a text that was typed stays as it is."""
    if fact.under:
        return catalogue_of(language).own(fact.headings[fact.under], "heading")
    declared = next((f for f in fields_of(type(fact)) if f.name == fact.group), None)
    typed = texts(fact, declared) if declared else ()
    if declared is None or not declared.codes:
        return ", ".join(_value(where, language, fact, declared, text).text for text in typed) if declared else ""
    code = typed[0] if typed else ""
    if code in fact.headings:
        return catalogue_of(language).own(fact.headings[code], "heading")
    told = _code(language, declared, code)
    return Told(told[:1].upper() + told[1:], told.language)


def by_date(facts: Iterable[Any]) -> list[Any]:
    """The facts earliest first; those without a date that can be read come last."""
    dated = [(when.order(), n, fact) for n, fact in enumerate(facts) if (when := read_date(fact.date))]
    return [fact for _, _, fact in sorted(dated)]


def printable(where: SiteMap, language: str, fact: Fact) -> tuple[str, ...]:
    """Every text of a fact, its claims and quotes apart, that a page may print: what it binds; white space collapsed."""
    found = [str(getattr(fact, fact.headline)) if fact.headline != "claim" else "", _heading(where, language, fact)]
    for owner in owners_of(fact):
        for declared in fields_of(type(owner)):
            if declared.shape == "map":
                found += getattr(owner, declared.name).values()
            elif declared.name != "claim" and not declared.ref:
                shown = (_value(where, language, owner, declared, text) for text in texts(owner, declared))
                found += (date_words(value.date, language) if value.date else value.text for value in shown)
    found += (name.text for name in fact.names)
    if isinstance(fact, Record):
        found += (f"seeds/{fact.seed}", fact.host)
    return tuple(dict.fromkeys(text for text in map(collapse, found) if text))


def called(fact: Fact) -> tuple[str, ...]:
    """The names of an actor or place, the site's own and as printed; none for any other fact."""
    if fact.headline != "name":
        return ()
    return tuple(dict.fromkeys(map(collapse, (str(getattr(fact, "name")), *(name.text for name in fact.names)))))  # noqa: B009
