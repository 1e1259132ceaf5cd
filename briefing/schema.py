"""JSON Schemas (draft 7, which the YAML language server reads) for the editor: one for each file of facts, with today's ids."""

import json
from typing import Any

from briefing.dossier import Dossier
from briefing.fact import Field, fields_of

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def schemas(dossier: Dossier) -> dict[str, str]:
    """The text of each schema by its path under `schemas/`."""
    return {f"{kind.stem}.schema.json": _dumped(_file_schema(dossier, kind)) for kind in dossier.kinds}


def _dumped(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _file_schema(dossier: Dossier, kind: type[Any]) -> dict[str, Any]:
    names_any = any(f.ref and not f.ref.kinds for f in fields_of(kind))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind.title,
        "description": (kind.__doc__ or "").strip(),
        "type": "object",
        "propertyNames": {"pattern": _ID},
        "additionalProperties": _part_schema(dossier, kind),
        **({"definitions": {"fact": _ids(dossier, tuple(dossier.facts))}} if names_any else {}),
    }


def _part_schema(dossier: Dossier, kind: type[Any]) -> dict[str, Any]:
    declared = fields_of(kind)
    schema: dict[str, Any] = {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": {f.yaml: _field_schema(dossier, f) for f in declared},
        "required": [f.yaml for f in declared if f.required],
        "additionalProperties": False,
    }
    evidence = getattr(kind, "evidence", ())
    if evidence:
        schema["anyOf"] = [{"required": [name]} for name in evidence]
    return schema


def _field_schema(dossier: Dossier, declared: Field) -> dict[str, Any]:
    told = {"title": declared.said.label, "description": declared.said.help or declared.said.label}
    text: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    if declared.codes:
        text = {"enum": list(declared.codes)}
    if declared.shaped:
        text = {"type": "string", "pattern": f"^({declared.shaped.pattern})$"}
    if declared.ref:
        text = _ids(dossier, declared.ref.kinds) if declared.ref.kinds else {"allOf": [{"$ref": "#/definitions/fact"}]}
        text = {"anyOf": [text, {"pattern": _ID}]} if declared.ref.or_released else text
    if declared.shape == "text":
        return told | text
    if declared.shape == "list":
        return told | {"oneOf": [text, {"type": "array", "items": text}]}
    if declared.shape == "map":
        return told | {"type": "object", "additionalProperties": {"type": "string"}}
    if declared.shape == "quotes":
        words = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
        sources = {key: words | {"description": str(getattr(r, r.headline))} for key, r in dossier.facts["sources"].items()}
        return told | {"type": "object", "properties": sources, "additionalProperties": False}
    return told | {"type": "array", "items": _part_schema(dossier, declared.part or object)}


def _ids(dossier: Dossier, stems: tuple[str, ...]) -> dict[str, Any]:
    facts = [f for stem in stems for f in dossier.facts.get(stem, {}).values()]
    return {"anyOf": [{"const": f.key, "title": str(getattr(f, f.headline))} for f in facts]} if facts else {"type": "string"}
