"""From a fact on a page to its line in its file: in the curator's editor in a preview, at the host on a built site."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.config import load_config

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.mkdocs_plugin.build import build_site
from briefing.mkdocs_plugin.error_overlay import OverlayItem, editor_url, inject_overlay, render_overlay
from briefing.mkdocs_plugin.preview import Preview
from briefing.mkdocs_plugin.project import by_priority
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


def test_without_a_repository_a_built_page_has_no_such_link(built_lease: Path) -> None:
    pages = [path.read_text("utf-8") for path in (built_lease / "site").rglob("*.html")]
    assert len(pages) > 20
    assert all('rel="edit' not in page for page in pages)


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
    sight = built(folder, Preview()).snapshot
    assert sight is not None
    page = (sight.file_content("clauses/index.html") or b"").decode("utf-8")
    links = read_page(page).links
    if link is None:
        assert 'rel="edit' not in page
    else:
        path = (folder / "facts" / "clauses.yaml").as_posix()
        assert link.format(path=path, line=line_of(folder, "clauses", "lease-term")) in links


def problem(message: str, path: str = "facts/a.yaml") -> Problem:
    return Problem("quote-is-verbatim", Location(SourceFile(path, ("one", "two <b>")), 1, 2, 3), message, "copy it")


def test_a_panel_says_what_the_terminal_says_and_lets_nothing_through() -> None:
    told = render_overlay(
        [OverlayItem.from_problem(problem("</pre><script>alert(1)</script> \\g<1> {{ seen }}"))],
        "vscode://file{path}:{line}:{column}",
        Path("/b"),
    )
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \\g&lt;1&gt; {{ seen }}" in told
    assert '--&gt; <a href="vscode://file/b/facts/a.yaml:2:3">facts/a.yaml:2:3</a>' in told
    assert "1 problem<" in told


def test_nothing_wrong_is_no_panel_and_many_are_cut_short() -> None:
    assert render_overlay([], "", Path()) == ""
    told = render_overlay([OverlayItem.from_problem(problem(str(n))) for n in range(250)], "", Path())
    assert told.count("<li>") == 101
    assert "and 150 more" in told
    assert "<a " not in told


def test_warnings_are_told_apart_last_and_counted_apart() -> None:
    warning = replace(problem("short"), severity="warning")
    told = render_overlay(
        [OverlayItem.from_problem(warning), OverlayItem.from_problem(problem("one")), OverlayItem.from_problem(problem("two"))],
        "",
        Path(),
    )
    assert "2 problems, 1 warning<" in told
    assert 'class="" aria-label="Problems"' in told
    assert re.findall(r"<li( class=\"calm\")?>", told) == ["", "", ' class="calm"']
    assert '<b class="kind">warning[quote-is-verbatim]</b>' in told.rpartition("<li")[2]


def test_warnings_alone_are_folded_to_a_button() -> None:
    told = render_overlay([OverlayItem.from_problem(replace(problem("short"), severity="warning"))], "", Path())
    assert 'class="hidden calm" aria-label="Warnings"' in told
    assert "1 warning<" in told
    assert "problem<" not in told


def test_what_a_reader_put_away_stays_away_when_a_warning_comes() -> None:
    one, warning = (
        OverlayItem.from_problem(problem("one")),
        OverlayItem.from_problem(replace(problem("short"), severity="warning")),
    )
    seen = [re.findall(r'data-seen="(\w+)"', render_overlay(wrong, "", Path())) for wrong in ([one], [one, warning], [warning])]
    assert seen[0] == seen[1] != seen[2]


def test_what_is_not_done_yet_is_told_after_what_is_wrong() -> None:
    open_paragraph, wrong = replace(problem("open"), rule="paragraph-is-disposed"), problem("wrong", "facts/z.yaml")
    assert by_priority([open_paragraph, wrong]) == [wrong, open_paragraph]


def test_a_path_is_quoted_in_a_link() -> None:
    assert editor_url("x:{path}?{line}", problem("", 'facts/a "b"{line}.yaml').location, Path("/é")) == (
        "x:/%C3%A9/facts/a%20%22b%22%7Bline%7D.yaml?2"
    )


def test_what_is_laid_over_a_page_stands_before_the_end_of_its_body() -> None:
    assert inject_overlay("<body>x</body></html>", ["a", "b"]) == "<body>xab</body></html>"
    assert inject_overlay("x", ["a"]) == "xa"
