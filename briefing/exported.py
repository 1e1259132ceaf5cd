"""Holds the data files and what pages tell machines against the ledger: each claim under its id, each quote at its passage."""

from collections.abc import Iterator
from typing import Any

from briefing.formats import rows_of
from briefing.held import Held
from briefing.readback import BuiltSite

_TELLING = ("claim", "exact", "paragraph", "start", "end")
_SPOKEN = ("Claim", "Quotation")


def export_problems(site: BuiltSite, held: Held) -> Iterator[tuple[str, str]]:
    """What a data file, or the linked data of a page, says of a claim or quote that the ledger does not."""
    claims = {fact.id: fact.claim for fact in held.facts}
    quotes = {
        f"{fact.id}.{number}": quote
        for fact in held.facts
        if fact.kind != "overview"
        for number, quote in enumerate(fact.quotes, 1)
    }
    told = [(path, value) for path, page in site.pages.items() for value in page.linked]
    told += [(path, value) for path, value in site.data.items() if path.startswith("data/")]
    for path, value in told:
        for key, name, said in _said(rows_of(value) if path.endswith(".csv") and isinstance(value, list) else value):
            known = claims.get(key) if name == "claim" else quotes.get(key, {}).get(name)
            if known is not None and str(known) != str(said):
                yield path, f"this says of `{key}` what was not checked: {said}"


def _said(value: Any) -> Iterator[tuple[str, str, Any]]:
    """What is said of claims and quotes within a value: an id, `claim` or what is told of a quote, and the text."""
    rest: list[tuple[Any, str]] = [([value], "")]
    while rest:
        outer, key = rest.pop()
        if isinstance(outer, dict):
            key = str(outer.get("id") or outer.get("@id") or "").rpartition("#")[2] or key
            yield from ((key, name, said) for name, said in _told(outer) if not isinstance(said, (list, dict)))
            outer = outer.values()
        rest += [(inner, key) for inner in outer if isinstance(inner, (list, dict))]


def _told(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, value[name]) for name in _TELLING if name in value)
    if "value" in value and value.get("type") == "TextualBody":
        yield "claim", value["value"]
    if "text" in value and value.get("@type") in _SPOKEN:
        yield "claim" if value["@type"] == "Claim" else "exact", value["text"]
