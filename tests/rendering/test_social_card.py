"""The picture beside shared links: whole words within its edges, nothing it cannot draw, and its words are checked ones."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from selectolax.lexbor import LexborHTMLParser

from briefing.cli import main
from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.mkdocs_plugin.preview import Preview
from briefing.model.site_files import CARD_PATH
from briefing.rendering import social_card as cards
from briefing.rendering.open_graph import OpenGraphTags
from briefing.rendering.site_map import SiteMap
from briefing.rendering.social_card import CONTENT_WIDTH, Card, build_card, read_card, render_card
from briefing.verification.checksums import write_checksums
from tests.conftest import PORT_LEASE
from tests.hostile import SORTS
from tests.mkdocs_plugin.test_identical import with_address
from tests.mkdocs_plugin.test_preview_pages import built as served
from tests.mkdocs_plugin.test_preview_pages import clean
from tests.sites import make_buildable
from tests.verifiers import verdicts

DATES = ("2031-04-02", "2031-04-05", "1988/1994", "2031-05-01T22:00Z")
PLAIN = Card("The lease of Halden", ("As of 5 April 2031.",), DATES, "en", "en")
TITLES = (
    "Соглашение о прекращении огня в Нагорном Карабахе", "Լեռնային Ղարաբաղի համաձայնագիրը", "اتفاق ناغورني قره باغ",
    "הסכם על נגורנו-קרבאח", "Συμφωνία για το Ναγκόρνο-Καραμπάχ", "შეთანხმება მთიანი ყარაბაღის შესახებ", "Ədalət və Şuşa",
)  # fmt: skip


def test_it_says_what_the_home_page_says() -> None:
    card, _ = build_card(SiteMap(read_dossier(PORT_LEASE), True, False), "en")
    assert card.texts == (
        "The lease of Halden (Haldenwick) harbour, as reported",
        "As of 3 April 2031.",
        "This briefing reports only what 2 sources say: Gazette report, Wire report.",
    )
    assert card.span == ("the 1980s", "30 April 2031, 22:00 UTC")
    assert read_card(render_card(card)) == card


@pytest.mark.parametrize("title", TITLES)
def test_titles_in_other_scripts_are_drawn(title: str) -> None:
    assert cards._fit_title(title, PLAIN.lines)
    assert render_card(replace(PLAIN, title=title)) != render_card(replace(PLAIN, title=""))


@pytest.mark.parametrize("title", ["条約の期限", "the \ud7b0 lease", "a\u202eb", "\U0001f6a2", "", "x" * 300, "word " * 400])
def test_what_cannot_be_drawn_whole_is_left_out(title: str) -> None:
    assert cards._fit_title(title, PLAIN.lines) is None


def test_texts_are_laid_out_whole_and_within_the_edges() -> None:
    widths = cards._widths()["serif"]
    hostile = [text for sort in SORTS.values() for text in sort]
    for text in (*hostile, *(" ".join(hostile[n : n + 4]) for n in range(len(hostile))), "W" * 11, "mmmm " * 40):
        text = " ".join(text.split())
        if laid := cards._fit_title(text, PLAIN.lines):
            assert " ".join(laid.lines) == text
            assert all(sum(widths[char] for char in line) * laid.size / 1000 <= CONTENT_WIDTH + 1 for line in laid.lines)
            assert cards.TITLE_TOP + laid.size * cards.TITLE_STEP * len(laid.lines) < cards.TIMELINE_TOP - 28


@pytest.mark.parametrize("sort", SORTS)
def test_a_hostile_title_cannot_break_the_picture(sort: str) -> None:
    title = next((text for text in SORTS[sort] if cards._fit_title(text, PLAIN.lines)), "")
    found = replace(PLAIN, title=title)
    assert read_card(render_card(found)) == found


def test_what_is_known_of_the_fonts_is_what_is_in_them() -> None:
    for face, widths in cards._widths().items():
        with resources.as_file(resources.files("briefing.rendering").joinpath("fonts", f"{face}.ttf")) as path:
            font = TTFont(path)
            assert widths == {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}


def test_the_licence_of_the_fonts_is_beside_them() -> None:
    assert "SIL OPEN FONT LICENSE" in resources.files("briefing.rendering").joinpath("fonts", "OFL.txt").read_text("utf-8")


def test_texts_for_a_link_are_escaped() -> None:
    text = '"><script>window.hostile=1</script>&amp;'
    head = OpenGraphTags("https://a.example/", "x/", "ru", text, text, text, text).to_html()
    tree = LexborHTMLParser(f"<head>{head}</head>")
    told = {node.attributes.get("property"): node.attributes.get("content") for node in tree.css("meta")}
    assert told["og:title"] == told["og:description"] == told["og:image:alt"] == text
    assert told["og:locale"] == "ru_RU"
    assert not tree.css("script")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = with_address(make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp("card") / "port-lease"))))
    report, site = build_site(folder)
    assert site is not None, report.problems
    return folder


def told_of(page: Path) -> dict[str, str]:
    tree = LexborHTMLParser(page.read_text("utf-8"))
    elements = (node.attributes for node in tree.css("head meta"))
    return {str(of.get("property") or of.get("name")): str(of.get("content")) for of in elements}


def test_each_page_tells_of_itself_and_of_the_picture(built: Path) -> None:
    home, clauses = told_of(built / "site" / "index.html"), told_of(built / "site" / "clauses" / "index.html")
    assert home["og:title"] == "The lease of Halden (Haldenwick) harbour, as reported"
    assert home["og:site_name"] == "Briefing"
    assert home["og:description"].startswith("Vessia leases Halden harbour")
    assert clauses["og:title"] == "What the deal says"
    assert clauses["og:url"] == "https://briefing.example/clauses/"
    assert clauses["og:image"] == home["og:image"] == f"https://briefing.example/{CARD_PATH}"
    assert clauses["twitter:card"] == "summary_large_image"
    card = read_card((built / "site" / CARD_PATH).read_bytes())
    assert card is not None
    assert clauses["og:image:alt"] == " - ".join(card.texts)
    assert f"  {CARD_PATH}\n" in (built / "site" / "SHA256SUMS").read_text("utf-8")


def test_without_an_address_there_is_no_picture(built_lease: Path) -> None:
    site = built_lease / "site"
    told = told_of(site / "index.html")
    assert told["twitter:card"] == "summary"
    assert not {"og:image", "og:url", "og:image:alt"} & told.keys()
    assert not (site / CARD_PATH).exists()


def text(path: str, old: str, new: str) -> Callable[[Path], None]:
    def tamper(site: Path) -> None:
        before = (site / path).read_text("utf-8")
        assert old in before
        (site / path).write_text(before.replace(old, new), "utf-8")

    return tamper


def picture(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def tamper(site: Path) -> None:
        (site / CARD_PATH).write_bytes(change((site / CARD_PATH).read_bytes()))

    return tamper


def sold(png: bytes) -> bytes:
    card = read_card(png)
    assert card is not None
    return render_card(replace(card, title="The islets are sold"))


HOME, DESCRIPTION = "index.html", 'property="og:description" content="'
TAMPERED = {
    "another description": text(HOME, DESCRIPTION, f"{DESCRIPTION}Nothing was agreed. "),
    "another title": text(HOME, 'property="og:title" content="', 'property="og:title" content="Sold: '),
    "another name of the site": text(HOME, 'og:site_name" content="', 'og:site_name" content="The Gazette, '),
    "another alternative text": text(HOME, 'og:image:alt" content="', 'og:image:alt" content="Crowds. '),
    "a property more": text(HOME, "</head>", '<meta property="og:video:tag" content="The islets are sold"></head>'),
    "a picture of elsewhere": text(HOME, f"https://briefing.example/{CARD_PATH}", "https://evil.example/x.png"),
    "a second picture": text(HOME, "</head>", '<meta property="og:image" content="https://evil.example/x.png"></head>'),
    "another address": text("clauses/index.html", 'og:url" content="https://briefing.example/clauses/"', 'og:url" content="https://evil.example/"'),
    "another type": text(HOME, 'og:type" content="website"', 'og:type" content="The islets are sold"'),
    "another title in the picture": picture(sold),
}  # fmt: skip


def cut(png: bytes) -> tuple[bytes, bytes, bytes]:
    """A picture before its words, its words, and after them."""
    end = 45 + int.from_bytes(png[33:37], "big")
    return png[:33], png[33:end], png[end:]


def mixed(png: bytes, *, words: bool, shown: bool) -> bytes:
    """The picture with the words that another carries, or with what it shows."""
    (before, own, after), (_, others, other) = cut(png), cut(sold(png))
    return before + (others if words else own) + (other if shown else after)


ONLY_OURS = {
    "a picture with another's words": picture(partial(mixed, words=True, shown=False)),
    "a picture that shows other words": picture(partial(mixed, words=False, shown=True)),
    "a picture without words": picture(lambda png: cut(png)[0] + cut(png)[2]),
    "a page that says it is elsewhere": text("clauses/index.html", "https://briefing.example/", "https://evil.example/"),
}


def found(built: Path, tmp_path: Path, tamper: Callable[[Path], None]) -> tuple[bool, bool]:
    folder = Path(shutil.copytree(built, tmp_path / "copy"))
    tamper(folder / "site")
    write_checksums(folder / "site", {"seeds": {}})
    return verdicts(folder)


@pytest.mark.parametrize("name", TAMPERED)
def test_both_readers_find_what_was_altered(built: Path, tmp_path: Path, name: str) -> None:
    assert found(built, tmp_path, TAMPERED[name]) == (False, False)


@pytest.mark.parametrize("name", ONLY_OURS)
def test_ours_finds_what_needs_all_pages_or_the_picture_drawn_again(built: Path, tmp_path: Path, name: str) -> None:
    assert found(built, tmp_path, ONLY_OURS[name])[0] is False


def test_both_find_nothing_wrong_with_the_site_as_built(built: Path, tmp_path: Path) -> None:
    assert found(built, tmp_path, lambda site: None) == (True, True)


def test_the_preview_draws_it_when_it_is_asked_for(copy_of_port_lease: Path) -> None:
    folder = make_buildable(copy_of_port_lease)
    sight = served(folder, Preview(), "http://127.0.0.1:8000/").state.site
    assert sight is not None
    pages, _ = clean(folder, "http://127.0.0.1:8000/")
    assert sight.file_content("index.html") == pages["index.html"]
    assert f"http://127.0.0.1:8000/{CARD_PATH}".encode() in pages["index.html"]
    assert CARD_PATH not in sight.responses
    png = sight.file_content(CARD_PATH)
    assert png is not None
    assert png == render_card(sight.renderer.card)


def test_who_puts_a_picture_of_his_own_there_is_told(tmp_path: Path) -> None:
    folder = with_address(make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path / "port-lease"))))
    (folder / "docs" / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "docs" / CARD_PATH).write_bytes(b"\x89PNG\r\n\x1a\n")
    done = CliRunner().invoke(main, ["build", str(folder)])
    assert done.exit_code == 1
    assert "docs/assets/card.png:1:1" in done.output


def test_the_address_of_the_site_may_stand_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path / "port_lease")))
    monkeypatch.setenv("BRIEFING_SITE_URL", "https://briefing.invalid/lease")
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    assert (
        '<meta property="og:image" content="https://briefing.invalid/lease/assets/card.png">'
        in (site / "index.html").read_text()
    )
    monkeypatch.setenv("BRIEFING_SITE_URL", "briefing.invalid")
    refusal = build_site(folder)
    assert isinstance(refusal, Problem)
    assert refusal.message.startswith("BRIEFING_SITE_URL: The URL isn't valid")


def test_a_briefing_without_a_title_has_a_picture_all_the_same(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    untitled = {key: fact for key, fact in dossier.facts["overview"].items() if fact.part != "title"}  # type: ignore[attr-defined]
    card, _ = build_card(SiteMap(replace(dossier, facts={**dossier.facts, "overview": untitled}), True, False), "en")
    assert card.title == "Briefing"
    assert read_card(render_card(card)) == card
