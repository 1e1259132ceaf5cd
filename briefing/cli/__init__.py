"""The commands, a module each. They alone print; exit codes are 0 nothing wrong, 1 problems, 2 could not run."""

from importlib import import_module

import click

from briefing import __version__
from briefing.cli.alike import colour

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


class Commands(click.Group):
    """The group of all commands; of these, only the one that is run is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"briefing.cli.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Keeps a briefing honest: nothing on the site is uncited, and no citation misquotes.

    A briefing is a folder with facts/ (YAML, written by hand), seeds/ (the sources' texts, never edited) and mkdocs.yml.
    """
    click.get_current_context().color = colour()
