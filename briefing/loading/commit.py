"""The commit at which the facts and sources of a briefing stand, where git knows one."""

import subprocess
from pathlib import Path

COMMIT_PATHS = ("facts", "seeds", "briefing.yaml")


def commit_of(folder: Path) -> str:
    """The commit whose facts and seeds are, byte for byte, those of the folder; empty where there is none.

    A change, a new file and a file that git ignores all count: what was read is then not what the commit holds.
    """
    there = [name for name in COMMIT_PATHS if (folder / name).exists()]
    changed = _git_text(folder, "status", "--porcelain", "--ignored", "--untracked-files=all", "--", *there)
    if changed != "" or not _git_text(folder, "ls-files", "--", *there):
        return ""
    return (_git_text(folder, "rev-parse", "HEAD") or "")[:12]


def _git_text(folder: Path, *arguments: str) -> str | None:
    """What git answers; None where there is no git, or no checkout."""
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
