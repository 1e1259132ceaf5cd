"""What a field declares by its annotation, and the walks over the fields of kinds and facts.

A kind of fact is a frozen dataclass. The type of each field says its shape, and the markers in `Annotated` say what it
means. Reading, the check of references, links, the schema for the editor, the codebook and the pages all follow from that
one annotation, which `fields_of` reads; `walk_fields` and `walk_owners` go through kinds and facts by it.
"""

import dataclasses
import types
import typing
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from briefing.model.located_text import Text

Shape = Literal["text", "list", "quotes", "parts", "map"]


@dataclass(frozen=True)
class Ref:
    """The text is the id of a fact of one of these kinds, by file stem; of any kind if empty; or of one in a release."""

    kinds: tuple[str, ...] = ()
    or_released: bool = False


@dataclass(frozen=True)
class Edtf:
    """The text is a date in EDTF (ISO 8601-2), or `not stated` where that is allowed."""

    or_not_stated: bool = False


@dataclass(frozen=True)
class Printed:
    """The text is the source's own words: a quote of its claim contains it as whole words."""


@dataclass(frozen=True)
class InSeed:
    """The source's seed prints the text, or it is `not stated`; not checked where the field named by `unless` is stated."""

    unless: str = ""


@dataclass(frozen=True)
class Authored:
    """The text is a sentence by the curator, and not a placeholder."""


@dataclass(frozen=True)
class Number:
    """The text is a whole number in digits."""


@dataclass(frozen=True)
class TextPattern:
    """The whole text matches a pattern (one that JavaScript reads too); `description` says in words what to write."""

    pattern: str
    description: str


