"""The layout of the timeline chart: dates on an axis that is broken where nothing happens, so that dense days have room.

Lengths are in units of the chart, which is `CHART_WIDTH` wide. Long empty gaps are cut out, the longest first; each
remaining stretch gets room by its number of events, and is to scale.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf, sqrt
from typing import Any

from briefing.text.edtf import EdtfDate, read_date

CHART_WIDTH = 1000.0
MAX_STRETCHES = 4
MIN_GAP_SHARE = 0.35  # of a stretch: a larger gap is cut out
BREAK_WIDTH = 26.0  # between two stretches
LANE_HEIGHT = 15.0
ROWS = 3
LETTER_WIDTH = 6.3  # of the label of a tick
DOT_WIDTH = 11.0
_TOP = 8.0


@dataclass(frozen=True)
class Stretch:
    """A part of the axis: its first and last day (proleptic Gregorian ordinals), its left and right edge."""

    first: float
    last: float
    left: float
    right: float

    def x_of(self, day: float) -> float:
        """The position of a day; a day outside the stretch is at its edge."""
        part = (day - self.first) / (self.last - self.first)
        return self.left + min(max(part, 0.0), 1.0) * (self.right - self.left)


@dataclass(frozen=True)
class TimelineBar:
    """An event in the chart, from `left` to `right`, in a lane counted from 0 above the axis."""

    fact: Any
    when: EdtfDate
    left: float
    right: float
    lane: int


@dataclass(frozen=True)
class Tick:
    """A date below the axis: the position it points at, the left edge of its label, its row, its words."""

    at: float
    left: float
    row: int
    words: str


@dataclass(frozen=True)
class TimelineChart:
    """The laid-out chart."""

    events: tuple[TimelineBar, ...]
    ticks: tuple[Tick, ...]
    stretches: tuple[Stretch, ...]

    @property
    def axis(self) -> float:
        """The distance of the axis from the top."""
        return _TOP + LANE_HEIGHT * (1 + max((event.lane for event in self.events), default=0)) + 4

    @property
    def height(self) -> float:
        """The height of the chart."""
        return self.axis + 14 + 15 * (1 + max((tick.row for tick in self.ticks), default=0))

    def top(self, lane: int) -> float:
        """The distance of the middle of a lane from the top; lane 0 is next to the axis."""
        return self.axis - 4 - LANE_HEIGHT * (lane + 0.5)


def draw_timeline(words: Callable[[EdtfDate], str], facts: Iterable[Any]) -> TimelineChart | None:
    """The chart of facts by their `date`; dates without a start and an end are left out. None if nothing is left."""
    dated = [(when, *span, fact) for fact in facts if (when := read_date(fact.date)) and (span := _day_span(when))]
    if not dated:
        return None
    stretches = _place_stretches(_split_at_gaps(sorted(first for _, first, _, _ in dated)))
    events = _assign_lanes(
        (when, fact, *_bar_ends(stretches, first, last)) for when, first, last, fact in sorted(dated, key=_order)
    )
    return TimelineChart(events, _axis_ticks(events, words), stretches)


def _order(dated: tuple[EdtfDate, float, float, Any]) -> tuple[bool, float, float]:
    """A sort key: dots before bars, so that dots are next to the axis; then by time."""
    _, first, last, _ = dated
    return last - first > 1, first, last


def _day_span(when: EdtfDate) -> tuple[float, float] | None:
    """The first and last moment that a date can mean, in days; None if it is open or outside the years 1 to 9999."""
    if inf in (abs(when.lower[0]), abs(when.upper[0])) or not 1 <= when.lower[0] <= when.upper[0] <= 9999:
        return None
    first, last = _ordinal_day(when.lower), _ordinal_day(when.upper)
    return first, last if last > first and "T" in when.edtf else last + 1


def _ordinal_day(bound: tuple[float, ...]) -> float:
    year, month, day, hour, minute = bound
    return date(int(year), int(month), int(day)).toordinal() + hour / 24 + minute / 1440


def _split_at_gaps(starts: list[float]) -> list[list[float]]:
    """The start days, split into stretches at the widest gaps; gaps between many events come first."""
    stretches = [starts]
    while len(stretches) < MAX_STRETCHES:
        gaps = [
            (empty * len(days), at, n)
            for n, days in enumerate(stretches)
            for empty, at in _widest_gap(days)
            if empty >= MIN_GAP_SHARE
        ]
        if not gaps:
            break
        _, at, n = max(gaps)
        stretches[n : n + 1] = [stretches[n][:at], stretches[n][at:]]
    return stretches


def _widest_gap(days: list[float]) -> Iterator[tuple[float, int]]:
    """The share of a stretch that its widest gap takes, and the index of the start after it; at most one item."""
    if days[-1] > days[0] and len(set(days)) > 2:
        gap, at = max((later - earlier, n) for n, (earlier, later) in enumerate(pairwise(days), 1))
        yield gap / (days[-1] - days[0]), at


def _place_stretches(cut: list[list[float]]) -> tuple[Stretch, ...]:
    weights = [sqrt(len(days)) + 0.6 for days in cut]
    room = (CHART_WIDTH - BREAK_WIDTH * (len(cut) - 1)) / sum(weights)
    out: list[Stretch] = []
    left = 0.0
    for days, weight in zip(cut, weights, strict=True):
        last = days[-1] + max(1.0, (days[-1] - days[0]) * 0.08)
        out.append(Stretch(days[0], last, left, left + weight * room))
        left += weight * room + BREAK_WIDTH
    return tuple(out)


def _bar_ends(stretches: tuple[Stretch, ...], first: float, last: float) -> tuple[float, float]:
    """The left and right end of a date; one that ends in a gap ends at the edge of the stretch before it."""
    before_start = [stretch for stretch in stretches if stretch.first <= first]
    before_end = [stretch for stretch in stretches if stretch.first < last]
    return before_start[-1].x_of(first), before_end[-1].x_of(last)


def _assign_lanes(events: Iterable[tuple[EdtfDate, Any, float, float]]) -> tuple[TimelineBar, ...]:
    """Places each event in the lowest lane that has room."""
    lanes: list[list[tuple[float, float]]] = []
    out: list[TimelineBar] = []
    for when, fact, left, right in events:
        left, right = left, max(right, left + DOT_WIDTH)
        free = (n for n, taken in enumerate(lanes) if all(right + 2 <= start or end + 2 <= left for start, end in taken))
        lane = next(free, len(lanes))
        lanes += [[] for _ in range(lane + 1 - len(lanes))]
        lanes[lane].append((left, right))
        out.append(TimelineBar(fact, when, left, right, lane))
    return tuple(out)


def _axis_ticks(events: tuple[TimelineBar, ...], words: Callable[[EdtfDate], str]) -> tuple[Tick, ...]:
    """A label for each position where events begin; of several, the shortest. Labels without room are left out."""
    by_place: dict[float, str] = {}
    for left, label in sorted(((event.left, words(event.when)) for event in events), key=lambda at: len(at[1])):
        by_place.setdefault(round(left, 1), label)
    return tuple(_assign_rows(sorted(by_place.items(), key=lambda at: at[0])))


def _assign_rows(labels: Iterable[tuple[float, str]]) -> Iterator[Tick]:
    rows = [-inf] * ROWS
    for at, words in labels:
        width = LETTER_WIDTH * len(words)
        left = min(max(at, 0.0), CHART_WIDTH - width)
        row = next((n for n, end in enumerate(rows) if end + 8 <= left), None)
        if row is not None:
            rows[row] = left + width
            yield Tick(at, left, row, words)
