"""Which facts use what of a source."""

from pathlib import Path

from briefing.loading.dossier_reader import read_dossier
from briefing.model.source import Passage, read_source
from briefing.model.usage import paragraph_coverage, split_by_quotes, uncounted_facts
from tests.dossiers import write_dossier

SEED = "The lease is signed. It runs long.\n\nDockers strike.\n\nThe end.\n"
FACTS = """\
lease-signed:
  claim: The lease is signed.
  quotes:
    wire: [The lease is signed., Dockers strike.]
lost:
  claim: Nothing.
  quotes: {wire: The lease was signed.}
"""


def test_a_paragraph_is_disposed_of_by_quotes_or_words_of_the_record_and_else_open(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path, {"clauses": FACTS}, {"wire": SEED})
    path = folder / "facts/sources.yaml"
    path.write_text(path.read_text("utf-8") + '  left-out:\n    - {paragraphs: "2-3", reason: Why.}\n', encoding="utf-8")
    dossier = read_dossier(folder)
    found = paragraph_coverage(dossier, dossier.sources["wire"], dossier.quote_index.uses_of_source("wire"))
    assert [(len(one.quotes), len(one.left_out), one.is_open) for one in found] == [(1, 0, False), (1, 1, False), (0, 1, False)]
    assert paragraph_coverage(dossier, dossier.sources["wire"], ())[0].is_open


def test_a_fact_whose_words_do_not_stand_is_not_counted_and_is_named(tmp_path: Path) -> None:
    facts = {"clauses": FACTS, "context": "broken:\n  claim:\n"}
    dossier = read_dossier(write_dossier(tmp_path, facts, {"wire": SEED}))
    assert [use.fact.key for use in dossier.quote_index.uses_of_source("wire")] == ["lease-signed", "lease-signed"]
    assert uncounted_facts(dossier) == ["broken", "lost"]


def test_a_use_covers_meets_or_misses_a_passage(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    use = next(use for use in dossier.quote_index.uses_of_source("wire") if use.fact.key == "lease-term")
    at = use.passage
    assert use.covers(Passage("wire", 2, 2, at.start + 1, at.end))
    wider = Passage("wire", 2, 2, at.start - 1, at.end)
    assert use.overlaps(wider)
    assert not use.covers(wider)
    assert not use.overlaps(Passage("wire", 2, 2, at.end, at.end + 5))


def test_a_paragraph_is_cut_where_quotes_begin_and_end_overlaps_joined() -> None:
    source = read_source("wire", "One.\n\nThe lease is signed.\n")
    passages = [Passage("wire", 2, 2, 10, 15), Passage("wire", 2, 2, 12, 18), Passage("wire", 1, 2, 0, 9)]
    found = split_by_quotes(source, source.paragraph(2), passages)
    assert found == [("The", True), (" ", False), ("lease is", True), (" signed.", False)]
