"""What docs/ and mkdocs.yml add to a site is named in briefing.yaml, with the reason; else it is told at its place."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.build import build_site
from briefing.verification.checksums import verify_checksums
from tests.sites import make_buildable, served
from tests.verifiers import our_problems

STYLE = '.md-typeset h1 { color: teal }\n.md-footer::before { content: "" }\n'
COUNTS = 'document.documentElement.dataset.counted = "yes"\n'
FAIR = {
    "CNAME": "briefing.example.org\n",
    "robots.txt": "User-agent: *\nAllow: /\n",
    "LICENSE": "You may copy this briefing.\n",
    ".well-known/security.txt": "Contact: mailto:desk@example.org\n",
    "assets/house.css": STYLE,
    "assets/count.js": COUNTS,
    "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}


@pytest.fixture
def folder(copy_of_port_lease: Path) -> Path:
    return make_buildable(copy_of_port_lease)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def problems_of(folder: Path) -> list[Problem]:
    result = build_site(folder)
    assert not isinstance(result, Problem)
    return list(result[0].problems)


def places_of(folder: Path) -> list[tuple[str, int, str]]:
    """The file, the line from 1 and the marked words of each problem."""
    places = [problem.location for problem in problems_of(folder)]
    return [(at.file.path.rpartition("/")[2], at.line + 1, at.line_text[at.column : at.column + at.width]) for at in places]


def test_fair_files_that_are_named_build_verify_and_are_told_to_readers(folder: Path, browser: Browser) -> None:
    for name, text in FAIR.items():
        append(folder / "docs" / name, text)
    pins = {name: "" if name in TEXTS else f", sha256: {sha256(text)}" for name, text in FAIR.items()}
    named = [f"  - {{file: {name}, reason: It is ours.{pin}}}\n" for name, pin in pins.items() if not name.startswith(".")]
    addresses = (
        "added-addresses:\n  - {address: https://stats.example.org/count, use: connection, reason: Where visits are counted.}\n"
    )
    append(folder / "briefing.yaml", f"added-files:\n{''.join(named)}{addresses}")
    append(folder / "mkdocs.yml", "extra_css: [assets/house.css]\nextra_javascript: [assets/count.js]\n")
    assert problems_of(folder) == []
    site = folder / "site"
    assert verify_checksums(site, folder / "seeds") == our_problems(site, folder / "seeds") == []
    assert {(site / name).read_text("utf-8") == FAIR[name] for name in FAIR if not name.startswith(".")} == {True}
    with served(site) as address:
        page = browser.new_page()
        page.goto(f"{address}checks/")
        text = page.locator("article").inner_text()
        assert page.evaluate("document.documentElement.dataset.counted") == "yes"
        assert page.locator("h1").first.evaluate("h => getComputedStyle(h).color") == "rgb(0, 128, 128)"
        page.close()
    for name in ("CNAME", "assets/house.css", "assets/count.js", "https://stats.example.org/count"):
        assert name in text
    assert "It sets colours." in text
    assert "It can change everything on a page." in text


TEXTS = ("CNAME", "robots.txt", "LICENSE")


@pytest.mark.parametrize(
    "name", ["CNAME", "robots.txt", "LICENSE", "a/house.css", "count.js", "icon.svg", "letter.pdf", "data.json"]
)
def test_a_file_that_is_not_named_is_told_with_the_entry_to_write(folder: Path, name: str) -> None:
    append(folder / "docs" / name, "1")
    (problem,) = problems_of(folder)
    assert problem.location.file.path.endswith(f"docs/{name}")
    assert f"file: {name}" in problem.help
    assert (sha256("1") in problem.help) == (name not in TEXTS)
    assert not (folder / "site").exists()


def test_what_a_style_sheet_can_do_is_told_line_by_line(folder: Path) -> None:
    append(folder / "docs" / "x.css", "h1 { margin: 0 }\nq::after { c\\6fntent: var(--no) }\nq b { order: 2 }\n")
    (problem,) = problems_of(folder)
    assert problem.notes == ("line 2: `content` adds text", "line 3: `order` can move text")
    assert (problem.location.line, problem.location.column) == (1, 11)


@pytest.mark.parametrize(
    ("settings", "line", "marked"),
    [
        ("extra_javascript:\n  - https://a.example/x.js\n", 2, "https://a.example/x.js"),
        ("extra_javascript:\n  - path: https://a.example/x.js\n    defer: true\n", 2, "https://a.example/x.js"),
        ("extra_css: [//a.example/x.css]\n", 1, "//a.example/x.css"),
        ("nav:\n  - index.md\n  - Timeline: https://a.example/\n", 3, "https://a.example/"),
        ("nav:\n  - index.md\n  - More:\n    - //a.example/deep\n", 4, "//a.example/deep"),
        ("extra:\n  homepage: https://a.example/\n", 2, "https://a.example/"),
    ],
)
def test_an_address_that_is_not_named_is_told_at_its_line(folder: Path, settings: str, line: int, marked: str) -> None:
    before = (folder / "mkdocs.yml").read_text("utf-8").count("\n")
    append(folder / "mkdocs.yml", settings)
    assert places_of(folder) == [("mkdocs.yml", before + line, marked)]


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<script>x()</script>", "<script"),
        ("<p onclick='x()'>Some words.</p>", "onclick"),
        ("<iframe src='x.html'></iframe>", "iframe"),
        ("<meta http-equiv='refresh' content='0'>", "http-equiv"),
        ("<div style='display: none'>Some words.</div>", "style"),
        ("![](https://a.example/x.png)", "https://a.example/x.png"),
        ("<img src='data:image/png;base64,AA' alt=''>", "data:image/png;base64,AA"),
        ("[words](javascript:x())", "javascript:x"),
        ("<object data='x'></object>", "object"),
        ("[words]\n\n[words]: javascript:x()", "javascript:x"),
    ],
)
def test_what_no_hand_written_page_may_have_is_told_at_its_line(folder: Path, html: str, marked: str) -> None:
    append(folder / "docs" / "method.md", f"# Method\n\n{html}\n")
    append(folder / "briefing.yaml", "method-pages: [method.md]\n")
    line = next(n for n, text in enumerate(f"# Method\n\n{html}\n".split("\n"), 1) if marked in text)
    assert places_of(folder)[:1] == [("method.md", line, marked)]


@pytest.mark.parametrize(
    ("entry", "marked"),
    [
        ("{file: none.css, sha256: '" + "0a" * 32 + "', reason: Our colours.}", "none.css"),
        ("{file: x.css, reason: Our colours.}", "x.css"),
        ("{file: x.css, sha256: '" + "0a" * 32 + "', reason: Our colours.}", "'" + "0a" * 32 + "'"),
    ],
)
def test_an_entry_that_fits_no_file_is_told_with_the_right_checksum(folder: Path, entry: str, marked: str) -> None:
    if "x.css" in entry:
        append(folder / "docs" / "x.css", STYLE)
    append(folder / "briefing.yaml", f"added-files:\n  - {entry}\n")
    (problem,) = problems_of(folder)
    at = problem.location
    assert at.line_text[at.column : at.column + at.width] == marked
    assert ("none.css" in entry) != (sha256(STYLE) in problem.help)


@pytest.mark.parametrize(
    "entry",
    ["{address: 'http://a.example/', use: script, reason: x y}", "{address: 'https://a.example/ b', use: script, reason: x y}"],
)
def test_an_address_begins_with_https(folder: Path, entry: str) -> None:
    append(folder / "briefing.yaml", f"added-addresses:\n  - {entry}\n")
    assert [problem.rule for problem in problems_of(folder)] == ["fact-fits-its-kind"]


def test_a_page_asks_no_host_for_fonts_and_says_so_where_it_should(folder: Path) -> None:
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(settings.replace("  font: false\n", ""), encoding="utf-8")
    assert problems_of(folder) == []
    (folder / "mkdocs.yml").write_text(settings.replace("  font: false\n", "  font: {text: Lato}\n"), encoding="utf-8")
    (problem,) = problems_of(folder)
    assert "font: false" in problem.help


def test_the_copy_that_an_editor_keeps_is_neither_told_nor_published(folder: Path) -> None:
    append(folder / "docs" / "notes.md~", "Not for readers.")
    assert problems_of(folder) == []
    assert not list((folder / "site").rglob("*~"))
