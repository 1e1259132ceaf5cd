"""The rule of history: what was released and is otherwise now is told, once, as what it is."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.change import Change, changes, states
from briefing.dossier import Dossier
from briefing.kinds import History
from briefing.problem import Problem
from briefing.release import TOLD, is_day

HISTORY = "facts/history.yaml"


def change_is_told(dossier: Dossier) -> Iterator[Problem]:
    """A claim, value or quote that was released does not change silently.

    A history fact says of each released fact that is now otherwise, or gone, what kind of change it was, when and why;
    `change` pins the earlier and the later text, and `was` repeats the earlier claims. One that covers no change is a
    problem, and so is a released history fact that is itself changed. Links between facts may come and go.
    """
    unreadable = [problem for problem in dossier.problems if problem.rule == TOLD]
    yield from unreadable
    written: Sequence[History] = tuple(dossier.of(History.stem))
    found = tuple(changes(dossier))
    left = {fact.key: fact for fact in written}
    for change in found:
        told = next((fact for fact in left.values() if fact.of == change.key and fact.change == change.id), None)
        if told:
            del left[told.key]
            yield from _told_rightly(change, told)
        elif change.old["kind"] == History.stem or _is_read(dossier):
            yield _untold(dossier, change)
    unsure = {key for key, state in states(dossier).items() if state is None} if left else set()
    for fact in left.values() if not unreadable else ():
        if fact.of not in unsure:
            yield _covers_nothing(found, fact)


def _is_read(dossier: Dossier) -> bool:
    """Whether every history fact that was written could be read."""
    ids = dossier.known.get(History.stem, frozenset())
    return ids is not None and ids <= set(dossier.facts.get(History.stem, {}))


def _untold(dossier: Dossier, change: Change) -> Problem:
    fact, day = dossier.fact(change.key), change.release.date
    mark = fact.mark if fact and not change.until else change.release.mark(change.key)
    message = f"`{change.key}` was released on {day} and is {'otherwise' if change.new else 'gone'} now"
    if change.until:
        message = (
            f"`{change.key}` was {'changed' if change.new else 'withdrawn'} from {day} to {change.until}, and nothing says so"
        )
    if change.old["kind"] == History.stem:
        return Problem(TOLD, mark, message, "restore it: what was told of a change stays", fact=change.key)
    lost = change.lost_claims() or change.lost_texts()
    notes = tuple(f"released: {text}" for text in lost)
    return Problem(
        TOLD, mark, message, f"add to {HISTORY}, with type, date and note: {_entry(change, lost)}", notes, change.key
    )


def _entry(change: Change, lost: Sequence[str]) -> str:
    """The history fact to paste, on one line; what only the curator knows is left to be written."""
    kind = "correction, update or clarification" if change.new else "withdrawal"
    was = f" was: [{', '.join(json.dumps(text, ensure_ascii=False) for text in lost)}]," if lost else ""
    key = f"{change.key}-since-{change.release.date}"
    return f'{key}: {{of: {change.key}, type: "{kind}", date: YYYY-MM-DD, change: {change.id},{was} note: }}'


def _told_rightly(change: Change, fact: History) -> Iterator[Problem]:
    def problem(text: Any, message: str, help: str) -> Problem:
        return Problem(TOLD, text.mark, message, help, fact=fact.key)

    if (fact.type == "withdrawal") != (change.new is None):
        is_there = "gone" if change.new is None else "still there"
        help = "write `withdrawal` for a fact that is gone, and only for one"
        yield problem(fact.type, f"`{change.key}` is {is_there}", help)
    if not is_day(fact.date):
        yield problem(fact.date, "this is not one day", "write the day of the change, as in 2020-11-10")
    elif fact.date < change.release.date or (change.until and fact.date > change.until):
        until = f" and not after {change.until}" if change.until else ""
        yield problem(fact.date, "the change was not made on this day", f"write a day not before {change.release.date}{until}")
    claims = change.lost_claims()
    for text in (text for text in fact.was if " ".join(text.split()) not in (*claims, *change.lost_texts())):
        yield problem(text, "this is no text that was released and is gone", f"copy it from {change.release.origin.path}")
    for claim in (claim for claim in claims if claim not in [" ".join(text.split()) for text in fact.was]):
        yield problem(
            fact.change, "`was:` does not repeat the earlier claim", f"add to `was:` {json.dumps(claim, ensure_ascii=False)}"
        )


def _covers_nothing(found: Sequence[Change], fact: History) -> Problem:
    ids = ", ".join(change.id for change in found if change.key == fact.of)
    help = f"write its `change:` anew if it is this one: {ids}" if ids else "delete it"
    return Problem(TOLD, fact.change.mark, f"`{fact.of}` has no such change since it was released", help, fact=fact.key)
