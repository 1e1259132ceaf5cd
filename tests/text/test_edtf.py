"""Dates: what is one, its bounds, its order, and its words, which say no more than was typed."""

from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.i18n.dates import date_words
from briefing.text.edtf import MONTHS, read_date


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2031-04-02", "2 April 2031"),
        ("2032-02-29", "29 February 2032"),
        ("2031-04", "April 2031"),
        ("2031", "2031"),
        ("198X", "the 1980s"),
        ("2031-04-XX", "a day in April 2031"),
        ("2031-XX-XX", "2031"),
        ("2031-21", "spring 2031"),
        ("2031-24", "winter 2031"),
        ("2031-04-02~", "about 2 April 2031"),
        ("2031?", "perhaps 2031"),
        ("2031-04%", "perhaps about April 2031"),
        ("1987/1994", "1987 to 1994"),
        ("2031-04-02/2031-04-05", "2 to 5 April 2031"),
        ("2031-04/2031-05", "April 2031 to May 2031"),
        ("2031-04-30/2031-05-02", "30 April 2031 to 2 May 2031"),
        ("2031-04-02/..", "from 2 April 2031"),
        ("../2031", "until 2031"),
        ("[2031-04-02,2031-04-03]", "2 or 3 April 2031"),
        ("[2031-04-02..2031-04-05]", "between 2 April 2031 and 5 April 2031"),
        ("{2031,2032}", "2031 and 2032"),
        ("2031-04-30T22:00Z", "30 April 2031, 22:00 UTC"),
        ("2031-04-30T22:00", "30 April 2031, 22:00"),
        ("2031-04-30T22:00:30Z", "30 April 2031, 22:00:30 UTC"),
        ("2031-04-30T22:00+02:00", "30 April 2031, 22:00 UTC+02:00"),
    ],
)
def test_a_date_is_said_in_words(edtf: str, words: str) -> None:
    when = read_date(edtf)
    assert when is not None
    assert date_words(when) == words
    assert when.edtf == edtf


@pytest.mark.parametrize("edtf", ["2031-33", "156X-12-25", "2031-XX-05", "20XX", "2XXX", "2004-06-~11", "1950S2"])
def test_a_rare_form_is_not_put_into_words_that_say_something_else(edtf: str) -> None:
    when = read_date(edtf)
    assert when is not None
    assert date_words(when) == edtf


@pytest.mark.parametrize("edtf", ["[..2031-04-02]", "[2031-04-02..]"])
def test_an_open_end_among_several_dates_is_not_left_out_of_the_words(edtf: str) -> None:
    when = read_date(edtf)
    assert when is not None
    assert date_words(when) != "2 April 2031"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2031-02-29",
        "2031-02-30",
        "2031-04-31",
        "2031-13",
        "2031-00",
        "2031-13-01",
        "31-04-02",
        "2031-4-2",
        "20310402",
        "2 April 2031",
        "1990s",
        "unknown",
        "not stated",
        "2031-04-05/2031-04-02",
        "2031/2030",
        "2031-04-02/2031-04-03/2031-04-04",
        "..",
        "/",
        "2031-04-30T24:00Z",
        "2031-04-30T22:60Z",
        "2031-04-31T22:00Z",
        "2031-04-30T22:00z",
        "2031-04-30T22:00?",
        "2031-04-30T22:00+25:00",
        "2031-04-30 22:00",
        "2031-04-02 ",
        " 2031-04-02",
        "2031-04-02\n",
        "２０３１-０４-０２",
        "٢٠٣١",
        "[" * 3000,
        "[2031" * 500,
    ],
)
def test_what_is_no_possible_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("edtf", "lower", "upper"),
    [
        ("2031-04-02", (2031, 4, 2, 0, 0), (2031, 4, 2, 0, 0)),
        ("2032-02", (2032, 2, 1, 0, 0), (2032, 2, 29, 0, 0)),
        ("2031", (2031, 1, 1, 0, 0), (2031, 12, 31, 0, 0)),
        ("198X", (1980, 1, 1, 0, 0), (1989, 12, 31, 0, 0)),
        ("[2031-04-02,2031-04-03]", (2031, 4, 2, 0, 0), (2031, 4, 3, 0, 0)),
        ("2031-04-30T22:00Z", (2031, 4, 30, 22, 0), (2031, 4, 30, 22, 0)),
        ("2031-05-01T00:00+02:00", (2031, 4, 30, 22, 0), (2031, 4, 30, 22, 0)),
        ("2031/..", (2031, 1, 1, 0, 0), (inf, 0, 0, 0, 0)),
        ("../2031", (-inf, 0, 0, 0, 0), (2031, 12, 31, 0, 0)),
    ],
)
def test_a_date_has_bounds(edtf: str, lower: tuple[float, ...], upper: tuple[float, ...]) -> None:
    when = read_date(edtf)
    assert when is not None
    assert (when.lower, when.upper) == (lower, upper)


