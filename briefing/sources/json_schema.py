"""JSON Schemas (draft 7, which the YAML language server reads) for the editor: a file of facts each, with today's ids.

They are written for what that server shows: it offers the constants of `anyOf` with their descriptions, shows their titles
over an id, inserts the one skeleton of a field, and adds a list's dash only where `array` is the first type.
"""

import json
from collections.abc import Mapping
from typing import Any

from briefing.model.dossier import Dossier
from briefing.model.facts import Fact, Field, Waiver, fields_of
from briefing.model.record import Record
from briefing.model.settings import Settings
from briefing.rules.registry import RULES, SEVERITIES, SWITCHABLE, summary
from briefing.sources.skeletons import new_fact, new_part, words_below

_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT = {"type": ["string", "number", "boolean"]}
_KINDLESS = "fact"

Schema = dict[str, Any]


def schemas(dossier: Dossier) -> dict[str, str]:
    """The text of each schema by its path under `schemas/`."""
    told = {f"{kind.stem}.schema.json": _file_schema(dossier, kind) for kind in dossier.kinds}
    return {
        name: _dumped(schema)
        for name, schema in {**told, "briefing.sources.json_schema.json": _settings_schema(dossier)}.items()
    }


def _dumped(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _file_schema(dossier: Dossier, kind: type[Any]) -> Schema:
    used: dict[str, Schema] = {}
    fact = _part_schema(dossier, kind, used)
    return {
        "$schema": _DRAFT,
        "title": kind.title,
        "description": _documented(kind),
        "type": "object",
        "patternProperties": {_ID: fact},
        "additionalProperties": False,
        "defaultSnippets": [new_fact(kind, tuple(dossier.sources))],
        "definitions": used,
    }


def _settings_schema(dossier: Dossier) -> Schema:
    used: dict[str, Schema] = {}
    return {"$schema": _DRAFT, "title": "Settings", **_part_schema(dossier, Settings, used), "definitions": used}


def _documented(cls: type[Any]) -> str:
    return " ".join((cls.__doc__ or "").split())


def _part_schema(dossier: Dossier, cls: type[Any], used: dict[str, Schema]) -> Schema:
    declared = fields_of(cls)
    schema: Schema = {
        "title": getattr(cls, "one", cls.__name__).capitalize(),
        "description": _documented(cls),
        "type": "object",
        "properties": {f.yaml: _field_schema(dossier, cls, f, used) for f in declared},
        "required": [f.yaml for f in declared if f.required],
        "additionalProperties": False,
    }
    evidence = getattr(cls, "evidence", ())
    if evidence:
        schema["anyOf"] = [{"required": [name]} for name in evidence]
    return schema


def _field_schema(dossier: Dossier, cls: type[Any], declared: Field, used: dict[str, Schema]) -> Schema:
    told = {"title": declared.said.label, "description": _described(declared)}
    if declared.shape == "parts":
        items = _part_named(dossier, declared.part or object, used)
        return told | {"type": "array", "items": items, "minItems": declared.least}
    if declared.shape == "quotes":
        return told | {"type": "object", "allOf": [_quotes(dossier, used)]}
    if declared.shape == "map":
        return told | _map(cls, declared)
    text = _text(dossier, cls, declared, used)
    if declared.shape == "list":
        return told | {"type": ["array", *text.get("type", ["string"])], "items": text, "anyOf": [{"type": "array"}, text]}
    return told | text


def _part_named(dossier: Dossier, part: type[Any], used: dict[str, Schema]) -> Schema:
    """A part of facts, written once for a file."""
    if part.__name__ not in used:
        used[part.__name__] = {}
        used[part.__name__] = _part_schema(dossier, part, used) | {"defaultSnippets": [new_part(part, tuple(dossier.sources))]}
    return {"$ref": f"#/definitions/{part.__name__}"}


def _quotes(dossier: Dossier, used: dict[str, Schema]) -> Schema:
    sources = {key: _words(record) for key, record in dossier.facts["sources"].items()}
    used.setdefault("quotes", {"type": "object", "properties": sources, "additionalProperties": False})
    return {"$ref": "#/definitions/quotes"}


def _described(declared: Field) -> str:
    """What a curator should know of a field; what its shape says in words comes after."""
    said = declared.said.help or declared.said.label
    return f"{said} {declared.shaped.wanted[:1].upper()}{declared.shaped.wanted[1:]}." if declared.shaped else said


def _text(dossier: Dossier, cls: type[Any], declared: Field, used: dict[str, Schema]) -> Schema:
    if declared.codes:
        return {"enum": list(declared.codes)}
    if declared.shaped:
        return {"type": ["string"], "pattern": f"^({declared.shaped.pattern})$"}
    if (cls, declared.name) == (Waiver, "rule"):
        return _one_of({name: summary(RULES[name]) for name in SWITCHABLE})
    if declared.ref is None:
        return _TEXT
    name = "-or-".join(declared.ref.kinds) or _KINDLESS
    used.setdefault(name, _ids(dossier, declared.ref.kinds))
    known = {"$ref": f"#/definitions/{name}"}
    either = {"anyOf": [known, {"type": "string", "pattern": _ID}]} if declared.ref.or_released else {"allOf": [known]}
    return {"type": ["string", "number"], **either}


def _ids(dossier: Dossier, stems: tuple[str, ...]) -> Schema:
    """The ids of facts of some kinds, or of all, each with what it is called and says."""
    facts = [f for stem in stems or dossier.facts for f in dossier.facts.get(stem, {}).values()]
    named = [{"const": f.key, "title": _called(f), "description": _says(f)} for f in facts]
    return {"anyOf": named} if named else {"type": "string"}


def _called(fact: Fact) -> str:
    return fact.one.capitalize() if fact.headline in ("claim", "question", "note") else str(getattr(fact, fact.headline))


def _says(fact: Fact) -> str:
    if isinstance(fact, Record):
        return _record_says(fact)
    return str(getattr(fact, "claim", "") or getattr(fact, fact.headline))


def _record_says(record: Record) -> str:
    """A source in one line: its label, title, author and date, as far as they are stated."""
    stated = (record.label, record.title_, record.author, record.issued)
    return ", ".join(str(text) for text in stated if text != "not stated")


def _words(record: Any) -> Schema:
    """The words of one source: a run, or a list of runs; what is inserted leaves room for a run of any form."""
    runs = [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
    told = {"title": str(record.label), "description": _record_says(record)}
    return told | {"anyOf": runs, "defaultSnippets": [words_below(record.key)]}


def _map(cls: type[Any], declared: Field) -> Schema:
    text = {"type": "string"}
    if declared.keyed_by_field:
        parts = {f.yaml: {"title": f.said.label, **text} for f in fields_of(cls) if f.shape == "text"}
        return {"type": "object", "properties": parts, "additionalProperties": False}
    if cls is Settings and declared.name == "rules":
        switches = {name: {"title": name, "description": summary(RULES[name]), "enum": list(SEVERITIES)} for name in SWITCHABLE}
        return {"type": "object", "properties": switches, "additionalProperties": False}
    return {"type": "object", "additionalProperties": text}


def _one_of(told: Mapping[str, str]) -> Schema:
    return {"anyOf": [{"const": name, "title": name, "description": says} for name, says in told.items()]}
