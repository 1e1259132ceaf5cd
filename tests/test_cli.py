"""The commands `check`, `rules` and `quote`: exit codes, forms, and what is printed ready to paste."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.checks import RULES, summary
from briefing.cli import main
from briefing.dossier import read_dossier
from briefing.node import MapNode, Text
from briefing.problem import FORMATS
from briefing.words import normalise
from briefing.yamlfile import read_yaml
from tests.conftest import write_dossier


def run(*arguments: str | Path) -> Result:
    """A command run in this process; an exception in it is an error of the test."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def break_one(folder: Path) -> None:
    path = folder / "facts/clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("quarter-century", "quarter century", 1), encoding="utf-8")


def pasted(printed: str) -> dict[str, str]:
    """What a curator gets who pastes the printed lines: words by source."""
    found = read_yaml("pasted.yaml", printed.encode())
    assert found.problems == ()
    assert isinstance(found.root, MapNode)
    return {str(key): str(value) for key, value in found.root.entries.items() if isinstance(value, Text)}


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
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(Path(__file__).parents[1])}
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
    assert told[: len(RULES)] == [f"{name}: {summary(rule)}" for name, rule in RULES.items()]


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


# quote


def test_quote_prints_the_exact_run_ready_to_paste(port_lease: Path) -> None:
    result = run("quote", "wire", "quarter-century lease", "--dir", port_lease)
    assert result.exit_code == 0
    assert result.stdout == "# wire, paragraph 2\nwire: >-\n  quarter-century lease\n"


def test_quote_prints_the_marks_of_the_source_and_not_those_that_were_typed(port_lease: Path) -> None:
    result = run("quote", "wire", 'called the lease "a bridge,\nnot a base."', "--dir", port_lease)
    assert pasted(result.stdout) == {"wire": "called the lease “a bridge, not a base.”"}


def test_quote_makes_a_cut_word_or_number_whole(port_lease: Path) -> None:
    result = run("quote", "gazette", "200 dockers keep", "--dir", port_lease)
    assert result.exit_code == 0
    assert pasted(result.stdout) == {"gazette": "1,200 dockers keep"}


def test_quote_prints_words_that_stand_more_than_once_with_their_neighbours(port_lease: Path) -> None:
    result = run("quote", "wire", "Vessian media", "--dir", port_lease)
    assert pasted(result.stdout) == {"wire": "Vessian media"}
    result = run("quote", "wire", "the customs house", "--dir", port_lease)
    assert pasted(result.stdout) == {"wire": "the customs house"}
    result = run("quote", "gazette", "Vessia", "--dir", port_lease)
    runs = [line.strip() for line in result.stdout.splitlines() if line.startswith("  ")]
    source = read_dossier(port_lease).sources["gazette"]
    assert len(runs) == len(source.find("Vessia").whole) > 1
    assert all(len(source.find(words).whole) == 1 for words in runs)


def test_quote_names_the_role_of_a_block_and_both_paragraphs_of_a_split(port_lease: Path) -> None:
    caption = run("quote", "gazette", "The eastern quay at Halden", "--dir", port_lease)
    assert caption.stdout.startswith("# gazette, paragraph 5 (caption)\n")
    split = run("quote", "gazette", "never drop below $60 million", "--dir", port_lease)
    assert split.stdout.startswith("# gazette, paragraph 11-12\n")


def test_quote_suggests_the_nearest_run_and_exits_1(port_lease: Path) -> None:
    result = run("quote", "wire", "under a quarter century lease signed", "--dir", port_lease)
    assert result.exit_code == 1
    assert result.stderr == "these words are not in wire; the nearest run is:\n"
    assert pasted(result.stdout) == {"wire": "under a quarter-century lease signed"}


def test_quote_says_so_where_nothing_is_like_the_words(port_lease: Path) -> None:
    result = run("quote", "wire", "xyzzy plugh", "--dir", port_lease)
    assert result.exit_code == 1
    assert (result.stdout, result.stderr) == ("", "nothing like these words stands in wire\n")


def test_quote_does_not_know_a_source_that_is_none_and_names_those_that_are(port_lease: Path) -> None:
    result = run("quote", "wires", "x", "--dir", port_lease)
    assert result.exit_code == 2
    assert "there is no source `wires`; the sources are: gazette, wire" in result.stderr


def test_every_paragraph_that_quote_prints_can_be_pasted_and_is_verbatim(port_lease: Path) -> None:
    for source in read_dossier(port_lease).sources.values():
        for paragraph in source.paragraphs:
            words = source.text[paragraph.start : paragraph.end]
            result = run("quote", source.id, words, "--dir", port_lease)
            assert normalise(pasted(result.stdout)[source.id]) == normalise(words)
            assert len(source.find(pasted(result.stdout)[source.id]).whole) == 1


def test_characters_of_a_seed_that_drive_a_terminal_never_reach_it(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "The lease \x1b[31mis signed\x07 today.\n"})
    result = run("quote", "wire", "signed", "--dir", folder)
    near = run("quote", "wire", "The lease is signed today.", "--dir", folder)
    assert not {"\x1b", "\x07"} & set(result.output + near.output)


def test_help_and_version_are_there() -> None:
    assert run("--help").exit_code == 0
    assert run("quote", "-h").exit_code == 0
    assert run("--version").stdout.startswith("briefing, version ")