@pytest.mark.parametrize(
    "early_to_late",
    [
        ["198X", "1987", "1987-05", "2030-11", "2031-04-02", "2031-04-30T22:00Z", "2031-05-01"],
        ["2031-04-01T23:00Z", "2031-04-02T00:30+01:00", "2031-04-02T01:00Z", "2031-04-02T00:30-02:00", "../2031"],
    ],
)
def test_dates_are_put_in_order_zones_regarded(early_to_late: list[str]) -> None:
    late_to_early = [when for text in reversed(early_to_late) if (when := read_date(text))]
    assert [when.edtf for when in sorted(late_to_early, key=lambda when: when.sort_key())] == early_to_late


@pytest.mark.parametrize(
    ("edtf", "machine"),
    [
        ("2031", "2031"),
        ("2031-04", "2031-04"),
        ("2031-04-02", "2031-04-02"),
        ("2031-04-30T22:00Z", "2031-04-30T22:00Z"),
        ("2031-21", ""),
        ("198X", ""),
        ("2031-04-02~", ""),
        ("1987/1994", ""),
    ],
)
def test_only_what_html_can_read_is_given_to_it(edtf: str, machine: str) -> None:
    when = read_date(edtf)
    assert when is not None
    assert when.html_datetime == machine


@pytest.mark.parametrize("edtf", ["9999-12-31T23:30-05:00", "0001-01-01T00:00+01:00", "0000", "-0044", "Y-170000002"])
def test_the_ends_of_the_calendar_raise_nothing(edtf: str) -> None:
    when = read_date(edtf)
    assert when is None or when.lower <= when.upper


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_day_of_the_calendar_is_read_and_said(day: date) -> None:
    when = read_date(day.isoformat())
    assert when is not None
    assert date_words(when) == f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    assert when.lower == when.upper == (day.year, day.month, day.day, 0, 0)


@given(st.one_of(st.text(max_size=30), st.text(alphabet="0123456789-/.,[]{}TZX~?%+:Y", max_size=30)))
def test_arbitrary_text_never_raises(text: str) -> None:
    when = read_date(text)
    assert when is None or (when.edtf == text and date_words(when) and when.lower <= when.upper)


@pytest.mark.parametrize("text", ["Y1E99999999", "Y1E99", "[" + ",".join(["2031"] * 3000) + "]", "9" * 5000, "Y" + "9" * 5000])
def test_a_date_that_would_take_for_ever_to_read_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["\u0662\u0660\u0663\u0661-04-02", "2031-04-02T\u0662\u0662:00Z", "\uff12\uff10\uff13\uff11"])
def test_a_date_is_written_in_ascii_digits(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["..", "../", "/..", "../..", "[..]"])
def test_what_is_no_date_prints_nothing(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    read_date.cache_clear()
    read_date(text)
    assert capsys.readouterr().out == ""
