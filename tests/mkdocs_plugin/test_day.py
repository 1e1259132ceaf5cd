"""A curator's working day: one `mkdocs serve`, saves as four editors make them, a real browser, forty edits, ten broken.

After every edit the open page shows by itself what was typed, or the panel names the problem with its place; and every page
that is served is what a clean build makes.
"""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser import FLAGS, MISSING, find_browser
from tests.conftest import PORT_LEASE
from tests.dossiers import RECORD
from tests.mkdocs_plugin.test_preview_pages import clean
from tests.previews import as_emacs, as_vim, as_vs_code, assert_is_served, previewed, write_beside_and_rename
from tests.sampling import how_many
from tests.sites import make_buildable

PANEL = "#briefing-problems"
EDITORS = (as_vim, as_vs_code, write_beside_and_rename, as_emacs)
ALL = "all of the file"
NOTICE = "The harbour office is open on Monday.\n"
NEW_FACT = """

run-of-1987:
  subject: The earlier lease
  claim: The lease of 1987 was to run for 12 years, the wire report says.
  quotes:
    wire: A lease signed in 1987 was to run for 12 years
"""
NO_COMMENT = """
rent-without-comment:
  claim: The cabinet office did not comment on the rent.
  according-to: [cabinet-office]
  quotes:
    wire: The cabinet office did not comment on it
"""
LEFT_OUT = """\
  left-out:
    - paragraphs: "1"
      reason: It says nothing of the lease.
"""
NEW_SOURCE = RECORD.format(id="notice", sha256=hashlib.sha256(NOTICE.encode()).hexdigest()) + LEFT_OUT


class Edit(NamedTuple):
    """One save: a file, the words taken from it and put into it, the page that is open, and what it says after."""

    file: str
    before: str
    after: str
    page: str
    seen: str
    told: tuple[str, ...] = ()  # what the panel says, the place included, of an edit that is mended by the next save


def typed(file: str, before: str, after: str, page: str) -> Edit:
    """Words typed into a claim, seen as they were typed."""
    return Edit(file, before, after, page, after)


def whole(file: str, content: str, page: str, seen: str) -> Edit:
    """A new file, or the whole of one."""
    return Edit(file, "", content, page, seen)


CLAUSES, REACTIONS = "facts/clauses.yaml", "facts/reactions.yaml"
DAY = (
    typed(CLAUSES, "Isles for 25 years.", "Isles for 25 long years.", "clauses/"),
    typed(CLAUSES, "takes in the deep-water basin and 50%", "takes in 50%", "clauses/"),
    Edit(CLAUSES, "lease-quays:", "quays-in-the-lease:", "clauses/", "takes in 50%"),
    Edit(CLAUSES, "for 25 long", "for 52 long", "clauses/", "takes in 50%", ("number-is-quoted", "clauses.yaml:2:")),
    typed(CLAUSES, "a year, a treasury guarantee says.", "a year, says a treasury guarantee.", "clauses/"),
    typed(CLAUSES, "The lease leaves out the customs house", "Left out is the customs house", "clauses/"),
    typed(CLAUSES, "Isles for 25 long years.", "Isles for 25 years.", "clauses/"),
    Edit(
        REACTIONS,
        "we sold nothing",
        "we sold something",
        "reactions/",
        "neither secret nor illegal",
        ("quote-is-verbatim", "reactions.yaml:14:", "we sold nothing"),
    ),
    typed(REACTIONS, "Quist said the lease was neither", "The lease was, Quist said, neither", "reactions/"),
    Edit(
        REACTIONS,
        "quist-welcomes:",
        "kern-nothing-lost:",
        "reactions/",
        "neither secret nor illegal",
        ("id-is-unique", "reactions.yaml:30:"),
    ),
    typed(REACTIONS, 'Quist called the lease "a bridge', 'In Sarn, Quist called the lease "a bridge', "reactions/"),
    Edit(REACTIONS, "  stance: regrets\n", "", "reactions/", "nobody asked it"),
    Edit(
        REACTIONS,
        "\nunion-not-asked:",
        '\nhalf-typed:\n  claim: "Premier\n\nunion-not-asked:',
        "reactions/",
        "would strike if one job is lost",
        ("text-is-whole", "reactions.yaml:"),
    ),
    typed("facts/actors.yaml", "The Gazette calls Odile Kern the Premier.", "Odile Kern is Premier.", "actors/kern/"),
    Edit(
        REACTIONS,
        "  actor: kern\n",
        "  actor: kerm\n",
        "actors/kern/",
        "Odile Kern is Premier.",
        ("reference-exists", "kerm", "reactions.yaml:5:", "did you mean `kern`"),
    ),
    typed(REACTIONS, "Kern says nothing has been lost", "Kern said nothing has been lost", "actors/kern/"),
    typed("facts/context.yaml", "The talks in Sarn broke down twice", "In Sarn the talks broke down twice", "context/"),
    whole("facts/context.yaml", NEW_FACT, "context/", "was to run for 12 years"),
    Edit("facts/context.yaml", "run-of-1987", "lease-of-twelve-years", "context/", "was to run for 12 years"),
    Edit("facts/context.yaml", "", "caf\udce9", "context/", "Background", ("UTF-8", "context.yaml:")),
    typed("facts/context.yaml", "was to run for 12 years", "of 1987 was to run for 12 years", "context/"),
    typed(
        "facts/timeline.yaml", "Talks began in Sarn in November 2030.", "In Sarn, talks began in November 2030.", "timeline/"
    ),
    Edit(
        "facts/timeline.yaml",
        "date: 2030-11\n",
        "date: 2030-13\n",
        "timeline/",
        "Vessia agreed to the lease on Wednesday.",
        ("date-is-possible", "timeline.yaml:21:", "2030-13"),
    ),
    typed("facts/disputes.yaml", "Quist said Vessia would pay.", "Vessia would pay, Quist said.", "disputes/"),
    typed("facts/disputes.yaml", "How high is the rent?", "How high is the yearly rent?", "disputes/"),
    Edit("facts/disputes.yaml", ALL, "", "disputes/", "Disputed points", ("this file is empty", "disputes.yaml:1:1")),
    typed("facts/figures.yaml", "Police counted 4,000 marchers.", "Police counted 4,000 at the march.", "figures/"),
    typed("facts/silences.yaml", "Neither report says who owns", "No report says who owns", "silences/"),
    Edit("seeds/wire.txt", "", "More.\n", "sources/wire/", "Wire report", ("source-is-unchanged", "sources.yaml:86:")),
    Edit("facts/sources.yaml", "label: Wire report", "label: The wire report", "sources/wire/", "The wire report"),
    Edit("facts/silences.yaml", NO_COMMENT, "", "silences/", "No report says who owns"),
    whole("seeds/notice.txt", NOTICE, "sources/", "The wire report"),
    whole("facts/sources.yaml", "\n" + NEW_SOURCE, "sources/", "The notice"),
    whole("docs/method.md", "# Method\n\nBy hand.\n", "method/", "By hand."),
    typed("docs/method.md", "By hand.", "By hand, twice.", "method/"),
    Edit("briefing.yaml", "", "interface: [Harbour]\n", "method/", "By hand, twice."),
    Edit(
        "mkdocs.yml", "plugins: [briefing]", "plugins: [briefing", "method/", "By hand, twice.", ("mkdocs.yml:6:", "not closed")
    ),
    typed("facts/overview.yaml", "At midnight on 1 May.", "From midnight on 1 May.", ""),
    typed("facts/overview.yaml", "Protesters marched on the customs", "A crowd marched on the customs", ""),
    typed("facts/overview.yaml", "A crowd marched on the customs", "Protesters marched on the customs", ""),
)


