"""Runs `mkdocs serve` for the tests, and saves files as editors do."""

import contextlib
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from mkdocs.__main__ import cli as mkdocs

T = TypeVar("T")
_LAID_OVER = re.compile(r'<aside id="briefing-problems".*?</aside>|<script>\s*var livereload = .*?</script>', re.DOTALL)


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


@contextlib.contextmanager
def previewed_soon(folder: Path) -> Iterator[str]:
    """The same by a process that is forked from one in which everything is imported: for tests that start one each."""
    log = folder.parent / f"{folder.name}.log"
    log.touch()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warmed", __name__])
    server = context.Process(target=_serve, args=(folder, log, free_port()), daemon=True)
    server.start()
    try:
        assert waited_for(lambda: "Serving on " in log.read_text("utf-8") or not server.is_alive())
        yield re.findall(r"Serving on (http://\S+)", log.read_text("utf-8"))[0]
        assert "Traceback" not in log.read_text("utf-8")
        assert server.is_alive()
    finally:
        server.terminate()
        server.join()


def _serve(folder: Path, log: Path, port: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND), stream.fileno())
    os.chdir(folder)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    sys.argv = ["mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    mkdocs(sys.argv[1:])


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


def asked(address: str) -> str:
    """What is served there, the page that says there is none included."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        return str(error.read().decode("utf-8"))


def bare(page: str) -> str:
    """A page without what the preview lays over it: the panel, and the script that reloads it."""
    return " ".join(_LAID_OVER.sub("", page).split())


def assert_is_served(pages: Mapping[str, bytes], address: str) -> None:
    """Every page that a clean build makes is what is served, as soon as it is taken up, but for what is laid over it."""
    assert len(pages) > 20
    until = time.monotonic() + 20
    for name, page in pages.items():
        while name.endswith(".html") and bare(asked(address + name)) != bare(page.decode("utf-8")):
            assert time.monotonic() < until, f"{name} is stale"
            time.sleep(0.2)


def write_in_place(path: Path, text: str | bytes) -> None:
    path.write_bytes(_bytes(text))


def write_beside_and_rename(path: Path, text: str | bytes) -> None:
    """Saves as gedit, Kate and JetBrains do."""
    beside = path.with_name(f".goutputstream-{path.stem}")
    beside.write_bytes(_bytes(text))
    beside.replace(path)


def delete_and_create(path: Path, text: str | bytes) -> None:
    path.unlink()
    path.write_bytes(_bytes(text))


def as_vim(path: Path, text: str | bytes) -> None:
    """Saves as vim does: beside a swap file a probe, the old file out of the way, the new one, the old one gone."""
    swap, probe, old = path.with_name(f".{path.name}.swp"), path.with_name("4913"), path.with_name(f"{path.name}~")
    swap.write_bytes(os.urandom(64))
    probe.touch()
    probe.unlink()
    if path.exists():
        path.rename(old)
    with path.open("wb") as file:
        file.write(_bytes(text))
        file.flush()
        os.fsync(file.fileno())
    old.unlink(missing_ok=True)
    swap.unlink()


def as_vs_code(path: Path, text: str | bytes) -> None:
    """Saves as VS Code does: the file emptied, then written in place and flushed."""
    with path.open("wb") as file:
        file.flush()
        file.write(_bytes(text))
        file.flush()
        os.fdatasync(file.fileno())


def as_emacs(path: Path, text: str | bytes) -> None:
    """Saves as Emacs does: a lock that is a link to nowhere, a copy of what is typed, a backup that stays."""
    lock, typed = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.unlink(missing_ok=True)
    lock.symlink_to("curator@desk.4711:1")
    typed.write_bytes(_bytes(text))
    if path.exists():
        path.rename(path.with_name(f"{path.name}~"))
    path.write_bytes(_bytes(text))
    typed.unlink()
    lock.unlink()


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else text


Save = Callable[[Path, str | bytes], None]
SAVES: tuple[Save, ...] = (write_in_place, write_beside_and_rename, delete_and_create, as_vim, as_vs_code, as_emacs)
