"""What a data file tells of a fact: its fields by the keys that a curator types, its quotes by their passages."""

from collections.abc import Iterator
from typing import Any

from briefing.model.facts import Claim, Fact
from briefing.model.fields import Field, fields_of
from briefing.model.quote_index import Use
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse_whitespace

SITE_ROOT = "../"  # from a data file to the root of the site
_UNEXPORTED_FIELDS = frozenset(
    ["splits", "merged", "seen"]
)  # words of a seed that no fact quotes; what only `briefing check` reads

JsonObject = dict[str, Any]


def exported_fields(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a kind, or of a part of one, that a data file tells."""
    return tuple(declared for declared in fields_of(cls) if declared.name not in _UNEXPORTED_FIELDS)


def fact_to_row(site_map: SiteMap, fact: Fact) -> JsonObject:
    """A fact with everything in it; fields that were not typed are left out."""
    return {"id": fact.key, "page": fact_url(site_map, fact, fact.key), **_fields_to_row(site_map, fact)}


def fact_url(site_map: SiteMap, fact: Fact, anchor: str) -> str:
    """The address of a place on a fact's page, relative to a data file."""
    return f"{SITE_ROOT}{site_map.url(site_map.path(fact))}#{anchor}"


def quote_to_row(site_map: SiteMap, use: Use) -> JsonObject:
    """A quote and where it stands: offsets in code points of the seed, end exclusive; `exact` has white space collapsed."""
    passage = use.passage
    at = {"source": str(use.quote.source), "paragraph": passage.paragraph, "start": passage.start, "end": passage.end}
    return {"id": use.anchor, **at, "exact": use.exact, "language": site_map.language_of(use)}


def _fields_to_row(site_map: SiteMap, owner: Any) -> JsonObject:
    return {f.yaml_key: value for f in exported_fields(type(owner)) if (value := field_to_json(site_map, owner, f))}


def field_to_json(site_map: SiteMap, owner: Any, declared: Field) -> Any:
    """The value of a field: a text, a list, a mapping; empty where it was not typed."""
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
    """Every quote of every claim, once."""
    yield from (use for key, uses in site_map.uses.items() for use in uses if use.part.key == key)
