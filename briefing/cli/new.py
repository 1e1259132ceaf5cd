"""`briefing new`: a new briefing."""

import shlex
from pathlib import Path

import click

from briefing.cli.common import exit_with_problem
from briefing.diagnostics.problem import Problem, display_path
from briefing.diagnostics.terminal import escape_controls
from briefing.sources.new_briefing import create_briefing


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--empty", "is_empty", is_flag=True, help="Leave out the example; start with a source of your own.")
def command(folder: Path, is_empty: bool) -> None:
    """Make a new briefing, ready to serve.

    It comes with an example of every kind of fact, about an invented event, and with the text of its source; with --empty,
    without both. It also has settings for MkDocs and VS Code, schemas for the editor, a page about the method, git hooks, and
    a GitHub workflow that checks pull requests and publishes to GitHub Pages. DIR is a new folder or an empty one.

    \b
    Examples:
      briefing new my-briefing
      briefing new my-own-briefing --empty
    """
    written = create_briefing(folder, is_empty)
    if isinstance(written, Problem):
        exit_with_problem(written)
    name = escape_controls(display_path(folder))
    click.echo(f"briefing: {len(written)} files written to {name}", err=True)
    click.echo(f"To see it: cd {shlex.quote(name)} && mkdocs serve", err=True)
    if is_empty:
        click.echo("To begin, in that folder: briefing source add FILE --language en", err=True)
    click.echo(f"Its README.md says {'what comes next' if is_empty else 'how to make it yours'}.", err=True)
