"""Whether the words of a source print a whole day of the calendar (year, month and day), in the language of the words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from briefing.text.edtf import CALENDAR_DAY
from briefing.text.languages import locale_of

_SHORT_NUMBER = re.compile(r"\d{1,4}")


def has_day_form(text: str) -> bool:
    """Whether a date in EDTF is one day."""
    return CALENDAR_DAY.fullmatch(text) is not None


def prints_day(words: str, day: str, languages: Iterable[str]) -> bool:
    """Whether words print the year and the day as numbers, and the month as one of its names or as a third number."""
    at = date.fromisoformat(day)
    left = Counter(int(number) for number in _SHORT_NUMBER.findall(words))
    left.subtract([at.year, at.day])
    if min(left.values()) < 0:
        return False
    names = (name for language in languages for name in _month_names(language, at.month))
    return left[at.month] > 0 or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) for name in names)


def _month_names(language: str, month: int) -> Iterator[str]:
    """What a month is called, alone and within a date, in full and cut short."""
    if locale := locale_of(language):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                yield str(locale.months[form][width][month]).rstrip(".")
