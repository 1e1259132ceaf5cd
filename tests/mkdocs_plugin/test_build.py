"""The built site is read back before it is published, and exchanged for the earlier one in one step."""

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin import project
from briefing.mkdocs_plugin.build import build_site
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification.checksums import write_checksums
from briefing.verification.html_reader import read_page


@pytest.fixture(scope="module")
def built(built_lease: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built_lease, tmp_path_factory.mktemp("built") / "port_lease"))


def problems_after(built: Path, page: str, change: Callable[[str], str]) -> list[str]:
    """What reading the site back says after one page was changed; the page is put back."""
    site = built / "site"
    path = site / page
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    try:
        return [problem.message for problem in verify_site(site, built / "seeds")]
    finally:
        path.write_text(text, encoding="utf-8")


def test_a_site_as_it_was_built_has_nothing_wrong(built: Path) -> None:
    assert verify_site(built / "site", built / "seeds") == []


def test_every_claim_stands_on_its_page_with_every_quote_beside_it(built: Path) -> None:
    ledger = json.loads((built / "site" / "ledger.json").read_text(encoding="utf-8"))
    assert len(ledger["facts"]) > 40
    for fact in ledger["facts"]:
        address, _, key = fact["page"].partition("#")
        page = read_page((built / "site" / address / "index.html").read_text(encoding="utf-8"))
        assert (key, fact["claim"]) in page.claims
        assert fact["quotes"] or fact["kind"] == "silences"


def test_ledger_offsets_lead_to_the_words_in_the_seed_as_it_lies_on_disk(built: Path) -> None:
    ledger = json.loads((built / "site" / "ledger.json").read_text(encoding="utf-8"))
    for quote in (quote for fact in ledger["facts"] for quote in fact["quotes"]):
        seed = (built / "seeds" / f"{quote['source']}.txt").read_bytes().decode("utf-8")
        assert " ".join(seed[quote["start"] : quote["end"]].split()) == quote["exact"]


def test_an_altered_quote_is_caught(built: Path) -> None:
    said = problems_after(built, "clauses/index.html", lambda html: html.replace("largest harbour", "smallest harbour", 1))
    assert said


def test_a_quote_that_is_in_no_fact_is_caught(built: Path) -> None:
    said = problems_after(built, "clauses/index.html", lambda html: html.replace("<h1", '<q class="quote">made up</q><h1', 1))
    assert "this quote belongs to no fact: made up" in said


def test_a_claim_that_was_changed_after_the_check_is_caught(built: Path) -> None:
    said = problems_after(built, "clauses/index.html", lambda html: html.replace("for 25 years", "for 52 years"))
    assert any("is missing here or differs from the ledger" in message for message in said)


def test_a_link_that_leads_nowhere_is_caught(built: Path) -> None:
    said = problems_after(
        built, "index.html", lambda html: html.replace("<h1", '<a href="gone/"></a><a href="clauses/#gone"></a><h1', 1)
    )
    assert said == ["broken link: gone/", "this link leads to an anchor that does not exist: clauses/#gone"]


def test_a_wrong_fact_leaves_the_earlier_site_as_it_was(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "again"))
    before = (folder / "site" / "clauses" / "index.html").read_bytes()
    path = folder / "facts" / "clauses.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("largest harbour", "smallest harbour"), encoding="utf-8")
    report, site = build_site(folder)
    assert site is None
    assert "quote-is-verbatim" in {problem.rule for problem in report.problems}
    assert (folder / "site" / "clauses" / "index.html").read_bytes() == before
    assert [entry.name for entry in folder.iterdir() if entry.name.startswith(".site")] == []


def test_a_build_replaces_the_whole_earlier_site(built: Path) -> None:
    (built / "site" / "stale.html").write_text("a page of an earlier build", encoding="utf-8")
    write_checksums(built / "site", {})
    _, site = build_site(built)
    assert site is not None
    assert not (site / "stale.html").exists()


def test_building_twice_gives_the_same_pages(built: Path) -> None:
    first = {path: path.read_bytes() for path in (built / "site").rglob("*.html")}
    build_site(built)
    assert {path: path.read_bytes() for path in (built / "site").rglob("*.html")} == first


def test_a_build_that_stopped_leaves_nothing_for_the_next_one(built: Path, tmp_path: Path) -> None:
    """MkDocs gives every build of a process the same plugin."""
    broken = Path(shutil.copytree(built, tmp_path / "broken"))
    (broken / "facts" / "clauses.yaml").write_text("lease-term: [", encoding="utf-8")
    stopped = build_site(broken)
    assert not isinstance(stopped, Problem)
    assert stopped[1] is None
    config = load_config(config_file=str(built / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    assert (tmp_path / "site" / "ledger.json").is_file()


def test_a_build_reads_and_checks_the_dossier_once(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        do = getattr(project, name)

        def call(*arguments: Any, **options: Any) -> Any:
            calls.append(name)
            return do(*arguments, **options)

        return call

    for name in ("read_dossier", "check"):
        monkeypatch.setattr(project, name, counted(name))
    folder = Path(shutil.copytree(built, tmp_path / "once"))
    assert not isinstance(build_site(folder), Problem)
    assert calls == ["read_dossier", "check"]


@pytest.mark.parametrize("value", [None, "1"])
def test_a_build_neither_changes_nor_follows_the_environment(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    """MkDocs dates a site by SOURCE_DATE_EPOCH, or else by the clock; this one has the date of its latest source."""
    if value is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    before = dict(os.environ)
    folder = Path(shutil.copytree(built, tmp_path / "dated"))
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("site_url: https://briefing.example/\n")
    assert not isinstance(build_site(folder), Problem)
    assert dict(os.environ) == before
    assert set(re.findall(r"<lastmod>(.*?)<", (folder / "site" / "sitemap.xml").read_text("utf-8"))) == {"2031-04-03"}
    archive = (folder / "site" / "sitemap.xml.gz").read_bytes()
    assert int.from_bytes(archive[4:8], "little") == datetime(2031, 4, 3, tzinfo=UTC).timestamp()
