"""Files on their way in: regular files of real folders, read whole, under a size; named as a person would type them."""

import os
import stat
from pathlib import Path

MOST_BYTES = 8 * 1024 * 1024


def shown(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    return Path(os.path.relpath(path)).as_posix()


def names_in(folder: Path) -> list[str] | str:
    """The sorted names in a folder, or in words why it is not read: a link, no folder, closed to us."""
    if reason := _no_folder(folder):
        return reason
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return "this folder cannot be opened"


def _no_folder(folder: Path) -> str | None:
    try:
        mode = os.lstat(folder).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such folder"
    except OSError:
        return "this folder cannot be opened"
    return None if stat.S_ISDIR(mode) else "this is a link" if stat.S_ISLNK(mode) else "this is not a folder"


def read_in(folder: Path, name: str) -> bytes | str:
    """A file's bytes as `read_bytes` gives them, where the folder it stands in is no link either."""
    if reason := _no_folder(folder):
        return "its folder is a link" if reason == "this is a link" else "there is no such file"
    return read_bytes(folder / name)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes | str:
    """A regular file's bytes, or in words why it is not read: a link, a device, a folder, too large, not there.

    Nothing but a regular file is opened at all.
    """
    try:
        if reason := _not_regular(os.lstat(path), most):
            return reason
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if reason := _not_regular(os.fstat(file.fileno()), most):
                return reason
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such file"
    except (OSError, ValueError):
        return "this file cannot be opened"
    return _too_large(most) if len(content) > most else content


def _not_regular(told: os.stat_result, most: int) -> str | None:
    if stat.S_ISLNK(told.st_mode):
        return "this is a link"
    if not stat.S_ISREG(told.st_mode):
        return "this is not a regular file"
    return _too_large(most) if told.st_size > most else None


def _too_large(most: int) -> str:
    return f"this file is larger than {most // 1024 // 1024} MiB"
