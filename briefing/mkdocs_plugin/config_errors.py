"""What is told where MkDocs could not build, or would build without us: the place in its settings, and its own words."""

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
    """What MkDocs says while it fails, heard from when it is entered until it is left."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def __enter__(self) -> "LogCapture":
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a message."""
        self.lines.append(record.getMessage())


def config_problem(error: BaseException, log: LogCapture, settings: Path) -> Problem:
    """What is told where MkDocs could not build: the place in its settings, and its own words below."""
    origin, unread = _read_config(settings)
    if unread:
        return unread
    lines = [line for text in (*log.lines, _error_message(error)) for line in text.splitlines() if line.strip()]
    message = "MkDocs cannot build with what is there now"
    return Problem("", _error_location(error, log, origin), message, "mend it", tuple(dict.fromkeys(lines)))


def missing_plugin_problem(settings: Path) -> Problem:
    """What is told where MkDocs would build without this plugin, since its settings do not name it."""
    mark = _setting_location(_read_config(settings)[0], "plugins", "")
    return Problem("", mark, "the plugin `briefing` is not named here", "write `- briefing` under `plugins`")


def _read_config(settings: Path) -> tuple[SourceFile, Problem | None]:
    """The lines of the settings, and what is wrong with them as a text or as YAML."""
    name = display_path(settings)
    try:
        text = settings.read_bytes().decode("utf-8")
    except OSError:
        return SourceFile(name), None
    except UnicodeDecodeError:
        return SourceFile(name), Problem("", Location(SourceFile(name)), "this file is not UTF-8", "save it as UTF-8")
    origin = SourceFile(name, text.splitlines())
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return origin, replace(syntax_problem(origin, error), rule="")
    except yaml.YAMLError:  # a character that YAML does not let stand; what MkDocs says of it names its place
        return origin, None
    return origin, None


def _error_message(error: BaseException) -> str:
    said: Any = getattr(error, "format_message", None)  # what MkDocs raises says it so
    return str(said()) if said else str(error)


def _error_location(error: BaseException, log: LogCapture, origin: SourceFile) -> Location:
    at = getattr(error.__cause__ or error.__context__ or error, "problem_mark", None)
    if at:
        return Location(origin, at.line, at.column)
    found = next((found for line in log.lines if (found := _CONFIG_VALUE.match(line))), None)
    return _setting_location(origin, found[1], found[2]) if found else _setting_location(origin, "", " ".join(log.lines))


def _setting_location(origin: SourceFile, key: str, message: str) -> Location:
    """Where a setting stands, or all of them; in it the first of the words that a message names in quote marks, if any."""
    lines = origin.lines
    keys = [n for n, line in enumerate(lines) if line[:1].isalpha()]
    start = next((n for n in keys if lines[n].startswith(f"{key}:")), 0)
    end = next((n for n in keys if key and n > start), len(lines))
    for name in (one or other for one, other in _QUOTED_NAME.findall(message)):
        for number in range(start, end):
            if (column := lines[number].find(name)) >= 0:
                return Location(origin, number, column, len(name))
    return Location(origin, start)
