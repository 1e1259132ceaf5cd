"""The rule of history: every change of a released fact has an entry in facts/history.yaml."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import CHANGE_IS_TOLD
from briefing.model.changes import Change, changes_since_release, fact_states
from briefing.model.dossier import Dossier
from briefing.model.kinds import History
from briefing.model.releases import is_calendar_date
from briefing.text.edtf import read_date

HISTORY_FILE = "facts/history.yaml"


def change_is_told(dossier: Dossier) -> Iterator[Problem]:
    """A claim, value or quote that was released does not change silently.

    If a released fact changes or disappears, a history fact says what kind of change it was, when and why. Its `change`
    identifies the earlier and the later text, and its `was` repeats the earlier claims. A history fact without a matching
    change is a problem, and so is a released history fact that has itself changed. Links between facts can change freely.

    Fails, in facts/history.yaml:

        months-of-talks-since-2031-05-01:
          of: months-of-talks
          type: correction
          date: 2031-05-03
          change: 0123456789ab
          note: Nothing was released that could have changed.

    Passes, in releases/2031-05-01.json:

        {"date": "2031-05-01", "facts": {
        "talks-broke-down": {"kind": "context", "parts": [{
          "claim": "The talks in Sarn broke down twice, the Gazette says.",
          "values": {"subject": ["The talks"], "places": ["sarn"]},
          "quotes": [["gazette", "began in Sarn in November 2030 and broke down twice"]]}]}}}
    """
    unreadable = [problem for problem in dossier.problems if problem.rule == CHANGE_IS_TOLD]
    yield from unreadable
    written: Sequence[History] = tuple(dossier.facts_of_kind(History.file_stem))
    found = tuple(changes_since_release(dossier))
    by_change = {(str(fact.of), str(fact.change)): fact for fact in reversed(written)}
    recorded = {change: by_change[change.key, change.id] for change in found if (change.key, change.id) in by_change}
    for change, fact in recorded.items():
        yield from _entry_problems(change, fact)
    covering = {fact.key for fact in recorded.values()}
    stale = [fact for fact in written if fact.key not in covering]
    yield from _stale_problems(dossier, found, [] if unreadable else stale)
    mentioned = {str(fact.of) for fact in stale}
    for change in found:
        if change not in recorded and _is_unrecorded(dossier, change, mentioned):
            yield _unrecorded_problem(dossier, change)


def _stale_problems(dossier: Dossier, found: Sequence[Change], facts: Sequence[History]) -> Iterator[Problem]:
    """The problems of history facts that match no change; facts that cannot be read are left aside."""
    unsure = {key for key, state in fact_states(dossier).items() if state is None} if facts else set()
    for fact in (fact for fact in facts if fact.of not in unsure):
        ids = " or ".join(change.id for change in found if change.key == fact.of)
        message = f"`{fact.of}` has no such change since it was released"
        help = f"check that this entry still describes the change, then write `change: {ids}`" if ids else "delete this entry"
        yield Problem(CHANGE_IS_TOLD, fact.change.location, message, help, fact=fact.key)


def _is_unrecorded(dossier: Dossier, change: Change, mentioned: set[str]) -> bool:
    """Whether no history fact mentions a change, not even a stale one or one that could not be read.

    Only changes since the last release count: earlier ones were checked at that release.
    """
    ids = dossier.known_ids.get(History.file_stem, frozenset())
    all_read = ids is not None and ids <= set(dossier.facts.get(History.file_stem, {}))
    is_history = change.old["kind"] == History.file_stem
    return not change.until and (is_history or (all_read and change.key not in mentioned))


def _unrecorded_problem(dossier: Dossier, change: Change) -> Problem:
    fact, day = dossier.fact(change.key), change.release.date
    location = fact.location if fact else change.release.location_of(change.key)
    message = f"`{change.key}` was released on {day} and {'has changed since' if change.new else 'is now gone'}"
    if change.old["kind"] == History.file_stem:
        help = "restore it; a released history entry must not change"
        return Problem(CHANGE_IS_TOLD, location, message, help, fact=change.key)
    lost = change.lost_claims() or change.lost_texts()
    notes = tuple(f"released: {text}" for text in lost)
    help = f"add to {HISTORY_FILE}, and fill in type, date and note: {_history_entry(change, lost)}"
    return Problem(CHANGE_IS_TOLD, location, message, help, notes, change.key)


def _history_entry(change: Change, lost: Sequence[str]) -> str:
    """The history fact to paste, on one line, with blanks for what only the curator knows."""
    kind = "correction, update or clarification" if change.new else "withdrawal"
    was = f" was: [{', '.join(json.dumps(text, ensure_ascii=False) for text in lost)}]," if lost else ""
    key = f"{change.key}-since-{change.release.date}"
    return f'{key}: {{of: {change.key}, type: "{kind}", date: YYYY-MM-DD, change: {change.id},{was} note: }}'


def _entry_problems(change: Change, fact: History) -> Iterator[Problem]:
    def problem(text: Any, message: str, help: str) -> Problem:
        return Problem(CHANGE_IS_TOLD, text.location, message, help, fact=fact.key)

    if (fact.type == "withdrawal") != (change.new is None):
        if change.new is None:
            yield problem(fact.type, f"`{change.key}` no longer exists", "write `withdrawal`")
        else:
            yield problem(fact.type, f"`{change.key}` still exists", "write `correction`, `update` or `clarification`")
    if read_date(fact.date) is not None and not is_calendar_date(fact.date):
        yield problem(fact.date, "this is not a single day", "write the day of the change, as in 2020-11-10")
    elif not change.release.date <= fact.date <= (change.until or fact.date):
        until = f" and not after {change.until}" if change.until else ""
        help = f"write a day that is not before {change.release.date}{until}"
        yield problem(fact.date, "the change cannot have been made on this day", help)
    claims = change.lost_claims()
    for text in (text for text in fact.was if " ".join(text.split()) not in (*claims, *change.lost_texts())):
        message = "this text was not released, or has not changed"
        yield problem(text, message, f"copy the earlier text from {change.release.file.path}")
    for claim in (claim for claim in claims if claim not in [" ".join(text.split()) for text in fact.was]):
        help = f"add to `was:` {json.dumps(claim, ensure_ascii=False)}"
        yield problem(fact.change, "`was:` does not repeat the earlier claim", help)
