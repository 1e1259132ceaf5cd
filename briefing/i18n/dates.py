"""Dates in the words of the site's language: no more than was typed, and English where the language has no words for them."""

import re
from functools import lru_cache, reduce

from briefing.i18n.catalog import message_catalog
from briefing.text.edtf import DATE_AND_TIME, EdtfDate
from briefing.text.languages import INTERFACE_LANGUAGE, LocalizedStr, locale_of

_EDTF_PARTS = re.compile(r"(-?\d{1,4}X{0,4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)", re.ASCII)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_HEDGE_MESSAGES = {"?": "perhaps", "~": "about", "%": "perhaps-about"}
_PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(maxsize=4096)
def date_words(when: EdtfDate, language: str = INTERFACE_LANGUAGE) -> LocalizedStr:
    """A date in words."""
    speaks = language if message_catalog(language).has_date_messages else INTERFACE_LANGUAGE
    return LocalizedStr(_DateFormatter(speaks).format(when.edtf), language if speaks == language else INTERFACE_LANGUAGE)


class _DateFormatter:
    """Puts EDTF into the words of one language, which may have other forms within a phrase than alone."""

    def __init__(self, language: str) -> None:
        self.catalog = message_catalog(language)
        self.locale = locale_of(language)

    def message(self, key: str, **parts: str) -> str:
        """A message with its parts filled in."""
        return self.catalog.form(f"date-{key}").format(**parts)

    def format(self, text: str) -> str:
        """Any EDTF text in words."""
        if timed := DATE_AND_TIME.fullmatch(text):
            day, minute, second, zone = timed.groups()
            zone = {None: "", "Z": "UTC"}.get(zone, f"UTC{zone}")
            told = {"day": self.format_single(day), "time": f"{minute}{second or ''}"}
            return self.message("time-zone", **told, zone=zone) if zone else self.message("time", **told)
        if text[0] in "[{":
            return self.format_joined([part.strip() for part in text[1:-1].split(",")], "or" if text[0] == "[" else "and")
        if "/" not in text:
            return self.format_single(text)
        first, last = text.split("/")
        if first in ("", ".."):
            return self.message("until", last=self.format_single(last, within=True))
        return (
            self.message("from", first=self.format_single(first, within=True))
            if last in ("", "..")
            else self.format_joined([first, last], "to")
        )

    def format_joined(self, parts: list[str], key: str) -> str:
        """Several dates in words; a month and year that they share is said once, with the last."""
        told = [self.format_item(part) for part in parts]
        if len({part[:7] for part in parts}) == 1 and all(map(_PLAIN_DAY.fullmatch, parts)):
            told[:-1] = [str(int(part[8:])) for part in parts[:-1]]
        return reduce(lambda first, last: self.message(key, first=first, last=last), told)

    def format_item(self, part: str) -> str:
        """One of several dates, or a run of them."""
        if ".." not in part:
            return self.format_single(part)
        first, last = part.split("..")
        if first and last:
            return self.message(
                "between", first=self.format_single(first, within=True), last=self.format_single(last, within=True)
            )
        return (
            self.message("later", date=self.format_single(first))
            if first
            else self.message("earlier", date=self.format_single(last))
        )

    def format_single(self, text: str, within: bool = False) -> str:
        """A day, month, season, year or decade in words; any rarer form stays as EDTF writes it."""
        if not (found := _EDTF_PARTS.fullmatch(text)):
            return text
        year, month, day, hedge = found.groups()
        told = self.format_unhedged(year, month, day, within or hedge in ("~", "%"))
        return (self.message(_HEDGE_MESSAGES[hedge], date=told) if hedge else told) if told else text

    def format_unhedged(self, year: str, month: str | None, day: str | None, within: bool) -> str:
        """The words of a date without its hedge; none for a form that has none."""
        form = "in-" if within else ""
        if year.endswith("X"):
            return "" if month or year.endswith("XX") else self.message(f"{form}decade", decade=f"{year[:-1]}0")
        if month is None or (month == "XX" and day in (None, "XX")):
            return self.message(f"{form}year", year=year)
        if month in _SEASONS and day is None:
            return self.message(f"{form}{_SEASONS[month]}", year=year)
        if month == "XX" or not 1 <= int(month) <= 12:
            return ""
        if day == "XX":
            return self.message("a-day", month=self.month(month, year, within=True))
        if day:
            return self.message(f"{form}day", day=str(int(day)), month=self.name(month, "format"), year=year)
        return self.month(month, year, within)

    def month(self, month: str, year: str, within: bool) -> str:
        """A month and its year."""
        if within:
            return self.message("in-month", month=self.name(month, "format"), year=year)
        return self.message("month", month=self.name(month, "stand-alone"), year=year)

    def name(self, month: str, context: str) -> str:
        """The name of a month, as it stands alone or in a date."""
        return str(self.locale.months[context]["wide"][int(month)]) if self.locale else month
