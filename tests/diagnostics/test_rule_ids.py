"""The constants that name rules."""

from briefing.cli.rules import all_rules
from briefing.diagnostics import rule_ids


def test_each_rule_has_one_constant_of_its_name() -> None:
    constants = {name: value for name, value in vars(rule_ids).items() if name.isupper()}
    assert constants == {rule.upper().replace("-", "_"): rule for rule in all_rules()}
