"""Where each source stands on each fact, and whose word it is: said in the ledger and on the pages, and never too much."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.model.attribution import DIFFERS, SAYS, SILENT, UNQUOTED, Attributions
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.verification.html_reader import read_page
from tests.dossiers import write_dossier
from tests.rules.test_rules import change
from tests.sites import PROJECT

SEEDS = {
    "gazette": "The lease starts on 1 May, Kern said. Rent is $90 million a year. Half the quays are leased. Ships stop here.",
    "wire": "Kern said the lease would start on 1 May. A clerk said it starts on 2 May. The rent is unknown. Ships halt here.",
}
KERN = """\
kern:
  name: Kern
  type: person
  claim: The Gazette names Kern.
  quotes: {gazette: "on 1 May, Kern said"}
"""


def dossier_of(folder: Path, **facts: str) -> Dossier:
    dossier = read_dossier(write_dossier(folder, {"actors": KERN, **facts}, SEEDS))
    rules = {problem.rule for problem in check(dossier).problems} - {"paragraph-is-disposed"}
    assert rules == set()
    return dossier


def standings(dossier: Dossier, key: str) -> dict[str, tuple[str, str]]:
    fact = next(fact for fact in dossier.all_facts() if key in [part.key for part in parts_of(fact)])
    part = next(part for part in parts_of(fact) if part.key == key)
    return {s.source: (s.status, s.shown_by) for s in Attributions(dossier).attributions_of(fact, part)}


def shown(html: str, key: str) -> str:
    """What stands beside a claim on its page, as a reader sees it."""
    after = html[html.index(f'id="{key}"') :]
    chips = re.search(r'<p class="says".*?</p>', after, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", chips[0] if chips else "")).split())


def test_a_source_that_is_quoted_says_it_and_another_is_only_not_quoted(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    assert standings(dossier, "lease-quays") == {"gazette": (SAYS, ""), "wire": (UNQUOTED, "")}
    page = render(dossier)["clauses.md"]
    assert shown(page, "lease-quays") == "Gazette report Not quoted: Wire report"
    assert shown(page, "lease-term") == "Both sources"


def test_a_source_that_a_dispute_quotes_against_a_fact_says_it_differently(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    assert standings(dossier, "yearly-rent") == {"gazette": (SAYS, ""), "wire": (DIFFERS, "rent-of-the-harbour")}
    assert "Says differently: Wire report" in shown(render(dossier)["clauses.md"], "yearly-rent")


def test_the_positions_of_a_dispute_differ_from_one_another(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    assert standings(dossier, "rent-of-the-harbour.p1") == {"gazette": (SAYS, ""), "wire": (DIFFERS, "rent-of-the-harbour.p2")}
    assert standings(dossier, "rent-of-the-harbour.p2") == {"gazette": (DIFFERS, "rent-of-the-harbour.p1"), "wire": (SAYS, "")}


def test_a_source_is_silent_where_words_that_are_not_found_prove_it(tmp_path: Path) -> None:
    silence = """\
no-quays:
  claim: The wire report does not speak of quays.
  absent: [quay, quays]
  in: [wire]
  about: [quays]
"""
    clause = "quays:\n  claim: Half the quays are leased.\n  quotes: {gazette: Half the quays are leased}\n"
    dossier = dossier_of(tmp_path, silences=silence, clauses=clause)
    assert standings(dossier, "quays") == {"gazette": (SAYS, ""), "wire": (SILENT, "no-quays")}
    assert standings(dossier, "no-quays") == {"gazette": (UNQUOTED, ""), "wire": (SILENT, "no-quays")}
    page = render(dossier)["clauses.md"]
    assert shown(page, "quays") == "The gazette Silent: The wire"
    assert "../silences/#no-quays" in read_page(page).links


@pytest.mark.parametrize("folder", [PROJECT, PROJECT / "tests" / "port_lease"], ids=["the briefing", "port lease"])
def test_no_page_calls_a_source_silent_that_is_merely_not_quoted(folder: Path) -> None:
    dossier = read_dossier(folder)
    found = Attributions(dossier)
    seen = 0
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            for standing in found.attributions_of(fact, part):
                seen += 1
                assert (standing.status == SILENT) <= bool(getattr(dossier.fact(standing.shown_by), "absent", ()))
    assert seen > 100
    for path, text in render(dossier).items():
        assert "Only the" not in text, path


def test_every_claim_of_the_ledger_has_the_standing_of_every_source(port_lease: Path) -> None:
    for folder in (port_lease, PROJECT):
        dossier = read_dossier(folder)
        ledger = json.loads(render(dossier)["ledger.json"])
        for fact in ledger["facts"]:
            assert [s["source"] for s in fact["standing"]] == list(dossier.sources)
            quoted = {quote["source"] for quote in fact["quotes"]}
            assert quoted <= {s["source"] for s in fact["standing"] if s["standing"] == SAYS}
            assert fact["origins"] or not fact["quotes"]


# Origins


RELAYED = {
    "according-to": "starts:\n  claim: The lease starts on 1 May, Kern said.\n  according-to: [kern]\n  quotes:\n"
    '    gazette: "The lease starts on 1 May, Kern said"\n    wire: Kern said the lease would start on 1 May\n',
    "via": "starts:\n  claim: The lease starts on 1 May, Kern said.\n  via: [kern]\n  quotes:\n"
    '    gazette: "starts on 1 May, Kern said"\n    wire: would start on 1 May\n',
}


@pytest.mark.parametrize("field", RELAYED)
def test_two_reports_that_relay_one_statement_are_one_origin(tmp_path: Path, field: str) -> None:
    dossier = dossier_of(tmp_path, context=RELAYED[field])
    assert shown(render(dossier)["context.md"], "starts") == "Both sources one origin: Kern"
    ledger = json.loads(render(dossier)["ledger.json"])
    assert next(fact["origins"] for fact in ledger["facts"] if fact["id"] == "starts") == ["kern"]


def test_two_reports_in_their_own_voice_are_two_origins(tmp_path: Path) -> None:
    quotes = "{gazette: Ships stop here, wire: Ships halt here}"
    dossier = dossier_of(tmp_path, context=f"starts:\n  claim: Ships stop there.\n  quotes: {quotes}\n")
    assert shown(render(dossier)["context.md"], "starts") == "Both sources"
    fact: Any = dossier.fact("starts")
    assert Attributions(dossier).origins(fact, fact) == ("gazette", "wire")


def test_a_position_that_both_sources_relay_from_its_holder_is_one_origin(tmp_path: Path) -> None:
    dispute = """\
