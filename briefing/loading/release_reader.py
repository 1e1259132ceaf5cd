"""Reads the releases of a briefing: the files `releases/DATE.json` that `briefing release` writes."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.diagnostics.rule_ids import CHANGE_IS_TOLD
from briefing.loading.files import list_folder, read_in_folder
from briefing.model.releases import Release, is_calendar_date


def read_releases(folder: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """The releases of the briefing in a folder, earliest first, and the problems of those that cannot be read."""
    releases = folder / "releases"
    names = list_folder(releases)
    if isinstance(names, Problem):
        return (), (replace(names, rule=CHANGE_IS_TOLD),) if os.path.lexists(releases) else ()
    found = [_read_release_file(releases, name) for name in names if name.endswith(".json") and not name.startswith(".")]
    return tuple(r for r in found if isinstance(r, Release)), tuple(p for p in found if isinstance(p, Problem))


def _read_release_file(releases: Path, name: str) -> Release | Problem:
    content, path = read_in_folder(releases, name), display_path(releases / name)
    if isinstance(content, Problem):
        return replace(content, rule=CHANGE_IS_TOLD, help="restore the file")
    return read_release(path, content)


def read_release(path: str, content: bytes) -> Release | Problem:
    """A release from the bytes of its file. `path` ends in the day of the release, which the file must repeat."""
    day = path.rpartition("/")[2].removesuffix(".json")
    try:
        text = content.decode("utf-8")
        data = json.loads(text)
        if is_calendar_date(day) and data["date"] == day and all(map(_is_fact_state, data["facts"].values())):
            return Release(SourceFile(path, text.splitlines()), day, data["facts"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    message = "this file is not a release that `briefing release` wrote"
    return Problem(
        CHANGE_IS_TOLD, Location(SourceFile(path)), message, "restore the file, or delete it if it was never published"
    )


def _is_fact_state(state: Any) -> bool:
    return isinstance(state["kind"], str) and all(
        isinstance(part.get("claim", ""), str)
        and all(isinstance(text, str) for texts in part["values"].values() for text in texts)
        and all(isinstance(text, str) for quote in part["quotes"] for text in quote)
        for part in state["parts"]
    )
