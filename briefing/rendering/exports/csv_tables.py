"""CSV tables of each kind of fact, of cited parts, quotes and names, and the data package that describes them.

A list is a JSON array in its cell, which databases can read (`json_each` in SQLite), whatever separators a text contains.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.i18n.messages import Translator
from briefing.model.facts import Claim, Fact, parts_by_field
from briefing.model.fields import Field
from briefing.rendering.exports.facts_json import (
    JsonObject,
    all_uses,
    exported_fields,
    fact_url,
    field_to_json,
    quote_to_row,
    to_json,
)
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse_whitespace

PACKAGE_FILE = "datapackage.json"


@dataclass(frozen=True)
class Column:
    """A column; `field` is set if its values come from a field of a fact, `target_table` if they are ids of that table."""

    name: str
    json_type: str = "string"
    field: Field | None = None
    target_table: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the rows may be a generator, to be read once."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[JsonObject]


_ID_COLUMN = Column("id")


def all_tables(site_map: SiteMap) -> Iterator[Table]:
    """Every table of a dossier, with lazy rows."""
    for kind in _kinds_with_facts(site_map):
        columns = (_ID_COLUMN, *_columns(kind), Column("page"))
        yield Table(
            kind.file_stem,
            columns,
            (_fact_row(site_map, fact, columns) for fact in site_map.dossier.facts_of_kind(kind.file_stem)),
        )
    yield Table("parts", _part_columns(site_map), _part_rows(site_map))
    at = (
        Column("source", target_table="sources"),
        Column("paragraph", "integer"),
        Column("start", "integer"),
        Column("end", "integer"),
    )
    quotes = (_ID_COLUMN, Column("claim-id"), *at, Column("exact"), Column("language"))
    yield Table("quotes", quotes, ({"claim-id": use.part.key, **quote_to_row(site_map, use)} for use in all_uses(site_map)))
    names = (Column("fact"), Column("source", target_table="sources"), Column("name"))
    yield Table("names", names, _printed_name_rows(site_map))


def table_names(site_map: SiteMap) -> tuple[str, ...]:
    """The names of the tables, which are the file names without `.csv`."""
    return (*(kind.file_stem for kind in _kinds_with_facts(site_map)), "parts", "quotes", "names")


def _kinds_with_facts(site_map: SiteMap) -> list[type[Fact]]:
    """The kinds that have facts."""
    return [kind for kind in site_map.dossier.kinds if site_map.dossier.facts.get(kind.file_stem)]


def render_table(site_map: SiteMap, name: str) -> str:
    """A table as CSV (RFC 4180, but with `\\n` as line end), with a header."""
    found = next(table for table in all_tables(site_map) if table.name == name)
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in found.columns], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: _csv_value(value) for key, value in row.items()} for row in found.rows)
    return out.getvalue()


def _csv_value(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _columns(cls: type[Any]) -> Iterator[Column]:
    """The columns for the fields of a type, without quotes, names and cited parts, which have their own tables."""
    for declared in exported_fields(cls):
        if declared.shape != "quotes" and not (declared.part and issubclass(declared.part, Claim)):
            kind = {"text": "string", "map": "object"}.get(declared.shape, "array")
            one = declared.ref.kinds[0] if declared.ref and len(declared.ref.kinds) == 1 and kind == "string" else ""
            yield Column(declared.yaml_key, kind, declared, one)


def _fact_row(site_map: SiteMap, fact: Fact, columns: Iterable[Column]) -> JsonObject:
    fields = {c.name: field_to_json(site_map, fact, c.field) for c in columns if c.field}
    return {"id": fact.key, **fields, "page": fact_url(site_map, fact, fact.key)}


def _part_columns(site_map: SiteMap) -> tuple[Column, ...]:
    """The fields of all types of cited parts, each once; the columns have no targets, because they differ between types."""
    found = {
        c.name: Column(c.name, c.json_type, c.field)
        for part in _claim_part_types(site_map.dossier.kinds)
        for c in _columns(part)
    }
    return (_ID_COLUMN, Column("fact"), Column("part"), *found.values(), Column("page"))


def _claim_part_types(owners: Iterable[type[Any]]) -> Iterator[type[Any]]:
    for owner in owners:
        inner = [f.part for f in exported_fields(owner) if f.part and issubclass(f.part, Claim)]
        yield from inner
        yield from _claim_part_types(inner)


def _part_rows(site_map: SiteMap) -> Iterator[JsonObject]:
    for fact in site_map.dossier.all_facts():
        yield from _part_rows_within(site_map, fact, fact)


def _part_rows_within(site_map: SiteMap, fact: Fact, owner: Any) -> Iterator[JsonObject]:
    for declared, parts in parts_by_field(owner):
        for part in parts:
            row = {f.yaml_key: field_to_json(site_map, part, f) for f in exported_fields(type(part)) if f.shape != "quotes"}
            at = {"id": part.key, "fact": fact.key, "part": declared.yaml_key, "page": fact_url(site_map, fact, part.key)}
            yield row | at
            yield from _part_rows_within(site_map, fact, part)


def _printed_name_rows(site_map: SiteMap) -> Iterator[JsonObject]:
    for fact in site_map.dossier.all_facts():
        for name in fact.names:
            yield {"fact": fact.key, "source": str(name.source), "name": collapse_whitespace(name.text)}


def render_data_package(site_map: SiteMap, say: Translator) -> str:
    """`datapackage.json`: the Frictionless description of the tables."""
    there = table_names(site_map)
    found = [_resource(table, there, say) for table in all_tables(site_map)]
    return to_json({"name": "briefing", "profile": "tabular-data-package", "resources": found})


def _resource(table: Table, there: tuple[str, ...], say: Translator) -> JsonObject:
    schema: JsonObject = {"fields": [_column_descriptor(column, say) for column in table.columns]}
    if _ID_COLUMN in table.columns:
        schema["primaryKey"] = "id"
    named = [column for column in table.columns if column.target_table in there]
    if named:
        schema["foreignKeys"] = [_foreign(column, table.name) for column in named]
    path = {"name": table.name, "path": f"{table.name}.csv", "profile": "tabular-data-resource"}
    return path | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema}


def _foreign(column: Column, table: str) -> JsonObject:
    other = "" if column.target_table == table else column.target_table
    return {"fields": column.name, "reference": {"resource": other, "fields": "id"}}


def _column_descriptor(column: Column, say: Translator) -> JsonObject:
    found: JsonObject = {"name": column.name, "type": column.json_type}
    if column.field is None:
        return found | ({"constraints": {"required": True, "unique": True}} if column is _ID_COLUMN else {})
    found["title"] = str(say.word(column.field.meta.label, "label"))
    codes = [say.code(code) for code in column.field.codes]
    return found | ({"constraints": {"enum": codes}} if codes and column.json_type == "string" else {})
