"""What several commands take and say alike."""

import os
from pathlib import Path

import click

from briefing.cli.terminal import format_for_terminal, progress
from briefing.diagnostics.problem import Report
from briefing.diagnostics.terminal import escape_controls
from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.usage import uncounted_facts
from briefing.rules.registry import check


def report_summary(report: Report) -> str:
    """How much a run checked and what it found, in one line."""
    counts = ", ".join(format_count(count, name.removesuffix("s")) for name, count in report.checked.items())
    found = format_count(len(report.problems), "problem") if report.problems else "nothing wrong"
    more = [format_count(len(report.warnings), "warning")] if report.warnings else []
    more += [f"{len(report.waived)} waived"] if report.waived else []
    more += (
        [f"{format_count(len(report.not_run), 'rule')} not run, for the claims are not in English"] if report.not_run else []
    )
    return f"briefing: {', '.join([found, *more])}; checked {counts}"


def format_count(count: int, one: str) -> str:
    """A count with its noun."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def require_briefing(folder: Path) -> None:
    """Ends the run in words where there is no briefing at all in a folder."""
    if not os.path.lexists(folder / "facts"):
        raise click.UsageError(
            f"there is no briefing in `{folder}`: a briefing has a folder `facts`; `briefing new DIR` makes one"
        )


def read_briefing(folder: Path) -> Dossier:
    """The dossier in a folder that must be a briefing's."""
    require_briefing(folder)
    with progress() as step:
        step("reading facts and sources")
        return read_dossier(folder)


def check_with_progress(dossier: Dossier) -> Report:
    """What the rules find; which of them runs is shown on a terminal."""
    with progress() as step:
        return check(dossier, lambda rule: step(f"checking {rule}"))


def exit_on_problems(report: Report) -> None:
    """Ends the run with exit code 1, and the problems, where there are any."""
    if report.problems:
        click.echo(format_for_terminal(report, "full", to_stderr=True), err=True)
        click.echo(report_summary(report), err=True)
        raise SystemExit(1)


def report_uncounted(dossier: Dossier) -> None:
    """Says on the side which facts could not be counted as using anything."""
    if out := uncounted_facts(dossier):
        click.echo(
            f"not counted as using anything: {', '.join(map(escape_controls, out))}; `briefing check` says why", err=True
        )
