"""Runs `mkdocs serve` for the tests, and saves files as editors do."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@contextlib.contextmanager
def previewed(folder: Path, *arguments: str, patience: int = 60) -> Iterator[str]:
    """Serves a folder with MkDocs on a free port of this machine and yields its address."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{free_port()}", *arguments]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    log = folder.parent / f"{folder.name}.log"
    with log.open("w") as out, subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out) as server:
        try:
            yield waited_for(lambda: re.search(r"Serving on (http://\S+)", log.read_text("utf-8")) or server.poll(), patience)[
                1
            ]
            assert "Traceback" not in log.read_text("utf-8")
            assert server.poll() is None
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def waited_for(found: Callable[[], T], seconds: int = 60) -> T:
    """What `found` returns as soon as it is true."""
    until = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
    return result


def write_in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def write_beside_and_rename(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def delete_and_create(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, encoding="utf-8")


def keep_a_backup(path: Path, text: str) -> None:
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text, encoding="utf-8")


SAVES = (write_in_place, write_beside_and_rename, delete_and_create, keep_a_backup)
