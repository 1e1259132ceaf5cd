"""The timeline and the deadlines as iCalendar (RFC 5545): dates that a calendar can hold, none drawn more exact than it is.

A deadline is an event on its day, not a VTODO with a DUE: to-dos are the reader's own to tick off, programs keep them in
another list than the calendars that people subscribe to, and many show none at all.
"""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Say
from briefing.model.facts import fields_of
from briefing.model.kinds import Clause, Event
from briefing.rendering.exports.citations import records_of
from briefing.rendering.field_values import by_date
from briefing.rendering.site_map import SiteMap, Use
from briefing.text.edtf import TIME, read_date
from briefing.text.words import collapse

FILE = "timeline.ics"
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", re.ASCII)

Span = tuple[date, date | None]


def ical(where: SiteMap, say: Say) -> str:
    """The calendar. It has no clock: the stamp of each event is the day of the latest source."""
    from icalendar import Calendar

    held = [(event, span) for event in by_date(where.dossier.of(Event.stem)) if (span := held_by_calendar(event.date))]
    titles = [collapse(line.claim) for line in where.dossier.of("overview") if line.part == "title"]
    calendar = Calendar()
    calendar.add("prodid", "-//briefing//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", titles[0] if titles else say.plain("briefing"))
    due = [(clause, span) for clause in _due(where) if (span := held_by_calendar(clause.deadline_date or ""))]
    calendar.add("x-wr-caldesc", say.plain("calendar-holds", count=len(held) + len(due)))
    stamp = _stamp(where)
    for event, span in held:
        calendar.add_component(_event(where, say, event, span, stamp))
    for clause, span in due:
        calendar.add_component(_deadline(where, say, clause, span, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def held_by_calendar(text: str) -> Span | None:
    """The day, the days or the moment of a date in EDTF, with the day after the last; None where a calendar has no place.

    A time without a zone stands on its day: a calendar would show it as the reader's own hour.
    """
    if read_date(text) is None:
        return None
    if timed := TIME.fullmatch(text):
        day, _, _, zone = timed.groups()
        if zone:
            return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC), None
        text = day
    if not (found := _DAYS.fullmatch(text)):
        return None
    first, last = found.groups()
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first) + timedelta(days=1)
    except OverflowError:
        return None


def _due(where: SiteMap) -> list[Clause]:
    """The clauses whose deadline is a day, earliest first."""
    found = (clause for clause in where.dossier.of(Clause.stem) if isinstance(clause, Clause) and clause.deadline_date)
    return sorted(found, key=lambda clause: str(clause.deadline_date))


def _event(where: SiteMap, say: Say, event: Event, span: Span, stamp: datetime) -> Any:
    entry = _entry(where, event.key, span, stamp)
    entry.add("summary", collapse(event.claim))
    entry.add("description", "\n".join(_described(where, say, event)))
    if event.inferred:
        entry.add("status", "TENTATIVE")
    return entry


def _deadline(where: SiteMap, say: Say, clause: Clause, span: Span, stamp: datetime) -> Any:
    entry = _entry(where, f"{clause.key} deadline", span, stamp)
    label = next(f.said.label for f in fields_of(Clause) if f.name == "deadline")
    entry.add("summary", f"{say.word(label, 'label')}: {collapse(clause.claim)}")
    entry.add("description", "\n".join([collapse(clause.deadline or ""), *_quoted(where, say, clause.key)]))
    return entry


def _entry(where: SiteMap, key: str, span: Span, stamp: datetime) -> Any:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", _uid(where, key))
    entry.add("dtstamp", stamp)
    entry.add("dtstart", span[0])
    if span[1]:
        entry.add("dtend", span[1])
    entry.add("transp", "TRANSPARENT")
    return entry


def _described(where: SiteMap, say: Say, event: Event) -> list[str]:
    """The date in words, how it was worked out, and the quotes; each text on a line of its own."""
    when = read_date(event.date)
    lines = [collapse(date_words(when, say.language))] if when else []
    if event.inferred:
        lines += [say.plain("inferred"), collapse(event.inferred)]
    return [*lines, *_quoted(where, say, event.key)]


def _quoted(where: SiteMap, say: Say, key: str) -> list[str]:
    """The quotes of a fact and where they stand."""
    return [line for use in where.uses[key] for line in (use.exact, _place(where, say, use))]


def _place(where: SiteMap, say: Say, use: Use) -> str:
    label = next(collapse(record.label) for record in records_of(where) if record.key == use.quote.source)
    if use.passage.last == use.passage.paragraph:
        return say.plain("standing", source=label, number=use.passage.paragraph)
    return say.plain("standing-range", source=label, number=use.passage.paragraph, last=use.passage.last)


def _uid(where: SiteMap, key: str) -> str:
    """The same wherever and whenever the site is built: made of the first source and the id, which never change."""
    first = next((str(record.sha256) for record in records_of(where)), "")
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{first} {key}"))


def _stamp(where: SiteMap) -> datetime:
    days = [span[0] for record in records_of(where) if (span := held_by_calendar(record.issued))]
    latest = max((day.date() if isinstance(day, datetime) else day for day in days), default=date(1980, 1, 1))
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)
