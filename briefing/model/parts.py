"""What facts are made of beside their claim: fields that several kinds share, and cited parts of facts."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from briefing.model.facts import AttributableClaim, Claim
from briefing.model.fields import ActorId, Date, FactId, FieldMeta, HolderId, PlaceId, PrintedWords, Prose, Sentence
from briefing.model.record import Language

DateField = Annotated[Date, FieldMeta("Date", "EDTF, as precise as the source and no more.")]
AsWritten = Annotated[PrintedWords, FieldMeta("As written", "The source's own words for the date; they stand in a quote.")]
Inferred = Annotated[Sentence, FieldMeta("Inferred", "Only where the date was worked out: from what, and how sure that is.")]
AccordingTo = Annotated[
    tuple[ActorId, ...],
    FieldMeta("According to", "Whose word it is, where the source does not say it in its own voice.", "On this actor's word"),
]
Via = Annotated[
    tuple[ActorId, ...],
    FieldMeta("Relayed by", "Who passed it on, nearest to the speaker first; the source itself is left out.", "Relayed"),
]
Places = Annotated[tuple[PlaceId, ...], FieldMeta("Places", "Where it is, or which places it is about.", "Here")]
SameStatement = Annotated[
    tuple[FactId, ...],
    FieldMeta(
        "Same statement", "Facts in which other words, or another source, render this one statement; one of them names it."
    ),
]


@dataclass(frozen=True, kw_only=True)
class Position(AttributableClaim):
    """One cited claim in a dispute and who holds it."""

    relation: ClassVar[str] = "says differently"

    held_by: Annotated[tuple[HolderId, ...], FieldMeta("Said by", "The actors or sources that say so.", "Positions held")]
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class OtherValue(AttributableClaim):
    """Another value for the measure of a figure, by another source or speaker."""

    relation: ClassVar[str] = "says differently"

    value: Annotated[PrintedWords, FieldMeta("Value", "The number as printed, with its `more than` or `nearly`.")]
    unit: Annotated[Prose | None, FieldMeta("Unit", "Of what.")] = None
    according_to: AccordingTo = ()
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class OtherDate(AttributableClaim):
    """Another date for an event, by another source or speaker."""

    relation: ClassVar[str] = "says differently"

    date: DateField
    as_written: AsWritten
    inferred: Inferred | None = None
    according_to: AccordingTo = ()
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class Wording(Claim):
    """One text of a clause: its issuer's own, or a translation, or a version."""

    issuer: Annotated[HolderId | None, FieldMeta("Issuer", "The actor or source whose text it is.", "Wordings issued")] = None
    language: Annotated[Language | None, FieldMeta("Language", "BCP 47, as in `en` or `ru`.")] = None
    version: Annotated[Prose | None, FieldMeta("Version", "Which version of the text, where there are several.")] = None


@dataclass(frozen=True, kw_only=True)
class OtherSense(Claim):
    """A passage where a word of a silence stands in another sense; the claim says in which."""

    relation: ClassVar[str] = ""
