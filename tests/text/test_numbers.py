"""Numbers in digits and in words come to one form, so that a claim can be held against its quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.numbers import find_numbers


def values(text: str) -> list[str]:
    return [value for value, _, _ in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1\u00a0200", "1200"),
        ("1\u202f200\u202f000", "1200000"),
        ("1,000,000", "1000000"),
        ("12,34,567", "1234567"),
        ("2.5", "2.5"),
        ("1,200.50", "1200.50"),
        ("21:00", "21:00"),
        ("50%", "50"),
        ("-5", "5"),
        ("$90", "90"),
        ("25-year", "25"),
        ("1980s", "1980"),
        ("21st", "21"),
        ("٥٠", "50"),
        ("१२", "12"),
        ("two", "2"),
        ("Two", "2"),
        ("zero", "0"),
        ("twelve", "12"),
        ("twenty-five", "25"),
        ("twenty five", "25"),
        ("two hundred", "200"),
        ("two hundred and fifty", "250"),
        ("ONE HUNDRED", "100"),
        ("fifteen hundred", "1500"),
        ("forty-two thousand", "42000"),
        ("one thousand two hundred", "1200"),
        ("two thousand and thirty-one", "2031"),
        ("one hundred thousand", "100000"),
        ("one million", "1000000"),
        ("ninety million", "90000000"),
        ("two dozen", "24"),
        ("third", "3"),
        ("twelfth", "12"),
        ("thirteenth", "13"),
        ("twentieth", "20"),
        ("twenty-first", "21"),
        ("$90 million", "90000000"),
        ("3.4 million", "3400000"),
        ("1.5 billion", "1500000000"),
        ("1,200 thousand", "1200000"),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text: str, value: str) -> None:
    assert values(f"about {text} of them") == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seven three", ["7", "3"]),
        ("five or six", ["5", "6"]),
        ("five, six", ["5", "6"]),
        ("2031-04-02", ["2031", "04", "02"]),
        ("In 2031 100 people", ["2031", "100"]),
        ("in May 2031, 200 left", ["2031", "200"]),
        ("On 1 May, 1,200 dockers", ["1", "1200"]),
        ("1,20", ["1", "20"]),
    ],
)
def test_numbers_side_by_side_stay_apart(text: str, found: list[str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    "text",
    ["one of them", "no", "a hundred", "thousands", "dozens", "millions", "bone", "someone", "often", "phone", "half", ""],
)
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert values(text) == []


def test_a_number_tells_its_place() -> None:
    text = "for 25 years, twenty-five, and 1,200"
    assert [text[start:end] for _, start, end in find_numbers(text)] == ["25", "twenty-five", "1,200"]


@given(st.integers(0, 10**12))
def test_any_whole_number_is_the_same_with_and_without_grouping(number: int) -> None:
    assert values(f"{number}") == values(f"{number:,}") == values(f"{number:,}".replace(",", "\u00a0")) == [str(number)]


@given(st.text(max_size=60))
def test_the_places_of_numbers_in_any_text_follow_one_another(text: str) -> None:
    found = find_numbers(text)
    assert all(value and 0 <= start < end <= len(text) for value, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)
