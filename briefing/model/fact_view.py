"""What a reader sees of a fact: the one view that releases keep and that `briefing diff` compares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact
from briefing.model.fields import Field, Quote, field_texts, fields_of, walk_owners
from briefing.model.source import Passage
from briefing.text.words import collapse_whitespace


@dataclass(frozen=True)
class PartView:
    """A fact or a part of one, in texts with white space collapsed; `label` is the key of the field that holds the part.

    `claim` is None where the part makes none. `values` leaves out the claim and empty fields. `quotes` are pairs of a source
    and its words: the seed's own where the quote was found, as typed where it was not, and then `is_quoted` is false.
    """

    label: str
    claim: str | None
    values: tuple[tuple[Field, tuple[str, ...]], ...]
    quotes: tuple[tuple[str, str], ...]
    is_quoted: bool


def view_fact(dossier: Dossier, fact: Fact) -> Iterator[PartView]:
    """The fact, with an empty label, and then the parts within it at any depth."""
    for owner, holder in walk_owners(fact):
        claim = owner if isinstance(owner, Claim) else None
        passages = [(quote, dossier.passage_of(quote)) for quote in (claim.quotes if claim else ())]
        yield PartView(
            holder.yaml_key if holder else "",
            collapse_whitespace(claim.claim) if claim else None,
            tuple(_values(owner)),
            tuple((str(quote.source), _words(dossier, quote, passage)) for quote, passage in passages),
            all(passage for _, passage in passages),
        )


def _words(dossier: Dossier, quote: Quote, passage: Passage | None) -> str:
    return dossier.sources[quote.source].exact_text(passage) if passage else collapse_whitespace(quote.text)


def _values(owner: Any) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """The fields that hold texts, with these; of names and maps, the key before its text."""
    for declared in fields_of(type(owner)):
        value = getattr(owner, declared.name)
        if declared.name in ("claim", "quotes") or not value:
            continue
        if declared.shape == "quotes":
            yield declared, tuple(f"{name.source}: {collapse_whitespace(name.text)}" for name in value)
        elif declared.shape == "map":
            yield declared, tuple(f"{key}: {collapse_whitespace(text)}" for key, text in value.items())
        elif declared.shape != "parts":
            yield declared, tuple(map(collapse_whitespace, field_texts(owner, declared)))
