"""Two verifiers that share no code come to the same verdict: on the site as built, and on every tampered copy of it."""

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.verification.checksums import write_checksums
from tests.sites import PROJECT
from tests.verifiers import as_programs, verdicts


def test_both_find_nothing_wrong_with_the_site_as_built(built_project: Path) -> None:
    assert as_programs(built_project) == verdicts(built_project) == (True, True)


def text(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Replaces words in one file; they must be there."""

    def tamper(folder: Path) -> None:
        file = folder / path
        before = file.read_text(encoding="utf-8")
        assert old in before
        file.write_text(before.replace(old, new), encoding="utf-8")

    return tamper


def ledger(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """Changes the first fact in the ledger that has quotes of its own."""

    def tamper(folder: Path) -> None:
        file = folder / "site" / "ledger.json"
        told = json.loads(file.read_text(encoding="utf-8"))
        change(next(fact for fact in told["facts"] if fact["kind"] == "clauses"))
        file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    return tamper


def quote_of(fact: dict[str, object]) -> dict[str, object]:
    return fact["quotes"][0]  # type: ignore[index, no-any-return]


def everywhere(old: str, new: str) -> Callable[[Path], None]:
    """Replaces words in every page, the data files and the search index at once, in whatever way they are escaped."""

    def tamper(folder: Path) -> None:
        found = 0
        for file in (path for path in (folder / "site").rglob("*") if path.suffix in (".html", ".json", ".js")):
            before = file.read_text(encoding="utf-8")
            after = re.sub(re.escape(old), new, before)
            found += after != before
            file.write_text(after, encoding="utf-8")
        assert found > 2

    return tamper


def without_page(folder: Path) -> None:
    (folder / "site" / "clauses" / "index.html").unlink()


def other_seed(folder: Path) -> None:
    seed = folder / "seeds" / "afp-report.txt"
    seed.write_bytes(seed.read_bytes() + b"\n")


def interface(change: Callable[[dict[str, list[str]]], object]) -> Callable[[Path], None]:
    """Changes what the ledger calls interface words."""

    def tamper(folder: Path) -> None:
        file = folder / "site" / "ledger.json"
        told = json.loads(file.read_text(encoding="utf-8"))
        change(told["interface"])
        file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    return tamper


def data_file(name: str, text: str) -> Callable[[Path], None]:
    """Adds a file to the site."""
    return lambda folder: (folder / "site" / name).write_text(text, encoding="utf-8") and None


PAGE = "site/clauses/index.html"
INDEX = "site/search/index.js"
CLAIMS = "site/search/claims-0.js"
METHOD = "site/method/index.html"
TAMPERED: dict[str, Callable[[Path], None]] = {
    "a digit in a quote on a page": text(PAGE, "1,960 military personnel and 90", "1,980 military personnel and 90"),
    "a digit everywhere": everywhere("1,960 military personnel and 90", "1,980 military personnel and 90"),
    "a word in a claim on a page": text(PAGE, "deploys to the region as peacekeepers", "deploys to the region as occupiers"),
    "a not put into a quote": text(PAGE, "will retain control over areas", "will not retain control over areas"),
    "a quote made up": text(PAGE, "<h1", '<q class="quote">Nothing was agreed.</q><h1'),
    "a claim made up": text(PAGE, "<h1", '<p data-claim="peacekeepers-number">Nobody comes.</p><h1'),
    "a claim under another's id": text(PAGE, 'data-claim="peacekeepers-number"', 'data-claim="peacekeepers-mission"'),
    "a quote left out": text(PAGE, '<q class="quote"', "<q"),
    "an anchor renamed": text(PAGE, 'id="peacekeepers-number"', 'id="peacekeepers"'),
    "a page left out": without_page,
    "a link to nowhere": text("site/index.html", 'href="clauses/"', 'href="clausses/"'),
    "a link to no place": text(PAGE, 'href="#peacekeepers-number.1"', 'href="#peacekeepers-number.9"'),
    "a claim in the search index": text(CLAIMS, "deploys to the region as peacekeepers", "leaves the region"),
    "a quote in the search index": text(CLAIMS, "1,960 military personnel and 90", "1,960 soldiers and 90"),
    "another's claim in the search index": text(
        CLAIMS, '"id":"peacekeepers-number","claim"', '"id":"peacekeepers-armored-carriers","claim"'
    ),
    "where a claim in the search index leads": text(
        CLAIMS, '"clauses/#peacekeepers-number"', '"clauses/#peacekeepers-mission"'
    ),
    "a search index that is none": text(INDEX, '{"file"', '{{"file"'),
    "a script in the search index": text(INDEX, "briefingFound(", 'alert("Nothing was agreed");briefingFound('),
    "a claim in the ledger": ledger(lambda fact: fact.update(claim="Nothing was agreed.")),
    "a quote in the ledger": ledger(lambda fact: quote_of(fact).update(exact="Nothing was agreed")),
    "an offset in the ledger": ledger(lambda fact: quote_of(fact).update(start=0)),
    "offsets beyond the seed": ledger(lambda fact: quote_of(fact).update(start=10**6, end=10**6 + 5)),
    "an empty quote in the ledger": ledger(lambda fact: quote_of(fact).update(exact="", end=quote_of(fact)["start"])),
    "a page in the ledger": ledger(lambda fact: fact.update(page="gone/#x")),
    "a ledger that is none": text("site/ledger.json", '"facts"', '"fax"'),
    "another seed": other_seed,
    "a sentence in a page's body": text(PAGE, "</h1>", "</h1><p>Nothing was agreed.</p>"),
    "a sentence beside a claim": text(PAGE, '<p class="says"', '<p>Nothing was agreed.</p><p class="says"'),
    "a sentence in the header": text(PAGE, "</header>", "<p>Nothing was agreed.</p></header>"),
    "a title in the navigation": text(PAGE, "The deal", "The defeat"),
    "a page's title": text(PAGE, "<title>What the deal says", "<title>What the defeat says"),
    "a page's description": text(PAGE, 'name="description" content="', 'name="description" content="Nothing was agreed. '),
    "a description for other sites": text(PAGE, "</head>", '<meta property="og:title" content="Nothing was agreed"></head>'),
    "an alternative text": text(PAGE, "</h1>", '</h1><img src="../assets/images/favicon.png" alt="Nothing was agreed">'),
    "a label for who listens": text(PAGE, 'aria-label="Tabs"', 'aria-label="Nothing was agreed"'),
    "a text that appears on hover": text(PAGE, 'title="Link to this clause"', 'title="Nothing was agreed"'),
    "a text without a script": text(PAGE, "</h1>", "</h1><noscript>Nothing was agreed</noscript>"),
    "a text in a drawing": text(PAGE, "</h1>", "</h1><svg><text>Nothing was agreed</text></svg>"),
    "a frame": text(PAGE, "</h1>", '</h1><iframe src="../"></iframe>'),
    "a field of a fact": text(PAGE, "with immediate effect</q>", "with no effect</q>"),
    "a name as printed": text("site/actors/pashinyan/index.html", ">Pashinyan</span>", ">Pashinian</span>"),
    "a date in words": text("site/timeline/index.html", "10 November 2020</time>", "12 November 2020</time>"),
    "a count of facts": text("site/index.html", 'class="count">2 entries<', 'class="count">99 entries<'),
    "how many claims were checked": text("site/index.html", " claims</span>", "0 claims</span>"),
    "another commit": text("site/index.html", "Facts and sources do not match any commit", "Facts and sources are true"),
    "a place beside a quote": text(PAGE, "AFP report, paragraph 18<", "AFP report, paragraph 180<"),
    "the words an original opens at": text(PAGE, "force%20of%201%2C960", "force%20of%201%2C980"),
    "a word in the search index": text(INDEX, '"search-more":"Show more"', '"search-more":"Nothing was agreed"'),
    "a title in the search index": text(INDEX, '"title":"Disputed points"', '"title":"Points that were settled"'),
    "a text more in the search index": text(CLAIMS, '"claims":[{', '"claims":[{"said":"Nothing was agreed",'),
    "a term that is a sentence": text("site/search/terms-0.js", '"terms":{', '"terms":{"nothing was agreed":[5],'),
    "an actor on a page about method": text(METHOD, "</h1>", "</h1><p>Armenia chose these reports.</p>"),
    "a place on a page about method": text(METHOD, "</h1>", "</h1><p>Read in Baku.</p>"),
    "a data file with a sentence": data_file("status.json", '{"status": "Nothing was agreed"}'),
    "a feed with a sentence": data_file("feed.xml", "<feed><title>Nothing was agreed</title></feed>"),
    "a declared title that names an actor": interface(lambda told: told["declared"].append("What Armenia lost")),
    "an interface word withheld": interface(lambda told: told["words"].remove("Bottom line")),
    "a paragraph link to no place": text(PAGE, "sources/afp-report/#p18", "sources/afp-report/#p1800"),
}


def tampered(built: Path, to: Path, name: str) -> Path:
    """A copy of a site that was tampered with, its list of files written again."""
    folder = Path(shutil.copytree(built, to / "copy"))
    TAMPERED[name](folder)
    write_checksums(folder / "site", json.loads((folder / "site" / "provenance.json").read_text("utf-8")))
    return folder


@pytest.mark.parametrize("name", TAMPERED)
def test_both_find_something_wrong_with_a_tampered_copy_that_is_sealed_again(
    built_project: Path, tmp_path: Path, name: str
) -> None:
    assert verdicts(tampered(built_project, tmp_path, name)) == (False, False)


@pytest.mark.parametrize("name", ["a digit in a quote on a page", "a ledger that is none", "another seed"])
def test_the_programs_say_of_a_tampered_copy_what_the_tests_ask_in_one_process(
    built_project: Path, tmp_path: Path, name: str
) -> None:
    assert as_programs(tampered(built_project, tmp_path, name)) == (False, False)


UNSEALED: dict[str, Callable[[Path], None]] = {
    "words that are no claim": text(PAGE, "<h1", "<p>Nothing was agreed.</p><h1"),
    "a style sheet": text("site/assets/briefing.css", "}", "} q {display: none}"),
    "a file more": lambda folder: (folder / "site" / "more.html").write_text("more", encoding="utf-8") and None,
    "a hidden file more": lambda folder: (folder / "site" / ".more").write_text("", encoding="utf-8") and None,
    "a file less": lambda folder: (folder / "site" / "404.html").unlink(),
    "no list": lambda folder: (folder / "site" / "SHA256SUMS").unlink(),
    "a list that is none": text("site/SHA256SUMS", "  index.html", " index.html"),
}


@pytest.mark.parametrize("name", UNSEALED)
def test_both_find_something_wrong_with_a_copy_whose_files_are_not_those_of_its_list(
    built_project: Path, tmp_path: Path, name: str
) -> None:
    folder = Path(shutil.copytree(built_project, tmp_path / "copy"))
    UNSEALED[name](folder)
    assert verdicts(folder) == (False, False)


def test_the_independent_verifier_is_short_and_needs_nothing_but_python() -> None:
    source = (PROJECT / "tools" / "verify_site.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 100
    imported = set(re.findall(r"^import (\w+)", source, re.MULTILINE))
    assert imported <= sys.stdlib_module_names
    assert not re.search(r"^from ", source, re.MULTILINE)
