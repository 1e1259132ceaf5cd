"""The data files of a site: for each its path, what it holds, its media type, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from briefing.exports import annotations, facts, ical, references, tables
from briefing.interface import Say
from briefing.site_map import SiteMap

FOLDER = "data"
_OTHER_TABLES = {"parts": "data-parts", "quotes": "data-quotes", "names": "data-names"}
Maker = Callable[[SiteMap, Say], str]


@dataclass(frozen=True)
class Export:
    """A data file. `holds` is the key of the words for what is in it; `kind` the stem of the kind whose table it is."""

    path: str
    media: str
    holds: str
    make: Maker
    kind: str = ""


def exports(where: SiteMap) -> tuple[Export, ...]:
    """The data files of a dossier, in the order in which the page about them lists them."""
    return (
        _export("facts.json", "application/json", "data-facts", facts.facts),
        _export(facts.SCHEMA, "application/schema+json", "data-schema", facts.schema),
        *(
            _export(f"{name}.csv", "text/csv", _OTHER_TABLES.get(name, "data-table"), _table(name), name)
            for name in tables.table_names(where)
        ),
        _export(tables.PACKAGE, "application/json", "data-package", tables.package),
        _export(annotations.FILE, "application/ld+json", "data-annotations", annotations.annotations),
        _export("sources.csl.json", "application/vnd.citationstyles.csl+json", "data-csl", references.csl),
        _export("sources.bib", "application/x-bibtex", "data-bibtex", references.bibtex),
        _export(ical.FILE, "text/calendar", "data-calendar", ical.ical),
    )


def _export(name: str, media: str, holds: str, make: Maker, kind: str = "") -> Export:
    return Export(f"{FOLDER}/{name}", media, holds, make, kind)


def _table(name: str) -> Maker:
    return partial(_of_table, name)


def _of_table(name: str, where: SiteMap, say: Say) -> str:
    return tables.table(where, name)
