"""What is told of an mkdocs.yml that MkDocs cannot use: its place, what is there, one next step; never a traceback."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.build import build_site
from tests.mkdocs_plugin.test_plugin import mkdocs
from tests.sites import MKDOCS_YML, make_buildable

CASES = [
    (MKDOCS_YML.replace("[briefing]", "[briefing"), "mkdocs.yml:6:10", "this list or mapping in brackets is not closed"),
    (MKDOCS_YML.replace("  name", "\tname"), "mkdocs.yml:3:1", "in YAML, a text cannot begin with this character"),
    (MKDOCS_YML.replace("[briefing]", "[briefing, litterate]"), "mkdocs.yml:6:21", 'The "litterate" plugin is not installed'),
    (MKDOCS_YML.replace("name: material", "name: materiel"), "mkdocs.yml:3:9", "Unrecognised theme name: 'materiel'"),
    (MKDOCS_YML.replace("attr_list, toc", "attr_list, tok"), "mkdocs.yml:7:34", "Failed to load extension 'tok'"),
    (MKDOCS_YML + "docs_dir: nowhere\n", "mkdocs.yml:8:1", "isn't an existing directory"),
    (MKDOCS_YML + "nav: 5\n", "mkdocs.yml:8:6", "Expected nav to be a list"),
    (MKDOCS_YML + "nav:\n  - index.md\n  - Terms:\n", "mkdocs.yml:10:11", "`nav` is a list of pages"),
    (MKDOCS_YML + "nav:\n  - Terms: clauses.md\n    Who: actors.md\n", "mkdocs.yml:9:5", "does not fit into it"),
    (MKDOCS_YML + "nav:\n  - [clauses.md]\n", "mkdocs.yml:9:5", "write `- page.md`"),
    (MKDOCS_YML + "nav:\n  - The terms:\n      - 7\n", "mkdocs.yml:10:9", "does not fit into it"),
    (MKDOCS_YML + "extra: *gone\n", "mkdocs.yml:8:8", "YAML reads `*name` as an alias"),
    (MKDOCS_YML + "extra: !no-such x\n", "mkdocs.yml:8:8", "could not determine a constructor"),
    (MKDOCS_YML.replace("[briefing]", "[search]"), "mkdocs.yml:6:1", "the plugin `briefing` is missing"),
    (MKDOCS_YML.replace("plugins: [briefing]\n", ""), "mkdocs.yml:1:1", "the plugin `briefing` is missing"),
    (
        MKDOCS_YML.replace("site_name: Briefing", "site_name: [a]"),
        "mkdocs.yml:1:1",
        "MkDocs cannot use the setting `site_name`",
    ),
    ("- a list\n", "mkdocs.yml:1:1", "Expected a key-value mapping"),
    ("", "mkdocs.yml:1:1", "the plugin `briefing` is missing"),
    (None, "mkdocs.yml:1:1", "does not exist"),
]


def told_of(folder: Path) -> Problem:
    """What a build says of the settings; the site stays as it was."""
    problem = build_site(folder)
    assert isinstance(problem, Problem)
    assert not (folder / "site").exists()
    return problem


@pytest.mark.parametrize(("settings", "place", "words"), CASES, ids=[f"{place}: {words}" for _, place, words in CASES])
def test_settings_that_mkdocs_cannot_use_are_told_with_their_place(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch, settings: str | None, place: str, words: str
) -> None:
    path = make_buildable(copy_of_port_lease) / "mkdocs.yml"
    path.unlink()
    if settings is not None:
        path.write_text(settings, encoding="utf-8")
    monkeypatch.chdir(copy_of_port_lease)
    drawn = format_full(told_of(copy_of_port_lease))
    assert drawn.startswith("error: ")
    assert f"--> {place}\n" in drawn
    assert words in drawn
    assert "= help: " in drawn


def test_settings_that_are_no_text_are_told(copy_of_port_lease: Path) -> None:
    (make_buildable(copy_of_port_lease) / "mkdocs.yml").write_bytes(b"site_name: Caf\xe9\n")
    assert told_of(copy_of_port_lease).message == "this file is not UTF-8"


def test_the_command_says_it_too_and_that_it_could_not_run(copy_of_port_lease: Path) -> None:
    (make_buildable(copy_of_port_lease) / "mkdocs.yml").write_text(CASES[0][0] or "", encoding="utf-8")
    command = [sys.executable, "-m", "briefing", "build"]
    done = subprocess.run(command, cwd=copy_of_port_lease, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert " --> mkdocs.yml:6:10" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_preview_that_cannot_begin_ends_at_once_and_says_where(copy_of_port_lease: Path) -> None:
    """MkDocs reads its settings before it knows of any plugin: its own message is what there is, and it names the line."""
    (make_buildable(copy_of_port_lease) / "mkdocs.yml").write_text(CASES[0][0] or "", encoding="utf-8")
    done = mkdocs(copy_of_port_lease, "serve", "--dev-addr", "127.0.0.1:0")
    assert done.returncode == 1
    assert 'mkdocs.yml", line 6, column 10' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_preview_whose_address_is_taken_says_so(copy_of_port_lease: Path) -> None:
    make_buildable(copy_of_port_lease)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = mkdocs(copy_of_port_lease, "serve", "--dev-addr", f"127.0.0.1:{port}")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert f"another program answers at 127.0.0.1:{port}" in said
    assert f"--dev-addr 127.0.0.1:{port + 1}" in said
    assert "Traceback" not in said
