"""`briefing release`: a record of what readers see on a day."""

from datetime import date
from pathlib import Path

import click

from briefing.cli.common import check_with_progress, exit_on_problems, exit_with_problem, read_briefing
from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.problem import display_path
from briefing.loading.file_writer import write_file
from briefing.model.changes import fact_states
from briefing.model.releases import is_calendar_date, release_text


@click.command("release")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day of the release. The default is today.")
def command(folder: Path, day: str | None) -> None:
    """Record what readers see today.

    Writes releases/DATE.json. From then on, changes must be explained: when a released claim, value or quote is changed or
    deleted, `briefing check` asks for a fact in facts/history.yaml that tells readers about it.

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
        raise click.UsageError(f"`{day}` is not a date; write it as in 2020-11-10")
    if dossier.releases and dossier.releases[-1].date >= day:
        raise click.UsageError(f"there is already a release of {dossier.releases[-1].date}; choose a later date with --date")
    facts = {key: state for key, state in fact_states(dossier).items() if state}
    if problem := write_file(path, release_text(day, facts)):
        exit_with_problem(problem)
    click.echo(f"briefing: {len(facts)} facts released on {day}, in {display_path(path)}", err=True)
