"""The search in a real browser: each printed name leads to all that is about its place, each claim once, by keyboard too."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.i18n.messages import SiteContext
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.mkdocs_plugin.verify import InstalledGenerator
from briefing.model.site_files import SEARCH_INDEX as INDEX
from briefing.rendering.pages import SiteRenderer
from briefing.rendering.search_ranking import QUESTION_WORD_WEIGHT, STOP_WORD_WEIGHT, searchable_claims
from briefing.verification.built_site import read_site
from briefing.verification.data_check import search_problems
from briefing.verification.data_formats import parse_search_piece
from briefing.verification.ledger import read_ledger
from tests.conftest import PORT_LEASE
from tests.dossiers import RECORD, write_dossier
from tests.previews import waited_for
from tests.sites import PROJECT, make_buildable, served, write_search

NAMES = {"en": "Halden", "az": "Haldəç", "hy": "Հալդեն", "ru": "Халден", "tr": "Hâldeş"}
TEXTS = {
    "en": "The town of Halden is quiet. Ships came to it at noon.",
    "az": "Haldəç liman şəhəridir.",
    "hy": "Հալդեն քաղաքը հանգիստ է։",
    "ru": "Город Халден спокоен.",
    "tr": "Hâldeş bir liman kentidir.",
}


@pytest.fixture(scope="module")
def built(built_lease: Path) -> Path:
    return built_lease / "site"


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield opened
    assert errors == []
    context.close()


def wait_until(page: Page, true: str) -> None:
    """Waits until an expression is true; the page's own policy forbids what Playwright would do for it."""
    waited_for(lambda: page.evaluate(true), 15)


def search(page: Page, address: str, words: str) -> list[str]:
    """The ids of the claims that the first results show."""
    page.goto(address)
    page.locator("a.find").click()
    return typed(page, words)


def typed(page: Page, words: str) -> list[str]:
    page.locator("dialog.search input").fill(words)
    wait_until(page, "new URLSearchParams(location.search).get('q') === document.querySelector('dialog input').value.trim()")
    wait_until(page, "/\\d|\\.$/.test(document.querySelector('dialog [role=status]').textContent)")
    page.wait_for_load_state("networkidle")
    return shown(page)


def shown(page: Page) -> list[str]:
    return page.locator("dialog.search li").evaluate_all("all => all.map(one => one.dataset.id)")


