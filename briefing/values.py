"""What a page shows of a fact beside its claim and quotes: values of fields, headings of groups, dates in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.dates import read_date
from briefing.fact import Fact, Field, fields_of, owners_of, texts
from briefing.record import Record
from briefing.site_map import SiteMap
from briefing.words import collapse


@dataclass(frozen=True)
class Value:
    """One value of a field as a page shows it; `fact` where it is the id of one, `date` where it is a date."""

    text: str
    fact: Fact | None = None
    date: Any = None
    printed: bool = False


def values(where: SiteMap, owner: Any, leave_out: Iterable[str] = ()) -> Iterator[tuple[Field, list[Value]]]:
    """The fields of a fact that a page lists below its claim, with their values; empty ones are passed over."""
    hidden = {"claim", *leave_out, getattr(owner, "headline", "claim")}
    for declared in fields_of(type(owner)):
        if declared.name not in hidden and declared.shape in ("text", "list") and not (declared.ref and not declared.ref.kinds):
            shown = [_value(where, declared, text) for text in texts(owner, declared)]
            if shown:
                yield declared, shown


def _value(where: SiteMap, declared: Field, text: str) -> Value:
    if declared.ref:
        fact = where.dossier.fact(text, declared.ref.kinds)
        return Value(str(getattr(fact, fact.headline)) if fact and fact.headline != "claim" else text, fact)
    if declared.edtf:
        return Value(text, date=read_date(text))
    return Value(text, printed=declared.printed)


def groups(where: SiteMap, facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """The facts under the headings of their kind's group field, in the order in which the headings first come."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(_heading(where, fact), []).append(fact)
    return list(found.items())


def _heading(where: SiteMap, fact: Fact) -> str:
    """A code under its heading; a text that was typed stays as it is."""
    declared = next((f for f in fields_of(type(fact)) if f.name == fact.group), None)
    group = ", ".join(_value(where, declared, text).text for text in texts(fact, declared)) if declared else ""
    return fact.headings.get(group, group[:1].upper() + group[1:]) if declared and declared.codes else group


def by_date(facts: Iterable[Any]) -> list[Any]:
    """The facts earliest first; those without a date that can be read come last."""
    dated = [(when.order(), n, fact) for n, fact in enumerate(facts) if (when := read_date(fact.date))]
    return [fact for _, _, fact in sorted(dated)]


def printable(where: SiteMap, fact: Fact) -> tuple[str, ...]:
    """Every text of a fact, its claims and quotes apart, that a page may print: what it binds; white space collapsed."""
    found = [str(getattr(fact, fact.headline)) if fact.headline != "claim" else "", _heading(where, fact)]
    for owner in owners_of(fact):
        for declared in fields_of(type(owner)):
            if declared.shape == "map":
                found += getattr(owner, declared.name).values()
            elif declared.name != "claim" and not declared.ref:
                shown = (_value(where, declared, text) for text in texts(owner, declared))
                found += (value.date.words if value.date else value.text for value in shown)
    found += (name.text for name in fact.names)
    if isinstance(fact, Record):
        found.append(f"seeds/{fact.seed}")
    return tuple(dict.fromkeys(text for text in map(collapse, found) if text))


def called(fact: Fact) -> tuple[str, ...]:
    """The names of an actor or place, the site's own and as printed; none for any other fact."""
    if fact.headline != "name":
        return ()
    return tuple(dict.fromkeys(map(collapse, (str(getattr(fact, "name")), *(name.text for name in fact.names)))))  # noqa: B009
