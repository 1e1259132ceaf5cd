"""Two numbers of a claim that are swapped."""

import pytest

from briefing.rules.numbers import find_swapped_numbers

FORCE = "A Russian force of 1,960 military personnel and 90 armored personnel carriers will deploy"
DUES = "Dues for grain ships fall from 42 cents to 36 cents a tonne."
GRAIN = "handled 3.4 million tonnes of grain in 2030, down from 3.9 million tonnes in 2029"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Some 90 military personnel and 1,960 armored carriers will deploy.", FORCE),
        ("A force of 90 military personnel with 1,960 armored vehicles.", FORCE),
        ("The dues fell from 36 to 42 cents.", DUES),
        ("Dues go to 42 cents, from 36 cents.", DUES),
        ("Two ports lie in three towns.", "the two towns, which have three ports between them"),
    ],
)
def test_swapped_numbers_are_found(claim: str, quote: str) -> None:
    assert find_swapped_numbers(claim, [quote]) is not None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Some 1,960 military personnel and 90 armored carriers will deploy.", FORCE),
        ("The deployment: 90 armored carriers, 1,960 personnel.", FORCE),
        ("Dues go from 42 cents a tonne to 36 cents.", DUES),
        ("The dues are 36 cents a tonne; before, they were 42 cents.", DUES),
        ("In 2029 it handled 3.9 million tonnes, and in 2030 3.4 million.", GRAIN),
        ("They count 1,200 dockers; the union has 1,500.", "1,500 dockers, the union says; the port counts 1,200 dockers"),
        ("The 12 years began in 1987.", "A lease signed in 1987 was to run for 12 years"),
        ("One number, 5, is told.", "5 are told, 6 are not"),
        ("", ""),
    ],
)
def test_numbers_in_their_places_are_not_reported(claim: str, quote: str) -> None:
    assert find_swapped_numbers(claim, [quote]) is None
