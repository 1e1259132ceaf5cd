"""The rule of history: what was released and is otherwise now is told, once, as what it is."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import HISTORY_RULE
from briefing.model.changes import Change, changes_since_release, fact_states
from briefing.model.dossier import Dossier
from briefing.model.kinds import History
from briefing.model.releases import is_calendar_date
from briefing.text.edtf import read_date

HISTORY_FILE = "facts/history.yaml"


def change_is_told(dossier: Dossier) -> Iterator[Problem]:
    """A claim, value or quote that was released does not change silently.

    A history fact says of each released fact that is now otherwise, or gone, what kind of change it was, when and why;
    `change` pins the earlier and the later text, and `was` repeats the earlier claims. One that covers no change is a
    problem, and so is a released history fact that is itself changed. Links between facts may come and go.

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
    unreadable = [problem for problem in dossier.problems if problem.rule == HISTORY_RULE]
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
    spoken_of = {str(fact.of) for fact in stale}
    for change in found:
        if change not in recorded and _is_unrecorded(dossier, change, spoken_of):
            yield _unrecorded_problem(dossier, change)


def _stale_problems(dossier: Dossier, found: Sequence[Change], facts: Sequence[History]) -> Iterator[Problem]:
    """The history facts that cover no change, but for those of facts that cannot be read as they stand."""
    unsure = {key for key, state in fact_states(dossier).items() if state is None} if facts else set()
    for fact in (fact for fact in facts if fact.of not in unsure):
        ids = ", ".join(change.id for change in found if change.key == fact.of)
        message = f"`{fact.of}` has no such change since it was released"
        help = f"look whether it is told as it is now, and write its `change:` anew: {ids}" if ids else "delete it"
        yield Problem(HISTORY_RULE, fact.change.location, message, help, fact=fact.key)


def _is_unrecorded(dossier: Dossier, change: Change, spoken_of: set[str]) -> bool:
    """Whether nothing speaks of a change: no history fact, be it stale or one that could not be read.

    What changed between two releases was told then, and what was told then stays.
    """
    ids = dossier.known_ids.get(History.file_stem, frozenset())
    all_read = ids is not None and ids <= set(dossier.facts.get(History.file_stem, {}))
    is_history = change.old["kind"] == History.file_stem
    return not change.until and (is_history or (all_read and change.key not in spoken_of))


def _unrecorded_problem(dossier: Dossier, change: Change) -> Problem:
    fact, day = dossier.fact(change.key), change.release.date
    location = fact.location if fact else change.release.location_of(change.key)
    message = f"`{change.key}` {'reads otherwise than it was' if change.new else 'is gone, and was'} released on {day}"
    if change.old["kind"] == History.file_stem:
        return Problem(HISTORY_RULE, location, message, "restore it: what was told of a change stays", fact=change.key)
    lost = change.lost_claims() or change.lost_texts()
    notes = tuple(f"released: {text}" for text in lost)
    return Problem(
        HISTORY_RULE,
        location,
        message,
        f"add to {HISTORY_FILE}, with type, date and note: {_history_entry(change, lost)}",
        notes,
        change.key,
    )


def _history_entry(change: Change, lost: Sequence[str]) -> str:
    """The history fact to paste, on one line; what only the curator knows is left to be written."""
    kind = "correction, update or clarification" if change.new else "withdrawal"
    was = f" was: [{', '.join(json.dumps(text, ensure_ascii=False) for text in lost)}]," if lost else ""
    key = f"{change.key}-since-{change.release.date}"
    return f'{key}: {{of: {change.key}, type: "{kind}", date: YYYY-MM-DD, change: {change.id},{was} note: }}'


def _entry_problems(change: Change, fact: History) -> Iterator[Problem]:
    def problem(text: Any, message: str, help: str) -> Problem:
        return Problem(HISTORY_RULE, text.location, message, help, fact=fact.key)

    if (fact.type == "withdrawal") != (change.new is None):
        is_there = "gone" if change.new is None else "still there"
        help = "write `withdrawal` for a fact that is gone, and only for one"
        yield problem(fact.type, f"`{change.key}` is {is_there}", help)
    if read_date(fact.date) is not None and not is_calendar_date(fact.date):
        yield problem(fact.date, "this is not one day", "write the day of the change, as in 2020-11-10")
    elif not change.release.date <= fact.date <= (change.until or fact.date):
        until = f" and not after {change.until}" if change.until else ""
        yield problem(fact.date, "the change was not made on this day", f"write a day not before {change.release.date}{until}")
    claims = change.lost_claims()
    for text in (text for text in fact.was if " ".join(text.split()) not in (*claims, *change.lost_texts())):
        yield problem(text, "this is no text that was released and is gone", f"copy it from {change.release.file.path}")
    for claim in (claim for claim in claims if claim not in [" ".join(text.split()) for text in fact.was]):
        yield problem(
            fact.change, "`was:` does not repeat the earlier claim", f"add to `was:` {json.dumps(claim, ensure_ascii=False)}"
        )
