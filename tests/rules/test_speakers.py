"""Words of speech around a quote in its sentence; each quote is between braces."""

import pytest

from briefing.model.source import Passage, Source, read_source
from briefing.rules.speakers import is_in_quotation, speech_around


def cut(sentence: str) -> tuple[Source, Passage]:
    """A source of one paragraph, and the passage between its braces."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    source = read_source("wire", sentence.replace("{", "").replace("}", ""))
    return source, Passage("wire", 1, 1, start, end)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The port opened. {The lease is lawful}, Osk said.", ["said"]),
        ("{The lease is lawful}, Marit Osk of the opposition told reporters on Monday. The port opened.", ["told"]),
        ("{The lease is lawful}, said Osk.", ["said"]),
        ("{The lease is lawful} for 25 years, both governments said.", ["said"]),
        ("{The lease is lawful}, according to Osk.", ["according to"]),
        ("{The lease is lawful} according to Osk.", ["according to"]),
        ("“{The lease is lawful},” Osk said.", ["said"]),
        ("“Is {the lease lawful}?” asked Osk.", ["asked"]),
        ("{The lease is lawful}, wire reports said, citing Osk.", ["said", "citing"]),
        ("The port opened. Osk said {the lease is lawful}.", ["said"]),
        ("Osk said that {the lease is lawful}.", ["said"]),
        ("Osk announced on Monday that {the lease is lawful}.", ["announced"]),
        ("Osk added: “{The lease is lawful}.”", ["added"]),
        ("Osk said\nthat {the lease\nis lawful}.", ["said"]),
    ],
)
def test_words_of_speech_that_attribute_a_quote_are_found(sentence: str, words: list[str]) -> None:
    assert [text[cue.start : cue.end] for text, cue in speech_around(*cut(sentence))] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "{The lease is lawful}. Osk said the port opened.",
        "Osk said the port opened. {The lease is lawful}.",
        "{The lease is lawful}, and Osk said the port opened.",
        "{The lease is lawful}, where Osk said the port opened.",
        "{The lease is lawful} but Osk called for a vote.",
        "{Marit Osk, the opposition leader}, said the lease is lawful.",
        "“The lease is lawful,” said {Marit Osk, the opposition leader}.",
        "{Marit Osk} said the lease is lawful.",
        "{Osk said the lease is lawful}, and left.",
        "The words of the lease, and of all its annexes, mean that {the lease is lawful}.",
        "Osk said the port opened; {the lease is lawful}.",
        "{The lease is lawful} and long.",
    ],
)
def test_words_of_speech_about_something_else_are_ignored(sentence: str) -> None:
    assert list(speech_around(*cut(sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "is_in"),
    [
        ("“{The lease is lawful},” Osk said.", True),
        ('Osk called it "a {good lease} by far" on Monday.', True),
        ('{Osk called it "a good lease"} on Monday.', False),
        ('"Good," said Osk of {the lease}. "Very good."', False),
        ("{The lease} is lawful.", False),
    ],
)
def test_a_quote_between_quotation_marks_is_recognised(sentence: str, *, is_in: bool) -> None:
    assert is_in_quotation(*cut(sentence)) is is_in
