"""Claims in other languages than English: rules that know English words do not run and say so; the others do."""

from pathlib import Path

import pytest

from briefing.cli.common import report_summary
from briefing.diagnostics.problem import Report
from briefing.i18n.messages import SiteContext
from briefing.loading.dossier_reader import read_dossier
from briefing.rendering.pages import render
from briefing.rules.registry import ENGLISH_RULES, RULES, check
from briefing.text.words import is_unspaced
from tests.dossiers import write_dossier

SEED = "The regime may hold 1,960 soldiers in the port, Kern said on Monday.\n"
RUSSIAN = "В порту могут стоять {number} солдат, сказала Керн."


def checked(folder: Path, claim: str, language: str, quote: str = SEED.strip()) -> Report:
    fact = f"one:\n  claim: >-\n    {claim}\n  quotes:\n    wire: >-\n      {quote}\n"
    write_dossier(folder, {"context": fact}, {"wire": SEED})
    (folder / "briefing.yaml").write_text(f"language: {language}\n", encoding="utf-8")
    return check(read_dossier(folder))


def test_rules_that_read_english_words_are_named_as_not_run(tmp_path: Path) -> None:
    report = checked(tmp_path, RUSSIAN.format(number="1 960"), "ru")
    assert (report.problems, report.warnings, report.not_run) == (
        (),
        (),
        tuple(name for name in RULES if name in ENGLISH_RULES),
    )
    assert report_summary(report).startswith(
        "briefing: nothing wrong, 6 rules for English not run: the claims are in another language; checked 1 fact"
    )


def test_english_claims_in_a_language_said_to_be_english_are_read(tmp_path: Path) -> None:
    report = checked(tmp_path, "The regime holds 1,960 soldiers.", "en-GB")
    assert report.not_run == ()
    assert {problem.rule for problem in report.problems} >= {"hedge-is-kept", "claim-is-neutral"}


def test_a_number_in_digits_is_compared_with_its_quotes_in_any_language(tmp_path: Path) -> None:
    report = checked(tmp_path, RUSSIAN.format(number="9 160"), "ru")
    assert [(problem.rule, problem.words) for problem in report.problems] == [("number-is-quoted", "9 160")]


def test_a_quote_is_verbatim_in_any_language(tmp_path: Path) -> None:
    report = checked(tmp_path, RUSSIAN.format(number="960"), "ru", "960 soldiers in the port, Kern said on Monday.")
    assert {problem.rule for problem in report.problems} == {"quote-is-whole-words"}


def test_a_claim_in_characters_and_a_quote_in_words_are_not_compared_in_length(tmp_path: Path) -> None:
    report = checked(
        tmp_path, "克恩周一表示，该政权可能在港口驻扎一千多名士兵，这一数字此前从未公布过，也没有人能够证实。", "zh"
    )
    assert (report.problems, report.warnings) == ((), ())


@pytest.mark.parametrize(
    ("text", "unspaced"), [("港口", True), ("Halden 港", False), ("港口 Halden", True), ("Халден", False), ("", False)]
)
def test_a_text_without_spaces_is_recognised(text: str, unspaced: bool) -> None:
    assert is_unspaced(text) is unspaced


def test_the_site_says_what_did_not_run(tmp_path: Path) -> None:
    report = checked(tmp_path, RUSSIAN.format(number="1 960"), "ru")
    page = render(read_dossier(tmp_path), site_context=SiteContext(rules=report.rules))["checks.md"]
    assert "6 rules work only for English and did not run" in page
    assert page.count("not run</span>") == 6
    assert '<span data-claim="one" lang="ru">' in render(read_dossier(tmp_path))["context.md"]


def test_a_waiver_of_a_rule_that_did_not_run_is_ignored(tmp_path: Path) -> None:
    checked(tmp_path, RUSSIAN.format(number="1 960"), "ru")
    waiver = "  waivers:\n    - rule: claim-is-neutral\n      words: x\n      reason: Y.\n      seen: SEEN\n"
    path = tmp_path / "facts" / "context.yaml"
    path.write_text(path.read_text("utf-8") + waiver, encoding="utf-8")
    (first,) = check(read_dossier(tmp_path)).problems
    path.write_text(path.read_text("utf-8").replace("SEEN", first.help.split("`seen: ")[1].rstrip("`")), encoding="utf-8")
    assert check(read_dossier(tmp_path)).problems == ()


def test_a_language_that_is_not_a_tag_is_a_problem(tmp_path: Path) -> None:
    report = checked(tmp_path, "The port is held.", "русский")
    assert "`русский` does not fit `language:`" in [problem.message for problem in report.problems]
