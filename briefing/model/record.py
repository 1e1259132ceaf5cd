"""The bibliographic record of a source: the kind of fact that every other kind quotes."""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import FACT_FITS_ITS_KIND
from briefing.model.facts import Fact
from briefing.model.fields import Edtf, FieldMeta, InSeed, KeyedByField, Number, Prose, Sentence, TextPattern
from briefing.model.located_text import Text

_PARAGRAPH_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
NOT_STATED = "not stated"
Language = Annotated[
    Text,
    TextPattern(
        "[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
        "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?",
        "a language tag (BCP 47), as in `en` or `zh-Hant`",
    ),
]
Address = Annotated[
    Text,
    InSeed(unless="accessed"),
    TextPattern(
        r"[Hh][Tt][Tt][Pp][Ss]?://\S+|(?!\s*[A-Za-z][A-Za-z0-9+-]*:).+",
        "an address that begins with https:// or http://, or with no scheme, or `not stated`",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Block:
    """Paragraphs that are not the author's body text."""

    paragraphs: Annotated[Text, FieldMeta("Paragraphs", "The number of a paragraph, or first and last, as in `7-9`.")]
    role: Annotated[
        Text,
        Literal["headline", "deck", "byline", "dateline", "caption", "subheading", "embedded post", "address", "marker"],
        FieldMeta("Role", "What these paragraphs are."),
    ]
    author: Annotated[
        Text | None, InSeed(), FieldMeta("Author", "As printed, where the block has another author than the source.")
    ] = None
    language: Annotated[Language | None, FieldMeta("Language", "The language of the block, where it is not the source's.")] = (
        None
    )


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Paragraphs that no fact uses, and why."""

    paragraphs: Annotated[Text, FieldMeta("Paragraphs", "The number of a paragraph, or first and last, as in `7-9`.")]
    reason: Annotated[Sentence, FieldMeta("Reason")]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit on how much of this source is published, with the reason."""

    words: Annotated[Text | None, Number(), FieldMeta("Words", "The most words in one quote.")] = None
    share: Annotated[
        Text | None, Number(), FieldMeta("Share", "The largest share of the source's words in all quotes together, in percent.")
    ] = None
    reason: Annotated[Sentence, FieldMeta("Reason")]


SeedText = Annotated[Text, InSeed()]


@dataclass(frozen=True, kw_only=True)
class Record(Fact):
    """The bibliographic record of a source (CSL variable names), tied to its seed by a checksum."""

    file_stem: ClassVar[str] = "sources"
    title: ClassVar[str] = "Sources"
    singular: ClassVar[str] = "source"
    title_field: ClassVar[str] = "label"
    has_page: ClassVar[bool] = True

    label: Annotated[Prose, FieldMeta("Label", "The short name that pages use for the source.")]
    title_: Annotated[SeedText, FieldMeta("Title", "As printed, or `not stated`.")]
    author: Annotated[SeedText, FieldMeta("Author", "As printed, or `not stated`.")]
    container_title: Annotated[SeedText, FieldMeta("Published in", "As printed, or `not stated`.")]
    publisher: Annotated[SeedText, FieldMeta("Publisher", "As printed, or `not stated`.")]
    type_: Annotated[
        Text | None,
        Literal["news report", "opinion", "report", "treaty", "statement", "post", "web page"],
        FieldMeta("Type", "What kind of document it is, where the document says so."),
    ] = None
    issued: Annotated[Text, Edtf(or_not_stated=True), FieldMeta("Issued", "EDTF, or `not stated`.")]
    issued_as_written: Annotated[Text | None, InSeed(), FieldMeta("Issued, as printed")] = None
    accessed: Annotated[Text, Edtf(or_not_stated=True), FieldMeta("Accessed", "EDTF, or `not stated`.")]
    url: Annotated[
        Address, FieldMeta("Address", "As printed; or, where `accessed` is stated, the address it was downloaded from.")
    ]
    language: Annotated[Language, FieldMeta("Language", "The language of the source.")]
    rights: Annotated[Sentence, FieldMeta("Rights")]
    basis: Annotated[
        dict[str, Sentence], KeyedByField(), FieldMeta("Basis", "For each field of the record, how its value is known.")
    ]
    seed: Annotated[Text, FieldMeta("Seed", "The name of the file in seeds/.")]
    sha256: Annotated[Text, FieldMeta("SHA-256", "The checksum of the seed's file.")]
    fetched: Annotated[
        Text | None, Edtf(), FieldMeta("Downloaded", "The day and time (UTC) at which it was downloaded from its address.")
    ] = None
    http_status: Annotated[Text | None, Number(), FieldMeta("HTTP status", "The status with which its server answered.")] = None
    received_as: Annotated[Text | None, FieldMeta("Received as", "The name of the file that was received.")] = None
    received_sha256: Annotated[
        Text | None, FieldMeta("SHA-256 as received", "The checksum of the document that the seed was made from, if any.")
    ] = None
    made: Annotated[
        Prose | None,
        FieldMeta("How the seed was made", "Where the seed is not an exact copy of what was received."),
    ] = None
    text_: Annotated[
        Text | None,
        Literal["quotes", "full"],
        FieldMeta("Text", "`full` where the licence allows the site to show the whole text."),
    ] = None
    blocks: Annotated[
        tuple[Block, ...], FieldMeta("Not body text", "Each block that is not the author's body text, with its role.")
    ] = ()
    splits: Annotated[
        tuple[Text, ...],
        FieldMeta("Split by extraction", "Breaks in the middle of a sentence, as in `9-10`; a quote may run across them."),
    ] = ()
    merged: Annotated[
        tuple[Text, ...],
        InSeed(),
        FieldMeta("Run together by extraction", "The last words of a block that wrongly continues into the next."),
    ] = ()
    left_out: Annotated[tuple[LeftOut, ...], FieldMeta("Left out")] = ()
    limit: Annotated[tuple[Limit, ...], FieldMeta("Quotation limit")] = ()

    @property
    def host(self) -> str:
        """The host in the address, which need not be the publisher; empty if the record has no address."""
        is_web = self.url.lower().startswith(("http://", "https://"))
        return self.url.split("/")[2].rpartition("@")[2] if is_web else ""


def paragraph_range(text: Text, last: int, source: str, problems: list[Problem] | None = None) -> tuple[int, ...]:
    """The paragraph numbers that `7` or `7-9` means; empty, with a problem added, where there are no such paragraphs."""
    if found := _PARAGRAPH_RANGE.fullmatch(text):
        numbers = range(int(found[1]), int(found[2] or found[1]) + 1)
        if numbers and numbers[0] >= 1 and numbers[-1] <= last:
            return tuple(numbers)
    if problems is not None:
        message = f"`{text}` is not a paragraph or range of paragraphs of `{source}`"
        problems.append(
            Problem(FACT_FITS_ITS_KIND, text.location, message, f"write a number, or first-last, from 1 to {last}", fact=source)
        )
    return ()
