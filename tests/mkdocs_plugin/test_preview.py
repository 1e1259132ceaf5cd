"""The preview as a curator has it: a real `mkdocs serve`, saves as editors make them, a real browser; nothing stops it."""

import contextlib
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PORT_LEASE
from tests.previews import SAVES, Save, previewed, previewed_soon, waited_for, write_in_place
from tests.sites import make_buildable

PANEL = "#briefing-problems"
CLAIM = "Vessia leases Halden harbour to the Marrow Isles for 25 years."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp("preview") / "port_lease")))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with previewed(folder) as at:
        yield at


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def mended(folder: Path) -> Iterator[None]:
    yield
    for name in ("facts", "seeds", "docs"):
        mend(folder, name)
    write_in_place(folder / "briefing.yaml", (PORT_LEASE / "briefing.yaml").read_text("utf-8"))
    make_buildable(folder)


def mend(folder: Path, name: str) -> None:
    """Puts a folder back as it was, files first."""
    there = folder / name
    if not there.is_dir() or there.is_symlink():
        there.unlink(missing_ok=True)
    for path in there.iterdir() if there.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path)
        elif not (PORT_LEASE / name / path.name).exists():
            path.unlink()
    if (PORT_LEASE / name).is_dir():  # git keeps no empty folder
        shutil.copytree(PORT_LEASE / name, there, dirs_exist_ok=True)


def text_of(folder: Path, stem: str) -> str:
    return (folder / "facts" / f"{stem}.yaml").read_text("utf-8")


def edit(folder: Path, stem: str, before: str, after: str, save: Save = write_in_place) -> None:
    text = text_of(folder, stem)
    assert before in text
    save(folder / "facts" / f"{stem}.yaml", text.replace(before, after))


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_an_edited_fact_shows_in_the_open_page(folder: Path, address: str, page: Page, save: Save) -> None:
    page.goto(f"{address}clauses/")
    expect(page.locator(f'text="{CLAIM}"').first).to_be_visible()
    edit(folder, "clauses", "for 25 years.", "for 25 years!", save)
    expect(page.locator(f'text="{CLAIM[:-1]}!"').first).to_be_visible()
    expect(page.locator(PANEL)).to_have_count(0)


def an_empty_file(folder: Path) -> None:
    write_in_place(folder / "facts" / "reactions.yaml", "")


def half_typed(folder: Path) -> None:
    edit(folder, "reactions", "kern-nothing-lost:", 'kern-nothing-lost:\n  claim: "Premier Odile\n  actor')


def not_utf_8(folder: Path) -> None:
    (folder / "facts" / "reactions.yaml").write_bytes(b"kern:\n  claim: caf\xe9\n")


def a_folder_for_a_file(folder: Path) -> None:
    (folder / "facts" / "reactions.yaml").unlink()
    (folder / "facts" / "reactions.yaml").mkdir()


def a_misquote(folder: Path) -> None:
    edit(folder, "reactions", "we sold nothing", "we sold something")


def a_seed_deleted(folder: Path) -> None:
    (folder / "seeds" / "wire.txt").unlink()


def a_seed_of_bytes(folder: Path) -> None:
    (folder / "seeds" / "wire.txt").write_bytes(b"\x00\xff\xfe")


def no_sources(folder: Path) -> None:
    (folder / "facts" / "sources.yaml").unlink()


def no_facts(folder: Path) -> None:
    shutil.rmtree(folder / "facts")


def settings_half_typed(folder: Path) -> None:
    write_in_place(folder / "briefing.yaml", "rules:\n  claim-is-neutral: [")


def mkdocs_yml_half_typed(folder: Path) -> None:
    write_in_place(folder / "mkdocs.yml", "site_name: Briefing\ntheme:\n  name: [material\n")


def mkdocs_yml_without_the_plugin(folder: Path) -> None:
    write_in_place(folder / "mkdocs.yml", "site_name: Briefing\ntheme: material\n")


def a_theme_that_is_not_there(folder: Path) -> None:
    write_in_place(folder / "mkdocs.yml", "site_name: Briefing\ntheme: materiel\nplugins: [search, briefing]\n")


