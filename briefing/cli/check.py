"""`briefing check`: every problem of a briefing, in one of the formats."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from briefing.cli.common import report_summary, require_briefing
from briefing.cli.params import FOLDER_PARAM
from briefing.cli.terminal import format_for_terminal, progress
from briefing.diagnostics.formats import FORMATS
from briefing.diagnostics.problem import Report
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.watcher import watch_dossier
from briefing.rules.registry import check


@click.command("check")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="full", help="How to print problems.")
@click.option("--watch", is_flag=True, help="Check again after every change, until Ctrl-C.")
def command(folder: Path, form: str, watch: bool) -> None:
    """Check every fact against its sources.

    Prints all problems, each with its place and a next step. If there is an mkdocs.yml, the problems are all those that would
    stop `briefing build` before it begins. If there was nothing to check, the exit code is 2. With --watch,
    each run begins with the line `briefing: reading` and ends with a line that begins with `briefing:` and says how much was
    checked.

    \b
    Examples:
      briefing check
      briefing check --format line
    """
    if not watch:
        require_briefing(folder)
        with progress() as show_step:
            show_step("reading facts and sources")
            report = _check(folder, lambda rule: show_step(f"checking {rule}"))
        raise SystemExit(_print_report(report, form))
    with suppress(KeyboardInterrupt):
        for _ in watch_dossier(folder, "mkdocs.yml", "docs"):
            click.echo("briefing: reading", err=True)
            _print_report(_check(folder), form)


def _check(folder: Path, on_rule_start: Callable[[str], None] | None = None) -> Report:
    """What is wrong in a folder. MkDocs, whose import takes a while, is needed only where there is an mkdocs.yml."""
    if not os.path.lexists(folder / "mkdocs.yml"):
        return check(read_dossier(folder), on_rule_start)
    from briefing.mkdocs_plugin.build import check_briefing

    return check_briefing(folder, on_rule_start)


def _print_report(report: Report, form: str) -> int:
    """Prints what one run found; gives the exit code."""
    if report.reported or form in ("json", "sarif"):
        click.echo(format_for_terminal(report, form))
    click.echo(report_summary(report), err=True)
    if not any(report.checked.values()) and not report.problems:
        return 2
    return 1 if report.problems else 0
