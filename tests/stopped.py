"""Runs `briefing build` in a process of its own, and stops it at its n-th step on the disk where that is asked for.

A step is what Python reports to an audit hook of files opened, made, renamed and deleted, from the lock on. The process is
forked from one in which everything is imported, so it is there soon. A site of two pages is made without MkDocs there, where
that is asked for.
"""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from unittest import mock

from briefing.cli import main as briefing
from briefing.mkdocs_plugin import build as publishing
from tests.small import make_two_pages

STEPS = ("open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "ctypes.dlsym")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def stopping(folder: str, stop_at: int, error: int = 0, number: int = signal.SIGKILL) -> None:
    """Builds, and gets a signal at a step, or has it fail with an error; at step 0, prints the steps, one a line."""
    seen: list[str] = []

    def step(event: str, args: tuple[object, ...]) -> None:
        if event not in STEPS or not (seen or ".lock" in str(args[0])):
            return
        seen.append(told(event, args))
        if len(seen) == stop_at and not error:
            os.kill(os.getpid(), number)
        if len(seen) == stop_at:
            raise OSError(error, os.strerror(error), str(args[0]))

    sys.addaudithook(step)
    try:
        briefing(["build", folder])
    finally:
        if not stop_at:
            print("\n".join(tuple(seen)))


def told(event: str, args: tuple[object, ...]) -> str:
    """A step in words: what is called, and for a file opened whether it is to be written."""
    if event == "ctypes.dlsym":
        return str(args[1])
    return "write" if event == "open" and isinstance(args[2], int) and args[2] & WRITING else event


class Forked:
    """A build that runs in a process of its own, and what it said."""

    def __init__(self, folder: Path, *stop: int, two_pages: bool = False, most: int = 0) -> None:
        """Starts it, to be stopped as `stopping` is told; `most` is the size of the largest file that it may write."""
        self._out, self.said = (folder.with_name(f"{folder.name}.{name}") for name in ("out", "said"))
        for path in (self._out, self.said):
            path.write_text("", encoding="utf-8")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.warmed", __name__])
        self._process: ForkServerProcess = context.Process(
            target=_forked, args=(folder, self._out, self.said, stop, two_pages, most)
        )
        self._process.start()

    def ended(self) -> "subprocess.CompletedProcess[str]":
        """Waits for its end; its exit code, and what it said."""
        self._process.join(120)
        assert self._process.exitcode is not None
        said = self.said.read_text("utf-8")
        assert "Traceback" not in said, said
        return subprocess.CompletedProcess([], self._process.exitcode, self._out.read_text("utf-8"), said)


def _forked(folder: Path, out: Path, said: Path, stop: tuple[int, ...], two_pages: bool, most: int) -> None:
    for path, stream in ((out, sys.stdout), (said, sys.stderr)):
        os.dup2(os.open(path, os.O_WRONLY), stream.fileno())
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if two_pages:
        mock.patch.multiple(publishing, mkdocs_build=make_two_pages, verify_site=lambda site, seeds: []).start()
    if stop:
        stopping(str(folder), *stop)
    else:
        briefing(["build", str(folder)])
