"""Hostile texts go through every field of every kind unaltered and unexecuted, or are refused with their place."""

import gzip
import re
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.model.kinds import KINDS
from briefing.model.record import Record
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.text.words import collapse_whitespace
from tests.hostile import (
    EXTENSIONS,
    OUTLETS,
    SORTS,
    Placed,
    difference,
    events,
    hostile_texts,
    is_fit,
    placed,
    put_back,
    round_trip,
    same_data,
    same_feed,
    same_search,
    spots_of,
    taken,
    through_outlets,
    to_html,
    token,
    written,
)
from tests.sampling import SEED, chance, of_all
from tests.sites import MKDOCS_YML, served

ALL = 5000
SAMPLE = 30
FEW = 10
BATCH = 500
NOT_SHOWN = {
    ("sources", "names"), ("sources", "merged"), ("sources", "splits"), ("sources", "sha256"),
    ("overview", "names"), ("history", "names"),
}  # fmt: skip


def numbered(start: int, end: int) -> dict[int, str]:
    return dict(islice(enumerate(hostile_texts(ALL)), start, end))


def assert_comes_through(texts: dict[int, str], folder: Path, closed_up_to: int) -> None:
    """Each text comes back from each spot, or is refused; and no prose refuses a text without a reason.

    Fields that take only ids, dates, codes and the like are tried with the texts up to a number: every single one, not
    their combinations.
    """
    tally = round_trip(texts, folder, closed_up_to)
    spots = [spot for kind in KINDS for spot in spots_of(kind)]
    tried = sum(spot.is_open or number < closed_up_to for spot in spots for number in texts)
    assert len(tally.taken) + tally.refused == tried
    missing = {
        (spot.path, text)
        for spot in spots
        for number, text in texts.items()
        if spot.is_prose
        and is_fit(text)
        and spot.may_say(text)
        and not spot.path.endswith("claim")
        and (spot.kind, spot.path, number) not in tally.taken
    }
    assert {pair for pair in missing if pair[0] != "absent"} == set()


def test_there_are_as_many_texts_as_are_said_and_each_sort_is_among_the_first() -> None:
    texts = hostile_texts(ALL)
    assert len(set(texts)) == ALL
    assert {text for sort in SORTS.values() for text in sort} <= set(texts[:BATCH])


def test_a_sample_of_texts_comes_through_every_field_of_every_kind(tmp_path: Path) -> None:
    assert_comes_through(numbered(0, SAMPLE), tmp_path, closed_up_to=SAMPLE // 15)


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, ALL, BATCH))
def test_every_text_comes_through_every_field_of_every_kind(start: int, tmp_path: Path) -> None:
    texts = dict(of_all(numbered(start, start + BATCH).items(), FEW, "texts through every field"))
    assert_comes_through(texts, tmp_path, closed_up_to=start + BATCH // 10)
    shutil.rmtree(tmp_path)


@pytest.mark.long
def test_some_texts_come_through_every_sort_of_file_and_place(tmp_path: Path) -> None:
    texts = dict(of_all(numbered(0, ALL).items(), BATCH, "texts through every place")) if SEED else numbered(0, BATCH)
    through = through_outlets(texts, tmp_path, chance("kinds").randrange(len(KINDS)))
    assert through == (len(OUTLETS) + 1) * sum(map(is_fit, texts.values()))
    shutil.rmtree(tmp_path)


PLACES = {"heading", "attribute", "block", "front matter", ".bib", ".csv", ".ics", ".js", ".json", ".jsonld", ".xml"}


def test_what_goes_through_the_outlets_reaches_every_sort_of_file_and_place(tmp_path: Path) -> None:
    facts = [
        placed(kind, 7, token(7), [spot.path for spot in spots_of(kind) if spot.is_open])
        for kind in KINDS
        if kind.file_stem in OUTLETS
    ]
    pages = render(read_dossier(written(taken(facts, tmp_path / "taken"), plain=True).write(tmp_path / "dossier")))
    assert {place for path, text in pages.items() if token(7) in text for place in places_in(path, text)} >= PLACES


def places_in(path: str, text: str) -> Iterator[str]:
    """Where in a file a text stands: in a heading, an attribute or a block of a page, or in a data file."""
    if not path.endswith(".md"):
        yield Path(path).suffix
        return
    if token(7) in text.partition("\n---\n")[0]:
        yield "front matter"
    heads = 0
    for kind, value in events(to_html(text)):
        heads += bool(re.fullmatch("h[1-6]", kind)) - bool(re.fullmatch("/h[1-6]", kind))
        if token(7) in str(value):
            yield "attribute" if isinstance(value, list) else "heading" if heads else "block"


def test_every_field_that_takes_a_text_shows_it_somewhere_on_the_site(tmp_path: Path) -> None:
    spots = [spot for kind in KINDS for spot in spots_of(kind) if spot.is_open]
    facts = [placed(spot.kind, number, token(number), [spot.path]) for number, spot in enumerate(spots)]
    pages = render(read_dossier(written(taken(facts, tmp_path / "taken"), plain=True).write(tmp_path / "dossier")))
    told = " ".join(str(value) for path, text in pages.items() if path.endswith(".md") for _, value in events(text))
    shown = {(spot.kind.file_stem, spot.path) for number, spot in enumerate(spots) if token(number) in told}
    assert {(spot.kind.file_stem, spot.path) for spot in spots} - shown <= NOT_SHOWN


@pytest.mark.parametrize(
    "hostile",
    ["<p>a <b>x</b></p>", "<p>a x</p><p></p>", '<p id="x">a x</p>', "<p>b x</p>", "<p>a y</p>", "<p>a x</p><!-- -->", "<p>a"],
)
def test_the_comparison_sees_what_is_altered(hostile: str) -> None:
    plain = f"<p>a {token(7)}</p>"
    assert difference("<p>a x</p>", plain, {7: "x"}) is None
    assert difference(hostile, plain, {7: "x"}) is not None


# The built site


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, dict[int, str]]]:
    """Two sites as MkDocs builds them: one of hostile texts, and one with plain words in their places."""
    folder = tmp_path_factory.mktemp("hostile")
    facts = taken(list(facts_for_a_site()), folder / "taken")
    built = [build(facts, folder / name, plain=name == "plain") for name in ("hostile", "plain")]
    yield built[0], built[1], {fact.number: fact.text for fact in facts}
    shutil.rmtree(folder)


