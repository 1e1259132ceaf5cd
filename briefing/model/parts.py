"""What facts are made of beside their claim: fields that several kinds share, and cited parts of facts."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from briefing.model.facts import (
    ActorId,
    Cited,
    Date,
    FactId,
    HolderId,
    PlaceId,
    Prose,
    Said,
    Sentence,
    Told,
    Words,
)
from briefing.model.record import Language

Dated = Annotated[Date, Said("Date", "EDTF, as precise as the source and no more.")]
AsWritten = Annotated[Words, Said("As written", "The source's own words for the date; they stand in a quote.")]
Inferred = Annotated[Sentence, Said("Inferred", "Only where the date was worked out: from what, and how sure that is.")]
AccordingTo = Annotated[
    tuple[ActorId, ...],
    Said("According to", "Whose word it is, where the source does not say it in its own voice.", "On this actor's word"),
]
Via = Annotated[
    tuple[ActorId, ...],
    Said("Relayed by", "Who passed it on, nearest to the speaker first; the source itself is left out.", "Relayed"),
]
Places = Annotated[tuple[PlaceId, ...], Said("Places", "Where it is, or which places it is about.", "Here")]
SameStatement = Annotated[
    tuple[FactId, ...],
    Said("Same statement", "Facts in which other words, or another source, render this one statement; one of them names it."),
]


@dataclass(frozen=True, kw_only=True)
class Position(Told):
    """One cited claim in a dispute and who holds it."""

    tells: ClassVar[str] = "says differently"

    held_by: Annotated[tuple[HolderId, ...], Said("Said by", "The actors or sources that say so.", "Positions held")]
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class OtherValue(Told):
    """Another value for the measure of a figure, by another source or speaker."""

    tells: ClassVar[str] = "says differently"

    value: Annotated[Words, Said("Value", "The number as printed, with its `more than` or `nearly`.")]
    unit: Annotated[Prose | None, Said("Unit", "Of what.")] = None
    according_to: AccordingTo = ()
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class OtherDate(Told):
    """Another date for an event, by another source or speaker."""

    tells: ClassVar[str] = "says differently"

    date: Dated
    as_written: AsWritten
    inferred: Inferred | None = None
    according_to: AccordingTo = ()
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class Wording(Cited):
    """One text of a clause: its issuer's own, or a translation, or a version."""

    issuer: Annotated[HolderId | None, Said("Issuer", "The actor or source whose text it is.", "Wordings issued")] = None
    language: Annotated[Language | None, Said("Language", "BCP 47, as in `en` or `ru`.")] = None
    version: Annotated[Prose | None, Said("Version", "Which version of the text, where there are several.")] = None


@dataclass(frozen=True, kw_only=True)
class OtherSense(Cited):
    """A passage where a word of a silence stands in another sense; the claim says in which."""

    tells: ClassVar[str] = ""
