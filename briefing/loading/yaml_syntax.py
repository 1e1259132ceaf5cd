"""libyaml's errors in a curator's words."""

import yaml

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE

_USE_QUOTE_MARKS = "put the text between quote marks"
_USE_BLOCK_TEXT = "put the text between quote marks, or after `>-` on the next line"

# What libyaml says; what is wrong; one next step; whether the place is where the thing began.
_YAML_ERRORS = (
    ("mapping values are not allowed", "a second `: ` stands on this line", _USE_BLOCK_TEXT, False),
    (
        "could not find expected ':'",
        "a `:` is missing here, or a line is not indented",
        "write `key: value`, and indent the lines of a text that goes on",
        False,
    ),
    ("unexpected end of stream", "a quote mark is opened and never closed", "close it, or put the text after `>-`", True),
    ("found undefined alias", "`*name` is YAML for an alias", _USE_QUOTE_MARKS, False),
    ("cannot start any token", "YAML does not let a text begin with this character", _USE_QUOTE_MARKS, False),
    (
        "did not find expected key",
        "this line does not belong to what stands above it",
        "check its indentation; put a text that begins with a quote mark after `>-`",
        False,
    ),
    ("expected '-' indicator", "this line is not part of the list above it", "check its indentation", False),
    (
        "did not find expected ',' or",
        "this list or mapping in brackets is not closed",
        f"close it, or {_USE_QUOTE_MARKS}",
        True,
    ),
    ("unknown escape character", "a `\\` in double quote marks begins an escape", "use single quote marks or `>-`", False),
    ("exceeded max", "this nests too deep", "a fact has two or three levels", False),
    ("expected node content", "a value is missing here", f"write it, or {_USE_QUOTE_MARKS}", False),
    ("block sequence entries", "a list may not begin here", "put each `- ` on a line of its own, indented", False),
    ("block mapping", "this line does not belong to what stands above it", "check its indentation", False),
)


def syntax_problem(file: SourceFile, error: yaml.MarkedYAMLError) -> Problem:
    """The problem that a YAML error is, at its place; an error we have no words for says only where reading ended."""
    yaml_message = error.problem or ""
    message = "YAML cannot be read from here on"
    help, began = "compare the indentation and the quote marks with the fact above it", False
    for words, our_message, step, at_beginning in _YAML_ERRORS:
        if words in yaml_message:
            message, help, began = our_message, step, at_beginning
            break
    at = error.problem_mark
    before = file.lines[at.line][: at.column] if at and at.line < len(file.lines) else ""
    if "expected key" in yaml_message and ('"' in before or "'" in before):
        message, help = "text stands after the closing quote mark", "put the whole text after `>-` on the next line"
    place = (error.context_mark if began else None) or error.problem_mark or error.context_mark
    if place is None:
        return Problem(TEXT_IS_WHOLE, Location(file), message, help)
    line = min(place.line, max(0, len(file.lines) - 1))
    if not file.lines[line] and line:
        line -= 1
    column = place.column if line == place.line else max(0, len(file.lines[line]) - 1)
    return Problem(TEXT_IS_WHOLE, Location(file, line, column), message, help)
