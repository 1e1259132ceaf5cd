"""What the home page costs over the wire, and what Lighthouse finds on pages of the published site with a phone's settings."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.lighthouse import PAGES, lighthouse
from tests.sampling import of_all
from tests.sites import served


def test_the_home_page_costs_at_most_a_hundred_kilobytes_over_the_wire(browser: Browser, published: Path) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[Request] = []
    phone.on("requestfinished", lambda request: asked.append(request))
    with served(published, packed=True) as address:
        phone.goto(address, wait_until="networkidle")
        sizes = [request.sizes() for request in asked]
    weights = {
        request.url.removeprefix(address): size["responseHeadersSize"] + size["responseBodySize"]
        for request, size in zip(asked, sizes, strict=True)
    }
    assert {"", "assets/layout.css", "assets/briefing.js"} <= set(weights)
    assert not any("search" in name for name in weights)
    assert 20_000 < sum(weights.values()) <= 100_000, weights
    phone.close()


def assert_perfect(site: Path, *pages: str) -> None:
    told = lighthouse(site, pages, "accessibility", "best-practices", "seo")
    perfect = {"score": 100, "lacks": []}
    assert told == {page: {"accessibility": perfect, "best-practices": perfect, "seo": perfect} for page in pages}


def test_lighthouse_finds_nothing_to_better_on_the_home_page(published: Path) -> None:
    assert_perfect(published, "")


@pytest.mark.long
def test_lighthouse_finds_nothing_to_better_on_its_pages(published: Path) -> None:
    assert_perfect(published, *of_all(PAGES, 1, "pages for Lighthouse"))
