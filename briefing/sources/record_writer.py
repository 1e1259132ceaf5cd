"""Writes the record of a source: each part with the basis on which it is known. Nothing is guessed."""

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
from briefing.model.source import Passage, Source, read_source
from briefing.sources.document import Document, Metadatum
from briefing.text.characters import STACKED_MARKS
from briefing.text.edtf import read_date

_DEFAULT_LABELS = {"txt": "The text", "html": "The page", "pdf": "The document"}
UNSTATED = "not stated"
MAX_METADATUM_LENGTH = 300  # characters of one item of metadata
_LEADING_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_DATE_FORMATS = ("long", "d MMMM y", "MMMM d, y", "dd MMMM y", "MMMM dd, y", "d MMM y", "MMM d, y", "MMM. d, y", "medium")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_NO_METADATA = "The document's metadata does not say, and nobody has looked in the text yet."
_RIGHTS_UNKNOWN = (
    "Nobody has looked for a licence yet. Until then the text is treated as under copyright, so only quotes are published."
)


@dataclass(frozen=True)
class ImportOptions:
    """What a curator says about a document while adding it; empty means nothing was said."""

    id: str
    label: str = ""
    url: str = ""
    accessed: str = ""
    language: str = ""
    received_as: str = ""
    fetched: str = ""  # the day and time (UTC) of a download
    http_status: str = ""


@dataclass(frozen=True)
class RecordPart:
    """One part of a record: its value, the basis on which it is known, and how the source writes it, if differently."""

    value: str
    basis: str
    as_written: str = ""


def format_record(document: Document, content: bytes, options: ImportOptions) -> str:
    """The record of a document as YAML, ready for sources.yaml; `content` is the document as received."""
    source = read_source(options.id, document.seed.decode("utf-8"))
    parts = dict(_record_parts(source, document, options))
    lines = [f"{options.id}:", to_yaml("label", options.label or f"{_DEFAULT_LABELS[document.suffix]} {options.id}", "  ")]
    for key, part in parts.items():
        lines.append(to_yaml(key, part.value, "  "))
        lines += [to_yaml(f"{key}-as-written", part.as_written, "  ")] if part.as_written else []
    lines += ["  basis:", *(to_yaml(key, part.basis, "    ") for key, part in parts.items())]
    lines += [to_yaml("seed", f"{options.id}.txt", "  "), f"  sha256: {hashlib.sha256(document.seed).hexdigest()}"]
    lines += [to_yaml("fetched", options.fetched, "  "), f"  http-status: {options.http_status}"] if options.fetched else []
    lines += [to_yaml("received-as", options.received_as, "  ")] if options.received_as else []
    if document.conversion_note:
        lines += [f"  received-sha256: {hashlib.sha256(content).hexdigest()}", to_yaml("made", document.conversion_note, "  ")]
    return "\n".join([*lines, *_block_lines(document.roles)]) + "\n"


def _record_parts(source: Source, document: Document, options: ImportOptions) -> Iterator[tuple[str, RecordPart]]:
    metadata = document.metadata
    for key in ("title", "author", "container-title", "publisher"):
        yield key, _printed_part(source, [one for one in metadata if one.part == key])
    yield "issued", _issued_part(source, metadata, options)
    yield "accessed", _accessed_part(options)
    yield "url", _url_part(source, metadata, options)
    yield "language", _language_part(metadata, options)
    yield "rights", _rights_part([one for one in metadata if one.part == "rights"])


def _printed_part(source: Source, metadata: list[Metadatum]) -> RecordPart:
    """The first metadata text that the seed prints, in the seed's own characters; else not stated, on the basis of all."""
    for one in metadata:
        if found := source.find(one.words).whole_words:
            return RecordPart(source.exact_text(found[0]), _printed_basis(found[0], one))
    return RecordPart(UNSTATED, _unprinted_basis(metadata))


def _printed_basis(passage: Passage, metadatum: Metadatum) -> str:
    return f"Printed in the seed in paragraph {passage.paragraph}; {metadatum.origin} says what it is."


def _unprinted_basis(metadata: Iterable[Metadatum]) -> str:
    """What the metadata of a document says, each text once, where the seed prints none of it."""
    origins: dict[str, str] = {}
    for one in metadata:
        if STACKED_MARKS.search(one.words) is None:
            origins.setdefault(escape_controls(one.words[:MAX_METADATUM_LENGTH]), one.origin)
    if not origins:
        return _NO_METADATA
    return (
        _sentence("; ".join(f"{origin} says: {words}" for words, origin in origins.items()))
        + ", which the seed does not print."
    )


def _issued_part(source: Source, metadata: tuple[Metadatum, ...], options: ImportOptions) -> RecordPart:
    """The day of publication in the metadata, if the seed prints that day too."""
    dated = [one for one in metadata if one.part == "issued"]
    for one in dated:
        if (day := _LEADING_ISO_DATE.match(one.words)) is None or read_date(day[0].rstrip("T ")) is None:
            continue
        date = day[0].rstrip("T ")
        times = [each.printed for each in metadata if each.part == "time" and each.words.startswith(date) and each.printed]
        language = _language_part(metadata, options).value
        for written in (*times, *_date_spellings(calendar_day(*map(int, day.groups())), language)):
            if found := source.find(written).whole_words:
                return RecordPart(date, _printed_basis(found[0], one), source.exact_text(found[0]))
    created = [one for one in metadata if one.part == "created"]
    return RecordPart(UNSTATED, _unprinted_basis([*dated, *created]))


def _date_spellings(day: calendar_day, language: str) -> Iterator[str]:
    """Ways to print a day: in words of the document's language and in English, and in unambiguous digits."""
    for locale in (language.replace("-", "_"), "en"):
        with suppress(UnknownLocaleError, ValueError):
            yield from (format_date(day, form, locale) for form in _DATE_FORMATS)
    yield from (day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}")


def _accessed_part(options: ImportOptions) -> RecordPart:
    if not options.accessed:
        return RecordPart(UNSTATED, "Nobody has said when the document was taken from its place of publication.")
    return RecordPart(options.accessed, "The day on which it was downloaded." if options.fetched else "The curator says so.")


def _url_part(source: Source, metadata: tuple[Metadatum, ...], options: ImportOptions) -> RecordPart:
    if options.url:
        printed = source.find(options.url).whole_words
        basis = (
            "The address it was downloaded from." if options.fetched else "The curator says that it comes from this address."
        )
        return RecordPart(options.url, f"Printed in the seed in paragraph {printed[0].paragraph}." if printed else basis)
    return _printed_part(source, [one for one in metadata if one.part == "url"])


def _language_part(metadata: tuple[Metadatum, ...], options: ImportOptions) -> RecordPart:
    if options.language:
        return RecordPart(options.language, "The curator says so.")
    for one in metadata:
        if one.part == "language" and _LANGUAGE_TAG.fullmatch(one.words):
            return RecordPart(one.words, f"{_sentence(one.origin)} says so.")
    return RecordPart("und", "Undetermined: nobody has said which language it is.")


def _rights_part(metadata: list[Metadatum]) -> RecordPart:
    return RecordPart(_RIGHTS_UNKNOWN, _unprinted_basis(metadata) if metadata else "The document's metadata names none.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _block_lines(roles: tuple[str, ...]) -> list[str]:
    """The lines for blocks that have a role; neighbouring blocks with the same role share an entry."""
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
