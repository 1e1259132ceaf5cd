"""Blocks of facts are kept from one layout to the next, and every page is as if it were laid out for the first time."""

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from markupsafe import Markup

from briefing.i18n.messages import SiteContext, Translator
from briefing.loading.dossier_reader import read_dossier
from briefing.model.attribution import Attributions
from briefing.model.dossier import Dossier
from briefing.model.facts import Fact
from briefing.rendering.fragment_cache import FragmentCache, FragmentRenderer, Notes
from briefing.rendering.pages import SiteRenderer
from briefing.rendering.site_map import SiteMap
from briefing.rules.registry import check
from tests.conftest import PORT_LEASE
from tests.mkdocs_plugin.test_preview_pages import EDITS
from tests.sampling import SEED, chance, how_many
from tests.sites import PROJECT


class Macro:
    """Stands for a macro of a template, and keeps for which facts it was called."""

    name = "shown"

    def __init__(self) -> None:
        self.called: list[str] = []

    def __call__(self, fact: Fact, here: str, notes: Notes) -> Markup:
        self.called.append(fact.key)
        return Markup(f"<p>{fact.key}</p>")


def made_again(dossier: Dossier, blocks: FragmentCache) -> list[str]:
    """The facts of which blocks are made in another layout."""
    where, macro = SiteMap(dossier), Macro()
    making = FragmentRenderer(where, Attributions(dossier), SiteContext(), blocks)
    for fact in dossier.all_facts():
        making(macro, Translator(), fact, where.path(fact), Notes())
    return macro.called


def test_only_blocks_that_show_a_changed_fact_are_made_again(copy_of_port_lease: Path) -> None:
    blocks = FragmentCache()
    dossier = read_dossier(copy_of_port_lease)
    assert made_again(dossier, blocks) == [fact.key for fact in dossier.all_facts()]
    assert made_again(read_dossier(copy_of_port_lease), blocks) == []
    path = copy_of_port_lease / "facts" / "reactions.yaml"
    path.write_text(path.read_text("utf-8").replace("  claim: ", "  claim: Then ", 1), encoding="utf-8")
    again = made_again(read_dossier(copy_of_port_lease), blocks)
    assert next(iter(dossier.facts_of_kind("reactions"))).key in again
    assert len(again) < len(list(dossier.all_facts())) / 3


def laid_out(dossier: Dossier, blocks: FragmentCache | None = None) -> dict[str, str]:
    """What is laid out of the right facts of a dossier."""
    right = dossier.without([problem.fact for problem in check(dossier).problems])
    laid = SiteRenderer(right, SiteContext(), fragment_cache=blocks)
    return {path: laid.render_file(path) for path in laid.renderers if path.endswith(".md") or path == "ledger.json"}


def claims_changed(folder: Path) -> Iterator[str]:
    """Changes the claims, questions and names of a folder one by one, and says where each stands."""
    for path in sorted((folder / "facts").glob("*.yaml")):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for number, line in enumerate(lines):
            if line.lstrip(" -").startswith(("claim: ", "question: ", "name: ", "note: ", "label: ")):
                key, _, told = line.partition(": ")
                path.write_text("".join([*lines[:number], f"{key}: Then {told}", *lines[number + 1 :]]), encoding="utf-8")
                yield f"{path.name}:{number + 1}"
        path.write_text("".join(lines), encoding="utf-8")


def test_pages_of_kept_blocks_are_those_of_new_ones(copy_of_port_lease: Path) -> None:
    blocks = FragmentCache()
    laid_out(read_dossier(copy_of_port_lease), blocks)
    path = copy_of_port_lease / "facts" / "reactions.yaml"
    for change in EDITS:
        path.write_text(change(path.read_text("utf-8"), 7), encoding="utf-8")
        dossier = read_dossier(copy_of_port_lease)
        assert laid_out(dossier, blocks) == laid_out(dossier), change.__name__


@pytest.mark.long
@pytest.mark.parametrize(("folder", "every"), [(PORT_LEASE, 1), (PROJECT, 8)], ids=["invented", "own"])
def test_no_block_misses_a_claim_that_it_shows(folder: Path, every: int, tmp_path: Path) -> None:
    """Changes each claim of the invented briefing, and each eighth of our own: all of these take a quarter of an hour."""
    for name in ("facts", "seeds", "releases"):
        if (folder / name).exists():
            shutil.copytree(folder / name, tmp_path / name)
    shutil.copy(folder / "briefing.yaml", tmp_path)
    blocks = FragmentCache()
    every *= how_many(1, 16)
    for at in islice(claims_changed(tmp_path), chance("claims changed").randrange(every) if SEED else 0, None, every):
        dossier = read_dossier(tmp_path)
        assert laid_out(dossier, blocks) == laid_out(dossier), at
