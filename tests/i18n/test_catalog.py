"""The catalogue: translations are whole, forms follow the language's own rules, and what has no word is English and says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.i18n import catalog
from briefing.i18n.catalog import MessageCatalog, languages, message_catalog, messages
from briefing.i18n.dates import date_words
from briefing.i18n.messages import EVERYWHERE, Translator, fixed_messages, is_message
from briefing.i18n.vocabulary import vocabulary, vocabulary_words
from briefing.rules.registry import RULES, SUMMARIES
from briefing.text.edtf import read_date
from tests.translations import TEMPLATE, brought_up, faults, read, template, translations, written

BODY = "\n\n"


def body(text: str) -> str:
    """A catalogue's file without its header, which names the version of Babel."""
    return text.partition(BODY)[2]


def test_the_template_is_what_is_said_today() -> None:
    assert body(TEMPLATE.read_text("utf-8")) == body(written(template())), "run `make words`"


@pytest.mark.parametrize("path", translations(), ids=lambda path: path.parent.parent.name)
def test_a_translation_says_everything_and_fills_in_the_same(path: Path) -> None:
    assert body(path.read_text("utf-8")) == body(written(brought_up(path))), "run `make words`"
    assert list(faults(read(path))) == []


def test_russian_is_shipped() -> None:
    assert languages() == ("ru",)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text.replace('msgstr "Цитата {number}"', 'msgstr "Цитата {nummer}"'), "has other placeholders"),
        (lambda text: text.replace('msgstr "Цитата {number}"', 'msgstr "Цитата"'), "has other placeholders"),
        (lambda text: text.replace('msgstr "Примечания"', 'msgstr ""'), "notes: Notes"),
        (lambda text: text.replace('msgctxt "notes"', '#, fuzzy\nmsgctxt "notes"'), "is a guess"),
        (lambda text: text.replace('msgstr "Примечания"', 'msgstr "Примечания "'), "spaces"),
    ],
)
def test_a_fault_in_a_translation_is_told(change: Callable[[str], str], fault: str, tmp_path: Path) -> None:
    text = translations()[0].read_text("utf-8")
    path = tmp_path / "ru" / "LC_MESSAGES" / "briefing.po"
    path.parent.mkdir(parents=True)
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    assert [told for told in faults(read(path)) if fault in told]


def test_no_context_of_a_word_is_the_key_of_a_message() -> None:
    assert not {context for context, _ in vocabulary(SUMMARIES.values())} & set(messages())


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 цитата"), (2, "2 цитаты"), (5, "5 цитат"), (11, "11 цитат"), (21, "21 цитата"), (22, "22 цитаты"), (0, "0 цитат")],
)
def test_a_count_takes_the_form_of_its_language(count: int, words: str) -> None:
    say = Translator("a.md", language="ru")
    assert say("quotes", count=count) == words
    assert say.texts_by_page == {"a.md": {words: None}}
    assert is_message(words, lambda value: False, "ru")


@pytest.mark.parametrize(("language", "number"), [("en", "12.3"), ("en-GB", "12.3"), ("ru", "12,3"), ("tlh", "12.3")])
def test_a_share_is_written_as_its_language_writes_it(language: str, number: str) -> None:
    assert message_catalog(language).decimal(12.345, 1) == number


def test_a_region_has_the_words_of_its_language() -> None:
    assert message_catalog("ru-KZ").form("notes") == "Примечания"


def test_what_has_no_word_is_english_and_says_so() -> None:
    say = Translator("a.md", language="ar")
    assert say("notes") == '<span lang="en" dir="ltr">Notes</span>'
    assert say.heading("notes") == '<span lang="en" dir="ltr">Notes</span>'
    assert say.attribute("notes") == "Notes"
    assert say.declared_word("Actors", "title") == '<span lang="en" dir="ltr">Actors</span>'
    assert Translator(language="de")("notes") == '<span lang="en">Notes</span>'
    assert say.texts_by_page == {EVERYWHERE: {"Notes": None, "Actors": None}}


def test_in_english_nothing_says_that_it_is() -> None:
    for language in ("en", "en-GB"):
        assert Translator(language=language)("notes") == "Notes"
        assert Translator(language=language).declared_word("Actors", "title") == "Actors"


def test_a_site_in_russian_has_no_english_words_of_ours() -> None:
    assert "Notes" not in fixed_messages("ru")
    assert not is_message("12 related facts", lambda value: False, "ru")
    assert not is_message("Цитата 7", lambda value: False, "en")
    assert "Actors" not in vocabulary_words("ru", SUMMARIES)
    assert "Действующие лица" in vocabulary_words("ru", SUMMARIES)
    assert set(RULES) <= vocabulary_words("ru", SUMMARIES)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2031-04-02", "2 апреля 2031 года"),
        ("2031-04", "апрель 2031 года"),
        ("2031", "2031 год"),
        ("198X", "1980-е годы"),
        ("2031-04-XX", "один из дней апреля 2031 года"),
        ("2031-21", "весна 2031 года"),
        ("2031-04~", "около апреля 2031 года"),
        ("2031?", "возможно, 2031 год"),
        ("1987/1994", "1987 год — 1994 год"),
        ("2031-04-02/2031-04-05", "2 — 5 апреля 2031 года"),
        ("2031-04/..", "с апреля 2031 года"),
        ("[2031-04-02,2031-04-03]", "2 или 3 апреля 2031 года"),
        ("[2031-04..2031-05]", "от апреля 2031 года до мая 2031 года"),
        ("2031-04-30T22:00Z", "30 апреля 2031 года, 22:00 UTC"),
        ("2031-XX-05", "2031-XX-05"),
    ],
)
def test_a_date_is_said_in_russian(edtf: str, words: str) -> None:
    when = read_date(edtf)
    assert when is not None
    assert date_words(when, "ru") == words
    assert date_words(when, "ru").language == "ru"


def test_a_date_is_wholly_in_english_where_a_language_has_no_words_for_it() -> None:
    when = read_date("2031-04-02")
    assert when is not None
    assert (date_words(when, "ar"), date_words(when, "ar").language) == ("2 April 2031", "en")


def test_a_translation_that_lacks_words_falls_back_to_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ar" / "LC_MESSAGES" / "briefing.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Language: ar\\n"\n\nmsgctxt "notes"\nmsgid "Notes"\nmsgstr "حواش"\n', encoding="utf-8")
    monkeypatch.setattr(catalog, "LOCALE", tmp_path)
    arabic = MessageCatalog("ar")
    assert (arabic.form("notes"), arabic.form("notes").language) == ("حواش", "ar")
    assert (arabic.form("quotes", 2), arabic.form("quotes", 2).language) == ("{count} quotes", "en")
    assert not arabic.has_date_messages
