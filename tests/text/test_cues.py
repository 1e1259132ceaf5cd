"""Cues and what they are about: the words behind them in their clause, the names measured, and the stems of words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.cues import split_segments, stem_word
from briefing.text.lexicon import find_phrases


def about(text: str, name: str = "negation") -> list[tuple[str, list[str]]]:
    return [(cue.word, sorted(cue.scope)) for segment in split_segments(text, name) for cue in segment.cues]


def stems(*words: str) -> list[str]:
    return sorted(stem_word(word) for word in words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recognised", "recognition"),
        ("recognise", "recognized"),
        ("deployment", "deploys"),
        ("withdrew", "withdrawal"),
        ("agreed", "agreement"),
        ("stopped", "stop"),
        ("parties", "party"),
        ("carried", "carry"),
        ("lost", "losses"),
        ("sold", "sale"),
        ("pays", "paid"),
        ("worse", "worsened"),
        ("hoped", "hopes"),
        ("declared", "declaration"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem_word(one) == stem_word(other)


@pytest.mark.parametrize(("one", "other"), [("protest", "protect"), ("sell", "send"), ("war", "ward"), ("deal", "dead")])
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem_word(one) != stem_word(other)


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("The declaration has not been recognised, even by Vessia", "not", ["recognised"]),
        ("They sold nothing, he said", "nothing", ["sold"]),
        ("Nobody asked us", "Nobody", ["asked"]),
        ("There was no such agreement", "no", ["agreement"]),
        ("The union refused to sign the contract", "refused to", ["sign", "contract"]),
        ("It wasn't renewed because the ships left", "wasn't", ["renewed"]),
    ],
)
def test_a_negation_is_about_the_words_behind_it_in_its_clause(text: str, word: str, words: list[str]) -> None:
    assert about(text) == [(word, stems(*words))]


@pytest.mark.parametrize("text", ["It covers not only the quays", "No doubt it rains", "It is knot and snow", "the note"])
def test_set_phrases_and_parts_of_words_deny_nothing(text: str) -> None:
    assert about(text) == []


def test_a_condition_is_about_what_stands_before_it_or_else_about_the_whole() -> None:
    assert about("They would strike if a job goes", "hedges")[-1] == ("if", stems("strike"))
    assert about("If a job goes they strike", "hedges") == [("If", stems("job", "strike"))]


def test_the_month_of_may_hedges_nothing() -> None:
    assert about("The lease starts in May and on 1 May, May 2031 at the latest", "hedges") == []
    assert about("It may start in May", "hedges") == [("may", stems("start"))]


def test_a_measure_is_about_the_names_behind_it_or_else_about_the_thing() -> None:
    assert about("most of Hadrun district, some parts of Martun and Askan districts", "measures") == [
        ("most of", stems("hadrun")),
        ("some parts of", stems("martun", "askan")),
    ]
    assert about("most of the old town", "measures") == [("most of", stems("town"))]


@given(st.text(max_size=80))
def test_any_text_falls_into_segments_without_a_word_lost(text: str) -> None:
    found = split_segments(text, "hedges")
    ends = [token.end for segment in found for token in segment.tokens]
    assert ends == sorted(ends)
    assert all(0 <= cue.start < cue.end <= len(text) for segment in found for cue in segment.cues)


@given(
    st.lists(
        st.sampled_from(["dozens", "of", "said", "according", "to", "Monday's", "-", "may", "not", "must", ";"]), max_size=9
    )
)
def test_lists_that_are_looked_for_together_find_what_each_would_find(words: list[str]) -> None:
    text = " ".join(words)
    for name in ("amounts", "calendar", "hedges", "negation", "reporting"):
        found = find_phrases(text, "en", name)
        assert all(one[1] <= two[0] for one, two in pairwise(found))
        for start, end, group in found:
            assert [*find_phrases(text[start:end], "en", name)] == [(0, end - start, group)]
