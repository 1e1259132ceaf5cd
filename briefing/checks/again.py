"""The rules run again in a preview: those that look at one fact at a time, only at facts that are not as they were."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from briefing.dossier import Dossier
from briefing.fact import Fact
from briefing.node import Text
from briefing.problem import Problem
from briefing.record import Record

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


@dataclass(frozen=True, eq=False, kw_only=True)
class Part(Dossier):
    """A dossier of which only some facts are looked at; what these name is found in the whole."""

    only: tuple[Fact, ...] = ()

    def every(self) -> Iterator[Fact]:
        """The facts that are looked at."""
        return iter(self.only)


class Again:
    """For each rule the facts, as they were typed, in which it found nothing last time, and what stood around them then.

    A fact in which something was found is looked at whenever its file was read anew, since the places of its problems move
    with the lines above it; one that rests on others is looked at every time.
    """

    def __init__(self) -> None:
        self._around: Any = None
        self._quiet: dict[str, set[tuple[str, str]]] = {}
        self._loud: dict[str, dict[str, tuple[Fact, list[Problem]]]] = {}
        self._typed: dict[str, tuple[str, str]] = {}

    def begin(self, dossier: Dossier) -> None:
        """Takes up a dossier: all is looked at again where something changed that every fact may be held against."""
        around = _around(dossier)
        if around != self._around:
            self._around, self._quiet, self._loud = around, {}, {}
        self._typed = {key: told for kind in dossier.kinds for key, told in _typed(dossier, kind.stem)}

    def run(self, name: str, rule: Rule, dossier: Dossier) -> Iterator[Problem]:
        """What a rule finds in a dossier that was taken up."""
        if name not in ONE_BY_ONE:
            return rule(dossier)
        quiet = self._quiet.get(name, set())
        loud_before = self._loud.get(name, {})
        kept = {f.key: loud_before[f.key] for f in dossier.every() if f.key in loud_before and loud_before[f.key][0] is f}
        looked_at = tuple(f for f in dossier.every() if self._typed[f.key] not in quiet and f.key not in kept)
        whole = {f.name: getattr(dossier, f.name) for f in fields(Dossier)}
        found = list(rule(Part(**whole, only=looked_at)))
        loud = {problem.fact for problem in found}
        still = set(self._typed.values()) & quiet
        self._quiet[name] = still | {self._typed[f.key] for f in looked_at if f.key not in loud and not _rests_on_others(f)}
        anew: dict[str, tuple[Fact, list[Problem]]] = {f.key: (f, []) for f in looked_at if f.key in loud}
        for problem in found:
            if problem.fact in anew:
                anew[problem.fact][1].append(problem)
        self._loud[name] = kept | {key: told for key, told in anew.items() if not _rests_on_others(told[0])}
        return _in_turn(dossier, found, kept)


def _in_turn(dossier: Dossier, found: list[Problem], kept: dict[str, tuple[Fact, list[Problem]]]) -> Iterator[Problem]:
    """What was found now and what was kept, in the order of the facts."""
    turn = {fact.key: n for n, fact in enumerate(dossier.every())}
    every = [*found, *(problem for _, told in kept.values() for problem in told)]
    return iter(sorted(every, key=lambda problem: turn.get(problem.fact, len(turn))))


def _rests_on_others(fact: Fact) -> bool:
    return "facts" in getattr(fact, "evidence", ()) or isinstance(fact, Record)


def _typed(dossier: Dossier, stem: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each fact of a kind with the lines that it was typed in."""
    facts: list[Fact] = list(dossier.of(stem))
    for fact, after in zip(facts, [*facts[1:], None], strict=False):
        lines = fact.mark.origin.lines[fact.mark.line : after.mark.line if after else None]
        yield fact.key, (fact.key, "\n".join(lines))


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
