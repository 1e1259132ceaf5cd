"""The group of all commands, and how a run ends: with exit code 2 and a sentence where it could not run, never a traceback."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import click

from briefing.diagnostics.formats import format_sentence
from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.signals import stops_tidily
from briefing.diagnostics.suggestions import nearest_name
from briefing.diagnostics.terminal import escape_controls
from briefing.text.docstrings import docstring

INTERRUPTED = 128 + signal.SIGINT
BROKEN_PIPE = 128 + 13  # SIGPIPE: the reader of our output has left


class Commands(click.Group):
    """The group of all commands. Only the module of the command that runs is imported."""

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        _restore_help(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with that name, if there is one."""
        if cmd_name not in self.names:
            return None
        command: click.Command = import_module(f"briefing.cli.{cmd_name}").command
        _restore_help(command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command of that name; for an unknown one, the error suggests the nearest."""
        if args[0] not in self.names and not args[0].startswith("-"):
            near = nearest_name(args[0], self.names)
            help = f"did you mean `{near}`?" if near else f"the commands are: {', '.join(self.names)}"
            raise click.UsageError(f"there is no command `{args[0]}`; {help}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. An interrupt ends it quietly, an error of the system in one sentence."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except OSError as error:
            raise click.exceptions.Exit(_report_os_error(error)) from None

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Runs the command line and ends the process with its exit code."""
        run: Any = super().main
        outcome = partial(run, *args, **{**extra, "prog_name": "briefing", "standalone_mode": False})
        if not standalone_mode:
            return outcome()
        with stops_tidily():
            code = _run_to_exit_code(outcome)
        return sys.exit(code)


def _restore_help(command: click.Command) -> None:
    """Gives a command, and those below it, the help that `python -OO` has stripped."""
    if command.help is None and command.callback:
        command.help = docstring(command.callback)
    for inner in getattr(command, "commands", {}).values():
        _restore_help(inner)


def _run_to_exit_code(run: Callable[[], Any]) -> int:
    """The exit code of a run; prints what click found wrong with the command line."""
    try:
        code = run()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        message = "\n".join(map(escape_controls, _usage_message(error).split("\n")))
        click.echo(f"briefing: {message}", err=True)
        click.echo(f"see `{error.ctx.command_path if error.ctx else 'briefing'} --help`", err=True)
        return 2
    except click.ClickException as error:
        click.echo(f"briefing: {escape_controls(error.format_message())}", err=True)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _report_os_error(error: OSError) -> int:
    """Prints an error of the system in one sentence, unless nobody reads our output any more; gives the exit code."""
    if error.errno == errno.EPIPE:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    click.echo(f"briefing: {format_sentence(problem_of_os_error(error))}", err=True)
    return 2


def _usage_message(error: click.UsageError) -> str:
    """What is wrong with the command line, with a next step."""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in error.ctx.command.params for name in param.opts] if error.ctx else []
        near = nearest_name(error.option_name, [name for name in known if name.startswith("--")])
        help = f"did you mean `{near}`?" if near else "put `--` before words that begin with a hyphen"
        return f"there is no option `{error.option_name}`; {help}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{error.param.make_metavar(error.ctx)} is missing" if error.ctx else "an argument is missing"
    if isinstance(error, click.BadParameter) and isinstance(getattr(error.param, "type", None), click.Choice):
        choices: list[str] = list(error.param.type.choices)  # type: ignore[union-attr]
        return f"{error.param.opts[0]} must be one of: {', '.join(choices)}"  # type: ignore[union-attr]
    return error.message
