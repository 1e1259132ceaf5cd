"""What is watched in a preview: files as they lie on the disk, and what wakes us when one changes.

The truth is what the folders hold, seen again and again; what the system tells of changes only makes us look at once. So
a folder made later, a file replaced in mid-save and a branch switched underneath are all seen, told or not.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

FileStates = dict[str, tuple[int, int, int]]  # a path, and when it was changed, how large it is, and which file it is

POLL_INTERVAL = 1.0  # seconds between looks where the system tells of changes, for what it did not tell
FAST_POLL_INTERVAL = 0.2  # where it does not
SETTLE_SECONDS = 0.02  # seconds without a change, after which a save is over
MAX_SAVE_SECONDS = 0.4  # after which it is read whether it is over or not
_READ_EVENTS = frozenset(["opened", "closed_no_write"])
_SWAP = re.compile(
    r"\.#.*|#.*#|.*~|\..*\.sw[a-px]|4913|.*\.(?:tmp|bak|orig|part|crswap)|\.goutputstream-.*|___jb_.*___|\.DS_Store"
)


def is_swap(name: str) -> bool:
    """Whether a file is an editor's own: a swap file, a lock, a backup, a half-written copy."""
    return _SWAP.fullmatch(name) is not None


def scan_files(paths: Iterable[str]) -> FileStates:
    """The files under some paths as they are now; what cannot be looked at is as if it were not there."""
    return {path: (told.st_mtime_ns, told.st_size, told.st_ino) for start in paths for path, told in _under(start)}


def _under(path: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        told = os.lstat(path)
    except OSError:
        return
    yield path, told
    try:
        with os.scandir(path) as inner:
            names = sorted(one.path for one in inner if not is_swap(one.name))
    except OSError:
        return
    for name in names:
        yield from _under(name)


def changed(before: FileStates, now: FileStates) -> set[str]:
    """The paths that are otherwise, new or gone."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


class FileWatcher(FileSystemEventHandler):
    """Waits until something under the watched paths is otherwise than it was."""

    def __init__(self) -> None:
        self.paths: dict[str, int] = {}
        self.last: FileStates = {}
        self.wake = threading.Event()
        self.ended = threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: set[tuple[str, int]] = set()

    def add(self, path: str) -> None:
        """Watches a file or a folder with all in it, whether it is there yet or not."""
        self.paths[path] = self.paths.get(path, 0) + 1
        self.last |= scan_files([path])

    def drop(self, path: str) -> None:
        """Takes back one `add`."""
        self.paths[path] -= 1
        if not self.paths[path]:
            del self.paths[path]

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Looks at once, if more than reading was done to a file that is a curator's."""
        names = (Path(os.fsdecode(path)).name for path in (event.src_path, event.dest_path) if path)
        if event.event_type not in _READ_EVENTS and not all(map(is_swap, names)):
            self.wake.set()

    def wait(self, is_wanted: Callable[[], bool]) -> set[str]:
        """What has changed since the last time; nothing only where the wait was ended, or something else is wanted."""
        while not self.ended.is_set() and not is_wanted():
            told = self._listen()
            self.wake.wait(POLL_INTERVAL if told else FAST_POLL_INTERVAL)
            self.wake.clear()
            if found := self._settled():
                return found
        return set()

    def _settled(self) -> set[str]:
        now = scan_files(list(self.paths))
        if not changed(self.last, now):
            return set()
        until = time.monotonic() + MAX_SAVE_SECONDS
        while time.monotonic() < until:
            self.ended.wait(SETTLE_SECONDS)
            later = scan_files(list(self.paths))
            still, now = later == now, later
            if still:
                break
        found, self.last = changed(self.last, now), now
        return found

    def _listen(self) -> bool:
        """Asks the system to tell of changes in the folders that are there; whether it does."""
        wanted = {at for path in self.paths for at in _folders(path)}
        if self._observer is not None and wanted == self._watched:
            return True
        self._silence()
        observer = Observer()
        try:
            for folder in {path for path, _ in wanted}:
                observer.schedule(self, folder, recursive=False)
            observer.start()
        except (OSError, RuntimeError):  # too many watches, a folder that went away, a file system that tells nothing
            self._watched = set()
            return False
        self._observer, self._watched = observer, wanted
        return True

    def _silence(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer = None

    def end(self) -> None:
        """Ends the wait and all listening."""
        self.ended.set()
        self.wake.set()
        self._silence()


def _folders(path: str) -> Iterator[tuple[str, int]]:
    """The folder a path stands in, and, where it is a folder itself, it and every folder in it; each with what it is."""
    for at in (str(Path(path).parent), *_subfolders(path)):
        try:
            yield at, Path(at).stat().st_ino
        except OSError:
            continue


def _subfolders(path: str) -> Iterator[str]:
    for at, folders, _ in os.walk(path):
        folders[:] = [name for name in folders if not is_swap(name)]
        yield at
