"""Problems, located in mkdocs.yml, of a build that MkDocs could not make, or would make without this plugin."""

import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.loading.yaml_syntax import syntax_problem

_CONFIG_VALUE = re.compile(r"Config value '(\w+)': (.*)", re.DOTALL)
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


def config_problem(error: BaseException, log: LogCapture, settings: Path) -> Problem:
    """The problem of an exception from MkDocs: where in mkdocs.yml, with MkDocs' own messages as notes."""
    file, problem = _read_config(settings)
    if problem:
        return problem
    lines = [line for text in (*log.lines, _error_message(error)) for line in text.splitlines() if line.strip()]
    help = "fix what MkDocs reports above"
    return Problem("", _error_location(error, log, file), "MkDocs could not build the site", help, tuple(dict.fromkeys(lines)))


def missing_plugin_problem(settings: Path) -> Problem:
    """The problem of an mkdocs.yml that does not name this plugin."""
    location = _setting_location(_read_config(settings)[0], "plugins", "")
    return Problem("", location, "the plugin `briefing` is missing", "add `- briefing` under `plugins`")


def _read_config(settings: Path) -> tuple[SourceFile, Problem | None]:
    """The lines of mkdocs.yml, and its problem where it is not UTF-8 or not YAML."""
    name = display_path(settings)
    try:
        text = settings.read_bytes().decode("utf-8")
    except OSError:
        return SourceFile(name), None
    except UnicodeDecodeError:
        return SourceFile(name), Problem("", Location(SourceFile(name)), "this file is not UTF-8", "save it as UTF-8")
    file = SourceFile(name, text.splitlines())
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return file, replace(syntax_problem(file, error), rule="")
    except yaml.YAMLError:  # a character that YAML does not allow; MkDocs' own message names its place
        return file, None
    return file, None


def _error_message(error: BaseException) -> str:
    format_message: Any = getattr(error, "format_message", None)  # exceptions of MkDocs have it
    return str(format_message()) if format_message else str(error)


def _error_location(error: BaseException, log: LogCapture, file: SourceFile) -> Location:
    mark = getattr(error.__cause__ or error.__context__ or error, "problem_mark", None)
    if mark:
        return Location(file, mark.line, mark.column)
    match = next((match for line in log.lines if (match := _CONFIG_VALUE.match(line))), None)
    return _setting_location(file, match[1], match[2]) if match else _setting_location(file, "", " ".join(log.lines))


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
