"""A command that is told to stop takes back what it has begun, and ends with 128 and the number of the signal."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from briefing.diagnostics.signals import STOPPING, stops_tidily
from tests.conftest import PORT_LEASE
from tests.previews import free_port, waited_for
from tests.sites import PROJECT, make_buildable

STOPPED_AT = """\
import os, sys
sys.dont_write_bytecode = True
from briefing.cli import main
number, step, seen = int(sys.argv[1]), int(sys.argv[2]), 0
def count(event, args):
    global seen
    if event in ("os.rename", "os.mkdir", "tempfile.mkstemp"):
        seen += 1
        if seen == step:
            os.kill(os.getpid(), number)
sys.addaudithook(count)
main(sys.argv[3:])
"""
Tree = dict[str, bytes]


def contents(folder: Path) -> Tree:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stopped(number: int, step: int, *arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", STOPPED_AT, str(number), str(step), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("number", STOPPING, ids=lambda number: number.name)
@pytest.mark.parametrize(
    "arguments", [["source", "add", "new.html", "--language", "en"], ["release"], ["schema"]], ids=" ".join
)
def test_a_command_that_writes_leaves_all_or_nothing(
    copy_of_port_lease: Path, tmp_path: Path, arguments: list[str], number: signal.Signals
) -> None:
    page = "<!doctype html><title>News</title><p>The port of Halden is let to the Marrow Isles, a ministry says today.</p>"
    (copy_of_port_lease / "new.html").write_text(page, encoding="utf-8")
    before = contents(copy_of_port_lease)
    whole = Path(shutil.copytree(copy_of_port_lease, tmp_path / "whole"))
    assert stopped(number, 10**6, *arguments, folder=whole).returncode == 0
    after = contents(whole)
    assert after != before
    for step in range(1, 9):
        folder = Path(shutil.copytree(copy_of_port_lease, tmp_path / f"stopped-{step}"))
        done = stopped(number, step, *arguments, folder=folder)
        left = contents(folder)
        assert (done.returncode, done.stderr) == (128 + number, "") or (done.returncode == 0 and left == after)
        if arguments == ["schema"]:  # each file is whole
            assert all(left[name] == after[name] for name in left)
        else:
            assert left in (before, after), step


@pytest.mark.parametrize("step", [1, 2, 9, 40, 60])
def test_a_new_briefing_is_whole_or_not_there(tmp_path: Path, step: int) -> None:
    done = stopped(signal.SIGTERM, step, "new", "ours", folder=tmp_path)
    assert done.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_a_repository_in_which_a_briefing_was_begun_stays(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert stopped(signal.SIGTERM, 20, "new", ".", folder=tmp_path).returncode == 128 + signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


@pytest.mark.parametrize("number", STOPPING, ids=lambda number: number.name)
def test_a_preview_told_to_stop_ends_and_leaves_no_folder(tmp_path: Path, number: signal.Signals) -> None:
    folder, temporary = make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path / "lease"))), tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{free_port()}"]
    log = tmp_path / "log"
    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=folder, env=os.environ | {"TMPDIR": str(temporary)}, stdout=out, stderr=out) as serving,
    ):
        waited_for(lambda: "Serving on " in log.read_text("utf-8"))
        assert list(temporary.iterdir())
        serving.send_signal(number)
        assert serving.wait(60) == 128 + number
    assert list(temporary.iterdir()) == []
    assert not (folder / "site").exists()


def test_a_signal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    told = f"nohup {sys.executable} -c 'import signal, os; from briefing.diagnostics.signals import stops_tidily\n"
    told += "with stops_tidily(): os.kill(os.getpid(), signal.SIGHUP); print(7)'"
    done = subprocess.run(["bash", "-c", told], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "7\n", done


def test_afterwards_and_in_another_thread_all_is_as_it_was() -> None:
    before = [signal.getsignal(number) for number in STOPPING]
    with stops_tidily():
        assert os.name == "nt" or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    assert [signal.getsignal(number) for number in STOPPING] == before
    seen: list[object] = []

    def enter() -> None:
        with stops_tidily():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]
