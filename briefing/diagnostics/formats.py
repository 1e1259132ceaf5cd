"""How problems are drawn: in full, on one line, as JSON, for GitHub Actions, as SARIF.

The full form is made of lines of styled spans (`lines_of`). A terminal, a terminal with colours and the overlay of the preview
each draw these spans in their own way, so nothing has to read drawn text again.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from briefing.diagnostics.problem import Location, Problem, Report
from briefing.diagnostics.terminal import display_width, escape_controls

MAX_LINE_LENGTH = 2000  # characters of a source line that are shown

LineRole = Literal["head", "location", "margin", "source", "underline", "note", "help"]
Style = Literal["plain", "kind", "message", "location", "marked", "underline", "help-label"]


class Span(NamedTuple):
    """A run of text in one style. The text holds no control characters and no line end."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True)
class Line:
    """One line of a problem in full: what it is for, and its spans from left to right.

    `underline` is the line below a `source` line that points at its `marked` span with `~`; `margin` is the empty line above.
    A caller that can show `marked` itself needs neither.
    """

    role: LineRole
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return "".join(span.text for span in self.spans)


def lines_of(problem: Problem) -> list[Line]:
    """The problem in full: head, location, the source line with the marked run, notes, help. Lines with nothing to say are left
    out: a problem without a place has no location, one of a whole file has no source line."""
    location = problem.location
    gutter = " " * len(str(location.line + 1))
    kind = f"{problem.severity}[{problem.rule}]" if problem.rule else problem.severity
    lines = [Line("head", (Span(kind, "kind"), Span(": "), Span(escape_controls(problem.message), "message")))]
    if location.file.path:
        lines.append(Line("location", (Span(f"{gutter}--> "), Span(escape_controls(str(location)), "location"))))
    if location.line_text:
        lines += _source_lines(location, gutter)
    lines += [Line("note", (Span(f"{gutter} = {escape_controls(note)}"),)) for note in problem.notes]
    if problem.help:
        label = (Span(f"{gutter} = "), Span("help", "help-label"))
        lines.append(Line("help", (*label, Span(f": {escape_controls(problem.help)}"))))
    return lines


def _source_lines(location: Location, gutter: str) -> list[Line]:
    before, marked, after = map(escape_controls, _split_line(location))
    underline = "~" * max(1, display_width(marked))
    return [
        Line("margin", (Span(f"{gutter} |"),)),
        Line("source", (Span(f"{location.line + 1} | {before}"), Span(marked, "marked"), Span(after))),
        Line("underline", (Span(f"{gutter} | {' ' * display_width(before)}"), Span(underline, "underline"))),
    ]


def _split_line(location: Location) -> tuple[str, str, str]:
    """The text before, in and after a location, which is a character at least where there is one; of a very long line, only
    the text near it, between ellipses."""
    start, end = location.column, location.column + max(1, location.width)
    before, marked, after = location.line_text[:start], location.line_text[start:end], location.line_text[end:]
    if len(location.line_text) <= MAX_LINE_LENGTH:
        return before, marked, after
    cut = MAX_LINE_LENGTH // 4
    before = before if len(before) <= cut else f"…{before[-cut:]}"
    marked = marked if len(marked) <= 2 * cut else f"{marked[: 2 * cut]}…"
    return before, marked, after if len(after) <= cut else f"{after[:cut]}…"


def format_full(problem: Problem) -> str:
    """The problem with its source line, the words underlined, notes and help: plain text on several lines."""
    return "\n".join(map(str, lines_of(problem)))


def format_line(problem: Problem) -> str:
    """The problem on one line, in the form that editors make clickable: `file:line:column: rule: message (help)`."""
    place = f"{problem.location}: " if problem.location.file.path else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    rule = f"{problem.rule}: " if problem.rule else ""
    help = f" ({problem.help})" if problem.help else ""
    return escape_controls(f"{place}{severity}{rule}{problem.message}{help}")


def format_sentence(problem: Problem) -> str:
    """The problem without its notes on one line, as a command says why it could not run: `path: message; help`."""
    path = f"{problem.location.file.path}: " if problem.location.file.path else ""
    return escape_controls(path + "; ".join(filter(None, (problem.message, problem.help))))


def _paragraph_text(problem: Problem) -> str:
    return ". ".join(part for part in (problem.message, *problem.notes, problem.help) if part)


def format_github(problem: Problem) -> str:
    """The problem as a GitHub Actions workflow command; percent, line ends, colons and commas escaped as GitHub asks."""
    location = problem.location
    body = escape_controls(_paragraph_text(problem)).replace("%", "%25")
    path = escape_controls(location.file.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    place = f"file={path},line={location.line + 1},col={location.column + 1}"
    return f"::{problem.severity} {place},title={problem.rule or 'briefing'}::{body}"


def format_each(formatter: Callable[[Problem], str], separator: str) -> Callable[[Report], str]:
    """Draws a report as its problems, one after the other, without the count of what was checked."""
    return lambda report: separator.join(formatter(problem) for problem in report.reported)


def format_json(report: Report) -> str:
    """The report as one JSON object with `checked`, `problems` and `waived`; lines and columns are counted from 1."""
    problems = [_json_object(problem) for problem in report.reported]
    data = {"checked": report.checked, "problems": problems, "waived": len(report.waived)}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _json_object(problem: Problem) -> dict[str, Any]:
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "file": escape_controls(problem.location.file.path),
        "line": problem.location.line + 1,
        "column": problem.location.column + 1,
        "message": problem.message,
        "help": problem.help,
        "fact": problem.fact,
    }


def format_sarif(report: Report) -> str:
    """The report as SARIF 2.1.0; columns count UTF-16 code units, SARIF's default."""
    rules = [{"id": rule.name, "shortDescription": {"text": rule.summary}} for rule in sorted(report.rules)]
    driver = {"name": "briefing", "rules": rules}
    run = {"tool": {"driver": driver}, "results": [_sarif_result(problem) for problem in report.reported]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _sarif_result(problem: Problem) -> dict[str, Any]:
    location = problem.location
    column = len(location.line_text[: location.column].encode("utf-16-le")) // 2 + 1
    place = {
        "artifactLocation": {"uri": quote(os.fsencode(location.file.path))},
        "region": {"startLine": location.line + 1, "startColumn": column},
    }
    text = _paragraph_text(problem)
    sarif_location = {"physicalLocation": place}
    rule = {"ruleId": problem.rule} if problem.rule else {}
    return {**rule, "level": problem.severity, "message": {"text": text}, "locations": [sarif_location]}


FORMATS: dict[str, Callable[[Report], str]] = {
    "full": format_each(format_full, "\n\n"),
    "line": format_each(format_line, "\n"),
    "json": format_json,
    "github": format_each(format_github, "\n"),
    "sarif": format_sarif,
}
"""The values of `briefing check --format`."""
