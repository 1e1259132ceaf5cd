"""The kinds of fact: for each its file (`stem`), its page, and its fields in the order in which a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from briefing.model.facts import (
    ActorId,
    AtLeast,
    Cited,
    Date,
    Fact,
    FactId,
    PlaceId,
    Prose,
    Ref,
    Said,
    Sentence,
    SourceId,
    Told,
    Words,
)
from briefing.model.located_text import Text
from briefing.model.parts import (
    AccordingTo,
    AsWritten,
    Dated,
    Inferred,
    OtherDate,
    OtherSense,
    OtherValue,
    Places,
    Position,
    SameStatement,
    Via,
    Wording,
)
from briefing.model.record import Record

Yes = Annotated[Text, Literal["yes"]]


@dataclass(frozen=True, kw_only=True)
class Overview(Fact, Cited):
    """A sentence of the home page, made of facts: it carries their citations."""

    stem: ClassVar[str] = "overview"
    title: ClassVar[str] = "In short"
    one: ClassVar[str] = "overview"
    evidence: ClassVar[tuple[str, ...]] = ("facts",)

    part: Annotated[
        Text,
        Literal["title", "bottom-line", "key-point", "at-a-glance"],
        Said(
            "Part",
            "Where it stands on the home page; the bottom line has at most 60 words, the key points are five to seven.",
        ),
    ]
    label: Annotated[Prose | None, Said("Label", "The left column of the at-a-glance box.")] = None
    facts: Annotated[tuple[FactId, ...], Said("Rests on", "The facts it sums up; their quotes are its evidence.")]


@dataclass(frozen=True, kw_only=True)
class Clause(Fact, Told):
    """One provision of the agreement, as reported: a report is not the treaty."""

    stem: ClassVar[str] = "clauses"
    title: ClassVar[str] = "What the deal says"
    one: ClassVar[str] = "clause"
    group: ClassVar[str] = "subject"

    subject: Annotated[Prose | None, Said("Subject", "What it is about; clauses of one subject stand together.")] = None
    parties: Annotated[tuple[ActorId, ...], Said("Parties", "Actors bound by it.", "Named as a party")] = ()
    acts: Annotated[tuple[ActorId, ...], Said("Who acts", "Who must act under it.", "Named as acting")] = ()
    toward: Annotated[tuple[ActorId, ...], Said("Toward", "To whose benefit, or against whom.", "Acted toward")] = ()
    deadline: Annotated[Words | None, Said("By when", "The source's own words.")] = None
    deadline_date: Annotated[
        Date | None, Said("By when, as a day", "The day that the words under `deadline` print in full, as in 2031-07-31.")
    ] = None
    duration: Annotated[Words | None, Said("For how long", "The source's own words.")] = None
    monitors: Annotated[tuple[ActorId, ...], Said("Who monitors", "Who watches over it, as reported.", "Monitoring")] = ()
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()
    wordings: Annotated[tuple[Wording, ...], Said("Wordings", "The texts of this clause, each as its issuer words it.")] = ()


@dataclass(frozen=True, kw_only=True)
class Actor(Fact, Told):
    """A state, body, group or person that acts or speaks in the reports."""

    stem: ClassVar[str] = "actors"
    title: ClassVar[str] = "Actors"
    one: ClassVar[str] = "actor"
    group: ClassVar[str] = "type"
    headings: ClassVar[Mapping[str, str]] = {
        "state": "States",
        "government body": "Government bodies",
        "armed force": "Armed forces",
        "person": "Persons",
        "organisation": "Organisations",
        "group": "Groups",
        "unnamed speaker": "Speakers without a name",
    }
    headline: ClassVar[str] = "name"
    paged: ClassVar[bool] = True

    name: Annotated[
        Prose,
        Said("Name", "The name pages use: the fullest the sources print, or our words for a group without a name."),
    ]
    type: Annotated[
        Text,
        Literal["state", "government body", "armed force", "person", "organisation", "group", "media", "unnamed speaker"],
        Said("Type", "What sort of actor it is."),
    ]
    role: Annotated[tuple[Words, ...], Said("Role", "Exactly as printed, each wording once; it stands in a quote.")] = ()
    of: Annotated[
        tuple[ActorId, ...], Said("Of", "The state or body it belongs to or speaks for, as the sources say.", "Belonging here")
    ] = ()
    places: Places = ()


@dataclass(frozen=True, kw_only=True)
class Reaction(Fact, Told):
    """What one actor said or did about the agreement."""

    stem: ClassVar[str] = "reactions"
    title: ClassVar[str] = "Reactions"
    one: ClassVar[str] = "reaction"
    group: ClassVar[str] = "actor"

    actor: Annotated[ActorId, Said("Who", "The one who said or did it.", "Said and done")]
    date: Dated | None = None
    as_written: AsWritten | None = None
    inferred: Inferred | None = None
    act: Annotated[
        Text | None,
        Literal["statement", "announcement", "post", "call", "protest", "celebration", "action", "assessment"],
        Said("Act", "What was done."),
    ] = None
    channel: Annotated[Words | None, Said("Channel", "Where it was said, in the source's own words.")] = None
    speech: Annotated[
        Text | None,
        Literal["direct", "reported", "both"],
        Said("Speech", "direct: in quotation marks; reported: in the reporter's words; both: partly each."),
    ] = None
    stance: Annotated[
        Text | None,
        Literal["welcomes", "accepts", "regrets", "doubts", "rejects", "disputes a term"],
        Said("Stance", "Toward the agreement, only from words in the quote; silence is no stance."),
    ] = None
    toward: Annotated[
        tuple[ActorId, ...],
        Said("Toward", "To whom or of whom it was said, or against whom it was done.", "Said of, or done toward, this actor"),
    ] = ()
    about: Annotated[tuple[FactId, ...], Said("About", "The clauses or other facts it speaks of.")] = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()


@dataclass(frozen=True, kw_only=True)
class Event(Fact, Told):
    """What happened at a date, or at a time that can be worked out."""

    stem: ClassVar[str] = "timeline"
    title: ClassVar[str] = "Timeline"
    one: ClassVar[str] = "event"

    date: Dated
    as_written: AsWritten
    inferred: Inferred | None = None
    background: Annotated[
        Yes | None,
        Said("Background", "`yes` for what came before the fighting or the talks that led to the agreement."),
    ] = None
    actors: Annotated[tuple[ActorId, ...], Said("Actors", "Who has a part in it.", "Taking part")] = ()
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()
    dates: Annotated[tuple[OtherDate, ...], Said("Other dates", "Dates that others give for it, each cited.")] = ()


@dataclass(frozen=True, kw_only=True)
class Dispute(Fact):
    """A point on which sources or actors differ."""

    stem: ClassVar[str] = "disputes"
    title: ClassVar[str] = "Disputed points"
    one: ClassVar[str] = "dispute"
    headline: ClassVar[str] = "question"
    group: ClassVar[str] = "over"
    headings: ClassVar[Mapping[str, str]] = {
        "the matter": "Disputed",
        "the account": "Told differently",
        "the wording": "Worded differently",
    }

    question: Annotated[Sentence, Said("Question", "What they differ on, as a question that takes no side.")]
    over: Annotated[
        Text | None,
        Literal["the matter", "the account", "the wording"],
        Said("Over", "What they differ over; only points over the matter are called disputed elsewhere."),
    ] = None
    positions: Annotated[tuple[Position, ...], AtLeast(2), Said("Positions", "Two or more, each cited.")]
    about: Annotated[tuple[FactId, ...], Said("About", "The facts it puts in question; they are marked as differing.")] = ()
    places: Places = ()

    @property
    def is_over_the_matter(self) -> bool:
        """Whether it is a dispute in the strict sense, as one is that does not say what it is over."""
        return self.over in (None, "the matter")


@dataclass(frozen=True, kw_only=True)
class Silence(Fact, Told):
    """Something the sources expressly leave out, or say is left out."""

    stem: ClassVar[str] = "silences"
    title: ClassVar[str] = "Not said"
    one: ClassVar[str] = "silence"
    evidence: ClassVar[tuple[str, ...]] = ("quotes", "absent")
    headings: ClassVar[Mapping[str, str]] = {
        "said": "The sources say it is left out",
        "unfound": "The sources do not mention it",
    }

    absent: Annotated[
        tuple[Prose, ...],
        Said("Words not found", "Words proven to occur in no source, or in none of those under `in`."),
    ] = ()
    in_: Annotated[tuple[SourceId, ...], Said("In", "The sources it is about, where not all of them.")] = ()
    about: Annotated[
        tuple[FactId, ...], Said("About", "The facts of which those sources say nothing; these words prove it.")
    ] = ()
    according_to: AccordingTo = ()
    other_senses: Annotated[
        tuple[OtherSense, ...],
        Said("Where a word occurs in another sense", "The passages where a word listed under `absent` stands all the same."),
    ] = ()

    @property
    def under(self) -> str:
        """The heading that it stands under: a source says that something is left out, or only leaves it out itself."""
        return "said" if self.quotes else "unfound"


@dataclass(frozen=True, kw_only=True)
class Figure(Fact, Told):
    """One number for one measure by one source."""

    stem: ClassVar[str] = "figures"
    title: ClassVar[str] = "Figures"
    one: ClassVar[str] = "figure"

    measure: Annotated[Prose, Said("Measure", "What is counted.")]
    value: Annotated[Words, Said("Value", "The number as printed, with its `more than` or `nearly`.")]
    unit: Annotated[Prose | None, Said("Unit", "Of what.")] = None
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()
    values: Annotated[tuple[OtherValue, ...], Said("Other values", "Values that others give for it, each cited.")] = ()


@dataclass(frozen=True, kw_only=True)
class Place(Fact, Told):
    """A place with its names as printed."""

    stem: ClassVar[str] = "places"
    title: ClassVar[str] = "Places and names"
    one: ClassVar[str] = "place"
    headline: ClassVar[str] = "name"

    name: Annotated[
        Prose,
        Said("Name", "The name pages use; where the sources print two, both, in the declared order, with a slash."),
    ]
    type: Annotated[Prose | None, Said("Type", "What sort of place it is, where a source says so.")] = None
    in_: Annotated[tuple[PlaceId, ...], Said("In", "The place it lies in, where a source says so.")] = ()


@dataclass(frozen=True, kw_only=True)
class Context(Fact, Told):
    """What the reports tell of the background without a date."""

    stem: ClassVar[str] = "context"
    title: ClassVar[str] = "Background"
    one: ClassVar[str] = "background"
    group: ClassVar[str] = "subject"

    subject: Annotated[Prose | None, Said("Subject", "What it is about; facts of one subject stand together.")] = None
    actors: Annotated[tuple[ActorId, ...], Said("Actors", "Who has a part in it.", "Taking part")] = ()
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()


@dataclass(frozen=True, kw_only=True)
class History(Fact):
    """A change to a fact after it was released: what kind of change, when, what stood there before, and why."""

    stem: ClassVar[str] = "history"
    title: ClassVar[str] = "Corrections and changes"
    one: ClassVar[str] = "change"
    headline: ClassVar[str] = "note"

    of: Annotated[Text, Ref(or_released=True), Said("Fact", "The fact that changed.")]
    type: Annotated[
        Text,
        Literal["correction", "update", "clarification", "withdrawal"],
        Said(
            "Type",
            "correction: it was wrong; update: the sources or what they say changed; clarification: it says the same, "
            "better; withdrawal: it no longer stands here.",
        ),
    ]
    date: Annotated[Date, Said("Date", "The day of the change.")]
    change: Annotated[Text, Said("Change", "The change it covers, as `briefing check` prints it.")]
    was: Annotated[tuple[Prose, ...], Said("Before", "The earlier claims, as released; or earlier values or quotes.")] = ()
    note: Annotated[Sentence, Said("Note", "What changed and why, in one sentence.")]


KINDS: tuple[type[Fact], ...] = (
    Record,
    Overview,
    Clause,
    Actor,
    Reaction,
    Event,
    Dispute,
    Silence,
    Figure,
    Place,
    Context,
    History,
)
