"""What a terminal is shown and a file or pipe is not: colours, lines under words, the width of lines, progress."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from briefing.diagnostics.problem import FORMATS, Problem, Report, escape_controls, format_each, format_full

DEFAULT_WIDTH = 100  # of what is not printed on a terminal
WIDEST = 120


def colour() -> bool | None:
    """Whether to print colours: as NO_COLOR, FORCE_COLOR and TERM=dumb ask, else None: on a terminal only."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def is_styled(to_stderr: bool = False) -> bool:
    """Whether what is printed now is shown with colours and lines under words."""
    chosen = click.get_current_context().color
    return (sys.stderr if to_stderr else sys.stdout).isatty() if chosen is None else chosen


def screen_width() -> int:
    """The columns there are for a line."""
    return min(WIDEST, shutil.get_terminal_size((DEFAULT_WIDTH, 0)).columns) if sys.stdout.isatty() else DEFAULT_WIDTH


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line on the terminal that says what is done now, and is gone at the end; nothing elsewhere."""
    shows = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if not shows:
        yield lambda _: None
        return
    try:
        yield lambda told: click.echo(f"\r\x1b[K{escape_controls(told)} ...", nl=False, err=True, color=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True, color=True)


def format_for_terminal(report: Report, form: str, to_stderr: bool = False) -> str:
    """A report in one of its forms; the full form is coloured where there is colour."""
    if form == "full" and is_styled(to_stderr):
        return format_each(_format_coloured, "\n\n")(report)
    return FORMATS[form](report)


def _format_coloured(problem: Problem) -> str:
    """A problem in full: its kind and what is underlined in red or yellow, what to do next in green."""
    colour = "red" if problem.severity == "error" else "yellow"
    head, *lines = format_full(problem).split("\n")
    kind, _, message = head.partition(": ")
    told = [f"{click.style(kind, fg=colour, bold=True)}: {click.style(message, bold=True)}"]
    for line in lines:
        before, mark, after = line.partition(" = help: ")
        if mark:
            line = f"{before} = {click.style('help', fg='green')}: {after}"
        elif line.strip(" |~") == "" and "~" in line:
            line = line.replace("~", "", line.count("~")) + click.style("~" * line.count("~"), fg=colour)
        told.append(line)
    return "\n".join(told)
