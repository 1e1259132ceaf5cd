"""The commands `check` and `rules`, and what all commands have in common."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.diagnostics.formats import FORMATS
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import RULES, rule_summary


def run(*arguments: str | Path) -> Result:
    """A command run in this process; an exception in it is an error of the test."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def break_one(folder: Path) -> None:
    path = folder / "facts/clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("quarter-century", "quarter century", 1), encoding="utf-8")


# check


def test_check_exits_0_and_says_how_much_it_checked(port_lease: Path) -> None:
    result = run("check", port_lease)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("briefing: nothing wrong; checked ")
    assert "2 sources" in result.stderr


def test_check_exits_1_and_shows_each_problem(copy_of_port_lease: Path) -> None:
    break_one(copy_of_port_lease)
    result = run("check", copy_of_port_lease)
    assert result.exit_code == 1
    assert result.stdout.startswith("error[quote-is-verbatim]: these words are not in `wire`\n  --> ")
    assert "wire, paragraph 2, prints: will run Halden port under a quarter-century lease" in result.stdout
    assert result.stderr.startswith("briefing: 1 problem; checked ")


def test_check_in_the_current_folder_names_files_as_a_person_there_would(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_one(copy_of_port_lease)
    monkeypatch.chdir(copy_of_port_lease)
    assert run("check", "--format", "line").stdout.startswith("facts/clauses.yaml:10:36: quote-is-verbatim: ")


@pytest.mark.parametrize("arguments", [["check", "no-such-folder"], ["check", "--format", "xml"], ["chek"], ["check", "-x"]])
def test_a_run_that_could_not_begin_exits_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_run_that_checked_nothing_does_not_pass(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code != 0
    assert "nothing wrong" not in result.output


def test_a_file_that_is_named_as_a_folder_exits_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run("check", tmp_path / "file").exit_code == 2


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_exits_0_without_and_1_with_a_problem(copy_of_port_lease: Path, form: str) -> None:
    assert run("check", copy_of_port_lease, "--format", form).exit_code == 0
    break_one(copy_of_port_lease)
    result = run("check", copy_of_port_lease, "--format", form)
    assert result.exit_code == 1
    assert "quote-is-verbatim" in result.stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_form_for_programs_is_the_whole_of_what_goes_to_them(copy_of_port_lease: Path, form: str) -> None:
    assert json.loads(run("check", copy_of_port_lease, "--format", form).stdout)
    break_one(copy_of_port_lease)
    assert json.loads(run("check", copy_of_port_lease, "--format", form).stdout)


def test_json_counts_what_was_checked(port_lease: Path) -> None:
    told = json.loads(run("check", port_lease, "--format", "json").stdout)
    dossier = read_dossier(port_lease)
    assert told["checked"] == dossier.counts()
    assert set(told) == {"checked", "problems", "waived"}
    assert (told["checked"]["sources"], told["checked"]["paragraphs"]) == (2, 33)


def test_the_package_runs_as_a_module_and_prints_utf_8_where_the_terminal_does_not(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / "facts/actors.yaml"
    path.write_text(path.read_text("utf-8").replace("type: media", "type: м二\U0001f6a2"), encoding="utf-8")
    command = [sys.executable, "-m", "briefing", "check"]
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(command, cwd=copy_of_port_lease, capture_output=True, env=environment, check=False)
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert b"fact-fits-its-kind" in run.stdout


def test_the_name_of_a_file_with_an_escape_character_does_not_reach_the_terminal(copy_of_port_lease: Path) -> None:
    (copy_of_port_lease / "facts/\x1b[31m.yaml").write_text("x: y\n", encoding="utf-8")
    result = run("check", copy_of_port_lease)
    assert result.exit_code == 1
    assert "\x1b" not in result.output


# rules


def test_rules_lists_every_rule_with_what_should_hold() -> None:
    result = run("rules")
    assert result.exit_code == 0
    told = result.stdout.splitlines()
    assert told[: len(RULES)] == [f"{name}: {rule_summary(rule)}" for name, rule in RULES.items()]


@pytest.mark.parametrize("rule", RULES)
def test_rules_tells_the_whole_of_one_rule(rule: str) -> None:
    result = run("rules", rule)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule}\n\n")
    assert result.stdout.split()[1:] == (RULES[rule].__doc__ or "").split()
    assert not re.search(r"^ {4}[a-z]+ ", result.stdout.split("Fails, in")[0], re.MULTILINE)


def test_rules_tells_of_the_rules_of_the_built_site_too() -> None:
    assert "page-is-cited: Every text that a built site shows" in run("rules").stdout
    assert "about method" in run("rules", "page-is-cited").stdout
    assert run("rules", "site-is-whole").exit_code == 0


def test_rules_does_not_know_a_rule_that_is_none() -> None:
    result = run("rules", "quote-is-nice")
    assert result.exit_code == 2
    assert "quote-is-nice" in result.stderr
    assert "briefing rules" in result.stderr


def test_help_and_version_are_there() -> None:
    assert run("--help").exit_code == 0
    assert run("quote", "-h").exit_code == 0
    assert run("--version").stdout.startswith("briefing, version ")
