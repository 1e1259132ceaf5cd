"""The commands, a module each. They alone print; exit codes are 0 nothing wrong, 1 problems, 2 could not run."""

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
"""In the order of the help; each is `command` in the module of its name."""


@click.group(cls=Commands, names=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Keeps a briefing honest: nothing on the site is uncited, and no citation misquotes.

    A briefing is a folder with facts/ (YAML, written by hand), seeds/ (the sources' texts, never edited) and mkdocs.yml.
    Each command works in the current folder, or in the one that it is given.

    \b
    Exit codes:
      0  nothing wrong, found, or nothing changed
      1  problems, not found, or something changed
      2  could not run

    \b
    Examples:
      briefing check
      briefing coverage --next
      briefing quote "quarter-century lease"
      briefing build
    """
    click.get_current_context().color = colour()
