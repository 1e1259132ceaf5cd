"""A deadline has a day only where its words print the whole of it."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from briefing.loading.dossier_reader import read_dossier
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.text.days import prints_day
from tests.sites import PROJECT

EXAMPLE = PROJECT / "examples" / "port-lease"
MONTHS = ("January", "February", "March", "April", "May", "June", "July")
MONTHS += ("August", "September", "October", "November", "December")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("by 31 July 2031", "en"),
        ("no later than July 31st, 2031", "en"),
        ("by 31 Jul. 2031", "en-GB"),
        ("до 31 июля 2031 года", "ru"),
        ("до 31.07.2031", "ru"),
        ("spätestens am 31. Juli 2031", "de"),
        ("قبل 31 يوليو 2031", "ar"),
        ("в срок до 31 ИЮЛЯ 2031 г.", "ru"),
    ],
)
def test_words_that_print_a_day(words: str, language: str) -> None:
    assert prints_day(words, "2031-07-31", [language])


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("by 31 July", "en"),
        ("in July 2031", "en"),
        ("by 30 July 2031", "en"),
        ("by 31 June 2031", "en"),
        ("by 31 July 2032", "en"),
        ("within 31 days of July 12031", "en"),
        ("by 31 July 2031", "ru"),
        ("in coming weeks", "en"),
        ("", "en"),
    ],
)
def test_words_that_do_not(words: str, language: str) -> None:
    assert not prints_day(words, "2031-07-31", [language])


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_printed_day_is_that_day_and_no_other(day: date, other: date) -> None:
    words = f"by {day.day} {MONTHS[day.month - 1]} {day.year}"
    assert prints_day(words, day.isoformat(), ["en"])
    assert prints_day(words, other.isoformat(), ["en"]) == (day == other)


def with_day(folder: Path, old: str, new: str) -> list[str]:
    path = folder / "facts" / "clauses.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return [problem.message for problem in check(read_dossier(folder)).problems if problem.rule == "date-is-possible"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("deadline-date: 2031-07-31", "deadline-date: 2031-07-30", "`by 31 July 2031` does not print the day 2031-07-30"),
        ("deadline-date: 2031-07-31", "deadline-date: 2031-07", "`2031-07` is not a single day"),
        ("deadline-date: 2031-07-31", "deadline-date: 2031-07-32", "`2031-07-32` is not a possible date"),
        ("  deadline: by 31 July 2031\n", "", "this clause has a `deadline-date:`, but no `deadline:` that prints the day"),
        (
            "deadline: within 60 days of signature\n",
            "deadline: within 60 days of signature\n  deadline-date: 2031-06-01\n",
            "`within 60 days of signature` does not print the day 2031-06-01",
        ),
    ],
)
def test_a_day_that_is_not_printed_is_told(copy_of_example: Path, old: str, new: str, message: str) -> None:
    assert with_day(copy_of_example, old, new) == [message]


@pytest.fixture
def copy_of_example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def test_the_calendar_and_the_data_have_the_days_of_deadlines() -> None:
    files = render(read_dossier(EXAMPLE))
    calendar = Calendar.from_ical(files["data/timeline.ics"])
    found = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    due = {summary: event for summary, event in found.items() if summary.startswith("By when: ")}
    assert len(due) == 6
    event = due["By when: The first instalment of the rent is due by 31 July 2031."]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2031, 7, 31), date(2031, 8, 1))
    lines = str(event["description"]).split("\n")
    assert lines[:2] == ["by 31 July 2031", "in equal quarterly instalments, the first by 31 July 2031"]
    assert "status" not in event
    assert len({str(event["uid"]) for event in found.values()}) == len(found)
    assert f"{len(found)} dates" in str(calendar["x-wr-caldesc"])
    rows = csv.DictReader(files["data/clauses.csv"].splitlines(keepends=True))
    assert {row["id"]: row["deadline-date"] for row in rows}["first-instalment"] == "2031-07-31"
    assert '"deadline-date": "2031-07-31"' in files["data/facts.json"]
    assert '<time datetime="2031-07-31">31 July 2031</time>' in files["clauses.md"].replace("&#32;", " ")
