"""A document becomes a source: a seed, and a record that says of each part how it is known. Nothing in it is guessed."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as calendar_day

from babel.core import UnknownLocaleError
from babel.dates import format_date

from briefing.diagnostics.problem import plain
from briefing.loading.yaml_writer import typed
from briefing.model.source import Source, read_source
from briefing.sources.document import Document, Told
from briefing.text.characters import STACKED
from briefing.text.edtf import read_date

_CALLED = {"txt": "The text", "html": "The page", "pdf": "The document"}
NOT_STATED = "not stated"
MOST_TOLD_OF = 300  # characters of what a document tells of itself
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_IN_WORDS = ("long", "d MMMM y", "MMMM d, y", "dd MMMM y", "MMMM dd, y", "d MMM y", "MMM d, y", "MMM. d, y", "medium")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_NOT_TOLD = "Nothing beside the text tells it, and nobody has looked for it in the text yet."
_UNREAD = (
    "Nobody has looked for a licence yet. Until then the text is treated as under copyright, so only quotes are published."
)


@dataclass(frozen=True)
class Wish:
    """What a curator says of a document while adding it; what is empty is not said."""

    id: str
    label: str = ""
    url: str = ""
    accessed: str = ""
    language: str = ""
    received_as: str = ""
    fetched: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a record: its value, and on what basis."""

    value: str
    basis: str
    as_written: str = ""


def record_text(document: Document, content: bytes, wish: Wish) -> str:
    """The record of a document as YAML, ready to stand in sources.yaml."""
    source = read_source(wish.id, document.seed.decode("utf-8"))
    parts = dict(_parts(source, document, wish))
    lines = [f"{wish.id}:", typed("label", wish.label or f"{_CALLED[document.suffix]} {wish.id}", "  ")]
    for key, part in parts.items():
        lines.append(typed(key, part.value, "  "))
        lines += [typed(f"{key}-as-written", part.as_written, "  ")] if part.as_written else []
    lines += ["  basis:", *(typed(key, part.basis, "    ") for key, part in parts.items())]
    lines += [typed("seed", f"{wish.id}.txt", "  "), f"  sha256: {hashlib.sha256(document.seed).hexdigest()}"]
    lines += [typed("received-as", wish.received_as, "  ")] if wish.received_as else []
    if document.made:
        lines += [f"  received-sha256: {hashlib.sha256(content).hexdigest()}", typed("made", document.made, "  ")]
    return "\n".join([*lines, *_blocks(document.roles)]) + "\n"


def _parts(source: Source, document: Document, wish: Wish) -> Iterator[tuple[str, Part]]:
    told = document.told
    for key in ("title", "author", "container-title", "publisher"):
        yield key, _printed(source, [one for one in told if one.part == key])
    yield "issued", _issued(source, told, wish)
    yield "accessed", _accessed(wish)
    yield "url", _address(source, told, wish)
    yield "language", _language(told, wish)
    yield "rights", _rights([one for one in told if one.part == "rights"])


def _printed(source: Source, told: list[Told]) -> Part:
    """The first of what is told that the seed prints, in the seed's own characters; else what is told, as a basis only."""
    for one in told:
        if found := source.find(one.words).whole:
            where = f"Printed in the seed in paragraph {found[0].paragraph}; {one.where} says what it is."
            return Part(source.exact(found[0]), where)
    return Part(NOT_STATED, _unprinted(told))


def _unprinted(told: Iterable[Told]) -> str:
    """What a document tells beside its text, each thing once, where the text prints none of it."""
    said: dict[str, str] = {}
    for one in told:
        if STACKED.search(one.words) is None:
            said.setdefault(plain(one.words[:MOST_TOLD_OF]), one.where)
    if not said:
        return _NOT_TOLD
    return _sentence("; ".join(f"{where} says: {words}" for words, where in said.items())) + ", which the seed does not print."


def _issued(source: Source, told: tuple[Told, ...], wish: Wish) -> Part:
    """The day on which the document says it was published, where the seed prints that day too."""
    dated = [one for one in told if one.part == "issued"]
    for one in dated:
        if (day := _DAY.match(one.words)) is None or read_date(day[0].rstrip("T ")) is None:
            continue
        date = day[0].rstrip("T ")
        times = [each.printed for each in told if each.part == "time" and each.words.startswith(date) and each.printed]
        for written in (*times, *_forms(calendar_day(*map(int, day.groups())), _language(told, wish).value)):
            if found := source.find(written).whole:
                where = f"Printed in the seed in paragraph {found[0].paragraph}; {one.where} says what it is."
                return Part(date, where, source.exact(found[0]))
    made = [one for one in told if one.part == "created"]
    return Part(NOT_STATED, _unprinted([*dated, *made]))


def _forms(day: calendar_day, language: str) -> Iterator[str]:
    """How a day is printed: in words of the document's language and of English, and in digits that leave no doubt."""
    for locale in (language.replace("-", "_"), "en"):
        with suppress(UnknownLocaleError, ValueError):
            yield from (format_date(day, form, locale) for form in _IN_WORDS)
    yield from (day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}")


def _accessed(wish: Wish) -> Part:
    if not wish.accessed:
        return Part(NOT_STATED, "Nobody said when the document was taken from where it stands.")
    return Part(wish.accessed, "The day on which it was fetched." if wish.fetched else "As the curator says.")


def _address(source: Source, told: tuple[Told, ...], wish: Wish) -> Part:
    if wish.url:
        printed = source.find(wish.url).whole
        by = "The address it was fetched from." if wish.fetched else "The address it was taken from, as the curator says."
        return Part(wish.url, f"Printed in the seed in paragraph {printed[0].paragraph}." if printed else by)
    return _printed(source, [one for one in told if one.part == "url"])


def _language(told: tuple[Told, ...], wish: Wish) -> Part:
    if wish.language:
        return Part(wish.language, "As the curator says.")
    for one in told:
        if one.part == "language" and _LANGUAGE.fullmatch(one.words):
            return Part(one.words, f"{_sentence(one.where)} says so.")
    return Part("und", "Undetermined: nobody has said it yet.")


def _rights(told: list[Told]) -> Part:
    return Part(_UNREAD, _unprinted(told) if told else "Nothing beside the text tells of any.")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _blocks(roles: tuple[str, ...]) -> list[str]:
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
