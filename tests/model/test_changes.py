"""What counts as changed for a reader, and what does not."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.loading.dossier_reader import read_dossier
from briefing.model.differences import Difference, find_differences
from briefing.model.dossier import Dossier
from tests.conftest import PORT_LEASE
from tests.dossiers import write_dossier

SEED = "The lease is signed for 25 years. It may run on.\n\nDockers strike, and the port is shut.\n"
FACT = """\
lease-term:
  claim: The lease runs 25 years.
  subject: Term
  parties: [a, b]
  quotes:
    wire: [The lease is signed, for 25 years]
    other: Dockers strike
  wordings:
    - claim: One.
      quotes: {wire: It may run on}
    - claim: Two.
      language: en
      quotes: {wire: and the port is shut}
strike:
  claim: Dockers strike.
  quotes: {wire: Dockers strike}
"""


def dossier(folder: Path, clauses: str, seed: str = SEED) -> Dossier:
    return read_dossier(write_dossier(folder, {"clauses": clauses} if clauses else {}, {"wire": seed, "other": seed}))


def clauses_of(tmp_path: Path, before: str, after: str) -> list[Difference]:
    return list(find_differences(dossier(tmp_path / "old", before), dossier(tmp_path / "new", after)))


UNCHANGED = {
    "comments and wraps": ("  claim: The lease runs 25 years.\n", "  # why\n  claim: >-\n    The lease\n    runs 25 years.\n"),
    "order of fields": ("  subject: Term\n  parties: [a, b]\n", "  parties: [a, b]\n  subject: Term\n"),
    "another form of a list": ("  parties: [a, b]\n", "  parties:\n    - a\n    - b\n"),
    "order of sources": (
        "    wire: [The lease is signed, for 25 years]\n    other: Dockers strike\n",
        "    other: Dockers strike\n    wire: [The lease is signed, for 25 years]\n",
    ),
    "white space in a quote": ("wire: [The lease is signed, for", "wire: ['The  lease is signed', for"),
}


@pytest.mark.parametrize("case", UNCHANGED)
def test_what_a_reader_does_not_see_is_no_change(tmp_path: Path, case: str) -> None:
    old, new = UNCHANGED[case]
    assert old in FACT
    assert clauses_of(tmp_path, FACT, FACT.replace(old, new)) == []


def test_a_fact_that_moved_and_parts_that_changed_places_are_no_change(tmp_path: Path) -> None:
    first, second = re.split(r"(?=^strike:)", FACT, flags=re.MULTILINE)
    one, two = re.findall(r"    - claim:(?:.|\n)*?\n(?=    -|$)", first)
    assert clauses_of(tmp_path, FACT, second + first.replace(one + two, two + one)) == []


CHANGED = {
    "claim": ("runs 25 years", "runs 26 years", [("claim", "", ("The lease runs 25 years.",), ("The lease runs 26 years.",))]),
    "value": ("subject: Term", "subject: Years", [("subject", "", ("Term",), ("Years",))]),
    "value gone": ("  subject: Term\n", "", [("subject", "", ("Term",), ())]),
    "list": ("[a, b]", "[b, a]", [("parties", "", ("a", "b"), ("b", "a"))]),
    "one run of two": (
        "is signed, for 25 years]",
        "is signed, It may run on]",
        [("quote of wire", "", ("for 25 years",), ("It may run on",))],
    ),
    "a quote that does not stand": (
        "other: Dockers strike",
        "other: Dockers struck",
        [("quote of other", "", ("Dockers strike",), ("Dockers struck",))],
    ),
    "a part": ("      language: en\n", "      language: fr\n", [("language", "wordings: Two.", ("en",), ("fr",))]),
    "a part gone": (
        "    - claim: One.\n      quotes: {wire: It may run on}\n",
        "",
        [("claim", "wordings: One.", ("One.",), ()), ("quote of wire", "wordings: One.", ("It may run on",), ())],
    ),
}


@pytest.mark.parametrize("case", CHANGED)
def test_each_thing_a_reader_sees_otherwise_is_one_edit(tmp_path: Path, case: str) -> None:
    old, new, edits = CHANGED[case]
    assert FACT.count(old) == 1
    (found,) = clauses_of(tmp_path, FACT, FACT.replace(old, new))
    assert (found.kind.file_stem, found.key, found.how) == ("clauses", "lease-term", "changed")
    assert [tuple(edit) for edit in found.edits] == edits
    assert found.location is not None


def test_facts_that_come_and_go_are_told_whole(tmp_path: Path) -> None:
    without = FACT[: FACT.index("strike:")]
    (come,) = clauses_of(tmp_path / "a", without, FACT)
    (gone,) = clauses_of(tmp_path / "b", FACT, without)
    assert (come.how, gone.how) == ("added", "removed")
    assert [tuple(edit) for edit in come.edits] == [
        ("claim", "", (), ("Dockers strike.",)),
        ("quote of wire", "", (), ("Dockers strike",)),
    ]
    assert [(edit.new, edit.old) for edit in gone.edits] == [(edit.old, edit.new) for edit in come.edits]
    assert gone.location is None


@pytest.mark.parametrize("broken", ["strike:\n  claim:\n", "strike: [\n"])
def test_what_cannot_be_read_is_said_to_be_not_compared_and_never_called_removed(tmp_path: Path, broken: str) -> None:
    found = clauses_of(tmp_path, FACT, FACT[: FACT.index("strike:")] + broken)
    assert ("strike", "unread") in [(one.key, one.how) for one in found]
    assert all(one.how == "unread" for one in found)


def test_a_changed_seed_changes_what_a_quote_prints(tmp_path: Path) -> None:
    old = dossier(tmp_path / "old", FACT, SEED.replace("Dockers", "“Dockers”"))
    new = dossier(tmp_path / "new", FACT)
    assert {one.key for one in find_differences(old, new)} >= {"wire", "other"}


@settings(max_examples=25)
@given(st.data())
def test_a_rewritten_file_with_everything_shuffled_is_no_change(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    shutil.copytree(PORT_LEASE, folder, dirs_exist_ok=True)
    name = data.draw(st.sampled_from(sorted(path.name for path in (folder / "facts").iterdir() if path.name != "sources.yaml")))
    path = folder / "facts" / name
    told = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)

    def shuffled(node: object) -> object:
        if isinstance(node, dict):
            return {key: shuffled(node[key]) for key in data.draw(st.permutations(list(node)))}
        return [shuffled(one) for one in node] if isinstance(node, list) else node

    path.write_text(
        yaml.dump(shuffled(told), sort_keys=False, allow_unicode=True, width=40, default_style='"'), encoding="utf-8"
    )
    new = read_dossier(folder)
    assert new.problems == ()
    assert list(find_differences(read_dossier(PORT_LEASE), new)) == []
