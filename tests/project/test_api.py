"""`import briefing`: a small, typed, documented API for notebooks, bots and other programs."""

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import briefing
from briefing import api
from tests.example_documents import EXAMPLE
from tests.sites import PROJECT

FUNCTIONS = ("load", "check", "render", "verify")
USER = '''\
"""What another program does with the API."""

from pathlib import Path

import briefing
from briefing import Dossier, Fact, Location, Passage, Problem, Report, Source, SourceFile


def first_problem(folder: Path) -> Problem | None:
    """The first problem of a briefing."""
    dossier: Dossier = briefing.load(folder)
    report: Report = briefing.check(dossier)
    return next(iter(report.problems), None)


def place(problem: Problem) -> str:
    """Where a problem is."""
    location: Location = problem.location
    file: SourceFile = location.file
    return f"{file.path}:{location.line + 1}"


def words(dossier: Dossier) -> dict[str, int]:
    """How long each source is."""
    sources: dict[str, Source] = dict(dossier.sources)
    return {key: len(source.paragraphs) for key, source in sources.items()}


def site(dossier: Dossier, report: Report, out: Path) -> list[Problem]:
    """Writes the pages, and checks a site that was built from them."""
    pages: dict[str, str] = briefing.render(dossier, report)
    for path, text in pages.items():
        (out / path).write_text(text, encoding="utf-8")
    return briefing.verify(out / "site", out / "seeds")


def quoted(dossier: Dossier) -> list[Passage | None]:
    """Where each quote was found."""
    facts: list[Fact] = list(dossier.all_facts())
    claims = [fact for fact in facts if isinstance(fact, briefing.Claim)]
    return [dossier.passage_of(quote) for claim in claims for quote in claim.quotes]
'''


def run_python(code: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_briefing_is_loaded_checked_and_rendered() -> None:
    dossier = briefing.load(str(EXAMPLE))
    report = briefing.check(dossier)
    files = briefing.render(dossier, report)
    assert report.problems == ()
    assert {"index.md", "checks.md", "ledger.json", "data/facts.json"} <= files.keys()
    assert "quote-is-verbatim" in files["checks.md"]  # the rules come from the report
    assert all(isinstance(text, str) for text in files.values())


def test_a_fact_with_a_problem_is_reported_and_not_rendered(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / "facts/clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("quarter-century lease", "half-century lease"), "utf-8")
    dossier = briefing.load(copy_of_port_lease)
    report = briefing.check(dossier)
    problem = next(problem for problem in report.problems if problem.rule == "quote-is-verbatim")
    assert isinstance(problem, briefing.Problem)
    assert isinstance(problem.location, briefing.Location)
    assert dossier.fact(problem.fact) is not None
    facts = json.loads(briefing.render(dossier, report)["data/facts.json"])["facts"]
    shown = {fact["id"] for fact in facts["clauses"]}
    assert problem.fact not in shown
    assert "yearly-rent" in shown


def test_a_folder_without_a_briefing_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    assert briefing.check(briefing.load(tmp_path)).problems != ()
    assert briefing.verify(tmp_path, tmp_path) != []


def test_a_built_site_is_verified(published: Path) -> None:
    assert briefing.verify(published, PROJECT / "seeds") == []
    assert briefing.verify(str(published), EXAMPLE / "seeds") != []


def test_the_import_loads_nothing_before_a_name_is_used(tmp_path: Path) -> None:
    code = "import sys, briefing; print([name for name in sys.modules if name.startswith('briefing.')])"
    assert run_python(code, tmp_path).stdout == "[]\n"
    code = "import sys, briefing; briefing.load; print([m for m in ('click', 'jinja2', 'mkdocs') if m in sys.modules])"
    assert run_python(code, tmp_path).stdout == "[]\n"


def test_every_name_is_offered_documented_and_the_same_in_both_places() -> None:
    assert briefing.__all__ == sorted(briefing.__all__) == api.__all__
    assert set(briefing.__all__) <= set(dir(briefing))
    for name in briefing.__all__:
        assert getattr(briefing, name) is getattr(api, name)
        assert inspect.getdoc(getattr(briefing, name))
    for name in FUNCTIONS:
        assert "return" in get_type_hints(getattr(briefing, name))


def test_another_name_is_missing_as_in_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'briefing' has no attribute 'told'"):
        briefing.told  # noqa: B018


def test_mypy_strict_passes_for_a_program_that_uses_it(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(USER, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "mypy", "--strict", "user.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
