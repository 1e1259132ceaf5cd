"""Both verifiers read every data file by its own syntax, and what pages tell machines: nothing is smuggled into one."""

import functools
import json
import operator
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.verification.checksums import write_checksums
from tests.verification.test_two_verifiers import data_file, text
from tests.verifiers import as_programs, our_problems, verdicts_on_texts

SENTENCE = "Nothing was agreed"
FACTS, QUOTES, CLAUSES = "site/data/facts.json", "site/data/quotes.csv", "site/data/clauses.csv"
CALENDAR, BIBTEX, NOTES = "site/data/timeline.ics", "site/data/sources.bib", "site/data/annotations.jsonld"
PAGE = "site/clauses/index.html"
CLAIM = "Vessia leases Halden harbour to the Marrow Isles for 25 years."
ANOTHER = "The lease leaves out the customs house, the Gazette reports."
LINKED = f'<script type="application/ld+json">{{"@type": "ClaimReview", "reviewBody": "{SENTENCE}"}}</script>'


def more(path: str, line: str) -> Callable[[Path], None]:
    """Adds a line to a file."""

    def tamper(folder: Path) -> None:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(line)

    return tamper


TAMPERED: dict[str, Callable[[Path], None]] = {
    "a sentence among the facts": text(FACTS, '"claim": "', f'"note": "{SENTENCE}", "claim": "'),
    "a key among the facts": text(FACTS, '"claim": "', f'"{SENTENCE}": "", "claim": "'),
    "a digit in a quote among the facts": text(FACTS, "for 25 years", "for 26 years"),
    "a claim of another fact among the facts": text(FACTS, CLAIM, ANOTHER),
    "another passage among the facts": text(FACTS, '"start": 240', '"start": 241'),
    "facts that cannot be read": more(FACTS, "}"),
    "a sentence in a table": text(QUOTES, ",gazette,", f",{SENTENCE},"),
    "a cell more in a table": text(QUOTES, ",en\n", f",en,{SENTENCE}\n"),
    "a row more in a table": more(QUOTES, f"{SENTENCE}\n"),
    "a sentence in a list of a table": text(CLAUSES, '"[""vessia""', f'"[""{SENTENCE}"", ""vessia""'),
    "a column of a table": text(QUOTES, "id,claim-id", f"id,{SENTENCE}"),
    "a claim of another fact in a table": text(CLAUSES, CLAIM, f'"{ANOTHER}"'),
    "another passage in a table": text(QUOTES, ",240,328,", ",241,328,"),
    "a summary in the calendar": text(CALENDAR, "SUMMARY:", f"SUMMARY:{SENTENCE}. "),
    "a property of the calendar": text(CALENDAR, "TRANSP:", f"COMMENT:{SENTENCE}\r\nTRANSP:"),
    "a parameter in the calendar": text(CALENDAR, "SUMMARY:", f'SUMMARY;ALTREP="{SENTENCE}":'),
    "a name in the calendar": text(CALENDAR, "TRANSP:", "NOTHING-WAS AGREED:\r\nTRANSP:"),
    "a folded line in the calendar": text(CALENDAR, "TRANSP:", "COMMENT:Nothing wa\r\n s agreed\r\nTRANSP:"),
    "a line of text in the calendar": text(CALENDAR, "DESCRIPTION:", f"DESCRIPTION:{SENTENCE}\\n"),
    "a value in the bibliography": text(BIBTEX, "Marrow Isles}},", "Marrow Isles for Nothing}},"),
    "a field more in the bibliography": text(BIBTEX, "  year", f"  note = {{{{{SENTENCE}}}}},\n  year"),
    "a comment in the bibliography": more(BIBTEX, f"{SENTENCE}\n"),
    "a title in the references": text("site/data/sources.csl.json", "Marrow Isles", "Marrow Isles for Nothing"),
    "a label in the data package": text("site/data/datapackage.json", '"title": "Claim"', f'"title": "{SENTENCE}"'),
    "a label in the schema": text("site/data/facts.schema.json", '"title": "Claim"', f'"title": "{SENTENCE}"'),
    "a body of an annotation": text(NOTES, '"value": "', f'"value": "{SENTENCE}. '),
    "a claim of another fact in an annotation": text(NOTES, CLAIM, ANOTHER),
    "a quote of another fact in an annotation": text(NOTES, '"id": "#lease-term.2"', '"id": "#lease-quays.1"'),
    "another passage of an annotation": text(NOTES, '"start": 240', '"start": 241'),
    "words beside an annotated quote": text(NOTES, '"exact": "', f'"suffix": "{SENTENCE}", "exact": "'),
    "a row of a table without its claim": data_file("data/short.csv", "id,claim\nlease-term\n"),
    "a data file more": data_file("data/more.csv", f"id\n{SENTENCE}\n"),
    "a sentence in linked data": text(PAGE, '"@type":"Claim",', f'"@type":"Claim","name":"{SENTENCE}",'),
    "a claim of another fact in linked data": text(PAGE, f'"text":"{CLAIM}"', f'"text":"{ANOTHER}"'),
    "linked data of another sort": text(PAGE, "</h1>", f"</h1>{LINKED}"),
}


def test_both_find_nothing_wrong_with_the_data_as_built(built_lease: Path) -> None:
    assert as_programs(built_lease) == verdicts_on_texts(built_lease) == (True, True)


@pytest.mark.parametrize("name", TAMPERED)
def test_both_find_something_wrong_with_data_that_was_tampered_with(built_lease: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(built_lease, tmp_path / "copy"))
    TAMPERED[name](folder)
    write_checksums(folder / "site", json.loads((folder / "site" / "provenance.json").read_text("utf-8")))
    assert verdicts_on_texts(folder) == (False, False)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ([], []),
        (["facts"], {}),
        (["facts", 0, "claim"], 5),
        (["facts", 0, "quotes", 0, "start"], "1"),
        (["facts", 0, "quotes", 0, "start"], -1),
        (["facts", 0, "quotes", 0, "source"], "nobody"),
        (["sources", 0, "id"], ["gazette"]),
        (["sources", 0, "full"], [[1], ["x", None]]),
        (["sources", 0, "seed"], ""),
        (["texts"], {"a": "b"}),
        (["names"], [5]),
        (["method"], None),
        (["interface"], {}),
        (["interface", "words"], [{}]),
        (["interface", "pages"], {"": [5]}),
    ],
)
def test_a_ledger_of_whatever_shape_is_a_problem_and_no_end(
    built_lease: Path, tmp_path: Path, path: list[str | int], value: object
) -> None:
    site = Path(shutil.copytree(built_lease / "site", tmp_path / "site"))
    told = json.loads((site / "ledger.json").read_text("utf-8"))
    *outer, last = path or [0]
    inside = functools.reduce(operator.getitem, outer, told if path else [told])
    inside[last] = value
    (site / "ledger.json").write_text(json.dumps(told if path else value), encoding="utf-8")
    assert our_problems(site, built_lease / "seeds")
