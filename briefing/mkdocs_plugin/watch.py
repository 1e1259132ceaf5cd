"""What a curator edits, watched: by looking at it now and then, which works on every disk and sees every way of saving."""

import time
from collections.abc import Iterator
from pathlib import Path

WATCHED_NAMES = ("facts", "seeds", "received", "releases", "briefing.yaml")
STATE_POLL_SECONDS = 0.25

FolderState = frozenset[tuple[str, int, int, int]]


def watch_changes(folder: Path) -> Iterator[None]:
    """Comes round once at the start, and again whenever something was changed and lies still."""
    seen: FolderState | None = None
    while True:
        now = folder_state(folder)
        if now != seen and now == _state_after_pause(folder):
            seen = now
            yield
        else:
            time.sleep(STATE_POLL_SECONDS)


def _state_after_pause(folder: Path) -> FolderState:
    time.sleep(STATE_POLL_SECONDS / 5)
    return folder_state(folder)


def folder_state(folder: Path) -> FolderState:
    """What stands in the folder: each file's name, when it was changed, its size and its number on the disk."""
    found = set()
    for name in WATCHED_NAMES:
        for path in (folder / name, *_paths_in(folder / name)):
            try:
                status = path.lstat()
            except OSError:
                continue
            found.add((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
    return frozenset(found)


def _paths_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
