"""libyaml's errors in a curator's words."""

import yaml

from briefing.diagnostics.problem import Mark, Origin, Problem

_QUOTE = "put the text between quote marks"
_BELOW = "put the text between quote marks, or after `>-` on the next line"

# What libyaml says; what is wrong; one next step; whether the place is where the thing began.
_SAID = (
    ("mapping values are not allowed", "a second `: ` stands on this line", _BELOW, False),
    (
        "could not find expected ':'",
        "a `:` is missing here, or a line is not indented",
        "write `key: value`, and indent the lines of a text that goes on",
        False,
    ),
    ("unexpected end of stream", "a quote mark is opened and never closed", "close it, or put the text after `>-`", True),
    ("found undefined alias", "`*name` is YAML for an alias", _QUOTE, False),
    ("cannot start any token", "YAML does not let a text begin with this character", _QUOTE, False),
    (
        "did not find expected key",
        "this line does not belong to what stands above it",
        "check its indentation; put a text that begins with a quote mark after `>-`",
        False,
    ),
    ("expected '-' indicator", "this line is not part of the list above it", "check its indentation", False),
    ("did not find expected ',' or", "this list or mapping in brackets is not closed", f"close it, or {_QUOTE}", True),
    ("unknown escape character", "a `\\` in double quote marks begins an escape", "use single quote marks or `>-`", False),
    ("exceeded max", "this nests too deep", "a fact has two or three levels", False),
    ("expected node content", "a value is missing here", f"write it, or {_QUOTE}", False),
    ("block sequence entries", "a list may not begin here", "put each `- ` on a line of its own, indented", False),
    ("block mapping", "this line does not belong to what stands above it", "check its indentation", False),
)


def syntax_problem(origin: Origin, error: yaml.MarkedYAMLError) -> Problem:
    """The problem that a YAML error is, at its place; an error we have no words for says only where reading ended."""
    said = error.problem or ""
    message = "YAML cannot be read from here on"
    help, began = "compare the indentation and the quote marks with the fact above it", False
    for words, ours, step, at_beginning in _SAID:
        if words in said:
            message, help, began = ours, step, at_beginning
            break
    at = error.problem_mark
    before = origin.lines[at.line][: at.column] if at and at.line < len(origin.lines) else ""
    if "expected key" in said and ('"' in before or "'" in before):
        message, help = "text stands after the closing quote mark", "put the whole text after `>-` on the next line"
    place = (error.context_mark if began else None) or error.problem_mark or error.context_mark
    if place is None:
        return Problem("text-is-whole", Mark(origin), message, help)
    line = min(place.line, max(0, len(origin.lines) - 1))
    if not origin.lines[line] and line:
        line -= 1
    column = place.column if line == place.line else max(0, len(origin.lines[line]) - 1)
    return Problem("text-is-whole", Mark(origin, line, column), message, help)
