"""What a fact is made of: claims with their quotes, and fields that declare by annotation what they hold.

A kind of fact is a frozen dataclass. Each field's type says its shape, and the marks in `Annotated` say what it means:
the reading, the reference check, the links, the editor's schema and the page all follow from that one annotation.
"""

import dataclasses
import types
import typing
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar

from briefing.diagnostics.problem import Location
from briefing.model.located_text import Text


@dataclass(frozen=True)
class Ref:
    """The text is the id of a fact of one of these kinds; no kinds means any. `or_released`: or of one that was released."""

    kinds: tuple[str, ...] = ()
    or_released: bool = False


@dataclass(frozen=True)
class Edtf:
    """The text is a date in EDTF (ISO 8601-2), as precise as the source and no more; or `not stated` where that may be."""

    or_not_stated: bool = False


@dataclass(frozen=True)
class Printed:
    """The text is the source's own words: it stands, whole words, in a quote of its claim."""


@dataclass(frozen=True)
class InSeed:
    """The text is printed somewhere in the source's seed, or is `not stated`; or the field named by `unless` is stated."""

    unless: str = ""


@dataclass(frozen=True)
class Authored:
    """The text is a sentence of the curator's own, and no sign that it is still to be written."""


@dataclass(frozen=True)
class Number:
    """The text is a whole number in digits."""


@dataclass(frozen=True)
class TextPattern:
    """The whole text matches a pattern (one that JavaScript reads too); `wanted` says in words what belongs there."""

    pattern: str
    description: str


@dataclass(frozen=True)
class OneOf:
    """The text is one of these codes, where they are not known before a briefing is read; else `Literal` says so."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class KeyedByField:
    """The keys of the mapping are fields of the fact that it stands in."""


@dataclass(frozen=True)
class MinItems:
    """The list holds at least so many."""

    count: int


@dataclass(frozen=True)
class FieldMeta:
    """What a field is called on a page, what a curator should know of it, and its name seen from the other side."""

    label: str
    help: str = ""
    back: str = ""


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


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A curator's word that one problem of a claim is none; it holds for the claim and quotes that `seen` names."""

    rule: Annotated[Text, FieldMeta("Rule", "The rule that it answers.")]
    words: Annotated[Text, FieldMeta("Words", "The words that the problem is about, as its message prints them.")]
    reason: Annotated[Sentence, FieldMeta("Reason", "Why the claim is right all the same; readers see it.")]
    seen: Annotated[Text | None, FieldMeta("Seen", "Which claim and quotes were read: `briefing check` prints it.")] = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim of ours and the quotes that bear it out.

    `tells`: what those who are quoted for a part of a fact tell of that fact: `says`, `says differently`, or nothing.
    """

    evidence_fields: ClassVar[tuple[str, ...]] = ("quotes",)
    relation: ClassVar[str] = "says"

    location: Annotated[Location, None]
    key: Annotated[str, None]
    claim: Annotated[
        Sentence,
        FieldMeta("Claim", "One neutral sentence of ours that the quotes bear out, attributed as the source attributes."),
    ]
    quotes: Annotated[Quotes, FieldMeta("Quotes", "Source id: its words, copied; a list when there are two runs.")] = ()
    waivers: Annotated[
        tuple[Waiver, ...], FieldMeta("Waived", "Problems of this claim that are none, each with its reason.")
    ] = ()

    @property
    def rests_on(self) -> tuple[Text, ...]:
        """The ids of the facts whose quotes are its evidence; empty for a claim with quotes of its own."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Antecedent(Claim):
    """Whom or what words of a quote stand for (`he`, `the deal`), and the passage that says so; its claim says why."""

    relation: ClassVar[str] = ""

    words: Annotated[Text, FieldMeta("Words", "Words of a quote of this fact that stand for a name, as in `he`.")]
    means: Annotated[Text, Ref(("actors", "places")), FieldMeta("Means", "The actor or place that they stand for.")]


