"""The kinds of fact: for each its file, its page, and its fields in the order in which a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from briefing.model.facts import AttributableClaim, Claim, Fact
from briefing.model.fields import (
    ActorId,
    Computed,
    Date,
    FactId,
    FieldMeta,
    MinItems,
    PlaceId,
    PrintedWords,
    Prose,
    Quotes,
    Ref,
    Sentence,
    SourceId,
)
from briefing.model.located_text import Text
from briefing.model.parts import (
    AccordingTo,
    AsWritten,
    DateField,
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
class Overview(Fact, Claim):
    """A sentence on the home page that sums up facts and carries their citations."""

    file_stem: ClassVar[str] = "overview"
    title: ClassVar[str] = "In short"
    singular: ClassVar[str] = "overview"
    evidence_fields: ClassVar[tuple[str, ...]] = ("facts",)

    part: Annotated[
        Text,
        Literal["title", "bottom-line", "key-point", "at-a-glance"],
        FieldMeta(
            "Part",
            "Where it appears on the home page; the bottom line has at most 60 words, and there are five to seven key points.",
        ),
    ]
    label: Annotated[Prose | None, FieldMeta("Label", "The words in the left column of the at-a-glance box.")] = None
    facts: Annotated[tuple[FactId, ...], FieldMeta("Rests on", "The facts it sums up; their quotes are its evidence.")]
    quotes: Annotated[Quotes, Computed()] = ()

    @property
    def rests_on(self) -> tuple[Text, ...]:
        """The facts that it sums up."""
        return self.facts


@dataclass(frozen=True, kw_only=True)
class Clause(Fact, AttributableClaim):
    """One provision of the agreement, as it is reported; a report is not the treaty."""

    file_stem: ClassVar[str] = "clauses"
    title: ClassVar[str] = "What the deal says"
    singular: ClassVar[str] = "clause"
    group_field: ClassVar[str] = "subject"

    subject: Annotated[Prose | None, FieldMeta("Subject", "What it is about; the page groups clauses by subject.")] = None
    parties: Annotated[tuple[ActorId, ...], FieldMeta("Parties", "Actors bound by it.", "Named as a party")] = ()
    acts: Annotated[tuple[ActorId, ...], FieldMeta("Who acts", "Who must act under it.", "Named as acting")] = ()
    toward: Annotated[
        tuple[ActorId, ...], FieldMeta("Toward", "Who benefits from it, or whom it is directed against.", "Acted toward")
    ] = ()
    deadline: Annotated[PrintedWords | None, FieldMeta("By when", "The source's own words.")] = None
    deadline_date: Annotated[
        Date | None,
        FieldMeta(
            "By when, as a day", "The same day as a date, as in 2031-07-31, where the words under `deadline` give it in full."
        ),
    ] = None
    duration: Annotated[PrintedWords | None, FieldMeta("For how long", "The source's own words.")] = None
    monitors: Annotated[tuple[ActorId, ...], FieldMeta("Who monitors", "Who monitors it, as reported.", "Monitoring")] = ()
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()
    wordings: Annotated[
        tuple[Wording, ...], FieldMeta("Wordings", "The texts of this clause, each in its issuer's words.")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Actor(Fact, AttributableClaim):
    """A state, body, group or person that acts or speaks in the reports."""

    file_stem: ClassVar[str] = "actors"
    title: ClassVar[str] = "Actors"
    singular: ClassVar[str] = "actor"
    group_field: ClassVar[str] = "type"
    headings: ClassVar[Mapping[str, str]] = {
        "state": "States",
        "government body": "Government bodies",
        "armed force": "Armed forces",
        "person": "Persons",
        "organisation": "Organisations",
        "group": "Groups",
        "unnamed speaker": "Speakers without a name",
    }
    title_field: ClassVar[str] = "name"
    has_page: ClassVar[bool] = True

    name: Annotated[
        Prose,
        FieldMeta(
            "Name", "The name that pages use: the fullest that the sources print; for a group without a name, a description."
        ),
    ]
    type: Annotated[
        Text,
        Literal["state", "government body", "armed force", "person", "organisation", "group", "media", "unnamed speaker"],
        FieldMeta("Type", "What kind of actor it is."),
    ]
    role: Annotated[
        tuple[PrintedWords, ...], FieldMeta("Role", "Exactly as printed, each wording once; a quote must contain it.")
    ] = ()
    of: Annotated[
        tuple[ActorId, ...],
        FieldMeta("Of", "The state or body it belongs to or speaks for, as the sources say.", "Belonging here"),
    ] = ()
    places: Places = ()


@dataclass(frozen=True, kw_only=True)
class Reaction(Fact, AttributableClaim):
    """What one actor said or did about the agreement."""

    file_stem: ClassVar[str] = "reactions"
    title: ClassVar[str] = "Reactions"
    singular: ClassVar[str] = "reaction"
    group_field: ClassVar[str] = "actor"

    actor: Annotated[ActorId, FieldMeta("Who", "The one who said or did it.", "Said and done")]
    date: DateField | None = None
    as_written: AsWritten | None = None
    inferred: Inferred | None = None
    act: Annotated[
        Text | None,
        Literal["statement", "announcement", "post", "call", "protest", "celebration", "action", "assessment"],
        FieldMeta("Act", "What was done."),
    ] = None
    channel: Annotated[PrintedWords | None, FieldMeta("Channel", "Where it was said, in the source's own words.")] = None
    speech: Annotated[
        Text | None,
        Literal["direct", "reported", "both"],
        FieldMeta("Speech", "direct: in quotation marks; reported: in the reporter's words; both: some of each."),
    ] = None
    stance: Annotated[
        Text | None,
        Literal["welcomes", "accepts", "regrets", "doubts", "rejects", "disputes a term"],
        FieldMeta("Stance", "The actor's view of the agreement, only if words in the quote express it; silence is not a view."),
    ] = None
    toward: Annotated[
        tuple[ActorId, ...],
        FieldMeta(
            "Toward", "To whom or of whom it was said, or against whom it was done.", "Said of, or done toward, this actor"
        ),
    ] = ()
    about: Annotated[tuple[FactId, ...], FieldMeta("About", "The clauses or other facts it speaks of.")] = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()


@dataclass(frozen=True, kw_only=True)
class Event(Fact, AttributableClaim):
    """What happened at a date, or at a time that can be worked out."""

    file_stem: ClassVar[str] = "timeline"
    title: ClassVar[str] = "Timeline"
    singular: ClassVar[str] = "event"

    date: DateField
    as_written: AsWritten
    inferred: Inferred | None = None
    background: Annotated[
        Yes | None,
        FieldMeta("Background", "`yes` for events before the fighting or the talks that led to the agreement."),
    ] = None
    actors: Annotated[tuple[ActorId, ...], FieldMeta("Actors", "Who takes part in it.", "Taking part")] = ()
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()
    dates: Annotated[
        tuple[OtherDate, ...], FieldMeta("Other dates", "Other dates that are given for it, each with its quotes.")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Dispute(Fact):
    """A point on which sources or actors disagree."""

    file_stem: ClassVar[str] = "disputes"
    title: ClassVar[str] = "Disputed points"
    singular: ClassVar[str] = "dispute"
    title_field: ClassVar[str] = "question"
    group_field: ClassVar[str] = "over"
    headings: ClassVar[Mapping[str, str]] = {
        "the matter": "Disputed",
        "the account": "Told differently",
        "the wording": "Worded differently",
    }

    question: Annotated[Sentence, FieldMeta("Question", "The point in dispute, as a question that takes no side.")]
    over: Annotated[
        Text | None,
        Literal["the matter", "the account", "the wording"],
        FieldMeta("Over", "What they disagree about; other pages call a point disputed only if it is about the matter."),
    ] = None
    positions: Annotated[
        tuple[Position, ...], MinItems(2), FieldMeta("Positions", "Two or more positions, each with its quotes.")
    ]
    about: Annotated[
        tuple[FactId, ...], FieldMeta("About", "The facts that it calls into question; pages say so beside them.")
    ] = ()
    places: Places = ()

    @property
    def is_substantive(self) -> bool:
        """Whether it is about the matter itself, as it is taken to be where `over` is not given."""
        return self.over in (None, "the matter")


@dataclass(frozen=True, kw_only=True)
class Silence(Fact, AttributableClaim):
    """Something that the sources do not mention, or say is left out."""

    file_stem: ClassVar[str] = "silences"
    title: ClassVar[str] = "Not said"
    singular: ClassVar[str] = "silence"
    evidence_fields: ClassVar[tuple[str, ...]] = ("quotes", "absent")
    headings: ClassVar[Mapping[str, str]] = {
        "said": "The sources say it is left out",
        "unfound": "The sources do not mention it",
    }

    absent: Annotated[
        tuple[Prose, ...],
        FieldMeta("Words not found", "Words that occur in no source, or in none of those under `in`; every build checks this."),
    ] = ()
    in_: Annotated[tuple[SourceId, ...], FieldMeta("In", "The sources it is about; all of them if this is left out.")] = ()
    about: Annotated[
        tuple[FactId, ...], FieldMeta("About", "The facts that those sources do not mention, as the missing words prove.")
    ] = ()
    according_to: AccordingTo = ()
    other_senses: Annotated[
        tuple[OtherSense, ...],
        FieldMeta(
            "Where a word occurs in another sense", "The passages that use a word listed under `absent` in another sense."
        ),
    ] = ()

    @property
    def section(self) -> str:
        """The key of its heading: `said` where a source says that something is left out, else `unfound`."""
        return "said" if self.quotes else "unfound"


@dataclass(frozen=True, kw_only=True)
class Figure(Fact, AttributableClaim):
    """One number for one measure, from one source."""

    file_stem: ClassVar[str] = "figures"
    title: ClassVar[str] = "Figures"
    singular: ClassVar[str] = "figure"

    measure: Annotated[Prose, FieldMeta("Measure", "What is counted or measured.")]
    value: Annotated[PrintedWords, FieldMeta("Value", "The number as printed, with words such as `more than` or `nearly`.")]
    unit: Annotated[Prose | None, FieldMeta("Unit", "What the number counts, such as soldiers or euros.")] = None
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()
    values: Annotated[
        tuple[OtherValue, ...], FieldMeta("Other values", "Other values that are given for it, each with its quotes.")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Place(Fact, AttributableClaim):
    """A place with its names as printed."""

    file_stem: ClassVar[str] = "places"
    title: ClassVar[str] = "Places and names"
    singular: ClassVar[str] = "place"
    title_field: ClassVar[str] = "name"

    name: Annotated[
        Prose,
        FieldMeta(
            "Name",
            "The name that pages use. If the sources print two names, write both, in the declared order, with a slash between.",
        ),
    ]
    type: Annotated[Prose | None, FieldMeta("Type", "What kind of place it is, where a source says so.")] = None
    in_: Annotated[tuple[PlaceId, ...], FieldMeta("In", "The place it lies in, where a source says so.")] = ()


@dataclass(frozen=True, kw_only=True)
class Context(Fact, AttributableClaim):
    """Background from the reports that has no date."""

    file_stem: ClassVar[str] = "context"
    title: ClassVar[str] = "Background"
    singular: ClassVar[str] = "background"
    group_field: ClassVar[str] = "subject"

    subject: Annotated[Prose | None, FieldMeta("Subject", "What it is about; the page groups facts by subject.")] = None
    actors: Annotated[tuple[ActorId, ...], FieldMeta("Actors", "Who takes part in it.", "Taking part")] = ()
    according_to: AccordingTo = ()
    via: Via = ()
    same_statement: SameStatement = ()
    places: Places = ()


@dataclass(frozen=True, kw_only=True)
class History(Fact):
    """A change to a fact after its release: what kind of change, when, the earlier text, and why."""

    file_stem: ClassVar[str] = "history"
    title: ClassVar[str] = "Corrections and changes"
    singular: ClassVar[str] = "change"
    title_field: ClassVar[str] = "note"

    of: Annotated[Text, Ref(or_released=True), FieldMeta("Fact", "The fact that changed.")]
    type: Annotated[
        Text,
        Literal["correction", "update", "clarification", "withdrawal"],
        FieldMeta(
            "Type",
            "correction: the fact was wrong; update: the sources or what they say changed; clarification: it says the "
            "same more clearly; withdrawal: the fact was removed.",
        ),
    ]
    date: Annotated[Date, FieldMeta("Date", "The day of the change.")]
    change: Annotated[Text, FieldMeta("Change", "The code of the change, as `briefing check` prints it.")]
    was: Annotated[tuple[Prose, ...], FieldMeta("Before", "The earlier claims, values or quotes, as released.")] = ()
    note: Annotated[Sentence, FieldMeta("Note", "What changed and why, in one sentence.")]


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
