"""`briefing check`: every problem of a briefing, in the form asked for."""

from pathlib import Path

import click

from briefing.checks import check
from briefing.cli.alike import told
from briefing.cli.typed import FOLDER
from briefing.dossier import read_dossier
from briefing.problem import FORMATS


@click.command("check")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="full", help="How problems are drawn.")
def command(folder: Path, form: str) -> None:
    """Check every fact against its sources; report all problems at once."""
    report = check(read_dossier(folder))
    drawn = FORMATS[form](report)
    if drawn:
        click.echo(drawn)
    click.echo(told(report), err=True)
    if not any(report.checked.values()) and not report.problems:
        raise SystemExit(2)
    raise SystemExit(1 if report.problems else 0)
