"""Checks a dossier again in a preview: rules that look at one fact at a time look only at facts that have changed."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import (
    CLAIM_IS_NEUTRAL,
    CLAIM_IS_OUR_OWN,
    DATE_IS_POSSIBLE,
    FACT_FITS_ITS_KIND,
    HEDGE_IS_KEPT,
    NAME_IS_QUOTED,
    NEGATION_AGREES,
    NUMBER_IS_QUOTED,
    QUOTE_IS_ENOUGH,
    QUOTE_IS_UNIQUE,
    QUOTE_IS_VERBATIM,
    QUOTE_IS_WHOLE_WORDS,
    SENTENCE_IS_KEPT,
    SPEAKER_IS_NAMED,
)
from briefing.model.dossier import Dossier
from briefing.model.fact_text import FactText, fact_texts
from briefing.model.facts import Claim, Fact
from briefing.model.located_text import Text
from briefing.model.record import Record
from briefing.rules import neutrality, reading, sufficiency

Rule = Callable[[Dossier], Iterator[Problem]]
PER_FACT_RULES = (
    DATE_IS_POSSIBLE,
    QUOTE_IS_VERBATIM,
    QUOTE_IS_WHOLE_WORDS,
    QUOTE_IS_UNIQUE,
    SENTENCE_IS_KEPT,
    NUMBER_IS_QUOTED,
    NAME_IS_QUOTED,
    SPEAKER_IS_NAMED,
    NEGATION_AGREES,
    HEDGE_IS_KEPT,
    CLAIM_IS_OUR_OWN,
)
SPLIT_RULES: dict[str, tuple[Rule, Rule | None]] = {  # rules of two parts: one fact at a time, and all facts together
    FACT_FITS_ITS_KIND: (reading.placeholder_problems, reading.fact_shape_problems),
    QUOTE_IS_ENOUGH: (sufficiency.short_quote_problems, sufficiency.overused_quote_problems),
    CLAIM_IS_NEUTRAL: (neutrality.wording_problems, neutrality.contested_name_problems),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class PartialDossier(Dossier):
    """A dossier of which rules look at only some facts; lookups by id still find all of them."""

    selected: tuple[Fact, ...] = ()

    def all_facts(self) -> Iterator[Fact]:
        """The selected facts."""
        return iter(self.selected)


class IncrementalChecker:
    """Remembers what each rule found in the last run, and the text and line of each fact then.

    Problems of a fact are reused while its text and line stay the same. A fact that depends on others is always checked.
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
        """Starts a run: compares the dossier with the last one; if what all facts depend on has changed, forgets the rest."""
        context, texts = _shared_context(dossier), fact_texts(dossier)
        lines = {fact.key: fact.location.line for fact in dossier.all_facts()}
        self._previous, self._current = self._current if context == self._context else {}, {}
        self._changed = {key for key, text in texts.items() if self._texts.get(key) != text}
        self._changed |= {fact.key for fact in dossier.all_facts() if _depends_on_other_facts(fact)}
        self._moved = {key for key, line in lines.items() if self._lines.get(key) != line}
        self._context, self._texts, self._lines, self._parts = context, texts, lines, {}

    def run(self, name: str, rule: Rule, dossier: Dossier) -> Iterator[Problem]:
        """The problems that a rule finds in the dossier that the run began with."""
        each, rest = SPLIT_RULES.get(name, (rule, None))
        if name not in (*PER_FACT_RULES, *SPLIT_RULES):
            return rule(dossier)
        return chain(self._run_per_fact(name, each, dossier), rest(dossier) if rest else ())

    def _run_per_fact(self, name: str, rule: Rule, dossier: Dossier) -> list[Problem]:
        if name not in self._previous:
            self._current[name] = list(rule(dossier))
            return self._current[name]
        previous = self._previous[name]
        moved = {problem.fact for problem in previous if problem.fact in self._moved}
        selected = tuple(fact for fact in dossier.all_facts() if fact.key in self._changed or fact.key in moved)
        keys = {fact.key for fact in selected}
        reused = [problem for problem in previous if problem.fact in self._texts and problem.fact not in keys]
        self._current[name] = _in_fact_order(dossier, list(rule(self._part_of(dossier, selected))), reused)
        return self._current[name]

    def _part_of(self, dossier: Dossier, selected: tuple[Fact, ...]) -> PartialDossier:
        """The dossier with only these facts selected; rules that select the same facts share it and what it derives."""
        keys = tuple(fact.key for fact in selected)
        if keys not in self._parts:
            attributes = {f.name: getattr(dossier, f.name) for f in fields(Dossier) if f.init}
            self._parts[keys] = PartialDossier(**attributes, selected=selected)
        return self._parts[keys]


def _in_fact_order(dossier: Dossier, found: list[Problem], reused: list[Problem]) -> list[Problem]:
    """New and reused problems in the order of the facts."""
    order = {fact.key: number for number, fact in enumerate(dossier.all_facts())} if reused else {}
    return sorted((*found, *reused), key=lambda problem: order.get(problem.fact, len(order))) if reused else found


def _depends_on_other_facts(fact: Fact) -> bool:
    return isinstance(fact, Record) or bool(isinstance(fact, Claim) and fact.rests_on)


def _shared_context(dossier: Dossier) -> Any:
    """What a rule can compare any fact with: the sources, the settings, and the names of actors and places."""
    records = [(r.key, str(r.label), str(r.language)) for r in dossier.records()]
    names = [
        (fact.key, *_plain_values(fact, ("name", "type", "of", "names")))
        for stem in ("actors", "places")
        for fact in dossier.facts_of_kind(stem)
    ]
    return list(dossier.sources.items()), records, dossier.settings, names


def _plain_values(fact: Fact, names: tuple[str, ...]) -> Iterator[object]:
    for name in names:
        value = getattr(fact, name, "")
        yield str(value) if isinstance(value, Text) else value
