"""The commands, one module each. Only they print. Exit codes: 0 nothing wrong, 1 problems, 2 could not run."""

import click

from briefing import __version__
from briefing.cli.group import Commands
from briefing.cli.terminal import colour

COMMANDS = (
    "new",
    "check",
    "source",
    "rules",
    "quote",
    "coverage",
    "diff",
    "pages",
    "build",
    "verify",
    "schema",
    "release",
)
"""The commands in the order of the help. Each is the object `command` in the module of its name."""


@click.group(cls=Commands, names=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Keep a briefing honest: nothing on the site is uncited, and no citation misquotes.

    A briefing is a folder with facts/ (YAML files that you write), seeds/ (the texts of the sources, never edited) and
    mkdocs.yml. Each command works in the current folder, or in the folder that you name.

    \b
    Exit codes:
      0  nothing wrong; found; nothing changed
      1  problems; not found; something changed
      2  could not run

    \b
    Examples:
      briefing check
      briefing coverage --next
      briefing quote "quarter-century lease"
      briefing build
    """
    click.get_current_context().color = colour()
