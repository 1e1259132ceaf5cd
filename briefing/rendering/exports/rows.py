"""What a data file tells of a fact: its fields by the keys that a curator types, its quotes by their passages."""

from collections.abc import Iterator
from typing import Any

from briefing.model.facts import Cited, Fact, Field, fields_of
from briefing.rendering.site_map import SiteMap, Use
from briefing.text.words import collapse

UP = "../"  # from a data file to the root of the site
_UNTOLD = frozenset(["splits", "merged", "seen"])  # words of a seed that no fact quotes; what only `briefing check` reads

Row = dict[str, Any]


def told_fields(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a kind, or of a part of one, that a data file tells."""
    return tuple(declared for declared in fields_of(cls) if declared.name not in _UNTOLD)


def told(where: SiteMap, fact: Fact) -> Row:
    """A fact with everything in it; fields that were not typed are left out."""
    return {"id": fact.key, "page": page_of(where, fact, fact.key), **_fields(where, fact)}


def page_of(where: SiteMap, fact: Fact, anchor: str) -> str:
    """The address of a place on a fact's page, relative to a data file."""
    return f"{UP}{where.url(where.path(fact))}#{anchor}"


def quote_told(where: SiteMap, use: Use) -> Row:
    """A quote and where it stands: offsets in code points of the seed, end exclusive; `exact` has white space collapsed."""
    passage = use.passage
    at = {"source": str(use.quote.source), "paragraph": passage.paragraph, "start": passage.start, "end": passage.end}
    return {"id": use.anchor, **at, "exact": use.exact, "language": where.language_of(use)}


def _fields(where: SiteMap, owner: Any) -> Row:
    return {f.yaml: value for f in told_fields(type(owner)) if (value := field_told(where, owner, f))}


def field_told(where: SiteMap, owner: Any, declared: Field) -> Any:
    """The value of a field: a text, a list, a mapping; empty where it was not typed."""
    value = getattr(owner, declared.name)
    if not value:
        return ""
    if declared.name == "quotes":
        return [quote_told(where, use) for use in where.uses[owner.key]]
    if declared.shape == "quotes":
        return [{"source": str(name.source), "name": collapse(name.text)} for name in value]
    if declared.shape == "parts":
        return [_part(where, part) for part in value]
    if declared.shape == "map":
        return {str(key): collapse(text) for key, text in value.items()}
    return [collapse(text) for text in value] if declared.shape == "list" else collapse(value)


def _part(where: SiteMap, part: Any) -> Row:
    return ({"id": part.key} if isinstance(part, Cited) else {}) | _fields(where, part)


def uses_of(where: SiteMap) -> Iterator[Use]:
    """Every quote of every claim, once."""
    yield from (use for key, uses in where.uses.items() for use in uses if use.part.key == key)
