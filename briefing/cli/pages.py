"""`briefing pages`: the Markdown pages, for any renderer."""

from pathlib import Path

import click

from briefing.cli.common import check_with_progress, exit_on_problems, read_briefing
from briefing.cli.folder_writer import read_docs, write_folder
from briefing.cli.params import FOLDER_PARAM
from briefing.mkdocs_plugin.theme import read_site_context
from briefing.rendering.pages import render


@click.command("pages")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option(
    "--links",
    type=click.Choice(["page", "file"]),
    default="page",
    help="What links are relative to: the page (MkDocs and its fork), or the Markdown file (Zensical, which rewrites them).",
)
def command(out: Path, folder: Path, links: str) -> None:
    """Write the Markdown pages to a folder, for any renderer.

    They go to OUT, with the pages of docs/. Only what changed is written; what an earlier run wrote and is no longer a page
    is deleted.

    \b
    Examples:
      briefing pages out
      briefing pages out . --links file
    """
    dossier = read_briefing(folder)
    report = check_with_progress(dossier)
    exit_on_problems(report)
    docs = folder / "docs"
    files: dict[str, str | bytes] = {
        **render(dossier, site_context=read_site_context(folder, report.rules), relative_to_files=links == "file"),
        **(read_docs(docs) if docs.is_dir() else {}),
    }
    written = write_folder(out, files)
    if written is None:
        raise click.UsageError(f"{out} holds files that are not from here; name an empty or new folder")
    click.echo(f"briefing: {len(files)} files in {out}, {len(written)} of them new or changed", err=True)
