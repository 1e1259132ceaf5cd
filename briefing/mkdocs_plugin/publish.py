"""Where a site is built and how it takes the place of the earlier one: one build at a time, whole, in one step."""

import ctypes
import errno
import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.diagnostics.problem import Problem
from briefing.loading.files import display_path

log = logging.getLogger(__name__)

_SITE_ENTRIES = ("ledger.json", "404.html", "assets")  # the last is there first, should MkDocs itself have been killed
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_EXCHANGE_UNSUPPORTED = frozenset([errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP])


class SiteBuildError(Exception):
    """A build that could not run because of the place or the settings, not of the facts: what is there, and a next step.

    `problem` says it with its place, where it has one.
    """

    def __init__(self, message: str, problem: Problem | None = None) -> None:
        super().__init__(message)
        self.problem = problem


def publish_target(site_dir: str) -> Path:
    """The folder that readers see, behind links; raises Unable where it is no place for a site."""
    goal = Path(os.path.realpath(site_dir))
    if goal.exists() and not goal.is_dir():
        raise SiteBuildError(f"{display_path(goal)} is where the site goes and is no folder: move it away")
    if goal.is_mount():
        raise SiteBuildError(
            f"{display_path(goal)} is a mount point, which nothing can take the place of: name a folder inside it as site_dir"
        )
    if (goal / ".git").exists():
        raise SiteBuildError(
            f"{display_path(goal)} holds .git, which would be lost: name another site_dir, and copy the site from there"
        )
    if goal.is_dir() and any(goal.iterdir()) and not any((goal / name).exists() for name in _SITE_ENTRIES):
        raise SiteBuildError(f"{display_path(goal)} holds files and is no site: move it away, or name another site_dir")
    return goal


@contextmanager
def staging_folder(goal: Path) -> Iterator[Path]:
    """A folder to build in beside `goal`, for one build at a time; what a killed build left there is cleared away first."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    place = goal.with_name(f".{goal.name}.building")
    with _build_lock(goal.with_name(f".{goal.name}.lock")):
        _clear(place, goal)
        place.mkdir(mode=0o700)
        try:
            yield place / goal.name
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _clear(place: Path, goal: Path) -> None:
    """Deletes what a killed build left; an earlier site that it had already put aside goes back."""
    aside = _previous_site(place / goal.name)
    if aside.is_dir() and not goal.exists():
        aside.rename(goal)
    if os.path.lexists(place):
        shutil.rmtree(place)


@contextmanager
def _build_lock(path: Path) -> Iterator[None]:
    """Holds the lock of a place; the system lets go of it when its holder dies, however that comes about."""
    handle = _acquire_lock(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _acquire_lock(path: Path) -> int:
    """Waits for its turn; a lock file that its holder deleted meanwhile is no lock, so it begins again with a new one."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.warning("another build of this site is running; this one waits for it to end")
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_same_file(path, handle):
            return handle
        os.close(handle)


def _is_same_file(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def publish(new: Path, goal: Path) -> None:
    """Puts `new`, written to the disk to the last byte, where `goal` is, in one step; the earlier site is where `new` was."""
    _sync_tree(new)
    if not goal.exists():
        new.rename(goal)
    elif not _exchange_folders(new, goal):
        log.warning("this file system cannot exchange two folders in one step: for an instant there is no site")
        _swap_in_two_steps(new, goal)
    _sync(goal.parent)


def _sync_tree(site: Path) -> None:
    """Gives each file and folder the mode of a public one, and has the disk write it down, folders after what is in them."""
    for folder, _, files in os.walk(site, topdown=False):
        for name in files:
            _sync(Path(folder, name), 0o644)
        _sync(Path(folder), 0o755)


def _sync(path: Path, mode: int | None = None) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if mode is not None:
            os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange_folders(new: Path, old: Path) -> bool:
    """Exchanges two folders in one step; False where the system or the file system has no such step."""
    libc = ctypes.CDLL(None, use_errno=True)
    one, other = os.fsencode(new), os.fsencode(old)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(one, other, _RENAME_EXCHANGE)
    else:
        return False
    code = ctypes.get_errno()
    if failed and code not in _EXCHANGE_UNSUPPORTED:
        raise OSError(code, os.strerror(code), str(old))
    return not failed


def _swap_in_two_steps(new: Path, old: Path) -> None:
    """Exchanges in two steps. A build killed between them leaves no site, and the next one puts the earlier one back."""
    aside = _previous_site(new)
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise


def _previous_site(new: Path) -> Path:
    return new.with_name(f"{new.name}.earlier")
