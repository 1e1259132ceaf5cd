"""What several commands take and say alike."""

import os
from pathlib import Path

import click

from briefing.cli.terminal import drawn, progress
from briefing.diagnostics.problem import Report, plain
from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.usage import uncounted
from briefing.rules.registry import check


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


def must_be_briefing(folder: Path) -> None:
    """Ends the run in words where there is no briefing at all in a folder."""
    if not os.path.lexists(folder / "facts"):
        raise click.UsageError(
            f"there is no briefing in `{folder}`: a briefing has a folder `facts`; `briefing new DIR` makes one"
        )


def read_briefing(folder: Path) -> Dossier:
    """The dossier in a folder that must be a briefing's."""
    must_be_briefing(folder)
    with progress() as step:
        step("reading facts and sources")
        return read_dossier(folder)


def checked(dossier: Dossier) -> Report:
    """What the rules find; which of them runs is shown on a terminal."""
    with progress() as step:
        return check(dossier, lambda rule: step(f"checking {rule}"))


def stop_on_problems(report: Report) -> None:
    """Ends the run with exit code 1, and the problems, where there are any."""
    if report.problems:
        click.echo(drawn(report, "full", to_stderr=True), err=True)
        click.echo(told(report), err=True)
        raise SystemExit(1)


def say_uncounted(dossier: Dossier) -> None:
    """Says on the side which facts could not be counted as using anything."""
    if out := uncounted(dossier):
        click.echo(f"not counted as using anything: {', '.join(map(plain, out))}; `briefing check` says why", err=True)
