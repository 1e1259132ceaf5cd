"""Holds the data files and what pages tell machines against the ledger: each claim under its id, each quote at its passage."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from briefing.built import Page
from briefing.formats import rows_of
from briefing.held import Held

_OF_QUOTE = ("exact", "paragraph", "start", "end")
_SPOKEN = ("Claim", "Quotation")


def export_problems(site: Path, pages: Mapping[str, Page], held: Held) -> Iterator[tuple[str, str]]:
    """What a data file, or the linked data of a page, says of a claim or quote that the ledger does not."""
    claims = {fact.id: fact.claim for fact in held.facts}
    quotes = {
        f"{fact.id}.{number}": quote
        for fact in held.facts
        if fact.kind != "overview"
        for number, quote in enumerate(fact.quotes, 1)
    }
    told = [(path, value) for path, page in pages.items() for value in page.linked]
    for path, value in (*told, *_files(site)):
        for key, name, said in _said(value):
            known = claims.get(key) if name == "claim" else quotes.get(key, {}).get(name)
            if known is not None and str(known) != str(said):
                yield path, f"this says of `{key}` what was not checked: {said}"


def _files(site: Path) -> Iterator[tuple[str, Any]]:
    for file in sorted((site / "data").glob("*")):
        path = file.relative_to(site).as_posix()
        try:
            if file.suffix == ".csv":
                yield path, rows_of(file.read_text("utf-8"))
            elif file.suffix in (".json", ".jsonld"):
                yield path, json.loads(file.read_text("utf-8"))
        except (ValueError, csv.Error):
            continue  # strings.py says so


def _said(value: Any) -> Iterator[tuple[str, str, Any]]:
    """What is said of claims and quotes within a value: an id, `claim` or what is told of a quote, and the text."""
    rest: list[tuple[Any, str]] = [(value, "")]
    while rest:
        value, key = rest.pop()
        if isinstance(value, list):
            rest += [(inner, key) for inner in value]
        elif isinstance(value, dict):
            key = str(value.get("id") or value.get("@id") or "").rpartition("#")[2] or key
            for name, inner in value.items():
                if isinstance(inner, (list, dict)):
                    rest.append((inner, key))
                elif name in _OF_QUOTE:
                    yield key, name, inner
                elif name == "claim" or (name == "value" and value.get("type") == "TextualBody"):
                    yield key, "claim", inner
                elif name == "text" and value.get("@type") in _SPOKEN:
                    yield key, "claim" if value["@type"] == "Claim" else "exact", inner
