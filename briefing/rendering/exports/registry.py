"""The data files of a site: for each its path, what it holds, its media type, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from briefing.i18n.messages import Say
from briefing.rendering.exports import annotations, calendar, citations, csv_tables, facts_json
from briefing.rendering.site_map import SiteMap

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
        _export("facts.json", "application/json", "data-facts", facts_json.facts),
        _export(facts_json.SCHEMA, "application/schema+json", "data-schema", facts_json.schema),
        *(
            _export(f"{name}.csv", "text/csv", _OTHER_TABLES.get(name, "data-table"), _table(name), name)
            for name in csv_tables.table_names(where)
        ),
        _export(csv_tables.PACKAGE, "application/json", "data-package", csv_tables.package),
        _export(annotations.FILE, "application/ld+json", "data-annotations", annotations.annotations),
        _export("sources.csl.json", "application/vnd.citationstyles.csl+json", "data-csl", citations.csl),
        _export("sources.bib", "application/x-bibtex", "data-bibtex", citations.bibtex),
        _export(calendar.FILE, "text/calendar", "data-calendar", calendar.ical),
    )


def _export(name: str, media: str, holds: str, make: Maker, kind: str = "") -> Export:
    return Export(f"{FOLDER}/{name}", media, holds, make, kind)


def _table(name: str) -> Maker:
    return partial(_of_table, name)


def _of_table(name: str, where: SiteMap, say: Say) -> str:
    return csv_tables.table(where, name)
