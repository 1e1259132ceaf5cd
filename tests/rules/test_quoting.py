"""The rules of quoting: a wrong quote costs one search, however many rules look at it."""

from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.model.source import Passage, Source
from briefing.rules.incremental import IncrementalChecker
from briefing.rules.registry import check


@pytest.mark.parametrize("runs", [1, 2], ids=["once", "and-again-in-a-preview"])
def test_one_wrong_quote_is_one_fuzzy_search_in_each_run(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    path = copy_of_port_lease / "facts/clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("Vessia on Wednesday agreed", "Vessia on Thursday agreed", 1), "utf-8")
    searched: list[str] = []
    search = Source.closest_passage

    def counted(source: Source, words: str) -> Passage | None:
        searched.append(words)
        return search(source, words)

    monkeypatch.setattr(Source, "closest_passage", counted)
    checker = IncrementalChecker()
    for run in range(runs):
        path.write_text(path.read_text("utf-8") + "\n" * run, "utf-8")
        found = check(read_dossier(copy_of_port_lease), incremental=checker).problems
        assert [problem.rule for problem in found] == ["quote-is-verbatim"]
    assert len(searched) <= runs
    assert searched