@pytest.fixture(scope="module")
def names_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One town under a name in each of five languages, and a fact from each source, which prints its own name alone."""
    names = "".join(f"    {language}: {name}\n" for language, name in NAMES.items())
    town = "halden:\n  name: Halden\n  claim: A text calls Halden a town.\n  quotes:\n    en: The town of Halden\n"
    fact = "fact-{}:\n  claim: One text speaks of the town.\n  places: [halden]\n  quotes:\n    {}: {}\n"
    facts = "".join(fact.format(id, id, text[:-1]) for id, text in TEXTS.items() if id != "en")
    facts += "apart:\n  claim: Ships came at noon.\n  quotes:\n    en: Ships came to it at noon\n"
    records = [RECORD.format(id=id, sha256=f"sha256 of {id}.txt").replace("language: en", f"language: {id}") for id in TEXTS]
    folder = write_dossier(
        tmp_path_factory.mktemp("names"),
        {"sources": "\n".join(records), "places": f"{town}  names:\n{names}", "context": facts},
        {id: f"{text}\n" for id, text in TEXTS.items()},
    )
    report, site = build_site(make_buildable(folder))
    assert report.problems == ()
    assert site is not None
    with served(site) as address:
        yield address


@pytest.mark.parametrize("words", [*NAMES.values(), "haldes", "HALDEN", "халд", "Հալ"])
def test_each_printed_name_leads_to_all_that_is_about_the_place_and_to_nothing_else(
    page: Page, names_site: str, words: str
) -> None:
    found = search(page, names_site, words)
    assert sorted(found) == ["fact-az", "fact-hy", "fact-ru", "fact-tr", "halden"]
    assert found[0] == "halden"


def test_a_name_that_no_source_prints_is_not_made_up(page: Page, names_site: str) -> None:
    assert search(page, names_site, "Галден город") != []
    assert typed(page, "ჰალდენ") == []


def test_each_claim_is_in_the_index_once_and_nothing_that_retells_it() -> None:
    dossier = read_dossier(PORT_LEASE)
    laid = SiteRenderer(dossier, SiteContext())
    pieces = [parse_search_piece(laid.render_file(path)) for path in laid.search.paths]
    ids = [row["id"] for piece in pieces for row in piece.get("claims", ())]
    assert len(ids) == len(set(ids)) == parse_search_piece(laid.render_file(INDEX))["count"]
    ledger = json.loads(laid.render_file("ledger.json"))["facts"]
    assert set(ids) == {part.key for _, part in searchable_claims(dossier)}
    assert {fact["id"] for fact in ledger if fact["kind"] != "overview"} - set(ids) == {
        fact["id"] for fact in ledger if ".a" in fact["id"] or ".o" in fact["id"]
    }


def test_a_result_says_kind_date_and_source_shows_the_words_and_leads_to_the_very_claim(page: Page, site: str) -> None:
    assert search(page, site, "midnight lease")[0] == "lease-starts"
    first = page.locator("dialog.search li").first
    assert first.locator(".kind").inner_text() == "Timeline"
    assert "2031" in first.locator(".date").inner_text()
    assert first.locator(".chip").all_inner_texts() == ["Gazette report"]
    assert {text.lower() for text in first.locator("q mark").all_inner_texts()} >= {"midnight"}
    first.locator("a").click()
    page.wait_for_url("**/timeline/#lease-starts")
    assert page.locator(":target [data-claim=lease-starts], [data-claim=lease-starts]").first.is_visible()
    page.go_back()
    page.locator("dialog.search li").first.wait_for()
    assert shown(page)[0] == "lease-starts"


def test_no_result_is_shown_twice_however_many_pages_retell_it(page: Page, site: str) -> None:
    found = search(page, site, "Vessia")
    while page.locator("dialog.search button.more").is_visible():
        page.locator("dialog.search button.more").click()
        wait_until(page, f"document.querySelectorAll('dialog.search li').length > {len(found)}")
        found = shown(page)
    assert len(found) == len(set(found)) > 10
    assert f": {len(found)}" in page.locator("dialog.search [role=status]").inner_text()


def test_results_are_narrowed_by_kind_actor_and_source_and_the_address_tells_how(page: Page, site: str) -> None:
    whole = search(page, site, "lease")
    page.locator("dialog.search select[name=kind] option[value=reactions]").wait_for(state="attached")
    page.locator("dialog.search select[name=kind]").select_option("reactions")
    wait_until(page, "[...document.querySelectorAll('dialog.search .kind')].every(e => e.textContent === 'Reactions')")
    narrowed = shown(page)
    assert len(narrowed) > 0
    assert "q-kind=reactions" in page.url
    page.goto(page.url)
    page.locator("dialog.search li").first.wait_for()
    assert shown(page) == narrowed
    page.locator("dialog.search select[name=kind]").select_option("")
    wait_until(page, f"document.querySelectorAll('dialog.search li').length === {len(whole)}")
    page.locator("dialog.search select[name=source]").select_option("wire")
    wait_until(page, "[...document.querySelectorAll('dialog.search li')].every(e => e.textContent.includes('Wire report'))")
    page.locator("dialog.search select[name=source]").select_option("")
    page.locator("dialog.search select[name=actor] option[value=vessia]").wait_for(state="attached")
    page.locator("dialog.search select[name=actor]").select_option("vessia")
    wait_until(page, "new URLSearchParams(location.search).get('q-actor') === 'vessia'")
    page.wait_for_load_state("networkidle")
    assert shown(page) != whole
    page.keyboard.press("Escape")
    wait_until(page, "!location.search")


def test_the_whole_search_works_by_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Control+k")
    page.locator("dialog.search input").wait_for()
    page.keyboard.type("dockers")
    wait_until(page, "new URLSearchParams(location.search).get('q') === 'dockers'")
    page.locator("dialog.search li a").nth(1).wait_for()
    page.wait_for_load_state("networkidle")
    links = page.locator("dialog.search li a")
    page.keyboard.press("ArrowDown")
    assert links.nth(0).evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowDown")
    assert links.nth(1).evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator("dialog.search input").evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    page.locator("dialog.search").wait_for(state="hidden")
    page.locator("a.find").focus()
    page.keyboard.press("Enter")
    page.locator("dialog.search input").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog.search").wait_for(state="hidden")
    assert page.locator("a.find").evaluate("e => e === document.activeElement")


def test_a_slip_is_forgiven_only_where_nothing_is_found_and_what_lacks_a_word_is_called_near(page: Page, site: str) -> None:
    assert search(page, site, "harbor mastre")[0] == "brandt"
    assert set(typed(page, "dockres")) == set(typed(page, "dockers"))
    typed(page, "dockers zzzzzz")
    assert page.locator("dialog [role=status]").inner_text().startswith("No claim contains all of these words.")
    assert typed(page, "zzzzzz") == []
    assert page.locator("dialog [role=status]").inner_text() == "No results."


def test_the_link_to_a_search_is_copied(page: Page, site: str) -> None:
    search(page, site, "harbour")
    page.locator("dialog.search button.share").click()
    wait_until(page, "document.querySelector('dialog button.share').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}?q=harbour"


def test_a_page_opened_from_a_disk_is_searched_too(page: Page, built: Path) -> None:
    page.goto((built / "clauses" / "index.html").as_uri())
    page.locator("a.find").click()
    page.locator("dialog.search input").fill("dockers union")
    link = page.locator("dialog.search li a").first
    link.wait_for()
    assert (link.get_attribute("href") or "").partition("#")[0].endswith("/index.html")
    link.click()
    page.wait_for_url("file:///**/index.html#*")


def test_pages_of_a_server_fetch_the_index_and_pages_of_a_disk_run_it(page: Page, site: str, built: Path) -> None:
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url.partition("?")[0])))

    def kinds() -> set[str]:
        return {kind for kind, url in asked if "/search/" in url}

    assert search(page, site, "dockers union") != []
    assert kinds() == {"fetch"}
    assert page.evaluate("typeof window.briefingFound") == "undefined"
    asked.clear()
    page.goto((built / "clauses" / "index.html").as_uri())
    page.locator("a.find").click()
    page.locator("dialog.search input").fill("dockers union")
    page.locator("dialog.search li a").first.wait_for()
    assert kinds() == {"script"}


@pytest.mark.parametrize(
    "answer", [{"status": 404}, {"status": 500, "body": "{}"}, {"status": 200, "body": "<h1>Sign in</h1>"}]
)
def test_a_piece_that_cannot_be_loaded_is_told_and_loaded_by_the_next_search(
    browser: Browser, site: str, answer: dict[str, Any]
) -> None:
    page = browser.new_page()
    found = search(page, site, "harbour")
    page.goto("about:blank")
    page.route("**/search/claims-*", lambda route: route.fulfill(**answer))
    page.goto(site)
    page.locator("a.find").click()
    page.locator("dialog.search input").fill("harbour")
    expect(page.locator("dialog [role=status]")).to_have_text("The search could not be loaded.")
    page.unroute("**/search/claims-*")
    assert typed(page, "harbour ") == found
    page.close()


def test_without_script_the_link_leads_to_the_list_of_all_facts(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}clauses/")
    page.locator("a.find").click()
    page.wait_for_url("**/matrix/")
    assert page.locator("tr.row").count() > 20
    page.close()


def test_an_index_of_an_earlier_build_is_not_mixed_with_a_later_one(page: Page, site: str) -> None:
    found = search(page, site, "harbour")
    calls: list[str] = []

    def first_stale(route) -> None:  # type: ignore[no-untyped-def]
        calls.append(route.request.url)
        if len(calls) == 1:
            route.fulfill(body=route.fetch().text().replace('"state":"v-', '"state":"v-0'), content_type="text/javascript")
        else:
            route.continue_()

    page.route("**/search/index.js*", first_stale)
    assert search(page, site, "harbour") == found
    assert len(calls) == 2


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The search of the project's own briefing."""
    folder = tmp_path_factory.mktemp("own")
    write_search(SiteRenderer(read_dossier(PROJECT), SiteContext()), folder)
    with served(folder) as address:
        yield address