def changed(content: bytes | None, edit: Edit) -> bytes:
    """A file after an edit; what is put in is put at the end where nothing is taken out."""
    after = edit.after.encode("utf-8", "surrogateescape")
    if content is None or edit.before == ALL:
        return after
    before = edit.before.encode()
    assert before in content, edit
    return content.replace(before, after, 1) if before else content + after


def made(folder: Path, page: Page, address: str, edit: Edit, save: Callable[[Path, bytes], None]) -> bytes | None:
    """Makes one edit and sees what comes of it in the open page; the file as it was before."""
    path = folder / edit.file
    before = path.read_bytes() if path.exists() else None
    save(path, changed(before, edit))
    seen(page, edit)
    return before


def seen(page: Page, edit: Edit) -> None:
    """Waits until the page says what it should, and the panel what is wrong."""
    for words in edit.told:
        page.locator(PANEL, has_text=words).wait_for()
    page.locator("main.md-main", has_text=edit.seen).wait_for()
    if not edit.told:
        page.locator(PANEL).wait_for(state="detached")
    assert page.locator(f"{PANEL} a").count() >= bool(edit.told)


def live(folder: Path, edits: Sequence[Edit], every: int) -> None:
    """Makes the edits of a day, or a part of it; after every so many, all pages are held against a clean build."""
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    make_buildable(Path(shutil.copytree(PORT_LEASE, folder)))
    with (folder / "briefing.yaml").open("a", encoding="utf-8") as settings:
        settings.write("method-pages: [method.md]\n")
    with previewed(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page()
        page.set_default_timeout(30_000)
        pages, _ = clean(folder, address)
        for turn, edit in enumerate(edits, start=1):
            if page.url != address + edit.page:
                page.goto(address + edit.page)
            before = made(folder, page, address, edit, EDITORS[turn % len(EDITORS)])
            if turn % every == 0:
                if edit.file != "mkdocs.yml":  # where that is broken, what was built before is served
                    pages, wrong = clean(folder, address)
                    assert bool(wrong) == bool(edit.told)
                assert_is_served(pages, address)
            if edit.told:
                assert before is not None
                EDITORS[(turn + 1) % len(EDITORS)](folder / edit.file, before)
                page.locator(PANEL).wait_for(state="detached")
        browser.close()


def test_the_day_has_forty_edits_ten_of_them_broken() -> None:
    assert len(DAY) == 40
    assert sum(bool(edit.told) for edit in DAY) == 10
    assert len({edit.told[0] for edit in DAY if edit.told}) == 10


def test_the_morning(tmp_path: Path) -> None:
    live(tmp_path / "port_lease", DAY[:10], every=5)


@pytest.mark.long
def test_a_day_of_forty_edits_ten_of_them_broken_in_ten_ways(tmp_path: Path) -> None:
    live(tmp_path / "port_lease", DAY, every=how_many(1, 8))
