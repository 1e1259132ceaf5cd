"""JSON Schemas (draft 7) for the YAML language server of an editor: one for each file of facts, with all current ids.

They are written for how that server behaves: it offers the constants in `anyOf` with their descriptions, shows their titles
over an id, inserts a snippet only where a field has just one, and adds the dash of a list only if `array` is the first type.
"""

import json
from collections.abc import Mapping
from typing import Any

from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, Waiver
from briefing.model.fields import Field, fields_of
from briefing.model.record import Record
from briefing.model.settings import Settings
from briefing.rules.registry import RULES, SEVERITIES, SWITCHABLE, rule_summary
from briefing.sources.editor_snippets import fact_snippet, part_snippet, words_snippet
from briefing.text.docstrings import docstring

_ID_SCHEMA_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
_DRAFT_07 = "http://json-schema.org/draft-07/schema#"
_SCALAR_SCHEMA = {"type": ["string", "number", "boolean"]}
_ANY_KIND = "fact"

Schema = dict[str, Any]


def schemas(dossier: Dossier) -> dict[str, str]:
    """The text of each schema by its path under `schemas/`."""
    of_facts = {f"{kind.file_stem}.schema.json": _file_schema(dossier, kind) for kind in dossier.kinds}
    return {
        name: _schema_json(schema) for name, schema in {**of_facts, "briefing.schema.json": _settings_schema(dossier)}.items()
    }


