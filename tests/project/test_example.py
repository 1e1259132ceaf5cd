"""The briefing in examples/: made with the commands from documents kept beside it, with no line of Python."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from briefing.cli import main
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.model.dossier import Dossier
from briefing.rules.registry import check
from briefing.sources.document import Document
from briefing.sources.new_briefing import DISTRIBUTION
from briefing.sources.reader import read_document
from tests.example_documents import EXAMPLE, STATEMENT, statement
from tests.sites import PROJECT
from tests.verifiers import verdicts


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(EXAMPLE)


def test_every_rule_holds_and_one_alarm_is_answered(dossier: Dossier) -> None:
    report = check(dossier)
    assert report.reported == ()
    assert [problem.rule for problem in report.waived] == ["number-is-quoted"]
    assert report.not_run == ()


def test_its_schemas_are_of_today() -> None:
    assert CliRunner().invoke(main, ["schema", "--check", str(EXAMPLE)]).exit_code == 0


@pytest.mark.parametrize("path", [*sorted(EXAMPLE.glob("facts/*.yaml")), EXAMPLE / "briefing.yaml"], ids=lambda path: path.stem)
def test_its_files_fit_the_schemas_that_an_editor_reads(path: Path) -> None:
    schema = json.loads((EXAMPLE / f"schemas/{path.stem}.schema.json").read_text("utf-8"))
    typed = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # every scalar a text, as `briefing` reads it
    assert [error.message for error in Draft7Validator(schema).iter_errors(typed)] == []


def test_it_is_built_and_both_verifiers_find_nothing(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "lease", ignore=shutil.ignore_patterns("site")))
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    assert verdicts(folder) == (True, True)
    charges = (site / "charges/index.html").read_text("utf-8")
    assert "By the tonne" in charges
    assert 'lang="ru"' in (site / "clauses/index.html").read_text("utf-8")
    assert "shall not employ pilots" in (site / "sources/communique/index.html").read_text("utf-8")


def test_its_seeds_are_what_its_documents_are_read_into() -> None:
    received = sorted((EXAMPLE / "received").iterdir())
    assert [path.suffix for path in received] == [".html", ".html", ".pdf"]
    for path in received:
        document = read_document(path.name, path.read_bytes())
        assert isinstance(document, Document)
        assert document.seed == (EXAMPLE / "seeds" / f"{path.stem}.txt").read_bytes()


def test_its_pdf_is_what_is_written_today() -> None:
    assert STATEMENT.read_bytes() == statement(), "python -m tests.example_documents, and add the document again"


def test_it_is_unlike_the_first_briefing(dossier: Dossier) -> None:
    """Other kinds in other proportions, one of its own, several texts of a clause, several languages, one text shown whole."""
    first = read_dossier(PROJECT)
    shares = [{stem: len(facts) / read.counts()["facts"] for stem, facts in read.facts.items()} for read in (dossier, first)]
    assert all(shares[0][stem] > shares[1].get(stem, 0) for stem in ("clauses", "figures", "charges"))
    assert all(shares[0][stem] < shares[1][stem] for stem in ("disputes", "context", "reactions"))
    assert len(dossier.facts["clauses"]["permanent-posts"].wordings) == 3  # type: ignore[attr-defined]
    records = list(dossier.facts_of_kind("sources"))
    assert {str(record.language) for record in records} == {"en", "ru"}
    assert [record.key for record in records if record.text_ == "full"] == ["communique"]


def test_its_workflow_installs_this_package_and_no_stranger_of_its_command_s_name() -> None:
    (line,) = (line for line in (EXAMPLE / "requirements.txt").read_text("utf-8").splitlines() if not line.startswith("#"))
    assert line.startswith(f"{DISTRIBUTION}==")
