"""A site is the same to the last byte and mode wherever, whenever and by whomever it is built, and by whichever command."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.sites import PROJECT, copy_of_project, make_buildable, tree

AT = "import sys, time_machine, briefing.cli; time_machine.travel(sys.argv.pop(1)).start(); briefing.cli.main()"


@dataclass(frozen=True)
class Surroundings:
    """What may differ between two machines that build one briefing."""

    folder: str
    date: str
    umask: int
    environment: Mapping[str, str] = field(default_factory=dict)

    def build(self, briefing: Path, into: Path) -> dict[str, tuple[int, bytes]]:
        """Builds a copy of a briefing, its files written in another order and with other times and modes."""
        folder = into / self.folder
        files = sorted((path for path in briefing.rglob("*") if path.is_file()), reverse=self.umask > 0o22)
        for number, path in enumerate(files):
            goal = folder / path.relative_to(briefing)
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, goal)
            goal.chmod(0o666 & ~self.umask)
            os.utime(goal, (number * 1e6, number * 1e6))
        (folder / "docs").mkdir(exist_ok=True)
        command = [sys.executable, "-c", AT, self.date, "build", str(folder)]
        env = os.environ | {"NO_MKDOCS_2_WARNING": "1", **self.environment}
        done = subprocess.run(command, cwd=PROJECT, env=env, umask=self.umask, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return tree(folder / "site")


HERE = Surroundings("a", "2020-11-10T00:00Z", 0o022, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"})
THERE = Surroundings(
    "another folder/ñ/deeper",
    "2041-07-31T23:59Z",
    0o077,
    {"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "40"},
)
ELSEWHERE = Surroundings(
    "b", "1999-12-31T12:00Z", 0o002, {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random"}
)


def with_address(folder: Path) -> Path:
    """Gives a briefing an address, so that its sitemap has dates."""
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("site_url: https://briefing.example/\n")
    return folder


def test_the_invented_briefing_is_the_same_in_three_surroundings(copy_of_port_lease: Path, tmp_path: Path) -> None:
    briefing = with_address(make_buildable(copy_of_port_lease))
    here, there, elsewhere = (way.build(briefing, tmp_path / "built") for way in (HERE, THERE, ELSEWHERE))
    assert differing(here, there) == differing(here, elsewhere) == []
    assert {mode for mode, _ in here.values()} == {0o644, 0o755}
    assert here["assets/card.png"][1].startswith(b"\x89PNG")
    assert re.findall(rb"<lastmod>(.*?)<", here["sitemap.xml"][1])[0] == b"2031-04-03"


@pytest.mark.long
def test_the_first_briefing_is_the_same_in_two_surroundings(tmp_path: Path) -> None:
    briefing = with_address(copy_of_project(tmp_path / "briefing"))
    here, there = (way.build(briefing, tmp_path / "built") for way in (HERE, THERE))
    assert differing(here, there) == []
    assert "sitemap.xml.gz" in here


def test_mkdocs_builds_the_same_bytes(copy_of_port_lease: Path, tmp_path: Path) -> None:
    briefing = with_address(make_buildable(copy_of_port_lease))
    ours = HERE.build(briefing, tmp_path)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=briefing, check=True, capture_output=True)
    theirs = tree(briefing / "site")
    assert differing({name: of[1] for name, of in ours.items()}, {name: of[1] for name, of in theirs.items()}) == []


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """The files and folders that are not the same in both."""
    return sorted(name for name in {**one, **other} if one.get(name) != other.get(name))