BROKEN = (
    an_empty_file,
    half_typed,
    not_utf_8,
    a_folder_for_a_file,
    a_misquote,
    a_seed_deleted,
    a_seed_of_bytes,
    no_sources,
    no_facts,
    settings_half_typed,
    mkdocs_yml_half_typed,
    mkdocs_yml_without_the_plugin,
    a_theme_that_is_not_there,
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_what_is_broken_is_told_over_the_page_and_gone_when_mended(
    folder: Path, address: str, page: Page, broken: Callable[[Path], None]
) -> None:
    page.goto(f"{address}clauses/")
    expect(page.locator(PANEL)).to_have_count(0)
    broken(folder)
    expect(page.locator(f"{PANEL} pre").first).to_contain_text("-->")
    expect(page.locator("h1")).to_be_visible()
    for name in ("facts", "seeds"):
        mend(folder, name)
    write_in_place(folder / "briefing.yaml", (PORT_LEASE / "briefing.yaml").read_text("utf-8"))
    make_buildable(folder)
    expect(page.locator(PANEL)).to_have_count(0)
    expect(page.locator(f'text="{CLAIM}"').first).to_be_visible()


@pytest.mark.parametrize("broken", BROKEN[:10], ids=lambda broken: broken.__name__)
def test_a_preview_starts_on_what_is_broken_and_takes_up_the_mended(tmp_path: Path, broken: Callable[[Path], None]) -> None:
    folder = make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path / "port_lease")))
    broken(folder)
    with previewed_soon(folder) as address:
        assert "briefing-problems" in asked(address)
        for name in ("facts", "seeds"):
            mend(folder, name)
        write_in_place(folder / "briefing.yaml", (PORT_LEASE / "briefing.yaml").read_text("utf-8"))
        assert waited_for(lambda: "for 25 years" in asked(f"{address}clauses/"))
        assert waited_for(lambda: "briefing-problems" not in asked(f"{address}clauses/"))


def test_a_problem_opens_its_file_at_its_line(folder: Path, address: str, page: Page) -> None:
    a_misquote(folder)
    page.goto(f"{address}clauses/")
    link = page.locator(f"{PANEL} a")
    expect(link).to_have_text("facts/reactions.yaml:14:36")
    assert link.get_attribute("href") == f"vscode://file{folder}/facts/reactions.yaml:14:36"
    told = subprocess.run(["briefing", "check"], cwd=folder, capture_output=True, text=True, check=False, env=path_with_ours())
    assert page.locator(f"{PANEL} pre").inner_text().strip() in told.stdout


def path_with_ours() -> dict[str, str]:
    return os.environ | {"PATH": f"{Path(__import__('sys').executable).parent}:{os.environ['PATH']}"}


def put_away_by_keyboard(page: Page) -> None:
    """Closes the panel with Escape; does so again where the page was reloaded in between, which takes the focus away."""
    for attempt in range(3):
        if page.locator(f"{PANEL} .sheet").is_hidden():
            page.locator(f"{PANEL} .show").press("Enter")
        page.locator(f"{PANEL} .hide").focus()
        page.keyboard.press("Escape")
        expect(page.locator(f"{PANEL} .sheet")).to_be_hidden()
        with contextlib.suppress(AssertionError):
            expect(page.locator(f"{PANEL} .show")).to_be_focused(timeout=30_000 if attempt == 2 else 3_000)
            return
    expect(page.locator(f"{PANEL} .show")).to_be_focused()


def test_the_panel_is_put_away_by_keyboard_and_comes_back_with_another_problem(folder: Path, address: str, page: Page) -> None:
    a_misquote(folder)
    page.goto(f"{address}clauses/")
    put_away_by_keyboard(page)
    page.reload()
    expect(page.locator(f"{PANEL} .sheet")).to_be_hidden()
    page.locator(f"{PANEL} .show").press("Enter")
    expect(page.locator(f"{PANEL} .sheet")).to_be_visible()
    page.locator(f"{PANEL} .hide").click()
    edit(folder, "clauses", "for 25 years.", "for 26 years.")
    expect(page.locator(f"{PANEL} .sheet")).to_be_visible()


def test_a_warning_alone_stands_in_a_button_and_beside_a_problem_under_it(folder: Path, address: str, page: Page) -> None:
    page.goto(f"{address}clauses/")
    edit(folder, "clauses", "will run Halden port under a quarter-century lease", "run Halden port under")
    button = page.locator(f"{PANEL} .show")
    expect(button).to_have_text("1 warning")
    expect(page.locator(f"{PANEL} .sheet")).to_be_hidden()
    button.click()
    told = subprocess.run(["briefing", "check"], cwd=folder, capture_output=True, text=True, check=False, env=path_with_ours())
    assert page.locator(f"{PANEL} pre").inner_text().strip() == told.stdout.strip()
    page.reload()
    expect(page.locator(f"{PANEL} .sheet")).to_be_visible()
    a_misquote(folder)
    expect(page.locator(f"{PANEL} strong")).to_have_text("1 problem, 1 warning")
    expect(page.locator(f"{PANEL} li.warning")).to_have_count(1)
    expect(page.locator(f"{PANEL} li").last).to_contain_text("warning[quote-is-enough]")


