"""The timeline as a picture: dates laid out on an axis that is broken where nothing happens, so that dense days have room.

Units are those of the picture, `WIDTH` of them from edge to edge. Long empty stretches are cut out, the longest first;
each stretch that is left gets room by the number of events in it, and is drawn to scale within itself.
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
MIN_GAP_SHARE = 0.35  # an empty part of a stretch this large is cut out
BREAK_WIDTH = 26.0  # the room between two stretches
LANE_HEIGHT = 15.0
ROWS = 3
LETTER_WIDTH = 6.3  # the width of a letter of a tick's label
DOT_WIDTH = 11.0
_TOP = 8.0


@dataclass(frozen=True)
class Stretch:
    """A part of the axis: from day to day, and from place to place."""

    first: float
    last: float
    left: float
    right: float

    def x_of(self, day: float) -> float:
        """Where a day stands; one beyond the stretch at its edge."""
        part = (day - self.first) / (self.last - self.first)
        return self.left + min(max(part, 0.0), 1.0) * (self.right - self.left)


@dataclass(frozen=True)
class TimelineBar:
    """An event in the picture: from place to place in a lane counted from 0; the same place twice for a dot."""

    fact: Any
    when: EdtfDate
    left: float
    right: float
    lane: int


@dataclass(frozen=True)
class Tick:
    """A label below the axis: where it points, where it begins, its row, and a date in words."""

    at: float
    left: float
    row: int
    words: str


@dataclass(frozen=True)
class TimelineChart:
    """Events, ticks and stretches, and where the axis is."""

    events: tuple[TimelineBar, ...]
    ticks: tuple[Tick, ...]
    stretches: tuple[Stretch, ...]

    @property
    def axis(self) -> float:
        """How far below the top the axis is."""
        return _TOP + LANE_HEIGHT * (1 + max((event.lane for event in self.events), default=0)) + 4

    @property
    def height(self) -> float:
        """The height of the whole picture."""
        return self.axis + 14 + 15 * (1 + max((tick.row for tick in self.ticks), default=0))

    def top(self, lane: int) -> float:
        """How far below the top the middle of a lane is; the first lane is nearest to the axis."""
        return self.axis - 4 - LANE_HEIGHT * (lane + 0.5)


def draw_timeline(words: Callable[[EdtfDate], str], facts: Iterable[Any]) -> TimelineChart | None:
    """The picture of facts by their `date`; those that no calendar has are left out. None where nothing is left to draw."""
    dated = [(when, *span, fact) for fact in facts if (when := read_date(fact.date)) and (span := _day_span(when))]
    if not dated:
        return None
    stretches = _place_stretches(_split_at_gaps(sorted(first for _, first, _, _ in dated)))
    events = _assign_lanes(
        (when, fact, *_bar_ends(stretches, first, last)) for when, first, last, fact in sorted(dated, key=_order)
    )
    return TimelineChart(events, _axis_ticks(events, words), stretches)


def _order(dated: tuple[EdtfDate, float, float, Any]) -> tuple[bool, float, float]:
    """Dots before bars, so that dots stand nearest to the axis; then by time."""
    _, first, last, _ = dated
    return last - first > 1, first, last


def _day_span(when: EdtfDate) -> tuple[float, float] | None:
    """The first and last moment that a date may mean, in days; None where it has no beginning or no end."""
    if inf in (abs(when.lower[0]), abs(when.upper[0])) or not 1 <= when.lower[0] <= when.upper[0] <= 9999:
        return None
    first, last = _ordinal_day(when.lower), _ordinal_day(when.upper)
    return first, last if last > first and "T" in when.edtf else last + 1


def _ordinal_day(bound: tuple[float, ...]) -> float:
    year, month, day, hour, minute = bound
    return date(int(year), int(month), int(day)).toordinal() + hour / 24 + minute / 1440


def _split_at_gaps(starts: list[float]) -> list[list[float]]:
    """The starts in each stretch that is left of the axis, when the longest empty parts, of the fullest, are cut out."""
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
    """The part of a stretch that its widest gap takes, and the number of the start after it; nothing where all are one."""
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
    """Where a date begins and ends in the picture; one that ends in what was cut out ends at the edge before."""
    begun = [stretch for stretch in stretches if stretch.first <= first]
    ended = [stretch for stretch in stretches if stretch.first < last]
    return begun[-1].x_of(first), ended[-1].x_of(last)


def _assign_lanes(events: Iterable[tuple[EdtfDate, Any, float, float]]) -> tuple[TimelineBar, ...]:
    """Each event in the lowest lane that has room for it."""
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
    """A label for each place where events begin, in the shortest words of these, in the first row that has room, if any."""
    by_place: dict[float, str] = {}
    for left, told in sorted(((event.left, words(event.when)) for event in events), key=lambda at: len(at[1])):
        by_place.setdefault(round(left, 1), told)
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
