"""Errors of the YAML parser in plain words."""

from typing import NamedTuple

import yaml

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE

_USE_QUOTE_MARKS = "put quote marks around the text"
_USE_BLOCK_TEXT = "put quote marks around the text, or put it after `>-` on the next line"


class _YamlError(NamedTuple):
    """Words in libyaml's message, our message and next step, and whether the problem is where the faulty text begins."""

    words: str
    message: str
    help: str
    is_at_beginning: bool = False


_DOES_NOT_FIT = "this line does not fit the lines above it"
_UNKNOWN_ERROR = _YamlError(
    "", "this file cannot be read as YAML from here on", "compare the indentation and the quote marks with the fact above"
)
_YAML_ERRORS = (
    _YamlError("mapping values are not allowed", "this line contains a second `: `", _USE_BLOCK_TEXT),
    _YamlError(
        "could not find expected ':'",
        "a `:` is missing here, or a line is not indented",
        "write `key: value`, and indent the lines that continue a text",
    ),
    _YamlError(
        "unexpected end of stream",
        "this quote mark is never closed",
        "close it, or put the text after `>-`",
        is_at_beginning=True,
    ),
    _YamlError("found undefined alias", "YAML reads `*name` as an alias", _USE_QUOTE_MARKS),
    _YamlError("cannot start any token", "in YAML, a text cannot begin with this character", _USE_QUOTE_MARKS),
    _YamlError(
        "did not find expected key",
        _DOES_NOT_FIT,
        "check its indentation; put a text that begins with a quote mark after `>-`",
    ),
    _YamlError("expected '-' indicator", "this line is not part of the list above it", "check its indentation"),
    _YamlError(
        "did not find expected ',' or",
        "this list or mapping in brackets is not closed",
        f"close it, or {_USE_QUOTE_MARKS}",
        is_at_beginning=True,
    ),
    _YamlError("unknown escape character", "a `\\` in double quote marks begins an escape", "use single quote marks or `>-`"),
    _YamlError("exceeded max", "too many levels of nesting", "use two or three levels in a fact"),
    _YamlError("expected node content", "a value is missing here", f"write it, or {_USE_QUOTE_MARKS}"),
    _YamlError("block sequence entries", "a list cannot begin here", "put each `- ` on its own line, indented"),
    _YamlError("block mapping", _DOES_NOT_FIT, "check its indentation"),
)


def syntax_problem(file: SourceFile, error: yaml.MarkedYAMLError) -> Problem:
    """A YAML error as a problem at its place. An error that is not in the table says only where reading stopped."""
    yaml_message = error.problem or ""
    known = next((known for known in _YAML_ERRORS if known.words in yaml_message), _UNKNOWN_ERROR)
    message, help = known.message, known.help
    mark = error.problem_mark
    before = file.lines[mark.line][: mark.column] if mark and mark.line < len(file.lines) else ""
    if "expected key" in yaml_message and ('"' in before or "'" in before):
        message, help = "there is text after the closing quote mark", "put the whole text after `>-` on the next line"
    place = (error.context_mark if known.is_at_beginning else None) or error.problem_mark or error.context_mark
    if place is None:
        return Problem(TEXT_IS_WHOLE, Location(file), message, help)
    line = min(place.line, max(0, len(file.lines) - 1))
    if not file.lines[line] and line:
        line -= 1
    column = place.column if line == place.line else max(0, len(file.lines[line]) - 1)
    return Problem(TEXT_IS_WHOLE, Location(file, line, column), message, help)
