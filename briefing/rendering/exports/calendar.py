"""The timeline and the deadlines as iCalendar (RFC 5545): dates that a calendar can hold, none drawn more exact than it is.

A deadline is an event on its day, not a VTODO with a DUE: to-dos are the reader's own to tick off, programs keep them in
another list than the calendars that people subscribe to, and many show none at all.
"""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Translator
from briefing.model.fields import fields_of
from briefing.model.kinds import Clause, Event
from briefing.model.quote_index import Use
from briefing.rendering.exports.citations import source_records
from briefing.rendering.field_values import by_date
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import DATE_AND_TIME, read_date
from briefing.text.words import collapse_whitespace

CALENDAR_FILE = "timeline.ics"
_DAY_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", re.ASCII)

Span = tuple[date, date | None]


def render_calendar(site_map: SiteMap, say: Translator) -> str:
    """The calendar. It has no clock: the stamp of each event is the day of the latest source."""
    from icalendar import Calendar

    held = [
        (event, span)
        for event in by_date(site_map.dossier.facts_of_kind(Event.file_stem))
        if (span := calendar_span(event.date))
    ]
    titles = [collapse_whitespace(line.claim) for line in site_map.dossier.facts_of_kind("overview") if line.part == "title"]
    calendar = Calendar()
    calendar.add("prodid", "-//briefing//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", titles[0] if titles else say.plain("briefing"))
    due = [(clause, span) for clause in _clauses_with_deadline(site_map) if (span := calendar_span(clause.deadline_date or ""))]
    calendar.add("x-wr-caldesc", say.plain("calendar-holds", count=len(held) + len(due)))
    stamp = _latest_source_date(site_map)
    for event, span in held:
        calendar.add_component(_event_component(site_map, say, event, span, stamp))
    for clause, span in due:
        calendar.add_component(_deadline_component(site_map, say, clause, span, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def calendar_span(text: str) -> Span | None:
    """The day, the days or the moment of a date in EDTF, with the day after the last; None where a calendar has no place.

    A time without a zone stands on its day: a calendar would show it as the reader's own hour.
    """
    if read_date(text) is None:
        return None
    if timed := DATE_AND_TIME.fullmatch(text):
        day, _, _, zone = timed.groups()
        if zone:
            return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC), None
        text = day
    if not (found := _DAY_RANGE.fullmatch(text)):
        return None
    first, last = found.groups()
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first) + timedelta(days=1)
    except OverflowError:
        return None


def _clauses_with_deadline(site_map: SiteMap) -> list[Clause]:
    """The clauses whose deadline is a day, earliest first."""
    found = (
        clause
        for clause in site_map.dossier.facts_of_kind(Clause.file_stem)
        if isinstance(clause, Clause) and clause.deadline_date
    )
    return sorted(found, key=lambda clause: str(clause.deadline_date))


def _event_component(site_map: SiteMap, say: Translator, event: Event, span: Span, stamp: datetime) -> Any:
    entry = _new_component(site_map, event.key, span, stamp)
    entry.add("summary", collapse_whitespace(event.claim))
    entry.add("description", "\n".join(_event_description(site_map, say, event)))
    if event.inferred:
        entry.add("status", "TENTATIVE")
    return entry


def _deadline_component(site_map: SiteMap, say: Translator, clause: Clause, span: Span, stamp: datetime) -> Any:
    entry = _new_component(site_map, f"{clause.key} deadline", span, stamp)
    label = next(f.meta.label for f in fields_of(Clause) if f.name == "deadline")
    entry.add("summary", f"{say.word(label, 'label')}: {collapse_whitespace(clause.claim)}")
    entry.add(
        "description",
        "\n".join([collapse_whitespace(clause.deadline or ""), *_quotes_with_locators(site_map, say, clause.key)]),
    )
    return entry


def _new_component(site_map: SiteMap, key: str, span: Span, stamp: datetime) -> Any:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", _uid(site_map, key))
    entry.add("dtstamp", stamp)
    entry.add("dtstart", span[0])
    if span[1]:
        entry.add("dtend", span[1])
    entry.add("transp", "TRANSPARENT")
    return entry


def _event_description(site_map: SiteMap, say: Translator, event: Event) -> list[str]:
    """The date in words, how it was worked out, and the quotes; each text on a line of its own."""
    when = read_date(event.date)
    lines = [collapse_whitespace(date_words(when, say.language))] if when else []
    if event.inferred:
        lines += [say.plain("inferred"), collapse_whitespace(event.inferred)]
    return [*lines, *_quotes_with_locators(site_map, say, event.key)]


def _quotes_with_locators(site_map: SiteMap, say: Translator, key: str) -> list[str]:
    """The quotes of a fact and where they stand."""
    return [line for use in site_map.uses[key] for line in (use.exact, _plain_locator(site_map, say, use))]


def _plain_locator(site_map: SiteMap, say: Translator, use: Use) -> str:
    label = next(collapse_whitespace(record.label) for record in source_records(site_map) if record.key == use.quote.source)
    if use.passage.last_paragraph == use.passage.paragraph:
        return say.plain("standing", source=label, number=use.passage.paragraph)
    return say.plain("standing-range", source=label, number=use.passage.paragraph, last=use.passage.last_paragraph)


def _uid(site_map: SiteMap, key: str) -> str:
    """The same wherever and whenever the site is built: made of the first source and the id, which never change."""
    first = next((str(record.sha256) for record in source_records(site_map)), "")
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{first} {key}"))


def _latest_source_date(site_map: SiteMap) -> datetime:
    days = [span[0] for record in source_records(site_map) if (span := calendar_span(record.issued))]
    latest = max((day.date() if isinstance(day, datetime) else day for day in days), default=date(1980, 1, 1))
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)
