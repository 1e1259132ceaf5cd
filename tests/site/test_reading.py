"""Ways to read the published site: zoomed in, by keyboard, printed, without script, from a disk, in forced colours, unmoved."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Browser, Locator, Page

from tests.sampling import how_many, of_all
from tests.sites import pages_of, served

ONE_OF_EACH = ("actors/pashinyan/", "sources/afp-report/")  # of pages that one template makes


@pytest.fixture(scope="module")
def site(published: Path) -> Iterator[str]:
    with served(published) as address:
        yield address


@pytest.fixture(scope="module")
def paths(published: Path) -> list[str]:
    """One page of each kind."""
    return [path for path in pages_of(published) if path in ONE_OF_EACH or (path.count("/") < 2 and path != "404.html")]


def tab_to(page: Page, selector: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"{selector} is not reached")


class Seen(NamedTuple):
    """What a browser with a window of 320 pixels shows of a page that it opened from a disk."""

    width: int
    texts: list[str]
    goals: list[str]
    astray: list[str]
    errors: list[str]


SEEN = """[document.documentElement.scrollWidth,
    [...document.querySelectorAll("article :is([data-claim], q, h2, h3, dt, dd, th, td)")]
        .filter((one) => one.checkVisibility()).map((one) => one.textContent.trim()),
    [...document.querySelectorAll("a[href]")].map((one) => one.href.baseVal ?? one.href),
    [...document.querySelectorAll("a.mark")].filter((one) => !one.getAttribute("href").startsWith("#")
        || !document.getElementById(one.hash.slice(1))?.querySelector("q")).map((one) => one.href)]"""


@pytest.fixture(scope="module")
def shown(browser: Browser, published: Path, paths: list[str]) -> dict[tuple[str, bool], Seen]:
    """One page of each kind as a disk holds it, with script and without."""
    found = {}
    for script in (True, False):
        page = browser.new_page(viewport={"width": 320, "height": 256}, java_script_enabled=script)
        errors: list[str] = []
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        page.on("console", lambda told, errors=errors: errors.append(told.text) if told.type == "error" else None)
        for path in paths:
            page.goto((published / path / "index.html").as_uri())
            found[path, script] = Seen(*page.evaluate(SEEN), list(errors))
            errors.clear()
        page.close()
    return found


def is_focused(mark: Locator) -> bool:
    return bool(mark.evaluate("mark => mark === document.activeElement"))


def test_a_page_at_four_hundred_percent_scrolls_in_one_direction_only(shown: dict[tuple[str, bool], Seen]) -> None:
    assert {key: page.width for key, page in shown.items() if page.width > 320} == {}


def test_without_script_a_page_holds_all_that_it_holds_with_it(shown: dict[tuple[str, bool], Seen], paths: list[str]) -> None:
    assert [path for path in paths if shown[path, True].texts != shown[path, False].texts] == []
    assert min(len(page.texts) for page in shown.values()) > 3


def test_each_mark_leads_to_a_quote_on_its_own_page(shown: dict[tuple[str, bool], Seen]) -> None:
    assert [page.astray for page in shown.values() if page.astray] == []


def test_each_link_of_a_page_from_a_disk_leads_to_a_file(shown: dict[tuple[str, bool], Seen], paths: list[str]) -> None:
    for page in (shown[path, True] for path in paths):
        files = {unquote(urlsplit(goal).path) for goal in page.goals if goal.startswith("file:")}
        assert len(files) > 10
        assert [name for name in files if not Path(name).is_file()] == []
        assert page.errors == []


def test_a_page_at_four_hundred_percent_is_left_by_keyboard_through_the_drawer(browser: Browser, site: str) -> None:
    for script in (True, False):
        page = browser.new_page(viewport={"width": 320, "height": 256}, java_script_enabled=script)
        page.goto(site + "timeline/")
        assert not page.locator(".drawer a").first.is_visible()
        tab_to(page, "#__drawer")
        page.keyboard.press("Space")
        page.locator(".drawer a").first.wait_for()
        tab_to(page, ".drawer a")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/clauses/")
        page.close()


def test_every_mark_of_a_page_is_reached_opened_and_left_by_keyboard(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    note = page.locator(".note")
    opened = 0
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.matches('a.mark') ? document.activeElement.hash : ''")
        if not here:
            continue
        page.keyboard.press("Enter")
        assert is_focused(note)
        page.keyboard.press("Escape")
        assert note.count() == 0
        assert page.evaluate("document.activeElement.hash") == here
        opened += 1
        if opened == page.locator("a.mark").count():
            break
    assert opened == page.locator("a.mark").count() > 40
    page.close()


def file_of(site: Path, page: str) -> str:
    """The text of the file of a page."""
    path = site / page
    return (path / "index.html" if path.is_dir() else path).read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_every_mark_of_every_page_is_opened_and_left(browser: Browser, site: str, published: Path, way: str) -> None:
    context = browser.new_context(has_touch=way == "touch")
    page = context.new_page()
    note = page.locator(".note")
    opened = 0
    marked = [path for path in pages_of(published) if 'class="mark"' in file_of(published, path)]
    for path in of_all(marked, 4, "pages with marks"):
        page.goto(site + path)
        for mark in page.locator("article a.mark").all():
            {"mouse": mark.click, "touch": mark.tap, "keyboard": lambda mark=mark: mark.press("Enter")}[way]()
            assert note.locator("q").inner_text()
            assert is_focused(note)
            page.keyboard.press("Escape")
            assert note.count() == 0
            assert is_focused(mark)
            opened += 1
    assert opened > how_many(400, 3)
    context.close()


def test_the_way_past_the_head_leads_to_the_content(browser: Browser, site: str) -> None:
    page = browser.new_page()
    for path in ("", "clauses/", "actors/osce/"):
        page.goto(site + path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "md-skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#__content') !== null")
    page.close()


def test_paper_holds_the_notes_of_a_page_and_nothing_to_press(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    chrome = ".md-header, .md-tabs, .beside, .md-sidebar, .md-footer, .md-top, .filters, .note, .find, a.back, button, select"
    for path in ("", "clauses/", "sources/afp-report/"):
        page.emulate_media(media="screen")
        page.goto(site + path)
        if path != "sources/afp-report/":
            page.locator("a.mark").first.click()
        page.emulate_media(media="print")
        assert page.locator(chrome).filter(visible=True).count() == 0
        assert page.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(22, 24, 29)"
        for claim in page.locator("article [data-claim]:not(details *)").all()[:5]:
            assert claim.is_visible()
    page.goto(site)
    page.pdf(path=tmp_path / "home.pdf", format="A4")
    printed = "".join(extract_text(tmp_path / "home.pdf").replace("ﬁ", "fi").replace("ﬀ", "ff").split())
    told = ["".join(text.split()) for text in page.locator(".notes q").all_inner_texts()]
    assert len(told) > 40
    assert sum(text[:30] in printed for text in told) > 40
    page.close()


def test_without_script_a_mark_leads_to_the_notes_at_the_foot_and_back(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(site)
    page.locator(".bottom a.mark").nth(3).click()
    note = page.locator(":target")
    assert note.locator("q").is_visible()
    assert note.evaluate("note => note.closest('.notes') !== null")
    note.locator("a.back").click()
    assert page.locator(".bottom :target, .bottom:has(:target)").count() > 0
    page.close()


def test_a_page_from_a_disk_is_drawn_and_leads_on(browser: Browser, published: Path) -> None:
    page = browser.new_page()
    page.goto((published / "index.html").as_uri())
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(255, 253, 248)"
    page.locator(".md-tabs a", has_text="The deal").click()
    page.wait_for_url("file:///**/clauses/index.html")
    page.locator("#peacekeepers-number .cite a").first.click()
    assert "1,960" in page.locator(".note q").inner_text()
    page.locator(".note a.source").click()
    page.wait_for_url("file:///**/sources/afp-report/index.html#p18")
    page.close()


def colour(page: Page, selector: str, name: str) -> str:
    return str(page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}"))


def test_with_forced_colours_pictures_are_drawn_in_them(browser: Browser, site: str) -> None:
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.goto(site + "timeline/")
    text, link = colour(page, "h1", "color"), colour(page, "article a", "color")
    assert colour(page, "figure.time .axis", "stroke") == text
    assert colour(page, "figure.time a.exact:not(.background) rect", "fill") == link
    assert colour(page, "figure.time a.inferred:not(.background) rect", "stroke") == link
    page.goto(site + "sources/afp-report/")
    assert colour(page, "figure.extent .quoted", "fill") == link
    page.close()


def test_nothing_moves_for_a_reader_who_wants_no_motion(browser: Browser, site: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(site)
    moving = "e => ['', '::before', '::after'].some(part => parseFloat(getComputedStyle(e, part).transitionDuration) > 0)"
    assert page.evaluate(f"[...document.querySelectorAll('*')].filter({moving}).length") == 0
    page.close()


def test_what_is_chosen_with_the_keyboard_is_outlined(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "clauses/")
    plain = []
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate("(e => [e.outerHTML.slice(0, 90), getComputedStyle(e).outlineStyle])(document.activeElement)")
        plain += [told[0]] if told[1] == "none" else []
    assert plain == []
    page.close()


def test_a_look_that_is_chosen_stays_and_the_frame_tells_where_a_reader_is(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + "timeline/")
    page.get_by_role("button", name="Switch to dark").click()
    page.goto(site + "clauses/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.locator(".md-sidebar--secondary a", has_text="Territory").click()
    page.locator(".md-sidebar--secondary a.md-nav__link--active", has_text="Territory").wait_for()
    page.locator(".md-header__title--active").wait_for()
    page.get_by_role("button", name="Back to top").click()
    page.locator(".md-header__title:not(.md-header__title--active)").wait_for()
    assert page.evaluate("scrollY") == 0
    context.close()
