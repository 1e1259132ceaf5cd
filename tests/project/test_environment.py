"""No variable that Python itself reads changes a byte of a site or a word of a message."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PORT_LEASE
from tests.model.test_custom_kinds import declare
from tests.sites import make_buildable, tree

ENVIRONMENTS = {
    "asserts stripped": {"PYTHONOPTIMIZE": "1"},
    "docstrings stripped": {"PYTHONOPTIMIZE": "2"},
    "another order of sets": {"PYTHONHASHSEED": "7", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNODEBUGRANGES": "1"},
    "an old terminal": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    "development": {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "ignore", "PYTHONMALLOC": "debug", "PYTHONUNBUFFERED": "1"},
}
each_environment = pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
COMMANDS = (
    ("--help",), ("check", "--help"), ("source", "add", "--help"), ("rules",), ("rules", "quote-is-verbatim"),
    ("check", "--format", "json"), ("quote", "quarter-century"), ("coverage", "wire"), ("schema", "--check"),
)  # fmt: skip


def run(folder: Path, environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON") or name == "PYTHONPATH"}
    command = [sys.executable, "-m", "briefing", *arguments]
    return subprocess.run(command, cwd=folder, env=known | environment, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented dossier with a kind of its own and one quote that is wrong; not to be written to."""
    made = declare(Path(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp("environment") / "lease")))
    assert run(made, {}, "schema").returncode == 0
    path = made / "facts" / "clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("largest harbour", "smallest harbour", 1), encoding="utf-8")
    return made


Said = dict[tuple[str, ...], tuple[int, bytes, bytes]]


def said(folder: Path, environment: dict[str, str]) -> Said:
    done = {arguments: run(folder, environment, *arguments) for arguments in COMMANDS}
    return {arguments: (one.returncode, one.stdout, one.stderr) for arguments, one in done.items()}


@pytest.fixture(scope="module")
def usual(folder: Path) -> Said:
    return said(folder, {})


@each_environment
def test_every_command_says_the_same(folder: Path, usual: Said, environment: dict[str, str]) -> None:
    assert said(folder, environment) == usual
    assert all(code in (0, 1) and (out or name == ("schema", "--check")) for name, (code, out, _) in usual.items())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Path(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp("built") / "lease"))
    assert run(make_buildable(declare(made)), {}, "build").returncode == 0
    return made


@each_environment
def test_a_site_has_the_same_bytes(built: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "lease", ignore=shutil.ignore_patterns("site")))
    done = run(folder, environment, "build")
    assert done.returncode == 0, done.stderr
    assert tree(folder / "site") == tree(built / "site")
