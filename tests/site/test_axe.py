"""What axe finds wrong with the published pages, by any rule but those of AAA: nothing, light, dark, on a phone and printed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.npm import of_package
from tests.sampling import of_all
from tests.sites import pages_of, served

WIDE = ViewportSize(width=1280, height=720)
PHONE = ViewportSize(width=390, height=844)
ONE_OF_EACH = ("actors/pashinyan/", "sources/afp-report/")  # of pages that one template makes
RUN = """([tags, off]) => axe.run(document, {
    runOnly: tags, rules: Object.fromEntries(off.map(id => [id, {enabled: false}])),
    resultTypes: ["violations"], preload: false, selectors: false
}).then(({violations, passes}) =>
    [passes.length, violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`))])"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THIN = """() => { for (const parent of document.querySelectorAll("article, article *")) { const seen = {};
    for (const child of [...parent.children].filter(one => one.matches("li, tr, tbody, article, section, div, svg a"))) {
        const like = child.tagName + child.getAttribute("class"); seen[like] = (seen[like] ?? 0) + 1;
        if (seen[like] > 3) child.remove() } } }"""


def wide(page: Page) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size(WIDE)


def paper(page: Page) -> None:
    page.emulate_media(media="print")


def phone(page: Page) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)


def dark(page: Page) -> None:
    page.locator("[data-palette]:visible").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


MODES: tuple[Callable[[Page], None], ...] = (wide, paper, phone, dark)


@pytest.fixture(scope="module")
def site(published: Path) -> Iterator[str]:
    with served(published) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(path=of_package("axe-core/axe.min.js"))
    yield context.new_page()
    context.close()


def faults(page: Page, is_paper: bool = False) -> list[str]:
    """What axe finds on an open page. On paper nothing is pointed at, so no target is too small (WCAG 2.5.8)."""
    passed, found = page.evaluate(RUN, [TAGS, ["target-size"] if is_paper else []])
    assert passed > 10
    return list(found)


def faults_of(page: Page, address: str, prepare: str = "") -> dict[str, list[str]]:
    """What axe finds on a page in each of the modes where it finds anything."""
    page.evaluate("localStorage.clear()")
    page.goto(address)
    if prepare:
        page.evaluate(prepare)
    found = {}
    for enter in MODES:
        enter(page)
        found[enter.__name__] = faults(page, enter is paper)
    return {mode: told for mode, told in found.items() if told}


def test_axe_finds_nothing_wrong_with_the_first_of_each_thing_on_a_page(page: Page, site: str, published: Path) -> None:
    paths = [path for path in pages_of(published) if path in ONE_OF_EACH or path.count("/") < 2]
    assert len(paths) > 15
    page.goto(site)
    assert [(path, told) for path in paths if (told := faults_of(page, site + path, THIN))] == []


@pytest.mark.long
def test_axe_finds_nothing_wrong_with_any_page(page: Page, site: str, published: Path) -> None:
    paths = pages_of(published)
    assert len(paths) > 50
    page.goto(site)
    assert [(path, told) for path in of_all(paths, 6, "pages for axe") if (told := faults_of(page, site + path))] == []


@pytest.mark.parametrize("enter", [wide, dark, phone])
def test_axe_finds_nothing_wrong_with_an_open_note_and_an_open_search(
    page: Page, enter: Callable[[Page], None], site: str
) -> None:
    page.goto(site)
    page.evaluate(THIN)
    enter(page)
    page.locator(".bottom a.mark").first.click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("a.find").click()
    page.locator("dialog.search input").fill("peacekeepers")
    page.locator("dialog.search li").first.wait_for()
    assert faults(page) == []
