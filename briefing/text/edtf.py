"""Dates in EDTF (ISO 8601-2): the `edtf` library decides what is a date and its bounds; this module sorts dates.

Three things differ from the library: a time of day may be given to the minute (EDTF wants seconds, which no source prints);
an interval that ends before it begins is refused; and the standard library reads plain days, a thousand times faster.
"""

import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from io import StringIO
from math import inf
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MAX_EDTF_LENGTH = 100
_HUGE_YEAR = re.compile(r"[Ee]\d\d")  # a year that no computer can write out
DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d(?::\d\d)?)?", re.ASCII)
CALENDAR_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Bound = tuple[float, float, float, float, float]


@dataclass(frozen=True)
class EdtfDate:
    """A date that was read, with its bounds: year, month, day, hour, minute; in UTC where a zone is given. `html_datetime` is
    what HTML's `datetime` attribute may hold, or empty."""

    edtf: str
    lower: Bound
    upper: Bound
    html_datetime: str

    def sort_key(self) -> tuple[Bound, Bound]:
        """The key that sorts dates earliest first; one without a beginning is sorted by its end."""
        return (self.upper if self.lower[0] == -inf else self.lower), self.upper


@lru_cache(maxsize=4096)
def read_date(text: str) -> EdtfDate | None:
    """Reads an EDTF text; None where it is not a possible date."""
    if text != text.strip() or len(text) > _MAX_EDTF_LENGTH or _HUGE_YEAR.search(text):
        return None
    if timed := DATE_AND_TIME.fullmatch(text):
        return _read_time(text, timed)
    if CALENDAR_DAY.fullmatch(text):
        return _read_day(text)
    try:
        parsed = _parse_quietly(text)
        lower, upper = _to_bound(parsed.lower_strict(), -inf), _to_bound(parsed.upper_strict(), inf)
    except (EDTFParseException, TypeError, ValueError, OverflowError):
        return None
    if "/" in text and lower > upper:
        return None
    machine = text if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", text, re.ASCII) else ""
    return EdtfDate(text, lower, upper, machine)


def _parse_quietly(text: str) -> Any:
    """The parsed date; `edtf` prints to standard output on an error, which must not mix with what commands print."""
    with redirect_stdout(StringIO()):
        return parse_edtf(text)


def _read_day(text: str) -> EdtfDate | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    bound = (day.year, day.month, day.day, 0, 0)
    return EdtfDate(text, bound, bound, text)


def _read_time(text: str, timed: re.Match[str]) -> EdtfDate | None:
    day, minute, second, zone = timed.groups()
    try:
        _parse_quietly(f"{day}T{minute}{second or ':00'}{zone or ''}")
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
        at = at.astimezone(UTC) if zone else at
    except (EDTFParseException, ValueError, OverflowError):
        return None
    bound = (at.year, at.month, at.day, at.hour, at.minute)
    return EdtfDate(text, bound, bound, text)


def _to_bound(struct: Any, otherwise: float) -> Bound:
    if isinstance(struct, float):
        return (otherwise, 0, 0, 0, 0)
    return (struct.tm_year, struct.tm_mon, struct.tm_mday, 0, 0)
