"""Watches files by looking at them several times a second, which works on every disk and for every way of saving.

Operating systems do not report every change: they miss files that an editor replaces, new folders, and shared or mounted disks.
"""

import os
import re
import stat
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.model.settings import SETTINGS_FILE

DOSSIER_ENTRIES = ("facts", "seeds", "received", "releases", SETTINGS_FILE)
"""The files and folders of a briefing that a dossier is read from, relative to its folder."""

FileStates = dict[str, tuple[int, int, int]]  # by path: time of the last change in ns, size, number of the file on its disk

POLL_SECONDS = 0.1
MAX_SHARE = 0.05  # of the time that may be spent looking, where there are very many files
SETTLE_SECONDS = 0.02  # without a change, after which a save has ended
MAX_SAVE_SECONDS = 0.4  # after which a change is reported whether the save has ended or not
_SWAP_FILE = re.compile(
    r"\.#.*|#.*#|.*~|\..*\.sw[a-px]|4913|.*\.(?:tmp|bak|orig|part|crswap)|\.goutputstream-.*|___jb_.*___|\.DS_Store"
)


class FileWatcher:
    """Waits until something under its paths changes. Swap files, locks and backups of editors do not count."""

    def __init__(self, paths: Iterable[str | Path] = ()) -> None:
        self.paths: Counter[str] = Counter()
        self._states: FileStates = {}
        self._seconds = 0.0  # that the last look took
        self._stopped = threading.Event()
        for path in paths:
            self.add(path)

    def add(self, path: str | Path) -> None:
        """Watches a file, or a folder with everything in it, whether it exists yet or not."""
        absolute = str(Path(path).absolute())
        self.paths[absolute] += 1
        self._states = scan_files([absolute]) | self._states

    def remove(self, path: str | Path) -> None:
        """Undoes one `add`."""
        self.paths.subtract([str(Path(path).absolute())])
        self.paths = +self.paths

    def wait(self) -> set[str]:
        """The paths that changed, appeared or vanished since the last call; waits for one. Empty only after `stop`."""
        while not self._stopped.wait(max(POLL_SECONDS, self._seconds / MAX_SHARE)):
            if changed := self._settled_changes():
                return changed
        return set()

    def stop(self) -> None:
        """Ends the waiting, from any thread."""
        self._stopped.set()

    def _settled_changes(self) -> set[str]:
        before, now = self._states, self._scan()
        until = time.monotonic() + MAX_SAVE_SECONDS
        while now != self._states and time.monotonic() < until:
            self._states = now
            self._stopped.wait(SETTLE_SECONDS)
            now = self._scan()
        self._states = now
        return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}

    def _scan(self) -> FileStates:
        start = time.monotonic()
        states = scan_files(self.paths)
        self._seconds = time.monotonic() - start
        return states


def watch_dossier(folder: Path, *others: str) -> Iterator[None]:
    """Yields at once, and again whenever something of a dossier, or of the other entries of its folder, has changed."""
    watcher = FileWatcher(folder / name for name in (*DOSSIER_ENTRIES, *others))
    yield
    while watcher.wait():
        yield


def is_swap_file(name: str) -> bool:
    """Whether a file name is one that an editor gives a swap file, a lock, a backup or a half-written copy."""
    return _SWAP_FILE.fullmatch(name) is not None


def scan_files(paths: Iterable[str]) -> FileStates:
    """The state of every file and folder at and under some paths; what cannot be read is left out."""
    return {path: _state(status) for start in paths for path, status in _walk(start)}


def _state(status: os.stat_result) -> tuple[int, int, int]:
    """What differs after a change. Of a folder only its number on the disk: a swap file in it changes its time and size."""
    if stat.S_ISDIR(status.st_mode):
        return 0, 0, status.st_ino
    return status.st_mtime_ns, status.st_size, status.st_ino


def _walk(path: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        status = os.lstat(path)
    except OSError:
        return
    yield path, status
    try:
        with os.scandir(path) as entries:
            inner = sorted(entry.path for entry in entries if not is_swap_file(entry.name))
    except OSError:
        return
    for name in inner:
        yield from _walk(name)
