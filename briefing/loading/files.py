"""Reading files safely: only regular files in real folders, whole, and up to a size limit.

What cannot be read is a problem of `text-is-whole` at the start of the file; a caller who knows a better place replaces it.
"""

import os
import stat
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE

MAX_BYTES = 8 * 1024 * 1024
# Not every system has each of these: Windows has neither of the first two, and only Windows needs the third.
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

# Where the system has these flags, it refuses links and does not wait for pipes. Elsewhere (Windows) the checks of the status
# before and after opening refuse them; O_BINARY keeps Windows from changing line ends.
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def _problem(path: Path, message: str, help: str) -> Problem:
    return Problem(TEXT_IS_WHOLE, Location(SourceFile(display_path(path))), message, help)


def list_folder(folder: Path) -> list[str] | Problem:
    """The sorted names in a folder, which must not be a link."""
    if problem := _folder_problem(folder):
        return problem
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return _closed_folder(folder)


def _folder_problem(folder: Path) -> Problem | None:
    try:
        mode = os.lstat(folder).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return _problem(folder, "there is no such folder", "create the folder")
    except OSError:
        return _closed_folder(folder)
    if stat.S_ISDIR(mode):
        return None
    return _problem(folder, "this is a link" if stat.S_ISLNK(mode) else "this is not a folder", "put the folder itself here")


def _closed_folder(folder: Path) -> Problem:
    return _problem(folder, "this folder cannot be opened", "check the permissions of the folder")


def read_in_folder(folder: Path, name: str) -> bytes | Problem:
    """A file's bytes as `read_bytes` gives them; the folder must not be a link either."""
    if _folder_problem(folder) is None:
        return read_bytes(folder / name)
    if folder.is_symlink():
        return _problem(folder / name, "its folder is a link", "put the folder itself here")
    return _no_such_file(folder / name)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes | Problem:
    """The bytes of a regular file, not larger than `max_bytes`. Links, devices, pipes and folders are not even opened."""
    try:
        if problem := _status_problem(path, os.lstat(path), max_bytes):
            return problem
        with os.fdopen(os.open(path, _OPEN_FLAGS), "rb") as file:
            if problem := _status_problem(path, os.fstat(file.fileno()), max_bytes):
                return problem
            content = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        return _no_such_file(path)
    except (OSError, ValueError):
        return _problem(path, "this file cannot be opened", "check the permissions of the file")
    return _too_large(path, max_bytes) if len(content) > max_bytes else content


def _no_such_file(path: Path) -> Problem:
    return _problem(path, "there is no such file", "check the path")


def _status_problem(path: Path, status: os.stat_result, max_bytes: int) -> Problem | None:
    if stat.S_ISLNK(status.st_mode):
        return _problem(path, "this is a link", "put the file itself here")
    if not stat.S_ISREG(status.st_mode):
        return _problem(path, "this is not a regular file", "put a regular file here")
    return _too_large(path, max_bytes) if status.st_size > max_bytes else None


def _too_large(path: Path, max_bytes: int) -> Problem:
    return _problem(path, f"this file is larger than {max_bytes // 1024 // 1024} MiB", "split the file")