def _schema_json(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _file_schema(dossier: Dossier, kind: type[Any]) -> Schema:
    used: dict[str, Schema] = {}
    fact = _part_schema(dossier, kind, used)
    return {
        "$schema": _DRAFT_07,
        "title": kind.title,
        "description": _documented(kind),
        "type": "object",
        "patternProperties": {_ID_SCHEMA_PATTERN: fact},
        "additionalProperties": False,
        "defaultSnippets": [fact_snippet(kind, tuple(dossier.sources))],
        "definitions": used,
    }


def _settings_schema(dossier: Dossier) -> Schema:
    used: dict[str, Schema] = {}
    return {"$schema": _DRAFT_07, "title": "Settings", **_part_schema(dossier, Settings, used), "definitions": used}


def _documented(cls: type[Any]) -> str:
    return " ".join(docstring(cls).split())


def _part_schema(dossier: Dossier, cls: type[Any], used: dict[str, Schema]) -> Schema:
    declared = fields_of(cls)
    schema: Schema = {
        "title": getattr(cls, "singular", cls.__name__).capitalize(),
        "description": _documented(cls),
        "type": "object",
        "properties": {f.yaml_key: _field_schema(dossier, cls, f, used) for f in declared},
        "required": [f.yaml_key for f in declared if f.required],
        "additionalProperties": False,
    }
    evidence = getattr(cls, "evidence_fields", ())
    if evidence:
        schema["anyOf"] = [{"required": [name]} for name in evidence]
    return schema


def _field_schema(dossier: Dossier, cls: type[Any], declared: Field, used: dict[str, Schema]) -> Schema:
    schema = {"title": declared.meta.label, "description": _field_help(declared)}
    if declared.shape == "parts":
        items = _part_named(dossier, declared.part or object, used)
        return schema | {"type": "array", "items": items, "minItems": declared.min_items}
    if declared.shape == "quotes":
        return schema | {"type": "object", "allOf": [_quotes_schema(dossier, used)]}
    if declared.shape == "map":
        return schema | _map_schema(cls, declared)
    text = _text_schema(dossier, cls, declared, used)
    if declared.shape == "list":
        return schema | {"type": ["array", *text.get("type", ["string"])], "items": text, "anyOf": [{"type": "array"}, text]}
    return schema | text


def _part_named(dossier: Dossier, part: type[Any], used: dict[str, Schema]) -> Schema:
    """A reference to the definition of a part, which is added once for each file."""
    if part.__name__ not in used:
        used[part.__name__] = {}
        used[part.__name__] = _part_schema(dossier, part, used) | {
            "defaultSnippets": [part_snippet(part, tuple(dossier.sources))]
        }
    return {"$ref": f"#/definitions/{part.__name__}"}


def _quotes_schema(dossier: Dossier, used: dict[str, Schema]) -> Schema:
    sources = {key: _source_words_schema(record) for key, record in dossier.facts["sources"].items()}
    used.setdefault("quotes", {"type": "object", "properties": sources, "additionalProperties": False})
    return {"$ref": "#/definitions/quotes"}


def _field_help(declared: Field) -> str:
    """The help of a field, followed by a description of its format."""
    help = declared.meta.help or declared.meta.label
    return (
        f"{help} {declared.text_pattern.description[:1].upper()}{declared.text_pattern.description[1:]}."
        if declared.text_pattern
        else help
    )


def _text_schema(dossier: Dossier, cls: type[Any], declared: Field, used: dict[str, Schema]) -> Schema:
    if declared.codes:
        return {"enum": list(declared.codes)}
    if declared.text_pattern:
        return {"type": ["string"], "pattern": f"^({declared.text_pattern.pattern})$"}
    if (cls, declared.name) == (Waiver, "rule"):
        return _choices_schema({name: rule_summary(RULES[name]) for name in SWITCHABLE})
    if declared.ref is None:
        return _SCALAR_SCHEMA
    name = "-or-".join(declared.ref.kinds) or _ANY_KIND
    used.setdefault(name, _ids_schema(dossier, declared.ref.kinds))
    known = {"$ref": f"#/definitions/{name}"}
    either = (
        {"anyOf": [known, {"type": "string", "pattern": _ID_SCHEMA_PATTERN}]}
        if declared.ref.or_released
        else {"allOf": [known]}
    )
    return {"type": ["string", "number"], **either}


def _ids_schema(dossier: Dossier, stems: tuple[str, ...]) -> Schema:
    """The ids of facts of some kinds, or of all, each with its name and claim."""
    facts = [f for stem in stems or dossier.facts for f in dossier.facts.get(stem, {}).values()]
    named = [{"const": f.key, "title": _fact_label(f), "description": _fact_summary(f)} for f in facts]
    return {"anyOf": named} if named else {"type": "string"}


def _fact_label(fact: Fact) -> str:
    return fact.singular.capitalize() if fact.title_field in ("claim", "question", "note") else fact.display_title


def _fact_summary(fact: Fact) -> str:
    if isinstance(fact, Record):
        return _record_summary(fact)
    return str(fact.claim) if isinstance(fact, Claim) else fact.display_title


def _record_summary(record: Record) -> str:
    """A source on one line: its label, title, author and date, if they are stated."""
    stated = (record.label, record.title_, record.author, record.issued)
    return ", ".join(str(text) for text in stated if text != "not stated")


def _source_words_schema(record: Any) -> Schema:
    """The words of one source: a run, or a list of runs."""
    runs = [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
    schema = {"title": str(record.label), "description": _record_summary(record)}
    return schema | {"anyOf": runs, "defaultSnippets": [words_snippet(record.key)]}


def _map_schema(cls: type[Any], declared: Field) -> Schema:
    text = {"type": "string"}
    if declared.keyed_by_field:
        parts = {f.yaml_key: {"title": f.meta.label, **text} for f in fields_of(cls) if f.shape == "text"}
        return {"type": "object", "properties": parts, "additionalProperties": False}
    if cls is Settings and declared.name == "rules":
        switches = {
            name: {"title": name, "description": rule_summary(RULES[name]), "enum": list(SEVERITIES)} for name in SWITCHABLE
        }
        return {"type": "object", "properties": switches, "additionalProperties": False}
    return {"type": "object", "additionalProperties": text}


def _choices_schema(descriptions: Mapping[str, str]) -> Schema:
    return {"anyOf": [{"const": name, "title": name, "description": description} for name, description in descriptions.items()]}
