"""Reads the releases of a briefing: `releases/DAY.json`, as `briefing release` wrote them."""

import json
import os
from pathlib import Path
from typing import Any

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import CHANGE_IS_TOLD
from briefing.loading.files import display_path, list_folder, read_in_folder
from briefing.model.releases import Release, is_calendar_date


def read_releases(folder: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """The releases of the briefing in a folder, earliest first, and why others cannot be read."""
    releases = folder / "releases"
    names = list_folder(releases)
    if isinstance(names, str):
        problem = Problem(CHANGE_IS_TOLD, Location(SourceFile(display_path(releases))), names, "put the folder itself here")
        return (), (problem,) if os.path.lexists(releases) else ()
    found = [_read_release_file(releases, name) for name in names if name.endswith(".json") and not name.startswith(".")]
    return tuple(r for r in found if isinstance(r, Release)), tuple(p for p in found if isinstance(p, Problem))


def _read_release_file(releases: Path, name: str) -> Release | Problem:
    content, path = read_in_folder(releases, name), display_path(releases / name)
    if isinstance(content, str):
        return Problem(CHANGE_IS_TOLD, Location(SourceFile(path)), content, "restore the file")
    return read_release(path, content)


def read_release(path: str, content: bytes) -> Release | Problem:
    """A release from its file, or why it is not one; `path` ends in the day of the release."""
    day = path.rpartition("/")[2].removesuffix(".json")
    try:
        text = content.decode("utf-8")
        data = json.loads(text)
        if is_calendar_date(day) and data["date"] == day and all(map(_is_fact_state, data["facts"].values())):
            return Release(SourceFile(path, text.splitlines()), day, data["facts"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    message = "this is not a release as `briefing release` wrote it"
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