def test_a_hundred_saves_and_swap_files_end_in_the_last(folder: Path, address: str, page: Page) -> None:
    page.goto(f"{address}clauses/")
    text = text_of(folder, "clauses")
    for n in range(100):
        SAVES[n % len(SAVES)](folder / "facts" / "clauses.yaml", text if n % 3 else text[: n * 7])
        (folder / "facts" / ".clauses.yaml.swp").write_bytes(os.urandom(50))
    write_in_place(folder / "facts" / "clauses.yaml", text.replace("for 25 years.", "for 25 years, as is said."))
    expect(
        page.locator('text="Vessia leases Halden harbour to the Marrow Isles for 25 years, as is said."').first
    ).to_be_visible()
    assert waited_for(lambda: "fact-fits-its-kind" not in asked(f"{address}clauses/"))


def test_a_page_of_docs_that_is_no_text_is_told_on_itself_alone(folder: Path, address: str) -> None:
    (folder / "docs" / "method.md").write_bytes(b"# Method\n\n\xff\xfe\n")
    assert waited_for(lambda: "docs/method.md is not UTF-8" in asked(f"{address}method/"))
    assert waited_for(lambda: "for 25 years" in asked(f"{address}clauses/"))
    write_in_place(folder / "docs" / "method.md", "# Method\n\nHow it was done.\n")
    assert waited_for(lambda: "How it was done" in asked(f"{address}method/"))


def test_what_mkdocs_yml_names_from_now_on_is_watched_from_now_on(folder: Path, address: str) -> None:
    other = Path(shutil.copytree(PORT_LEASE, folder.parent / "other" / "port_lease"))
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    elsewhere = settings.replace("plugins: [briefing]", f"plugins:\n  - briefing:\n      dir: {other}")
    write_in_place(folder / "mkdocs.yml", elsewhere + f"docs_dir: {other / 'pages'}\n")
    assert waited_for(lambda: "docs_dir" in asked(f"{address}clauses/"))
    (other / "pages").mkdir()
    write_in_place(folder / "mkdocs.yml", elsewhere + f"docs_dir: {other / 'pages'}\n\n")
    assert waited_for(lambda: "briefing-problems" not in asked(f"{address}clauses/"))
    edit(other, "clauses", "for 25 years.", "for 25 other years.")
    assert waited_for(lambda: "for 25 other years" in asked(f"{address}clauses/"))
    write_in_place(other / "pages" / "more.md", "# More\n\nOf another folder.\n")
    assert waited_for(lambda: "Of another folder" in asked(f"{address}more/"))
    make_buildable(folder)
    assert waited_for(lambda: "for 25 years" in asked(f"{address}clauses/"))
    edit(folder, "clauses", "for 25 years.", "for 25 own years.")
    assert waited_for(lambda: "for 25 own years" in asked(f"{address}clauses/"))


def test_a_received_document_that_is_altered_is_told(folder: Path, address: str) -> None:
    edit(folder, "sources", "  received-as: gazette_1.txt\n", f"  received-as: gazette_1.txt\n  received-sha256: {'0' * 64}\n")
    assert waited_for(lambda: "briefing-problems" not in asked(f"{address}clauses/"))
    (folder / "received").mkdir()
    write_in_place(folder / "received" / "gazette.html", "<p>Altered.</p>")
    assert waited_for(lambda: "received/gazette.html is not the document" in asked(f"{address}clauses/"))
    shutil.rmtree(folder / "received")
    assert waited_for(lambda: "briefing-problems" not in asked(f"{address}clauses/"))


def test_nothing_is_written_into_a_published_site(folder: Path, address: str) -> None:
    (folder / "site").mkdir(exist_ok=True)
    write_in_place(folder / "site" / "index.html", "published")
    edit(folder, "clauses", "for 25 years.", "for 25 long years.")
    assert waited_for(lambda: "for 25 long years" in asked(f"{address}clauses/"))
    assert [path.name for path in (folder / "site").iterdir()] == ["index.html"]
    assert (folder / "site" / "index.html").read_text("utf-8") == "published"


def asked(address: str) -> str:
    """A page as a browser gets it; empty where it is not there yet."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))
    except urllib.error.HTTPError:
        return ""