def facts_for_a_site() -> Iterator[Placed]:
    """Texts in all the fields that take any: a few hundred in one kind, fewer in the others and where each has a page."""
    every = [(number, text) for number, text in numbered(0, BATCH).items() if is_fit(text)]
    scripts = [(number, text) for number, text in every if text in SORTS["script"]]
    texts = of_all(every, 2 * SAMPLE, "texts of a site")
    for kind in KINDS:
        free = [spot.path for spot in spots_of(kind) if spot.is_open]
        some = texts[:SAMPLE] if kind.file_stem == "clauses" else [*scripts, *(texts[:4] if kind.has_page else texts[:20])]
        yield from (placed(kind, number, text, free) for number, text in dict(some).items())


def build(facts: list[Placed], folder: Path, plain: bool) -> Path:
    written(facts, plain).write(folder)
    (folder / "docs").mkdir()
    extensions = ", ".join(sorted({*EXTENSIONS, "attr_list", "toc"} - {"meta"}))
    settings = re.sub(r"markdown_extensions: .*", f"markdown_extensions: [{extensions}]", MKDOCS_YML)
    settings = re.sub(r"site_name: .*", "site_name: Plain words.", settings)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert check(read_dossier(folder)).problems == ()
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    return site


@pytest.mark.long
def test_every_file_of_a_built_site_says_the_texts_and_is_made_of_nothing_else(
    sites: tuple[Path, Path, dict[int, str]],
) -> None:
    hostile, plain, texts = sites
    names = [{path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} for site in (hostile, plain)]
    assert names[0] == names[1]
    for name in sorted(names[0]):
        ours, theirs = (hostile / name).read_bytes(), (plain / name).read_bytes()
        if ours == theirs:
            continue
        if name.endswith(".html"):
            assert difference(ours.decode(), theirs.decode(), texts) is None, name
        elif name.startswith("search/"):
            assert same_search(ours.decode(), theirs.decode(), texts), name
        elif name == "corrections.xml":
            assert same_feed(ours.decode(), theirs.decode(), texts)
        elif name.endswith((".bib", ".csv", ".ics", ".json", ".jsonld")):
            assert same_data(name, ours.decode(), theirs.decode(), texts), name
        elif name == "SHA256SUMS":
            assert re.sub(rb"\b[0-9a-f]{64}\b", b"", ours) == re.sub(rb"\b[0-9a-f]{64}\b", b"", theirs)
        else:
            assert name.endswith(".gz") or name == "SHA256SUMS", f"{name} differs, and nothing here reads it"
            assert gzip.decompress(ours) == gzip.decompress(theirs)


# A real browser


TEXTS_OF = "[...document.querySelectorAll('article *:not(script), title')].map(e => [e.tagName, e.textContent])"
PAGES = ["", "clauses/", "disputes/", "actors/", "sources/", "an actor's own"]


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES)
def test_a_browser_shows_the_texts_and_runs_and_loads_nothing_of_them(
    browser: Browser, sites: tuple[Path, Path, dict[int, str]], path: str
) -> None:
    told = []
    own = next(path.name for path in sorted((sites[0] / "actors").glob("actors-*")))
    path = f"actors/{own}/" if path == "an actor's own" else path
    for site in sites[:2]:
        with served(site) as address:
            asked: list[str] = []
            errors: list[str] = []
            page = browser.new_page()
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
            page.on("dialog", lambda dialog, errors=errors: errors.append(dialog.message))
            page.goto(address + path)  # until it is read to its end
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.hostile") is None
            assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
            assert errors == []
            told.append([(tag, collapse_whitespace(text)) for tag, text in page.evaluate(TEXTS_OF)])
            page.close()
    assert told[0] == [(tag, put_back(text, sites[2])) for tag, text in told[1]]
    assert len(told[0]) > 20


@pytest.mark.long
def test_search_results_in_a_browser_run_nothing(browser: Browser, sites: tuple[Path, Path, dict[int, str]]) -> None:
    with served(sites[0]) as address:
        page = browser.new_page()
        page.goto(address)
        for words in ("script", "onerror", "print", "javascript"):
            page.goto(f"{address}?q={words}")
            page.locator("dialog.search li a").first.wait_for()
            assert page.locator("dialog.search mark").count() > 0
            assert page.evaluate("window.hostile") is None
            assert page.locator("dialog.search :is(script, img, iframe, svg, [onerror], [onmouseover])").count() == 0
        page.close()


def test_a_record_has_one_field_that_becomes_an_address_and_one_that_becomes_a_language() -> None:
    shaped = {spot.declared.yaml_key for spot in spots_of(Record) if spot.declared and spot.declared.text_pattern}
    assert shaped == {"url", "language"}
