"""The picture of time: in order, without overlap, with room for dense days, and nothing beyond what a date says."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.rendering.timeline_chart import CHART_WIDTH, DOT_WIDTH, TimelineChart, draw_timeline
from briefing.text.edtf import EdtfDate


@dataclass(frozen=True)
class Dated:
    date: str


def picture(*dates: str) -> TimelineChart:
    found = draw_timeline(lambda when: when.edtf, map(Dated, dates))
    assert found is not None
    return found


def at(found: TimelineChart, date: str) -> tuple[float, float]:
    return next((event.left, event.right) for event in found.events if event.when.edtf == date)


DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(st.lists(DATES, min_size=1, max_size=40))
def test_every_event_is_in_the_picture_in_order_and_none_lies_over_another(days: list[date]) -> None:
    found = picture(*map(str, days))
    assert len(found.events) == len(days)
    assert all(-1e-6 <= event.left < event.right <= CHART_WIDTH + DOT_WIDTH for event in found.events)
    by_day = sorted(found.events, key=lambda event: event.when.edtf)
    assert all(one.left <= other.left + 1e-6 for one, other in pairwise(by_day))
    for one in found.events:
        for other in found.events:
            if one is not other and one.lane == other.lane:
                assert one.right <= other.left or other.right <= one.left


@given(st.lists(DATES, min_size=2, max_size=40))
def test_labels_of_a_row_do_not_touch_and_stay_in_the_picture(days: list[date]) -> None:
    found = picture(*map(str, days))
    rows: dict[int, float] = {}
    for tick in found.ticks:
        assert rows.get(tick.row, -10) + 8 <= tick.left
        rows[tick.row] = tick.left + len(tick.words) * 5
        assert 0 <= tick.left <= CHART_WIDTH


def test_thirty_years_and_the_last_days_have_room_side_by_side() -> None:
    last = [str(date(2020, 11, 7) + timedelta(n)) for n in range(5)]
    found = picture("1988/1994", "199X", "1991", "2018", "2020-09-27", *last, *last)
    assert len(found.stretches) == 4
    left, right = at(found, "2020-11-07")
    assert right - left > 40
    assert at(found, "1991")[1] < at(found, "2018")[0]


def test_evenly_spread_dates_stay_on_one_unbroken_axis() -> None:
    assert len(picture(*(str(year) for year in range(1990, 2000))).stretches) == 1


@pytest.mark.parametrize("date", ["1990~/2020~", "2020-09/2020-11", "1988/1994"])
def test_a_span_reaches_from_its_first_day_to_its_last_over_what_was_cut_out(date: str) -> None:
    found = picture(date, "1988", "1991", "2018", "2020-09-27", "2020-11-07", "2020-11-09", "2020-11-10")
    left, right = at(found, date)
    assert right - left > 60


@pytest.mark.parametrize("dates", [(), ("../2020",), ("not a date",)])
def test_nothing_is_drawn_of_what_no_calendar_holds(dates: tuple[str, ...]) -> None:
    assert draw_timeline(lambda when: when.edtf, map(Dated, dates)) is None


def test_labels_are_in_the_words_that_are_asked_for() -> None:
    def words(when: EdtfDate) -> str:
        return f"<{when.edtf}>"

    found = draw_timeline(words, [Dated("2020-11-07")])
    assert found is not None
    assert [tick.words for tick in found.ticks] == ["<2020-11-07>"]
