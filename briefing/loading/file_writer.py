"""Writes files, each whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.problem import Problem


def write_file(path: Path, content: str | bytes) -> Problem | None:
    """Writes a file in one step, with its folders: first to the disk beside it, then into its place.

    A file that is replaced keeps its permissions. Text is written as UTF-8, its line ends as they are.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace_file(path, _encode(content))
    except OSError as error:
        return problem_of_os_error(error)
    return None


def write_if_changed(path: Path, content: str | bytes) -> bool | Problem:
    """Writes a file as `write_file` does unless it already has this content; whether it was written."""
    try:
        if path.is_file() and path.read_bytes() == _encode(content):
            return False
    except OSError as error:
        return problem_of_os_error(error)
    return write_file(path, content) or True


def _encode(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _replace_file(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        os.chmod(temporary, mode)  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:  # also an interrupt
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, os.fspath(path)) from error
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
