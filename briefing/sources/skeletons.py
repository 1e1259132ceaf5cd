"""What an editor inserts for a new fact, or a new part of one: its fields with stops to tab through, in the order declared."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from briefing.model.facts import Claim, Field, fields_of

MAX_CHOICES = 12


def fact_snippet(kind: type[Any], sources: Sequence[str]) -> dict[str, str]:
    """The skeleton of a fact of a kind, with its id."""
    stops = count(1)
    lines = [f"${{{next(stops)}:id}}:", *_indent_snippet(_snippet_lines(kind, sources, stops))]
    return {"label": f"new {kind.singular}", "description": _snippet_description(kind), "body": "\n".join(lines)}


def part_snippet(part: type[Any], sources: Sequence[str]) -> dict[str, str]:
    """The skeleton of a part, after the dash of its list: an editor puts what is before the dash before each line."""
    named = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in part.__name__).strip()
    first, *rest = _snippet_lines(part, sources, count(1))
    return {
        "label": f"new {named}",
        "description": _snippet_description(part),
        "body": "\n".join([first, *_indent_snippet(rest)]),
    }


def words_snippet(source: str) -> dict[str, str]:
    """The words of one source, in a form that holds any text."""
    return {"label": source, "body": ">-\n  ${1:words}"}


def _snippet_description(cls: type[Any]) -> str:
    return " ".join((cls.__doc__ or "").split())


def _snippet_lines(cls: type[Any], sources: Sequence[str], stops: "count[int]") -> list[str]:
    """The fields that a fact or part must have, and its quotes: evidence comes last, where a curator copies it."""
    declared = fields_of(cls)
    evidence = getattr(cls, "evidence_fields", ()) if issubclass(cls, Claim) else ()
    lines = [line for f in declared if f.required and f.name not in evidence for line in _snippet_field(f, sources, stops)]
    return lines + [line for f in declared if f.name in evidence[:1] for line in _snippet_field(f, sources, stops)]


def _snippet_field(declared: Field, sources: Sequence[str], stops: "count[int]") -> Iterator[str]:
    if declared.shape == "quotes":
        yield f"{declared.yaml_key}:"
        yield f"  {_choice(stops, sources, 'source')}: >-"
        yield f"    ${{{next(stops)}:words}}"
    elif declared.shape == "parts":
        yield f"{declared.yaml_key}:"
        for _ in range(declared.min_items):
            first, *rest = _snippet_lines(declared.part or object, sources, stops)
            yield from (f"  - {first}", *_indent_snippet(rest, "    "))
    elif declared.shape == "list":
        yield f"{declared.yaml_key}: [${next(stops)}]"
    elif declared.shape == "map":
        yield from (f"{declared.yaml_key}:", f"  ${next(stops)}: ${next(stops)}")
    else:
        yield f"{declared.yaml_key}: {_choice(stops, declared.codes, '')}"


def _choice(stops: "count[int]", choices: Sequence[str], otherwise: str) -> str:
    """A stop at which an editor offers the choices, where there are some and not too many."""
    if 0 < len(choices) <= MAX_CHOICES:
        return f"${{{next(stops)}|{','.join(choices)}|}}"
    return f"${{{next(stops)}:{otherwise}}}" if otherwise else f"${next(stops)}"


def _indent_snippet(lines: Sequence[str], by: str = "  ") -> list[str]:
    return [by + line for line in lines]
