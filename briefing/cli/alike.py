"""What several commands take and say alike."""

import os
import shutil
import sys

import click

from briefing.dossier import Dossier
from briefing.problem import FORMATS, Report, plain
from briefing.uses import uncounted

WIDTH = 100  # of what is not printed on a terminal
WIDEST = 120


def told(report: Report) -> str:
    """How much a run checked and what it found, in one line."""
    counts = ", ".join(counted(count, name.removesuffix("s")) for name, count in report.checked.items())
    found = counted(len(report.problems), "problem") if report.problems else "nothing wrong"
    more = [counted(len(report.warnings), "warning")] if report.warnings else []
    more += [f"{len(report.waived)} waived"] if report.waived else []
    more += [f"{counted(len(report.not_run), 'rule')} not run, for the claims are not in English"] if report.not_run else []
    return f"briefing: {', '.join([found, *more])}; checked {counts}"


def counted(count: int, one: str) -> str:
    """A count with its noun."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def stop_on_problems(report: Report) -> None:
    """Ends the run with exit code 1, and the problems, where there are any."""
    if report.problems:
        click.echo(FORMATS["full"](report), err=True)
        click.echo(told(report), err=True)
        raise SystemExit(1)


def colour() -> bool | None:
    """Whether to print colours: as NO_COLOR, FORCE_COLOR and TERM=dumb ask, else None: on a terminal only."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def is_styled() -> bool:
    """Whether what is printed now is shown with colours and lines under words."""
    chosen = click.get_current_context().color
    return sys.stdout.isatty() if chosen is None else chosen


def screen_width() -> int:
    """The columns there are for a line."""
    return min(WIDEST, shutil.get_terminal_size((WIDTH, 0)).columns) if sys.stdout.isatty() else WIDTH


def say_uncounted(dossier: Dossier) -> None:
    """Says on the side which facts could not be counted as using anything."""
    if out := uncounted(dossier):
        click.echo(f"not counted as using anything: {', '.join(map(plain, out))}; `briefing check` says why", err=True)
