"""Facts that disagree and facts that do not, in tables."""

from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.consistency import facts_agree
from tests.dossiers import write_dossier

SEED = """\
Police counted 4,000 marchers on Wednesday night; the organisers counted 10,000 marchers on Wednesday night.

Premier Odile Kern said on Wednesday that the deal was fair, and Quist said it was fair on Wednesday too.
"""
POLICE, ORGANISERS = "Police counted 4,000 marchers", "the organisers counted 10,000 marchers"
KERN = "Premier Odile Kern said on Wednesday that the deal was fair"
QUIST = "Quist said it was fair on Wednesday too"


def figure(value: str, measure: str = "Marchers", more: str = "") -> str:
    return f"  claim: A number.\n  measure: {measure}\n  value: {value!r}\n{more}  quotes:\n    wire: {POLICE}\n"


def reaction(more: str, quote: str = KERN, actor: str = "kern") -> str:
    return f"  claim: It was said.\n  actor: {actor}\n{more}  quotes:\n    wire: {quote}\n"


def event(date: str, written: str = "on Wednesday", quote: str = KERN) -> str:
    return f"  claim: It was so.\n  date: {date!r}\n  as-written: {written}\n  quotes:\n    wire: {quote}\n"


def actor(names: str, type: str = "person", more: str = "") -> str:
    named = f"  name: Someone\n  type: {type}\n  claim: Someone is named.\n{more}  names: {{wire: {names}}}\n"
    return f"{named}  quotes:\n    wire: {KERN}\n"


ROLE = "  role: [Premier]\n"
UNIT = "  unit: people\n"
HALDEN = "  places: [halden]\n"
WHEN = "  date: {}\n  as-written: on Wednesday\n"

# Each a kind, and two facts of it.
DISAGREE = [
    ("figures", figure("4,000"), figure("5,000")),
    ("figures", figure("4,000"), figure("4,001", "marchers")),
    ("figures", figure("4,000"), figure("4,000.5", "MARCHERS")),
    ("figures", figure("more than 4,000"), figure("more than 10,000")),
    ("figures", figure("4,000", more=UNIT), figure("10,000", more=UNIT)),
    ("figures", figure("4,000", more=HALDEN), figure("10,000", more=HALDEN)),
    ("figures", figure("two"), figure("3")),
    ("figures", figure("four thousand"), figure("40,000")),
    ("figures", figure("3.4 million"), figure("3.9 million")),
    ("figures", figure("25 to 30"), figure("25 to 35")),
    ("timeline", event("2031-04-02"), event("2031-04-03")),
    ("timeline", event("2031-04-02"), event("2031-04")),
    ("timeline", event("2031-04-02"), event("2031-04-02~")),
    ("timeline", event("2031-04-02"), event("[2031-04-02,2031-04-03]")),
    (
        "timeline",
        event("2031-04-02"),
        event("2032-04-02", quote="Odile Kern said on Wednesday that the deal was fair, and Quist"),
    ),
    ("timeline", event("2031-04-02"), event("203X", quote="said on Wednesday that the deal was fair")),
    ("reactions", reaction(WHEN.format("2031-04-02")), reaction(WHEN.format("2031-04-03"))),
    ("reactions", reaction(WHEN.format("2031-04-02")), reaction(WHEN.format("2031-04-09"), actor="quist")),
    ("reactions", reaction("  stance: accepts\n"), reaction("  stance: rejects\n")),
    ("reactions", reaction("  stance: accepts\n"), reaction("  stance: welcomes\n  act: post\n")),
    ("reactions", reaction("  stance: doubts\n  speech: both\n"), reaction("  stance: regrets\n  speech: direct\n")),
    ("reactions", reaction("  speech: direct\n"), reaction("  speech: reported\n")),
    ("reactions", reaction("  speech: reported\n  stance: accepts\n"), reaction("  speech: direct\n  stance: accepts\n")),
    ("reactions", reaction("  speech: direct\n", QUIST, "quist"), reaction("  speech: reported\n", QUIST, "quist")),
    ("actors", actor("Odile Kern", more=ROLE), actor("Odile Kern")),
    ("actors", actor("[Odile Kern, Premier Odile Kern]"), actor("[Premier Odile Kern]")),
    ("actors", actor("Quist"), actor("[Quist, Odile Kern]")),
]
AGREE = [
    ("figures", figure("4,000"), figure("4,000")),
    ("figures", figure("4,000"), figure("4000")),
    ("figures", figure("4,000"), figure("four thousand")),
    ("figures", figure("4,000"), figure("more than 4,000")),
    ("figures", figure("4,000"), figure("10,000", "Policemen")),
    ("figures", figure("4,000"), figure("10,000", "Marchers on Thursday")),
    ("figures", figure("4,000"), figure("10,000", more=UNIT)),
    ("figures", figure("4,000"), figure("10,000", more=HALDEN)),
    ("figures", figure("4,000"), figure("thousands")),
    ("figures", figure("several"), figure("dozens")),
    ("figures", figure("3.4 million"), figure("3,400,000")),
    ("timeline", event("2031-04-02"), event("2031-04-02")),
    ("timeline", event("2031-04-02"), event("2031-04-09", quote=QUIST)),
    ("timeline", event("2031-04-02"), event("2031-04", "Wednesday night", POLICE + " on Wednesday night")),
    ("timeline", event("2031-04-02"), event("2031-04-31")),
    ("timeline", event("2031-04-02T20:00Z"), event("2031-04-02T20:00Z")),
    ("reactions", reaction(WHEN.format("2031-04-02")), reaction(WHEN.format("2031-04-02"))),
    ("reactions", reaction("  stance: accepts\n"), reaction("  stance: accepts\n")),
    ("reactions", reaction("  stance: accepts\n"), reaction("")),
    ("reactions", reaction("  stance: accepts\n"), reaction("  stance: rejects\n", QUIST)),
    ("reactions", reaction("  stance: accepts\n"), reaction("  stance: rejects\n", actor="quist")),
    ("reactions", reaction("  speech: both\n"), reaction("  speech: reported\n")),
    ("reactions", reaction("  speech: direct\n"), reaction("  speech: reported\n", QUIST, "quist")),
    ("reactions", reaction("  speech: direct\n"), reaction("  act: post\n")),
    ("actors", actor("Odile Kern"), actor("Quist")),
    ("actors", actor("Odile Kern"), actor("Kern")),
    ("actors", actor("the organisers", "group"), actor("the organisers", "group")),
    ("actors", actor("Odile Kern"), actor("Odile Kern", "organisation")),
]
DISPUTE = """\
which:
  question: Which is it?
  about: {about}
  positions:
    - claim: One.
      held-by: [wire]
      quotes: {{wire: "{one}"}}
    - claim: Two.
      held-by: [wire]
      quotes: {{wire: "{two}"}}
"""


