"""Sites in Russian and Arabic: words of ours in the site's language, all else in its own, and the gate holds both to it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing.diagnostics.problem import Problem
from briefing.i18n.markup import LanguageMarkup
from briefing.mkdocs_plugin.build import build_site
from tests.conftest import PORT_LEASE
from tests.sites import PROJECT, make_buildable, served, speak
from tests.verifiers import our_problems, theirs_is_content

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The invented dossier as sites in three languages, each built and read back."""
    built: dict[str, Path] = {}
    for language in ("ru", "ar", "he"):
        folder = make_buildable(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp(language) / "port_lease"))
        report, site = build_site(speak(folder, language))
        assert report.problems == ()
        assert site is not None
        built[language] = site
    return built


def problems_of(site: Path) -> list[Problem]:
    return our_problems(site, PORT_LEASE / "seeds")


@pytest.mark.parametrize("language", ["ru", "ar", "he"])
def test_two_verifiers_accept_a_site_in_another_language(sites: dict[str, Path], language: str) -> None:
    assert problems_of(sites[language]) == []
    assert theirs_is_content(sites[language], PORT_LEASE / "seeds")


STRAYS: dict[str, Callable[[str], str]] = {
    "an English word of ours": lambda html: html.replace("</h1>", "</h1><p>Bottom line</p>", 1),
    "an English message with a number": lambda html: html.replace("</h1>", "</h1><p>2 related facts</p>", 1),
    "a Russian sentence": lambda html: html.replace("</h1>", "</h1><p>Ничего не было согласовано.</p>", 1),
    "a Russian word of ours altered": lambda html: html.replace("Цитата 1", "Цитаты 1", 1),
    "an English label": lambda html: html.replace("<dt>Стороны</dt>", "<dt>Parties</dt>", 1),
}


@pytest.mark.parametrize("stray", STRAYS)
def test_a_stray_text_on_a_russian_site_is_refused(sites: dict[str, Path], stray: str, tmp_path: Path) -> None:
    site = shutil.copytree(sites["ru"], tmp_path / "site")
    page = site / "clauses" / "index.html"
    before = page.read_text("utf-8")
    after = STRAYS[stray](before)
    assert after != before
    page.write_text(after, encoding="utf-8")
    assert problems_of(site) != []


@pytest.mark.parametrize("word", ["Bottom line", "Actors", "3 related facts", "Ничего не было согласовано."])
def test_a_ledger_cannot_call_a_word_of_another_language_ours(sites: dict[str, Path], word: str, tmp_path: Path) -> None:
    site = shutil.copytree(sites["ru"], tmp_path / "site")
    ledger = site / "ledger.json"
    ledger.write_text(ledger.read_text("utf-8").replace('"words": [', f'"words": [\n"{word}",', 1), encoding="utf-8")
    assert [problem.message for problem in problems_of(site)] == [
        f"this text is not in the interface catalogue of this version: {word}"
    ]


def test_claims_say_their_language_beside_words_of_the_site(sites: dict[str, Path]) -> None:
    page = (sites["ru"] / "clauses" / "index.html").read_text("utf-8")
    assert '<html lang="ru"' in page
    assert '<span data-claim="lease-term" lang="en">' in page
    assert re.search(r'<q class="quote"[^>]* lang="en"[ >]', page)
    assert "<dt>Стороны</dt>" in page
    assert re.search(r'<h1 id="_clauses">Что говорится в соглашении<', page)


def test_what_is_in_the_sites_own_language_does_not_say_so() -> None:
    assert (LanguageMarkup("en", "en").claims_lang, LanguageMarkup("en", "en").heading("Halden")) == ("", "Halden")
    assert LanguageMarkup("ru", "en").heading("Halden 1") == '<span lang="en">Halden &#49;</span>'
    assert LanguageMarkup("ru", "en").wrap_inline("seeds/wire.txt", "code") == "<code>seeds&#47;wire&#46;txt</code>"


SHOWN = ["", "clauses/", "actors/", "actors/kern/", "timeline/", "disputes/", "figures/", "sources/gazette/", "checks/"]


@pytest.fixture(scope="module")
def arabic(sites: dict[str, Path]) -> Iterator[str]:
    with served(sites["ar"]) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_from_right_to_left_holds_what_is_from_left_to_right_apart(page: Page, arabic: str, path: str) -> None:
    page.goto(arabic + path)
    assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == ["ar", "rtl"]
    ways = page.evaluate(
        """[...document.querySelectorAll('article [lang]')].map(e => {
            const style = getComputedStyle(e); return [e.getAttribute('lang'), style.direction, style.unicodeBidi] })"""
    )
    assert ways
    assert {tuple(way) for way in ways} <= {("en", "ltr", "isolate")}
    loose = page.evaluate(
        """[...document.querySelectorAll('article *')].filter(e => !e.closest('code,script'))
           .filter(e => e.closest('[lang]').lang === 'ar')
           .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3 && /[a-z]{3}/.test(n.data)).map(n => n.data))"""
    )
    assert [text for text in loose if not re.search(r"\.txt|^[0-9a-f]{64}$|^en$", text.strip())] == []


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_from_right_to_left_needs_no_sideways_scrolling(browser: Browser, arabic: str, path: str) -> None:
    phone = browser.new_page(viewport=PHONE)
    phone.goto(arabic + path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.close()


def test_a_quotes_rule_and_number_stand_where_its_page_begins(page: Page, arabic: str, sites: dict[str, Path]) -> None:
    script = """(() => { const li = document.querySelector('ol.quotes > li'), style = getComputedStyle(li);
        return [parseFloat(style.borderLeftWidth) > 0, parseFloat(style.borderRightWidth) > 0,
                parseFloat(style.paddingLeft) > 10, parseFloat(style.paddingRight) > 10] })()"""
    page.goto(arabic + "clauses/")
    assert page.evaluate(script) == [False, True, False, True]
    with served(sites["ru"]) as russian:
        page.goto(russian + "clauses/")
        assert page.evaluate(script) == [True, False, True, False]


def test_the_style_sheet_knows_no_left_and_right() -> None:
    style = (PROJECT / "briefing" / "rendering" / "assets" / "briefing.css").read_text("utf-8")
    assert re.findall(r"[^\n]*(?<!\.)\b(?:left|right)\b[^\n]*", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)) == []
