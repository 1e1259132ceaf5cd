"""`briefing quote`: what is found, what is said of it, and that what is printed can be pasted."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics.problem import display_path
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.yaml_reader import read_yaml
from briefing.model.kinds import KINDS
from briefing.model.located_text import ListNode, MapNode, Text
from briefing.rules.registry import check
from briefing.sources.snippets import is_quotable_kind
from briefing.text.words import normalise
from tests.cli.test_check import break_one, run
from tests.dossiers import write_dossier

QUOTING = [kind for kind in KINDS if is_quotable_kind(kind)]


def pasted(printed: str) -> dict[str, str]:
    """What a curator gets who pastes the printed lines: words by source."""
    found = read_yaml("pasted.yaml", printed.encode())
    assert found.problems == ()
    assert isinstance(found.root, MapNode)
    return {str(key): str(value) for key, value in found.root.entries.items() if isinstance(value, Text)}


def test_quote_prints_the_exact_run_ready_to_paste(port_lease: Path) -> None:
    result = run("quote", "wire", "quarter-century lease", "--dir", port_lease)
    assert result.exit_code == 0
    assert result.stdout == (
        "# wire, paragraph 2\n# used by lease-term, {facts}:9\n# used by lease-term, {facts}:21\n"
        "# the sentence says who said this; quote that too, as in `Wednesday, both governments said`\n"
        "wire: >-\n  quarter-century lease\n"
    ).format(facts=display_path(port_lease / "facts/clauses.yaml"))


def test_quote_prints_the_marks_of_the_source_and_not_those_that_were_typed(port_lease: Path) -> None:
    result = run("quote", "wire", 'called the lease "a bridge,\nnot a base."', "--dir", port_lease)
    assert pasted(result.stdout) == {"wire": "called the lease “a bridge, not a base.”"}


def test_quote_makes_a_cut_word_or_number_whole(port_lease: Path) -> None:
    result = run("quote", "gazette", "200 dockers keep", "--dir", port_lease)
    assert result.exit_code == 0
    assert pasted(result.stdout) == {"gazette": "1,200 dockers keep"}


def test_quote_prints_words_that_stand_more_than_once_with_their_neighbours(port_lease: Path) -> None:
    result = run("quote", "gazette", "Vessia", "--dir", port_lease)
    runs = [pasted(offer)["gazette"] for offer in result.stdout.split("\n\n")]
    source = read_dossier(port_lease).sources["gazette"]
    assert len(runs) == len(source.find("Vessia").whole_words) > 1
    assert all(len(source.find(words).whole_words) == 1 for words in runs)


def test_quote_names_the_role_of_a_block_and_both_paragraphs_of_a_split(port_lease: Path) -> None:
    caption = run("quote", "gazette", "The eastern quay at Halden", "--dir", port_lease)
    assert caption.stdout.startswith("# gazette, paragraph 5 (caption)\n")
    split = run("quote", "gazette", "never drop below $60 million", "--dir", port_lease)
    assert split.stdout.startswith("# gazette, paragraph 11-12\n")


def test_quote_suggests_the_nearest_run_and_exits_1(port_lease: Path) -> None:
    result = run("quote", "wire", "under a quarter century lease signed", "--dir", port_lease)
    assert result.exit_code == 1
    assert result.stderr == "these words are not in wire; the most similar passage is:\n"
    assert pasted(result.stdout) == {"wire": "under a quarter-century lease signed"}


def test_quote_says_so_where_nothing_is_like_the_words(port_lease: Path) -> None:
    result = run("quote", "wire", "xyzzy plugh", "--dir", port_lease)
    assert result.exit_code == 1
    assert (result.stdout, result.stderr) == ("", "wire has no words like these\n")


def test_quote_does_not_know_a_source_that_is_none_and_names_those_that_are(port_lease: Path) -> None:
    result = run("quote", "wires", "x", "--dir", port_lease)
    assert result.exit_code == 2
    assert "there is no source `wires`; did you mean `wire`? The sources are: gazette, wire" in result.stderr


def test_every_paragraph_that_quote_prints_can_be_pasted_and_is_verbatim(port_lease: Path) -> None:
    for source in read_dossier(port_lease).sources.values():
        for paragraph in source.paragraphs:
            words = source.text[paragraph.start : paragraph.end]
            result = run("quote", source.id, words, "--dir", port_lease)
            assert normalise(pasted(result.stdout)[source.id]) == normalise(words)
            assert len(source.find(pasted(result.stdout)[source.id]).whole_words) == 1


def test_characters_of_a_seed_that_drive_a_terminal_never_reach_it(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "The lease \x1b[31mis signed\x07 today.\n"})
    result = run("quote", "wire", "signed", "--dir", folder)
    near = run("quote", "wire", "The lease is signed today.", "--dir", folder)
    assert not {"\x1b", "\x07"} & set(result.output + near.output)


def test_quote_searches_every_source_where_none_is_named(port_lease: Path) -> None:
    result = run("quote", "25 years", "--dir", port_lease)
    assert "# gazette, paragraph 6\n" in result.stdout
    near = run("quote", "Her words reached us trough the cabinet office", "--dir", port_lease)
    assert near.exit_code == 1
    assert near.stderr == "these words are in no source; the most similar passage is:\n"
    assert pasted(near.stdout) == {"gazette": "Her words reached us through the cabinet office"}
    assert run("quote", "xyzzy plugh", "--dir", port_lease).stderr == "no source has words like these\n"


def test_quote_says_whether_facts_use_the_words_wholly_or_in_part_or_why_they_are_left_out(port_lease: Path) -> None:
    wider = run("quote", "wire", "The Marrow Isles will run Halden port under a quarter-century lease", "--dir", port_lease)
    path = display_path(port_lease / "facts")
    assert f"# used in part by marrow-isles, {path}/actors.yaml:17\n" in wider.stdout
    assert f"# used in part by lease-term, {path}/clauses.yaml:9\n" in wider.stdout
    fresh = run("quote", "wire", "both governments said", "--dir", port_lease)
    assert fresh.stdout.startswith("# wire, paragraph 2\n# not used yet\n")
    caption = run("quote", "gazette", "The eastern quay at Halden", "--dir", port_lease)
    assert "# left out: A caption; it says nothing about the lease.\n" in caption.stdout


def test_quote_goes_on_where_facts_have_problems_and_says_whose_quotes_it_could_not_count(copy_of_port_lease: Path) -> None:
    break_one(copy_of_port_lease)
    (copy_of_port_lease / "facts/places.yaml").write_text("halden:\n  name: [", encoding="utf-8")
    (copy_of_port_lease / "facts/figures.yaml").write_text("rent:\n  claim:\n", encoding="utf-8")
    result = run("quote", "wire", "quarter-century lease", "--dir", copy_of_port_lease)
    assert result.exit_code == 0
    assert pasted(result.stdout) == {"wire": "quarter-century lease"}
    assert result.stderr == "not counted, because they cannot be read: rent, lease-term; `briefing check` says why\n"


def test_quote_shows_why_a_source_cannot_be_read(copy_of_port_lease: Path) -> None:
    (copy_of_port_lease / "seeds/wire.txt").unlink()
    result = run("quote", "wire", "x", "--dir", copy_of_port_lease)
    assert result.exit_code == 2
    assert "the source `wire` cannot be read" in result.stderr
    assert "seeds/wire.txt cannot be read: there is no such file" in result.stderr
    (copy_of_port_lease / "facts/sources.yaml").unlink()
    assert "no source can be read" in run("quote", "x", "--dir", copy_of_port_lease).stderr


def test_quote_takes_the_words_from_standard_input_and_no_more_than_one_argument_of_them(port_lease: Path) -> None:
    typed = CliRunner().invoke(
        main, ["quote", "wire", "-", "--dir", str(port_lease)], input='called the lease "a bridge,\nnot a base."'
    )
    assert pasted(typed.stdout) == {"wire": "called the lease “a bridge, not a base.”"}
    result = run("quote", "wire", "quarter", "century", "--dir", port_lease)
    assert result.exit_code == 2
    assert "put quotation marks around the words" in result.stderr


def test_words_about_an_ellipsis_are_printed_as_a_list_of_runs(port_lease: Path) -> None:
    result = run("quote", "gazette", "Vessia on Wednesday [...] lease its largest harbour … 25 years", "--dir", port_lease)
    assert result.exit_code == 0
    assert "list of quotes" in result.stderr
    root = read_yaml("pasted.yaml", result.stdout.encode()).root
    assert isinstance(root, MapNode)
    assert isinstance(runs := root.entries[Text("gazette")], ListNode)
    assert runs.values == ["Vessia on Wednesday", "lease its largest harbour", "25 years"]


TYPED = {
    "copied with a hyphen at the end of a line": (
        "The quarter-century lease.",
        "quar-\nter-century lease",
        "quarter-century lease",
    ),
    "broken at its own hyphen": ("The quarter-century lease.", "quarter-\ncentury lease", "quarter-century lease"),
    "with a soft hyphen of a web page": ("The lease is signed.", "lea\xadse is", "lease is"),
    "a seed broken after a hyphen": ("The quarter-\ncentury lease.", "quarter-\ncentury", "quarter- century"),
    "decomposed": ("Café Rösti is open.", "Cafe\u0301 Ro\u0308sti", "Café Rösti"),
    "a decomposed seed": ("Cafe\u0301 Ro\u0308sti is open.", "Café Rösti", "Cafe\u0301 Ro\u0308sti"),
    "an ellipsis that the source prints": ("He said: “Well… no.” And left.", '"Well… no."', "“Well… no.”"),
    "Cyrillic": ("Договор аренды подписан в среду.", "аренды\nподписан", "аренды подписан"),
    "Arabic": ("وقعت فيسيا عقد الإيجار يوم الأربعاء.", "عقد الإيجار", "عقد الإيجار"),
    "Persian, with a joiner": ("او می\u200cرود به بندر.", "می\u200cرود", "می\u200cرود"),
    "Chinese": ("租约二十五年，从五月一日起。", "从五月一日起", "从五月一日起"),
    "a number sign and a colon": ("Berth: pier # 4 is let.", "Berth: pier # 4", "Berth: pier # 4"),
}


@pytest.mark.parametrize("case", TYPED)
def test_words_are_found_however_they_were_copied(tmp_path: Path, case: str) -> None:
    seed, typed, exact = TYPED[case]
    result = run("quote", "wire", typed, "--dir", write_dossier(tmp_path, {}, {"wire": seed}))
    assert result.exit_code == 0
    assert pasted(result.stdout) == {"wire": exact}


SAID = "these are the words, with the quotation marks, apostrophes and dashes of the source\n"
OTHER_MARKS = {
    "double for single": ("He said: 'no', twice.", '"no", twice', "'no', twice"),
    "an apostrophe for a quotation mark": ("He said: “no” and left.", "said: 'no' and left", "said: “no” and left"),
    "guillemets with spaces": ("Il dit «\u00a0non\u00a0» hier.", 'dit "non" hier', "dit « non » hier"),
    "guillemets for straight": ('He said "no" today.', "said « no » today", 'said "no" today'),
    "primes": ("It's 5 miles.", "It′s 5 miles", "It's 5 miles"),
    "a letter apostrophe": ("Itʼs 5 miles.", "It's 5 miles", "Itʼs 5 miles"),
    "two apostrophes": ("He said “no” today.", "said ''no'' today", "said “no” today"),
    "a hyphen for a long dash": (
        "The lease — of 25 years — is signed.",
        "lease - of 25 years - is",
        "lease — of 25 years — is",
    ),
    "a dash without its spaces": ("The lease—of 25 years—is signed.", "lease -- of 25 years -- is", "lease—of 25 years—is"),
    "a hyphen for a range": ("It ran 1987–1999 here.", "ran 1987-1999 here", "ran 1987–1999 here"),
    "a hyphen for a minus": ("It was −5 here.", "It was -5 here", "It was −5 here"),
    "wrapped in marks of its own": ("The lease is signed today.", '"lease is signed"', "lease is signed"),
    "wrapped, and other marks inside": ("He said “no” today.", "“said 'no' today”", "said “no” today"),
}


@pytest.mark.parametrize("case", OTHER_MARKS)
def test_words_typed_with_other_marks_are_found_and_printed_with_the_marks_of_the_source(tmp_path: Path, case: str) -> None:
    seed, typed, exact = OTHER_MARKS[case]
    folder = write_dossier(tmp_path, {}, {"wire": seed})
    result = run("quote", "wire", typed, "--fact", "context", "--dir", folder)
    assert (result.exit_code, result.stderr) == (0, SAID)
    assert f"wire: >-\n      {exact}\n" in result.stdout
    assert len(read_dossier(folder).sources["wire"].find(exact).whole_words) == 1


def test_other_words_are_not_found_for_their_marks(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "A quarter-century lease, “no” less — signed."})
    for typed in ("quarter century lease", '"no more"', "no less, signed", "''"):
        assert run("quote", "wire", typed, "--dir", folder).exit_code == 1, typed


HALF = {
    "a curly one": ("He said: “We sold nothing,” and left.", '"We sold nothing,', "“We sold nothing,”"),
    "over the stop": ("He said: “We sold nothing,” and left.", '"We sold nothing', "“We sold nothing,”"),
    "a straight one": ('He said: "We sold nothing," and left.', '"We sold nothing,', '"We sold nothing,"'),
    "one that closes": ("He said: “We sold nothing,” and left.", 'We sold nothing," and', "“We sold nothing,” and"),
    "a straight one that closes": ('He said: "We sold nothing," and left.', 'We sold nothing," and', '"We sold nothing," and'),
    "low and high": ("Er sagte: „Nichts ist verkauft“ und ging.", "„Nichts ist verkauft", "„Nichts ist verkauft“"),
    "guillemets": ("Он сказал: «Ничего» и ушёл.", "«Ничего", "«Ничего»"),
}


@pytest.mark.parametrize("case", HALF)
def test_a_quotation_mark_gets_its_other_half_where_that_stands_at_the_edge(tmp_path: Path, case: str) -> None:
    seed, typed, exact = HALF[case]
    result = run("quote", "wire", typed, "--dir", write_dossier(tmp_path, {}, {"wire": seed}))
    assert result.exit_code == 0
    assert pasted(result.stdout) == {"wire": exact}
    assert "# extended to the other quotation mark of the pair\n" in result.stdout


@pytest.mark.parametrize(
    ("seed", "typed"),
    [
        ("He said: “We sold nothing,” and left.", "We sold nothing,"),
        ("He said: “We sold nothing,” and left.", "He said: “We sold"),
        ("“We sold nothing.", "“We sold nothing."),
        ('"No", he said: "Go" and left.', '"No", he said: "Go"'),
    ],
)
def test_no_mark_is_added_that_balances_nothing_or_stands_elsewhere(tmp_path: Path, seed: str, typed: str) -> None:
    result = run("quote", "wire", typed, "--dir", write_dossier(tmp_path, {}, {"wire": seed}))
    assert pasted(result.stdout) == {"wire": typed}
    assert "other half" not in result.stdout


def test_words_that_no_file_of_facts_may_hold_are_not_printed_and_exit_1(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "The lea\xadse is signed. It ran [...] out."})
    hidden = run("quote", "wire", "The lea\xadse is", "--dir", folder)
    assert (hidden.exit_code, hidden.stdout) == (1, "")
    assert "wire, paragraph 1: these words contain an invisible character, U+00AD" in hidden.stderr
    assert "these words contain `[...]`" in run("quote", "wire", "ran [...] out", "--dir", folder).stderr


def test_words_that_no_neighbours_make_unique_are_said_to_be_so(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "All is let.\n\nAll is let.\n"})
    assert "# occurs 2 times, and no words around it" in run("quote", "wire", "All is let.", "--dir", folder).stdout


@pytest.mark.parametrize("kind", QUOTING, ids=lambda kind: kind.file_stem)
def test_a_fact_that_is_printed_reads_back_and_lacks_just_what_only_the_curator_knows(
    copy_of_port_lease: Path, kind: Any
) -> None:
    result = run("quote", "wire", "both governments said", "--fact", kind.singular, "--dir", copy_of_port_lease)
    assert result.exit_code == 0
    path = copy_of_port_lease / f"facts/{kind.file_stem}.yaml"
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{result.stdout}", encoding="utf-8")
    report = check(read_dossier(copy_of_port_lease))
    assert report.problems
    assert {problem.rule for problem in report.problems} == {"fact-fits-its-kind"}
    told = [problem.message for problem in report.problems]
    assert "`claim:` is empty" in told
    assert all(message.endswith("is empty") for message in told)
    assert all("delete the line" not in problem.help for problem in report.problems)


def test_a_printed_fact_once_its_claim_is_written_is_right(copy_of_port_lease: Path) -> None:
    result = run("quote", "wire", "both governments said", "--fact", "context", "--dir", copy_of_port_lease)
    fact = result.stdout.replace("claim:\n", "claim: Both governments said something, the wire report says.\n")
    path = copy_of_port_lease / "facts/context.yaml"
    path.write_text((path.read_text("utf-8") if path.exists() else "") + "\n" + fact, encoding="utf-8")
    assert check(read_dossier(copy_of_port_lease)).problems == ()


def test_a_fact_is_appended_as_a_fact_of_its_own_whether_or_not_the_last_line_ends(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / "facts/context.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n"), encoding="utf-8")
    before = {str(key) for key in read_dossier(copy_of_port_lease).known_ids["context"] or ()}
    result = run("quote", "wire", "both governments said", "--fact", "context", "--dir", copy_of_port_lease)
    with path.open("a", encoding="utf-8") as file:
        file.write(result.stdout)
    dossier = read_dossier(copy_of_port_lease)
    assert [problem.message for problem in dossier.problems] == ["`claim:` is empty"]
    assert (dossier.known_ids["context"] or set()) - before == {"both-governments-said"}


def test_facts_printed_at_once_have_ids_of_their_own(port_lease: Path) -> None:
    result = run("quote", "Vessia", "--fact", "context", "--dir", port_lease)
    root = read_yaml("pasted.yaml", result.stdout.encode())
    assert root.problems == ()
    assert isinstance(root.root, MapNode)
    assert len(root.root.entries) > 2


def test_a_kind_that_is_none_or_quotes_nothing_is_told_with_those_that_are(port_lease: Path) -> None:
    typo = run("quote", "25 years", "--fact", "clauzes", "--dir", port_lease)
    assert typo.exit_code == 2
    assert "did you mean `clauses`?" in typo.stderr
    assert "the kinds are: clauses, actors" in run("quote", "25 years", "--fact", "x", "--dir", port_lease).stderr
    assert run("quote", "25 years", "--fact", "overview", "--dir", port_lease).exit_code == 2


def test_a_suggestion_is_never_made_into_a_fact(port_lease: Path) -> None:
    result = run("quote", "wire", "under a quarter century lease signed", "--fact", "clauses", "--dir", port_lease)
    assert result.exit_code == 1
    assert "claim:" not in result.stdout