@dataclass(frozen=True, kw_only=True)
class AttributableClaim(Claim):
    """A claim that may name whom its quotes call `he`: the antecedents say by which passage."""

    antecedents: Annotated[
        tuple[Antecedent, ...],
        FieldMeta("Antecedents", "Who is meant where a quote names nobody, and the passage that says so."),
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What every kind has: an id (`key`), the place of its entry, and the names that the sources print for it.

    A kind says in class variables: its file (`stem`), its page's title, what one fact is called, the field that groups
    its page and `headings` for that field's codes, the field that names a fact, and whether each has a page of its own.
    """

    file_stem: ClassVar[str]
    title: ClassVar[str]
    singular: ClassVar[str]
    group_field: ClassVar[str] = ""
    headings: ClassVar[Mapping[str, str]] = {}
    title_field: ClassVar[str] = "claim"
    has_page: ClassVar[bool] = False

    location: Annotated[Location, None]
    key: Annotated[str, None]
    names: Annotated[
        PrintedNames, FieldMeta("Names as printed", "Source id: the name or spelling it prints; a list when there are several.")
    ] = ()

    @property
    def section(self) -> str:
        """The key of the heading in `headings` that it stands under, where no field says so."""
        return ""

    @cached_property
    def parts(self) -> tuple[Claim, ...]:
        """The cited parts within it, as `parts_of` finds them; every rule asks for them."""
        return tuple(owner for owner in fact_and_parts(self) if isinstance(owner, Claim))

    @cached_property
    def references(self) -> tuple[tuple["Field", Ref, Text], ...]:
        """Each id that it or a part of it gives, with the field that it stands in and what that refers to."""
        fields = ((owner, f) for owner in fact_and_parts(self) for f in fields_of(type(owner)))
        return tuple((f, f.ref, key) for owner, f in fields if f.ref for key in field_texts(owner, f))


@dataclass(frozen=True)
class Field:
    """One field of a kind, as its annotation declares it. `yaml` is its key in a file."""

    name: str
    yaml_key: str  # the key a curator types: hyphens for underscores, and no underscore at the end
    shape: str  # "text", "list", "quotes", "parts" (a list of `part`) or "map" (key: text)
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
    fields: tuple[Field, ...] = _compute_fields(typing.cast(Hashable, cls))
    return fields


@cache
def fields_by_key(cls: Hashable) -> dict[str, Field]:
    """The fields of a kind by the key a curator types."""
    return {f.yaml_key: f for f in fields_of(typing.cast(type[Any], cls))}


@cache
def _compute_fields(cls: Hashable) -> tuple[Field, ...]:
    assert isinstance(cls, type)
    hints = typing.get_type_hints(cls, include_extras=True)
    unused = {
        "location",
        "key",
        *({"quotes"} - set(getattr(cls, "evidence_fields", ("quotes",)))),
    }  # an overview quotes through its facts
    declared = (f for f in dataclasses.fields(cls) if f.name not in unused)
    return tuple(_build_field(f, hints[f.name]) for f in declared)


def _build_field(declared: "dataclasses.Field[Any]", hint: Any) -> Field:
    annotations = list(_annotations_in(hint))
    found = {type(annotation): annotation for annotation in annotations}
    bare = _unwrap_hint(hint)
    shape, part = _shape_of_hint(bare)
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
    """Every mark and Literal in a hint, outermost first, so that a field's own label wins over its type's."""
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


def _shape_of_hint(bare: Any) -> tuple[str, type[Any] | None]:
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


def parts_of(fact: Fact) -> tuple[Claim, ...]:
    """The cited parts within a fact: the fact itself where it is a claim, and each part that is one, at any depth."""
    return fact.parts


def parts_by_field(fact: Any) -> Iterator[tuple[Field, tuple[Claim, ...]]]:
    """The fields of a fact that hold cited parts of its own, with those parts; empty ones are passed over."""
    for declared in fields_of(type(fact)):
        if declared.part is not None and issubclass(declared.part, Claim) and getattr(fact, declared.name):
            yield declared, getattr(fact, declared.name)


def field_texts(owner: Any, declared: Field) -> tuple[Text, ...]:
    """The texts that stand in a text or list field of a fact; none where the field was not typed."""
    value = getattr(owner, declared.name)
    if value is None or declared.shape not in ("text", "list"):
        return ()
    return (value,) if isinstance(value, Text) else value


def fact_and_parts(fact: Any) -> tuple[Any, ...]:
    """A fact and the parts within it, at any depth: whatever has fields."""
    parts = (part for f in fields_of(type(fact)) if f.shape == "parts" for part in getattr(fact, f.name))
    return (fact, *(owner for part in parts for owner in fact_and_parts(part)))


def quotes_and_names(fact: Fact) -> Iterator[Quote]:
    """Every pair of a source and its words in a fact."""
    yield from (quote for part in parts_of(fact) for quote in part.quotes)
    yield from fact.names