when:
  question: When does the lease start?
  positions:
    - claim: On 1 May, Kern said.
      held-by: [kern]
      quotes: {gazette: "starts on 1 May, Kern said", wire: Kern said the lease would start on 1 May}
    - claim: On 2 May, a clerk said.
      held-by: [wire]
      quotes: {wire: A clerk said it starts on 2 May}
"""
    dossier = dossier_of(tmp_path, disputes=dispute)
    page = render(dossier)["disputes.md"]
    assert shown(page, "when.p1") == "Both sources one origin: Kern"
    assert shown(page, "when.p2") == ""


def test_two_renderings_of_one_statement_are_one_origin_and_two_quotes(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    page = render(dossier)["reactions.md"]
    for key, other in (("kern-nothing-lost", "kern-nothing-lost-wire"), ("kern-nothing-lost-wire", "kern-nothing-lost")):
        assert shown(page, key).startswith("Both sources one origin: Odile Kern Same statement: ")
        assert [by for _, by in standings(dossier, key).values() if by] == [other]
        quotes = [quote for anchor, quote in read_page(page).quotes if anchor.rpartition(".")[0] == key]
        assert len(quotes) == 1


THIRD = """\
kern-third:
  claim: Kern says Vessia sold nothing.
  actor: kern
  speech: direct
  same-statement: [kern-nothing-lost-wire]
  quotes:
    gazette: and we sold nothing

"""


def test_renderings_are_tied_through_one_another(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / "facts/reactions.yaml"
    path.write_text(THIRD + path.read_text(encoding="utf-8"), encoding="utf-8")
    dossier = read_dossier(copy_of_port_lease)
    tied = {"kern-third", "kern-nothing-lost", "kern-nothing-lost-wire"}
    for fact in dossier.facts_of_kind("reactions"):
        others = {other.key for other in Attributions(dossier).renderings(fact)}
        assert others == (tied - {fact.key} if fact.key in tied else set())


# Competing values and several wordings


def test_a_figure_carries_competing_values_each_with_its_own_quote(port_lease: Path) -> None:
    page = render(read_dossier(port_lease))["figures.md"]
    assert ("marchers-police.v1", "The organisers spoke of more than 10,000.") in read_page(page).claims
    assert dict(read_page(page).quotes)["marchers-police.v1.1"] == "the organisers spoke of more than 10,000"
    assert "Other values" in shown(page, "marchers-police")


def test_an_event_carries_competing_dates(tmp_path: Path) -> None:
    event = """\
start:
  claim: The lease starts on 1 May, Kern said.
  date: 2031-05-01
  as-written: on 1 May
  quotes: {gazette: "The lease starts on 1 May, Kern said"}
  dates:
    - claim: It starts on 2 May, a clerk said.
      date: 2031-05-02
      as-written: on 2 May
      quotes: {wire: A clerk said it starts on 2 May}
"""
    dossier = dossier_of(tmp_path, timeline=event)
    assert standings(dossier, "start") == {"gazette": (SAYS, ""), "wire": (DIFFERS, "start.d1")}
    page = render(dossier)["timeline.md"]
    assert "Says differently: The wire" in shown(page, "start")
    assert '<time datetime="2031-05-02">' in page
    folder = write_dossier(tmp_path, {"timeline": event.replace("2031-05-02", "2031-05-32")}, SEEDS)
    assert "date-is-possible" in {problem.rule for problem in check(read_dossier(folder)).problems}


def test_a_clause_carries_wordings_each_with_issuer_language_and_version(tmp_path: Path) -> None:
    texts = {
        "treaty-en": "Article 1. The lease shall run for 25 years.",
        "treaty-fr": "Article premier. Le bail est de 25 ans.",
    }
    clause = """\
