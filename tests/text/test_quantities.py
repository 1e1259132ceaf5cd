"""Quantities: what a text counts, when, in what unit, and how exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.quantities import find_quantities

Told = tuple[str, str, set[str]]


def told(text: str) -> list[Told]:
    return [(one.value, one.unit, set(one.qualifiers)) for one in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 1,400 people", ("1400", "", {"more"})),
        ("about €80 million a year", ("80000000", "euro", {"about"})),
        ("some 80 million euros", ("80000000", "euro", {"about"})),
        ("$90m a year", ("90000000", "dollar", set())),
        ("US$ 1.4bn", ("1400000000", "dollar", set())),
        ("a quarter-century lease", ("25", "year", set())),
        ("under a quarter-century lease", ("25", "year", set())),
        ("over a hundred ships", ("100", "", {"more"})),
        ("half a century", ("50", "year", set())),
        ("half a dozen ships", ("6", "", set())),
        ("a dozen ships", ("12", "", set())),
        ("nearly three decades ago", ("30", "year", {"near"})),
        ("two centuries", ("200", "year", set())),
        ("the early 1990s", ("1990s", "", {"early"})),
        ("the nineties", ("90s", "", set())),
        ("a five-year mission", ("5", "year", set())),
        ("only two days", ("2", "day", {"only"})),
        ("over 43 days", ("43", "day", set())),
        ("over 43 people", ("43", "", {"more"})),
        ("10 people or more", ("10", "", {"at least"})),
        ("no more than 10 people", ("10", "", {"at most"})),
        ("at 9:30 p.m.", ("21:30", "", set())),
        ("at 12 a.m.", ("0:00", "", set())),
        ("at 21:00 GMT", ("21:00", "universal time", set())),
        ("late on Wednesday", ("Wednesday", "", {"late"})),
        ("in Sept.", ("September", "", set())),
        ("the second-largest town", ("2th", "", set())),
        ("the 21st century", ("21th", "", set())),
        ("50% of the quays", ("50", "percent", set())),
        ("50 per cent", ("50", "percent", set())),
        ("2 percentage points", ("2", "percentage points", set())),
        ("a couple of miles", ("couple", "mile", set())),
        ("several hundred", ("hundreds", "", set())),
        ("hundreds of ships", ("hundreds", "", set())),
        ("at midnight", ("midnight", "", set())),
    ],
)
def test_a_quantity_has_a_value_a_unit_and_what_qualifies_it(text: str, expected: Told) -> None:
    assert told(f"It was {text}, they said.") == [expected]


@pytest.mark.parametrize("date", ["on 2 April 2031", "on April 2, 2031", "on the 2nd of April 2031", "of 2031-04-02"])
def test_a_date_is_a_day_a_month_and_a_year_however_it_is_written(date: str) -> None:
    assert {value for value, _, _ in told(f"It is {date}.")} == {"2", "April", "2031"}


@pytest.mark.parametrize("text", ["1988-1994", "1988–1994", "from 1988 to 1994", "between 1988 and 1994"])
def test_both_ends_of_a_range_know_it(text: str) -> None:
    assert [one.range_ends for one in find_quantities(f"the war {text} ended")] == [("1988", "1994")] * 2


@pytest.mark.parametrize("text", ["fell from 100 to 50", "2031-04-02", "100 and 50", "seven, five"])
def test_numbers_that_are_no_range_know_none(text: str) -> None:
    assert {one.range_ends for one in find_quantities(f"it {text} again")} == {None}


@pytest.mark.parametrize("text", ["It may rain.", "May it rain?", "They march on.", "He has one of them.", "It is silver."])
def test_words_that_only_look_like_months_or_numbers_are_none(text: str) -> None:
    assert told(text) == []


def test_of_another_language_digits_are_read_and_a_point_groups_them() -> None:
    assert [one.value for one in find_quantities("Drei von 1.200 am 27. September, 2.5", in_english=False)] == [
        "1200",
        "27",
        "2.5",
    ]


@given(st.text(max_size=80))
def test_the_quantities_of_any_text_follow_one_another_within_it(text: str) -> None:
    found = find_quantities(text)
    assert all(one.value and 0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
