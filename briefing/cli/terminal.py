"""Colours, underlines and progress, which only a terminal gets; and the width of lines."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from briefing.diagnostics.formats import FORMATS, format_each, lines_of
from briefing.diagnostics.problem import Problem, Report
from briefing.diagnostics.terminal import escape_controls

DEFAULT_WIDTH = 100  # columns, where the output is not a terminal
WIDEST = 120


def colour() -> bool | None:
    """Whether NO_COLOR, TERM=dumb or FORCE_COLOR allow colours; None if none of them is set: then only a terminal gets them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def is_styled(to_stderr: bool = False) -> bool:
    """Whether this output gets colours and underlines."""
    chosen = click.get_current_context().color
    return (sys.stderr if to_stderr else sys.stdout).isatty() if chosen is None else chosen


def screen_width() -> int:
    """The number of columns for a line."""
    return min(WIDEST, shutil.get_terminal_size((DEFAULT_WIDTH, 0)).columns) if sys.stdout.isatty() else DEFAULT_WIDTH


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Shows the current step on a line of the terminal, and removes it at the end. Elsewhere it shows nothing."""
    is_shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if not is_shown:
        yield lambda _: None
        return
    try:
        yield lambda step: click.echo(f"\r\x1b[K{escape_controls(step)} ...", nl=False, err=True, color=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True, color=True)


def format_for_terminal(report: Report, form: str, to_stderr: bool = False) -> str:
    """A report in one of the `FORMATS`; the full form has colours where they are shown."""
    if form == "full" and is_styled(to_stderr):
        return format_each(_format_coloured, "\n\n")(report)
    return FORMATS[form](report)


def _format_coloured(problem: Problem) -> str:
    """A problem in full: its kind and the underline in red or yellow, the word `help` in green, the message in bold."""
    colour = "red" if problem.severity == "error" else "yellow"
    styles: dict[str, dict[str, Any]] = {
        "kind": {"fg": colour, "bold": True},
        "message": {"bold": True},
        "underline": {"fg": colour},
        "help-label": {"fg": "green"},
    }
    lines = lines_of(problem)
    return "\n".join(
        "".join(click.style(span.text, **styles.get(span.style, {"reset": False})) for span in line.spans) for line in lines
    )
