"""The rules: literate cases with the exact text expected, many mistakes at once, and one mistake at a time."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.diagnostics.formats import FORMATS
from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import RULES, check
from tests.conftest import PORT_LEASE
from tests.dossiers import write_dossier
from tests.problem_cases import FOLDER, NOTHING, read_case, run_case

CASES = sorted(FOLDER.glob("*.md"))


def problems_in(folder: Path) -> tuple[Problem, ...]:
    return check(read_dossier(folder)).problems


def change(path: Path, before: str, after: str) -> None:
    """Changes the first place where a file says `before`."""
    text = path.read_bytes().decode()
    assert before in text
    path.write_bytes(text.replace(before, after, 1).encode())


# Literate cases


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_prints_exactly_what_it_says(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert run_case(case, tmp_path) == case.expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_named_for_the_rule_it_shows(path: Path) -> None:
    rule = max((rule for rule in RULES if path.stem.startswith(rule)), key=len, default="")
    expected = read_case(path).expected
    assert rule
    assert f"[{rule}]" in expected or expected == NOTHING


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case_in_which_it_does_not_hold(rule: str) -> None:
    assert any(f"[{rule}]" in read_case(path).expected for path in CASES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_problem_blames_or_speaks_in_the_words_of_a_library(path: Path) -> None:
    said = " ".join(line for line in read_case(path).expected.splitlines() if re.match(r"error|warning|  *=", line)).lower()
    assert not re.search(r"invalid|illegal character|traceback|exception|nonetype|expected .*got|yaml\.|please", said)


# The invented dossier


def test_nothing_is_wrong_with_the_invented_dossier(port_lease: Path) -> None:
    report = check(read_dossier(port_lease))
    assert report.problems == ()
    assert report.checked["facts"] >= 45
    assert report.checked["sources"] == 2


def test_every_kind_of_fact_is_in_the_invented_dossier(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    assert [kind.file_stem for kind in dossier.kinds if not dossier.facts[kind.file_stem]] == ["history"]


def test_the_invented_dossier_is_as_the_design_has_it(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    ids = ("lease-term", "kern-nothing-lost", "lease-starts", "dockers-at-work", "status-of-the-islets")
    assert all(dossier.fact(id) for id in ids)


# Ten mistakes at once

TEN = [
    ("actors", "  type: person\n  role: [Premier]", "  type: premier\n  role: [Premier]", "fact-fits-its-kind"),
    ("clauses", "duration: 25 years", "duration: 25 year", "quote-is-verbatim"),
    ("context", "and broke down twice", "and broke down twic", "quote-is-whole-words"),
    ("disputes", "held-by: [gazette]", "held-by: [gazete]", "reference-exists"),
    ("figures", "claim: Police counted 4,000", "claim: Police counted 5,000", "number-is-quoted"),
    ("overview", "[lease-term, lease-starts]", "[lease-term, lease-starts, lease-ends]", "reference-exists"),
    ("places", "names: {gazette: Sarn, wire: Sarn}", "names: {gazette: Saarn, wire: Sarn}", "quote-is-verbatim"),
    ("reactions", "stance: welcomes", "stance: is happy", "fact-fits-its-kind"),
    ("silences", "absent: [islet, islets, skerry]", "absent: [islet, harbour, skerry]", "silence-is-true"),
    ("timeline", "date: 2030-11", "date: 2030-13", "date-is-possible"),
]


def break_ten(folder: Path) -> None:
    for stem, before, after, _ in TEN:
        change(folder / "facts" / f"{stem}.yaml", before, after)


def test_ten_mistakes_in_ten_kinds_of_fact_are_ten_problems_in_one_run(copy_of_port_lease: Path) -> None:
    break_ten(copy_of_port_lease)
    found = problems_in(copy_of_port_lease)
    places = [(Path(problem.location.file.path).stem, problem.rule) for problem in found]
    # The silence's term is in both sources: one problem for each.
    assert list(dict.fromkeys(places)) == [(stem, rule) for stem, _, _, rule in TEN]
    assert all(problem.help and problem.fact and problem.location.line_text for problem in found)


def test_each_of_ten_problems_points_to_the_wrong_words(copy_of_port_lease: Path) -> None:
    break_ten(copy_of_port_lease)
    places = {Path(p.location.file.path).stem: p.location for p in problems_in(copy_of_port_lease)}
    words = {stem: place.line_text[place.column : place.column + place.width] for stem, place in places.items()}
    assert words == {
        "actors": "premier",
        "clauses": "25 year",
        "context": "began in Sarn in November 2030 and broke down twic",
        "disputes": "gazete",
        "figures": "5,000",
        "overview": "lease-ends",
        "places": "Saarn",
        "reactions": "is happy",
        "silences": "harbour",
        "timeline": "2030-13",
    }


def test_ten_mistakes_make_no_traceback(copy_of_port_lease: Path) -> None:
    break_ten(copy_of_port_lease)
    command = [sys.executable, "-m", "briefing", "check", ".", "--format", "json"]
    run = subprocess.run(command, cwd=copy_of_port_lease, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert {problem["file"] for problem in json.loads(run.stdout)["problems"]} == {f"facts/{t[0]}.yaml" for t in TEN}


# One mistake at a time

MISTAKES = [
    ("facts/reactions.yaml", "  actor: kern\n", "  actor: kern: x\n", "text-is-whole"),
    ("facts/reactions.yaml", "  actor: kern\n", "\tactor: kern\n", "text-is-whole"),
    ("facts/clauses.yaml", "  duration:", "  durations:", "fact-fits-its-kind"),
    ("facts/timeline.yaml", "lease-of-1987:", "harbour-shut:", "id-is-unique"),
    ("facts/timeline.yaml", "lease-of-1987:", "vessia:", "id-is-unique"),
    ("facts/context.yaml", "    gazette: began in Sarn", "    gazete: began in Sarn", "reference-exists"),
    (
        "facts/figures.yaml",
        "wire: The central bank of the Isles said the agreement",
        "wire: The central bank of the Isles said the treaty",
        "quote-is-verbatim",
    ),
    ("facts/sources.yaml", "sha256: 93a8", "sha256: 0000", "source-is-unchanged"),
    ("facts/sources.yaml", "seed: wire.txt", "seed: wires.txt", "source-is-unchanged"),
    ("facts/sources.yaml", "  label: Wire report", "  label: Wire: report", "text-is-whole"),
    ("facts/sources.yaml", '    - share: "80"', "    - share: most", "fact-fits-its-kind"),
    (
        "facts/sources.yaml",
        '    - paragraphs: "5"\n      role: caption',
        '    - paragraphs: "55"\n      role: caption',
        "fact-fits-its-kind",
    ),
    ("facts/sources.yaml", "author: Ilse Vanter", "author: Ilse Vantar", "quote-is-verbatim"),
    ("facts/sources.yaml", '    - share: "80"', '    - share: "10"', "quotation-is-fair"),
]


@pytest.mark.parametrize(("file", "before", "after", "rule"), MISTAKES)
def test_one_mistake_is_one_problem(copy_of_port_lease: Path, file: str, before: str, after: str, rule: str) -> None:
    change(copy_of_port_lease / file, before, after)
    found = problems_in(copy_of_port_lease)
    assert [(Path(problem.location.file.path).name, problem.rule) for problem in found] == [(Path(file).name, rule)]


def test_a_paragraph_is_used_by_the_fact_whose_quote_of_it_is_nearly_right(copy_of_port_lease: Path) -> None:
    change(
        copy_of_port_lease / "facts/figures.yaml",
        "wire: The central bank of the Isles said the agreement",
        "wire: The central bank of the Isles said the treaty",
    )
    assert "paragraph-is-disposed" not in [problem.rule for problem in problems_in(copy_of_port_lease)]


def test_a_claim_based_on_a_fact_left_out_is_not_compared_with_its_numbers(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/clauses.yaml", "subject: The lease", "subjct: The lease")
    assert [problem.rule for problem in problems_in(copy_of_port_lease)] == ["fact-fits-its-kind"]


@pytest.mark.parametrize("rests_on", ["[in-short-lease]", "[lease-term, in-short-lease]"])
def test_a_sentence_of_the_home_page_cannot_be_based_on_itself(copy_of_port_lease: Path, rests_on: str) -> None:
    change(copy_of_port_lease / "facts/overview.yaml", "[lease-term, lease-starts]", rests_on)
    assert [Path(problem.location.file.path).name for problem in problems_in(copy_of_port_lease)] == ["overview.yaml"]


def test_sentences_of_the_home_page_cannot_be_based_on_each_other_in_a_circle(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/overview.yaml", "[lease-term, lease-starts]", "[glance-starts]")
    change(copy_of_port_lease / "facts/overview.yaml", "facts: [lease-starts]", "facts: [in-short-lease]")
    found = problems_in(copy_of_port_lease)
    assert {Path(problem.location.file.path).name for problem in found} == {"overview.yaml"}


def test_a_sentence_of_the_home_page_cannot_be_based_on_a_fact_without_evidence(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/overview.yaml", "facts: [lease-term]", "facts: [gazette]")
    assert [Path(problem.location.file.path).name for problem in problems_in(copy_of_port_lease)] == ["overview.yaml"]


@pytest.mark.parametrize("field", ["accessed: not stated", "issued: 2031-04-02"])
def test_the_dates_of_a_record_are_dates(copy_of_port_lease: Path, field: str) -> None:
    change(copy_of_port_lease / "facts/sources.yaml", f"  {field}", f"  {field.split(':')[0]}: yesterday")
    assert [problem.rule for problem in problems_in(copy_of_port_lease)] == ["date-is-possible"]


# What else may stand in a folder


def test_a_link_a_folder_and_a_pipe_are_not_read_as_facts_or_seeds(copy_of_port_lease: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("secret: 1\n", encoding="utf-8")
    for name in ("facts/places.yaml", "facts/context.yaml", "seeds/wire.txt"):
        (copy_of_port_lease / name).unlink()
    (copy_of_port_lease / "facts/places.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (copy_of_port_lease / "facts/context.yaml").mkdir()
    os.mkfifo(copy_of_port_lease / "seeds/wire.txt")
    found = {(Path(p.location.file.path).name, p.message) for p in problems_in(copy_of_port_lease)}
    assert ("places.yaml", "this is a link") in found
    assert any(name == "context.yaml" and message.startswith("this ") for name, message in found)
    assert ("sources.yaml", "seeds/wire.txt cannot be read: this is not a regular file") in found
    assert "secret" not in str(found)


def test_hidden_files_and_files_of_another_type_are_ignored(copy_of_port_lease: Path) -> None:
    for name in (".clauses.yaml", "#clauses.yaml", "notes.md", "clauses.yaml~"):
        (copy_of_port_lease / "facts" / name).write_text("x: [", encoding="utf-8")
    assert problems_in(copy_of_port_lease) == ()


def test_a_seed_that_is_not_utf_8_is_a_problem_of_its_record(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": "The lease ends.\n"})
    (folder / "seeds/wire.txt").write_bytes(b"\xff\xfe lease")
    messages = [problem.message for problem in problems_in(folder)]
    assert "seeds/wire.txt is not UTF-8" in messages


def test_a_file_with_a_name_that_is_not_utf_8_is_named_all_the_same(copy_of_port_lease: Path) -> None:
    (copy_of_port_lease / "facts/\udcff.yaml").write_text("x: y\n", encoding="utf-8")
    report = check(read_dossier(copy_of_port_lease))
    assert [problem.rule for problem in report.problems] == ["fact-fits-its-kind"]
    assert all(FORMATS[form](report).encode() for form in FORMATS)


# Whatever stands in the files


def damaged(text: str, rng: random.Random) -> str:
    """The text with one to three of its lines or characters dropped, doubled, moved, indented or replaced."""
    for _ in range(rng.randint(1, 3)):
        lines = text.split("\n")
        at = rng.randrange(len(lines))
        lines[at : at + 1] = rng.choice(
            [
                [],
                [lines[at]] * 2,
                ["  " + lines[at]],
                [lines[at][2:]],
                [lines[at].replace(":", rng.choice([" ", "::", ": [", ": {", ": >-", ": |", ": - "]), 1)],
                [lines[at][: rng.randrange(len(lines[at]) + 1)]],
                [rng.choice(["- x", "x", "? x", "[", "{}", "...", "---", "a: b", "1", '"', "quotes: []", "  claim: {}"])],
                [lines[at], rng.choice(lines)],
                [lines[at] + rng.choice([" #", ",", "]", "}", "\u0301", "\u200b", "\t", " *a", " &a", "\x00", "\U0001f6a2"])],
                [rng.choice(["", " "]) + rng.choice("0aé二-'\"") + lines[at]],
            ]
        )
        text = "\n".join(lines)
    return text


def damaged_copies(folder: Path, rng: random.Random, many: int) -> Iterator[Path]:
    """The folder, with one of its files damaged, many times over."""
    paths = sorted((folder / "facts").glob("*.yaml")) + sorted((folder / "seeds").glob("*.txt"))
    whole = {path: path.read_bytes() for path in paths}
    for _ in range(many):
        path = rng.choice(paths)
        path.write_bytes(damaged(whole[path].decode(), rng).encode())
        yield path
        path.write_bytes(whole[path])


def test_whatever_is_done_to_a_file_is_a_problem_and_never_a_traceback(copy_of_port_lease: Path) -> None:
    silent = 0
    for path in damaged_copies(copy_of_port_lease, random.Random("damage"), 200):
        report = check(read_dossier(copy_of_port_lease))
        silent += not report.problems
        assert all(isinstance(draw(report), str) for draw in FORMATS.values()), path
        assert all(problem.help and problem.message for problem in report.problems), path
    assert silent < 60


def test_a_dossier_without_wrong_facts_depends_on_none_of_them(copy_of_port_lease: Path) -> None:
    for path in damaged_copies(copy_of_port_lease, random.Random("what is left"), 60):
        dossier = read_dossier(copy_of_port_lease)
        wrong = {problem.fact for problem in check(dossier).problems}
        left = dossier.without(wrong)
        assert {fact.key for fact in left.all_facts()} <= {fact.key for fact in dossier.all_facts()}, path
        assert not {fact.key for stem in left.facts if stem != "sources" for fact in left.facts_of_kind(stem)} & wrong, path


HALF = '\nhalf:\n  claim: "Half typed\n'


@pytest.mark.parametrize("stem", sorted(path.stem for path in (PORT_LEASE / "facts").iterdir()))
def test_a_fact_half_typed_at_the_end_is_the_one_problem_and_the_facts_above_stay(copy_of_port_lease: Path, stem: str) -> None:
    path = copy_of_port_lease / "facts" / f"{stem}.yaml"
    path.write_text(path.read_text("utf-8") + HALF, encoding="utf-8")
    dossier = read_dossier(copy_of_port_lease)
    assert [problem.rule for problem in check(dossier).problems] == ["text-is-whole"]
    assert list(dossier.facts[stem]) == list(read_dossier(PORT_LEASE).facts[stem])


def test_no_claim_is_blamed_for_a_fact_that_is_not_read(copy_of_port_lease: Path) -> None:
    overview = copy_of_port_lease / "facts" / "overview.yaml"
    claim = (
        'Quist welcomed the lease as "the end of a long, cold quarrel" and claimed it was not secret; Osk called it unlawful.'
    )
    text = overview.read_text("utf-8")
    assert "Quist welcomed the lease; Osk called it unlawful." in text
    overview.write_text(text.replace("Quist welcomed the lease; Osk called it unlawful.", claim), encoding="utf-8")
    found = {problem.rule for problem in check(read_dossier(copy_of_port_lease)).problems}
    assert "claim-is-neutral" in found
    (copy_of_port_lease / "facts" / "reactions.yaml").write_text("\t", encoding="utf-8")
    found = check(read_dossier(copy_of_port_lease)).problems
    assert {problem.fact for problem in found} == {""}, found


def test_the_invented_dossier_is_not_written_to() -> None:
    assert check(read_dossier(PORT_LEASE)).problems == ()


@pytest.mark.parametrize("unfit", ["\x02", "\x1b", "a" + "\u0301\u0323" * 40])
def test_a_seed_with_unprintable_characters_is_refused(tmp_path: Path, unfit: str) -> None:
    folder = write_dossier(tmp_path, {}, {"wire": f"The lease {unfit} is signed."})
    found = check(read_dossier(folder)).problems
    assert [problem.rule for problem in found] == ["text-is-whole"]
    assert "contains a character that no page can print" in found[0].message
