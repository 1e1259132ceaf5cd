"""Quotes that are enough for their claim and quotes that are not, in tables."""

from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.sufficiency import main_quotes, quote_is_enough
from tests.dossiers import write_dossier

SEED = """\
All quays closed

Marit Osk

Premier Odile Kern said on Monday, her birthday, that the lease of the harbour was fair and that ships pay $90 million a
year. Iran welcomed it. Tolle Brandt, the harbour master, agreed.

She spoke in Halden.
"""
SAID = "Premier Odile Kern said"
LONG = "the lease of the harbour was fair and that ships pay"

# Each a claim of so many words, and its quotes from the wire.
NOT_ENOUGH = [
    (2, ["birthday"]),
    (2, ["the lease"]),
    (2, ["Tolle Brandt"]),
    (2, ["was fair"]),
    (4, ["was fair", LONG]),
    (4, [SAID, "the lease", LONG]),
    (4, ["on Monday", LONG]),
    (4, ["Halden", LONG]),
    (3, ["the harbour master"]),
    (3, ["Iran welcomed it"]),
    (3, ["lease of the harbour"]),
    (3, [SAID]),
    (3, ["was fair and that"]),
    (3, ["ships pay $90 million"]),
    (5, ["harbour was fair"]),
    (5, ["her birthday, that"]),
    (5, ["spoke in Halden"]),
    (21, ["the lease of the harbour was fair and that ships"]),
    (23, [LONG]),
    (30, [LONG]),
    (31, [SAID, LONG]),
    (40, [SAID, LONG]),
    (60, [SAID, LONG, "Tolle Brandt, the harbour master"]),
    (11, ["lease of the harbour was"]),
    (12, ["Tolle Brandt, the harbour master"]),
    (9, ["All quays closed"]),
    (9, ["Marit Osk"]),
]
ENOUGH = [
    (2, [LONG]),
    (2, ["lease of the harbour was"]),
    (10, ["lease of the harbour was"]),
    (10, ["Tolle Brandt, the harbour master"]),
    (5, ["Tolle Brandt, the harbour master"]),
    (20, ["the lease of the harbour was fair and that ships"]),
    (22, [LONG]),
    (30, [SAID, LONG]),
    (1, [SAID, LONG]),
    (7, [SAID, "Iran welcomed it"]),
    (6, ["Iran welcomed it", "was fair and"]),
    (6, ["the harbour master", "spoke in Halden"]),
    (12, ["the harbour master", "She spoke in Halden"]),
    (8, ["her birthday, that", "was fair and"]),
    (6, ["All quays closed"]),
    (3, ["All quays closed"]),
    (4, ["Marit Osk"]),
    (2, ["Marit Osk"]),
    (4, ["Marit Osk", LONG]),
    (4, ["All quays closed", LONG]),
    (4, ["She spoke in Halden"]),
    (8, ["She spoke in Halden"]),
    (30, [SAID, "on Monday, her birthday", LONG]),
    (3, ["ships pay $90 million a"]),
    (4, ["no such words at all"]),
    (4, ["nowhere"]),
    (2, []),
]


def problems_of(folder: Path, facts: str) -> list[str]:
    write_dossier(folder, {"context": facts}, {"wire": SEED})
    return [problem.words for problem in quote_is_enough(read_dossier(folder))]


def fact(key: str, words: int, quotes: list[str]) -> str:
    listed = "".join(f"\n      - >-\n        {quote}" for quote in quotes)
    return f"{key}:\n  claim: {' '.join(['word'] * words)}\n" + (f"  quotes:\n    wire:{listed}\n" if quotes else "")


@pytest.mark.parametrize(("words", "quotes"), NOT_ENOUGH)
def test_quotes_that_are_not_enough_are_problems(words: int, quotes: list[str], tmp_path: Path) -> None:
    assert len(problems_of(tmp_path, fact("one", words, quotes))) >= 1


@pytest.mark.parametrize(("words", "quotes"), ENOUGH)
def test_quotes_that_are_enough_or_not_found_are_no_problems(words: int, quotes: list[str], tmp_path: Path) -> None:
    assert problems_of(tmp_path, fact("one", words, quotes)) == []


def test_the_fourth_claim_of_a_quote_is_a_problem(tmp_path: Path) -> None:
    facts = "".join(fact(f"fact-{n}", 5, [SAID, LONG]) for n in range(6))
    assert problems_of(tmp_path, facts) == [LONG] * 3


def test_a_shorter_second_quote_can_support_any_number_of_claims(tmp_path: Path) -> None:
    longer = [
        "lease of the harbour was",
        "Tolle Brandt, the harbour master",
        LONG,
        "fair and that ships pay",
        "She spoke in Halden",
    ]
    facts = "".join(fact(f"fact-{n}", 5, [SAID, quote]) for n, quote in enumerate(longer))
    assert problems_of(tmp_path, facts) == []


def test_each_source_has_its_own_longest_quote(tmp_path: Path) -> None:
    facts = (
        "one:\n  claim: It is.\n  quotes:\n    wire: [Premier Odile Kern said, Odile Kern]\n    gazette: [It is, It is so]\n"
    )
    write_dossier(tmp_path, {"context": facts}, {"wire": SEED, "gazette": "It is so.\n"})
    part = read_dossier(tmp_path).fact("one")
    assert [str(quote.text) for quote in main_quotes(part)] == [SAID, "It is so"]  # type: ignore[arg-type]
