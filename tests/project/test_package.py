"""The package as it is installed: templates and style sheet are in the wheel, the command and the plugin are declared."""

import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

from tests.sites import PROJECT


def test_the_wheel_holds_everything_that_rendering_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "briefing").rglob("*")
        if path.is_file() and ("/starter" in path.as_posix() or path.suffix in (".py", ".j2", ".css", ".yaml", ".po"))
    }
    assert needed <= inside


def test_the_command_and_the_plugin_are_declared() -> None:
    found = {(entry.group, entry.name): entry.value for entry in metadata.distribution("briefing").entry_points}
    assert found["console_scripts", "briefing"] == "briefing.cli:main"
    assert found["mkdocs.plugins", "briefing"] == "briefing.mkdocs_plugin.plugin:BriefingPlugin"


def test_no_address_of_a_package_index_is_in_the_lock() -> None:
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert "://" not in lock
