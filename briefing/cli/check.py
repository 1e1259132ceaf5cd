"""`briefing check`: every problem of a briefing, in the form asked for."""

from contextlib import suppress
from pathlib import Path

import click

from briefing.checks import check
from briefing.cli.alike import told
from briefing.cli.typed import FOLDER
from briefing.dossier import read_dossier
from briefing.problem import FORMATS
from briefing.watch import changes


@click.command("check")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="full", help="How problems are drawn.")
@click.option("--watch", is_flag=True, help="Go on: check again at every change, until Ctrl-C.")
def command(folder: Path, form: str, watch: bool) -> None:
    """Check every fact against its sources; report all problems at once.

    With --watch, each run is told between the lines `briefing: reading` and `briefing: ...; checked ...`.
    """
    if not watch:
        raise SystemExit(_checked(folder, form))
    with suppress(KeyboardInterrupt):
        for _ in changes(folder):
            click.echo("briefing: reading", err=True)
            _checked(folder, form)


def _checked(folder: Path, form: str) -> int:
    """Prints what one run finds, and gives its exit code."""
    report = check(read_dossier(folder))
    drawn = FORMATS[form](report)
    if drawn:
        click.echo(drawn)
    click.echo(told(report), err=True)
    if not any(report.checked.values()) and not report.problems:
        return 2
    return 1 if report.problems else 0
