"""`briefing release`: what readers see today, kept."""

import os
from datetime import date
from pathlib import Path

import click

from briefing.cli.common import check_with_progress, exit_on_problems, read_briefing
from briefing.cli.params import FOLDER_PARAM
from briefing.model.changes import fact_states
from briefing.model.releases import is_calendar_date, release_text


@click.command("release")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day of the release; today, if not given.")
def command(folder: Path, day: str | None) -> None:
    """Keep what readers see today, so that changes must be told.

    Writes releases/DATE.json. From then on, `briefing check` asks for a fact in facts/history.yaml where a released claim,
    value or quote is changed or gone.

    \b
    Examples:
      briefing release
      briefing release --date 2031-05-01
    """
    day = day or date.today().isoformat()
    dossier = read_briefing(folder)
    exit_on_problems(check_with_progress(dossier))
    path = folder / "releases" / f"{day}.json"
    if not is_calendar_date(day):
        raise click.UsageError(f"`{day}` is no day; write it as in 2020-11-10")
    if dossier.releases and dossier.releases[-1].date >= day:
        raise click.UsageError(f"there is a release of {dossier.releases[-1].date}; a release is later than those before it")
    facts = {key: state for key, state in fact_states(dossier).items() if state}
    path.parent.mkdir(exist_ok=True)
    path.write_text(release_text(day, facts), encoding="utf-8")
    click.echo(f"briefing: {len(facts)} facts released on {day}, in {os.path.relpath(path)}", err=True)
