"""YAML ready to paste: a quote, or a whole fact around it with what only the curator knows left to write."""

import re
import textwrap
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from briefing.model.facts import Cited, Fact, Field, fields_of
from briefing.model.ids import MOST_IN_AN_ID, is_reserved
from briefing.text.characters import REFUSED, STACKED

WIDTH = 100
MOST_IN_A_NEW_ID = 40
_BRACKETED = ("[...]", "[…]")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"['’ʼ]s\b|(?<=\w)['’ʼ](?=(?:t|re|ve|ll|d|m)\b)|(?<=\d)[,.](?=\d{3})")  # not where a word of an id ends
_LITTLE = ("a", "an", "and", "as", "at", "by", "for", "in", "is", "of", "on", "that", "the", "to", "was", "with")
_UNASKED = ("quotes", "waivers", "antecedents")


def why_not(words: str) -> str:
    """Why a run of a source cannot stand in a file of facts; empty where it can."""
    if found := REFUSED.search(words):
        return f"U+{ord(found.group()):04X}, an invisible character that no file of facts may hold"
    if STACKED.search(words):
        return "more combining marks in a row than a file of facts may hold"
    found_mark = next((mark for mark in _BRACKETED if mark in words), "")
    return f"`{found_mark}`, which no quote may hold" if found_mark else ""


def quote_lines(source: str, runs: Sequence[str]) -> list[str]:
    """A source with its words, as they stand under `quotes:`; several runs are a list."""
    if len(runs) == 1:
        return [f"{source}: >-", f"  {runs[0]}"]
    return [f"{source}:", *(line for words in runs for line in ("  - >-", f"    {words}"))]


def can_be_quoted(kind: type[Fact]) -> bool:
    """Whether a fact of this kind, or a part that it must have, carries quotes."""
    return any(f.name == "quotes" or _is_quoted_part(f) for f in fields_of(kind))


def _is_quoted_part(declared: Field) -> bool:
    return declared.required and declared.part is not None and issubclass(declared.part, Cited)


def skeleton(kind: type[Fact], key: str, notes: Sequence[str], source: str, runs: Sequence[str]) -> str:
    """A fact of that kind with every field it must have, empty but for the quotes; `notes` stand above these."""
    lines = _lines(kind, [*(f"# {note}" for note in notes), "quotes:", *indented(quote_lines(source, runs))])
    return "\n".join([f"{key}:", *indented(lines)])


def indented(lines: Sequence[str]) -> list[str]:
    """The lines two columns to the right."""
    return [f"  {line}" for line in lines]


def _lines(cls: type[Any], quotes: list[str]) -> list[str]:
    """The fields that a fact or part must have, with the optional ones named in a comment."""
    declared = [f for f in fields_of(cls) if f.name not in _UNASKED]
    lines = [line for f in declared if f.required for line in _field(f, quotes)]
    if rest := [f.yaml for f in declared if not f.required]:
        lines += _comment(f"where a source says so: {', '.join(rest)}")
    return lines + (quotes if any(f.name == "quotes" for f in fields_of(cls)) else [])


def _field(declared: Field, quotes: list[str]) -> Iterator[str]:
    yield from _comment(_told(declared))
    if declared.part is not None:
        yield f"{declared.yaml}:"
        for number in range(declared.least):
            lines = _lines(declared.part, ["quotes: {}"] if number else quotes)
            first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
            yield from indented([*lines[:first], f"- {lines[first]}", *indented(lines[first + 1 :])])
    else:
        yield f"{declared.yaml}: []" if declared.shape == "list" else f"{declared.yaml}:"


def _told(declared: Field) -> str:
    kinds = declared.ref.kinds if declared.ref else ()
    ids = f" An id of {' or '.join(f'{stem}.yaml' for stem in kinds)}." if kinds else ""
    codes = f" One of: {', '.join(declared.codes)}." if declared.codes else ""
    return f"{declared.said.label}: {declared.said.help}{ids}{codes}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH, break_on_hyphens=False)]


def new_id(words: str, otherwise: str, taken: Collection[str]) -> str:
    """An id that no fact has, from the words; `otherwise` where these have no letters from a to z."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(c))
    told = [word for word in _ASCII_WORD.findall(_JOINED.sub("", plain)) if word not in _LITTLE][:4]
    while told and len("-".join(told)) > MOST_IN_A_NEW_ID:
        told.pop()
    first = "-".join(told) or otherwise[: MOST_IN_AN_ID - 8].rstrip("-")
    first = f"fact-{first}" if is_reserved(first) else first
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (first, *numbered) if key not in taken)
