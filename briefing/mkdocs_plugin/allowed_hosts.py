"""Reads which hosts a preview answers to besides its own address: the option `allowed_hosts`, or a variable in its place."""

import os
import re
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path

OPTION, VARIABLE = "allowed_hosts", "BRIEFING_ALLOWED_HOSTS"
HOST = re.compile(r"([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
"""A Host header in small letters (RFC 9110, 7.2): a name or an address, and a port unless it is the usual one."""
_HELP = "write a host as the browser's address bar shows it, without https:// and path: draft.example.org, or localhost:9000"


def read_allowed_hosts(option: object, settings: Path) -> frozenset[str] | Problem:
    """The hosts, in small letters: those of the variable if it is set, else those of the option in the file `settings`."""
    variable = os.environ.get(VARIABLE)
    if variable is not None:
        option = [host.strip() for host in variable.split(",") if host.strip()]
    if not isinstance(option, list):
        return Problem("", _location(settings, option), f"`{OPTION}` is not a list", f"write {OPTION}: [draft.example.org]")
    if wrong := [host for host in option if not (isinstance(host, str) and HOST.fullmatch(host.lower()))]:
        location = _location(settings, wrong[0]) if variable is None else Location(SourceFile(display_path(settings)))
        return Problem("", location, f"{OPTION if variable is None else VARIABLE}: `{wrong[0]}` is not a host", _HELP)
    return frozenset(host.lower() for host in option)


def _location(settings: Path, value: object) -> Location:
    """The location of a value of the option; of the option itself, or of the whole file, if the value is written otherwise."""
    lines = settings.read_text("utf-8", "replace").splitlines() if settings.is_file() else []
    file, text = SourceFile(display_path(settings), lines), str(value)
    start = next((n for n, line in enumerate(lines) if OPTION in line), None)
    if start is None:
        return Location(file)
    key = lines[start].find(OPTION)
    for number, line in enumerate(lines[start:], start):
        column = line.find(text, key + len(OPTION) if number == start else 0)
        if text and column >= 0:
            return Location(file, number, column, len(text))
    return Location(file, start, key, len(OPTION))
