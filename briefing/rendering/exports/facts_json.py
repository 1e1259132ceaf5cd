"""`facts.json`, every fact with everything in it, and its JSON Schema, which follows from the annotations of the kinds."""

import json
from collections.abc import Iterator
from typing import Any

from briefing.i18n.messages import Translator
from briefing.model.facts import Claim, Fact
from briefing.model.fields import Field, fields_of
from briefing.model.quote_index import Use
from briefing.model.record import NOT_STATED
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse_whitespace

SITE_ROOT = "../"  # from a data file to the root of the site
_UNEXPORTED_FIELDS = frozenset(["splits", "merged", "seen"])  # unquoted words of a seed, and data of `briefing check`

JsonObject = dict[str, Any]

FACTS_SCHEMA_FILE = "facts.schema.json"
_DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"
_STRING_SCHEMA: JsonObject = {"type": "string"}
_COUNT: JsonObject = {"type": "integer", "minimum": 0}


def to_json(value: Any, indent: int | None = 1) -> str:
    """A value as JSON text with a line end."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def render_facts(site_map: SiteMap, say: Translator) -> str:
    """`facts.json`: every fact, grouped by kind, in the order of the files."""
    dossier = site_map.dossier
    say.code(NOT_STATED)
    found = {
        kind.file_stem: [fact_to_row(site_map, fact) for fact in dossier.facts_of_kind(kind.file_stem)]
        for kind in dossier.kinds
    }
    return to_json({"$schema": FACTS_SCHEMA_FILE, "language": dossier.settings.claim_language, "facts": found})


def render_facts_schema(site_map: SiteMap, say: Translator) -> str:
    """The JSON Schema of `facts.json`, the same for every briefing with the same kinds."""
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
    """The schema of a kind or a part; a part is defined once, under its name in `parts`."""
    of_fact, of_claim = issubclass(cls, Fact), issubclass(cls, Claim)
    identity = (["id", "page"] if of_fact else []) or (["id"] if of_claim else [])
    fields = exported_fields(cls)
    required = identity + [f.yaml_key for f in fields if f.required and f.shape in ("text", "list")]
    return _closed(
        dict.fromkeys(identity, _STRING_SCHEMA) | {f.yaml_key: _exported_field_schema(f, say, parts) for f in fields}, required
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


def exported_fields(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a kind or a part that data files contain."""
    return tuple(declared for declared in fields_of(cls) if declared.name not in _UNEXPORTED_FIELDS)


def fact_to_row(site_map: SiteMap, fact: Fact) -> JsonObject:
    """A fact with all its fields; empty fields are left out."""
    return {"id": fact.key, "page": fact_url(site_map, fact, fact.key), **_fields_to_row(site_map, fact)}


def fact_url(site_map: SiteMap, fact: Fact, anchor: str) -> str:
    """The URL of an anchor on the page of a fact, relative to the data folder."""
    return f"{SITE_ROOT}{site_map.url(site_map.path(fact))}#{anchor}"


def quote_to_row(site_map: SiteMap, use: Use) -> JsonObject:
    """A quote and its passage: offsets in code points of the seed, end exclusive; `exact` has white space collapsed."""
    passage = use.passage
    at = {"source": str(use.quote.source), "paragraph": passage.paragraph, "start": passage.start, "end": passage.end}
    return {"id": use.anchor, **at, "exact": use.exact, "language": site_map.language_of(use)}


def _fields_to_row(site_map: SiteMap, owner: Any) -> JsonObject:
    return {f.yaml_key: value for f in exported_fields(type(owner)) if (value := field_to_json(site_map, owner, f))}


def field_to_json(site_map: SiteMap, owner: Any, declared: Field) -> Any:
    """The value of a field as JSON: a string, a list or an object; an empty string if the field is empty."""
    value = getattr(owner, declared.name)
    if not value:
        return ""
    if declared.name == "quotes":
        return [quote_to_row(site_map, use) for use in site_map.uses[owner.key]]
    if declared.shape == "quotes":
        return [{"source": str(name.source), "name": collapse_whitespace(name.text)} for name in value]
    if declared.shape == "parts":
        return [_part_to_row(site_map, part) for part in value]
    if declared.shape == "map":
        return {str(key): collapse_whitespace(text) for key, text in value.items()}
    return [collapse_whitespace(text) for text in value] if declared.shape == "list" else collapse_whitespace(value)


def _part_to_row(site_map: SiteMap, part: Any) -> JsonObject:
    return ({"id": part.key} if isinstance(part, Claim) else {}) | _fields_to_row(site_map, part)


def all_uses(site_map: SiteMap) -> Iterator[Use]:
    """Every quote of every claim, without the repeats in the overview."""
    yield from (use for key, uses in site_map.uses.items() for use in uses if use.part.key == key)
