"""The data files of a site, each with its path, media type, description and renderer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from briefing.i18n.messages import Translator
from briefing.rendering.exports import annotations, calendar, citations, csv_tables, facts_json
from briefing.rendering.site_map import SiteMap

DATA_FOLDER = "data"
_OTHER_TABLES = {"parts": "data-parts", "quotes": "data-quotes", "names": "data-names"}
ExportRenderer = Callable[[SiteMap, Translator], str]


@dataclass(frozen=True)
class Export:
    """A data file. `description_key` is the key of an interface message; `kind` is set for the table of a kind."""

    path: str
    media_type: str
    description_key: str
    render: ExportRenderer
    kind: str = ""


def all_exports(site_map: SiteMap) -> tuple[Export, ...]:
    """The data files of a dossier, in the order of the page `data.md`."""
    return (
        _export("facts.json", "application/json", "data-facts", facts_json.render_facts),
        _export(facts_json.FACTS_SCHEMA_FILE, "application/schema+json", "data-schema", facts_json.render_facts_schema),
        *(
            _export(f"{name}.csv", "text/csv", _OTHER_TABLES.get(name, "data-table"), _table(name), name)
            for name in csv_tables.table_names(site_map)
        ),
        _export(csv_tables.PACKAGE_FILE, "application/json", "data-package", csv_tables.render_data_package),
        _export(annotations.ANNOTATIONS_FILE, "application/ld+json", "data-annotations", annotations.render_annotations),
        _export("sources.csl.json", "application/vnd.citationstyles.csl+json", "data-csl", citations.render_csl),
        _export("sources.bib", "application/x-bibtex", "data-bibtex", citations.render_bibtex),
        _export(calendar.CALENDAR_FILE, "text/calendar", "data-calendar", calendar.render_calendar),
    )


def _export(name: str, media: str, description_key: str, render: ExportRenderer, kind: str = "") -> Export:
    return Export(f"{DATA_FOLDER}/{name}", media, description_key, render, kind)


def _table(name: str) -> ExportRenderer:
    return partial(_of_table, name)


def _of_table(name: str, site_map: SiteMap, say: Translator) -> str:
    return csv_tables.render_table(site_map, name)
