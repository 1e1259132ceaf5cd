"""The settings of a briefing: switches of rules, and what is wrong with them."""

from pathlib import Path

import pytest

from briefing.diagnostics.formats import format_line
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import check


def told(folder: Path, yaml: str) -> list[str]:
    (folder / "briefing.yaml").write_text(yaml, encoding="utf-8")
    return [format_line(problem).partition("briefing.yaml")[2] for problem in check(read_dossier(folder)).reported]


def break_a_number(folder: Path) -> None:
    path = folder / "facts" / "figures.yaml"
    path.write_text(path.read_text("utf-8").replace("claim: Police counted 4,000", "claim: Police counted 5,000"), "utf-8")


@pytest.mark.parametrize(("severity", "problems", "warnings"), [("error", 1, 0), ("warning", 0, 1), ("off", 0, 0)])
def test_a_rule_is_switched(severity: str, problems: int, warnings: int, copy_of_port_lease: Path) -> None:
    break_a_number(copy_of_port_lease)
    (copy_of_port_lease / "briefing.yaml").write_text(f"rules:\n  number-is-quoted: {severity}\n", encoding="utf-8")
    report = check(read_dossier(copy_of_port_lease))
    ours = [[p.severity for p in found if p.rule == "number-is-quoted"] for found in (report.problems, report.warnings)]
    assert ours == [["error"] * problems, ["warning"] * warnings]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("rules: {number-is-qoted: off}", "there is no rule `number-is-qoted` (did you mean `number-is-quoted`?)"),
        ("rules: {quote-is-verbatim: off}", "`quote-is-verbatim` cannot be switched"),
        ("rules: {number-is-quoted: no}", "`no` is no severity (write `error`, `warning` or `off`)"),
        ("parties: [vesia]", "no fact in facts/actors.yaml has the id `vesia` (did you mean `vessia`?)"),
        ("rule: {}", "a settings file has no field `rule` (did you mean `rules`?)"),
        ("- rules", "this file needs `key: value` lines"),
        ("rules: [a", "is not closed"),
    ],
)
def test_what_is_wrong_with_the_settings_is_a_problem_at_its_place(yaml: str, expected: str, copy_of_port_lease: Path) -> None:
    found = told(copy_of_port_lease, yaml)
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith(":1:")


def test_a_briefing_needs_no_settings(copy_of_port_lease: Path) -> None:
    (copy_of_port_lease / "briefing.yaml").unlink()
    dossier = read_dossier(copy_of_port_lease)
    assert dossier.problems == ()
    assert dict(dossier.settings.rules) == {}


def test_settings_that_are_a_link_are_not_read(copy_of_port_lease: Path) -> None:
    (copy_of_port_lease / "briefing.yaml").unlink()
    (copy_of_port_lease / "briefing.yaml").symlink_to("/dev/null")
    problems = read_dossier(copy_of_port_lease).problems
    assert [problem.message for problem in problems] == ["this is a link"]
