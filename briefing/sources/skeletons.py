"""What an editor inserts for a new fact, or a new part of one: its fields with stops to tab through, in the order declared."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from briefing.model.facts import Cited, Field, fields_of

MOST_CHOICES = 12


def new_fact(kind: type[Any], sources: Sequence[str]) -> dict[str, str]:
    """The skeleton of a fact of a kind, with its id."""
    stops = count(1)
    lines = [f"${{{next(stops)}:id}}:", *_indented(_lines(kind, sources, stops))]
    return {"label": f"new {kind.one}", "description": _told(kind), "body": "\n".join(lines)}


def new_part(part: type[Any], sources: Sequence[str]) -> dict[str, str]:
    """The skeleton of a part, after the dash of its list: an editor puts what is before the dash before each line."""
    named = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in part.__name__).strip()
    first, *rest = _lines(part, sources, count(1))
    return {"label": f"new {named}", "description": _told(part), "body": "\n".join([first, *_indented(rest)])}


def words_below(source: str) -> dict[str, str]:
    """The words of one source, in a form that holds any text."""
    return {"label": source, "body": ">-\n  ${1:words}"}


def _told(cls: type[Any]) -> str:
    return " ".join((cls.__doc__ or "").split())


def _lines(cls: type[Any], sources: Sequence[str], stops: "count[int]") -> list[str]:
    """The fields that a fact or part must have, and its quotes: evidence comes last, where a curator copies it."""
    declared = fields_of(cls)
    evidence = getattr(cls, "evidence", ()) if issubclass(cls, Cited) else ()
    lines = [line for f in declared if f.required and f.name not in evidence for line in _field(f, sources, stops)]
    return lines + [line for f in declared if f.name in evidence[:1] for line in _field(f, sources, stops)]


def _field(declared: Field, sources: Sequence[str], stops: "count[int]") -> Iterator[str]:
    if declared.shape == "quotes":
        yield f"{declared.yaml}:"
        yield f"  {_choice(stops, sources, 'source')}: >-"
        yield f"    ${{{next(stops)}:words}}"
    elif declared.shape == "parts":
        yield f"{declared.yaml}:"
        for _ in range(declared.least):
            first, *rest = _lines(declared.part or object, sources, stops)
            yield from (f"  - {first}", *_indented(rest, "    "))
    elif declared.shape == "list":
        yield f"{declared.yaml}: [${next(stops)}]"
    elif declared.shape == "map":
        yield from (f"{declared.yaml}:", f"  ${next(stops)}: ${next(stops)}")
    else:
        yield f"{declared.yaml}: {_choice(stops, declared.codes, '')}"


def _choice(stops: "count[int]", choices: Sequence[str], otherwise: str) -> str:
    """A stop at which an editor offers the choices, where there are some and not too many."""
    if 0 < len(choices) <= MOST_CHOICES:
        return f"${{{next(stops)}|{','.join(choices)}|}}"
    return f"${{{next(stops)}:{otherwise}}}" if otherwise else f"${next(stops)}"


def _indented(lines: Sequence[str], by: str = "  ") -> list[str]:
    return [by + line for line in lines]
