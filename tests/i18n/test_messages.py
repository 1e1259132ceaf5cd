"""The generator's own words: every message is used, every use has its message, and what was said is recognised again."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

import briefing
from briefing.i18n.catalog import CODE_NAME_PREFIX, DATE_PREFIX, messages
from briefing.i18n.messages import EVERYWHERE, Translator, fixed_messages, is_message
from briefing.i18n.vocabulary import vocabulary
from briefing.mkdocs_plugin.theme import theme_words
from briefing.rules.registry import SUMMARIES

PACKAGE = Path(briefing.__file__).parent
SAID_IN_MKDOCS = {"every-sentence", "switch-to-dark", "switch-to-light", "link-to-section", "permanent-link", "home"}


def test_every_message_is_used_and_every_use_has_its_message() -> None:
    sources = [path.read_text("utf-8") for path in (*PACKAGE.glob("rendering/templates/*.j2"), *PACKAGE.rglob("*.py"))]
    used = {key for text in sources for key in re.findall(r'say(?:\.heading|\.attribute)?\(\s*"([\w-]+)"', text)}
    begun = tuple(key for key in used if key.endswith("-"))  # "severity-", before what is worked out
    named = {key for key in messages() if key.startswith(begun) or any(f'"{key}"' in text for text in sources)}
    assert used - {*begun} <= set(messages())
    dates = {
        key for key in messages() if key.startswith((DATE_PREFIX, "means-"))
    }  # test_dates.py and test_codebook.py say each
    codes = {CODE_NAME_PREFIX + word for context, word in vocabulary(SUMMARIES.values()) if context == "code"} & set(messages())
    assert named | dates | codes | SAID_IN_MKDOCS == set(messages())


def test_a_code_that_says_too_little_is_called_something_plainer() -> None:
    assert Translator().declared_word("both", "code") == "partly direct, partly reported"
    assert Translator().declared_word("both", "label") == "both"
    assert "both" not in Translator(language="ru").declared_word("both", "code")
    assert Translator().code("both") == "both"


def test_no_template_says_a_word_that_is_not_in_the_catalogue() -> None:
    for path in PACKAGE.glob("rendering/templates/*.j2"):
        bare = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&#\d+;|\{ #[^}]*\}", " ", path.read_text("utf-8"), flags=re.DOTALL
        )
        assert re.findall(r"[^\W\d_]+", bare) == [], path.name


def test_a_text_with_a_count_is_said_on_its_page_alone() -> None:
    say = Translator()
    assert Translator("a.md", say.texts_by_page)("related", count=1) == "1 related fact"
    assert Translator("b.md", say.texts_by_page)("related", count=2) == "2 related facts"
    Translator("b.md", say.texts_by_page)("notes")
    assert say.texts_by_page == {
        "a.md": {"1 related fact": None},
        "b.md": {"2 related facts": None},
        EVERYWHERE: {"Notes": None},
    }


def test_markup_parts_a_message_into_the_texts_that_are_read_back() -> None:
    say = Translator("index.md")
    told = say("knows-only", count=2, sources=Markup("<a>x</a>"))
    assert told == "This briefing reports only what 2 sources say&#58; <a>x</a>&#46;"
    assert set(say.texts_by_page["index.md"]) == {"This briefing reports only what 2 sources say:", "."}


def test_what_is_filled_in_is_escaped() -> None:
    assert "<" not in Translator()("standing", source="<b>", number=1)


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("12 related facts", True),
        ("Quote 7", True),
        ("This briefing reports only what 3 sources say:", True),
        ("Gazette, paragraphs 4 to 5", True),
        ("Facts and sources as of commit 0123abcd.", True),
        ("many related facts", False),
        ("Wire, paragraph 4", False),
        ("Facts and sources as of commit true.", False),
        ("Nothing was agreed", False),
    ],
)
def test_what_the_catalogue_can_say_is_recognised(text: str, is_ours: bool) -> None:
    assert is_message(text, lambda value: value == "Gazette") is is_ours


def test_every_fixed_word_is_recognised() -> None:
    assert len(fixed_messages()) > 25
    assert all(is_message(word, lambda value: False) for word in fixed_messages())


def test_the_words_of_the_theme_are_read_from_the_theme() -> None:
    assert {"Search", "Table of contents", "404 - Not found", "Material for MkDocs"} <= set(theme_words("en"))
    assert "Suche" in theme_words("de")
    assert "Made with" in theme_words("de")
    assert theme_words("../en") == theme_words("en")
