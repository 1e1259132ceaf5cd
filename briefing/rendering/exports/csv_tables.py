"""A CSV file for each kind of fact, for the cited parts, the quotes and the names, and the data package that describes them.

A list is a JSON array in its cell, which databases read (`json_each` in SQLite) and which no separator in a text can break.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.i18n.messages import Say
from briefing.model.facts import Cited, Fact, Field, parts_by_field
from briefing.rendering.exports.facts_json import dumped
from briefing.rendering.exports.rows import Row, field_told, page_of, quote_told, told_fields, uses_of
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse

PACKAGE = "datapackage.json"


@dataclass(frozen=True)
class Column:
    """A column of a table: its `field` where a curator types it; `of` is the table whose ids it holds."""

    name: str
    kind: str = "string"
    field: Field | None = None
    of: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its columns and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


_ID = Column("id")


def tables(where: SiteMap) -> Iterator[Table]:
    """Every table of a dossier; rows are made when asked for."""
    for kind in _told_kinds(where):
        columns = (_ID, *_columns(kind), Column("page"))
        yield Table(kind.stem, columns, (_of_fact(where, fact, columns) for fact in where.dossier.of(kind.stem)))
    yield Table("parts", _part_columns(where), _parts(where))
    at = (Column("source", of="sources"), Column("paragraph", "integer"), Column("start", "integer"), Column("end", "integer"))
    quotes = (_ID, Column("claim-id"), *at, Column("exact"), Column("language"))
    yield Table("quotes", quotes, ({"claim-id": use.part.key, **quote_told(where, use)} for use in uses_of(where)))
    names = (Column("fact"), Column("source", of="sources"), Column("name"))
    yield Table("names", names, _names(where))


def table_names(where: SiteMap) -> tuple[str, ...]:
    """The names of the tables."""
    return (*(kind.stem for kind in _told_kinds(where)), "parts", "quotes", "names")


def _told_kinds(where: SiteMap) -> list[type[Fact]]:
    """The kinds of which there are facts."""
    return [kind for kind in where.dossier.kinds if where.dossier.facts.get(kind.stem)]


def table(where: SiteMap, name: str) -> str:
    """One table as CSV (RFC 4180, but for lines that end as on Unix), with a head."""
    found = next(table for table in tables(where) if table.name == name)
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in found.columns], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in found.rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _columns(cls: type[Any]) -> Iterator[Column]:
    """The fields that stand in a row; quotes, names and cited parts have tables of their own."""
    for declared in told_fields(cls):
        if declared.shape != "quotes" and not (declared.part and issubclass(declared.part, Cited)):
            kind = {"text": "string", "map": "object"}.get(declared.shape, "array")
            one = declared.ref.kinds[0] if declared.ref and len(declared.ref.kinds) == 1 and kind == "string" else ""
            yield Column(declared.yaml, kind, declared, one)


def _of_fact(where: SiteMap, fact: Fact, columns: Iterable[Column]) -> Row:
    fields = {c.name: field_told(where, fact, c.field) for c in columns if c.field}
    return {"id": fact.key, **fields, "page": page_of(where, fact, fact.key)}


def _part_columns(where: SiteMap) -> tuple[Column, ...]:
    """What any cited part has, each once; a column that has codes, or ids of one kind, in one part may have none in another."""
    found = {c.name: Column(c.name, c.kind, c.field) for part in _part_classes(where.dossier.kinds) for c in _columns(part)}
    return (_ID, Column("fact"), Column("part"), *found.values(), Column("page"))


def _part_classes(owners: Iterable[type[Any]]) -> Iterator[type[Any]]:
    for owner in owners:
        inner = [f.part for f in told_fields(owner) if f.part and issubclass(f.part, Cited)]
        yield from inner
        yield from _part_classes(inner)


def _parts(where: SiteMap) -> Iterator[Row]:
    for fact in where.dossier.every():
        yield from _parts_within(where, fact, fact)


def _parts_within(where: SiteMap, fact: Fact, owner: Any) -> Iterator[Row]:
    for declared, parts in parts_by_field(owner):
        for part in parts:
            row = {f.yaml: field_told(where, part, f) for f in told_fields(type(part)) if f.shape != "quotes"}
            at = {"id": part.key, "fact": fact.key, "part": declared.yaml, "page": page_of(where, fact, part.key)}
            yield row | at
            yield from _parts_within(where, fact, part)


def _names(where: SiteMap) -> Iterator[Row]:
    for fact in where.dossier.every():
        for name in fact.names:
            yield {"fact": fact.key, "source": str(name.source), "name": collapse(name.text)}


def package(where: SiteMap, say: Say) -> str:
    """The data package (Frictionless) that describes the tables."""
    there = table_names(where)
    found = [_resource(table, there, say) for table in tables(where)]
    return dumped({"name": "briefing", "profile": "tabular-data-package", "resources": found})


def _resource(table: Table, there: tuple[str, ...], say: Say) -> Row:
    schema: Row = {"fields": [_field(column, say) for column in table.columns]}
    if _ID in table.columns:
        schema["primaryKey"] = "id"
    named = [column for column in table.columns if column.of in there]
    if named:
        schema["foreignKeys"] = [_foreign(column, table.name) for column in named]
    path = {"name": table.name, "path": f"{table.name}.csv", "profile": "tabular-data-resource"}
    return path | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema}


def _foreign(column: Column, table: str) -> Row:
    other = "" if column.of == table else column.of
    return {"fields": column.name, "reference": {"resource": other, "fields": "id"}}


def _field(column: Column, say: Say) -> Row:
    found: Row = {"name": column.name, "type": column.kind}
    if column.field is None:
        return found | ({"constraints": {"required": True, "unique": True}} if column is _ID else {})
    found["title"] = str(say.word(column.field.said.label, "label"))
    codes = [say.code(code) for code in column.field.codes]
    return found | ({"constraints": {"enum": codes}} if codes and column.kind == "string" else {})
