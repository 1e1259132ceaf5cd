"""Files on their way in: regular files of real folders, read whole, under a size; named as a person would type them."""

import os
import stat
from pathlib import Path

MAX_BYTES = 8 * 1024 * 1024
# Not every system has each of these: Windows has neither of the first two, and only Windows needs the third.
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


def display_path(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    return Path(os.path.relpath(path)).as_posix()


def list_folder(folder: Path) -> list[str] | str:
    """The sorted names in a folder, or in words why it is not read: a link, no folder, closed to us."""
    if reason := _folder_error(folder):
        return reason
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return "this folder cannot be opened"


def _folder_error(folder: Path) -> str | None:
    try:
        mode = os.lstat(folder).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such folder"
    except OSError:
        return "this folder cannot be opened"
    return None if stat.S_ISDIR(mode) else "this is a link" if stat.S_ISLNK(mode) else "this is not a folder"


def read_in_folder(folder: Path, name: str) -> bytes | str:
    """A file's bytes as `read_bytes` gives them, where the folder it stands in is no link either."""
    if reason := _folder_error(folder):
        return "its folder is a link" if reason == "this is a link" else "there is no such file"
    return read_bytes(folder / name)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes | str:
    """A regular file's bytes, or in words why it is not read: a link, a device, a folder, too large, not there.

    Nothing but a regular file is opened at all.
    """
    try:
        if reason := _file_error(os.lstat(path), max_bytes):
            return reason
        with os.fdopen(os.open(path, _OPEN_FLAGS), "rb") as file:
            if reason := _file_error(os.fstat(file.fileno()), max_bytes):
                return reason
            content = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such file"
    except (OSError, ValueError):
        return "this file cannot be opened"
    return _too_large(max_bytes) if len(content) > max_bytes else content


def _file_error(status: os.stat_result, max_bytes: int) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "this is a link"
    if not stat.S_ISREG(status.st_mode):
        return "this is not a regular file"
    return _too_large(max_bytes) if status.st_size > max_bytes else None


def _too_large(max_bytes: int) -> str:
    return f"this file is larger than {max_bytes // 1024 // 1024} MiB"
