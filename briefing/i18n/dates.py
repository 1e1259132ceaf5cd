"""Dates in the words of the site's language: no more than was typed, and English where the language has no words for them."""

import re
from functools import lru_cache, reduce

from briefing.i18n.catalog import catalogue_of
from briefing.text.edtf import TIME, When
from briefing.text.languages import OURS, Told, locale_of

_PARTS = re.compile(r"(-?\d{1,4}X{0,4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)", re.ASCII)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_HEDGES = {"?": "perhaps", "~": "about", "%": "perhaps-about"}
_PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(maxsize=4096)
def date_words(when: When, language: str = OURS) -> Told:
    """A date in words."""
    speaks = language if catalogue_of(language).tells_dates else OURS
    return Told(_Words(speaks).all(when.edtf), language if speaks == language else OURS)


class _Words:
    """Puts EDTF into the words of one language, which may have other forms within a phrase than alone."""

    def __init__(self, language: str) -> None:
        self.catalogue = catalogue_of(language)
        self.locale = locale_of(language)

    def put(self, key: str, **parts: str) -> str:
        """A message with its parts filled in."""
        return self.catalogue.form(f"date-{key}").format(**parts)

    def all(self, text: str) -> str:
        """Any EDTF text in words."""
        if timed := TIME.fullmatch(text):
            day, minute, second, zone = timed.groups()
            zone = {None: "", "Z": "UTC"}.get(zone, f"UTC{zone}")
            told = {"day": self.one(day), "time": f"{minute}{second or ''}"}
            return self.put("time-zone", **told, zone=zone) if zone else self.put("time", **told)
        if text[0] in "[{":
            return self.joined([part.strip() for part in text[1:-1].split(",")], "or" if text[0] == "[" else "and")
        if "/" not in text:
            return self.one(text)
        first, last = text.split("/")
        if first in ("", ".."):
            return self.put("until", last=self.one(last, within=True))
        return self.put("from", first=self.one(first, within=True)) if last in ("", "..") else self.joined([first, last], "to")

    def joined(self, parts: list[str], key: str) -> str:
        """Several dates in words; a month and year that they share is said once, with the last."""
        told = [self.ranged(part) for part in parts]
        if len({part[:7] for part in parts}) == 1 and all(map(_PLAIN_DAY.fullmatch, parts)):
            told[:-1] = [str(int(part[8:])) for part in parts[:-1]]
        return reduce(lambda first, last: self.put(key, first=first, last=last), told)

    def ranged(self, part: str) -> str:
        """One of several dates, or a run of them."""
        if ".." not in part:
            return self.one(part)
        first, last = part.split("..")
        if first and last:
            return self.put("between", first=self.one(first, within=True), last=self.one(last, within=True))
        return self.put("later", date=self.one(first)) if first else self.put("earlier", date=self.one(last))

    def one(self, text: str, within: bool = False) -> str:
        """A day, month, season, year or decade in words; any rarer form stays as EDTF writes it."""
        if not (found := _PARTS.fullmatch(text)):
            return text
        year, month, day, hedge = found.groups()
        told = self.bare(year, month, day, within or hedge in ("~", "%"))
        return (self.put(_HEDGES[hedge], date=told) if hedge else told) if told else text

    def bare(self, year: str, month: str | None, day: str | None, within: bool) -> str:
        """The words of a date without its hedge; none for a form that has none."""
        form = "in-" if within else ""
        if year.endswith("X"):
            return "" if month or year.endswith("XX") else self.put(f"{form}decade", decade=f"{year[:-1]}0")
        if month is None or (month == "XX" and day in (None, "XX")):
            return self.put(f"{form}year", year=year)
        if month in _SEASONS and day is None:
            return self.put(f"{form}{_SEASONS[month]}", year=year)
        if month == "XX" or not 1 <= int(month) <= 12:
            return ""
        if day == "XX":
            return self.put("a-day", month=self.month(month, year, within=True))
        if day:
            return self.put(f"{form}day", day=str(int(day)), month=self.name(month, "format"), year=year)
        return self.month(month, year, within)

    def month(self, month: str, year: str, within: bool) -> str:
        """A month and its year."""
        if within:
            return self.put("in-month", month=self.name(month, "format"), year=year)
        return self.put("month", month=self.name(month, "stand-alone"), year=year)

    def name(self, month: str, context: str) -> str:
        """The name of a month, as it stands alone or in a date."""
        return str(self.locale.months[context]["wide"][int(month)]) if self.locale else month
