"""Sources in other scripts than Latin: quotes are found whole, cut nowhere, published, read back, opened and searched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.model.source import read_source
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.text.search_terms import terms_of
from briefing.text.text_fragments import is_found_once, text_fragment
from briefing.text.words import count_words
from tests.dossiers import RECORD, write_dossier
from tests.script_tables import SCRIPTS, Script
from tests.sites import make_buildable, served

WHOLE = [pytest.param(script, words, id=f"{script.name}: {words}") for script in SCRIPTS for words in script.whole]
CUT = [pytest.param(script, words, id=f"{script.name}: {words} {why}") for script in SCRIPTS for words, why in script.cut]


@pytest.mark.parametrize(("script", "words"), WHOLE)
def test_whole_words_are_found_at_their_place(script: Script, words: str) -> None:
    source = read_source("wire", f"...\n\n{script.text}\n")
    (passage,) = source.find(words).whole_words
    assert passage.paragraph == 2
    assert source.find(source.exact_text(passage)).whole_words == (passage,)


@pytest.mark.parametrize(("script", "words"), CUT)
def test_words_that_are_cut_are_not(script: Script, words: str) -> None:
    found = read_source("wire", script.text).find(words)
    assert found.whole_words == ()
    assert found.partial


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_quote_that_stands_twice_is_made_unique_by_what_stands_beside_it(script: Script) -> None:
    words = script.whole[0]
    source = read_source("wire", f"{script.text} {words}")
    first, last = source.find(words).whole_words
    for passage in (first, last):
        wider = source.extend_until_unique(passage)
        assert source.find(source.exact_text(wider)).whole_words == (wider,)
        assert wider.start <= passage.start
        assert passage.end <= wider.end


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Порт Халден сдан в аренду", 5),
        ("кто-то из 1 960", 4),
        ("Ինչո՞ւ է նավահանգիստը", 3),
        ("الميناء لن يُباع", 3),
        ("ראש־הממשלה אמר", 2),
        ('דובר צה"ל', 2),
        ("双方不同意，出售港口。", 9),
        ("租金为1200万元", 6),
        ("항구를 팔지 않는다고", 3),
    ],
)
def test_words_are_counted_as_a_script_parts_them_and_characters_where_none_are_parted(text: str, count: int) -> None:
    assert count_words(text) == count


def dossier_of(folder: Path) -> Path:
    """One source for each script, whole, and one fact that quotes it."""
    seeds = {script.language: f"{script.text}\n" for script in SCRIPTS}
    records = [RECORD.format(id=s.language, sha256=f"sha256 of {s.language}.txt") for s in SCRIPTS]
    spoken = [text.replace("language: en", f"language: {s.language}") for text, s in zip(records, SCRIPTS, strict=True)]
    facts = [f"fact-{s.language}:\n  claim: {s.claim}\n  quotes:\n    {s.language}: >-\n      {s.text}\n" for s in SCRIPTS]
    return write_dossier(folder, {"sources": "\n".join(spoken), "context": "\n".join(facts)}, seeds)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_buildable(dossier_of(tmp_path_factory.mktemp("scripts")))
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    return site


@pytest.fixture(scope="module")
def page(browser: Browser, built: Path) -> Iterator[Page]:
    with served(built) as address:
        opened = browser.new_page(base_url=address)
        opened.set_default_timeout(30_000)
        yield opened
        opened.close()


def test_every_rule_passes_on_sources_in_every_script(tmp_path: Path) -> None:
    report = check(read_dossier(dossier_of(tmp_path)))
    assert (report.problems, report.warnings) == ((), ())
    assert report.checked["quotes"] == len(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_search_finds_a_word_from_the_midst_of_a_quote(page: Page, script: Script) -> None:
    page.goto("")
    page.locator("a.find").click()
    page.locator("dialog.search input").fill(script.sought)
    found = page.locator("dialog.search li").filter(has_text=script.claim)
    found.first.wait_for()
    assert found.first.get_attribute("data-id") == f"fact-{script.language}"
    assert found.first.locator("mark").count() > 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_browser_takes_a_text_apart_as_the_index_does(page: Page, script: Script) -> None:
    page.goto("?q=port")
    page.locator("dialog.search li").first.wait_for()
    for text in (script.text, script.sought, *script.whole, *(words for words, _ in script.cut)):
        assert page.evaluate("text => briefingTerms(text)", text) == list(terms_of(text))


def test_a_quote_stands_in_its_own_language_and_direction(page: Page) -> None:
    page.goto("context/")
    quotes = page.evaluate("[...document.querySelectorAll('q.quote')].map(q => [q.lang, getComputedStyle(q).direction])")
    to_left = {"ar", "fa", "he"}
    assert quotes == [[s.language, "rtl" if s.language in to_left else "ltr"] for s in SCRIPTS]


def test_a_browser_opens_an_original_at_a_quote_in_every_script(browser: Browser, tmp_path: Path) -> None:
    room = '<div style="height: 4000px"></div>'
    for script in SCRIPTS:
        text = f'<!doctype html><html lang="{script.language}"><meta charset="utf-8">{room}<p>{script.text}</p>{room}'
        (tmp_path / f"{script.language}.html").write_text(text, encoding="utf-8")
    with served(tmp_path) as address:
        for script in SCRIPTS:
            words = script.whole[0]
            assert all(is_found_once(script.text, each) for each in script.whole)
            opened = browser.new_page()
            opened.goto(f"{address}{script.language}.html{text_fragment(words)}")
            opened.wait_for_function("scrollY > 0")
            opened.close()


def test_names_in_every_script_stand_in_the_order_of_their_file(tmp_path: Path) -> None:
    folder = dossier_of(tmp_path)
    actor = "a{n}:\n  name: {name}\n  type: group\n  claim: {s.claim}\n  quotes:\n    {s.language}: >-\n      {s.text}\n"
    named = [(n, s, s.text.split(" ")[0].strip("。，,.")) for n, s in enumerate(SCRIPTS)]
    (folder / "facts" / "actors.yaml").write_text("".join(actor.format(n=n, s=s, name=name) for n, s, name in named), "utf-8")
    page = render(read_dossier(folder))["actors.md"]
    places = [page.index(f'id="a{n}"') for n, _, _ in named]
    assert places == sorted(places)
