"""Documents made to cost time and memory: they are read within limits, or refused with a next step."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefing.diagnostics.problem import Problem
from briefing.sources import limited
from briefing.sources.document import Document
from briefing.sources.limited import MAX_MEMORY, read_with_limits
from briefing.sources.reader import read_document
from tests.documents import PAGE, packed_pdf, pdf, scattered_pdf

PROJECT = Path(__file__).parents[2]
MIB = 1024 * 1024
limits_of_memory = pytest.mark.skipif(sys.platform != "linux", reason="the system has no such limit")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", PAGE.encode()),
        ("report.pdf", pdf(["One block.", "Another."], ["A second page."], title="A title")),
        ("letter.txt", b"One.\r\n\r\nTwo.\n"),
        ("letter.txt", "Гавань.".encode("utf-16")),
    ],
)
def test_a_document_is_the_same_as_without_limits(name: str, content: bytes) -> None:
    found = read_with_limits(name, content)
    assert isinstance(found, Document)
    assert found == read_document(name, content)


@pytest.mark.parametrize(
    "content", [b"One.\n\nTwo \xe2\x80\xae three.", b"a\nb\xff", b"PK\x03\x04", b"%PDF-1.4", b"a\0b", b" "]
)
def test_a_problem_is_the_same_as_without_limits(content: bytes) -> None:
    found, plain = read_with_limits("report", content), read_document("report", content)
    assert isinstance(found, Problem)
    assert isinstance(plain, Problem)
    assert (found.rule, found.message, found.help) == (plain.rule, plain.message, plain.help)
    assert str(found.location) == str(plain.location)
    assert (found.location.width, found.location.line_text) == (plain.location.width, plain.location.line_text)


@limits_of_memory
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("packed once", packed_pdf(b" " * 300 * MIB)),
        ("packed twice", packed_pdf(b" " * 300 * MIB, times=2)),
        ("many words", packed_pdf(b"BT /F1 12 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 300_000 + b"ET")),
        ("page.html", b"<html><pre>" + b"<br>a" * 1_600_000),
    ],
)
def test_a_document_that_unpacks_to_more_than_the_memory_is_refused(name: str, content: bytes) -> None:
    found = read_with_limits(name, content)
    assert isinstance(found, Problem)
    limits = (f"{MAX_MEMORY // MIB} MiB of memory", "seconds of processor time")  # the time, on a machine that is slow enough
    assert found.message.startswith("reading this document takes more than ")
    assert found.message.endswith(limits)
    assert "save the text that it shows" in found.help


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "MIN_SECONDS", 1)
    found = read_with_limits("report.pdf", scattered_pdf(30_000))
    assert isinstance(found, Problem)
    assert found.message == "reading this document takes more than 1 seconds of processor time"


def test_without_limits_of_the_system_the_deadline_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "MIN_SECONDS", 1)
    monkeypatch.setattr(limited, "DEADLINE_FACTOR", 1)
    monkeypatch.setattr(limited, "_PROGRAM", "import time; time.sleep(600)")
    found = read_with_limits("report.pdf", b"%PDF-1.4")
    assert isinstance(found, Problem)
    assert found.message == "reading this document takes more than 1 seconds"


def test_a_reader_that_breaks_down_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "_PROGRAM", "1 / 0")
    found = read_with_limits("report.pdf", b"%PDF-1.4")
    assert isinstance(found, Problem)
    assert found.message == "this document ends the program that reads it"


def test_no_module_in_the_working_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("1 / 0", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert isinstance(read_with_limits("a.txt", b"Fine.\n"), Document)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_an_interrupt_leaves_no_process_behind(tmp_path: Path) -> None:
    (tmp_path / "slow.pdf").write_bytes(scattered_pdf(400_000))
    code = (
        "from pathlib import Path; from briefing.sources.limited import *; read_with_limits('a', Path('slow.pdf').read_bytes())"
    )
    paths = {**os.environ, "PYTHONPATH": str(PROJECT)}
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=paths, stderr=subprocess.DEVNULL)
    while not (children := children_of(parent.pid)):
        assert parent.poll() is None
        time.sleep(0.05)
    parent.send_signal(signal.SIGINT)
    assert parent.wait(60) != 0
    while any(map(is_running, children)):  # for as long as a process runs on, so does the test
        time.sleep(0.05)


def is_running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
