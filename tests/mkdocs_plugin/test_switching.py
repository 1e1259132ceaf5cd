"""Git underneath a running preview: another branch is checked out, or what is there is committed; the pages are right after."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PORT_LEASE
from tests.dossiers import RECORD
from tests.loading.test_git import git
from tests.mkdocs_plugin.test_preview_pages import clean
from tests.previews import asked, assert_is_served, previewed
from tests.sites import make_buildable

NOTICE = "The harbour office is open on Monday.\n"
LEFT_OUT = '  left-out:\n    - paragraphs: "1"\n      reason: It says nothing of the lease.\n'
OWN = {"main": "docs/index-of-main.md", "other": "docs/more/of-other.md"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of `main`, and a branch `other` in which files of facts, seeds and docs differ, appear and vanish."""
    at = make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp("switching") / "port_lease")))
    (at / ".gitignore").write_text("/tmp*/\n", encoding="utf-8")  # where a test builds
    with (at / "briefing.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            "interface: [Method, Index of main, Of other, This is main, This is other, This is other. See, the clauses]\n"
        )
    (at / "docs" / "method.md").write_text("# Method\n\nThis is main.\n", encoding="utf-8")
    (at / OWN["main"]).write_text("# Index of main\n\nThis is main.\n", encoding="utf-8")
    git(at, "init", "-q", "-b", "main")
    git(at, "add", "-A")
    git(at, "commit", "-qm", "Main")
    git(at, "checkout", "-qb", "other")
    become_other(at)
    git(at, "add", "-A")
    git(at, "commit", "-qm", "Other")
    git(at, "checkout", "-q", "main")
    return at


def become_other(at: Path) -> None:
    (at / OWN["main"]).unlink()
    (at / OWN["other"]).parent.mkdir()
    (at / OWN["other"]).write_text("# Of other\n\nThis is other. See [the clauses](../clauses.md).\n", encoding="utf-8")
    (at / "docs" / "method.md").write_text("# Method\n\nThis is other.\n", encoding="utf-8")
    (at / "facts" / "silences.yaml").unlink()
    (at / "seeds" / "notice.txt").write_text(NOTICE, encoding="utf-8")
    clauses, sources = at / "facts" / "clauses.yaml", at / "facts" / "sources.yaml"
    clauses.write_text(clauses.read_text("utf-8").replace("for 25 years.", "for 25 long years."), encoding="utf-8")
    record = RECORD.format(id="notice", sha256=hashlib.sha256(NOTICE.encode()).hexdigest())
    sources.write_text(sources.read_text("utf-8") + f"\n{record}{LEFT_OUT}", encoding="utf-8")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with previewed(folder) as at:
        yield at


def assert_is(branch: str, folder: Path, address: str) -> None:
    """The pages are those of a branch, and of no other."""
    pages, wrong = clean(folder, address)
    assert bool(wrong) == (branch == "other")  # where no silence is left, paragraphs are open
    assert b"for 25 long years" in pages["clauses/index.html"] or branch == "main"
    assert ("more/of-other/index.html" in pages) == (branch == "other")
    assert_is_served(pages, address)
    assert ('id="briefing-problems"' in asked(address)) == (branch == "other")
    for name, there in (("index-of-main/", branch == "main"), ("more/of-other/", branch == "other")):
        assert (f"This is {branch}." in asked(address + name)) == there


def test_a_branch_that_is_checked_out_is_what_is_shown(folder: Path, address: str) -> None:
    assert_is("main", folder, address)
    for branch in ("other", "main"):
        git(folder, "checkout", "-q", branch)
        assert_is(branch, folder, address)


def test_branches_switched_faster_than_they_can_be_built_end_in_the_last(folder: Path, address: str) -> None:
    for branch in (*["other", "main"] * 4, "other"):
        git(folder, "checkout", "-q", branch)
    assert_is("other", folder, address)
    git(folder, "checkout", "-q", "main")
    assert_is("main", folder, address)


def test_a_preview_names_no_commit_which_the_next_would_make_untrue(folder: Path, address: str) -> None:
    def foot() -> str:
        found = re.search(r'<p class="checked">.*?</p>', asked(f"{address}clauses/"), re.DOTALL)
        assert found
        return found[0]

    before = foot()
    assert "commit" not in before
    git(folder, "commit", "-q", "--allow-empty", "-m", "Nothing")
    assert foot() == before
