"""A problem: the rule that does not hold, where, what is there, and one next step."""

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

MAX_LINE_LENGTH = 2000  # characters of a line that are drawn
MAX_PROBLEMS = 300  # problems of one file, before reading it ends


@dataclass(frozen=True, eq=False)
class SourceFile:
    """A file as it was read: its path as a person would type it, and its lines without their ends."""

    path: str
    lines: Sequence[str] = ()


def display_path(path: Path) -> str:
    """The path relative to the current folder, with slashes: what `SourceFile.path` holds, and a person would type."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive of Windows, or a NUL character
        return path.as_posix()


Severity = Literal["error", "warning"]


class Location(NamedTuple):
    """A place in a file: line and column from 0, width in characters (0 where only the place is meant)."""

    file: SourceFile
    line: int = 0
    column: int = 0
    width: int = 0

    @property
    def line_text(self) -> str:
        """The whole line the mark stands in; empty where the file has no such line."""
        return self.file.lines[self.line] if self.line < len(self.file.lines) else ""

    def sort_key(self) -> tuple[str, int, int]:
        """The key that sorts problems by file, line and column."""
        return self.file.path, self.line, self.column

    def __str__(self) -> str:
        return f"{self.file.path}:{self.line + 1}:{self.column + 1}"


@dataclass(frozen=True)
class Problem:
    """What should hold (`rule`) and where it does not; `notes` say what is there, `help` is one next step.

    `part` is the key of the claim it is about and `words` are the words in it: what a waiver names.
    """

    rule: str
    location: Location
    message: str
    help: str = ""
    notes: tuple[str, ...] = ()
    fact: str = ""
    part: str = ""
    words: str = ""
    severity: Severity = "error"

    def as_dict(self) -> dict[str, Any]:
        """The problem as `briefing check --format json` prints it; line and column from 1."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "file": escape_controls(self.location.file.path),
            "line": self.location.line + 1,
            "column": self.location.column + 1,
            "message": self.message,
            "help": self.help,
            "fact": self.fact,
        }


def too_many_problems(location: Location) -> Problem:
    """The problem that ends the reading of a file with more than MOST_TOLD; it stands at the first place not told."""
    message = f"this file has more than {MAX_PROBLEMS} problems, and none is told from here on"
    return Problem("text-is-whole", location, message, "mend those above, and check again")


class RuleSummary(NamedTuple):
    """A rule as readers are told of it: its name, what should hold, and what its problems are in this briefing."""

    name: str
    summary: str
    severity: str


@dataclass(frozen=True)
class Report:
    """What a run of the rules found: how much was checked, and in order of file and line the problems that stop a build,
    the warnings, which do not, and those that a waiver answers. `not_run` are rules that know English alone, and passed
    over claims in another language."""

    checked: dict[str, int]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    waived: tuple[Problem, ...] = ()
    rules: tuple[RuleSummary, ...] = ()
    not_run: tuple[str, ...] = ()

    @property
    def reported(self) -> tuple[Problem, ...]:
        """Problems and warnings, in order: what a run prints."""
        return sorted_problems((*self.problems, *self.warnings))


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: p.location.sort_key()))


def display_width(text: str) -> int:
    """The columns a terminal needs for a text: two for wide letters, none for combining marks (UAX 11)."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def escape_controls(text: str) -> str:
    """The text with control and format characters written as U+XXXX, so that none reaches a terminal."""
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)


def format_full(problem: Problem) -> str:
    """The problem with the line it stands in, the words underlined, what is there, and a next step."""
    location = problem.location
    gutter = " " * len(str(location.line + 1))
    rule = f"[{problem.rule}]" if problem.rule else ""
    lines = [f"{problem.severity}{rule}: {escape_controls(problem.message)}", f"{gutter}--> {escape_controls(str(location))}"]
    if location.line_text:
        before, under, after = _split_line(location)
        lines += [f"{gutter} |", f"{location.line + 1} | {escape_controls(before + under + after)}"]
        lines += [
            f"{gutter} | {' ' * display_width(escape_controls(before))}{'~' * max(1, display_width(escape_controls(under)))}"
        ]
    lines += [f"{gutter} = {escape_controls(note)}" for note in problem.notes]
    if problem.help:
        lines.append(f"{gutter} = help: {escape_controls(problem.help)}")
    return "\n".join(lines)


def _split_line(location: Location) -> tuple[str, str, str]:
    """What stands before, in and after a mark; of a very long line, a stretch about it between ellipses."""
    start, end = location.column, location.column + location.width
    before, under, after = location.line_text[:start], location.line_text[start:end], location.line_text[end:]
    if len(location.line_text) <= MAX_LINE_LENGTH:
        return before, under, after
    cut = MAX_LINE_LENGTH // 4
    before = before if len(before) <= cut else f"…{before[-cut:]}"
    under = under if len(under) <= 2 * cut else f"{under[: 2 * cut]}…"
    return before, under, after if len(after) <= cut else f"{after[:cut]}…"


def format_line(problem: Problem) -> str:
    """The problem on one line, in the form editors make clickable: `file:line:column: rule: message`."""
    step = f" ({problem.help})" if problem.help else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    return escape_controls(f"{problem.location}: {severity}{problem.rule}: {problem.message}{step}")


def format_github(problem: Problem) -> str:
    """The problem as a GitHub Actions workflow command; percent, line ends, colons and commas escaped as GitHub asks."""
    location = problem.location
    text = ". ".join(part for part in (problem.message, *problem.notes, problem.help) if part)
    body = escape_controls(text).replace("%", "%25")
    path = escape_controls(location.file.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.severity} file={path},line={location.line + 1},col={location.column + 1},title={problem.rule}::{body}"


def format_each(formatter: Callable[[Problem], str], separator: str) -> Callable[[Report], str]:
    """Draws a report as its problems, one after the other; the count of what was checked is the command's to say."""
    return lambda report: separator.join(formatter(problem) for problem in report.reported)


def format_json(report: Report) -> str:
    """The report as one JSON object: `checked`, `problems`, `waived`."""
    problems = [problem.as_dict() for problem in report.reported]
    return json.dumps(
        {"checked": report.checked, "problems": problems, "waived": len(report.waived)}, ensure_ascii=False, indent=2
    )


def format_sarif(report: Report) -> str:
    """The report as SARIF 2.1.0; columns count UTF-16 code units, SARIF's default."""
    rules = [{"id": name, "shortDescription": {"text": says}} for name, says, _ in sorted(report.rules)]
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
    text = ". ".join(part for part in (problem.message, *problem.notes, problem.help) if part)
    sarif_location = {"physicalLocation": place}
    return {"ruleId": problem.rule, "level": problem.severity, "message": {"text": text}, "locations": [sarif_location]}


FORMATS: dict[str, Callable[[Report], str]] = {
    "full": format_each(format_full, "\n\n"),
    "line": format_each(format_line, "\n"),
    "json": format_json,
    "github": format_each(format_github, "\n"),
    "sarif": format_sarif,
}
