"""The rule of agreement: two facts say the same about one thing, or a dispute names them both."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import FACTS_AGREE
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.kinds import Actor, Event, Figure, Reaction
from briefing.model.located_text import Text
from briefing.model.source import Passage
from briefing.rules.claim_context import claim_problem
from briefing.rules.sufficiency import main_quotes
from briefing.text.edtf import read_date
from briefing.text.numbers import find_numbers
from briefing.text.words import normalise


class Assertion(NamedTuple):
    """What one field of a fact says about a thing (`key`): two assertions disagree if only their `value` differs."""

    key: Hashable
    value: Hashable
    fact: Fact
    part: Claim
    text: Text
    message: str


def facts_agree(dossier: Dossier) -> Iterator[Problem]:
    """Facts about the same thing agree, unless a dispute names both.

    Two figures with the same measure, unit and place have the same number. The same printed words (`as-written`) have the
    same date. A name that a source prints for a person belongs to one entry. A quote that supports two reactions of one
    actor has the same `stance` in both, and the same `speech` (direct or reported). Where the sources differ, write a
    dispute: its `about` names both facts, or its positions quote both. Then readers see the difference; otherwise one of the
    two facts is a mistake.

    Only fields are compared. The rule misses one measure in two different wordings, and claims that contradict each other.

    Fails, in facts/figures.yaml:

        grain-again:
          claim: The harbour handled 3.9 million tonnes in the year before 2030, the Gazette says.
          measure: Grain handled at Halden in a year
          value: 3.9 million
          unit: tonnes
          places: [halden]
          quotes:
            gazette: handled 3.4 million tonnes of grain in 2030, down from 3.9 million a year before

    Passes, in facts/figures.yaml:

        grain-again:
          claim: The harbour handled 3.9 million tonnes in the year before 2030, the Gazette says.
          measure: Grain handled at Halden in the year before 2030
          value: 3.9 million
          unit: tonnes
          places: [halden]
          quotes:
            gazette: handled 3.4 million tonnes of grain in 2030, down from 3.9 million a year before
    """
    disputes = _disputes_by_fact(dossier)
    seen: dict[Hashable, dict[Hashable, Assertion]] = {}
    for assertion in _assertions(dossier):
        values = seen.setdefault(assertion.key, {})
        if assertion.value not in values:
            first = next(iter(values.values()), assertion)
            if first.fact is not assertion.fact and not disputes[first.fact.key] & disputes[assertion.fact.key]:
                yield _disagreement(assertion, first)
            values[assertion.value] = assertion


def _disagreement(assertion: Assertion, other: Assertion) -> Problem:
    message = f"`{assertion.text}`: {assertion.message}"
    notes = (f"`{other.fact.key}`, at {other.text.location}, says: {other.text}",)
    help = "correct the one that is wrong, or name both facts under `about:` in a dispute"
    return claim_problem(FACTS_AGREE, assertion.fact, assertion.part, assertion.text, None, message, help, notes)


def _assertions(dossier: Dossier) -> Iterator[Assertion]:
    for fact in dossier.all_facts():
        if isinstance(fact, Figure):
            yield from _figure_assertions(fact)
        elif isinstance(fact, Actor):
            yield from _name_assertions(fact)
        elif isinstance(fact, Reaction):
            yield from _reaction_assertions(dossier, fact)
        if isinstance(fact, Reaction | Event) and fact.date and fact.as_written and read_date(fact.date):
            message = "another fact gives a different date for the same words"
            for place in _places_of_words(dossier, fact, fact.as_written):
                yield Assertion(place, str(fact.date), fact, fact, fact.date, message)


def _figure_assertions(fact: Figure) -> Iterator[Assertion]:
    """The numbers of a figure's value; nothing for a value without a number to compare, such as `hundreds`."""
    values = tuple(value for value, _, _ in find_numbers(fact.value))
    if values:
        thing = (_comparison_form(fact.measure), _comparison_form(fact.unit or ""), tuple(sorted(fact.places)))
        yield Assertion(thing, values, fact, fact, fact.value, "another fact gives a different number for this measure")


def _name_assertions(fact: Actor) -> Iterator[Assertion]:
    """A person's printed names; a group or body can share its name ("protesters", "the ministry") with others."""
    for name in fact.names if fact.type == "person" else ():
        key = ("name", str(name.source), _comparison_form(name.text))
        yield Assertion(key, fact.key, fact, fact, name.text, "another fact gives this name to a different person")


def _reaction_assertions(dossier: Dossier, fact: Reaction) -> Iterator[Assertion]:
    """The stance and kind of speech of a reaction, for each passage it quotes; speech `both` agrees with either kind."""
    for passage in _main_passages(dossier, fact):
        if fact.stance:
            message = "another fact gives a different stance for the same quote"
            yield Assertion(("stance", passage, str(fact.actor)), str(fact.stance), fact, fact, fact.stance, message)
        if fact.speech and fact.speech != "both":
            message = "another fact gives a different kind of speech for the same quote"
            yield Assertion(("speech", passage, str(fact.actor)), str(fact.speech), fact, fact, fact.speech, message)


def _places_of_words(dossier: Dossier, part: Claim, words: Text) -> Iterator[tuple[str, int, int]]:
    """The source and offsets of each place at which a quote of the part prints the words."""
    wanted = normalise(words)
    for quote in part.quotes:
        passage = dossier.passage_of(quote)
        if passage and wanted in normalise(quote.text):
            runs = dossier.sources[quote.source].runs
            run = runs[bisect_right(runs, passage.start, key=lambda run: run.starts[0]) - 1]
            at = run.text.find(wanted, bisect_left(run.starts, passage.start))
            if at >= 0:
                yield str(quote.source), run.starts[at], run.ends[at + len(wanted) - 1]


def _disputes_by_fact(dossier: Dossier) -> dict[str, set[str]]:
    """The ids of the disputes about each fact, or whose positions quote the same passages."""
    by_fact: dict[str, set[str]] = {}
    by_passage: dict[Passage, set[str]] = {}
    for dispute in dossier.facts_of_kind("disputes"):
        for key in dispute.about:
            by_fact.setdefault(str(key), set()).add(dispute.key)
        for part in parts_of(dispute):
            for passage in _main_passages(dossier, part):
                by_passage.setdefault(passage, set()).add(dispute.key)
    for fact in dossier.all_facts():
        passages = (passage for part in parts_of(fact) for passage in _main_passages(dossier, part))
        by_fact.setdefault(fact.key, set()).update(*(by_passage.get(passage, set()) for passage in passages))
    return by_fact


def _main_passages(dossier: Dossier, part: Claim) -> list[Passage]:
    return [passage for quote in main_quotes(part) if (passage := dossier.passage_of(quote))]


def _comparison_form(text: str) -> str:
    return normalise(text).casefold()
