"""`briefing schema`: JSON Schemas for editors."""

from contextlib import suppress
from pathlib import Path

import click

from briefing.cli.common import exit_with_problem, read_briefing
from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.file_writer import write_if_changed
from briefing.loading.watcher import watch_dossier
from briefing.sources.json_schema import schemas


@click.command("schema")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if schemas/ is out of date.")
@click.option("--watch", is_flag=True, help="Write them again whenever facts change, until Ctrl-C.")
def command(folder: Path, only_check: bool, watch: bool) -> None:
    """Write JSON Schemas for your editor, with all current ids.

    They go to the folder schemas/. An editor with the YAML language server uses them to complete and check facts as you type.
    With --watch, they are not changed while a file of facts cannot be read.

    \b
    Examples:
      briefing schema
      briefing schema --check
    """
    if watch:
        with suppress(KeyboardInterrupt):
            for _ in watch_dossier(folder):
                dossier = read_dossier(folder)
                if dossier.all_facts_loaded():
                    _write_schemas(folder, schemas(dossier))
        return
    texts = schemas(read_briefing(folder))
    if not only_check:
        _write_schemas(folder, texts)
    elif stale := [name for name, text in texts.items() if not _is_up_to_date(folder / "schemas" / name, text)]:
        click.echo(f"briefing: out of date: {', '.join(stale)}; run `briefing schema`", err=True)
        raise SystemExit(1)


def _write_schemas(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if isinstance(problem := write_if_changed(folder / "schemas" / name, text), Problem):
            exit_with_problem(problem)


def _is_up_to_date(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text
