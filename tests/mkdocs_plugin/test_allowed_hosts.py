"""Which hosts a preview may have besides its address: an option, or a variable in its place; what is no host is told."""

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.allowed_hosts import VARIABLE, read_allowed_hosts
from briefing.mkdocs_plugin.build import build_site
from tests.mkdocs_plugin.test_origin_guard import ask
from tests.mkdocs_plugin.test_plugin import mkdocs
from tests.previews import previewed, waited_for
from tests.sites import MKDOCS_YML, make_buildable

HEAD = MKDOCS_YML.replace("plugins: [briefing]\n", "plugins:\n  - briefing:\n      editor: ''\n      allowed_hosts:{}\n")
WRONG = [
    (" draft.example.org", "9:22", "`allowed_hosts` is not a list"),
    (" 8000", "9:22", "`allowed_hosts` is not a list"),
    (" {draft.example.org: 80}", "9:7", "`allowed_hosts` is not a list"),
    (" [https://draft.example.org]", "9:23", "`https://draft.example.org` is not a host"),
    (" [a.example, draft.example.org/lease/]", "9:34", "`draft.example.org/lease/` is not a host"),
    (" ['*.example.org']", "9:24", "`*.example.org` is not a host"),
    (" [.example.org]", "9:23", "`.example.org` is not a host"),
    (" [8000]", "9:23", "`8000` is not a host"),
    (" [curator@example.org]", "9:23", "`curator@example.org` is not a host"),
    ("\n        - draft.example.org\n        - draft example", "11:11", "`draft example` is not a host"),
    (" ['']", "9:7", "`` is not a host"),
    (" [~]", "9:7", "`None` is not a host"),
    (" [хост.example]", "9:23", "`хост.example` is not a host"),
]


@pytest.mark.parametrize(("value", "place", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_what_is_no_host_stops_a_build_with_its_place_and_one_next_step(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch, value: str, place: str, words: str
) -> None:
    (make_buildable(copy_of_port_lease) / "mkdocs.yml").write_text(HEAD.format(value), encoding="utf-8")
    monkeypatch.chdir(copy_of_port_lease)
    problem = build_site(copy_of_port_lease)
    assert isinstance(problem, Problem)
    drawn = format_full(problem)
    assert f"--> mkdocs.yml:{place}\n" in drawn
    assert words in drawn
    assert "= help: write " in drawn


def test_a_preview_with_what_is_no_host_does_not_start(copy_of_port_lease: Path) -> None:
    (make_buildable(copy_of_port_lease) / "mkdocs.yml").write_text(HEAD.format(" [https://x.example]"), encoding="utf-8")
    done: subprocess.CompletedProcess[str] = mkdocs(copy_of_port_lease, "serve", "--dev-addr", "127.0.0.1:0")
    assert done.returncode == 1
    assert " --> mkdocs.yml:9:23" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("option", "hosts"),
    [
        ([], frozenset()),
        (["draft.example.org"], {"draft.example.org"}),
        (["Draft.Example.ORG", "localhost:9000"], {"draft.example.org", "localhost:9000"}),
        (["[fd00::1]:8000", "10.0.0.7"], {"[fd00::1]:8000", "10.0.0.7"}),
        (["my-space-8000.app.github.dev", "my_box"], {"my-space-8000.app.github.dev", "my_box"}),
        (["xn--e1afmkfd.example"], {"xn--e1afmkfd.example"}),
    ],
)
def test_hosts_are_read_in_small_letters(option: list[str], hosts: set[str]) -> None:
    assert read_allowed_hosts(option, Path("mkdocs.yml")) == hosts


@pytest.mark.parametrize(
    ("value", "hosts"),
    [
        ("b.example", {"b.example"}),
        (" b.example , C.example:80,", {"b.example", "c.example:80"}),
        ("", set()),
    ],
)
def test_the_variable_stands_in_place_of_the_option(monkeypatch: pytest.MonkeyPatch, value: str, hosts: set[str]) -> None:
    monkeypatch.setenv(VARIABLE, value)
    assert read_allowed_hosts(["a.example"], Path("mkdocs.yml")) == hosts


@pytest.mark.parametrize("value", ["https://b.example", "b.example c.example", "*", "b.example;c.example"])
def test_a_variable_that_names_no_host_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(VARIABLE, value)
    problem = read_allowed_hosts(["a.example"], Path("mkdocs.yml"))
    assert isinstance(problem, Problem)
    assert problem.message == f"{VARIABLE}: `{value}` is not a host"
    assert problem.help.startswith("write ")


def test_a_preview_answers_to_the_hosts_of_its_settings(copy_of_port_lease: Path) -> None:
    settings = make_buildable(copy_of_port_lease) / "mkdocs.yml"
    settings.write_text(HEAD.format(" [draft.example.org]"), encoding="utf-8")
    with previewed(copy_of_port_lease) as address:
        port = urlsplit(address).port or 80
        assert ask(port, Host="draft.example.org").status == 200
        assert ask(port, Host="other.example.org").status == 403
        settings.write_text(HEAD.format(" [https://other.example.org]"), encoding="utf-8")
        assert waited_for(lambda: "--&gt; mkdocs.yml:9:23<" in ask(port).body)
        assert "allowed_hosts: `https://other.example.org` is not a host" in ask(port).body
        assert "MkDocs could not build the site" not in ask(port).body
        assert ask(port, Host="draft.example.org").status == 200
        settings.write_text(HEAD.format(" [other.example.org]"), encoding="utf-8")
        assert waited_for(lambda: ask(port, Host="other.example.org").status == 200)
        assert ask(port, Host="draft.example.org").status == 403


def test_a_preview_answers_to_the_hosts_of_the_variable(copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "other.example.org")
    make_buildable(copy_of_port_lease).joinpath("mkdocs.yml").write_text(HEAD.format(" [draft.example.org]"), encoding="utf-8")
    with previewed(copy_of_port_lease) as address:
        port = urlsplit(address).port or 80
        assert ask(port, Host="other.example.org").status == 200
        assert ask(port, Host="draft.example.org").status == 403
