"""The fault catalogue: each fault of form is reported by its rule at its place, and no harmless edit is."""

import re
from pathlib import Path

import pytest

from bench.faults import METHOD, OF_A_SITE, TABLE, TITLES, measured, ours, read_tables, tables, with_measured
from briefing.diagnostics.formats import format_full
from tests.fault_catalogue import FOLDER, HOMES, Case, Copy, is_caught, read_cases
from tests.fault_edits import with_field

FAULTS = read_cases("structural")
EDITS = [*read_cases("harmless"), *read_cases("harmless-second")]
HARMLESS = [edit for edit in EDITS if not edit.objection]
OBJECTED = [edit for edit in EDITS if edit.objection]


def name(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Copy]:
    return {dossier: Copy(dossier, tmp_path_factory.mktemp("faults"), keeps=True) for dossier in HOMES}


@pytest.fixture(scope="module")
def read_anew(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Copy]:
    return {dossier: Copy(dossier, tmp_path_factory.mktemp("anew")) for dossier in HOMES}


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_a_fault_of_form_is_reported_only_by_its_rule_at_its_place(fault: Case, copies: dict[str, Copy]) -> None:
    found = copies[fault.dossier].told(fault)
    assert fault.rule
    assert fault.at
    assert is_caught(fault, found)
    assert len(found) == 1 or fault.others


@pytest.mark.parametrize("edit", HARMLESS, ids=name)
def test_a_harmless_edit_is_not_reported(edit: Case, copies: dict[str, Copy]) -> None:
    assert copies[edit.dossier].told(edit) == []


@pytest.mark.parametrize("edit", OBJECTED, ids=name)
def test_the_objections_to_supposedly_harmless_edits_are_known(edit: Case, copies: dict[str, Copy]) -> None:
    assert edit.objection in {problem.rule for problem in copies[edit.dossier].told(edit)}


@pytest.mark.parametrize("case", [*FAULTS, *EDITS][::12], ids=name)
def test_what_is_kept_of_other_cases_changes_nothing_of_what_is_told(
    case: Case, copies: dict[str, Copy], read_anew: dict[str, Copy]
) -> None:
    told, anew = copies[case.dossier].told(case), read_anew[case.dossier].told(case)
    assert list(map(format_full, told)) == list(map(format_full, anew))


@pytest.mark.long
def test_the_table_and_the_method_page_say_what_is_caught_today(read_anew: dict[str, Copy]) -> None:
    today = tables(ours(read_anew), {})
    kept = read_tables(TABLE.read_text("utf-8"))
    assert set(kept) - {"Together"} == set(today) | {TITLES[stem] for stem in OF_A_SITE}
    for title, rows in today.items():
        assert {sort: counts[:5] for sort, counts in kept[title].items()} == rows
        assert kept["Together"][title] == kept[title]["all"]
    page = METHOD.read_text("utf-8")
    assert measured(today) in page
    assert with_measured(page, measured(today)) == page


def test_no_other_checker_catches_more_of_any_group_of_faults() -> None:
    for title, counts in read_tables(TABLE.read_text("utf-8"))["Together"].items():
        if "Harmless" not in title:
            assert max(counts[5:]) <= counts[2]


def test_the_catalogue_is_large_and_each_name_is_unique_in_its_file() -> None:
    for path in FOLDER.glob("*.yaml"):
        cases = read_cases(path.stem)
        assert len(cases) == len(re.findall(r"^[a-z0-9-]+:", path.read_text("utf-8"), re.MULTILINE))
        assert all(case.sort for case in cases)
    assert len(FAULTS) >= 110
    assert len(read_cases("semantic-first")) >= 60
    assert len(HARMLESS) >= 80
    assert len(read_cases("semantic-second")) >= 60


def test_a_case_leaves_no_trace(copies: dict[str, Copy]) -> None:
    for copy in copies.values():
        left = {path: path.read_bytes() for path in copy.folder.rglob("*") if path.is_file()}
        assert left == copy.files


FACT = """\
talks:
  claim: >-
    Talks began
    in Sarn.
  places: [sarn]
  quotes:
    gazette: Talks began in Sarn

# Others
rent:
  claim: Rent is paid.
"""


@pytest.mark.parametrize(
    ("field", "into", "old", "new"),
    [
        ("claim", "Talks ended.", "claim: >-\n    Talks began\n    in Sarn.", "claim: Talks ended."),
        ("claim", "He said: no.", "claim: >-\n    Talks began\n    in Sarn.", "claim: >-\n    He said: no."),
        ("quotes", "wire: a\nnews: b\n", "quotes:\n    gazette: Talks began in Sarn", "quotes:\n    wire: a\n    news: b"),
        ("places", ["sarn", "halden"], "places: [sarn]", "places: [sarn, halden]"),
        ("places", "", "  places: [sarn]\n", ""),
        ("subject", "Talks", "Talks began in Sarn\n\n# Others", "Talks began in Sarn\n  subject: Talks\n\n# Others"),
    ],
)
def test_a_field_is_replaced_whole_and_the_rest_stays(tmp_path: Path, field: str, into: object, old: str, new: str) -> None:
    file = tmp_path / "context.yaml"
    file.write_text(FACT, "utf-8")
    assert old in FACT
    assert with_field(file, "talks", field, into) == FACT.replace(old, new)
