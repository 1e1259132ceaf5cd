"""`briefing diff` and the revisions it reads from git."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.test_check import run
from tests.loading.test_git import checkout, git

__all__ = ["checkout"]


def edit(folder: Path, old: str, new: str, name: str = "clauses") -> None:
    path = folder / f"facts/{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_changed_exits_0_and_leaves_the_checkout_alone(checkout: Path) -> None:
    edit(checkout, "lease-term:\n", "\n# a comment\nlease-term:\n")
    before = git(checkout, "status", "--porcelain")
    result = run("diff", "HEAD", checkout)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "briefing: nothing changed for readers since HEAD\n"
    assert git(checkout, "status", "--porcelain") == before


def test_what_changed_stands_by_kind_and_fact_old_above_new(checkout: Path) -> None:
    edit(checkout, "for 25 years.", "for 26 years.")
    edit(checkout, "run Halden port under a quarter-century lease", "under a quarter-century lease")
    edit(checkout, "claim: The Gazette counts", "claim: The Gazette numbers", "disputes")
    result = run("diff", "HEAD", checkout)
    assert result.exit_code == 1
    told = re.sub(r"\S+/facts/", "facts/", result.stdout)
    assert (
        told
        == """\
What the deal says

  lease-term, facts/clauses.yaml:1: changed
    claim
      - Vessia leases Halden harbour to the Marrow Isles for 25 years.
      + Vessia leases Halden harbour to the Marrow Isles for 26 years.
    quote of wire
      - will run Halden port under a quarter-century lease
      + will under a quarter-century lease

Disputed points

  dockers-at-work, facts/disputes.yaml:1: changed
    in positions: The Gazette numbers 1,200 dockers.
    claim
      - The Gazette counts 1,200 dockers.
      + The Gazette numbers 1,200 dockers.
"""
    )
    assert result.stderr == "briefing: 2 facts changed since HEAD\n"


def test_changed_words_are_underlined_where_there_is_colour(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(checkout, "for 25 years.", "for 26 years.")
    monkeypatch.setenv("FORCE_COLOR", "1")
    styled = run("diff", "HEAD", checkout).stdout
    assert "\x1b[4m25\x1b[0m years." in styled
    assert "\x1b[4m26\x1b[0m years." in styled


def test_facts_that_came_and_went_are_counted(checkout: Path) -> None:
    (checkout / "facts/context.yaml").unlink()
    edit(checkout, "lease-term:\n", "fresh:\n  claim: A.\n  quotes: {wire: both governments said}\nlease-term:\n")
    result = run("diff", "HEAD", checkout)
    assert re.search(
        r"fresh, \S+: added\n    claim\n      \+ A\.\n    quote of wire\n      \+ both governments said\n", result.stdout
    )
    assert re.search(r"^briefing: 1 fact added, \d facts? removed since HEAD$", result.stderr, re.MULTILINE)


def test_json_and_markdown_say_the_same(checkout: Path) -> None:
    edit(checkout, "for 25 years.", "for <b>26</b> *years*.")
    told = json.loads(run("diff", "HEAD", checkout, "--format", "json").stdout)
    (change,) = told["changes"]
    assert (change["kind"], change["fact"], change["how"], change["line"]) == ("clauses", "lease-term", "changed", 1)
    assert [one["what"] for one in change["edits"]] == ["claim"]
    drawn = run("diff", "HEAD", checkout, "--format", "markdown").stdout
    assert drawn.startswith("### What the deal says\n\n- **lease&#45;term** changed\n  - claim: Vessia leases")
    assert "<del>25 years&#46;</del> <ins>&#60;b&#62;26&#60;&#47;b&#62; &#42;years&#42;&#46;</ins>" in drawn
    empty = run("diff", "HEAD", checkout.parent / "port_lease", "--format", "markdown")
    assert empty.exit_code == 1


def test_an_earlier_revision_a_subfolder_and_a_file_name_of_another_script_are_read(tmp_path: Path, port_lease: Path) -> None:
    folder = tmp_path / "all/briefings/port"
    shutil.copytree(port_lease, folder)
    (folder / "seeds/заметка.txt").write_text("x", encoding="utf-8")
    git(tmp_path, "init", "-q", "all")
    git(tmp_path / "all", "add", "-A")
    git(tmp_path / "all", "commit", "-qm", "First")
    git(tmp_path / "all", "tag", "first")
    edit(folder, "for 25 years.", "for 26 years.")
    git(tmp_path / "all", "commit", "-qam", "Second")
    assert run("diff", "HEAD", folder).exit_code == 0
    assert "+ Vessia leases Halden harbour to the Marrow Isles for 26 years." in run("diff", "first", folder).stdout


def test_links_that_git_keeps_are_not_read(checkout: Path) -> None:
    (checkout / "facts/context.yaml").unlink()
    (checkout / "facts/context.yaml").symlink_to("/etc/passwd")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-qm", "A link")
    result = run("diff", "HEAD", checkout)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "root:" not in result.output


@pytest.mark.parametrize("revision", ["nope", "--help-me", "HEAD:facts", "-x", "HEAD~99", ""])
def test_a_revision_that_is_none_exits_2(checkout: Path, revision: str) -> None:
    result = run("diff", "--", revision, checkout)
    assert result.exit_code == 2
    assert f"git has no revision `{revision}`" in result.stderr


def test_where_git_knows_nothing_diff_could_not_run(
    copy_of_port_lease: Path, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = shutil.copytree(checkout, tmp_path / "apart", ignore=shutil.ignore_patterns(".git"))
    result = run("diff", "HEAD", apart)
    assert result.exit_code == 2
    assert "this folder has no git history" in result.stderr
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    git(empty, "commit", "-q", "--allow-empty", "-m", "Nothing")
    assert "there are no facts" in run("diff", "HEAD", empty).stderr
    monkeypatch.setenv("PATH", str(empty))
    result = run("diff", "HEAD", checkout)
    assert result.exit_code == 2
    assert "git is not installed" in result.stderr
