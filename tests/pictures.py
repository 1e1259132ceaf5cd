"""Takes the pictures in README.md of our own briefing's site: `make pictures`."""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS, MISSING, find_browser
from tests.sites import PROJECT, served

FOLDER = PROJECT / ".github" / "pictures"
TAKEN = (  # a name, a page, width and height, light or dark, and what is clicked on first
    ("home", "", 1280, 800, "light", ""),
    ("note", "clauses/#peacekeepers-mission", 1280, 620, "light", "#peacekeepers-mission .mark"),
    ("timeline", "timeline/", 1280, 620, "dark", ""),
    ("phone", "clauses/", 390, 780, "light", ""),
)


def take(browser: Browser, site: str, folder: Path) -> None:
    """Writes each picture into a folder as PNG."""
    for name, path, width, height, scheme, clicked in TAKEN:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(site + path, wait_until="networkidle")
        if clicked:
            page.click(f"{clicked} >> nth=0")
        page.screenshot(path=folder / f"{name}.png")
        context.close()


def main() -> None:
    path = find_browser() or exit(MISSING)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        with served(PROJECT / "site") as site:
            take(browser, site, FOLDER)
        browser.close()


if __name__ == "__main__":
    main()
