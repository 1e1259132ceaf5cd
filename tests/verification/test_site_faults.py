"""The fault catalogue on built sites, after a release, and of what means harm: each fault is told by its rule at its place."""

from pathlib import Path

import pytest

from bench.faults import OF_A_SITE, SITE, TABLE, TITLES, outcomes, read_tables, tables
from tests.fault_catalogue import HOMES, Case, Copy, is_caught, read_cases
from tests.site_faults import BuiltCopy


def name(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site-faults")


@pytest.fixture(scope="module")
def built(folder: Path, built_lease: Path) -> BuiltCopy:
    return BuiltCopy(folder, built_lease)


@pytest.fixture(scope="module")
def copies(folder: Path) -> dict[str, Copy]:
    return {dossier: Copy(dossier, folder / "copies", keeps=True) for dossier in HOMES}


@pytest.mark.parametrize("fault", read_cases(SITE), ids=name)
def test_a_fault_of_the_site_is_told_where_it_stands(fault: Case, built: BuiltCopy) -> None:
    told = built.told(fault)
    assert is_caught(fault, told)
    assert {problem.rule for problem in told} == {fault.rule}


@pytest.mark.parametrize("edit", read_cases("harmless-site"), ids=name)
def test_an_edit_of_the_site_that_leaves_everything_right_raises_nothing(edit: Case, built: BuiltCopy) -> None:
    assert built.told(edit) == []


@pytest.mark.parametrize("fault", [*read_cases("released"), *read_cases("hostile")], ids=name)
def test_a_change_after_a_release_and_what_means_harm_is_told(fault: Case, copies: dict[str, Copy]) -> None:
    assert is_caught(fault, copies[fault.dossier].told(fault))


def test_the_site_as_built_is_right(built: BuiltCopy) -> None:
    left = {path: path.read_bytes() for path in built.folder.rglob("*") if path.is_file()}
    assert left == built.files


def test_the_table_says_what_is_caught_of_the_site_today(built: BuiltCopy) -> None:
    kept = read_tables(TABLE.read_text("utf-8"))
    for stem in OF_A_SITE:
        today = tables({stem: outcomes({SITE: built}, stem)}, {})[TITLES[stem]]
        assert {sort: counts[:5] for sort, counts in kept[TITLES[stem]].items()} == today
