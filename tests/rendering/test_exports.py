"""The data files, each read back by a program that is not ours: schema checkers, a database, an annotator, a calendar, CSL."""

import base64
import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest

from briefing.i18n.messages import SiteContext
from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.rendering.exports.calendar import calendar_span
from briefing.rendering.exports.citations import stated_text
from briefing.rendering.exports.facts_json import all_uses
from briefing.rendering.exports.json_ld import render_json_ld
from briefing.rendering.pages import SiteRenderer, render
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse_whitespace
from tests import linked_types
from tests.dossiers import write_dossier
from tests.language_server import NODE
from tests.sites import PROJECT

READER = Path(__file__).parents[1] / "node" / "read_data.mjs"
MISSING = "the npm packages of the tests are not installed; `make node` installs them"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(PROJECT)


@pytest.fixture(scope="module")
def site(published: Path) -> Path:
    return published


def read_on_node(site: Path) -> dict[str, Any]:
    """What the npm packages find in the data files of a site."""
    if not (READER.parent / "node_modules").is_dir():
        pytest.fail(MISSING)
    done = subprocess.run([NODE, READER, site], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def by_others(site: Path) -> dict[str, Any]:
    return read_on_node(site)


@pytest.fixture(scope="module")
def facts(site: Path) -> dict[str, list[dict[str, Any]]]:
    told = json.loads((site / "data" / "facts.json").read_text("utf-8"))
    found: dict[str, list[dict[str, Any]]] = told["facts"]
    return found


def test_the_facts_fit_their_schema_and_a_stranger_does_not(site: Path) -> None:
    schema = json.loads((site / "data" / "facts.schema.json").read_text("utf-8"))
    told = json.loads((site / "data" / "facts.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    checker.check_schema(schema)
    assert list(checker.iter_errors(told)) == []
    for stranger in ({"stance": "furious"}, {"stanze": "accepts"}, {"quotes": [{"exact": "Nothing."}]}, {"actor": None}):
        told["facts"]["reactions"][0] |= stranger
        assert list(checker.iter_errors(told)) != []
        told = json.loads((site / "data" / "facts.json").read_text("utf-8"))


def test_every_fact_with_every_claim_and_quote_is_in_the_facts(dossier: Dossier, facts: Mapping[str, Any]) -> None:
    every = [(fact.file_stem, fact.key) for fact in dossier.all_facts()]
    assert [(stem, fact["id"]) for stem, told in facts.items() for fact in told] == every
    said = json.dumps(facts, ensure_ascii=False)
    claims = [part.claim for fact in dossier.all_facts() for part in parts_of(fact)]
    assert all(json.dumps(collapse_whitespace(claim), ensure_ascii=False) in said for claim in claims)
    assert said.count('"exact"') == len(list(all_uses(SiteMap(dossier))))


def test_the_data_package_is_one_and_fits_every_table(site: Path) -> None:
    report = frictionless.validate(str(site / "data" / "datapackage.json"))
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert {task.name for task in report.tasks} == {path.stem for path in (site / "data").glob("*.csv")}
    assert sum(task.stats["rows"] for task in report.tasks) > 900


def test_a_wrong_id_in_a_table_is_found_by_its_data_package(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site / "data", tmp_path / "data"))
    table = copy / "quotes.csv"
    table.write_text(table.read_text("utf-8").replace(",afp-report,", ",afp-rapport,", 1), encoding="utf-8")
    assert not frictionless.validate(str(copy / "datapackage.json")).valid


def test_a_database_loads_every_table_and_answers(site: Path, facts: Mapping[str, Any]) -> None:
    database = sqlite3.connect(":memory:")
    for path in sorted((site / "data").glob("*.csv")):
        head, *rows = csv.reader(path.read_text("utf-8").splitlines(keepends=True))
        columns = ", ".join(f'"{name}"' for name in head)
        database.execute(f'CREATE TABLE "{path.stem}" ({columns})')
        database.executemany(f'INSERT INTO "{path.stem}" VALUES ({", ".join("?" * len(head))})', rows)
        assert rows
    asked = "SELECT clauses.id FROM clauses, json_each(clauses.acts) AS act WHERE acts != '' AND act.value = 'armenia'"
    wanted = [clause["id"] for clause in facts["clauses"] if "armenia" in clause.get("acts", ())]
    assert [id for (id,) in database.execute(asked)] == wanted != []
    joined = 'SELECT COUNT(*) FROM quotes JOIN clauses ON quotes."claim-id" = clauses.id'
    assert database.execute(joined).fetchone() == (sum(len(clause["quotes"]) for clause in facts["clauses"]),)


def test_an_annotator_finds_every_quote_in_the_element_that_its_target_names(by_others: dict[str, Any]) -> None:
    found = by_others["annotations"]
    assert found["wrong"] == []
    assert found["lost"] == []
    assert found["onPage"] == found["total"] > 400


def test_every_annotation_names_its_seed_by_hash_and_the_quote_by_its_code_points(site: Path) -> None:
    seeds = {named_by_hash(path.read_bytes()): path.read_bytes().decode() for path in (PROJECT / "seeds").iterdir()}
    told = json.loads((site / "data" / "annotations.jsonld").read_text("utf-8"))["first"]["items"]
    for annotation in told:
        targets = {target["source"]: target["selector"] for target in annotation["target"]}
        (source,) = targets.keys() & seeds.keys()
        span, words = targets[source]
        assert collapse_whitespace(seeds[source][span["start"] : span["end"]]) == words["exact"]


def named_by_hash(content: bytes) -> str:
    """RFC 6920, by its own words: the digest in base64url without padding."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def test_no_word_of_a_source_stands_in_an_annotation_but_its_quotes(site: Path) -> None:
    told = (site / "data" / "annotations.jsonld").read_text("utf-8")
    assert "prefix" not in told
    assert "suffix" not in told


def test_a_calendar_has_the_days_and_moments_and_says_which_were_worked_out(
    by_others: dict[str, Any], facts: Mapping[str, Any]
) -> None:
    held = {event["claim"]: event for event in facts["timeline"] if calendar_span(event["date"])}
    told = {event["summary"]: event for event in by_others["calendar"]}
    assert told.keys() == held.keys()
    assert 5 < len(told) < len(facts["timeline"])
    for claim, event in held.items():
        assert told[claim]["start"].startswith(event["date"][:10])
        assert told[claim]["status"] == ("TENTATIVE" if "inferred" in event else None)
        lines = told[claim]["description"].split("\n")
        assert {event.get("inferred", event["quotes"][0]["exact"]), *(quote["exact"] for quote in event["quotes"])} <= set(
            lines
        )
    assert len({event["uid"] for event in told.values()}) == len(told)


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2031-04-02", "2031-04-02", "2031-04-03"),
        ("2031-04-02/2031-04-05", "2031-04-02", "2031-04-06"),
        ("2031-04-30T22:00Z", "2031-04-30 22:00:00+00:00", "None"),
        ("2031-05-01T00:00+02:00", "2031-04-30 22:00:00+00:00", "None"),
        ("2031-04-30T22:00", "2031-04-30", "2031-05-01"),
    ],
)
def test_a_calendar_holds_days_and_moments(date: str, start: str, end: str) -> None:
    held = calendar_span(date)
    assert held is not None
    assert (str(held[0]), str(held[1])) == (start, end)


@pytest.mark.parametrize(
    "date", ["2031", "2031-04", "203X", "2031-04-02?", "2031-04~", "[2031-04-02,2031-04-03]", "2031-04-02/..", "9999-12-31"]
)
def test_a_calendar_holds_no_date_that_is_less_exact(date: str) -> None:
    assert calendar_span(date) is None


def test_a_csl_processor_cites_each_source_by_what_its_record_states(by_others: dict[str, Any]) -> None:
    assert by_others["csl"]["styled"] == {
        "afp-report": "Hervé Bar for AFP. (2020, November 10). Russian Peacekeepers Head to Nagorno-Karabakh After Peace Deal. "
        "https://www.themoscowtimes.com/2020/11/10/russian-peacekeepers-head-to-nagorno-karabakh-after-peace-deal-a71997",
        "untitled-report": "[Untitled report]. (n.d.).",
    }
    assert by_others["bibtex"]["styled"]["afp-report"] == by_others["csl"]["styled"]["afp-report"]
    assert [entry["note"] for entry in by_others["bibtex"]["entries"] if "note" in entry] == ["Untitled report"]


HOSTILE = r"50% of {A} & B_1 #2 \n ~x^2 $y$ }; BEGIN:VEVENT, “q” \textbf{no}"


def test_a_hostile_text_comes_back_from_every_syntax(tmp_path: Path) -> None:
    sources = f"""\
wire:
  label: Wire
  title: {json.dumps(HOSTILE)}
  author: {json.dumps(HOSTILE)}
  container-title: {json.dumps(HOSTILE)}
  publisher: not stated
  issued: 2031-04~
  accessed: not stated
  url: https://a.example/{{x}}?a_b=1&c=%20
  language: en
  rights: Invented.
  basis: {{title: Invented.}}
  seed: wire.txt
  sha256: sha256 of wire.txt
"""
    event = f"""\
day:
  claim: {json.dumps("We say " + HOSTILE)}
  date: 2031-04-02
  as-written: today
  inferred: {json.dumps(HOSTILE)}
  quotes: {{wire: {json.dumps("They say today: " + HOSTILE)}}}
"""
    folder = write_dossier(tmp_path, {"sources": sources, "timeline": event}, {"wire": f"They say today: {HOSTILE}\n"})
    files = render(read_dossier(folder))
    out = tmp_path / "site"
    for path, text in files.items():
        if path.startswith("data/"):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(text.encode())
    (out / "timeline").mkdir()
    (out / "timeline" / "index.html").write_text(files["timeline.md"], encoding="utf-8")
    found = read_on_node(out)
    (entry,) = found["bibtex"]["entries"]
    assert (entry["title"], entry["author"][0]["family"]) == (HOSTILE, HOSTILE)
    assert entry["URL"] == "https://a.example/%7Bx%7D?a_b=1&c=%20"
    (event_read,) = found["calendar"]
    assert event_read["summary"] == "We say " + HOSTILE
    assert HOSTILE in event_read["description"].split("\n")
    assert found["annotations"]["onPage"] == 1
    assert frictionless.validate(str(out / "data" / "datapackage.json")).valid
    (row,) = csv.DictReader(files["data/timeline.csv"].splitlines(keepends=True))
    assert row["inferred"] == HOSTILE


def blocks(site: Path) -> dict[str, Any]:
    """The linked data of each page of a site."""
    texts = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    return {
        f"page{n}_{number}": json.loads(block)
        for n, text in enumerate(texts.values())
        for number, block in enumerate(re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL))
    }


def test_linked_data_is_of_the_vocabulary_of_schema_org(site: Path) -> None:
    if not (linked_types.MODULES / "schema-dts").is_dir():
        pytest.fail(linked_types.MISSING)
    graphs = blocks(site)
    assert len(graphs) > 50
    wrong = {"@context": "https://schema.org", "@graph": [{"@type": "Claim", "@id": "#a", "verdict": "true"}]}
    faults = linked_types.type_faults({**graphs, "wrong": wrong})
    assert len(faults) == 1
    assert "verdict" in faults[0]


def test_linked_data_says_what_there_is_and_rates_nothing(site: Path) -> None:
    nodes = [node for graph in blocks(site).values() for node in graph["@graph"]]
    types = [node["@type"] for node in nodes]
    assert {"Report", "Dataset", "Claim", "CreativeWork"} == set(types)
    said = json.dumps(nodes)
    assert '"Quotation"' in said
    assert '"Event"' in said
    assert "Review" not in said


def test_a_source_is_a_news_report_only_where_its_record_says_so(copy_of_port_lease: Path) -> None:
    sources = copy_of_port_lease / "facts" / "sources.yaml"
    text = sources.read_text("utf-8")
    sources.write_text(text.replace("  issued: 2031-04-02\n", "  type: news report\n  issued: 2031-04-02\n"), encoding="utf-8")
    where = SiteMap(read_dossier(copy_of_port_lease))
    block = str(render_json_ld(where, "clauses.md", where.dossier.facts_of_kind("clauses")))
    graph = json.loads(block.partition(">")[2].rpartition("<")[0])["@graph"]
    assert {node["name"]: node["@type"] for node in graph if node["@id"].startswith("../sources/")} == {
        "Vessia Leases Halden Harbour to the Marrow Isles": "ReportageNewsArticle",
        "Wire report": "CreativeWork",
    }


def test_a_date_that_was_worked_out_or_is_not_exact_starts_no_event(dossier: Dossier) -> None:
    where = SiteMap(dossier)
    block = str(render_json_ld(where, "timeline.md", dossier.facts_of_kind("timeline")))
    graph = json.loads(block.partition(">")[2].rpartition("<")[0])["@graph"]
    starts = {node["@id"][1:]: node["about"].get("startDate") for node in graph if "about" in node}
    for event in dossier.facts_of_kind("timeline"):
        assert starts[event.key] == (event.date if re.fullmatch(r"[\d-]+", event.date) and not event.inferred else None)


def test_the_data_files_are_made_only_when_asked_for(dossier: Dossier) -> None:
    laid = SiteRenderer(dossier, SiteContext())
    laid.render_file("clauses.md")
    assert laid._rendered.keys() == {"clauses.md"}
    laid.render_file("data/sources.bib")
    assert laid._rendered.keys() == {"clauses.md", "data/sources.bib"}


def test_what_is_not_stated_is_not_said() -> None:
    assert stated_text("not stated") == stated_text(None) == ""
    assert stated_text(" a\n b ") == "a b"
