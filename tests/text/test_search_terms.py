"""Terms of texts: what is folded and what is not, what joined parts make, pairs of characters where no space parts words."""

import pytest

from briefing.text.search_terms import fold_text, terms_of

SAME = [
    ("Shusha", "SHUSHA"),
    ("Şuşa", "susa"),
    ("Շուշի", "շուշի"),
    ("Ինչո՞ւ", "ինչու"),
    ("Шуша́", "шуша"),
    ("Erdoğan", "Erdogan"),
    ("İstanbul", "istanbul"),
    ("Kern's", "Kern"),
    ("Kern’s", "kern"),
    ("إنّ", "ان"),
    ("שָׁלוֹם", "שלום"),
    ("λόγος", "ΛΟΓΟΣ"),
    ("ﬁne", "fine"),
]
APART = [("Шуша", "Shusha"), ("Շուշի", "Shushi"), ("が", "か"), ("not", "no"), ("1960", "1906")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_accents_and_endings_are_folded(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_script_is_turned_into_another_and_no_letter_dropped(one: str, other: str) -> None:
    assert fold_text(one) != fold_text(other)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("— … !", []),
        ("The cease-fire, at 21:00", ["the", "cease", "fire", "ceasefire", "at", "21", "00", "2100"]),
        ("1,960 of U.S. troops", ["1", "960", "1960", "of", "u", "s", "us", "troops"]),
        ("a-" * 40 + "a", ["a"] * 41),
        ("出售港口。", ["出售", "售港", "港口", "口"]),
        ("港", ["港"]),
        ("租金1200万元", ["租金", "金", "1200", "万元", "元"]),
        ("__proto__", ["proto"]),
    ],
)
def test_a_text_is_taken_apart(text: str, terms: list[str]) -> None:
    assert list(terms_of(text)) == terms