ON_TURKEY = {
    "turkish-part-in-peacekeeping.p1",
    "turkish-part-in-peacekeeping.p2",
    "turkish-part-in-peacekeeping.p3",
    "turkish-part-in-peacekeeping.p4",
    "aliyev-turkey-involved",
    "turkey-not-mentioned",
    "turkish-peacekeepers",
}
NOT_MENTIONED = {"status-of-armenian-areas", "format-of-negotiations", "turkey-not-mentioned"}
FIRST: list[tuple[str, list[set[str]]]] = [  # what a reader types, and the claims that must come first, set by set
    ("when did the ceasefire begin", [{"ceasefire-takes-effect", "ceasefire-starts"}]),
    ("When does the cease-fire start?", [{"ceasefire-takes-effect"}]),
    ("cease-fyre 21:00", [{"ceasefire-takes-effect"}]),
    ("how long do peacekeepers stay", [{"untitled-silent-on-size"}, {"peacekeepers-mission"}]),
    ("turkey peacekeepers", [ON_TURKEY]),
    ("turkey peacekeeping", [ON_TURKEY]),
    ("peacekeeper turkey", [ON_TURKEY]),
    ("duration", [{"peacekeepers-mission"}]),
    ("not mentioned", [NOT_MENTIONED]),
    ("mentions", [NOT_MENTIONED | {"turkish-part-in-peacekeeping.p3"}]),
    ("who brokered the ceasefire", [{"ceasefire-takes-effect"}]),
    ("where are peacekeepers deployed", [{"peacekeepers-location"}]),
    ("lachin corridor", [{"lachin-corridor"}]),
    ("the Erdoğan", [{"erdogan"}]),
]


