"""A document becomes a source: a seed, and a record that says of each part how it is known. Nothing in it is guessed."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as calendar_day

from babel.core import UnknownLocaleError
from babel.dates import format_date

from briefing.diagnostics.terminal import escape_controls
from briefing.loading.yaml_writer import to_yaml
from briefing.model.source import Source, read_source
from briefing.sources.document import Document, Metadatum
from briefing.text.characters import STACKED_MARKS
from briefing.text.edtf import read_date

_DEFAULT_LABELS = {"txt": "The text", "html": "The page", "pdf": "The document"}
UNSTATED = "not stated"
MAX_METADATUM_LENGTH = 300  # characters of what a document tells of itself
_LEADING_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_DATE_FORMATS = ("long", "d MMMM y", "MMMM d, y", "dd MMMM y", "MMMM dd, y", "d MMM y", "MMM d, y", "MMM. d, y", "medium")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_NO_METADATA = "Nothing beside the text tells it, and nobody has looked for it in the text yet."
_RIGHTS_UNKNOWN = (
    "Nobody has looked for a licence yet. Until then the text is treated as under copyright, so only quotes are published."
)


@dataclass(frozen=True)
class ImportOptions:
    """What a curator says of a document while adding it; what is empty is not said."""

    id: str
    label: str = ""
    url: str = ""
    accessed: str = ""
    language: str = ""
    received_as: str = ""
    fetched: bool = False


@dataclass(frozen=True)
class RecordPart:
    """One part of a record: its value, and on what basis."""

    value: str
    basis: str
    as_written: str = ""


def format_record(document: Document, content: bytes, options: ImportOptions) -> str:
    """The record of a document as YAML, ready to stand in sources.yaml."""
    source = read_source(options.id, document.seed.decode("utf-8"))
    parts = dict(_record_parts(source, document, options))
    lines = [f"{options.id}:", to_yaml("label", options.label or f"{_DEFAULT_LABELS[document.suffix]} {options.id}", "  ")]
    for key, part in parts.items():
        lines.append(to_yaml(key, part.value, "  "))
        lines += [to_yaml(f"{key}-as-written", part.as_written, "  ")] if part.as_written else []
    lines += ["  basis:", *(to_yaml(key, part.basis, "    ") for key, part in parts.items())]
    lines += [to_yaml("seed", f"{options.id}.txt", "  "), f"  sha256: {hashlib.sha256(document.seed).hexdigest()}"]
    lines += [to_yaml("received-as", options.received_as, "  ")] if options.received_as else []
    if document.conversion_note:
        lines += [f"  received-sha256: {hashlib.sha256(content).hexdigest()}", to_yaml("made", document.conversion_note, "  ")]
    return "\n".join([*lines, *_block_lines(document.roles)]) + "\n"


def _record_parts(source: Source, document: Document, options: ImportOptions) -> Iterator[tuple[str, RecordPart]]:
    told = document.metadata
    for key in ("title", "author", "container-title", "publisher"):
        yield key, _printed_part(source, [one for one in told if one.part == key])
    yield "issued", _issued_part(source, told, options)
    yield "accessed", _accessed_part(options)
    yield "url", _url_part(source, told, options)
    yield "language", _language_part(told, options)
    yield "rights", _rights_part([one for one in told if one.part == "rights"])


def _printed_part(source: Source, metadata: list[Metadatum]) -> RecordPart:
    """The first of what is told that the seed prints, in the seed's own characters; else what is told, as a basis only."""
    for one in metadata:
        if found := source.find(one.words).whole_words:
            where = f"Printed in the seed in paragraph {found[0].paragraph}; {one.origin} says what it is."
            return RecordPart(source.exact_text(found[0]), where)
    return RecordPart(UNSTATED, _unprinted_basis(metadata))


