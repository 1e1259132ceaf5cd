"""What a field may hold, by its annotation: ids, languages, addresses, and mappings keyed by field."""

from pathlib import Path

import pytest

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import MAX_PROBLEMS
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.fact_reader import read_fact
from briefing.loading.yaml_reader import read_yaml
from briefing.model.kinds import KINDS
from briefing.model.located_text import MapNode
from briefing.rendering.pages import render
from briefing.rules.registry import check
from tests.dossiers import write_dossier
from tests.rules.test_rules import change


def problems_of(yaml: str) -> list[str]:
    """What is wrong with the first clause of a text."""
    root = read_yaml("facts/clauses.yaml", yaml.encode()).root
    assert isinstance(root, MapNode)
    key, node = next(iter(root.entries.items()))
    kind = next(kind for kind in KINDS if kind.file_stem == "clauses")
    return [problem.message for problem in read_fact(kind, key, node, kind.singular)[1]]


@pytest.mark.parametrize(
    "id",
    [
        "con",
        "prn",
        "aux",
        "nul",
        "com1",
        "lpt9",
        "index",
        "p1",
        "p18",
        "note-1",
        "mark-12",
        "a" * 81,
        "A",
        "a--b",
        "a-",
        "-a",
        "a b",
        "a.b",
    ],
)
def test_an_id_that_cannot_be_a_file_and_an_anchor_everywhere_is_refused(id: str) -> None:
    (message,) = problems_of(f"'{id}':\n  claim: The lease ends.\n  quotes: {{wire: the lease ends}}\n")
    assert f"`{id}`" in message


@pytest.mark.parametrize("id", ["console", "index-of-prices", "p5-plus-1", "note", "a" * 80, "com10", "1", "nul-set"])
def test_an_id_that_only_resembles_one_of_these_is_taken(id: str) -> None:
    assert problems_of(f"{id}:\n  claim: The lease ends.\n  quotes: {{wire: the lease ends}}\n") == []


LANGUAGES = [
    "en",
    "de-CH",
    "zh-Hant",
    "zh-cmn-Hans-CN",
    "sr-Latn-RS",
    "sl-rozaj-biske",
    "es-419",
    "de-CH-1996",
    "en-a-myext",
    "en-x-priv",
]
NO_LANGUAGES = ["e", "english", "en_GB", "en-", "-en", "en GB", "123", 'en" onclick="x', "en-x", "en--GB", "\u0435n", "e" * 300]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_shape_of_a_language_tag(copy_of_port_lease: Path, language: str) -> None:
    change(copy_of_port_lease / "facts/sources.yaml", "language: en", f"language: {language}")
    assert read_dossier(copy_of_port_lease).problems == ()


@pytest.mark.parametrize("language", NO_LANGUAGES)
def test_what_has_not_the_shape_of_a_language_tag_is_refused(copy_of_port_lease: Path, language: str) -> None:
    change(copy_of_port_lease / "facts/sources.yaml", "language: en", f"language: '{language}'")
    (problem,) = check(read_dossier(copy_of_port_lease)).problems
    assert problem.message == f"`{language}` does not fit `language:`"
    assert problem.location.line_text == f"  language: '{language}'"


def dossier_with_address(folder: Path, address: str) -> Path:
    write_dossier(folder, {}, {"wire": f"The lease is at {address} in full."})
    change(folder / "facts/sources.yaml", "url: not stated", f"url: '{address}'")
    return folder


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        " javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
        "mailto:a@b.example",
    ],
)
def test_an_address_with_another_scheme_is_refused(tmp_path: Path, address: str) -> None:
    found = check(read_dossier(dossier_with_address(tmp_path, address))).problems
    assert [problem.message for problem in found if "url" in problem.message] == [f"`{address}` does not fit `url:`"]


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://wire.example/a?b=1&c", True),
        ("HTTP://wire.example/", True),
        ("www.wire.example/a", False),
        ("wire.example:8080/a", False),
    ],
)
def test_an_address_is_a_link_only_where_it_is_one(tmp_path: Path, address: str, linked: bool) -> None:
    dossier = read_dossier(dossier_with_address(tmp_path, address))
    assert dossier.problems == ()
    assert ('rel="noopener"' in render(dossier)["sources/wire.md"]) == linked


def test_a_basis_for_what_is_no_field_is_not_lost_in_silence(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/sources.yaml", "    title: Printed", "    titel: Printed")
    (problem,) = check(read_dossier(copy_of_port_lease)).problems
    assert (problem.message, problem.help) == ("there is no field `titel` here", "did you mean `title`?")


def test_a_subject_is_a_heading_as_it_was_typed(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/clauses.yaml", "subject: The lease", "subject: eHarbour")
    assert "## eHarbour { #_" in render(read_dossier(copy_of_port_lease))["clauses.md"]


def test_a_source_without_a_word_has_a_page(tmp_path: Path) -> None:
    dossier = read_dossier(write_dossier(tmp_path, {}, {"wire": "* * *"}))
    assert dossier.problems == ()
    assert "0 of 0 words" in render(dossier)["sources/wire.md"]


def test_a_number_of_a_paragraph_is_short(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/sources.yaml", '- paragraphs: "9"', f'- paragraphs: "{"9" * 5000}"')
    assert "is not a paragraph or range of paragraphs" in " ".join(
        p.message for p in check(read_dossier(copy_of_port_lease)).problems
    )


def test_a_file_of_a_thousand_mistakes_tells_the_first_of_them(copy_of_port_lease: Path) -> None:
    facts = "".join(f"fact-{n}:\n  clam: x\n" for n in range(1000))
    (copy_of_port_lease / "facts/clauses.yaml").write_text(facts, encoding="utf-8")
    found = [p for p in check(read_dossier(copy_of_port_lease)).problems if p.location.file.path.endswith("clauses.yaml")]
    assert MAX_PROBLEMS < len(found) < MAX_PROBLEMS + 10
    assert found[-1].message == f"more than {MAX_PROBLEMS} problems in this file; the rest are not shown"


def test_of_a_very_long_line_a_stretch_is_drawn() -> None:
    (problem,) = read_yaml("facts/x.yaml", b"a: " + b"x" * 9000 + b"\xe2\x80\x8b" + b"y" * 9000).problems
    drawn = format_full(problem)
    assert len(drawn) < 3000
    assert "x<U+200B>y" in drawn


def test_quotes_of_a_sentence_of_the_home_page_are_not_lost_in_silence(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/overview.yaml", "  part:", "  quotes: {wire: the lease ends}\n  part:")
    (problem, *_) = check(read_dossier(copy_of_port_lease)).problems
    assert problem.message == "an overview has no field `quotes`"
