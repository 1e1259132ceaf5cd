"""Files on their way in: read whole and only where they are what they seem, named as a person would type them."""

import os
import stat
from pathlib import Path


def shown(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    return Path(os.path.relpath(path)).as_posix()


def read_bytes(path: Path, most: int) -> bytes | str:
    """A regular file's bytes, or in words why it is not read: a link, a device, a folder, too large, not there."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                return "this is not a regular file"
            if told.st_size > most:
                return f"this file is larger than {most // 1024 // 1024} MiB"
            return file.read(most)
    except FileNotFoundError:
        return "there is no such file"
    except OSError:
        return "this is a link" if path.is_symlink() else "this file cannot be opened"
