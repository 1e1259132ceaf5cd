"""The documentation of the rules: every rule says what should hold and why, and its examples fail and pass as they say."""

import re
from pathlib import Path

import pytest

from briefing.rules.registry import RULES, rule_summary
from tests.rule_examples import Example, examples_of, problems_of

EXAMPLES = [(rule, example) for rule in RULES for example in examples_of(rule)]
NAMES = [f"{rule}-{'fails' if example.fails else 'passes'}" for rule, example in EXAMPLES]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_an_example_that_fails_and_one_that_passes(rule: str) -> None:
    assert {example.fails for example in examples_of(rule)} == {True, False}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=NAMES)
def test_an_example_fails_or_passes_as_it_says(rule: str, example: Example, copy_of_port_lease: Path) -> None:
    found = [problem for problem in problems_of(example, copy_of_port_lease) if problem.rule == rule]
    assert bool(found) == example.fails
    assert all(problem.location.file.path.endswith(example.path) or example.path.startswith("seeds/") for problem in found)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=NAMES)
def test_an_example_breaks_no_other_rule_but_those_that_follow_from_it(
    rule: str, example: Example, copy_of_port_lease: Path
) -> None:
    others = {problem.rule for problem in problems_of(example, copy_of_port_lease) if problem.severity == "error"} - {rule}
    assert others <= {"paragraph-is-disposed", "quotation-is-fair", "waiver-is-needed"}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_explains_what_should_hold_and_why(rule: str) -> None:
    explanation = " ".join((RULES[rule].__doc__ or "").split("\n    Fails")[0].split())
    assert rule_summary(RULES[rule]).endswith(".")
    assert len(re.findall(r"[.:!?](?= [A-Z`\"]|$)", explanation)) >= 2


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_named_for_what_should_hold(rule: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule)
    assert re.search(r"-(is|are|has|fits|exists|agrees?)(-|$)", rule)
