"""Reading and checking need nothing that Windows lacks. Simulated: the names that are missing there are taken away."""

import subprocess
import sys

from tests.sites import PROJECT

WITHOUT_POSIX = """
import os, signal, sys
for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC", "fork", "getuid", "geteuid", "setsid", "killpg"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGPIPE", "SIGHUP", "SIGKILL", "SIGALRM"):
    delattr(signal, name)
sys.modules |= dict.fromkeys(["fcntl", "grp", "pwd", "resource", "termios", "tty"])
"""
READ_AND_CHECK = f"""{WITHOUT_POSIX}
import briefing
dossier = briefing.load("examples/port-lease")
report = briefing.check(dossier)
assert report.problems == () and report.checked["quotes"] > 100
assert "index.md" in briefing.render(dossier, report)
from briefing.cli import main
main(["check", "examples/port-lease"])
"""


def test_a_briefing_is_read_checked_and_rendered_without_posix() -> None:
    command = [sys.executable, "-c", READ_AND_CHECK]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "nothing wrong" in done.stderr
