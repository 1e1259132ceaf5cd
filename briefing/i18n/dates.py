"""EDTF dates in words, as precise as written; in English where a language lacks the messages for dates."""

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
    """An EDTF date in words, tagged with the language of the words."""
    used = language if message_catalog(language).has_date_messages else INTERFACE_LANGUAGE
    return LocalizedStr(_DateFormatter(used).format(when.edtf), language if used == language else INTERFACE_LANGUAGE)


class _DateFormatter:
    """Formats EDTF in one language. `within` asks for the form inside a phrase, such as after `until`."""

    def __init__(self, language: str) -> None:
        self.catalog = message_catalog(language)
        self.locale = locale_of(language)

    def message(self, key: str, **parts: str) -> str:
        """A date message with its placeholders filled in."""
        return self.catalog.form(f"date-{key}").format(**parts)

    def format(self, text: str) -> str:
        """Any EDTF text in words."""
        if timed := DATE_AND_TIME.fullmatch(text):
            day, minute, second, zone = timed.groups()
            zone = {None: "", "Z": "UTC"}.get(zone, f"UTC{zone}")
            parts = {"day": self.format_single(day), "time": f"{minute}{second or ''}"}
            return self.message("time-zone", **parts, zone=zone) if zone else self.message("time", **parts)
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
        """Several dates in words; a month and year that they share appear once, with the last."""
        words = [self.format_item(part) for part in parts]
        if len({part[:7] for part in parts}) == 1 and all(map(_PLAIN_DAY.fullmatch, parts)):
            words[:-1] = [str(int(part[8:])) for part in parts[:-1]]
        return reduce(lambda first, last: self.message(key, first=first, last=last), words)

    def format_item(self, part: str) -> str:
        """One item of a set of dates: a date or a range."""
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
        """A day, month, season, year or decade in words; rarer forms stay in EDTF."""
        if not (found := _EDTF_PARTS.fullmatch(text)):
            return text
        year, month, day, hedge = found.groups()
        words = self.format_unhedged(year, month, day, within or hedge in ("~", "%"))
        return (self.message(_HEDGE_MESSAGES[hedge], date=words) if hedge else words) if words else text

    def format_unhedged(self, year: str, month: str | None, day: str | None, within: bool) -> str:
        """A date without its qualifier (`?`, `~`, `%`) in words; empty for a form without words."""
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
        """A month with its year."""
        if within:
            return self.message("in-month", month=self.name(month, "format"), year=year)
        return self.message("month", month=self.name(month, "stand-alone"), year=year)

    def name(self, month: str, context: str) -> str:
        """The name of a month; `context` is `stand-alone` or `format`, as in CLDR."""
        return str(self.locale.months[context]["wide"][int(month)]) if self.locale else month
