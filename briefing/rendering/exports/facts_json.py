"""`facts.json`, every fact with everything in it, and its JSON Schema, which follows from the annotations of the kinds."""

import json
from typing import Any

from briefing.i18n.messages import Translator
from briefing.model.facts import Claim, Fact
from briefing.model.fields import Field
from briefing.model.record import NOT_STATED
from briefing.rendering.exports.rows import JsonObject, exported_fields, fact_to_row
from briefing.rendering.site_map import SiteMap

FACTS_SCHEMA_FILE = "facts.schema.json"
_DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"
_STRING_SCHEMA: JsonObject = {"type": "string"}
_COUNT: JsonObject = {"type": "integer", "minimum": 0}


def to_json(value: Any, indent: int | None = 1) -> str:
    """A JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def render_facts(site_map: SiteMap, say: Translator) -> str:
    """Every fact, by its kind, in the order of its file."""
    dossier = site_map.dossier
    say.code(NOT_STATED)
    found = {
        kind.file_stem: [fact_to_row(site_map, fact) for fact in dossier.facts_of_kind(kind.file_stem)]
        for kind in dossier.kinds
    }
    return to_json({"$schema": FACTS_SCHEMA_FILE, "language": dossier.settings.claim_language, "facts": found})


def render_facts_schema(site_map: SiteMap, say: Translator) -> str:
    """The JSON Schema of `facts.json`; it holds for every briefing made with the same kinds."""
    kinds = site_map.dossier.kinds
    parts: JsonObject = {"quote": _quote_object_schema(), "name": _closed({"source": _STRING_SCHEMA, "name": _STRING_SCHEMA})}
    by_kind = {kind.file_stem: {"type": "array", "items": _exported_type_schema(kind, say, parts)} for kind in kinds}
    of_all = _closed({"$schema": _STRING_SCHEMA, "language": _STRING_SCHEMA, "facts": _closed(by_kind)}, ["language", "facts"])
    return to_json({"$schema": _DRAFT_2020_12, "$id": FACTS_SCHEMA_FILE, **of_all, "$defs": parts})


def _closed(properties: JsonObject, required: list[str] | None = None) -> JsonObject:
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _quote_object_schema() -> JsonObject:
    texts = dict.fromkeys(("id", "source", "exact", "language"), _STRING_SCHEMA)
    return _closed(texts | dict.fromkeys(("paragraph", "start", "end"), _COUNT))


def _exported_type_schema(cls: type[Any], say: Translator, parts: JsonObject) -> JsonObject:
    """The schema of a kind, or of a part of one; a part is written once, under its name."""
    of_fact, of_claim = issubclass(cls, Fact), issubclass(cls, Claim)
    own = (["id", "page"] if of_fact else []) or (["id"] if of_claim else [])
    fields = exported_fields(cls)
    required = own + [f.yaml_key for f in fields if f.required and f.shape in ("text", "list")]
    return _closed(
        dict.fromkeys(own, _STRING_SCHEMA) | {f.yaml_key: _exported_field_schema(f, say, parts) for f in fields}, required
    )


def _exported_field_schema(declared: Field, say: Translator, parts: JsonObject) -> JsonObject:
    title = {"title": str(say.word(declared.meta.label, "label"))}
    title |= {"description": str(say.word(declared.meta.help, "help"))} if declared.meta.help else {}
    if declared.shape == "parts":
        part = declared.part or object
        name = part.__name__
        if name not in parts:
            parts[name] = {}
            parts[name] = _exported_type_schema(part, say, parts)
        return title | {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "minItems": declared.min_items}
    if declared.shape == "quotes":
        name = "quote" if declared.name == "quotes" else "name"
        return title | {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "minItems": 1}
    if declared.shape == "map":
        return title | {"type": "object", "additionalProperties": _STRING_SCHEMA}
    text = {"enum": [say.code(code) for code in declared.codes]} if declared.codes else _STRING_SCHEMA
    return title | ({"type": "array", "items": text, "minItems": declared.min_items} if declared.shape == "list" else text)