term:
  claim: The lease runs for 25 years.
  quotes: {treaty-en: The lease shall run for 25 years}
  wordings:
    - claim: One text says that the lease shall run for 25 years.
      issuer: treaty-en
      language: en
      version: As signed
      quotes: {treaty-en: The lease shall run for 25 years}
    - claim: The other text gives the lease 25 years.
      issuer: treaty-fr
      language: fr
      version: As signed
      quotes: {treaty-fr: Le bail est de 25 ans}
"""
    dossier = read_dossier(write_dossier(tmp_path, {"clauses": clause}, texts))
    assert check(dossier).problems == ()
    assert standings(dossier, "term") == {"treaty-en": (SAYS, ""), "treaty-fr": (SAYS, "term.w2")}
    page = render(dossier)["clauses.md"]
    assert shown(page, "term") == "Both sources"
    assert [quote for _, quote in read_page(page).quotes] == [
        "The lease shall run for 25 years",
        "The lease shall run for 25 years",
        "Le bail est de 25 ans",
    ]
    assert {"term.w1", "term.w2"} <= {fact["id"] for fact in json.loads(render(dossier)["ledger.json"])["facts"]}


def test_the_issuer_of_one_of_two_wordings_has_the_clause_on_its_page(tmp_path: Path) -> None:
    actors = """\
crown:
  name: Crown
  type: state
  claim: The Crown signed the lease.
  quotes: {treaty: The Crown signed the lease}
"""
    clause = """\
term:
  claim: The lease runs for 25 years.
  quotes: {treaty: The lease shall run for 25 years}
  wordings:
    - claim: The Crown's text says that the lease shall run for 25 years.
      issuer: crown
      quotes: {treaty: The lease shall run for 25 years}
    - claim: Another text has the same words, that the lease shall run for 25 years.
      quotes: {treaty: The lease shall run for 25 years}
"""
    seed = "The Crown signed the lease. The lease shall run for 25 years."
    dossier = read_dossier(write_dossier(tmp_path, {"actors": actors, "clauses": clause}, {"treaty": seed}))
    assert "reference-exists" not in {problem.rule for problem in check(dossier).problems}
    page = read_page(render(dossier)["actors/crown.md"])
    assert ("term", "The lease runs for 25 years.") in page.claims


def test_a_misquote_in_a_part_is_caught_like_any_other(copy_of_port_lease: Path) -> None:
    change(
        copy_of_port_lease / "facts/figures.yaml", "wire: the organisers spoke of more", "wire: the organizers spoke of more"
    )
    assert [problem.rule for problem in check(read_dossier(copy_of_port_lease)).problems] == ["quote-is-verbatim"]


@pytest.mark.parametrize(
    ("over", "standing", "disputed"),
    [("", DIFFERS, True), ("the matter", DIFFERS, True), ("the account", DIFFERS, False), ("the wording", UNQUOTED, False)],
)
def test_only_a_dispute_over_the_matter_calls_a_fact_disputed(
    copy_of_port_lease: Path, over: str, standing: str, disputed: bool
) -> None:
    if over:
        path = copy_of_port_lease / "facts" / "disputes.yaml"
        change(path, "rent-of-the-harbour:\n", f"rent-of-the-harbour:\n  over: {over}\n")
    dossier = read_dossier(copy_of_port_lease)
    pages = render(dossier)
    assert standings(dossier, "yearly-rent")["wire"][0] == standing
    assert ("Disputed:" in shown(pages["clauses.md"], "yearly-rent")) is disputed
    assert ("disputes/#rent-of-the-harbour" in pages["index.md"]) is disputed
    assert "rent-of-the-harbour" in pages["disputes.md"]


def test_a_silence_goes_before_a_difference_of_account(tmp_path: Path) -> None:
    dispute = """\
when:
  question: When does it start?
  over: {over}
  about: [start]
  positions:
    - claim: The gazette says on 1 May.
      held-by: [gazette]
      quotes: {{gazette: The lease starts on 1 May}}
    - claim: A clerk said on 2 May, the wire says.
      held-by: [wire]
      quotes: {{wire: A clerk said it starts on 2 May}}
"""
    silence = """\
no-midnight:
  claim: The wire names no hour.
  absent: [midnight]
  in: [wire]
  about: [start]
"""
    clause = (
        "start:\n  claim: The lease starts on 1 May, Kern said.\n  quotes: {gazette: 'The lease starts on 1 May, Kern said'}\n"
    )
    for over, standing in (("the matter", (DIFFERS, "when")), ("the account", (SILENT, "no-midnight"))):
        folder = tmp_path / over.replace(" ", "-")
        folder.mkdir()
        dossier = dossier_of(folder, disputes=dispute.format(over=over), silences=silence, clauses=clause)
        assert standings(dossier, "start")["wire"] == standing
