"""What README shows is what happens."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner

from bench.misquotes import ours, substring, word_bounded
from briefing.checks import check
from briefing.cli import COMMANDS, main
from briefing.dossier import read_dossier
from briefing.problem import draw_full
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
    drawn = [draw_full(problem) for problem in problems if problem.rule == "quote-is-whole-words"]
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
    said = re.search(r"(?s)Of the (\d+) hand-made.*?lets (\d+) through, a\s+word-bounded one (\d+), `briefing` none", README)
    assert said is not None
    assert [int(number) for number in said.groups()] == [len(MISQUOTES), *let_through[:2]]
    assert let_through[2] == 0
    assert f"none of the {len(FAIR_QUOTES)} fair quotes" in README
    assert all(ours(row) for row in FAIR_QUOTES)
