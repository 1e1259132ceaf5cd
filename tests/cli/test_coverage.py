"""`briefing coverage`: a source paragraph by paragraph, and what to curate next."""

import shlex
from pathlib import Path

import click
import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import check
from briefing.text.words import collapse_whitespace
from tests.cli.test_check import run
from tests.dossiers import write_dossier


def open_the_licence(folder: Path) -> None:
    """Leaves paragraph 13 of the wire report neither used nor left out."""
    path = folder / "facts/sources.yaml"
    head, left, tail = path.read_text("utf-8").rpartition('    - paragraphs: "13"\n')
    assert left
    path.write_text(head + tail.partition("\n")[2], encoding="utf-8")


def test_coverage_shows_what_uses_each_paragraph_and_marks_the_words_in_no_quote(port_lease: Path) -> None:
    result = run("coverage", "wire", "--dir", port_lease)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "wire: 13 paragraphs, 11 used, 2 left out, 0 open; 82 % of its words are quoted\n\n   1  dateline; left out: A date"
    )
    assert (
        """
  11  used by central-bank, output-of-the-isles
      The central bank of the Isles said the agreement would add 0.8 percent to their output, [[a
      figure no other body has confirmed.]]

  12  used by text-not-published
      Neither government has published the text of the agreement.

  13  left out: The licence; it is used in the record.
      © Northern Wire 2031. This report may be republished whole under CC BY 4.0.
"""
        in result.stdout
    )
    assert result.stderr == ""


def test_coverage_prints_every_word_of_every_source_once(port_lease: Path) -> None:
    result = run("coverage", "--dir", port_lease)
    told = collapse_whitespace(result.stdout.replace("[[", "").replace("]]", ""))
    for source in read_dossier(port_lease).sources.values():
        assert all(collapse_whitespace(source.text[p.start : p.end]) in told for p in source.paragraphs)


