"""`briefing schema`: JSON Schemas for the editor."""

from contextlib import suppress
from pathlib import Path

import click

from briefing.cli.common import read_briefing
from briefing.cli.params import FOLDER_PARAM
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.watch import watch_changes
from briefing.sources.json_schema import schemas


@click.command("schema")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if schemas/ is not up to date.")
@click.option("--watch", is_flag=True, help="Go on: write them again when the facts change, until Ctrl-C.")
def command(folder: Path, only_check: bool, watch: bool) -> None:
    """Write the editor's JSON Schemas, with today's ids.

    They go to schemas/; an editor with the YAML language server completes and checks facts by them. With --watch, they stay
    as they are while a file of facts is half typed.

    \b
    Examples:
      briefing schema
      briefing schema --check
    """
    if watch:
        with suppress(KeyboardInterrupt):
            for _ in watch_changes(folder):
                dossier = read_dossier(folder)
                if dossier.all_facts_loaded():
                    _write_schemas(folder, schemas(dossier))
        return
    wanted = schemas(read_briefing(folder))
    stale = _stale_schemas(folder, wanted)
    if only_check and stale:
        click.echo(f"briefing: not up to date: {', '.join(stale)}; run `briefing schema`", err=True)
        raise SystemExit(1)
    _write_schemas(folder, wanted)


def _write_schemas(folder: Path, wanted: dict[str, str]) -> None:
    for name in _stale_schemas(folder, wanted):
        (folder / "schemas").mkdir(exist_ok=True)
        (folder / "schemas" / name).write_text(wanted[name], encoding="utf-8")


def _stale_schemas(folder: Path, wanted: dict[str, str]) -> list[str]:
    return [name for name, text in wanted.items() if not _is_up_to_date(folder / "schemas" / name, text)]


def _is_up_to_date(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text
