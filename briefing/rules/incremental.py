"""The rules run again in a preview: those that look at one fact at a time, only at facts that are not as they were."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.fact_text import FactText, fact_texts
from briefing.model.facts import Fact
from briefing.model.located_text import Text
from briefing.model.record import Record
from briefing.rules import neutrality, reading, sufficiency

Rule = Callable[[Dossier], Iterator[Problem]]
PER_FACT_RULES = (
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
SPLIT_RULES: dict[str, tuple[Rule, Rule | None]] = {  # rules that look at facts one at a time in a part of what they ask
    "fact-fits-its-kind": (reading.placeholder_problems, reading.fact_shape_problems),
    "quote-is-enough": (sufficiency.short_quote_problems, sufficiency.overused_quote_problems),
    "claim-is-neutral": (neutrality.wording_problems, neutrality.contested_name_problems),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class PartialDossier(Dossier):
    """A dossier of which only some facts are looked at; what these name is found in the whole."""

    selected: tuple[Fact, ...] = ()

    def all_facts(self) -> Iterator[Fact]:
        """The facts that are looked at."""
        return iter(self.selected)


class IncrementalChecker:
    """For each rule what it found last time, and which facts are typed otherwise than then or stand elsewhere.

    What was found in a fact is kept for as long as it stands at its line; one that rests on others is looked at every time.
    """

    def __init__(self) -> None:
        self._context: Any = None
        self._texts: Mapping[str, FactText] = {}
        self._lines: Mapping[str, int] = {}
        self._changed: Container[str] = frozenset()
        self._moved: Container[str] = frozenset()
        self._current: dict[str, list[Problem]] = {}
        self._previous: dict[str, list[Problem]] = {}
        self._parts: dict[tuple[str, ...], PartialDossier] = {}

    def begin(self, dossier: Dossier) -> None:
        """Takes up a dossier: all is looked at again where something changed that every fact may be held against."""
        around, now = _shared_context(dossier), fact_texts(dossier)
        lines = {fact.key: fact.location.line for fact in dossier.all_facts()}
        self._previous, self._current = self._current if around == self._context else {}, {}
        self._changed = {key for key, text in now.items() if self._texts.get(key) != text}
        self._changed |= {fact.key for fact in dossier.all_facts() if _depends_on_other_facts(fact)}
        self._moved = {key for key, line in lines.items() if self._lines.get(key) != line}
        self._context, self._texts, self._lines, self._parts = around, now, lines, {}

    def run(self, name: str, rule: Rule, dossier: Dossier) -> Iterator[Problem]:
        """What a rule finds in a dossier that was taken up."""
        each, rest = SPLIT_RULES.get(name, (rule, None))
        if name not in (*PER_FACT_RULES, *SPLIT_RULES):
            return rule(dossier)
        return chain(self._run_per_fact(name, each, dossier), rest(dossier) if rest else ())

    def _run_per_fact(self, name: str, rule: Rule, dossier: Dossier) -> list[Problem]:
        if name not in self._previous:
            self._current[name] = list(rule(dossier))
            return self._current[name]
        before = self._previous[name]
        recheck = {problem.fact for problem in before if problem.fact in self._moved}
        only = tuple(fact for fact in dossier.all_facts() if fact.key in self._changed or fact.key in recheck)
        done = {fact.key for fact in only}
        reused = [problem for problem in before if problem.fact in self._texts and problem.fact not in done]
        self._current[name] = _in_fact_order(dossier, list(rule(self._part_of(dossier, only))), reused)
        return self._current[name]

    def _part_of(self, dossier: Dossier, selected: tuple[Fact, ...]) -> PartialDossier:
        """The dossier of these facts alone; the same one for every rule that needs the same facts, with what they derived."""
        keys = tuple(fact.key for fact in selected)
        if keys not in self._parts:
            attributes = {f.name: getattr(dossier, f.name) for f in fields(Dossier) if f.init}
            self._parts[keys] = PartialDossier(**attributes, selected=selected)
        return self._parts[keys]


def _in_fact_order(dossier: Dossier, found: list[Problem], reused: list[Problem]) -> list[Problem]:
    """What was found now and what was kept, in the order of the facts."""
    turn = {fact.key: n for n, fact in enumerate(dossier.all_facts())} if reused else {}
    return sorted((*found, *reused), key=lambda problem: turn.get(problem.fact, len(turn))) if reused else found


def _depends_on_other_facts(fact: Fact) -> bool:
    return "facts" in getattr(fact, "evidence_fields", ()) or isinstance(fact, Record)


def _shared_context(dossier: Dossier) -> Any:
    """What a rule may hold any fact against: the sources, the settings, and the names of actors and places."""
    records = [(r.key, str(r.label), str(r.language)) for r in dossier.facts_of_kind("sources") if isinstance(r, Record)]
    named = [
        (fact.key, *_plain_values(fact, ("name", "type", "of", "names")))
        for stem in ("actors", "places")
        for fact in dossier.facts_of_kind(stem)
    ]
    return list(dossier.sources.items()), records, dossier.settings, named


def _plain_values(fact: Fact, names: tuple[str, ...]) -> Iterator[object]:
    for name in names:
        value = getattr(fact, name, "")
        yield str(value) if isinstance(value, Text) else value
