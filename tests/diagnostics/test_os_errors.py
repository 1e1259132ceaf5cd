"""Errors of the operating system as problems."""

import errno
import os
from pathlib import Path

import pytest

from briefing.diagnostics.os_errors import problem_of_os_error


@pytest.mark.parametrize(
    ("number", "message", "help"),
    [
        (errno.ENOSPC, "there is no room left on the disk", "free some space on the disk, then try again"),
        (errno.EACCES, "permission denied", "change the permissions of this file or folder, then try again"),
        (errno.EROFS, "this disk is read-only", "choose a folder on another disk"),
        (errno.ECONNRESET, f"the system reports: {os.strerror(errno.ECONNRESET)}", ""),
    ],
)
def test_an_error_says_what_is_wrong_and_the_next_step(number: int, message: str, help: str) -> None:
    problem = problem_of_os_error(OSError(number, os.strerror(number), "there"))
    assert (problem.rule, problem.location.file.path, problem.message, problem.help) == ("", "there", message, help)


def test_the_path_is_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    error = OSError(errno.EXDEV, "", os.fsencode(tmp_path / "a"), None, tmp_path / "b" / "c")
    assert problem_of_os_error(error).location.file.path == "b/c"
    assert problem_of_os_error(OSError("no number")).location.file.path == ""
    assert problem_of_os_error(OSError("no number")).message == "the system reports: no number"


def test_a_real_error_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match="No such file") as raised:
        Path("gone").read_bytes()
    assert str(problem_of_os_error(raised.value).location) == "gone:1:1"
    assert problem_of_os_error(raised.value).message == "there is no such file or folder"
