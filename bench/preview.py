"""How long a save takes to show in an open page, compared with plain `mkdocs serve` over the same pages as Markdown.

Run: make preview, or python -m bench.preview [FACTS ...] [--times N]. Both servers run at the same time, each with a page open
in one Chromium. Edits alternate: a claim under our preview, then the same words in the Markdown under the other. The ratio is
the median over the turns; the seconds depend on the machine and what else it does.
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

MAX_RATIOS = {200: 0.5, 1_000: 0.15, 10_000: 0.05}
KINDS = ("clauses", "reactions")
TIMEOUT_SECONDS = 1_800


def write_site(folder: Path, count: int) -> int:
    """Writes a briefing of `count` facts to `ours`, and its pages as Markdown to `plain`; returns the exact number of facts."""
    ours, plain = folder / "ours", folder / "plain"
    written = write_many(ours, count)
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (ours / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copy(PROJECT / "docs" / "method.md", ours / "docs")
    subprocess.run(["briefing", "pages", str(plain / "docs"), str(ours)], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(PROJECT / "docs" / "method.md", plain / "docs")
    (plain / "mkdocs.yml").write_text(settings.replace("  - briefing\n", ""), encoding="utf-8")
    return written


def seconds(browser: Browser, address: str, path: Path, key: str, before: str, after: str) -> float:
    """The seconds from saving a file until an open page shows the new words of a claim."""
    page = browser.new_page()
    page.goto(address, timeout=TIMEOUT_SECONDS * 1000, wait_until="load")
    page.wait_for_timeout(500)
    text = path.read_text("utf-8")
    assert before in text
    started = time.monotonic()
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    words = after.removeprefix("claim: ")
    while not is_shown(page, key, words):
        assert time.monotonic() - started < TIMEOUT_SECONDS, f"{words} never appeared"
        time.sleep(0.02)
    elapsed = time.monotonic() - started
    page.close()
    return elapsed


def is_shown(page: Page, key: str, words: str) -> bool:
    """Whether a claim on a page, which may still be loading, has some words. Only the claim is read: pages may be large."""
    script = f"""words => document.querySelector('[data-claim="{key}"]')?.textContent.includes(words)"""
    try:
        return bool(page.evaluate(script, words))
    except Error:
        return False


def compare(folder: Path, browser: Browser, times: int) -> tuple[list[float], list[float]]:
    """The seconds of each turn with our preview, and with plain MkDocs."""
    ours: list[float] = []
    others: list[float] = []
    with (
        previewed(folder / "ours", patience=TIMEOUT_SECONDS) as at,
        previewed(folder / "plain", patience=TIMEOUT_SECONDS) as plain,
    ):
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
    """The id of the first fact, and the first two words of its claim, which also find it in the Markdown."""
    found = re.search(r"\A(\S+):\n(?:  .*\n)*?  claim: (\w+ \w+)", fact.read_text("utf-8"))
    assert found is not None
    return found[1], found[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", nargs="*", type=int, default=[200, 1_000])
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    os.environ["PATH"] = f"{PROJECT / '.venv' / 'bin'}:{os.environ['PATH']}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for count in options.facts:
            folder = Path(tempfile.mkdtemp())
            written = write_site(folder, count)
            ours, others = compare(folder, browser, options.times)
            shutil.rmtree(folder)
            ratio = statistics.median(mine / other for mine, other in zip(ours, others, strict=True))
            medians = f"{statistics.median(ours):.2f} s against {statistics.median(others):.2f} s"
            limit = MAX_RATIOS.get(count, 1)
            print(f"{written} facts: {ratio:.3f} times plain mkdocs serve (at most {limit}); {medians}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
