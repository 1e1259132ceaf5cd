"""Kinds of fact that a briefing declares for itself, in `briefing.yaml`: a class is made of each, as of one in `kinds.py`.

What follows from a kind's annotations (reading, checks, page, links, schema, data) then follows for these too.
"""

import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, make_dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import FACT_FITS_ITS_KIND
from briefing.model.facts import AttributableClaim as ToldFact
from briefing.model.facts import Fact
from briefing.model.fields import Edtf, Field, FieldMeta, MinItems, Number, OneOf, Printed, Prose, Ref, TextPattern, fields_of
from briefing.model.ids import is_reserved
from briefing.model.kinds import KINDS, Yes
from briefing.model.located_text import Text
from briefing.model.parts import AccordingTo, AsWritten, Inferred, Places, SameStatement, Via
from briefing.text.languages import LocalizedStr
from briefing.text.words import collapse_whitespace

RESERVED_PAGES = ("404", "assets", "briefing", "checks", "codebook", "data", "index", "matrix", "search")
RESERVED_TABLES = ("names", "parts", "quotes")
RESERVED_FIELDS = ("id", "page")  # what data files tell of every fact beside its fields
KIND_CACHE_SIZE = 64
_KIND_NAME = TextPattern("[a-z][a-z0-9]*(-[a-z0-9]+)*", "small letters, digits and hyphens")
_ANNOTATIONS_BY_TYPE: dict[str, tuple[Any, ...]] = {
    "text": (),
    "words": (Printed(),),
    "number": (Number(),),
    "date": (Edtf(),),
    "code": (),
    "actor": (Ref(("actors",)),),
    "place": (Ref(("places",)),),
    "fact": (Ref(),),
}


@dataclass(frozen=True, kw_only=True)
class KindField:
    """One field of a kind that the briefing declares."""

    singular: ClassVar[str] = "field"

    name: Annotated[Text, _KIND_NAME, FieldMeta("Name", "What a curator types before the colon.")]
    label: Annotated[Prose, FieldMeta("Label", "What pages call it, in at most eight words.")]
    holds: Annotated[
        Text,
        Literal["text", "words", "number", "date", "code", "actor", "place", "fact"],
        FieldMeta(
            "Holds",
            "text: your own words; words: the source's own words, from a quote; number: a whole number; date: EDTF; "
            "code: one of `codes`; actor, place, fact: an id.",
        ),
    ]
    codes: Annotated[tuple[Text, ...], FieldMeta("Codes", "The codes to choose from, for a field that holds a code.")] = ()
    help: Annotated[Prose | None, FieldMeta("Help", "What a curator should know about it; the codebook shows it.")] = None
    back: Annotated[Prose | None, FieldMeta("Back", "Its label on the page of the actor or place that it names.")] = None
    several: Annotated[Yes | None, FieldMeta("Several", "`yes` if it may hold more than one.")] = None
    required: Annotated[Yes | None, FieldMeta("Required", "`yes` if every fact of the kind must have it.")] = None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of fact that the briefing declares for itself; it has a claim and quotes like every kind."""

    stem: Annotated[Text, _KIND_NAME, FieldMeta("Stem", "The name of its file in facts/, without `.yaml`, and of its page.")]
    title: Annotated[Prose, FieldMeta("Title", "What its page is called, in at most eight words.")]
    one: Annotated[Prose, FieldMeta("One", "What one fact of it is called, without an article.")]
    help: Annotated[Prose, FieldMeta("Help", "What such a fact is, in one sentence; the codebook shows it.")]
    group: Annotated[Text | None, FieldMeta("Group", "The field by which its page is grouped.")] = None
    headline: Annotated[Text | None, FieldMeta("Headline", "The field that names a fact, where that is not its claim.")] = None
    fields: Annotated[tuple[KindField, ...], MinItems(1), FieldMeta("Fields", "Its fields, besides claim and quotes.")]


_COMMON_FIELDS: dict[str, Any] = {"according_to": AccordingTo, "via": Via, "same_statement": SameStatement, "places": Places}
_DATE_FIELDS: dict[str, Any] = {"as_written": AsWritten | None, "inferred": Inferred | None}


def build_kinds(kinds: Iterable[Kind], language: str) -> tuple[type[Fact], ...]:
    """A class for each declared kind, whose words are in that language; the same class for the same declaration."""
    return tuple(_build_kind(kind, language) for kind in kinds)


@lru_cache(KIND_CACHE_SIZE)
def _build_kind(kind: Kind, language: str) -> type[Fact]:
    def localized(text: str) -> LocalizedStr:
        return LocalizedStr(collapse_whitespace(text), language)

    fields: list[tuple[str, Any, Any]] = []
    for one in kind.fields:
        several: Any = field(default=()) if one.several else field(default=None)
        fields.append((_field_attribute(one), _annotation_of(one, localized), field() if one.required else several))
        if _is_dated(one):
            fields += [(name, hint, field(default=None)) for name, hint in _DATE_FIELDS.items()]
    fields += [(name, hint, field(default=())) for name, hint in _COMMON_FIELDS.items()]
    named = {str(one.name): _field_attribute(one) for one in kind.fields}
    labels = {
        "file_stem": str(kind.stem),
        "title": localized(kind.title),
        "singular": localized(kind.one),
        "__doc__": localized(kind.help),
    }
    found = {"group_field": named.get(kind.group or "", ""), "title_field": named.get(kind.headline or "", "claim")}
    name = "".join(word.title() for word in kind.stem.split("-"))
    return make_dataclass(name, fields, bases=(Fact, ToldFact), namespace=labels | found, frozen=True, kw_only=True)


def _field_attribute(one: KindField) -> str:
    """What a field is called in the class: with an underscore at its end, so that nothing takes it for a field of ours."""
    return "date" if _is_dated(one) else f"{one.name.replace('-', '_')}_"


def _is_dated(one: KindField) -> bool:
    return (one.name, one.holds, one.several) == ("date", "date", None)


def _annotation_of(one: KindField, localize: typing.Callable[[str], LocalizedStr]) -> Any:
    """The annotation of a field: its shape, and what it says of itself."""
    meta = FieldMeta(localize(one.label), localize(one.help or ""), localize(one.back or ""))
    annotations = (
        *_ANNOTATIONS_BY_TYPE[str(one.holds)],
        *([OneOf(tuple(map(localize, one.codes)))] if one.codes else []),
        meta,
    )
    bare: Any = tuple[Text, ...] if one.several else Text
    return Annotated[(bare if one.required or one.several else Text | None, *annotations)]


def custom_kind_words(kinds: Iterable[type[Fact]]) -> Iterator[str]:
    """What declared kinds call themselves, their fields and codes, also within a heading: what pages say without a fact."""
    for kind in kinds:
        yield from (kind.title, kind.singular)
        for declared in _custom_fields(kind):
            back = declared.meta.back or declared.meta.label
            yield from (declared.meta.label, back, back[:1].lower() + back[1:], *declared.codes)


def custom_kind_explanations(kind: type[Fact]) -> Iterator[str]:
    """What a declared kind says in sentences, whole and in the pieces that code parts; only kinds' explanations have them."""
    texts = (kind.__doc__ or "", *(declared.meta.help for declared in _custom_fields(kind)))
    yield from filter(None, (collapse_whitespace(piece) for text in texts for piece in (text, *text.split("`"))))


