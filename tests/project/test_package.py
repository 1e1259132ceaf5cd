"""The package as it is installed: what the wheel holds, and what it says of itself."""

import email
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from briefing import __version__
from briefing.sources.new_briefing import DISTRIBUTION
from tests.sites import PROJECT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_everything_that_rendering_needs(wheel: zipfile.ZipFile) -> None:
    suffixes = (".py", ".j2", ".css", ".js", ".html", ".yaml", ".po", ".ttf", ".json")
    needed = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "briefing").rglob("*")
        if path.is_file() and ("/starter" in path.as_posix() or path.suffix in suffixes)
    }
    assert needed | {"briefing/py.typed", "briefing/rendering/fonts/OFL.txt"} <= set(wheel.namelist())


def test_the_wheel_says_its_name_version_and_license(wheel: zipfile.ZipFile) -> None:
    folder = f"mkdocs_briefing-{__version__}.dist-info"
    said = email.message_from_bytes(wheel.read(f"{folder}/METADATA"))
    assert (said["Name"], said["Version"], said["License-Expression"]) == (DISTRIBUTION, __version__, "MIT AND OFL-1.1")
    assert wheel.read(f"{folder}/licenses/LICENSE") == (PROJECT / "LICENSE").read_bytes()
    assert f"{folder}/licenses/briefing/rendering/fonts/OFL.txt" in wheel.namelist()
    assert {"Typing :: Typed", "Framework :: MkDocs"} <= set(said.get_all("Classifier", []))


def test_the_source_archive_holds_no_source_text(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "pyproject.toml", "README.md", "briefing/py.typed"} <= names
    assert not [name for name in names if name.startswith(("seeds/", "facts/", "tests/"))]


def test_the_changelog_begins_with_this_version() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    first = re.search(r"^## (\S+)(?: — | - |, )(\d{4}-\d\d-\d\d)$", text, re.M)
    assert first is not None
    assert first[1] == __version__


def test_the_command_and_the_plugin_are_declared() -> None:
    found = {(entry.group, entry.name): entry.value for entry in metadata.distribution(DISTRIBUTION).entry_points}
    assert found["console_scripts", "briefing"] == "briefing.cli:main"
    assert found["mkdocs.plugins", "briefing"] == "briefing.mkdocs_plugin.plugin:BriefingPlugin"


def test_no_address_of_a_package_index_is_in_the_lock() -> None:
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert "://" not in lock
