"""What a fact is made of: a claim with its quotes and waivers, an id, and the names that sources print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, ClassVar

from briefing.diagnostics.problem import Location
from briefing.model.fields import (
    Computed,
    Field,
    FieldMeta,
    PrintedNames,
    Quote,
    Quotes,
    Ref,
    Sentence,
    fields_of,
    walk_owners,
    walk_texts,
)
from briefing.model.located_text import Text


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A curator's reason why a reported problem is not a mistake; it covers the claim and quotes that `seen` names."""

    rule: Annotated[Text, FieldMeta("Rule", "The rule that reported the problem.")]
    words: Annotated[Text, FieldMeta("Words", "The words that the problem is about, as its message prints them.")]
    reason: Annotated[Sentence, FieldMeta("Reason", "Why the claim is right nevertheless; readers see this.")]
    seen: Annotated[
        Text | None, FieldMeta("Seen", "A code for the claim and quotes that were read; `briefing check` prints it.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim and the quotes that support it.

    `relation` is what the sources quoted for a part say about its fact: `says`, `says differently`, or nothing (empty).
    """

    evidence_fields: ClassVar[tuple[str, ...]] = ("quotes",)
    relation: ClassVar[str] = "says"

    location: Annotated[Location, Computed()]
    key: Annotated[str, Computed()]
    claim: Annotated[
        Sentence,
        FieldMeta("Claim", "One neutral sentence that the quotes support; it names the same speakers as the source."),
    ]
    quotes: Annotated[
        Quotes, FieldMeta("Quotes", "For each source id, its exact words; a list where there are several runs.")
    ] = ()
    waivers: Annotated[
        tuple[Waiver, ...], FieldMeta("Waived", "Reported problems of this claim that are not mistakes, each with its reason.")
    ] = ()

    @property
    def rests_on(self) -> tuple[Text, ...]:
        """The ids of the facts whose quotes are its evidence; empty for a claim with quotes of its own."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Antecedent(Claim):
    """Who or what is meant by words of a quote (`he`, `the deal`), and the passage that shows it; its claim says why."""

    relation: ClassVar[str] = ""

    words: Annotated[Text, FieldMeta("Words", "Words of a quote that refer to somebody without a name, as in `he`.")]
    means: Annotated[Text, Ref(("actors", "places")), FieldMeta("Means", "The actor or place that these words refer to.")]


@dataclass(frozen=True, kw_only=True)
class AttributableClaim(Claim):
    """A claim that may name a person whom its quotes call `he`; the antecedents give the passages that show who is meant."""

    antecedents: Annotated[
        tuple[Antecedent, ...],
        FieldMeta("Antecedents", "Who is meant where a quote gives no name, and the passage that shows it."),
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What every kind has: an id (`key`), the place of its entry in the file, and the names that the sources print for it.

    Class variables of a kind: its file, the title of its page, the name of one fact, the field that groups its page and
    the headings for that field's codes, the field that names a fact, and whether each fact has a page of its own.
    """

    file_stem: ClassVar[str]
    title: ClassVar[str]
    singular: ClassVar[str]
    group_field: ClassVar[str] = ""
    headings: ClassVar[Mapping[str, str]] = {}
    title_field: ClassVar[str] = "claim"
    has_page: ClassVar[bool] = False

    location: Annotated[Location, Computed()]
    key: Annotated[str, Computed()]
    names: Annotated[
        PrintedNames,
        FieldMeta(
            "Names as printed", "For each source id, the name or spelling that it prints; a list where there are several."
        ),
    ] = ()

    @property
    def section(self) -> str:
        """The key of its heading in `headings`, where no field gives it; else empty."""
        return ""

    @property
    def display_title(self) -> str:
        """What names it on a page: the text of its title field, which is its claim where the kind names no other."""
        return str(getattr(self, self.title_field))

    @cached_property
    def parts(self) -> tuple[Claim, ...]:
        """The fact itself where it is a claim, and each part that is one, at any depth; every rule asks for them."""
        return tuple(owner for owner, _ in walk_owners(self) if isinstance(owner, Claim))

    @cached_property
    def references(self) -> tuple[tuple[Field, Ref, Text], ...]:
        """Each id that it or a part of it gives, with the field that it is in and what that refers to."""
        return tuple((declared, declared.ref, text) for _, declared, text in walk_texts(self) if declared.ref)


def parts_of(fact: Fact) -> tuple[Claim, ...]:
    """The cited parts within a fact: the fact itself where it is a claim, and each part that is one, at any depth."""
    return fact.parts


def parts_by_field(fact: Any) -> Iterator[tuple[Field, tuple[Claim, ...]]]:
    """The fields of a fact that hold cited parts of its own, with those parts; empty ones are passed over."""
    for declared in fields_of(type(fact)):
        if declared.part is not None and issubclass(declared.part, Claim) and getattr(fact, declared.name):
            yield declared, getattr(fact, declared.name)


def quotes_and_names(fact: Fact) -> Iterator[Quote]:
    """Every pair of a source and its words in a fact."""
    yield from (quote for part in parts_of(fact) for quote in part.quotes)
    yield from fact.names
