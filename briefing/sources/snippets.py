"""YAML for `briefing quote` to print: a quote, or a whole fact with the quote in it and the other fields left empty."""

import re
import textwrap
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from briefing.diagnostics.problem import Problem, general_problem
from briefing.model.facts import Claim, Fact
from briefing.model.fields import Field, fields_of
from briefing.model.ids import MAX_ID_LENGTH, is_reserved
from briefing.text.characters import FORBIDDEN_CHARACTERS, STACKED_MARKS

COMMENT_WIDTH = 100
MAX_NEW_ID_LENGTH = 40
_BRACKETED = ("[...]", "[…]")
_ID_WORD = re.compile(r"[a-z0-9]+")
_INNER_PUNCTUATION = re.compile(
    r"['’ʼ]s\b|(?<=\w)['’ʼ](?=(?:t|re|ve|ll|d|m)\b)|(?<=\d)[,.](?=\d{3})"
)  # these do not end a word of an id
_ID_STOP_WORDS = ("a", "an", "and", "as", "at", "by", "for", "in", "is", "of", "on", "that", "the", "to", "was", "with")
_OMITTED_FIELDS = ("quotes", "waivers", "antecedents")


def unquotable_problem(words: str) -> Problem | None:
    """Why words of a source cannot be written in a file of facts: characters or an ellipsis that no quote may contain."""
    if found := FORBIDDEN_CHARACTERS.search(words):
        message = f"these words contain an invisible character, U+{ord(found.group()):04X}"
    elif STACKED_MARKS.search(words):
        message = "these words contain too many combining marks in a row"
    elif ellipsis := next((text for text in _BRACKETED if text in words), ""):
        message = f"these words contain `{ellipsis}`, which no quote may contain"
    else:
        return None
    return general_problem(message, "quote the words before or after it")


def format_quote_lines(source: str, runs: Sequence[str]) -> list[str]:
    """The lines of a source and its words under `quotes:`; several runs become a list."""
    if len(runs) == 1:
        return [f"{source}: >-", f"  {runs[0]}"]
    return [f"{source}:", *(line for words in runs for line in ("  - >-", f"    {words}"))]


def is_quotable_kind(kind: type[Fact]) -> bool:
    """Whether facts of this kind, or their required parts, have quotes."""
    return any(f.name == "quotes" or _is_required_claim_part(f) for f in fields_of(kind))


def _is_required_claim_part(declared: Field) -> bool:
    return declared.required and declared.part is not None and issubclass(declared.part, Claim)


def format_fact_skeleton(kind: type[Fact], key: str, notes: Sequence[str], source: str, runs: Sequence[str]) -> str:
    """A fact with all required fields, empty except for the quotes; `notes` become comments above these."""
    lines = _skeleton_lines(kind, [*(f"# {note}" for note in notes), "quotes:", *indented(format_quote_lines(source, runs))])
    return "\n".join([f"{key}:", *indented(lines)])


def indented(lines: Sequence[str]) -> list[str]:
    """The lines, indented by two spaces."""
    return [f"  {line}" for line in lines]


def _skeleton_lines(cls: type[Any], quotes: list[str]) -> list[str]:
    """The required fields of a fact or part, and a comment that names the optional ones."""
    declared = [f for f in fields_of(cls) if f.name not in _OMITTED_FIELDS]
    lines = [line for f in declared if f.required for line in _skeleton_field(f, quotes)]
    if optional := [f.yaml_key for f in declared if not f.required]:
        lines += _comment(f"optional, if a source says so: {', '.join(optional)}")
    return lines + (quotes if any(f.name == "quotes" for f in fields_of(cls)) else [])


def _skeleton_field(declared: Field, quotes: list[str]) -> Iterator[str]:
    yield from _comment(_field_description(declared))
    if declared.part is not None:
        yield f"{declared.yaml_key}:"
        for number in range(declared.min_items):
            lines = _skeleton_lines(declared.part, ["quotes: {}"] if number else quotes)
            first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
            yield from indented([*lines[:first], f"- {lines[first]}", *indented(lines[first + 1 :])])
    else:
        yield f"{declared.yaml_key}: []" if declared.shape == "list" else f"{declared.yaml_key}:"


def _field_description(declared: Field) -> str:
    kinds = declared.ref.kinds if declared.ref else ()
    ids = f" An id of {' or '.join(f'{stem}.yaml' for stem in kinds)}." if kinds else ""
    codes = f" One of: {', '.join(declared.codes)}." if declared.codes else ""
    return f"{declared.meta.label}: {declared.meta.help}{ids}{codes}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, COMMENT_WIDTH, break_on_hyphens=False)]


def new_id(words: str, otherwise: str, taken: Collection[str]) -> str:
    """A new id made from the first words; from `otherwise` where these have no letters from a to z."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(c))
    id_words = [word for word in _ID_WORD.findall(_INNER_PUNCTUATION.sub("", plain)) if word not in _ID_STOP_WORDS][:4]
    while id_words and len("-".join(id_words)) > MAX_NEW_ID_LENGTH:
        id_words.pop()
    first = "-".join(id_words) or otherwise[: MAX_ID_LENGTH - 8].rstrip("-")
    first = f"fact-{first}" if is_reserved(first) else first
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (first, *numbered) if key not in taken)
