"""A problem: the rule that is broken, where, and one next step. Also reports, which hold the problems of one run."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE

MAX_PROBLEMS = 300  # problems in one file before reading it stops


@dataclass(frozen=True, eq=False)
class SourceFile:
    """A file as it was read: its path as `display_path` gives it, and its lines without line ends."""

    path: str
    lines: Sequence[str] = ()


def display_path(path: Path) -> str:
    """The path relative to the current folder, with slashes: what a person would type."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive of Windows, or a NUL character
        return path.as_posix()


class Location(NamedTuple):
    """A place in a file: line and column counted from 0, width in characters (0 for a point)."""

    file: SourceFile
    line: int = 0
    column: int = 0
    width: int = 0

    @property
    def line_text(self) -> str:
        """The whole line of this location; empty where the file has no such line."""
        return self.file.lines[self.line] if self.line < len(self.file.lines) else ""

    def sort_key(self) -> tuple[str, int, int]:
        """The key that sorts problems by file, line and column."""
        return self.file.path, self.line, self.column

    def __str__(self) -> str:
        return f"{self.file.path}:{self.line + 1}:{self.column + 1}"


Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `message` says what, `notes` add what the files contain, `help` is one next step.

    `rule` is the id of the rule that is broken. It is empty if no rule is broken: a command or a build could not run.
    `fact` and `part` are the keys of the fact and of the claim in it, and `words` the words in that claim, which a waiver
    names. A location whose path is empty means no place at all.
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


def general_problem(message: str, help: str = "", path: str = "") -> Problem:
    """A problem that breaks no rule: a command or a build could not run, because of the file at `path` if there is one."""
    return Problem("", Location(SourceFile(path)), message, help)


def too_many_problems(location: Location) -> Problem:
    """The problem that ends the reading of a file after `MAX_PROBLEMS`, at the first place that is not reported."""
    message = f"more than {MAX_PROBLEMS} problems in this file; the rest are not shown"
    return Problem(TEXT_IS_WHOLE, location, message, "fix the problems above, then run the check again")


class RuleSummary(NamedTuple):
    """A rule as pages list it: its id, its first sentence, and its severity in this briefing (`off` included)."""

    name: str
    summary: str
    severity: str


@dataclass(frozen=True)
class Report:
    """What one run of the rules found.

    `checked` counts facts, quotes, sources and paragraphs. `problems` stop a build; `warnings` do not; `waived` are the
    problems that a waiver answers. `not_run` names rules that know only English and skipped claims in another language.
    """

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
    """The problems by file, line and column, without duplicates."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: p.location.sort_key()))
