"""Fields that several kinds share, and the parts of facts that have claims and quotes of their own."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from briefing.model.facts import AttributableClaim, Claim
from briefing.model.fields import ActorId, Date, FactId, FieldMeta, HolderId, PlaceId, PrintedWords, Prose, Sentence
from briefing.model.record import Language

DateField = Annotated[Date, FieldMeta("Date", "EDTF, no more precise than the source.")]
AsWritten = Annotated[PrintedWords, FieldMeta("As written", "The source's own words for the date; a quote must contain them.")]
Inferred = Annotated[Sentence, FieldMeta("Inferred", "Only for a date that was worked out: from what, and how certain it is.")]
AccordingTo = Annotated[
    tuple[ActorId, ...],
    FieldMeta("According to", "Who says so, where the source does not say it in its own voice.", "On this actor's word"),
]
Via = Annotated[
    tuple[ActorId, ...],
    FieldMeta(
        "Relayed by", "Who passed the statement on, nearest to the speaker first; leave out the source itself.", "Relayed"
    ),
]
Places = Annotated[tuple[PlaceId, ...], FieldMeta("Places", "Where it is, or which places it is about.", "Here")]
SameStatement = Annotated[
    tuple[FactId, ...],
    FieldMeta("Same statement", "Other facts that report this same statement; it is enough that one of them names the other."),
]


@dataclass(frozen=True, kw_only=True)
class Position(AttributableClaim):
    """One cited claim in a dispute, and who makes it."""

    relation: ClassVar[str] = "says differently"

    held_by: Annotated[tuple[HolderId, ...], FieldMeta("Said by", "The actors or sources that say so.", "Positions held")]
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class OtherValue(AttributableClaim):
    """Another value for the same measure, from another source or speaker."""

    relation: ClassVar[str] = "says differently"

    value: Annotated[PrintedWords, FieldMeta("Value", "The number as printed, with words such as `more than` or `nearly`.")]
    unit: Annotated[Prose | None, FieldMeta("Unit", "What the number counts, such as soldiers or euros.")] = None
    according_to: AccordingTo = ()
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class OtherDate(AttributableClaim):
    """Another date for the same event, from another source or speaker."""

    relation: ClassVar[str] = "says differently"

    date: DateField
    as_written: AsWritten
    inferred: Inferred | None = None
    according_to: AccordingTo = ()
    via: Via = ()


@dataclass(frozen=True, kw_only=True)
class Wording(Claim):
    """One text of a clause: the issuer's own, a translation, or another version."""

    issuer: Annotated[HolderId | None, FieldMeta("Issuer", "The actor or source that issued this text.", "Wordings issued")] = (
        None
    )
    language: Annotated[Language | None, FieldMeta("Language", "The language of this text.")] = None
    version: Annotated[Prose | None, FieldMeta("Version", "Which version of the text, where there are several.")] = None


@dataclass(frozen=True, kw_only=True)
class OtherSense(Claim):
    """A passage that uses a word of a silence in another sense; the claim says in which."""

    relation: ClassVar[str] = ""
