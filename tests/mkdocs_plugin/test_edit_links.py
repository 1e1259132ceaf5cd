"""From a fact on a page to its line in its file: in the curator's editor in a preview, at the host on a built site."""

import re
from pathlib import Path

import pytest
from mkdocs.config import load_config

from briefing.mkdocs_plugin.build import build_site
from briefing.mkdocs_plugin.preview import Preview
from briefing.verification.html_reader import read_page
from tests.mkdocs_plugin.test_preview_pages import built
from tests.sites import make_buildable

REPO = "repo_url: https://example.org/lease\nrepo_name: Repository\n"


def line_of(folder: Path, stem: str, key: str) -> int:
    lines = (folder / "facts" / f"{stem}.yaml").read_text("utf-8").splitlines()
    return lines.index(f"{key}:") + 1


def set_up(folder: Path, more: str = "") -> Path:
    make_buildable(folder)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(more)
    with (folder / "briefing.yaml").open("a", encoding="utf-8") as file:
        file.write("interface: [Repository]\n")
    return folder


@pytest.mark.parametrize(
    ("more", "start"),
    [
        (f"{REPO}edit_uri: edit/main/docs/\n", "https://example.org/lease/edit/main/facts/"),
        (f"{REPO}edit_uri_template: 'blob/main/docs/{{path}}'\n", "https://example.org/lease/blob/main/facts/"),
        (f"{REPO}edit_uri: '?file=docs/'\n", "https://example.org/lease/?file=docs/../facts/"),
    ],
)
def test_a_built_fact_leads_to_its_line_at_the_host(copy_of_port_lease: Path, more: str, start: str) -> None:
    folder = set_up(copy_of_port_lease, more)
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    page = read_page((site / "clauses" / "index.html").read_text("utf-8"))
    assert f"{start}clauses.yaml#L{line_of(folder, 'clauses', 'lease-term')}" in page.links
    kern = read_page((site / "actors" / "kern" / "index.html").read_text("utf-8"))
    assert kern.links.count(f"{start}actors.yaml#L{line_of(folder, 'actors', 'kern')}") >= 1
    home = read_page((site / "index.html").read_text("utf-8"))
    assert any(link.startswith(f"{start}overview.yaml#L") for link in home.links)


def test_the_themes_own_link_leads_to_the_file_of_the_page(copy_of_port_lease: Path) -> None:
    folder = set_up(copy_of_port_lease, f"{REPO}edit_uri: edit/main/docs/\n")
    text = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("toc.follow", "content.action.edit"), "utf-8")
    _, site = build_site(folder)
    assert site is not None
    found = {
        path: re.findall(r'<a href="([^"]+)" title="Edit this page"', (site / path / "index.html").read_text("utf-8"))
        for path in ("clauses", "actors/kern", "checks")
    }
    line = line_of(folder, "actors", "kern")
    start = "https://example.org/lease/edit/main/facts/"
    assert found == {"clauses": [f"{start}clauses.yaml"], "actors/kern": [f"{start}actors.yaml#L{line}"], "checks": []}


def test_without_a_repository_a_built_page_has_no_such_link(copy_of_port_lease: Path) -> None:
    _, site = build_site(set_up(copy_of_port_lease))
    assert site is not None
    assert all('rel="edit' not in path.read_text("utf-8") for path in site.rglob("*.html"))


@pytest.mark.parametrize(
    ("option", "variable", "link"),
    [
        ("", None, "vscode://file{path}:{line}:1"),
        ("subl://open?url=file://{path}&line={line}", None, "subl://open?url=file://{path}&line={line}"),
        ("subl://{path}", "idea://open?file={path}&line={line}", "idea://open?file={path}&line={line}"),
        ("", "", None),
    ],
)
def test_in_a_preview_a_fact_opens_in_the_editor(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch, option: str, variable: str | None, link: str | None
) -> None:
    folder = make_buildable(copy_of_port_lease)
    if option:
        text = (folder / "mkdocs.yml").read_text("utf-8")
        (folder / "mkdocs.yml").write_text(text.replace("briefing]", f"briefing: {{editor: '{option}'}}]"), "utf-8")
    if variable is None:
        monkeypatch.delenv("BRIEFING_EDITOR", raising=False)
    else:
        monkeypatch.setenv("BRIEFING_EDITOR", variable)
    assert load_config(config_file=str(folder / "mkdocs.yml")).plugins["briefing"]
    sight = built(folder, Preview()).state.site
    assert sight is not None
    page = (sight.file_content("clauses/index.html") or b"").decode("utf-8")
    links = read_page(page).links
    if link is None:
        assert 'rel="edit' not in page
    else:
        path = (folder / "facts" / "clauses.yaml").as_posix()
        assert link.format(path=path, line=line_of(folder, "clauses", "lease-term")) in links
