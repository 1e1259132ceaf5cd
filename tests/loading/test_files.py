"""Only regular files of real folders are read: what else a folder can hold is a problem with its place, and stays shut."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.diagnostics.formats import FORMATS
from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import MAX_BYTES, list_folder, read_bytes
from briefing.rules.registry import check
from tests.rules.test_rules import change

SECRET = "briefing: secret"


def problems_in(folder: Path) -> list[Problem]:
    """The problems of a folder; none of them says what stands in a file that may not be read, or drives a terminal."""
    report = check(read_dossier(folder))
    for draw in FORMATS.values():
        assert SECRET not in draw(report)
        assert "\x1b" not in draw(report)
    return list(report.problems)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def linked(path: Path) -> None:
    outside = path.parent.parent / "outside"
    outside.write_text(f"{SECRET}\n", encoding="utf-8")
    path.symlink_to(outside)


REPLACED: list[tuple[str, Callable[[Path], object], str]] = [
    ("a link", linked, "this is a link"),
    ("a link to nothing", lambda path: path.symlink_to("nowhere"), "this is a link"),
    ("a link to itself", lambda path: path.symlink_to(path.name), "this is a link"),
    ("a link to a device", lambda path: path.symlink_to("/dev/zero"), "this is a link"),
    ("a pipe", os.mkfifo, "this is not a regular file"),
    ("a folder", Path.mkdir, "this is not a regular file"),
    ("a file of a tebibyte", sparse, "this file is larger than 8 MiB"),
    ("nothing", lambda path: None, "there is no such file"),
]


@pytest.mark.parametrize(("make", "said"), [row[1:] for row in REPLACED], ids=[row[0] for row in REPLACED])
def test_a_seed_that_is_no_regular_file_is_not_read(
    copy_of_port_lease: Path, make: Callable[[Path], object], said: str
) -> None:
    path = copy_of_port_lease / "seeds" / "wire.txt"
    path.unlink()
    make(path)
    found = [problem for problem in problems_in(copy_of_port_lease) if problem.rule == "source-is-unchanged"]
    assert [problem.message for problem in found] == [f"seeds/wire.txt cannot be read: {said}"]
    assert found[0].location.line_text == "  seed: wire.txt"


@pytest.mark.parametrize(("make", "said"), [row[1:] for row in REPLACED[:-1]], ids=[row[0] for row in REPLACED[:-1]])
def test_a_file_of_facts_that_is_no_regular_file_is_not_read(
    copy_of_port_lease: Path, make: Callable[[Path], object], said: str
) -> None:
    path = copy_of_port_lease / "facts" / "places.yaml"
    path.unlink()
    make(path)
    found = [problem for problem in problems_in(copy_of_port_lease) if Path(problem.location.file.path).name == "places.yaml"]
    assert [problem.message for problem in found] == [said]


def failure(path: Path) -> str:
    content = read_bytes(path)
    assert isinstance(content, Problem)
    return content.message


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/tty"])
def test_a_device_is_not_read(device: str) -> None:
    assert failure(Path(device)) == "this is not a regular file"


def test_a_file_that_tells_no_size_is_read_no_further_than_the_most() -> None:
    content = read_bytes(Path("/proc/kallsyms"), 1000)
    assert isinstance(content, Problem)
    assert content.message == "this file is larger than 0 MiB"
    assert MAX_BYTES == 8 * 1024 * 1024


@pytest.mark.parametrize("name", ["seeds", "facts"])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path, whole: path.symlink_to(whole), "link"),
        (lambda path, whole: path.write_text("x", encoding="utf-8"), "no"),
        (lambda path, whole: os.mkfifo(path), "no"),
        (lambda path, whole: None, "no"),
    ],
    ids=["a link", "a file", "a pipe", "nothing"],
)
def test_a_folder_that_is_no_folder_is_not_looked_into(
    copy_of_port_lease: Path, name: str, make: Callable[[Path, Path], object], said: str
) -> None:
    whole = (copy_of_port_lease / name).rename(copy_of_port_lease / "elsewhere")
    make(copy_of_port_lease / name, whole)
    found = problems_in(copy_of_port_lease)
    if name == "facts":
        assert [problem.rule for problem in found] == ["fact-fits-its-kind"]
        assert said in found[0].message
    else:
        messages = [problem.message for problem in found if problem.rule == "source-is-unchanged"]
        assert len(messages) == 2
        assert all(said in message for message in messages)
    assert read_dossier(copy_of_port_lease).sources == {}


@pytest.mark.parametrize(
    "seed",
    [
        "../outside.txt", "..", ".", "/etc/passwd", "a/../../outside.txt", "./wire.txt", "sub/wire.txt", "..\\\\outside.txt",
        "C:wire.txt", "\\\\\\\\host\\\\wire.txt", "wire.txt/", "wire.txt.", "wire.txt ", " wire.txt", "WIRE.TXT", "Wire.txt",
        "w\u00edre.txt", "wi\u0301re.txt", "con.txt", "nul", "aux.txt", "com1.txt", "lpt9", ".wire.txt", "~/wire.txt", "$HOME",
        "wire\\nwire.txt", "wire\\twire.txt", "%2e%2e%2foutside.txt", "file:wire.txt", "-", "wire.txt:x", "w" * 101, "w" * 5000,
    ],
)  # fmt: skip
def test_a_seed_is_named_by_a_plain_file_name(copy_of_port_lease: Path, seed: str) -> None:
    (copy_of_port_lease / "outside.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    change(copy_of_port_lease / "facts/sources.yaml", "seed: wire.txt", f'seed: "{seed}"')
    found = [problem for problem in problems_in(copy_of_port_lease) if problem.rule == "source-is-unchanged"]
    assert len(found) == 1
    assert "is not a file name in seeds/" in found[0].message
    assert found[0].location.line_text.startswith("  seed: ")


@pytest.mark.parametrize(
    "name", ["clauses\n.yaml", "\x1b[31mclauses.yaml", "Clauses.yaml", "clauses .yaml", "x" * 250 + ".yaml"]
)
def test_a_file_of_facts_with_another_name_is_named_and_not_read(copy_of_port_lease: Path, name: str) -> None:
    (copy_of_port_lease / "facts" / name).write_text(f"{SECRET}\n", encoding="utf-8")
    found = problems_in(copy_of_port_lease)
    assert [problem.rule for problem in found] == ["fact-fits-its-kind"]
    assert "there is no kind of fact called" in found[0].message


AS_NOBODY = """
import os, sys
from pathlib import Path
from briefing.loading.files import list_folder, read_bytes
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for path in map(Path, sys.argv[1:]):
    print((list_folder(path) if path.is_dir() else read_bytes(path)).message)
"""


def test_what_is_closed_to_us_is_a_reason_and_no_traceback() -> None:
    with tempfile.TemporaryDirectory() as name:
        file, folder = Path(name, "file"), Path(name, "folder")
        file.write_text(SECRET, encoding="utf-8")
        folder.mkdir()
        Path(name).chmod(0o755)
        file.chmod(0)
        folder.chmod(0)
        run = [sys.executable, "-c", AS_NOBODY, file, folder]
        told = subprocess.run(run, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        folder.chmod(0o755)
    assert told.stdout.splitlines() == ["this file cannot be opened", "this folder cannot be opened"]


@pytest.mark.parametrize("path", ["x" * 300, "a\0b", "nowhere/x"])
def test_a_path_that_no_disk_can_hold_is_a_reason_and_no_traceback(tmp_path: Path, path: str) -> None:
    assert failure(tmp_path / path) in ("this file cannot be opened", "there is no such file")


def test_the_list_folder_a_folder_are_sorted(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).touch()
    assert list_folder(tmp_path) == ["a", "b"]
