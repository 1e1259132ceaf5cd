"""Finds the Chromium that the page tests drive: one named by BRIEFING_BROWSER, the system's, or Playwright's own."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "no Chromium was found; `make browser` installs one, or name yours in BRIEFING_BROWSER"


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    named = os.environ.get("BRIEFING_BROWSER")
    if named:
        return shutil.which(named)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


if __name__ == "__main__":
    print(find_browser() or "")
    raise SystemExit(0 if find_browser() else MISSING)
