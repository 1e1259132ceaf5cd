"""The rules run again in a preview: those that look at one fact at a time, only at facts that are not as they were."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from briefing.checks import claims, neutral
from briefing.dossier import Dossier
from briefing.fact import Fact
from briefing.node import Text
from briefing.problem import Problem
from briefing.record import Record
from briefing.typed import Typed, typed

Place = tuple[Typed, int]  # a fact as it was typed, and its line
Rule = Callable[[Dossier], Iterator[Problem]]
ONE_BY_ONE = (
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
    "quote-is-enough": (claims.each_is_enough, claims.none_bears_too_much),
    "claim-is-neutral": (neutral.each_is_neutral, neutral.both_names_are_given),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Part(Dossier):
    """A dossier of which only some facts are looked at; what these name is found in the whole."""

    only: tuple[Fact, ...] = ()

    def every(self) -> Iterator[Fact]:
        """The facts that are looked at."""
        return iter(self.only)


class Again:
    """For each rule the facts, as they were typed, in which it found nothing last time, and what stood around them then.

    What was found in a fact is kept for as long as it stands at its line; one that rests on others is looked at every time.
    """

    def __init__(self) -> None:
        self._around: Any = None
        self._quiet: dict[str, set[Typed]] = {}
        self._loud: dict[str, dict[str, tuple[Place, list[Problem]]]] = {}
        self._typed: Mapping[str, Typed] = {}

    def begin(self, dossier: Dossier) -> None:
        """Takes up a dossier: all is looked at again where something changed that every fact may be held against."""
        around = _around(dossier)
        if around != self._around:
            self._around, self._quiet, self._loud = around, {}, {}
        self._typed = typed(dossier)

    def run(self, name: str, rule: Rule, dossier: Dossier) -> Iterator[Problem]:
        """What a rule finds in a dossier that was taken up."""
        each, whole = PARTED.get(name, (rule, None))
        if name not in (*ONE_BY_ONE, *PARTED):
            return rule(dossier)
        return chain(self._one_by_one(name, each, dossier), whole(dossier) if whole else ())

    def _one_by_one(self, name: str, rule: Rule, dossier: Dossier) -> Iterator[Problem]:
        quiet = self._quiet.get(name, set())
        loud_before = self._loud.get(name, {})
        kept = {
            fact.key: loud_before[fact.key]
            for fact in (dossier.fact(key) for key in loud_before)
            if fact and loud_before[fact.key][0] == self._place(fact)
        }
        looked_at = tuple(f for f in dossier.every() if self._typed[f.key] not in quiet and f.key not in kept)
        whole = {f.name: getattr(dossier, f.name) for f in fields(Dossier)}
        found = list(rule(Part(**whole, only=looked_at)))
        loud = {problem.fact for problem in found}
        still = set(self._typed.values()) & quiet
        self._quiet[name] = still | {self._typed[f.key] for f in looked_at if f.key not in loud and not _rests_on_others(f)}
        anew = {f.key: (self._place(f), list[Problem]()) for f in looked_at if f.key in loud}
        for problem in found:
            if problem.fact in anew:
                anew[problem.fact][1].append(problem)
        self._loud[name] = kept | {f.key: anew[f.key] for f in looked_at if f.key in anew and not _rests_on_others(f)}
        return _in_turn(dossier, found, [problem for _, told in kept.values() for problem in told])

    def _place(self, fact: Fact) -> Place:
        return self._typed[fact.key], fact.mark.line


def _in_turn(dossier: Dossier, found: list[Problem], kept: list[Problem]) -> Iterator[Problem]:
    """What was found now and what was kept, in the order of the facts."""
    if not kept:
        return iter(found)
    turn = {fact.key: n for n, fact in enumerate(dossier.every())}
    return iter(sorted((*found, *kept), key=lambda problem: turn.get(problem.fact, len(turn))))


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
