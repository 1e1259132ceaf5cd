"""What a curator edits, watched: by looking at it now and then, which works on every disk and sees every way of saving."""

import time
from collections.abc import Iterator
from pathlib import Path

WATCHED = ("facts", "seeds", "received", "releases", "briefing.yaml")
SECONDS = 0.25

State = frozenset[tuple[str, int, int, int]]


def changes(folder: Path) -> Iterator[None]:
    """Comes round once at the start, and again whenever something was changed and lies still."""
    seen: State | None = None
    while True:
        now = state(folder)
        if now != seen and now == _later(folder):
            seen = now
            yield
        else:
            time.sleep(SECONDS)


def _later(folder: Path) -> State:
    time.sleep(SECONDS / 5)
    return state(folder)


def state(folder: Path) -> State:
    """What stands in the folder: each file's name, when it was changed, its size and its number on the disk."""
    found = set()
    for name in WATCHED:
        for path in (folder / name, *_within(folder / name)):
            try:
                told = path.lstat()
            except OSError:
                continue
            found.add((str(path), told.st_mtime_ns, told.st_size, told.st_ino))
    return frozenset(found)


def _within(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
