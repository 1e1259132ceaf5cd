"""How long it takes from a save to the new words in an open page, beside plain `mkdocs serve` over the same pages as Markdown.

Run: make preview, or python -m bench.preview [FACTS ...] [--times N]. Both servers run side by side, each with a page open in
one Chromium; a claim is edited under ours, its words in the Markdown under the other, in turn. The ratio is the median over
the turns; the seconds are of this machine and this minute.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from bench.many import PROJECT, write_many
from tests.browser import FLAGS, find_browser
from tests.previews import previewed

MOST = {200: 0.5, 1_000: 0.15, 10_000: 0.05}
KINDS = ("clauses", "reactions")
PATIENCE = 1_800  # seconds


def write_site(folder: Path, count: int) -> int:
    """The briefing of so many facts in `ours`, and its pages as Markdown in `plain`."""
    ours, plain = folder / "ours", folder / "plain"
    made = write_many(ours, count)
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (ours / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copy(PROJECT / "docs" / "method.md", ours / "docs")
    subprocess.run(["briefing", "pages", str(plain / "docs"), str(ours)], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(PROJECT / "docs" / "method.md", plain / "docs")
    (plain / "mkdocs.yml").write_text(settings.replace("  - briefing\n", ""), encoding="utf-8")
    return made


def seconds(browser: Browser, address: str, path: Path, key: str, before: str, after: str) -> float:
    """From the save of a file to the new words of a claim in a page that was open before."""
    page = browser.new_page()
    page.goto(address, timeout=PATIENCE * 1000, wait_until="load")
    page.wait_for_timeout(500)
    text = path.read_text("utf-8")
    assert before in text
    started = time.monotonic()
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    said = after.removeprefix("claim: ")
    while not says(page, key, said):
        assert time.monotonic() - started < PATIENCE, f"{said} never came"
        time.sleep(0.02)
    spent = time.monotonic() - started
    page.close()
    return spent


def says(page: Page, key: str, words: str) -> bool:
    """Whether a page that may be loading says some words by now in a claim; the rest is not read, as it may be megabytes."""
    said = f"""words => document.querySelector('[data-claim="{key}"]')?.textContent.includes(words)"""
    try:
        return bool(page.evaluate(said, words))
    except Error:
        return False


def compare(folder: Path, browser: Browser, times: int) -> tuple[list[float], list[float]]:
    """The seconds of each turn, ours and the other's."""
    ours: list[float] = []
    others: list[float] = []
    with previewed(folder / "ours", patience=PATIENCE) as at, previewed(folder / "plain", patience=PATIENCE) as plain:
        for kind in KINDS:
            fact, page = folder / "ours" / "facts" / f"{kind}.yaml", folder / "plain" / "docs" / f"{kind}.md"
            key, before = first_claim(fact)
            for turn in range(times):
                after = f"Reportedly{'abcdefghij'[turn % 10]} {' '.join(before.split()[-2:])}"
                ours.append(seconds(browser, f"{at}{kind}/", fact, key, f"claim: {before}", f"claim: {after}"))
                others.append(seconds(browser, f"{plain}{kind}/", page, key, before, after))
                before = after
    return ours, others


def first_claim(fact: Path) -> tuple[str, str]:
    """The id of the first fact, and the first two words of its claim, by which it is found in the Markdown too."""
    found = re.search(r"\A(\S+):\n(?:  .*\n)*?  claim: (\w+ \w+)", fact.read_text("utf-8"))
    assert found is not None
    return found[1], found[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", nargs="*", type=int, default=[200, 1_000])
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    os.environ["PATH"] = f"{PROJECT / '.venv' / 'bin'}:{os.environ['PATH']}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for count in asked.facts:
            folder = Path(tempfile.mkdtemp())
            made = write_site(folder, count)
            ours, others = compare(folder, browser, asked.times)
            shutil.rmtree(folder)
            ratio = statistics.median(mine / other for mine, other in zip(ours, others, strict=True))
            least = f"{statistics.median(ours):.2f} s against {statistics.median(others):.2f} s"
            print(f"{made} facts: {ratio:.3f} times plain mkdocs serve (at most {MOST.get(count, 1)}); {least}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
