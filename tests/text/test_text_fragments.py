"""Text fragments: encoded as the specification has it, and only where a browser finds the words at one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.text_fragments import DIRECTIVE, fragment_words, is_found_once, text_fragment

TEXT = (
    "The re-signed deal ends the war.\n\nA deal was signed, “at last”, in Kars.\n\n"
    "Kârs is quiet & cold, they said – 1,960 left."
)


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("1,960 left", "1%2C960%20left"),
        ("re-signed", "re%2Dsigned"),
        ("quiet & cold", "quiet%20%26%20cold"),
        ("50% of it", "50%25%20of%20it"),
        ("“at last”", "%E2%80%9Cat%20last%E2%80%9D"),
        ("# <b>", "%23%20%3Cb%3E"),
    ],
)
def test_what_the_syntax_reads_is_percent_encoded(words: str, directive: str) -> None:
    assert text_fragment(words) == DIRECTIVE + directive


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_any_words_come_back_from_their_directive(words: str) -> None:
    assert fragment_words("https://a.example/b" + text_fragment(words)) == words
    assert not set(text_fragment(words).removeprefix(DIRECTIVE)) & set("-,&#\"'<> ")


def test_a_link_that_asks_for_anything_but_exact_words_gives_none() -> None:
    assert fragment_words("https://a.example/") is None
    assert fragment_words("https://a.example/#:~:text=The,war") == ""
    assert fragment_words("https://a.example/#:~:text=a-,war") == ""


@pytest.mark.parametrize(
    ("words", "once"),
    [
        ("deal ends the war", True),
        ("DEAL ENDS", True),
        ("at last", True),
        ("1,960 left", True),
        ("deal", False),  # in two blocks
        ("signed", False),  # a browser finds it in "re-signed" too
        ("kars", False),  # and "Kârs" without its accent
        ("960 left", False),  # within a number
        ("eal ends", False),  # within a word
        ("the war. A deal", False),  # over two blocks
        ("nowhere", False),
        ("", False),
    ],
)
def test_words_are_found_once_by_the_browsers_rule(words: str, once: bool) -> None:
    assert is_found_once(TEXT, words) is once
