"""Links are refused and files are written where the system lacks the flags of Unix for opening files, as on Windows."""

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_UNIX = """
import os, sys
for name in ("O_NOFOLLOW", "O_NONBLOCK", "geteuid", "mkfifo"):
    delattr(os, name)
sys.modules["fcntl"] = None
import briefing
from briefing.cli import main
main(sys.argv[1:])
"""


def run_without_unix(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_UNIX, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("target", "message"), [("outside", "this is a link"), ("/dev/zero", "this is a link")])
def test_a_link_is_still_not_read(copy_of_port_lease: Path, target: str, message: str) -> None:
    seed = copy_of_port_lease / "seeds/wire.txt"
    seed.rename(copy_of_port_lease / "seeds/outside")
    seed.symlink_to(target)
    done = run_without_unix(copy_of_port_lease, "check", "--format", "line")
    assert done.returncode == 1
    assert f"seeds/wire.txt cannot be read: {message}" in done.stdout


def test_a_briefing_is_made_with_whole_files(tmp_path: Path) -> None:
    done = run_without_unix(tmp_path, "new", "fresh")
    assert done.returncode == 0, done.stderr
    assert not [path for path in (tmp_path / "fresh").rglob("*") if path.name.startswith(".sources")]
