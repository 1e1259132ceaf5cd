"""Waivers: they answer one problem of one claim as it was read, and are a problem themselves where they answer none."""

from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import check
from briefing.rules.waivers import fingerprint
from tests.dossiers import write_dossier

SEED = "Kern said the lease runs for years and years on end.\n"
FACT = """\
long-lease:
  claim: {claim}
  quotes:
    wire: {quote}
"""
WAIVER = """\
  waivers:
    - rule: {rule}
      words: {words}
      reason: The Gazette's twenty-five is a quarter of a century.
      seen: {seen}
"""
CLAIM = "Kern said the lease runs for 25 years."
QUOTE = "Kern said the lease runs for years and years on end"


def report_of(folder: Path, claim: str = CLAIM, rule: str = "number-is-quoted", words: str = "25", seen: str = "") -> object:
    fact = FACT.format(claim=claim, quote=QUOTE)
    write_dossier(folder, {"context": fact}, {"wire": SEED})
    part = read_dossier(folder).fact("long-lease")
    waiver = WAIVER.format(rule=rule, words=words, seen=seen or fingerprint(part))  # type: ignore[arg-type]
    write_dossier(folder, {"context": fact + waiver}, {"wire": SEED})
    return check(read_dossier(folder))


def rules(report: object) -> list[str]:
    return [problem.rule for problem in report.problems]  # type: ignore[attr-defined]


def test_a_waiver_answers_the_problem_it_names_and_is_counted(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    assert rules(report) == []
    assert [problem.words for problem in report.waived] == ["25"]  # type: ignore[attr-defined]


def test_a_waiver_about_other_words_answers_nothing_and_is_a_problem(tmp_path: Path) -> None:
    assert rules(report_of(tmp_path, words="26")) == ["number-is-quoted", "waiver-is-needed"]


def test_a_waiver_of_a_claim_in_which_nothing_is_wrong_is_a_problem(tmp_path: Path) -> None:
    assert rules(report_of(tmp_path, claim="Kern said the lease runs for years.")) == ["waiver-is-needed"]


def test_a_waiver_expires_with_the_claim_and_the_help_says_what_to_write(tmp_path: Path) -> None:
    report = report_of(tmp_path, seen="0123abcd")
    assert rules(report) == ["waiver-is-needed"]
    part = read_dossier(tmp_path).fact("long-lease")
    assert f"seen: {fingerprint(part)}" in report.problems[0].help  # type: ignore[attr-defined, arg-type]


def test_the_fingerprint_changes_with_the_claim_and_with_each_quote(tmp_path: Path) -> None:
    seen = set()
    for claim, quote in ((CLAIM, QUOTE), (CLAIM + " Yes.", QUOTE), (CLAIM, QUOTE.removesuffix(" on end"))):
        write_dossier(tmp_path, {"context": FACT.format(claim=claim, quote=quote)}, {"wire": SEED})
        seen.add(fingerprint(read_dossier(tmp_path).fact("long-lease")))  # type: ignore[arg-type]
    assert len(seen) == 3


@pytest.mark.parametrize("rule", ["quote-is-verbatim", "text-is-whole", "source-is-unchanged", "id-is-unique", "nonsense"])
def test_what_is_exact_cannot_be_waived(rule: str, tmp_path: Path) -> None:
    report = report_of(tmp_path, claim="Kern said the lease runs for years.", rule=rule)
    assert rules(report) == ["waiver-is-needed"]
    assert f"`{rule}` cannot be waived" in report.problems[0].message  # type: ignore[attr-defined]


def test_a_waiver_is_not_reported_while_the_source_of_its_claim_is_not_read(tmp_path: Path) -> None:
    assert rules(report_of(tmp_path)) == []
    (tmp_path / "seeds" / "wire.txt").unlink()
    assert "waiver-is-needed" not in rules(check(read_dossier(tmp_path)))
