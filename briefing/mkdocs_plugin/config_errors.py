"""Reads mkdocs.yml as MkDocs does; its problems, and those of a build that failed, are located in that file."""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.diagnostics.suggestions import did_you_mean
from briefing.mkdocs_plugin.settings_file import SettingsFile, read_settings_file

_CONFIG_VALUE = re.compile(r"Config value '(\w+)': (.*)", re.DOTALL)
_CANNOT_BUILD = "MkDocs could not build the site"
_FIX = "fix what MkDocs reports above"
_QUOTED_NAME = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")


class LogCapture(logging.Handler):
    """Collects the warnings and errors that MkDocs logs inside a `with` block."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def __enter__(self) -> "LogCapture":
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Collects a message."""
        self.lines.append(record.getMessage())


class LoadedSettings(NamedTuple):
    """The settings of MkDocs as it read them, and its warnings about them, located in mkdocs.yml."""

    config: MkDocsConfig
    warnings: tuple[Problem, ...]


def load_settings(config_file: Path) -> LoadedSettings | tuple[Problem, ...]:
    """Reads an mkdocs.yml as MkDocs does, but without its messages; the problems say why MkDocs cannot use it.

    `site_name`, which MkDocs demands, may be left out: it is then empty until the facts are read.
    """
    file = read_settings_file(config_file)
    if isinstance(file, Problem):
        return (file,)
    config = MkDocsConfig(config_file_path=str(config_file.absolute()))
    try:
        with config_file.open("rb") as stream:
            config.load_file(stream)
        if config.get("site_name") is None:
            config.load_dict({"site_name": ""})
        errors, warnings = config.validate()
    except Exception as error:  # of MkDocs, or of a plugin or hook that it loads
        return (_failure(error, file),)
    told = tuple(
        replace(_setting_problem(file, key, message), severity="error" if config.strict else "warning")
        for key, message in warnings
    )
    if errors or (config.strict and told):
        return (*(_setting_problem(file, key, str(error)) for key, error in errors), *told)
    return LoadedSettings(config, told)


def _failure(error: Exception, file: SettingsFile) -> Problem:
    name = "" if isinstance(error, MkDocsException) else f"{type(error).__name__}: "
    place = _error_location(error, [], file.file)
    return Problem("", place, _CANNOT_BUILD, _FIX, tuple(f"{name}{_error_message(error)}".splitlines()))


def _setting_problem(file: SettingsFile, key: str, message: str) -> Problem:
    """A setting that MkDocs refuses or warns of; a name that it does not know is compared with those that it knows."""
    words = message.splitlines()
    if key not in dict(MkDocsConfig._schema):
        help = did_you_mean(key, [name for name, _ in MkDocsConfig._schema], "delete it, or put it under `extra:`")
        return Problem("", file.key_location(key), f"MkDocs has no setting `{key}`", help)
    if key == "nav":
        help = "write `- page.md`, `- Title: page.md`, or `- Title:` with such lines indented under it"
        return Problem("", file.nav_location(), "`nav` is a list of pages, and this does not fit into it", help, tuple(words))
    place = _setting_location(file.file, key, message)
    return Problem("", place, f"MkDocs cannot use the setting `{key}`", _FIX, tuple(words))


def config_problem(error: BaseException, log: LogCapture, settings: Path) -> Problem:
    """The problem of an exception from MkDocs: where in mkdocs.yml, with MkDocs' own messages as notes."""
    file = read_settings_file(settings)
    if isinstance(file, Problem):
        return file
    lines = [line for text in (*log.lines, _error_message(error)) for line in text.splitlines() if line.strip()]
    return Problem("", _error_location(error, log.lines, file.file), _CANNOT_BUILD, _FIX, tuple(dict.fromkeys(lines)))


def missing_plugin_problem(settings: Path) -> Problem:
    """The problem of an mkdocs.yml that does not name this plugin."""
    file = read_settings_file(settings)
    place = Location(SourceFile(display_path(settings))) if isinstance(file, Problem) else file.key_location("plugins")
    return Problem("", place, "the plugin `briefing` is missing", "add `- briefing` under `plugins`")


def _error_message(error: BaseException) -> str:
    format_message: Any = getattr(error, "format_message", None)  # exceptions of MkDocs have it
    return str(format_message()) if format_message else str(error)


def _error_location(error: BaseException, log: Sequence[str], file: SourceFile) -> Location:
    mark = getattr(error.__cause__ or error.__context__ or error, "problem_mark", None)
    if mark:
        return Location(file, mark.line, mark.column)
    match = next((match for line in log if (match := _CONFIG_VALUE.match(line))), None)
    return _setting_location(file, match[1], match[2]) if match else _setting_location(file, "", " ".join(log))


def _setting_location(file: SourceFile, key: str, message: str) -> Location:
    """The location of a setting, or of the whole file without a key; where a message quotes a word of it, that word."""
    lines = file.lines
    keys = [n for n, line in enumerate(lines) if line[:1].isalpha()]
    start = next((n for n in keys if lines[n].startswith(f"{key}:")), 0)
    end = next((n for n in keys if key and n > start), len(lines))
    for name in (one or other for one, other in _QUOTED_NAME.findall(message)):
        for number in range(start, end):
            if (column := lines[number].find(name)) >= 0:
                return Location(file, number, column, len(name))
    return Location(file, start)