@pytest.mark.parametrize(("words", "first"), FIRST, ids=[words for words, _ in FIRST])
def test_what_a_reader_asks_of_our_own_briefing_comes_first(page: Page, own: str, words: str, first: list[set[str]]) -> None:
    found = search(page, own, words)
    for wanted in first:
        assert set(found[: len(wanted)]) == wanted
        found = found[len(wanted) :]


def test_what_tells_little_marks_nothing_and_is_not_missed(page: Page, own: str) -> None:
    search(page, own, "why did the Pashinyan sign")
    assert page.locator("dialog [role=status]").inner_text().startswith("Found")
    marked = {text.lower() for text in page.locator("dialog.search mark").all_inner_texts()}
    assert {"pashinyan", "signed"} <= marked
    assert not marked & {"why", "did", "the"}


def test_words_that_tell_little_are_searched_where_there_are_no_others(page: Page, own: str) -> None:
    assert search(page, own, "without") != []


ONE_WORD = [
    "peacekeeper peacekeepers peacekeeping",
    "sign signs signed signing",
    "mention mentions mentioned mentioning",
    "deny denies denied denying",
    "agree agreed agreeing",
    "stop stops stopped",
    "church churches",
    "force forces forced",
    "withdraw withdraws withdrawal",
    "declare declared declaration",
    "immediate immediately",
]
OTHERS = ["turkey turkish", "state statement", "army arms", "party part", "form former", "being be"]


