"""Language tags: which way a language is written, and what an element says of the language it is in."""

import pytest

from briefing.text.languages import is_right_to_left, lang_attributes, locale_of


@pytest.mark.parametrize(
    ("tag", "to_left"),
    [
        ("en", False), ("ru", False), ("hy", False), ("zh-Hant", False), ("ja", False), ("th", False), ("tlh", False),
        ("ar", True), ("ar-EG", True), ("he", True), ("fa", True), ("ur-PK", True), ("yi", True), ("syr", True), ("ckb", True),
        ("az", False), ("az-IR", True), ("az-Arab", True), ("az-Latn-IR", False), ("pa-PK", True), ("ar-Latn", False),
        ("", False), ("x-y", False),
    ],
)  # fmt: skip
def test_the_script_says_which_way_a_language_is_written(tag: str, to_left: bool) -> None:
    assert is_right_to_left(tag) is to_left


@pytest.mark.parametrize(
    ("tag", "around", "always", "told"),
    [
        ("en", "en", False, ""),
        ("en", "en", True, ' lang="en"'),
        ("EN", "en", False, ""),
        ("ru", "en", False, ' lang="ru"'),
        ("ar", "en", False, ' lang="ar" dir="rtl"'),
        ("en", "ar", False, ' lang="en" dir="ltr"'),
        ("he", "ar", False, ' lang="he"'),
        ("", "en", True, ""),
        ('x"', "en", False, ' lang="x&#34;"'),
    ],
)
def test_an_element_says_what_differs_from_the_text_around_it(tag: str, around: str, always: bool, told: str) -> None:
    assert lang_attributes(tag, around, always) == told


@pytest.mark.parametrize(("tag", "name"), [("ru", "ru"), ("zh-Hant", "zh_Hant"), ("pt-BR", "pt_BR"), ("en-XX-junk", "en")])
def test_babel_knows_a_language_or_its_first_subtag(tag: str, name: str) -> None:
    assert str(locale_of(tag)) == name


@pytest.mark.parametrize("tag", ["tlh", "", "../en", "a" * 50])
def test_a_language_that_babel_does_not_know_is_none(tag: str) -> None:
    assert locale_of(tag) is None
