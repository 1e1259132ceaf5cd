"""Snippets that an editor inserts for a new fact or a part of one: its required fields, with tab stops."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from briefing.model.facts import Claim
from briefing.model.fields import Field, fields_of
from briefing.sources.snippets import indented
from briefing.text.docstrings import docstring

MAX_CHOICES = 12


def fact_snippet(kind: type[Any], sources: Sequence[str]) -> dict[str, str]:
    """The snippet for a fact of a kind, with its id."""
    stops = count(1)
    lines = [f"${{{next(stops)}:id}}:", *indented(_snippet_lines(kind, sources, stops))]
    return {"label": f"new {kind.singular}", "description": _snippet_description(kind), "body": "\n".join(lines)}


def part_snippet(part: type[Any], sources: Sequence[str]) -> dict[str, str]:
    """The snippet for a part, to follow the dash of a list item. Editors add the indentation of the dash to each line."""
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in part.__name__).strip()
    first, *rest = _snippet_lines(part, sources, count(1))
    return {
        "label": f"new {name}",
        "description": _snippet_description(part),
        "body": "\n".join([first, *indented(rest)]),
    }


def words_snippet(source: str) -> dict[str, str]:
    """The snippet for the words of one source, in the YAML form that can contain any text."""
    return {"label": source, "body": ">-\n  ${1:words}"}


def _snippet_description(cls: type[Any]) -> str:
    return " ".join(docstring(cls).split())


def _snippet_lines(cls: type[Any], sources: Sequence[str], stops: "count[int]") -> list[str]:
    """The lines of the required fields of a fact or part; evidence comes last."""
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
            yield from (f"  - {first}", *indented(indented(rest)))
    elif declared.shape == "list":
        yield f"{declared.yaml_key}: [${next(stops)}]"
    elif declared.shape == "map":
        yield from (f"{declared.yaml_key}:", f"  ${next(stops)}: ${next(stops)}")
    else:
        yield f"{declared.yaml_key}: {_choice(stops, declared.codes, '')}"


def _choice(stops: "count[int]", choices: Sequence[str], otherwise: str) -> str:
    """A tab stop that offers the choices, if there are any and not more than `MAX_CHOICES`."""
    if 0 < len(choices) <= MAX_CHOICES:
        return f"${{{next(stops)}|{','.join(choices)}|}}"
    return f"${{{next(stops)}:{otherwise}}}" if otherwise else f"${next(stops)}"
