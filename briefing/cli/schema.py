"""`briefing schema`: JSON Schemas for the editor."""

from pathlib import Path

import click

from briefing.cli.typed import FOLDER
from briefing.dossier import read_dossier
from briefing.schema import schemas


@click.command("schema")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if schemas/ is not up to date.")
def command(folder: Path, only_check: bool) -> None:
    """Write the editor's JSON Schemas, with today's ids, to schemas/."""
    wanted = schemas(read_dossier(folder))
    stale = [name for name, text in wanted.items() if not _is(folder / "schemas" / name, text)]
    if only_check and stale:
        click.echo(f"briefing: not up to date: {', '.join(stale)}; run `briefing schema`", err=True)
        raise SystemExit(1)
    for name in stale:
        (folder / "schemas").mkdir(exist_ok=True)
        (folder / "schemas" / name).write_text(wanted[name], encoding="utf-8")


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text