def _unprinted_basis(metadata: Iterable[Metadatum]) -> str:
    """What a document tells beside its text, each thing once, where the text prints none of it."""
    said: dict[str, str] = {}
    for one in metadata:
        if STACKED_MARKS.search(one.words) is None:
            said.setdefault(escape_controls(one.words[:MAX_METADATUM_LENGTH]), one.origin)
    if not said:
        return _NO_METADATA
    return _sentence("; ".join(f"{where} says: {words}" for words, where in said.items())) + ", which the seed does not print."


def _issued_part(source: Source, metadata: tuple[Metadatum, ...], options: ImportOptions) -> RecordPart:
    """The day on which the document says it was published, where the seed prints that day too."""
    dated = [one for one in metadata if one.part == "issued"]
    for one in dated:
        if (day := _LEADING_ISO_DATE.match(one.words)) is None or read_date(day[0].rstrip("T ")) is None:
            continue
        date = day[0].rstrip("T ")
        times = [each.printed for each in metadata if each.part == "time" and each.words.startswith(date) and each.printed]
        for written in (
            *times,
            *_date_spellings(calendar_day(*map(int, day.groups())), _language_part(metadata, options).value),
        ):
            if found := source.find(written).whole_words:
                where = f"Printed in the seed in paragraph {found[0].paragraph}; {one.origin} says what it is."
                return RecordPart(date, where, source.exact_text(found[0]))
    made = [one for one in metadata if one.part == "created"]
    return RecordPart(UNSTATED, _unprinted_basis([*dated, *made]))


def _date_spellings(day: calendar_day, language: str) -> Iterator[str]:
    """How a day is printed: in words of the document's language and of English, and in digits that leave no doubt."""
    for locale in (language.replace("-", "_"), "en"):
        with suppress(UnknownLocaleError, ValueError):
            yield from (format_date(day, form, locale) for form in _DATE_FORMATS)
    yield from (day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}")


def _accessed_part(options: ImportOptions) -> RecordPart:
    if not options.accessed:
        return RecordPart(UNSTATED, "Nobody said when the document was taken from where it stands.")
    return RecordPart(options.accessed, "The day on which it was fetched." if options.fetched else "As the curator says.")


def _url_part(source: Source, metadata: tuple[Metadatum, ...], options: ImportOptions) -> RecordPart:
    if options.url:
        printed = source.find(options.url).whole_words
        by = "The address it was fetched from." if options.fetched else "The address it was taken from, as the curator says."
        return RecordPart(options.url, f"Printed in the seed in paragraph {printed[0].paragraph}." if printed else by)
    return _printed_part(source, [one for one in metadata if one.part == "url"])


def _language_part(metadata: tuple[Metadatum, ...], options: ImportOptions) -> RecordPart:
    if options.language:
        return RecordPart(options.language, "As the curator says.")
    for one in metadata:
        if one.part == "language" and _LANGUAGE_TAG.fullmatch(one.words):
            return RecordPart(one.words, f"{_sentence(one.origin)} says so.")
    return RecordPart("und", "Undetermined: nobody has said it yet.")


def _rights_part(metadata: list[Metadatum]) -> RecordPart:
    return RecordPart(_RIGHTS_UNKNOWN, _unprinted_basis(metadata) if metadata else "Nothing beside the text tells of any.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _block_lines(roles: tuple[str, ...]) -> list[str]:
    """The blocks that the markup gives a role; neighbours of one role stand together."""
    runs: list[tuple[str, int, int]] = []
    for number, role in enumerate(roles, 1):
        if runs and role and runs[-1][0] == role and runs[-1][2] == number - 1:
            runs[-1] = (role, runs[-1][1], number)
        elif role:
            runs.append((role, number, number))
    lines = []
    for role, first, last in runs:
        lines += [
            f'    - paragraphs: "{first}"' if first == last else f"    - paragraphs: {first}-{last}",
            f"      role: {role}",
        ]
    return ["  blocks:", *lines] if lines else []
