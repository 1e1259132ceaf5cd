"""A site's list of its files is what `sha256sum -c` takes; what is missing, extra or changed is one problem each."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.mkdocs_plugin.build import build_site
from briefing.verification.checksums import CHECKSUMS_FILE, PROVENANCE, hashes, verify_checksums, write_checksums

ODD_NAMES = ["a b.html", "é.html", "back\\slash.html", "line\nend.html", "return\r.html", "-c", ".well-known/x"]


@pytest.fixture(scope="module")
def built(built_lease: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built_lease, tmp_path_factory.mktemp("sealed") / "port_lease"))


def small_site(folder: Path) -> Path:
    for name in ODD_NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    write_checksums(folder, {"seeds": {}})
    return folder


def said(site: Path, seeds: Path | None = None) -> list[str]:
    return [f"{problem.location.file.path}: {problem.message}" for problem in verify_checksums(site, seeds)]


def accepted(site: Path) -> bool:
    """What coreutils says of the list."""
    return (
        subprocess.run(["sha256sum", "-c", "--strict", CHECKSUMS_FILE], cwd=site, capture_output=True, check=False).returncode
        == 0
    )


def test_the_list_names_every_file_but_itself_in_order(built: Path) -> None:
    lines = (built / "site" / CHECKSUMS_FILE).read_bytes().splitlines()
    names = [line.partition(b"  ")[2].decode() for line in lines]
    assert names == sorted(names)
    there = {path.relative_to(built / "site").as_posix() for path in (built / "site").rglob("*") if path.is_file()}
    assert {*names, CHECKSUMS_FILE} == there
    assert "ledger.json" in names
    assert PROVENANCE in names


def test_sha256sum_takes_the_list_of_a_built_site(built: Path) -> None:
    assert accepted(built / "site")
    assert said(built / "site", built / "seeds") == []


def test_sha256sum_takes_names_of_every_sort(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    assert accepted(site)
    assert said(site) == []
    assert len((site / CHECKSUMS_FILE).read_bytes().splitlines()) >= len(ODD_NAMES)


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda site: (site / "-c").write_text("other"), "-c: checksum mismatch with SHA256SUMS"),
    "missing": (lambda site: (site / "-c").unlink(), "-c: this file is listed in SHA256SUMS but missing from the site"),
    "extra": (lambda site: (site / "more").write_text(""), "more: this file is not listed in SHA256SUMS"),
    "hidden": (lambda site: (site / ".more").write_text(""), ".more: this file is not listed in SHA256SUMS"),
    "folder": (lambda site: (site / "more").symlink_to("/"), "more: this file is not listed in SHA256SUMS"),
    "no list": (
        lambda site: (site / CHECKSUMS_FILE).unlink(),
        f"{CHECKSUMS_FILE}: this list of checksums is missing or cannot be read",
    ),
    "no such list": (
        lambda site: (site / CHECKSUMS_FILE).write_text("x\n"),
        f"{CHECKSUMS_FILE}: this list of checksums is missing or cannot be read",
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_each_file_that_is_not_as_it_was_is_one_problem(tmp_path: Path, name: str) -> None:
    site = small_site(tmp_path / "site")
    change, message = TAMPERED[name]
    change(site)
    assert said(site) == [f"site/{message}"]
    assert not accepted(site) or "not listed" in message


def test_a_link_in_the_place_of_a_file_is_not_that_file(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    (site / "-c").rename(tmp_path / "elsewhere")
    (site / "-c").symlink_to(tmp_path / "elsewhere")
    assert said(site) == ["site/-c: checksum mismatch with SHA256SUMS"]


def test_the_working_copy_that_a_site_stands_in_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/pages\n")
    site = small_site(tmp_path)
    assert b".git" not in (site / CHECKSUMS_FILE).read_bytes()
    assert said(site) == [f"{site.name}/.git/HEAD: this file is not listed in SHA256SUMS"]


def test_the_provenance_names_every_file_the_site_is_made_from_and_what_with(built: Path) -> None:
    told = json.loads((built / "site" / PROVENANCE).read_text("utf-8"))
    for group in ("facts", "seeds"):
        there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (built / group).iterdir()}
        assert told[group] == there
    assert told["pages"] == {}
    assert set(told["settings"]) == {"briefing.yaml", "mkdocs.yml"}
    assert told["versions"]["mkdocs"] == metadata.version("mkdocs")
    assert {"briefing", "python", "mkdocs-material", "markdown", "jinja2"} <= told["versions"].keys()


def test_settings_and_code_are_part_of_what_a_site_is_made_from(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns("site")))
    (folder / "over").mkdir()
    (folder / "over" / "main.html").write_text('{% extends "base.html" %}\n', "utf-8")
    (folder / "hook.py").write_text("", "utf-8")
    (folder / "briefing.yaml").write_text("rules:\n  quote-is-enough: warning\n", "utf-8")
    settings = (folder / "mkdocs.yml").read_text("utf-8").replace("theme:", "theme:\n  custom_dir: over")
    (folder / "mkdocs.yml").write_text(settings + "hooks: [hook.py]\n", "utf-8")
    assert build_site(folder)[1] is not None
    told = json.loads((folder / "site" / PROVENANCE).read_text("utf-8"))
    assert list(told["settings"]) == ["briefing.yaml", "hook.py", "mkdocs.yml", "over/main.html"]


def test_another_seed_than_the_site_was_made_from_is_told(built: Path, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(built / "seeds", tmp_path / "seeds"))
    (seeds / "wire.txt").write_text("Another text.\n", "utf-8")
    (seeds / "gazette.txt").unlink()
    message = "differs from the text that this site was built from"
    assert said(built / "site", seeds) == [f"site/{PROVENANCE}: seeds/{name} {message}" for name in ("gazette.txt", "wire.txt")]


def test_hidden_files_and_what_is_no_file_are_not_what_a_site_is_made_from(tmp_path: Path) -> None:
    for name in ("seeds/one.txt", "seeds/.one.txt.swp", "seeds/.cache/x", "other/deep/two.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    found = hashes(tmp_path / "seeds", tmp_path / "seeds", tmp_path / "other", tmp_path / "gone")
    assert list(found) == ["one.txt", "../other/deep/two.txt"]


CHANGES_A_FACT = """\
import pathlib
def on_env(env, config, files):
    with (pathlib.Path(config.config_file_path).parent / "facts" / "clauses.yaml").open("a") as facts:
        facts.write("# a word more\\n")
"""


def test_a_fact_that_is_changed_while_the_site_is_built_stops_the_build(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "copy"))
    before = (folder / "site" / PROVENANCE).read_bytes()
    (folder / "change.py").write_text(CHANGES_A_FACT, "utf-8")
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("hooks: [change.py]\n")
    done = CliRunner().invoke(main, ["build", str(folder)])
    assert done.exit_code == 2
    assert "a file changed while the site was being built from it" in done.output
    assert (folder / "site" / PROVENANCE).read_bytes() == before


def test_verify_says_0_1_or_2(built: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built / "site", tmp_path / "site"))

    def code(site: Path, seeds: Path) -> int:
        return CliRunner().invoke(main, ["verify", str(site), "--seeds", str(seeds)]).exit_code

    assert code(site, built / "seeds") == 0
    (site / "robots.txt").write_text("", "utf-8")
    assert code(site, built / "seeds") == 1
    assert code(tmp_path / "gone", built / "seeds") == code(site, tmp_path / "gone") == 2
