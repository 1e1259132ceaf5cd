"""What a page of documentation shows is run: YAML is put into a briefing, commands are run as a shell runs them."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.rule_examples import Example, problems_of

BIN = Path(sys.executable).parent
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"# (\S+\.(?:yaml|yml))(?:, against ([a-z-]+))?\n")
_KEY = re.compile(r"^([\w-]+):.*\n(?:[ #-].*\n|\n)*", re.MULTILINE)


class Block(NamedTuple):
    """A block of code: its language and its text."""

    language: str
    text: str

    @property
    def file(self) -> str:
        """The file of a briefing that it stands in; empty where it names none."""
        found = _NAMED.match(self.text)
        return found[1] if found else ""

    @property
    def against(self) -> str:
        """The rule that finds it wrong; empty where nothing is."""
        found = _NAMED.match(self.text)
        return (found[2] or "") if found else ""


def sections(text: str) -> dict[str, list[Block]]:
    """The blocks of code under each heading of the second level."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {
        title: [Block(*found) for found in _BLOCK.findall(body)] for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def rules_against(block: Block, folder: Path) -> set[str]:
    """The rules that find something in a briefing with the block in it. One that is a mistake is taken out again."""
    path = folder / block.file
    before = path.read_text("utf-8")
    yaml = block.text.partition("\n")[2]
    if path.parent == folder:
        keys = {found[1] for found in _KEY.finditer(yaml)}
        path.write_text(_KEY.sub(lambda found: "" if found[1] in keys else found[0], before) + yaml, "utf-8")
        told = problems_of(Example(False, "facts/overview.yaml", (folder / "facts/overview.yaml").read_text("utf-8")), folder)
    else:
        told = problems_of(Example(bool(block.against), block.file, yaml), folder)
    if block.against:
        path.write_text(before, "utf-8")
    return {problem.rule for problem in told}


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a console, each with the output that is shown below it."""
    for found in re.finditer(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
        yield found[1].partition("  #")[0].strip(), found[2]


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Runs a command in a folder as a shell does, with `briefing` and `mkdocs` at hand; both outputs in one."""
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=_environment(),
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def serves(folder: Path) -> bool:
    """Whether `mkdocs serve` comes up in a folder; it is ended then."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [BIN / "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=folder, env=_environment(), text=True, stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        try:
            return any("Serving on" in line for line in server.stderr)
        finally:
            server.terminate()


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_MKDOCS_2_WARNING": "1", "COLUMNS": "120"}


def copy_of(briefing: Path, folder: Path) -> Path:
    """A copy of a briefing without its site."""
    return Path(shutil.copytree(briefing, folder, ignore=shutil.ignore_patterns("site")))
