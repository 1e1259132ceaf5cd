"""`briefing new`: a briefing to begin with."""

import shlex
from pathlib import Path

import click

from briefing.diagnostics.terminal import escape_controls
from briefing.loading.files import display_path
from briefing.sources.new_briefing import create_briefing


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--empty", "is_empty", is_flag=True, help="Leave the example out: begin with a source of your own.")
def command(folder: Path, is_empty: bool) -> None:
    """Make a new briefing, ready to serve.

    It has an example of every kind of fact, on an invented event, and its seed; with --empty, neither. Beside the facts it
    has settings for MkDocs and for VS Code, the editor's schemas, a page about method, hooks for git, and a workflow that
    checks pull requests and publishes to GitHub Pages. DIR is a new folder, or an empty one.

    \b
    Examples:
      briefing new my-briefing
      briefing new my-own-briefing --empty
    """
    written = create_briefing(folder, is_empty)
    if isinstance(written, str):
        raise click.UsageError(escape_controls(written))
    click.echo(f"briefing: {len(written)} files in {escape_controls(display_path(folder))}", err=True)
    click.echo(f"To see it: cd {shlex.quote(escape_controls(display_path(folder)))} && mkdocs serve", err=True)
    if is_empty:
        click.echo("To begin, there: briefing source add FILE --language en", err=True)
    click.echo(f"Its README.md says {'what comes next' if is_empty else 'how to make it yours'}.", err=True)
