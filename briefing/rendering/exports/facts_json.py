"""`facts.json`, every fact with everything in it, and its JSON Schema, which follows from the annotations of the kinds."""

import json
from typing import Any

from briefing.i18n.messages import Say
from briefing.model.facts import Cited, Fact, Field
from briefing.model.record import NOT_STATED
from briefing.rendering.exports.rows import Row, told, told_fields
from briefing.rendering.site_map import SiteMap

SCHEMA = "facts.schema.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Row = {"type": "string"}
_COUNT: Row = {"type": "integer", "minimum": 0}


def dumped(value: Any, indent: int | None = 1) -> str:
    """A JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def facts(where: SiteMap, say: Say) -> str:
    """Every fact, by its kind, in the order of its file."""
    dossier = where.dossier
    say.code(NOT_STATED)
    found = {kind.stem: [told(where, fact) for fact in dossier.of(kind.stem)] for kind in dossier.kinds}
    return dumped({"$schema": SCHEMA, "language": dossier.settings.claims_in, "facts": found})


def schema(where: SiteMap, say: Say) -> str:
    """The JSON Schema of `facts.json`; it holds for every briefing made with the same kinds."""
    kinds = where.dossier.kinds
    parts: Row = {"quote": _quote(), "name": _closed({"source": _TEXT, "name": _TEXT})}
    by_kind = {kind.stem: {"type": "array", "items": _of(kind, say, parts)} for kind in kinds}
    of_all = _closed({"$schema": _TEXT, "language": _TEXT, "facts": _closed(by_kind)}, ["language", "facts"])
    return dumped({"$schema": _DRAFT, "$id": SCHEMA, **of_all, "$defs": parts})


def _closed(properties: Row, required: list[str] | None = None) -> Row:
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _quote() -> Row:
    texts = dict.fromkeys(("id", "source", "exact", "language"), _TEXT)
    return _closed(texts | dict.fromkeys(("paragraph", "start", "end"), _COUNT))


def _of(cls: type[Any], say: Say, parts: Row) -> Row:
    """The schema of a kind, or of a part of one; a part is written once, under its name."""
    of_fact, of_claim = issubclass(cls, Fact), issubclass(cls, Cited)
    own = (["id", "page"] if of_fact else []) or (["id"] if of_claim else [])
    fields = told_fields(cls)
    required = own + [f.yaml for f in fields if f.required and f.shape in ("text", "list")]
    return _closed(dict.fromkeys(own, _TEXT) | {f.yaml: _field(f, say, parts) for f in fields}, required)


def _field(declared: Field, say: Say, parts: Row) -> Row:
    title = {"title": str(say.word(declared.said.label, "label"))}
    title |= {"description": str(say.word(declared.said.help, "help"))} if declared.said.help else {}
    if declared.shape == "parts":
        part = declared.part or object
        name = part.__name__
        if name not in parts:
            parts[name] = {}
            parts[name] = _of(part, say, parts)
        return title | {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "minItems": declared.least}
    if declared.shape == "quotes":
        name = "quote" if declared.name == "quotes" else "name"
        return title | {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "minItems": 1}
    if declared.shape == "map":
        return title | {"type": "object", "additionalProperties": _TEXT}
    text = {"enum": [say.code(code) for code in declared.codes]} if declared.codes else _TEXT
    return title | ({"type": "array", "items": text, "minItems": declared.least} if declared.shape == "list" else text)
