"""A curator's working day: one `mkdocs serve`, saves as vim and VS Code make them, a real browser, forty edits, ten broken.

After every edit the open page shows what was typed, or the panel names the problem with its place; at the end of the day
every page is what a clean build makes.
"""

import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import FLAGS, MISSING, find_browser
from tests.conftest import PORT_LEASE
from tests.previews import previewed, write_beside_and_rename, write_in_place
from tests.sites import make_buildable
from tests.test_preview_pages import clean

PANEL = "#briefing-problems"
SAVES = (write_beside_and_rename, write_in_place)  # vim, VS Code
TYPED = (  # a file, a page that shows it, words of a claim there
    ("clauses", "clauses/", "Vessia leases Halden harbour to the Marrow Isles for 25 years"),
    ("reactions", "reactions/", "Quist said the lease was neither secret nor illegal"),
    ("reactions", "actors/kern/", "had lost and sold nothing, in words passed on"),
)


class Fault(NamedTuple):
    """One way to break a dossier: what becomes of a file, and what the panel says of it, the place included."""

    file: str
    change: Callable[[bytes], bytes | None]
    told: tuple[str, ...]


def swapped(before: str, after: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert before.encode() in content
        return content.replace(before.encode(), after.encode(), 1)

    return change


FAULTS = {
    "misquote": Fault("facts/reactions.yaml", swapped("we sold nothing", "we sold something"), ("quote-is-verbatim", ":14:")),
    "half-typed": Fault(
        "facts/reactions.yaml", swapped("kern-nothing-lost:\n", 'kern-nothing-lost:\n  claim: "Premier\n'), ("reactions.yaml:",)
    ),
    "tab": Fault("facts/reactions.yaml", swapped("  actor: kern", "\tactor: kern"), ("reactions.yaml:5:",)),
    "duplicate-id": Fault(
        "facts/reactions.yaml", swapped("quist-welcomes:", "kern-nothing-lost:"), ("id-is-unique", "reactions.yaml:30:")
    ),
    "unknown-actor": Fault(
        "facts/reactions.yaml", swapped("  actor: kern\n", "  actor: kerm\n"), ("reference-exists", "kerm", "reactions.yaml:5:")
    ),
    "impossible-date": Fault(
        "facts/reactions.yaml", swapped("2031-04-02", "2031-02-30"), ("date-is-possible", "reactions.yaml:6:")
    ),
    "deleted-file": Fault("facts/reactions.yaml", lambda content: None, ("facts/",)),
    "not-utf-8": Fault("facts/reactions.yaml", lambda content: b"kern:\n  claim: caf\xe9\n", ("UTF-8", "reactions.yaml")),
    "empty-file": Fault("facts/reactions.yaml", lambda content: b"", ("this file is empty", "reactions.yaml:")),
    "seed-changed": Fault("seeds/wire.txt", lambda content: content + b"More.\n", ("source-is-unchanged", "sources.yaml:")),
}


def saved(path: Path, content: bytes, turn: int) -> None:
    """Saves bytes as one of the editors would: text as text, and anything else in place."""
    try:
        SAVES[turn % len(SAVES)](path, content.decode("utf-8"))
    except UnicodeDecodeError:
        path.write_bytes(content)


def typed(folder: Path, address: str, page: Page, turn: int) -> None:
    """Types a word into a claim, and sees it come."""
    stem, at, words = TYPED[turn % len(TYPED)]
    path = folder / "facts" / f"{stem}.yaml"
    first = (PORT_LEASE / "facts" / f"{stem}.yaml").read_text("utf-8")
    mine = f"it is said, {'so' * (1 + turn // 26)}{chr(97 + turn % 26)}"
    after = first.replace(words, f"{words} {mine}", 1)
    assert after != first
    if page.url != address + at:
        page.goto(address + at)
    saved(path, after.encode(), turn)
    expect(page.locator("main.md-main")).to_contain_text(f"{words} {mine}")
    expect(page.locator(PANEL)).to_have_count(0)


def broken_and_mended(folder: Path, page: Page, fault: Fault, turn: int) -> None:
    """Breaks a file, sees its problem named with its place, mends it, and sees the panel go."""
    path = folder / fault.file
    right = path.read_bytes()
    wrong = fault.change(right)
    if wrong is None:
        path.unlink()
    else:
        saved(path, wrong, turn)
    for words in fault.told:
        expect(page.locator(PANEL)).to_contain_text(words)
    expect(page.locator(f"{PANEL} a").first).to_be_attached()
    expect(page.locator("h1").first).to_be_attached()
    saved(path, right, turn + 1)
    expect(page.locator(PANEL)).to_have_count(0)


def a_day(folder: Path, typings: int, faults: list[str]) -> None:
    """So many claims typed with faults among them, and at the end every page as a clean build makes it."""
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    make_buildable(Path(shutil.copytree(PORT_LEASE, folder)))
    every = max(1, typings // len(faults))
    with previewed(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page()
        expect.set_options(timeout=30_000)
        left = list(faults)
        for turn in range(typings):
            typed(folder, address, page, turn)
            if left and turn % every == every - 1:
                broken_and_mended(folder, page, FAULTS[left.pop(0)], turn)
        browser.close()
        assert not left
        pages, wrong = clean(folder)
        assert wrong == ()
        assert len(pages) > 20
        for name, content in pages.items():
            if name.endswith(".html"):
                assert main_of(asked(address + name)) == main_of(content.decode("utf-8")), name


def main_of(html: str) -> str:
    """What a page says, without the script that reloads it."""
    start, end = html.find("<article"), html.rfind("</article>")
    assert 0 <= start < end or not html or "<article" not in html
    return html[start:end]


def asked(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        return str(error.read().decode("utf-8"))


def test_a_morning_of_ten_edits(tmp_path: Path) -> None:
    a_day(tmp_path / "port_lease", 7, ["misquote", "half-typed", "deleted-file"])


@pytest.mark.longest
def test_a_day_of_forty_edits_ten_of_them_broken_in_ten_ways(tmp_path: Path) -> None:
    a_day(tmp_path / "port_lease", 30, list(FAULTS))