def custom_kind_keys(kinds: Iterable[type[Fact]]) -> Iterator[str]:
    """The names of declared kinds and their fields as they are typed in files."""
    for kind in kinds:
        yield kind.file_stem
        yield from (declared.yaml_key for declared in _custom_fields(kind))


def _custom_fields(kind: type[Fact]) -> Iterator[Field]:
    return (declared for declared in fields_of(kind) if isinstance(declared.meta.label, LocalizedStr))


def kind_problems(kinds: Sequence[Kind]) -> Iterator[Problem]:
    """What is wrong with declared kinds: names that are taken, fields that are not there, codes without a field of codes."""
    stems, ones = {kind.file_stem for kind in KINDS}, {kind.singular for kind in KINDS}
    for kind in kinds:
        if kind.stem in stems or kind.stem in (*RESERVED_PAGES, *RESERVED_TABLES) or is_reserved(kind.stem):
            yield _declaration_problem(kind.stem, f"`{kind.stem}` is the name of another kind or page", "choose another name")
        if kind.one in ones:
            yield _declaration_problem(
                kind.one, f"`{kind.one}` is what a fact of another kind is called", "choose another word"
            )
        stems.add(str(kind.stem))
        ones.add(str(kind.one))
        yield from _field_problems(kind)
        yield from _naming_problems(kind)


def _field_problems(kind: Kind) -> Iterator[Problem]:
    shared = (
        {f.yaml_key for f in fields_of(ToldFact)}
        | {name.replace("_", "-") for name in _COMMON_FIELDS}
        | {"names", *RESERVED_FIELDS}
    )
    taken = shared | ({"as-written", "inferred"} if any(map(_is_dated, kind.fields)) else set())
    for one in kind.fields:
        if one.name in taken:
            yield _declaration_problem(
                one.name, f"`{one.name}` is a field of this kind already", "choose another name, or delete the field"
            )
        taken.add(str(one.name))
        if one.holds == "code" and not one.codes:
            yield _declaration_problem(
                one.holds, "a field that holds a code needs its codes", "write `codes: [first, second]` below"
            )
        elif one.holds != "code" and one.codes:
            yield _declaration_problem(
                one.holds, f"a field that holds `{one.holds}` has no codes", "write `holds: code`, or delete `codes:`"
            )


def _naming_problems(kind: Kind) -> Iterator[Problem]:
    named = {str(one.name): one for one in kind.fields}
    for at in (kind.group, kind.headline):
        if at is not None and at not in named:
            yield _declaration_problem(at, f"this kind has no field `{at}`", f"name one of: {', '.join(named)}")
    head = named.get(kind.headline or "")
    if kind.headline is not None and head and (head.holds not in ("text", "words") or head.several or not head.required):
        yield _declaration_problem(
            kind.headline, f"`{head.name}` cannot name every fact", "let it hold one text or words, and be required"
        )


def _declaration_problem(at: Text, message: str, help: str) -> Problem:
    return Problem(FACT_FITS_ITS_KIND, at.location, message, help)
