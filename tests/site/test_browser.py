"""The published briefing in a real browser: citations land, search finds every printed name, no other host is asked."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.sites import served

KINDS = [
    "",
    "clauses/",
    "actors/",
    "reactions/",
    "timeline/",
    "disputes/",
    "silences/",
    "figures/",
    "places/",
    "context/",
    "sources/",
    "method/",
    "data/",
    "matrix/",
    "checks/",
]
DEEP = ["actors/pashinyan/", "sources/afp-report/"]


@pytest.fixture(scope="module")
def site(published: Path) -> Iterator[str]:
    with served(published) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


@pytest.mark.parametrize("path", KINDS + DEEP)
def test_a_page_asks_no_other_host_and_says_no_error(page: Page, site: str, path: str) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(site + path, wait_until="networkidle")
    assert page.locator("h1").count() == 1
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
    assert errors == []


def test_without_script_a_mark_leads_to_its_quote_the_quote_to_its_paragraph_and_the_paragraph_back(
    browser: Browser, site: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(site + "clauses/#peacekeepers-number")
    page.locator("#peacekeepers-number .cite a").first.click()
    assert page.url.endswith("#peacekeepers-number.1")
    quote = page.locator('[id="peacekeepers-number.1"]')
    assert "1,960 military personnel" in quote.locator("q").inner_text()
    quote.locator("a.source").click()
    page.wait_for_url("**/sources/afp-report/#p18")
    assert "Paragraph 18" in page.locator("#p18").inner_text()
    page.locator("#p18 a").first.click()
    page.wait_for_url("**#*.*")
    assert page.locator(f'[id="{page.url.split("#")[1]}"] q').is_visible()
    page.close()


def test_a_mark_opens_its_quote_beside_the_claim_and_escape_closes_it(page: Page, site: str) -> None:
    page.goto(site)
    marks = page.locator(".bottom a.mark")
    for mark in (marks.nth(0), marks.nth(3)):
        mark.click()
        notes = page.locator(".note")
        assert notes.count() == 1
        goal = (mark.get_attribute("href") or "")[1:]
        assert notes.locator("q").inner_text() == page.locator(f'[id="{goal}"] q').inner_text()
        assert mark.get_attribute("aria-expanded") == "true"
    assert notes.get_attribute("role") == "dialog"
    notes.locator("q").click()
    assert notes.count() == 1, "the pointer can go into a note"
    page.keyboard.press("Escape")
    assert notes.count() == 0
    assert marks.nth(3).evaluate("mark => mark === document.activeElement")


def test_a_note_is_opened_and_left_by_keyboard_and_its_links_work(page: Page, site: str) -> None:
    page.goto(site + "actors/aliyev/")
    mark = page.locator("a.mark").first
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator(".note")
    assert note.evaluate("note => note === document.activeElement")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.source')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*/#p*")


def test_a_note_is_closed_by_its_button_and_by_a_click_elsewhere(page: Page, site: str) -> None:
    page.goto(site + "disputes/")
    page.locator("a.mark").first.click()
    page.get_by_role("button", name="Close").click()
    assert page.locator(".note").count() == 0
    page.locator("a.mark").first.click()
    page.locator("h1").click()
    assert page.locator(".note").count() == 0


def test_on_a_phone_a_tap_opens_a_note_at_the_foot_of_the_screen(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site)
    page.locator(".bottom a.mark").first.tap()
    box = page.locator(".note").bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["width"]), round(box["y"] + box["height"])) == (0, 390, 844)
    context.close()


def test_the_link_that_is_copied_from_a_note_leads_to_its_claim(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site + "timeline/")
    page.locator("#talks-putin-erdogan a.mark, article.event a.mark").first.click()
    claim = page.locator(".note").evaluate("note => note.previousElementSibling.querySelector('[data-claim]').dataset.claim")
    page.get_by_role("button", name="Copy the link to this claim").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}timeline/#{claim}"
    context.close()


def test_clauses_are_filtered_and_the_choice_stands_in_the_address(page: Page, site: str) -> None:
    page.goto(site + "clauses/")
    rows = page.locator("tr.row:visible")
    every = rows.count()
    page.locator("select[name=sources]").select_option("untitled-report")
    some = rows.count()
    assert 0 < some < every
    assert page.locator("form.filters output").inner_text() == f"{some} / {every}"
    assert page.url.endswith("clauses/?sources=untitled-report")
    page.locator("select[name=acts]").select_option("armenian-forces")
    assert 0 < rows.count() < some
    assert all("armenian-forces" in (row.get_attribute("data-acts") or "") for row in rows.all())
    page.goto(site + "clauses/?sources=untitled-report")
    assert rows.count() == some


def test_a_heading_goes_with_the_last_fact_under_it(page: Page, site: str) -> None:
    page.goto(site + "reactions/")
    page.locator("select[name=stance]").select_option("doubts")
    facts = page.locator("article.reaction:visible")
    assert {fact.get_attribute("data-stance") for fact in facts.all()} == {"doubts"}
    assert page.locator("h2:visible").all_text_contents() == ["Olga Olikier¶"]


def test_the_picture_of_time_leads_to_the_events_and_the_list_has_them_all(page: Page, site: str) -> None:
    page.goto(site + "timeline/")
    ids = {(link.get_attribute("href") or "")[1:] for link in page.locator("figure.time a").all()}
    listed = {article.get_attribute("id") for article in page.locator("ol.timeline h3[id]").all()}
    assert len(ids) >= 30
    assert listed - ids == {"heavy-losses-yesterday"}, "what has no beginning is not drawn"
    assert ids < listed


def test_without_script_nothing_is_hidden_and_no_filter_shown(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(site + "clauses/")
    assert page.locator("form.filters:visible").count() == 0
    assert page.locator("tr.row:visible").count() == page.locator("tr.row").count() > 10
    page.close()


def test_every_mark_on_the_home_page_leads_to_a_note_and_back(page: Page, site: str) -> None:
    page.goto(site)
    marks = page.locator(".cite a")
    assert marks.count() > 20
    for href in {mark.get_attribute("href") for mark in marks.all()}:
        note = page.locator(f'[id="{(href or "#")[1:]}"]')
        assert note.locator("q").count() == 1
        back = note.locator("a.back").get_attribute("href") or "#"
        assert page.locator(f'[id="{back[1:]}"]').count() == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Shusha", "Shush"),
        ("Shushi", "Shush"),
        ("ceasefire", "21:00"),
        ("cease-fire", "21:00"),
        ("Artsakh", "Artsakh"),
        ("Erdogan", "Erdogan"),
        ("Kubatlu", "Kubatlu"),
    ],
)
def test_search_finds_a_thing_under_each_name_that_the_sources_print(page: Page, site: str, words: str, found: str) -> None:
    page.goto(site)
    page.locator("a.find").click()
    page.keyboard.type(words)
    page.locator("dialog.search li").filter(has_text=found).first.wait_for(state="visible")


def test_a_search_costs_little_and_nothing_before_it_is_asked_for(page: Page, site: str, published: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site).partition("?")[0]))
    page.goto(site, wait_until="networkidle")
    assert [url for url in asked if "search" in url] == []
    asked.clear()
    page.locator("a.find").click()
    page.keyboard.type("peacekeepers in lachin")
    page.locator("dialog.search li a").first.wait_for()
    cost = sum(len(gzip.compress((published / url).read_bytes())) for url in asked)
    assert "search/index.js" in asked
    assert cost < 90_000


def test_dark_and_light_follow_the_readers_setting(browser: Browser, site: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        opened = context.new_page()
        opened.goto(site)
        grounds.append(opened.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert grounds == ["rgb(255, 253, 248)", "rgb(20, 22, 27)"]


def test_every_quote_on_every_page_is_selectable_text_in_its_own_language(page: Page, site: str) -> None:
    page.goto(site + "reactions/")
    quotes = page.locator("q.quote")
    assert quotes.count() > 50
    assert {quote.get_attribute("lang") for quote in quotes.all()} == {"en", "ru"}


@pytest.mark.parametrize(
    ("way", "copied"),
    [
        ("copy-citation", "2020-11-10"),
        ("copy-bibtex", "@misc{afp-report,\n  title = {{Russian Peacekeepers Head"),
        ("copy-csl", '"id": "afp-report"'),
        ("copy-link", "clauses/#peacekeepers-number"),
    ],
)
def test_a_note_copies_its_citation_in_each_way(browser: Browser, site: str, way: str, copied: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(site + "clauses/#peacekeepers-number")
    opened.locator("#peacekeepers-number .cite a").first.click()
    opened.locator(f".note button.{way}").click()
    opened.locator(f".note button.{way}", has_text="Copied").wait_for()
    told = opened.evaluate("navigator.clipboard.readText()")
    assert copied in told
    if way == "copy-citation":
        assert "1,960 military personnel" in told
        assert told.endswith("clauses/#peacekeepers-number")
    context.close()


def test_a_note_copies_the_link_where_no_file_can_be_fetched(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.route("**/data/*", lambda route: route.abort())
    opened = context.new_page()
    opened.goto(site + "clauses/#peacekeepers-number")
    opened.locator("#peacekeepers-number .cite a").first.click()
    opened.locator(".note button.copy-bibtex").click()
    opened.locator(".note button.copy-bibtex", has_text="Copied").wait_for()
    assert opened.evaluate("navigator.clipboard.readText()").endswith("clauses/#peacekeepers-number")
    context.close()
