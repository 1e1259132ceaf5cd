"""A release: what readers saw of each fact on one day, kept as a file so that no later change is silent."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefing.files import names_in, read_in, shown
from briefing.problem import Mark, Origin, Problem

TOLD = "change-is-told"

State = Mapping[str, Any]
"""What readers see of a fact: its `kind`, and for it and each of its parts the `claim`, the `values` and the `quotes`."""


@dataclass(frozen=True, eq=False)
class Release:
    """The facts by id as they were released on a day; each stands on a line of its own in the file."""

    origin: Origin
    date: str
    facts: Mapping[str, State]

    def mark(self, key: str) -> Mark:
        """Where a fact stands in the file."""
        begins = json.dumps(key) + ":"
        found = (n for n, line in enumerate(self.origin.lines) if line.startswith(begins))
        return Mark(self.origin, next(found, 0), 0, len(begins) - 1)


def read_releases(folder: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """The releases of the briefing in a folder, earliest first, and why others cannot be read."""
    releases = folder / "releases"
    names = names_in(releases)
    if isinstance(names, str):
        wrong = Problem(TOLD, Mark(Origin(shown(releases))), names, "put the folder itself here")
        return (), (wrong,) if os.path.lexists(releases) else ()
    found = [_read(releases, name) for name in names if name.endswith(".json") and not name.startswith(".")]
    return tuple(r for r in found if isinstance(r, Release)), tuple(p for p in found if isinstance(p, Problem))


def _read(releases: Path, name: str) -> Release | Problem:
    content, path = read_in(releases, name), shown(releases / name)
    if isinstance(content, str):
        return Problem(TOLD, Mark(Origin(path)), content, "restore the file")
    return read_release(path, content)


def read_release(path: str, content: bytes) -> Release | Problem:
    """A release from its file, or why it is not one; `path` ends in the day of the release."""
    day = path.rpartition("/")[2].removesuffix(".json")
    try:
        text = content.decode("utf-8")
        told = json.loads(text)
        if is_day(day) and told["date"] == day and all(map(_is_state, told["facts"].values())):
            return Release(Origin(path, text.splitlines()), day, told["facts"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    message = "this is not a release as `briefing release` wrote it"
    return Problem(TOLD, Mark(Origin(path)), message, "restore the file, or delete it if it was never published")


def written(day: str, facts: Mapping[str, State]) -> str:
    """The text of a release's file: one fact a line, by id, the same for the same facts."""
    lines = (f"{json.dumps(key)}:{dumped(facts[key])}" for key in sorted(facts))
    return f'{{"date":{json.dumps(day)},"facts":{{\n' + ",\n".join(lines) + "\n}}\n"


def dumped(value: Any) -> str:
    """JSON on one line, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def change_id(release: Release, key: str, state: State | None) -> str:
    """What pins a change: a short hash of the release, the fact, its released and its later state (None: withdrawn)."""
    change = [release.date, key, release.facts[key], state]
    return hashlib.sha256(dumped(change).encode()).hexdigest()[:12]


def is_day(text: str) -> bool:
    """Whether a text is one day in the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_state(state: Any) -> bool:
    return isinstance(state["kind"], str) and all(
        isinstance(part.get("claim", ""), str)
        and all(isinstance(text, str) for texts in part["values"].values() for text in texts)
        and all(isinstance(text, str) for quote in part["quotes"] for text in quote)
        for part in state["parts"]
    )