def test_forms_of_one_word_share_a_stem_and_other_words_do_not(page: Page, own: str) -> None:
    search(page, own, "deal")
    for words in ONE_WORD:
        assert len({page.evaluate("word => briefingStem(word)", word) for word in words.split()}) == 1, words
    for words in OTHERS:
        assert len({page.evaluate("word => briefingStem(word)", word) for word in words.split()}) > 1, words


@pytest.mark.parametrize("term", ["surrender", "dockerless", "dock"])
def test_a_term_that_stands_in_no_checked_text_is_a_problem(built: Path, tmp_path: Path, term: str) -> None:
    copy = Path(shutil.copytree(built, tmp_path / "site"))
    held = read_ledger(copy, built.parent / "seeds")
    assert held is not None
    assert list(search_problems(read_site(copy), held, InstalledGenerator())) == []
    piece = copy / "search" / "terms-0.js"
    piece.write_text(piece.read_text("utf-8").replace('"terms":{', f'"terms":{{"{term}":[18],'), encoding="utf-8")
    problems = list(search_problems(read_site(copy), held, InstalledGenerator()))
    assert problems == [("search/terms-0.js", f"this search term occurs in no checked text: {term}")]


@pytest.mark.parametrize("name", ["claims-0.json", "claims-0.JS", "search/claims-0.js"])
def test_a_claim_in_a_file_that_no_browser_loads_is_not_in_the_index(built: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copytree(built, tmp_path / "site"))
    held = read_ledger(copy, built.parent / "seeds")
    assert held is not None
    (copy / "search" / name).parent.mkdir(exist_ok=True)
    (copy / "search" / "claims-0.js").rename(copy / "search" / name)
    problems = [message for _, message in search_problems(read_site(copy), held, InstalledGenerator())]
    assert problems
    assert all(message.startswith("the search index lacks `") for message in problems)


@pytest.mark.parametrize("held_over", ['{"terms":[[1],{}]}', '{"claims":[5]}', '{"claims":[{"id":[]}]}', "[]", "5"])
def test_a_piece_that_holds_something_else_is_a_problem_and_no_end(built: Path, tmp_path: Path, held_over: str) -> None:
    copy = Path(shutil.copytree(built, tmp_path / "site"))
    held = read_ledger(copy, built.parent / "seeds")
    assert held is not None
    (copy / "search" / "claims-0.js").write_text(f"briefingFound({held_over});\n", encoding="utf-8")
    assert list(search_problems(read_site(copy), held, InstalledGenerator()))


def test_quotes_of_another_shape_are_not_what_was_checked(built: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(built, tmp_path / "site"))
    held = read_ledger(copy, built.parent / "seeds")
    assert held is not None
    piece = copy / "search" / "claims-0.js"
    piece.write_text(re.sub(r'"quotes":\[\{.*?\}\]', '"quotes":[5]', piece.read_text("utf-8"), count=1), encoding="utf-8")
    assert [
        message.endswith("differs from the ledger: [5]")
        for _, message in search_problems(read_site(copy), held, InstalledGenerator())
    ] == [True]


def test_a_claim_is_found_by_what_its_fields_are_called_and_by_how_a_reader_asks_for_them() -> None:
    reach = SiteRenderer(read_dossier(PORT_LEASE), SiteContext()).search.builder
    told = [one.part for one in reach.entries]
    stems = [one.fact.file_stem for one in reach.entries]
    assert {stems[number] for number, _ in reach.postings["reaction"]} == {"reactions"}
    assert {number for number, weight in reach.postings["when"] if weight == QUESTION_WORD_WEIGHT} == {
        number for number, part in enumerate(told) if getattr(part, "date", None) or getattr(part, "deadline", None)
    }
    assert {stems[number] for number, weight in reach.postings["not"] if weight == QUESTION_WORD_WEIGHT} == {"silences"}
    assert {weight for _, weight in reach.postings["the"]} == {STOP_WORD_WEIGHT}
    assert reach.postings["whom"] == ()
