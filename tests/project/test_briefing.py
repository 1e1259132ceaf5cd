"""The briefing that the repository publishes: complete, short where it must be, and free of problems."""

import hashlib
from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.rules.registry import check
from briefing.text.words import count_words
from tests.sites import PROJECT


@pytest.fixture(scope="module")
def briefing() -> Dossier:
    return read_dossier(PROJECT)


def test_nothing_is_wrong_and_much_was_checked(briefing: Dossier) -> None:
    report = check(briefing)
    assert report.problems == ()
    assert report.checked["sources"] == 2
    assert report.checked["facts"] >= 150
    assert report.checked["quotes"] >= 150
    assert report.checked["paragraphs"] == 77


def test_the_seeds_are_byte_for_byte_as_received() -> None:
    received = {
        "afp-report.txt": "e94533ad7d700b0ef7e4327c9e6258493c9b4828bcd1babc72f1400a561d692f",
        "untitled-report.txt": "db9e4b5e2e5542ab6c72b95720892a35ba861c402d5ba7c97aa512227b0404b8",
    }
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (PROJECT / "seeds").iterdir()}
    assert found == received


def test_the_bottom_line_and_the_key_points_are_short(briefing: Dossier) -> None:
    lines = [line for line in briefing.facts_of_kind("overview") if line.part == "bottom-line"]
    assert 0 < sum(count_words(line.claim) for line in lines) <= 60
    assert 5 <= sum(line.part == "key-point" for line in briefing.facts_of_kind("overview")) <= 7


def test_what_a_source_does_not_print_is_not_stated(briefing: Dossier) -> None:
    untitled = briefing.facts["sources"]["untitled-report"]
    assert {getattr(untitled, name) for name in ("title_", "author", "publisher", "container_title", "url")} == {"not stated"}


def test_the_time_of_the_ceasefire_has_no_day_that_the_report_does_not_print(briefing: Dossier) -> None:
    timed = [event for event in briefing.facts_of_kind("timeline") if "21:00 GMT" in event.as_written]
    assert timed
    for event in timed:
        assert event.date == "[2020-11-09,2020-11-10]"
        assert event.inferred


def test_every_inferred_date_says_from_what(briefing: Dossier) -> None:
    for fact in (*briefing.facts_of_kind("timeline"), *briefing.facts_of_kind("reactions")):
        if fact.inferred is not None:
            assert fact.as_written
            assert count_words(fact.inferred) >= 5


def test_no_sentence_about_the_subject_stands_in_docs(briefing: Dossier) -> None:
    names = {str(name.text) for stem in ("actors", "places") for fact in briefing.facts_of_kind(stem) for name in fact.names}
    for path in sorted(Path(PROJECT / "docs").rglob("*.md")):
        words = set(path.read_text(encoding="utf-8").replace(",", " ").replace(".", " ").split())
        assert not {name for name in names if name in words and name[0].isupper()}
