"""`briefing pages`: the Markdown pages, for any site generator."""

from dataclasses import replace
from pathlib import Path

import click

from briefing.cli.common import check_with_progress, exit_on_problems, exit_with_problem, read_briefing
from briefing.cli.folder_writer import read_docs, write_folder
from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.build import titles_of
from briefing.mkdocs_plugin.theme import read_site_context
from briefing.rendering.pages import render


@click.command("pages")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option(
    "--links",
    type=click.Choice(["page", "file"]),
    default="page",
    help="Write links relative to the built page (for MkDocs and ProperDocs) or to the Markdown file (for Zensical).",
)
def command(out: Path, folder: Path, links: str) -> None:
    """Write the pages as Markdown, for any site generator.

    They go to the folder OUT, together with the pages of docs/. Files that have not changed are not written again. Files that
    an earlier run wrote and that are no longer needed are deleted.

    \b
    Examples:
      briefing pages out
      briefing pages out . --links file
    """
    dossier = read_briefing(folder)
    report = check_with_progress(dossier)
    exit_on_problems(report)
    docs = folder / "docs"
    context = replace(read_site_context(folder, report.rules), titles=titles_of(folder))
    files: dict[str, str | bytes] = {
        **render(dossier, site_context=context, relative_to_files=links == "file"),
        **(read_docs(docs) if docs.is_dir() else {}),
    }
    written = write_folder(out, files)
    if isinstance(written, Problem):
        exit_with_problem(written)
    click.echo(f"briefing: {len(files)} files in {out}, {len(written)} of them new or changed", err=True)
