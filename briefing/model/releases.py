"""A release: what readers saw of each fact on one day, saved in a file so that every later change is noticed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.diagnostics.problem import Location, SourceFile

FactState = Mapping[str, Any]
"""What readers see of a fact: its `kind`, and for it and each of its parts the `claim`, the `values` and the `quotes`."""


@dataclass(frozen=True, eq=False)
class Release:
    """The facts by id as they were released on a day; each has its own line in the file."""

    file: SourceFile
    date: str
    facts: Mapping[str, FactState]

    def location_of(self, key: str) -> Location:
        """The line of a fact in the file."""
        begins = json.dumps(key) + ":"
        found = (n for n, line in enumerate(self.file.lines) if line.startswith(begins))
        return Location(self.file, next(found, 0), 0, len(begins) - 1)


def release_text(day: str, facts: Mapping[str, FactState]) -> str:
    """The text of a release's file: one fact a line, by id, the same for the same facts."""
    lines = (f"{json.dumps(key)}:{compact_json(facts[key])}" for key in sorted(facts))
    return f'{{"date":{json.dumps(day)},"facts":{{\n' + ",\n".join(lines) + "\n}}\n"


def compact_json(value: Any) -> str:
    """JSON on one line, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def change_id(release: Release, key: str, state: FactState | None) -> str:
    """The code of a change: a short hash of the release, the fact, its released and its later state (None: withdrawn)."""
    change = [release.date, key, release.facts[key], state]
    return hashlib.sha256(compact_json(change).encode()).hexdigest()[:12]


def is_calendar_date(text: str) -> bool:
    """Whether a text is one day in the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
