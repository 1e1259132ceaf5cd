"""The commit at the foot of the pages is named only where what was read is what the commit holds."""

import subprocess
from pathlib import Path

import pytest

from briefing.loading.git import commit_of


def git(folder: Path, *arguments: str) -> str:
    me = ["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *me, "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def checkout(copy_of_port_lease: Path) -> Path:
    git(copy_of_port_lease, "init", "-q")
    git(copy_of_port_lease, "add", "-A")
    git(copy_of_port_lease, "commit", "-qm", "Facts")
    return copy_of_port_lease


def test_a_clean_checkout_has_its_commit(checkout: Path) -> None:
    assert commit_of(checkout) == git(checkout, "rev-parse", "HEAD")[:12]


def test_changes_elsewhere_are_no_matter(checkout: Path) -> None:
    (checkout / "notes.txt").write_text("mine", encoding="utf-8")
    assert commit_of(checkout)


@pytest.mark.parametrize("name", ["facts/figures.yaml", "seeds/wire.txt", "facts/new.yaml", "briefing.yaml"])
def test_a_change_that_is_not_committed_leaves_none(checkout: Path, name: str) -> None:
    (checkout / name).write_text("changed", encoding="utf-8")
    assert commit_of(checkout) is None


def test_files_that_git_ignores_are_of_no_commit(checkout: Path) -> None:
    inner = checkout / "copy"
    (checkout / ".gitignore").write_text("copy/\n", encoding="utf-8")
    for name in ("facts", "seeds"):
        (inner / name).mkdir(parents=True)
        (inner / name / "a").write_text("a", encoding="utf-8")
    assert commit_of(inner) is None


def test_a_folder_that_is_no_checkout_has_none(copy_of_port_lease: Path) -> None:
    assert commit_of(copy_of_port_lease) is None
