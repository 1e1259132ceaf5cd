"""Kinds of fact that a briefing declares for itself, in `briefing.yaml`: a class is made of each, as of one in `kinds.py`.

What follows from a kind's annotations (reading, checks, page, links, schema, data) then follows for these too.
"""

import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, make_dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import FITS
from briefing.model.facts import (
    AtLeast,
    Coded,
    Edtf,
    Fact,
    Field,
    Number,
    Printed,
    Prose,
    Ref,
    Said,
    Shaped,
    fields_of,
)
from briefing.model.facts import Told as ToldFact
from briefing.model.ids import is_reserved
from briefing.model.kinds import KINDS, Yes
from briefing.model.located_text import Text
from briefing.model.parts import AccordingTo, AsWritten, Inferred, Places, SameStatement, Via
from briefing.text.languages import Told
from briefing.text.words import collapse

PAGES = ("404", "assets", "briefing", "checks", "codebook", "data", "index", "matrix", "search")
TABLES = ("names", "parts", "quotes")
IN_DATA = ("id", "page")  # what data files tell of every fact beside its fields
MOST_KEPT = 64
_NAME = Shaped("[a-z][a-z0-9]*(-[a-z0-9]+)*", "small letters, digits and hyphens")
_HOLDS: dict[str, tuple[Any, ...]] = {
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

    one: ClassVar[str] = "field"

    name: Annotated[Text, _NAME, Said("Name", "What a curator types before the colon.")]
    label: Annotated[Prose, Said("Label", "What pages call it, in at most eight words.")]
    holds: Annotated[
        Text,
        Literal["text", "words", "number", "date", "code", "actor", "place", "fact"],
        Said(
            "Holds",
            "text: words of yours; words: the source's own, which stand in a quote; number: a whole number; date: EDTF; "
            "code: one of `codes`; actor, place, fact: an id.",
        ),
    ]
    codes: Annotated[tuple[Text, ...], Said("Codes", "The words that a field of codes chooses from.")] = ()
    help: Annotated[Prose | None, Said("Help", "What a curator should know of it; it stands in the codebook.")] = None
    back: Annotated[Prose | None, Said("Back", "Its label seen from the actor or place that it names.")] = None
    several: Annotated[Yes | None, Said("Several", "`yes` where it may hold more than one.")] = None
    required: Annotated[Yes | None, Said("Required", "`yes` where every fact of the kind has it.")] = None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of fact that the briefing declares for itself; its claim and quotes are those of every kind."""

    stem: Annotated[Text, _NAME, Said("Stem", "The name of its file in facts/, without `.yaml`, and of its page.")]
    title: Annotated[Prose, Said("Title", "What its page is called, in at most eight words.")]
    one: Annotated[Prose, Said("One", "What one fact of it is called, without an article.")]
    help: Annotated[Prose, Said("Help", "What such a fact is, in one sentence; it stands in the codebook.")]
    group: Annotated[Text | None, Said("Group", "The field under whose values its page is divided.")] = None
    headline: Annotated[Text | None, Said("Headline", "The field that names a fact, where that is not its claim.")] = None
    fields: Annotated[tuple[KindField, ...], AtLeast(1), Said("Fields", "What it has beside claim and quotes.")]


_SHARED: dict[str, Any] = {"according_to": AccordingTo, "via": Via, "same_statement": SameStatement, "places": Places}
_DATED: dict[str, Any] = {"as_written": AsWritten | None, "inferred": Inferred | None}


def made(kinds: Iterable[Kind], language: str) -> tuple[type[Fact], ...]:
    """A class for each declared kind, whose words are in that language; the same class for the same declaration."""
    return tuple(_made(kind, language) for kind in kinds)


@lru_cache(MOST_KEPT)
def _made(kind: Kind, language: str) -> type[Fact]:
    def told(text: str) -> Told:
        return Told(collapse(text), language)

    own: list[tuple[str, Any, Any]] = []
    for one in kind.fields:
        several: Any = field(default=()) if one.several else field(default=None)
        own.append((_attribute(one), _hint(one, told), field() if one.required else several))
        if _is_dated(one):
            own += [(name, hint, field(default=None)) for name, hint in _DATED.items()]
    own += [(name, hint, field(default=())) for name, hint in _SHARED.items()]
    named = {str(one.name): _attribute(one) for one in kind.fields}
    said = {"stem": str(kind.stem), "title": told(kind.title), "one": told(kind.one), "__doc__": told(kind.help)}
    found = {"group": named.get(kind.group or "", ""), "headline": named.get(kind.headline or "", "claim")}
    name = "".join(word.title() for word in kind.stem.split("-"))
    return make_dataclass(name, own, bases=(Fact, ToldFact), namespace=said | found, frozen=True, kw_only=True)


def _attribute(one: KindField) -> str:
    """What a field is called in the class: with an underscore at its end, so that nothing takes it for a field of ours."""
    return "date" if _is_dated(one) else f"{one.name.replace('-', '_')}_"


def _is_dated(one: KindField) -> bool:
    return (one.name, one.holds, one.several) == ("date", "date", None)


def _hint(one: KindField, told: typing.Callable[[str], Told]) -> Any:
    """The annotation of a field: its shape, and what it says of itself."""
    said = Said(told(one.label), told(one.help or ""), told(one.back or ""))
    marks = (*_HOLDS[str(one.holds)], *([Coded(tuple(map(told, one.codes)))] if one.codes else []), said)
    bare: Any = tuple[Text, ...] if one.several else Text
    return Annotated[(bare if one.required or one.several else Text | None, *marks)]


def words_of(kinds: Iterable[type[Fact]]) -> Iterator[str]:
    """What declared kinds call themselves, their fields and codes, also within a heading: what pages say without a fact."""
    for kind in kinds:
        yield from (kind.title, kind.one)
        for declared in _own_fields(kind):
            back = declared.said.back or declared.said.label
            yield from (declared.said.label, back, back[:1].lower() + back[1:], *declared.codes)


def explained(kind: type[Fact]) -> Iterator[str]:
    """What a declared kind says in sentences, whole and in the pieces that code parts; only kinds' explanations have them."""
    told = (kind.__doc__ or "", *(declared.said.help for declared in _own_fields(kind)))
    yield from filter(None, (collapse(piece) for text in told for piece in (text, *text.split("`"))))


def typed_names(kinds: Iterable[type[Fact]]) -> Iterator[str]:
    """The names of declared kinds and their fields as they are typed in files."""
    for kind in kinds:
        yield kind.stem
        yield from (declared.yaml for declared in _own_fields(kind))


def _own_fields(kind: type[Fact]) -> Iterator[Field]:
    return (declared for declared in fields_of(kind) if isinstance(declared.said.label, Told))


def kind_problems(kinds: Sequence[Kind]) -> Iterator[Problem]:
    """What is wrong with declared kinds: names that are taken, fields that are not there, codes without a field of codes."""
    stems, ones = {kind.stem for kind in KINDS}, {kind.one for kind in KINDS}
    for kind in kinds:
        if kind.stem in stems or kind.stem in (*PAGES, *TABLES) or is_reserved(kind.stem):
            yield _wrong(kind.stem, f"`{kind.stem}` is the name of another kind or page", "choose another name")
        if kind.one in ones:
            yield _wrong(kind.one, f"`{kind.one}` is what a fact of another kind is called", "choose another word")
        stems.add(str(kind.stem))
        ones.add(str(kind.one))
        yield from _field_problems(kind)
        yield from _naming_problems(kind)


def _field_problems(kind: Kind) -> Iterator[Problem]:
    shared = {f.yaml for f in fields_of(ToldFact)} | {name.replace("_", "-") for name in _SHARED} | {"names", *IN_DATA}
    taken = shared | ({"as-written", "inferred"} if any(map(_is_dated, kind.fields)) else set())
    for one in kind.fields:
        if one.name in taken:
            yield _wrong(one.name, f"`{one.name}` is a field of this kind already", "choose another name, or delete the field")
        taken.add(str(one.name))
        if one.holds == "code" and not one.codes:
            yield _wrong(one.holds, "a field that holds a code needs its codes", "write `codes: [first, second]` below")
        elif one.holds != "code" and one.codes:
            yield _wrong(one.holds, f"a field that holds `{one.holds}` has no codes", "write `holds: code`, or delete `codes:`")


def _naming_problems(kind: Kind) -> Iterator[Problem]:
    named = {str(one.name): one for one in kind.fields}
    for at in (kind.group, kind.headline):
        if at is not None and at not in named:
            yield _wrong(at, f"this kind has no field `{at}`", f"name one of: {', '.join(named)}")
    head = named.get(kind.headline or "")
    if kind.headline is not None and head and (head.holds not in ("text", "words") or head.several or not head.required):
        yield _wrong(kind.headline, f"`{head.name}` cannot name every fact", "let it hold one text or words, and be required")


def _wrong(at: Text, message: str, help: str) -> Problem:
    return Problem(FITS, at.mark, message, help)
