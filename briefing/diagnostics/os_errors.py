"""Turns errors of the operating system into problems with a next step."""

import errno
import os
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path

_NO_SPACE = ("there is no room left on the disk", "free some space on the disk, then try again")
_NO_PERMISSION = ("permission denied", "change the permissions of this file or folder, then try again")
_BY_NUMBER = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: _NO_SPACE,
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: ("this disk is read-only", "choose a folder on another disk"),
    errno.EBUSY: ("another program is using this, or it is a mount point", "close that program, or choose another folder"),
    errno.EXDEV: ("this folder cannot be moved on this file system", "delete it, or choose another folder"),
    errno.EEXIST: ("there is already a file or folder with this name", "move it away"),
    errno.ENOTEMPTY: ("this folder is not empty", "move it away"),
    errno.ENOTDIR: ("this path goes through a file as if it were a folder", "move that file away"),
    errno.EISDIR: ("this is a folder; a file is expected here", "move the folder away"),
    errno.ENOENT: ("there is no such file or folder", "check the path"),
    errno.ENAMETOOLONG: ("this name is too long", "choose a shorter name"),
    errno.EMFILE: ("too many files are open", "close other programs, then try again"),
}
"""What is wrong and one next step, by the number of the error."""


def problem_of_os_error(error: OSError) -> Problem:
    """The problem that an `OSError` stands for, without a rule, at the start of the file it names.

    The path of the location is empty where the error names no file. An error that is not in the table
    gives the system's own message and no help.
    """
    path = error.filename2 or error.filename
    named = display_path(Path(os.fsdecode(path))) if isinstance(path, str | bytes | os.PathLike) and path else ""
    message, help = _BY_NUMBER.get(error.errno or 0, (f"the system reports: {error.strerror or error}", ""))
    return Problem("", Location(SourceFile(named)), message, help)