def test_coverage_underlines_on_a_terminal_what_it_puts_in_brackets_elsewhere(
    port_lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = run("coverage", "--dir", port_lease).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    styled = run("coverage", "--dir", port_lease).stdout
    assert "[[" not in styled
    assert click.style("governments", underline=True) in styled
    assert collapse_whitespace(click.unstyle(styled)) == collapse_whitespace(bare.replace("[[", "").replace("]]", ""))


def test_a_paragraph_that_is_open_exits_1_and_comes_next_with_the_command_to_run(copy_of_port_lease: Path) -> None:
    open_the_licence(copy_of_port_lease)
    assert [problem.rule for problem in check(read_dossier(copy_of_port_lease)).problems] == ["paragraph-is-disposed"]
    whole = run("coverage", "wire", "--dir", copy_of_port_lease)
    assert whole.exit_code == 1
    assert "  13  open: no fact quotes it, and it is not left out\n      [[© Northern Wire" in whole.stdout
    result = run("coverage", "--next", "--dir", copy_of_port_lease)
    assert result.exit_code == 1
    assert result.stderr == "briefing: 1 paragraph is open\n"
    assert result.stdout.startswith("wire, paragraph 13\n      [[© Northern Wire 2031. This report may be republished")
    line = next(line for line in result.stdout.splitlines() if line.startswith("briefing "))
    typed = shlex.split(line.replace("KIND", "context"))
    quoted = run(*typed[1:], "--dir", copy_of_port_lease)
    assert quoted.exit_code == 0
    assert "# wire, paragraph 13\n" in quoted.stdout


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("LINDOW, 3 May 2032 (Coastal Wire) - The ports signed it. More follows.", "The ports signed it."),
        ("The lease – a long one – ends. Then comes another.", "The lease – a long one – ends."),
        ("“We waited,” she said. Nobody asked.", "“We waited,” she said."),
        ("Mr. J. Brandt left at 9 a.m. on Sunday. He was tired.", "Mr. J. Brandt left at 9 a.m. on Sunday."),
        (" ".join(f"w{number}" for number in range(50)), " ".join(f"w{number}" for number in range(30))),
    ],
)
def test_what_comes_next_is_a_sentence_without_its_dateline(paragraph: str, words: str, tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": paragraph})
    line = next(line for line in run("coverage", "--next", "--dir", folder).stdout.splitlines() if line.startswith("briefing "))
    assert shlex.split(line)[3] == words


def test_where_nothing_is_open_nothing_comes_next(port_lease: Path) -> None:
    result = run("coverage", "--next", "--dir", port_lease)
    assert (result.exit_code, result.stdout) == (0, "")
    summary = "briefing: every paragraph is used or left out; 8 of the 25 used ones have words that no fact quotes: "
    assert result.stderr == f"{summary}see `briefing coverage`\n"


def test_coverage_says_whose_quotes_it_could_not_count_and_which_sources_there_are(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / "facts/clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("quarter-century", "quarter century", 1), encoding="utf-8")
    result = run("coverage", "wire", "--dir", copy_of_port_lease)
    assert result.stderr == "not counted, because they cannot be read: lease-term; `briefing check` says why\n"
    assert run("coverage", "wires", "--dir", copy_of_port_lease).exit_code == 2


def test_no_character_that_drives_a_terminal_is_shown_and_joiners_stay(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": 'او می\u200cرود\u202e \u200bto.\n\nThat\'s "it".\n'})
    shown = run("coverage", "--dir", folder).stdout + run("coverage", "--next", "--dir", folder).stdout
    assert "می\u200cرود<U+202E> <U+200B>to" in shown
    assert not {"\u202e", "\u200b"} & set(shown)


def told_of(folder: Path) -> list[str]:
    return [problem.message for problem in check(read_dossier(folder)).problems]


def test_open_paragraphs_of_a_source_are_one_problem_and_its_next_step_runs(tmp_path: Path) -> None:
    folder = write_dossier(
        tmp_path,
        {"context": "talks:\n  claim: Talks began, the wire report says.\n  quotes:\n    wire: Talks began in Sarn\n"},
        {"wire": "A head.\n\nTalks began in Sarn.\n\nThey went on.\n\nThey ended.\n", "note": "One line.\n"},
    )
    found = [problem for problem in check(read_dossier(folder)).problems if problem.rule == "paragraph-is-disposed"]
    assert [problem.message for problem in found] == [
        "3 paragraphs of `wire` are neither used nor left out: 1, 3-4",
        "paragraph 1 of `note` is neither used nor left out",
    ]
    typed = shlex.split(found[0].help.split("`")[1])
    assert run(*typed[1:], "--dir", folder).stdout.startswith("wire, paragraph 1\n")


def test_of_very_many_open_paragraphs_only_the_first_are_numbered(tmp_path: Path) -> None:
    facts = "".join(
        f"met-{n}:\n  claim: They met, the wire report says.\n  quotes:\n    wire: In town {n} they met\n" for n in range(20)
    )
    seed = "\n\n".join(f"In town {n} they met.\n\nThen rain fell." for n in range(20))
    folder = write_dossier(tmp_path, {"context": facts}, {"wire": seed})
    assert "20 paragraphs of `wire` are neither used nor left out: 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, …" in told_of(
        folder
    )


def test_no_paragraph_is_called_open_while_a_quote_of_its_source_does_not_stand(tmp_path: Path) -> None:
    facts = "talks:\n  claim: Talks began, the wire report says.\n  quotes:\n    wire: Talk began in Sarn\n"
    folder = write_dossier(tmp_path, {"context": facts}, {"wire": "Talks began in Sarn.\n"})
    assert told_of(folder) == ["these words are not in `wire`"]


def test_what_leaves_a_paragraph_out_is_ready_to_paste_but_for_the_reason(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "A head.\n\nTalks began in Sarn.\n"})
    for number in (1, 2):
        printed = run("coverage", "wire", "--next", "--dir", folder).stdout.partition("\nor, in facts/sources.yaml, ")[2]
        where, _, lines = printed.partition("\n")
        assert where == f"{'at the end' if number == 1 else 'under `left-out:`'} of the record `wire`:"
        path = folder / "facts/sources.yaml"
        path.write_text(path.read_text("utf-8").rstrip() + "\n" + lines, encoding="utf-8")
        assert told_of(folder) == ["`reason:` is empty"]
        path.write_text(path.read_text("utf-8").replace("reason:\n", "reason: It says nothing.\n"), encoding="utf-8")
    assert told_of(folder) == []