@dataclass(frozen=True)
class OneOf:
    """The text is one of these codes, for kinds that a briefing declares; the kinds in Python use `Literal`."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class KeyedByField:
    """The keys of the mapping are fields of the same fact."""


@dataclass(frozen=True)
class MinItems:
    """The list has at least this many entries."""

    count: int


@dataclass(frozen=True)
class FieldMeta:
    """The name of a field on a page, help for the curator, and its name on the page of what it refers to."""

    label: str
    help: str = ""
    back: str = ""


@dataclass(frozen=True)
class Computed:
    """No curator types the field: the reader fills it in, or the kind has no use for it."""


@dataclass(frozen=True)
class Quote:
    """The words a curator copied from one source, as typed."""

    source: Text
    text: Text


Prose = Text
Sentence = Annotated[Text, Authored()]
Quotes = tuple[Quote, ...]
PrintedNames = tuple[Quote, ...]
ActorId = Annotated[Text, Ref(("actors",))]
PlaceId = Annotated[Text, Ref(("places",))]
SourceId = Annotated[Text, Ref(("sources",))]
HolderId = Annotated[Text, Ref(("actors", "sources"))]
FactId = Annotated[Text, Ref()]
Date = Annotated[Text, Edtf()]
PrintedWords = Annotated[Text, Printed()]


@dataclass(frozen=True)
class Field:
    """One field of a kind or of a part, as its annotation declares it."""

    name: str
    yaml_key: str  # the key a curator types: hyphens for underscores, and no underscore at the end
    shape: Shape  # "quotes" is `source: words`, "parts" a list of `part`, "map" `key: text`
    required: bool
    meta: FieldMeta
    ref: Ref | None = None
    edtf: Edtf | None = None
    printed: bool = False
    in_seed: InSeed | None = None
    number: bool = False
    is_authored: bool = False
    text_pattern: TextPattern | None = None
    keyed_by_field: bool = False
    min_items: int = 1
    codes: tuple[str, ...] = ()
    part: type[Any] | None = None


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """The fields a curator may type for a kind (or for a part of one), in the order declared."""
    return _read_annotations(typing.cast(Hashable, cls))  # mypy doubts that classes are hashable


def fields_by_key(cls: type[Any]) -> dict[str, Field]:
    """The fields of a kind by the key a curator types."""
    return {f.yaml_key: f for f in fields_of(cls)}


@cache
def _read_annotations(cls: Hashable) -> tuple[Field, ...]:
    assert isinstance(cls, type)
    hints = typing.get_type_hints(cls, include_extras=True)
    declared = ((f, hints[f.name], list(_annotations_in(hints[f.name]))) for f in dataclasses.fields(cls))
    return tuple(_build_field(f, hint, found) for f, hint, found in declared if Computed() not in found)


def walk_fields(*owners: type[Any]) -> Iterator[Field]:
    """The fields of kinds or parts, each followed by those of the parts that it holds, at any depth."""
    for owner in owners:
        for declared in fields_of(owner):
            yield declared
            if declared.part is not None:
                yield from walk_fields(declared.part)


def part_types(kinds: Iterable[type[Any]]) -> dict[type[Any], Field]:
    """The types of the parts that facts have, in the order in which they first come, each with the field that holds it."""
    found: dict[type[Any], Field] = {}
    for declared in walk_fields(*kinds):
        if declared.part is not None:
            found.setdefault(declared.part, declared)
    return found


def walk_owners(owner: Any, holder: Field | None = None) -> Iterator[tuple[Any, Field | None]]:
    """A fact and the parts within it at any depth, whatever has fields; each part with the field that holds it."""
    yield owner, holder
    for declared in fields_of(type(owner)):
        for part in getattr(owner, declared.name) if declared.shape == "parts" else ():
            yield from walk_owners(part, declared)


def walk_texts(fact: Any) -> Iterator[tuple[Any, Field, Text]]:
    """Every text in the fields of a fact and its parts, quotes and names apart, with the field and its owner."""
    for owner, _ in walk_owners(fact):
        for declared in fields_of(type(owner)):
            yield from ((owner, declared, text) for text in field_texts(owner, declared))


def field_texts(owner: Any, declared: Field) -> tuple[Text, ...]:
    """The texts in one field of a fact or part, of a map the values; none where it is empty, or holds quotes or parts."""
    value = getattr(owner, declared.name)
    if value is None or declared.shape in ("quotes", "parts"):
        return ()
    if declared.shape == "map":
        return tuple(value.values())
    return (value,) if isinstance(value, Text) else value


def _build_field(declared: "dataclasses.Field[Any]", hint: Any, annotations: list[Any]) -> Field:
    found = {type(annotation): annotation for annotation in annotations}
    shape, part = _shape_of_hint(_unwrap_hint(hint))
    required = declared.default is dataclasses.MISSING and declared.default_factory is dataclasses.MISSING
    return Field(
        name=declared.name,
        yaml_key=declared.name.strip("_").replace("_", "-"),
        shape=shape,
        required=required,
        meta=found.get(FieldMeta, FieldMeta(declared.name.replace("_", " ").strip().capitalize())),
        ref=found.get(Ref),
        edtf=found.get(Edtf),
        printed=Printed in found,
        in_seed=found.get(InSeed),
        number=Number in found,
        is_authored=Authored in found,
        text_pattern=found.get(TextPattern),
        keyed_by_field=KeyedByField in found,
        min_items=found[MinItems].count if MinItems in found else 1,
        codes=found[OneOf].codes if OneOf in found else _literal_codes(annotations),
        part=part,
    )


def _literal_codes(annotations: list[Any]) -> tuple[str, ...]:
    return tuple(
        next((typing.get_args(annotation) for annotation in annotations if typing.get_origin(annotation) is typing.Literal), ())
    )


def _annotations_in(hint: Any) -> Iterator[Any]:
    """Every marker and Literal in a hint, outermost first, so that a field's own label wins over its type's."""
    if typing.get_origin(hint) is Annotated:
        yield from hint.__metadata__
        yield from _annotations_in(hint.__origin__)
    elif typing.get_origin(hint) is typing.Literal:
        yield hint
    else:
        for inner in typing.get_args(hint):
            yield from _annotations_in(inner)


def _unwrap_hint(hint: Any) -> Any:
    """The hint without Annotated and without `| None`."""
    while True:
        if typing.get_origin(hint) is Annotated:
            hint = hint.__origin__
        elif isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
            hint = next(inner for inner in typing.get_args(hint) if inner is not type(None))
        else:
            return hint


def _shape_of_hint(bare: Any) -> tuple[Shape, type[Any] | None]:
    if typing.get_origin(bare) is tuple:
        inner = _unwrap_hint(typing.get_args(bare)[0])
        if inner is Quote:
            return "quotes", None
        if dataclasses.is_dataclass(inner):
            return "parts", typing.cast(type[Any], inner)
        return "list", None
    if typing.get_origin(bare) is dict:
        return "map", None
    return "text", None
