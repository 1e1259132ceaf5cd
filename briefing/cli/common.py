"""What several commands share: reading a briefing, checking it, printing problems, ending the run."""

import os
from pathlib import Path
from typing import NoReturn

import click

from briefing.cli.terminal import format_for_terminal, progress
from briefing.diagnostics.formats import format_sentence
from briefing.diagnostics.problem import Problem, Report
from briefing.diagnostics.terminal import escape_controls
from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.usage import uncounted_facts
from briefing.rules.registry import check


def exit_with_problem(problem: Problem) -> NoReturn:
    """Prints why a command ends here: with exit code 1 if a rule is broken, else with 2, as it could not run.

    A problem of a rule is printed in full, and so is any other that has notes or a line to show; the rest as one sentence.
    """
    if problem.rule or problem.notes or problem.location.line_text:
        click.echo(format_for_terminal(Report({}, (problem,)), "full", to_stderr=True), err=True)
    else:
        click.echo(f"briefing: {format_sentence(problem)}", err=True)
    raise SystemExit(1 if problem.rule else 2)


def report_summary(report: Report) -> str:
    """How much a run checked and what it found, on one line."""
    counts = ", ".join(format_count(count, name.removesuffix("s")) for name, count in report.checked.items())
    found = [format_count(len(report.problems), "problem") if report.problems else "nothing wrong"]
    found += [format_count(len(report.warnings), "warning")] if report.warnings else []
    found += [f"{len(report.waived)} waived"] if report.waived else []
    if report.not_run:
        found.append(f"{format_count(len(report.not_run), 'rule')} for English not run: the claims are in another language")
    return f"briefing: {', '.join(found)}; checked {counts}"


def format_count(count: int, singular: str) -> str:
    """A count with its noun, as in `1 fact` or `2 facts`."""
    return f"{count} {singular}" if count == 1 else f"{count} {singular}s"


def require_briefing(folder: Path) -> None:
    """Ends the run with exit code 2 where a folder has no `facts` in it."""
    if not os.path.lexists(folder / "facts"):
        raise click.UsageError(
            f"there is no briefing in `{folder}`: a briefing has a folder `facts`; `briefing new DIR` creates one"
        )


def read_briefing(folder: Path) -> Dossier:
    """The dossier in a folder that must have `facts` in it."""
    require_briefing(folder)
    with progress() as show_step:
        show_step("reading facts and sources")
        return read_dossier(folder)


def check_with_progress(dossier: Dossier) -> Report:
    """Runs all rules; a terminal shows which one is running."""
    with progress() as show_step:
        return check(dossier, lambda rule: show_step(f"checking {rule}"))


def exit_on_problems(report: Report) -> None:
    """Prints the problems of a report and ends the run with exit code 1, if there are any."""
    if report.problems:
        click.echo(format_for_terminal(report, "full", to_stderr=True), err=True)
        click.echo(report_summary(report), err=True)
        raise SystemExit(1)


def report_uncounted(dossier: Dossier) -> None:
    """Prints to standard error which facts could not be read, so that the quotes in them are not counted."""
    if uncounted := uncounted_facts(dossier):
        names = ", ".join(map(escape_controls, uncounted))
        click.echo(f"not counted, because they cannot be read: {names}; `briefing check` says why", err=True)
