"""`briefing new`: a briefing to begin with."""

import shlex
from pathlib import Path

import click

from briefing.files import shown
from briefing.problem import plain
from briefing.starting import start


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a new briefing, ready to serve.

    It has an example of every kind of fact, on an invented event. Beside the facts it has a seed, settings for MkDocs and for
    VS Code, the editor's schemas, a page about method, hooks for git, and a workflow that checks pull requests and publishes
    to GitHub Pages. DIR is a new folder, or an empty one.

    \b
    Examples:
      briefing new my-briefing
    """
    written = start(folder)
    if isinstance(written, str):
        raise click.UsageError(plain(written))
    click.echo(f"briefing: {len(written)} files in {plain(shown(folder))}", err=True)
    click.echo(f"To see it: cd {shlex.quote(plain(shown(folder)))} && mkdocs serve", err=True)
    click.echo("Its README.md says how to make it yours.", err=True)
