"""The group of all commands, and how a run ends: exit code 2 where it could not run, never a traceback for what is not ours."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import click

from briefing.diagnostics.suggestions import nearest_name
from briefing.diagnostics.terminal import escape_controls

INTERRUPTED = 128 + signal.SIGINT
BROKEN_PIPE = 128 + 13  # SIGPIPE: who read what is printed has left
_OS_ERROR_MESSAGES = {
    errno.EACCES: "this may not be read or written; change who may",
    errno.EPERM: "this may not be read or written; change who may",
    errno.ENOSPC: "there is no room for this on the disk; make room",
    errno.EROFS: "this is on a disk that is only read",
    errno.EEXIST: "something else stands here; move it away",
    errno.ENOTDIR: "a file stands where a folder belongs",
    errno.EISDIR: "a folder stands where a file belongs",
    errno.ENOENT: "there is no such file or folder",
}


class Commands(click.Group):
    """The group of all commands; of these, only the one that is run is imported."""

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        if cmd_name not in self.names:
            return None
        command: click.Command = import_module(f"briefing.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that was typed; for one that is none, the nearest is named."""
        if args[0] not in self.names and not args[0].startswith("-"):
            near = nearest_name(args[0], self.names)
            step = f"did you mean `{near}`?" if near else f"the commands are: {', '.join(self.names)}"
            raise click.UsageError(f"there is no command `{args[0]}`; {step}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what stops it from outside ends the run quietly or in one sentence."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except OSError as error:
            raise click.exceptions.Exit(_report_os_error(error)) from None

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Runs the command that is typed, and ends the process with its exit code."""
        run: Any = super().main
        outcome = partial(run, *args, **{**extra, "prog_name": "briefing", "standalone_mode": False})
        return sys.exit(_run_to_exit_code(outcome)) if standalone_mode else outcome()


def _run_to_exit_code(run: Callable[[], Any]) -> int:
    """The exit code of a run; why it could not begin is said in words."""
    try:
        code = run()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        told = "\n".join(map(escape_controls, _usage_message(error).split("\n")))
        click.echo(f"briefing: {told}", err=True)
        click.echo(f"`{error.ctx.command_path if error.ctx else 'briefing'} --help` says what may be typed", err=True)
        return 2
    except click.ClickException as error:
        click.echo(f"briefing: {escape_controls(error.format_message())}", err=True)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _report_os_error(error: OSError) -> int:
    """The exit code of what the system refused, which is said in one sentence unless nobody listens any more."""
    if error.errno == errno.EPIPE:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    path = error.filename2 or error.filename
    where = f"{escape_controls(os.path.relpath(os.fsdecode(path)))}: " if isinstance(path, str | bytes) else ""
    click.echo(
        f"briefing: {where}{_OS_ERROR_MESSAGES.get(error.errno or 0, f'the system says: {error.strerror or error}')}", err=True
    )
    return 2


def _usage_message(error: click.UsageError) -> str:
    """What was typed otherwise than it should be, in our words, with a next step."""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in error.ctx.command.params for name in param.opts] if error.ctx else []
        near = nearest_name(error.option_name, [name for name in known if name.startswith("--")])
        step = f"did you mean `{near}`?" if near else "before words that begin with a hyphen, put `--`"
        return f"there is no option `{error.option_name}`; {step}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{error.param.make_metavar(error.ctx)} is missing" if error.ctx else "something is missing"
    if isinstance(error, click.BadParameter) and isinstance(getattr(error.param, "type", None), click.Choice):
        choices: list[str] = list(error.param.type.choices)  # type: ignore[union-attr]
        return f"{error.param.opts[0]} is one of: {', '.join(choices)}"  # type: ignore[union-attr]
    return error.message
