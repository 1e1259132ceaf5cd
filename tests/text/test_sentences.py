"""Where sentences end: at the terminators of every script, not after abbreviations and initials."""

from itertools import pairwise

import pytest

from briefing.text.sentences import sentence_edges, sentence_span


@pytest.mark.parametrize(
    "sentences",
    [
        ["No coal is stored after May. ", "The office denied it."],
        ["Mr. Kern met Gen. Osk at 5 p.m. on Monday. ", "He left."],
        ["The U.S. Government said so. ", "It did."],
        ["J. R. Kern spoke. ", "She left."],
        ["See Art. 5 and No. 7. ", "It holds."],
        ["It cost 1.5 million. ", "Yes."],
        ["He left at 5. ", "She left at 6."],
        ["Is it? ", "Yes! ", "No."],
        ['He said "We go." ', "Then he left."],
        ["Wait... what? ", "He left."],
        ["同意出售。", "不同意！", "他说。"],
        ["قال نعم؟ ", "لا."],
        ["यह है। ", "वह है।"],
        ["Один. ", "Два."],
    ],
)
def test_a_text_is_divided_into_its_sentences(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[start:end] for start, end in pairwise(sentence_edges(text))] == sentences


def test_a_run_over_two_sentences_touches_both() -> None:
    text = "One is here. Two is here. Three is here."
    assert (
        text[slice(*sentence_span(text, text.index("here. Two"), text.index("is here. Three")))] == "One is here. Two is here. "
    )
