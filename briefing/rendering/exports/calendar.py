"""The timeline and the deadlines as iCalendar (RFC 5545), as far as their dates are exact to the day.

A deadline is an all-day event and not a VTODO: programs keep to-dos apart from subscribed calendars, and many show none.
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
from briefing.rendering.field_values import by_date
from briefing.rendering.site_map import SiteMap, briefing_title, locator_message
from briefing.text.edtf import DATE_AND_TIME, read_date
from briefing.text.words import collapse_whitespace

CALENDAR_FILE = "timeline.ics"
_DAY_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", re.ASCII)

DateSpan = tuple[date, date | None]


def render_calendar(site_map: SiteMap, say: Translator) -> str:
    """The calendar. Each event has the date of the latest source as its DTSTAMP, so that builds are reproducible."""
    from icalendar import Calendar

    events = [
        (event, span)
        for event in by_date(site_map.dossier.facts_of_kind(Event.file_stem))
        if (span := calendar_span(event.date))
    ]
    calendar = Calendar()
    calendar.add("prodid", "-//briefing//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", briefing_title(site_map.dossier) or say.plain("briefing"))
    deadlines = [
        (clause, span) for clause in _clauses_with_deadline(site_map) if (span := calendar_span(clause.deadline_date or ""))
    ]
    calendar.add("x-wr-caldesc", say.plain("calendar-holds", count=len(events) + len(deadlines)))
    stamp = _latest_source_date(site_map)
    for event, span in events:
        calendar.add_component(_event_component(site_map, say, event, span, stamp))
    for clause, span in deadlines:
        calendar.add_component(_deadline_component(site_map, say, clause, span, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def calendar_span(text: str) -> DateSpan | None:
    """The first day of an EDTF date and the day after its last, or a moment in UTC and None; None for other dates.

    A time without a zone counts as its day, because a calendar would show it in the time zone of the reader.
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
    """The clauses with a deadline date, earliest first."""
    found = (
        clause
        for clause in site_map.dossier.facts_of_kind(Clause.file_stem)
        if isinstance(clause, Clause) and clause.deadline_date
    )
    return sorted(found, key=lambda clause: str(clause.deadline_date))


def _event_component(site_map: SiteMap, say: Translator, event: Event, span: DateSpan, stamp: datetime) -> Any:
    entry = _new_component(site_map, event.key, span, stamp)
    entry.add("summary", collapse_whitespace(event.claim))
    entry.add("description", "\n".join(_event_description(site_map, say, event)))
    if event.inferred:
        entry.add("status", "TENTATIVE")
    return entry


def _deadline_component(site_map: SiteMap, say: Translator, clause: Clause, span: DateSpan, stamp: datetime) -> Any:
    entry = _new_component(site_map, f"{clause.key} deadline", span, stamp)
    label = next(f.meta.label for f in fields_of(Clause) if f.name == "deadline")
    entry.add("summary", f"{say.word(label, 'label')}: {collapse_whitespace(clause.claim)}")
    entry.add(
        "description",
        "\n".join([collapse_whitespace(clause.deadline or ""), *_quotes_with_locators(site_map, say, clause.key)]),
    )
    return entry


def _new_component(site_map: SiteMap, key: str, span: DateSpan, stamp: datetime) -> Any:
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
    """The date in words, how it was inferred, and the quotes; one text per line."""
    when = read_date(event.date)
    lines = [collapse_whitespace(date_words(when, say.language))] if when else []
    if event.inferred:
        lines += [say.plain("inferred"), collapse_whitespace(event.inferred)]
    return [*lines, *_quotes_with_locators(site_map, say, event.key)]


def _quotes_with_locators(site_map: SiteMap, say: Translator, key: str) -> list[str]:
    """The quotes of a fact, each followed by its locator."""
    return [line for use in site_map.uses[key] for line in (use.exact, _plain_locator(site_map, say, use))]


def _plain_locator(site_map: SiteMap, say: Translator, use: Use) -> str:
    key, values = locator_message(site_map.dossier, use)
    return say.plain(key, **values)


def _uid(site_map: SiteMap, key: str) -> str:
    """A UID that is the same in every build: made of the hash of the first source and the id of the fact."""
    first = next((str(record.sha256) for record in site_map.dossier.records()), "")
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{first} {key}"))


def _latest_source_date(site_map: SiteMap) -> datetime:
    days = [span[0] for record in site_map.dossier.records() if (span := calendar_span(record.issued))]
    latest = max((day.date() if isinstance(day, datetime) else day for day in days), default=date(1980, 1, 1))
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)
