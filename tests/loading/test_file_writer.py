"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from briefing.diagnostics.problem import Problem
from briefing.loading.file_writer import write_file, write_if_changed


def test_a_file_is_written_with_its_folders_and_its_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    assert write_file(path, "é\n") is None
    assert path.read_bytes() == "é\n".encode()
    path.chmod(0o640)
    assert write_file(path, b"\xff\r\n") is None
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"\xff\r\n", 0o640)
    assert os.listdir(path.parent) == ["b.yaml"]


def test_what_cannot_be_written_leaves_the_file_as_it_was_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "replace", full)
    monkeypatch.chdir(tmp_path)
    problem = write_file(Path("a"), "after")
    assert problem is not None
    assert (problem.location.file.path, problem.message) == ("a", "there is no room left on the disk")
    assert os.listdir() == ["a"]
    assert Path("a").read_text("utf-8") == "before"


def test_a_file_with_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert write_if_changed(path, "x") is True
    before = path.stat().st_ino
    assert write_if_changed(path, "x") is False
    assert path.stat().st_ino == before
    assert write_if_changed(path, "y") is True


def test_a_folder_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert isinstance(write_if_changed(tmp_path / "a" / "b", "x"), Problem)
