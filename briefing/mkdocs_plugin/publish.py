"""Publishes a site atomically: one build at a time, in a folder beside the site, which then takes its place in one step."""

import ctypes
import errno
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.model.site_files import LEDGER_FILE
from briefing.verification.checksums import CHECKSUMS_FILE, read_checksums

log = logging.getLogger(__name__)

_IS_WINDOWS = sys.platform == "win32"
_MARKER = ".briefing-build"  # in a site that MkDocs builds in place, from before its first file until after its last
_LEFT_BY_SYSTEMS = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])  # what Finder and Explorer put into a folder
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_EXCHANGE_UNSUPPORTED = frozenset([errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP])


def publish_target(site_dir: str) -> Path | Problem:
    """The folder that readers see, with links followed; a Problem where a site must not replace what is there."""
    target = Path(os.path.realpath(site_dir))

    def problem(message: str, help: str) -> Problem:
        return Problem("", Location(SourceFile(display_path(target))), message, help)

    if target.exists() and not target.is_dir():
        return problem("the site goes here, but this is not a folder", "move it away")
    if target.is_mount():
        return problem("the site cannot replace a mount point", "name a folder inside it as `site_dir` in mkdocs.yml")
    if (target / ".git").exists():
        return problem(
            "this folder holds .git, which the new site would replace",
            "name another `site_dir` in mkdocs.yml, and copy the site from there",
        )
    return site_problem(target) or target


def site_problem(site: Path, keeps_hidden: bool = False) -> Problem | None:
    """Why a folder cannot become the site without a loss: it is not an earlier site, or holds a file that is none of it.

    With `keeps_hidden`, hidden entries do not count: MkDocs leaves them alone when it builds in place.
    """
    place = Location(SourceFile(display_path(site)))
    if not site.is_dir() or not any(site.iterdir()) or (site / _MARKER).exists():
        return None
    listed = read_checksums(site) if (site / LEDGER_FILE).is_file() else None
    if listed is None:
        help = "move it away, or name another `site_dir` in mkdocs.yml"
        return Problem("", place, "this folder holds files, and is not a site", help)
    known = {*listed, CHECKSUMS_FILE}
    for path in sorted(path for path in site.rglob("*") if path.is_symlink() or not path.is_dir()):
        inside = path.relative_to(site)
        is_kept = keeps_hidden and inside.parts[0].startswith(".")
        if inside.as_posix() not in known and inside.name not in _LEFT_BY_SYSTEMS and not is_kept:
            help = f"move it away; what belongs to the site goes to docs/{inside.as_posix()}"
            message = "no build put this file into the site, and the new site would replace it"
            return Problem("", Location(SourceFile(display_path(path))), message, help)
    return None


def begin_in_place(site: Path) -> None:
    """Marks a folder as one in which a build is under way, so that the next build knows what a killed one left there."""
    site.mkdir(parents=True, exist_ok=True)
    (site / _MARKER).touch()


def end_in_place(site: Path) -> None:
    """Takes the mark away, once all files are there."""
    (site / _MARKER).unlink(missing_ok=True)


@contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """A folder beside `target` for one build at a time, which waits for its turn. What a killed build left is deleted first."""
    target.parent.mkdir(parents=True, exist_ok=True)
    place = target.with_name(f".{target.name}.building")
    with _build_lock(target.with_name(f".{target.name}.lock")):
        _clean_up(place, target)
        try:
            place.mkdir(mode=0o700)
            yield place / target.name
        finally:
            _surely(lambda: shutil.rmtree(place, ignore_errors=True))


def _surely(clean_up: Callable[[], None]) -> None:
    """Cleans up, and begins again where a signal comes in between."""
    try:
        clean_up()
    except (KeyboardInterrupt, SystemExit):
        clean_up()
        raise


def _clean_up(place: Path, target: Path) -> None:
    """Deletes what a killed build left; an earlier site that it had moved aside goes back first."""
    aside = _previous_site(place / target.name)
    if aside.is_dir() and not target.exists():
        aside.rename(target)
    if os.path.lexists(place):
        shutil.rmtree(place)


@contextmanager
def _build_lock(path: Path) -> Iterator[None]:
    """Holds a lock file; the system releases it when the process ends in any way."""
    lock = FileLock(path)

    def release() -> None:
        if lock.is_locked:  # and not still waiting for another build
            with suppress(OSError):  # Windows does not delete an open file
                path.unlink()
            lock.release()

    try:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            log.warning("another build of this site is running; this one waits for it to end")
            lock.acquire()
        yield
    finally:
        _surely(release)


def publish(staged: Path, target: Path) -> None:
    """Swaps the staged site, with every byte on the disk, with the one at `target`, in one step where the system has one."""
    _sync_tree(staged)
    if not target.exists():
        staged.rename(target)
    elif not _exchange_folders(staged, target):
        log.warning("this file system cannot swap two folders in one step: for an instant there is no site")
        _swap_in_two_steps(staged, target)
    _sync(target.parent)


def _sync_tree(site: Path) -> None:
    """Makes each file and folder readable for all, and has the disk write it, a folder after what is in it."""
    for folder, _, files in os.walk(site, topdown=False):
        for name in files:
            _sync(Path(folder, name), 0o644)
        _sync(Path(folder), 0o755)


def _sync(path: Path, mode: int | None = None) -> None:
    if _IS_WINDOWS:  # which opens no folder, flushes no file that is only read, and has no such modes
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if mode is not None:
            os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange_folders(one: Path, other: Path) -> bool:
    """Swaps two folders in one step; False where the system or the file system cannot."""
    if _IS_WINDOWS:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(*paths, _RENAME_EXCHANGE)
    else:
        return False
    code = ctypes.get_errno()
    if failed and code not in _EXCHANGE_UNSUPPORTED:
        raise OSError(code, os.strerror(code), str(other))
    return not failed


def _swap_in_two_steps(staged: Path, target: Path) -> None:
    """Swaps two folders by renaming. A build killed in between leaves no site; the next build puts the earlier one back."""
    aside = _previous_site(staged)
    try:
        target.rename(aside)
        staged.rename(target)
    except BaseException:  # also a signal
        if not target.exists():
            aside.rename(target)
        raise


def _previous_site(staged: Path) -> Path:
    return staged.with_name(f"{staged.name}.earlier")
