"""No page of the preview is stale: after any run of edits, each is byte for byte what MkDocs builds from nothing."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.preview import Preview
from briefing.mkdocs_plugin.project import ProjectCache
from briefing.rules.registry import check
from tests.conftest import PORT_LEASE
from tests.sites import make_buildable

NAV = """\
nav: [index.md, Clauses: clauses.md, People: actors.md, reactions.md, method.md]
not_in_nav: "*"
"""


def built(folder: Path, preview: Preview, address: str | None = None) -> Preview:
    """A preview after MkDocs' first build, as it is served at an address."""
    config = load_config(config_file=str(folder / "mkdocs.yml"), site_dir=tempfile.mkdtemp(dir=folder))
    plugin = config.plugins["briefing"]
    plugin.preview = preview
    config.site_url = address
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/")
    return preview


def clean(folder: Path, address: str | None = None) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Every page as MkDocs itself makes it, and what is wrong."""
    preview = built(folder, Preview(may_be_lazy=False), address)
    site = preview.state.built_folder
    assert site is not None
    paths = (path for path in site.rglob("*") if path.suffix in (".html", ".json", ".xml", ".css"))
    own = {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}
    return {path: text for path, text in own.items() if not path.startswith("assets/stylesheets")}, preview.state.problems


def assert_is_clean(folder: Path, preview: Preview) -> None:
    pages, wrong = clean(folder)
    site = preview.state.site
    assert site is not None
    assert list(map(format_full, preview.state.problems)) == list(map(format_full, wrong))
    assert preview.state.failure is None
    assert len(pages) > 5
    for path, page in pages.items():
        assert site.file_content(path) == page, path
    made = {file.dest_uri for file in site.pages} | {path for path in site.renderer.renderers if path.endswith("json")}
    assert made <= pages.keys()


def cut(text: str, at: int) -> list[str]:
    """A file of facts fact by fact; the first piece is what stands before them."""
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if line[:1].isalnum():
            pieces.append("")
        pieces[-1] += line
    return pieces


def word_in_a_claim(text: str, at: int) -> str:
    lines = text.splitlines(keepends=True)
    claims = [n for n, line in enumerate(lines) if line.lstrip(" -").startswith("claim: ")]
    if claims:
        n = claims[at % len(claims)]
        lines[n] = lines[n].replace("claim: ", f"claim: {('Again', 'Not', 'Seven', 'Kern')[at % 4]} ", 1)
    return "".join(lines)


def letter_changed(text: str, at: int) -> str:
    at %= len(text) or 1
    return text[:at] + "x" + text[at + 1 :]


def fact_deleted(text: str, at: int) -> str:
    pieces = cut(text, at)
    del pieces[at % len(pieces)]
    return "".join(pieces)


def fact_again(text: str, at: int) -> str:
    pieces = cut(text, at)
    piece = pieces[at % len(pieces)]
    return text.rstrip("\n") + "\n" + piece.replace(":", f"-{at}:", 1)


def fact_renamed(text: str, at: int) -> str:
    pieces = cut(text, at)
    pieces[at % len(pieces)] = pieces[at % len(pieces)].replace(":", "-renamed:", 1)
    return "".join(pieces)


def facts_moved(text: str, at: int) -> str:
    pieces = cut(text, at)
    return "".join([*pieces[at % len(pieces) :], *pieces[: at % len(pieces)]])


def lines_above(text: str, at: int) -> str:
    return "# a comment\n\n" + text


def half_typed(text: str, at: int) -> str:
    return text[: at % (len(text) or 1)]


def emptied(text: str, at: int) -> str:
    return ""


EDITS = (
    word_in_a_claim,
    letter_changed,
    fact_deleted,
    fact_again,
    fact_renamed,
    facts_moved,
    lines_above,
    half_typed,
    emptied,
)
FILES = (
    *sorted(f"facts/{path.name}" for path in (PORT_LEASE / "facts").iterdir()),
    *sorted(f"seeds/{path.name}" for path in (PORT_LEASE / "seeds").iterdir()),
    "briefing.yaml",
)
EDIT = st.tuples(st.sampled_from(FILES), st.sampled_from((*EDITS, None)), st.integers(0, 2000))
Edit = tuple[str, Callable[[str, int], str] | None, int]


def edited(folder: Path, edit: Edit) -> None:
    """Makes one edit, or takes a file back to what it was at first."""
    name, change, at = edit
    path = folder / name
    first = (PORT_LEASE / name).read_text("utf-8")
    text = path.read_text("utf-8") if path.exists() else first
    path.write_text(change(text, at) if change else first, encoding="utf-8")


def followed(runs: list[list[Edit]]) -> None:
    """A preview that takes up run after run of edits, and is asked for every page after each."""
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(PORT_LEASE, folder, dirs_exist_ok=True)
        make_buildable(folder)
        (folder / "docs" / "method.md").write_text("# Method\n\nSee [the clauses](clauses.md).\n", encoding="utf-8")
        with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings_file:
            settings_file.write(NAV)
        preview = built(folder, Preview())
        asked_for(preview, "clauses/index.html")
        for run in runs:
            for edit in run:
                edited(folder, edit)
                assert preview.refresh([str(folder.resolve() / edit[0])])
                asked_for(preview, ("reactions/index.html", "clauses/index.html", "ledger.json")[edit[2] % 3])
            assert_is_clean(folder, preview)
    finally:
        shutil.rmtree(folder)


def asked_for(preview: Preview, path: str) -> bytes | None:
    assert preview.state.site is not None
    return preview.state.site.file_content(path)


RUNS = st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=3)
SETTINGS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@given(runs=RUNS)
@settings(max_examples=4, **SETTINGS)  # type: ignore[arg-type]
def test_every_page_is_what_a_clean_build_makes(runs: list[list[Edit]]) -> None:
    followed(runs)


@pytest.mark.long
@given(runs=RUNS)
@settings(max_examples=100, **SETTINGS)  # type: ignore[arg-type]
def test_every_page_is_what_a_clean_build_makes_at_length(runs: list[list[Edit]]) -> None:
    followed(runs)


def test_every_kind_of_edit_is_followed() -> None:
    back: Edit = ("facts/reactions.yaml", None, 0)
    followed([[("facts/reactions.yaml", change, 3), back, ("facts/clauses.yaml", change, 5)] for change in EDITS[::2]])


CHANGES = st.lists(EDIT, min_size=1, max_size=4)


@given(edits=st.lists(CHANGES, min_size=1, max_size=4))
@settings(max_examples=20, **SETTINGS)  # type: ignore[arg-type]
def test_what_is_read_and_checked_again_is_what_is_read_and_checked_at_first(edits: list[list[Edit]]) -> None:
    kept = ProjectCache()
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(PORT_LEASE, folder, dirs_exist_ok=True)
        for some in ([], *edits):
            for edit in some:
                edited(folder, edit)
            again = check(read_dossier(folder, cache=kept.load_cache), incremental=kept.checker)
            anew = check(read_dossier(folder))
            for ours, theirs in zip((again.reported, again.waived), (anew.reported, anew.waived), strict=True):
                assert list(map(format_full, ours)) == list(map(format_full, theirs))
    finally:
        shutil.rmtree(folder)
