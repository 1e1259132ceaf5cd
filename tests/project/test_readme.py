"""What README shows is what happens."""

import doctest
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.misquotes import ours, substring, word_bounded
from briefing.cli import COMMANDS, main
from briefing.diagnostics.formats import format_full
from briefing.loading.dossier_reader import read_dossier
from briefing.model.kinds import KINDS
from briefing.rules.registry import check
from tests.example_documents import EXAMPLE
from tests.manual import commands, run, sections, serves
from tests.quote_tables import FAIR_QUOTES, MISQUOTES
from tests.sites import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_misquote_is_caught_in_the_words_that_readme_prints(tmp_path: Path) -> None:
    yaml = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    printed = re.search(r"\$ briefing check\n(.*?)```", README, re.DOTALL)
    assert yaml is not None
    assert printed is not None
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    (tmp_path / "facts").mkdir()
    shutil.copy(PROJECT / "facts" / "sources.yaml", tmp_path / "facts")
    (tmp_path / "facts" / "clauses.yaml").write_text(yaml[1], encoding="utf-8")
    problems = check(read_dossier(tmp_path)).problems
    drawn = [format_full(problem) for problem in problems if problem.rule == "quote-is-whole-words"]
    assert [re.sub(r"--> \S*facts/", "--> facts/", text) for text in drawn] == [printed[1].rstrip("\n")]


def test_every_command_of_the_table_exists() -> None:
    named = set(re.findall(r"^\| `briefing (\w+)", README, re.MULTILINE))
    assert named == set(COMMANDS)
    for name in named:
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_every_target_that_readme_names_is_in_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|\$ )make (\w+)", README)):
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)


def test_the_numbers_of_misquotes_are_those_that_the_benchmark_counts() -> None:
    let_through = [sum(map(accepts, MISQUOTES)) for accepts in (substring, word_bounded, ours)]
    pattern = r"(?s)has (\d+) misquotes.*?accepts\s+(\d+) of them, .*? accepts (\d+), and `briefing` accepts none"
    said = re.search(pattern, README)
    assert said is not None
    assert [int(number) for number in said.groups()] == [len(MISQUOTES), *let_through[:2]]
    assert let_through[2] == 0
    assert f"all {len(FAIR_QUOTES)} correct quotes" in README
    assert all(ours(row) for row in FAIR_QUOTES)


def test_the_python_that_it_prints_gives_what_it_prints(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = sections(README)["From Python"]
    assert block.language == "python"
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    (tmp_path / "examples").symlink_to(PROJECT / "examples")
    (tmp_path / "site").symlink_to(published)
    monkeypatch.chdir(tmp_path)
    printed: list[str] = []
    example = doctest.DocTestParser().get_doctest(block.text, {}, "README.md", "README.md", 0)
    assert len(example.examples) == 8
    result = doctest.DocTestRunner(verbose=False).run(example, out=printed.append)
    assert result.failed == 0, "".join(printed)


def test_the_files_of_its_table_are_those_of_kinds() -> None:
    named = set(re.findall(r"\| `facts/(\w+)\.yaml` \|$", README, re.MULTILINE))
    assert named == {kind.file_stem for kind in KINDS} - {"sources", "overview", "history"}


def test_a_briefing_of_your_own_begins_as_it_says(tmp_path: Path) -> None:
    here = tmp_path / "here"
    shutil.copytree(EXAMPLE / "seeds", here / "examples/port-lease/seeds")
    console, fact = sections(README)["A briefing of your own"]
    (environment, install, *steps) = (command for command, _ in commands(console))
    assert environment.startswith("python3 -m venv")
    assert install == "pip install '.[pdf]'"
    folder, printed = here, ""
    for command in steps:
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
        elif command == "mkdocs serve":
            assert serves(folder)
        else:
            done = run(command, folder)
            assert done.returncode == 0, done.stdout
            printed = done.stdout
    quotes = fact.text.partition("  quotes:\n")[2]
    assert quotes in printed
    with (folder / fact.file).open("a", encoding="utf-8") as file:
        file.write(f"\n{fact.text}")
    assert rules_in(folder) == {"paragraph-is-disposed"}
    for wrong, rule in (("1,200 people", "number-is-quoted"), ("1,200 of them", "quote-is-verbatim")):
        path = folder / fact.file
        right = path.read_text("utf-8")
        path.write_text(right.replace(wrong.replace("1,200", "1,180"), wrong), "utf-8")
        assert rule in rules_in(folder)
        path.write_text(right, "utf-8")


def rules_in(folder: Path) -> set[str]:
    return {problem.rule for problem in check(read_dossier(folder)).problems}
