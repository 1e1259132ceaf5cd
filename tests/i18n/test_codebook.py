"""The codebook: every kind, field and code of the model is on it, every key of the ledger, and nothing of it elsewhere."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from briefing.i18n import codebook
from briefing.i18n.catalog import messages
from briefing.i18n.messages import fixed_messages
from briefing.loading.dossier_reader import read_dossier
from briefing.model.fields import fields_of
from briefing.model.kinds import KINDS
from briefing.rendering.pages import render
from briefing.verification.html_reader import BuiltPage, read_page
from tests.conftest import PORT_LEASE
from tests.sites import PROJECT
from tests.verifiers import our_problems

OWNERS = (*KINDS, *codebook.part_types(KINDS))


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return render(read_dossier(PORT_LEASE))


@pytest.fixture(scope="module")
def page(files: Mapping[str, str]) -> BuiltPage:
    return read_page(files["codebook.md"])


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner.__name__)
def test_a_kind_or_part_is_told_with_every_field_and_code(owner: type, page: BuiltPage) -> None:
    told = set(page.texts)
    assert {piece.strip() for piece in codebook.about(owner).split("`")} <= told
    for declared in fields_of(owner):
        assert {declared.yaml_key, f"{declared.meta.label}."} <= told
        assert {piece.strip() for piece in declared.meta.help.split("`") if piece.strip()} <= told
        assert set(declared.codes) <= told


def test_every_code_has_a_meaning_and_every_meaning_a_code() -> None:
    meanings = {
        codebook.meaning(declared, code) for owner in OWNERS for declared in fields_of(owner) for code in declared.codes
    }
    assert meanings == {key for key in messages() if key.startswith("means-")}


def test_every_link_of_the_codebook_lands_on_it(page: BuiltPage) -> None:
    assert {link.removeprefix("#") for link in page.links} <= {*page.ids, *(f"_kind-{kind.file_stem}" for kind in KINDS)} | {
        "_dates",
        *(f"_part-{held.yaml_key}" for held in codebook.part_types(KINDS).values()),
    }


def keys_of(value: object, at: str = "") -> Iterator[str]:
    """The paths of the keys in a JSON value, those under ids left out."""
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, at)
    elif isinstance(value, dict) and at not in ("texts", "names", "added", "interface", "facts.standing", "facts.origins"):
        for key, inner in value.items():
            path = f"{at}.{key}" if at else key
            yield path
            yield from keys_of(inner, path)


def test_every_key_of_the_ledger_is_told(files: Mapping[str, str]) -> None:
    assert set(keys_of(json.loads(files["ledger.json"]))) == set(codebook.LEDGER_KEYS)


def test_dates_are_told_in_notation_and_words(page: BuiltPage) -> None:
    assert len(list(codebook.example_dates())) == len(codebook.EDTF_EXAMPLES)
    assert {"2031-04-02", "2 April 2031", "203X", "the 2030s", "2031-04-02/..", "from 2 April 2031"} <= set(page.texts)


def test_what_explains_may_stand_on_its_page_alone(copy_of_built_lease: Path) -> None:
    site = copy_of_built_lease / "site"
    for words in ("The entry was wrong.", "Opposes it.", "One cited claim in a dispute, and who makes it.", "held-by"):
        clauses = site / "clauses" / "index.html"
        before = clauses.read_text("utf-8")
        clauses.write_text(before.replace("</h1>", f"</h1><p>{words}</p>", 1), encoding="utf-8")
        assert [problem.message for problem in our_problems(site, PORT_LEASE / "seeds")] == [
            f"this text comes neither from a fact nor from the interface catalogue: {words}"
        ]
        clauses.write_text(before, encoding="utf-8")
    assert "The entry was wrong." not in fixed_messages()


def test_the_codebook_is_in_the_navigation() -> None:
    assert "Codebook: codebook.md" in (PROJECT / "mkdocs.yml").read_text("utf-8")
