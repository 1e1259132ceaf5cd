"""The rule over facts: what two facts say of one thing agrees, or a dispute ties them."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.kinds import Actor, Event, Figure, Reaction
from briefing.model.located_text import Text
from briefing.model.source import Passage
from briefing.rules.claim_problem import claim_problem
from briefing.rules.sufficiency import main_quotes
from briefing.text.edtf import read_date
from briefing.text.numbers import find_numbers
from briefing.text.words import normalise


class Assertion(NamedTuple):
    """One word of a fact about a thing (`key`): two of one key that differ in `value` disagree."""

    key: Hashable
    value: Hashable
    fact: Fact
    part: Claim
    text: Text
    message: str


def facts_agree(dossier: Dossier) -> Iterator[Problem]:
    """Facts that speak of one thing say the same of it, or a dispute ties them.

    Two figures of one measure, unit and place have one number; the same words of a source (`as-written`) have one date; one
    name that a source prints for a person belongs to one entry; and a quote that bears two reactions of one actor is
    graded in one way, in `stance` and as direct or reported `speech`. Where the sources differ, say so: a dispute ties two
    facts when its `about` names both, or its positions quote both. Then readers see it; otherwise one of the two is a slip.

    It compares what the fields say. Two measures in different words, or two claims that contradict each other, it does not
    see.

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
    help = "mend the one that is wrong, or tie both in a dispute's `about`"
    return claim_problem("facts-agree", assertion.fact, assertion.part, assertion.text, None, message, help, notes)


def _assertions(dossier: Dossier) -> Iterator[Assertion]:
    for fact in dossier.all_facts():
        if isinstance(fact, Figure):
            yield from _figure_assertions(fact)
        elif isinstance(fact, Actor):
            yield from _name_assertions(fact)
        elif isinstance(fact, Reaction):
            yield from _reaction_assertions(dossier, fact)
        if isinstance(fact, Reaction | Event) and fact.date and fact.as_written and read_date(fact.date):
            words = _positions_of_words(dossier, fact, fact.as_written)
            yield from (
                Assertion(at, str(fact.date), fact, fact, fact.date, "another fact has another date for the same words")
                for at in words
            )


def _figure_assertions(fact: Figure) -> Iterator[Assertion]:
    """The numbers of a figure's value; none where it has none to compare, as in `hundreds`."""
    values = tuple(value for value, _, _ in find_numbers(fact.value))
    if values:
        thing = (_comparison_form(fact.measure), _comparison_form(fact.unit or ""), tuple(sorted(fact.places)))
        yield Assertion(thing, values, fact, fact, fact.value, "another fact has another number for this measure")


def _name_assertions(fact: Actor) -> Iterator[Assertion]:
    """A person's printed names; those of groups and bodies ("protesters", "the ministry") can be the names of several."""
    for name in fact.names if fact.type == "person" else ():
        yield Assertion(
            ("name", str(name.source), _comparison_form(name.text)),
            fact.key,
            fact,
            fact,
            name.text,
            "another fact names a person so",
        )


def _reaction_assertions(dossier: Dossier, fact: Reaction) -> Iterator[Assertion]:
    """How a reaction is graded, for each passage that bears it; `both` is direct in one part and reported in another."""
    for passage in _main_passages(dossier, fact):
        if fact.stance:
            key = ("stance", passage, str(fact.actor))
            yield Assertion(
                key, str(fact.stance), fact, fact, fact.stance, "another fact has another stance for the same quote"
            )
        if fact.speech and fact.speech != "both":
            key = ("speech", passage, str(fact.actor))
            yield Assertion(
                key, str(fact.speech), fact, fact, fact.speech, "another fact has another kind of speech for the same quote"
            )


def _positions_of_words(dossier: Dossier, part: Claim, words: Text) -> Iterator[tuple[str, int, int]]:
    """Where in the sources the words stand that a part's quotes print."""
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
    """The disputes that tie each fact: those about it, and those whose positions quote what bears it."""
    by_fact: dict[str, set[str]] = {}
    by_passage: dict[Passage, set[str]] = {}
    for dispute in dossier.facts_of_kind("disputes"):
        for key in dispute.about:
            by_fact.setdefault(str(key), set()).add(dispute.key)
        for part in parts_of(dispute):
            for passage in _main_passages(dossier, part):
                by_passage.setdefault(passage, set()).add(dispute.key)
    for fact in dossier.all_facts():
        quoting = [by_passage.get(passage, set()) for part in parts_of(fact) for passage in _main_passages(dossier, part)]
        by_fact.setdefault(fact.key, set()).update(*quoting)
    return by_fact


def _main_passages(dossier: Dossier, part: Claim) -> list[Passage]:
    return [passage for quote in main_quotes(part) if (passage := dossier.passage_of(quote))]


def _comparison_form(text: str) -> str:
    return normalise(text).casefold()