def problems_of(folder: Path, stem: str, one: str, two: str, dispute: str = "") -> list[tuple[str, str]]:
    facts = {stem: f"one:\n{one}two:\n{two}"} | ({"disputes": dispute} if dispute else {})
    write_dossier(folder, facts, {"wire": SEED})
    return [(problem.fact, problem.words) for problem in facts_agree(read_dossier(folder))]


@pytest.mark.parametrize(("stem", "one", "two"), DISAGREE)
def test_two_facts_that_disagree_are_one_problem_of_the_second(stem: str, one: str, two: str, tmp_path: Path) -> None:
    found = problems_of(tmp_path, stem, one, two)
    assert [fact for fact, _ in found] == ["two"]
    assert found[0][1] in two


@pytest.mark.parametrize(("stem", "one", "two"), DISAGREE)
def test_a_dispute_about_both_links_them(stem: str, one: str, two: str, tmp_path: Path) -> None:
    dispute = DISPUTE.format(about="[one, two]", one=POLICE, two=ORGANISERS)
    assert problems_of(tmp_path, stem, one, two, dispute) == []


@pytest.mark.parametrize(("stem", "one", "two"), AGREE)
def test_two_facts_that_agree_are_no_problem(stem: str, one: str, two: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, stem, one, two) == []


def test_a_dispute_that_quotes_the_passages_of_both_links_them(tmp_path: Path) -> None:
    two = figure("10,000").replace(POLICE, ORGANISERS)
    dispute = DISPUTE.format(about="", one=POLICE, two=ORGANISERS).replace("  about: \n", "")
    assert problems_of(tmp_path, "figures", figure("4,000"), two, dispute) == []


def test_a_dispute_about_only_one_of_them_does_not_link_them(tmp_path: Path) -> None:
    two = figure("10,000").replace(POLICE, ORGANISERS)
    dispute = DISPUTE.format(about="[one]", one=KERN, two=QUIST)
    assert problems_of(tmp_path, "figures", figure("4,000"), two, dispute) == [("two", "10,000")]


def test_a_quote_that_only_names_the_speaker_has_no_stance(tmp_path: Path) -> None:
    one = reaction("  stance: accepts\n").replace(f"wire: {KERN}", f"wire: [Premier Odile Kern, {POLICE}]")
    two = reaction("  stance: rejects\n").replace(f"wire: {KERN}", f'wire: [Premier Odile Kern, "{ORGANISERS}"]')
    one = one.replace(f"[Premier Odile Kern, {POLICE}]", f'[Premier Odile Kern, "{POLICE}"]')
    assert problems_of(tmp_path, "reactions", one, two) == []
