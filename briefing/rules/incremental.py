"""The rules run again in a preview: those that look at one fact at a time, only at facts that are not as they were."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.fact_text import Typed, typed
from briefing.model.facts import Fact
from briefing.model.located_text import Text
from briefing.model.record import Record
from briefing.rules import neutrality, reading, sufficiency

Rule = Callable[[Dossier], Iterator[Problem]]
ONE_BY_ONE = (
    "date-is-possible",
    "quote-is-verbatim",
    "quote-is-whole-words",
    "quote-is-unique",
    "number-is-quoted",
    "name-is-quoted",
    "speaker-is-named",
    "negation-agrees",
    "hedge-is-kept",
    "claim-is-our-own",
)
PARTED: dict[str, tuple[Rule, Rule | None]] = {  # rules that look at facts one at a time in a part of what they ask
    "fact-fits-its-kind": (reading.each_is_written, reading.all_fit),
    "quote-is-enough": (sufficiency.each_is_enough, sufficiency.none_bears_too_much),
    "claim-is-neutral": (neutrality.each_is_neutral, neutrality.both_names_are_given),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Part(Dossier):
    """A dossier of which only some facts are looked at; what these name is found in the whole."""

    only: tuple[Fact, ...] = ()

    def every(self) -> Iterator[Fact]:
        """The facts that are looked at."""
        return iter(self.only)


class Again:
    """For each rule what it found last time, and which facts are typed otherwise than then or stand elsewhere.

    What was found in a fact is kept for as long as it stands at its line; one that rests on others is looked at every time.
    """

    def __init__(self) -> None:
        self._around: Any = None
        self._typed: Mapping[str, Typed] = {}
        self._lines: Mapping[str, int] = {}
        self._altered: Container[str] = frozenset()
        self._moved: Container[str] = frozenset()
        self._found: dict[str, list[Problem]] = {}
        self._before: dict[str, list[Problem]] = {}

    def begin(self, dossier: Dossier) -> None:
        """Takes up a dossier: all is looked at again where something changed that every fact may be held against."""
        around, now = _around(dossier), typed(dossier)
        lines = {fact.key: fact.mark.line for fact in dossier.every()}
        self._before, self._found = self._found if around == self._around else {}, {}
        self._altered = {key for key, told in now.items() if self._typed.get(key) != told}
        self._altered |= {fact.key for fact in dossier.every() if _rests_on_others(fact)}
        self._moved = {key for key, line in lines.items() if self._lines.get(key) != line}
        self._around, self._typed, self._lines = around, now, lines

    def run(self, name: str, rule: Rule, dossier: Dossier) -> Iterator[Problem]:
        """What a rule finds in a dossier that was taken up."""
        each, whole = PARTED.get(name, (rule, None))
        if name not in (*ONE_BY_ONE, *PARTED):
            return rule(dossier)
        return chain(self._one_by_one(name, each, dossier), whole(dossier) if whole else ())

    def _one_by_one(self, name: str, rule: Rule, dossier: Dossier) -> list[Problem]:
        if name not in self._before:
            self._found[name] = list(rule(dossier))
            return self._found[name]
        before = self._before[name]
        again = {problem.fact for problem in before if problem.fact in self._moved}
        only = tuple(fact for fact in dossier.every() if fact.key in self._altered or fact.key in again)
        whole = {f.name: getattr(dossier, f.name) for f in fields(Dossier)}
        done = {fact.key for fact in only}
        kept = [problem for problem in before if problem.fact in self._typed and problem.fact not in done]
        self._found[name] = _in_turn(dossier, list(rule(Part(**whole, only=only))), kept)
        return self._found[name]


def _in_turn(dossier: Dossier, found: list[Problem], kept: list[Problem]) -> list[Problem]:
    """What was found now and what was kept, in the order of the facts."""
    turn = {fact.key: n for n, fact in enumerate(dossier.every())} if kept else {}
    return sorted((*found, *kept), key=lambda problem: turn.get(problem.fact, len(turn))) if kept else found


def _rests_on_others(fact: Fact) -> bool:
    return "facts" in getattr(fact, "evidence", ()) or isinstance(fact, Record)


def _around(dossier: Dossier) -> Any:
    """What a rule may hold any fact against: the sources, the settings, and the names of actors and places."""
    records = [(r.key, str(r.label), str(r.language)) for r in dossier.of("sources") if isinstance(r, Record)]
    named = [
        (fact.key, *_plain(fact, ("name", "type", "of", "names"))) for stem in ("actors", "places") for fact in dossier.of(stem)
    ]
    return list(dossier.sources.items()), records, dossier.settings, named


def _plain(fact: Fact, names: tuple[str, ...]) -> Iterator[object]:
    for name in names:
        value = getattr(fact, name, "")
        yield str(value) if isinstance(value, Text) else value
