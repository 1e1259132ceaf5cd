"""Who is named and who speaks: pairs of a claim and its quotes that hold, and pairs that do not."""

from pathlib import Path
from typing import Any

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.model.names import NameIndex
from briefing.rules.claim_context import ClaimContext
from briefing.rules.registry import RULES, check
from tests.dossiers import write_dossier

WIRE = """\
Premier Odile Kern told reporters that nothing was lost. Her office later spoke of a bridge.

Chancellor Aurel Quist claimed the deal also involved Vessian pilots, but Harbour officials said there was no such plan.

Kern spoke with Quist on Thursday and the two thanked one another for a “clean cut,” Vessian media
reported, citing the cabinet office.

“Nobody asked us,” said Berit Lund, a docker in Halden.

The harbour of Halden, which the Isles call Haldenwick, lies in Vessia. He said it would be shut.

Ships of the Marrow Isles pay no dues. Vessia shut the harbour, and Tolle Brandt announced on Sunday that his pilots had left.
"""
NAMED = {
    "actors": {
        "kern": ("person", ["Odile Kern", "Kern"]),
        "quist": ("person", ["Aurel Quist", "Quist"]),
        "vessia": ("state", ["Vessia"]),
        "isles": ("state", ["Marrow Isles", "the Isles"]),
        "media": ("media", ["Vessian media"]),
        "office": ("government body", ["the cabinet office"]),
        "lund": ("person", ["Berit Lund"]),
        "brandt": ("person", ["Tolle Brandt"]),
    },
    "places": {"halden": ("harbour", ["Halden", "Haldenwick"])},
}


def named(stem: str) -> str:
    return "".join(
        f"{key}:\n  name: {names[0]}\n  type: {type}\n  claim: The wire names it.\n  names: {{wire: [{', '.join(names)}]}}\n"
        "  quotes: {wire: said Berit Lund}\n"
        for key, (type, names) in NAMED[stem].items()
    )


TOLD = "Premier Odile Kern told reporters that nothing was lost"
CLAIMED = "Chancellor Aurel Quist claimed the deal also involved Vessian pilots"
CALL = (
    "Kern spoke with Quist on Thursday and the two thanked one another for a “clean cut,” Vessian media reported, citing "
    "the cabinet office"
)
LUND = "“Nobody asked us,” said Berit Lund"
SHUT = "He said it would be shut"
DUES = "Ships of the Marrow Isles pay no dues. Vessia shut the harbour"
BRANDT = "Tolle Brandt announced on Sunday that his pilots had left"
HALDEN = "The harbour of Halden, which the Isles call Haldenwick, lies in Vessia"

NAMES_HOLD = [
    ("Kern told reporters that nothing was lost.", TOLD),
    ("Odile Kern told reporters that nothing was lost.", TOLD),
    ("Reporters heard from Premier Kern that nothing was lost.", TOLD),
    ("Nothing was lost, the Premier told reporters.", TOLD),
    ("Quist claimed the deal involved pilots.", CLAIMED),
    ("Chancellor Quist claimed that Vessian pilots were part of the deal.", CLAIMED),
    ("Kern's and Quist's talk was on Thursday, Vessian media reported, citing the cabinet office.", CALL),
    ("On Thursday Kern spoke with Quist, Vessian media reported, citing the cabinet office.", CALL),
    ("Lund said nobody had asked.", LUND),
    ("Ships of the Isles pay no dues.", DUES),
    ("Marrow Isles ships pay no dues.", DUES),
    ("Vessia's harbour was shut.", DUES),
    ("The harbour of Haldenwick lies in Vessia.", HALDEN),
    ("Halden (Haldenwick) lies in Vessia.", HALDEN),
    ("Brandt announced that his pilots had left.", BRANDT),
    ("Pilots left, Tolle Brandt announced.", BRANDT),
    ("Everybody was told that nothing was lost, by Kern.", TOLD),
    ("Monday is not printed; Kern told reporters that nothing was lost.", TOLD),
    ('Lund said "Nobody asked us".', LUND),
    ("The wire says that Kern told reporters nothing was lost.", TOLD),
    ("Ships pay no dues; Vessia shut the harbour.", DUES),
    ("Told by Kern, reporters heard that nothing was lost.", TOLD),
    ("The Marrow Isles' ships pay no dues.", DUES),
    ("Premier Kern told it.", TOLD),
    ("The two thanked one another, Vessian media reported, citing the cabinet office.", CALL),
]
NAMES_FAIL = [
    ("Quist told reporters that nothing was lost.", TOLD, "Quist"),
    ("Aurel Quist told reporters that nothing was lost.", TOLD, "Aurel Quist"),
    ("Kern told reporters in Halden that nothing was lost.", TOLD, "Halden"),
    ("Kern told reporters that nothing was lost by Vessia.", TOLD, "Vessia"),
    ("Premier Berit Lund told reporters that nothing was lost.", TOLD, "Berit Lund"),
    ("Kern claimed the deal involved Vessian pilots.", CLAIMED, "Kern"),
    ("Quist claimed the deal involved Vessia.", CLAIMED, "Vessia"),
    ("Quist claimed the deal involved Marrow pilots.", CLAIMED, "Marrow"),
    ("Kern spoke with Brandt, Vessian media reported, citing the cabinet office.", CALL, "Brandt"),
    ("Kern spoke with Quist, Northern media reported, citing the cabinet office.", CALL, "Northern"),
    ("Kern spoke with Quist in Sarn, Vessian media reported, citing the cabinet office.", CALL, "Sarn"),
    ("Brandt said nobody had asked.", LUND, "Brandt"),
    ("Berit Vanter said nobody had asked.", LUND, "Vanter"),
    ("Lund of the Dockers Union said nobody had asked.", LUND, "Dockers Union"),
    ("Ships of Vessia and Halden pay no dues.", DUES, "Halden"),
    ("Ships of the Outer Isles pay no dues.", DUES, "Outer Isles"),
    ("Kern shut the harbour of Vessia.", DUES, "Kern"),
    ("Halden and Sarn lie in Vessia.", HALDEN, "Sarn"),
    ("Halden lies in the Republic of Vessia.", HALDEN, "Republic"),
    ("Kern announced that the pilots had left.", BRANDT, "Kern"),
    ("Tolle Brandt announced that his pilots had left Vessia.", BRANDT, "Vessia"),
    ("Tolle Brandt announced that the Isles' pilots had left.", BRANDT, "the Isles"),
    ("Kern said it would be shut.", SHUT, "Kern"),
    ("He said Halden would be shut.", SHUT, "Halden"),
    ("The European Union said it would be shut.", SHUT, "European Union"),
]
SPEAKERS_HOLD = [
    ("Kern told reporters that nothing was lost.", TOLD),
    ("Nothing was lost, Kern said.", TOLD),
    ("According to Kern nothing was lost.", TOLD),
    ("Kern's word is that nothing was lost, she told reporters.", TOLD),
    ("Quist claimed the deal involved Vessian pilots, the wire says.", CLAIMED),
    ("Vessian pilots are involved in the deal, Quist claimed.", CLAIMED),
    ("Kern and Quist spoke, Vessian media reported, citing the cabinet office.", CALL),
    ('They spoke of a "clean cut", said Vessian media, which cited the cabinet office, of Kern and Quist.', CALL),
    ('"Nobody asked us", Lund said.', LUND),
    ("Lund said nobody asked.", LUND),
    ("Ships of the Isles pay no dues.", DUES),
    ("Vessia shut the harbour.", DUES),
    ("Brandt announced that his pilots had left.", BRANDT),
    ("His pilots had left, Brandt announced.", BRANDT),
    ("Halden lies in Vessia.", HALDEN),
    ("The Isles call Halden Haldenwick.", HALDEN),
    ("It would be shut, he said.", SHUT),
    ("He said it would be shut.", SHUT),
    ("The wire names Kern as Premier.", "Premier Odile Kern told"),
    ("The wire calls Quist the Chancellor.", "Chancellor Aurel Quist claimed"),
    ('The wire prints "pay no dues".', DUES),
    ('In the wire it is "pay no dues".', DUES),
    ("The wire quotes Lund, who said nobody asked.", LUND),
    ("Kern is Premier.", "Premier Odile Kern told reporters"),
    ("The harbour was shut by Vessia.", DUES),
]
SPEAKERS_FAIL = [
    ("Nothing was lost.", TOLD),
    ("Nothing was lost, the wire says.", TOLD),
    ("The wire says nothing was lost.", TOLD),
    ("According to the wire nothing was lost.", TOLD),
    ("A politician said nothing was lost.", TOLD),
    ("The deal involved Vessian pilots.", CLAIMED),
    ("The deal involved Vessian pilots, the wire says.", CLAIMED),
    ("Somebody claimed the deal involved Vessian pilots.", CLAIMED),
    ("Kern and Quist spoke on Thursday and thanked one another.", CALL),
    ("Kern said that she and Quist thanked one another.", CALL),
    ("Kern and Quist thanked one another, the wire says.", CALL),
    ('Kern and Quist said "clean cut" and thanked one another.', CALL),
    ("Nobody asked the dockers.", LUND),
    ("Nobody asked the dockers, the wire says.", LUND),
    ('"Nobody asked us".', LUND),
    ("Dockers said that nobody asked.", LUND),
    ("The pilots had left on Sunday.", BRANDT),
    ("The pilots had left on Sunday, the wire says.", BRANDT),
    ("A master announced that pilots had left.", BRANDT),
    ("It would be shut.", SHUT),
    ("The wire says it would be shut.", SHUT),
    ('The ships "pay no dues".', DUES),
    ('"Vessia shut the harbour".', DUES),
    ('Halden "lies in Vessia".', HALDEN),
    ("According to the wire Vessian pilots are involved.", CLAIMED),
]


def rules_reported(folder: Path, claim: str, quote: str, rule: str) -> list[str]:
    fact = f"a-fact:\n  claim: >-\n    {claim}\n  quotes:\n    wire: >-\n      {quote}\n"
    files = {"actors": named("actors"), "places": named("places"), "context": fact}
    write_dossier(folder, files, {"wire": WIRE})
    sources = folder / "facts" / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("label: The wire", "label: wire"), "utf-8")
    found = [problem for problem in check(read_dossier(folder)).reported if problem.fact == "a-fact"]
    assert not [problem for problem in found if problem.rule in ("quote-is-whole-words", "quote-is-unique", "text-is-whole")]
    return [problem.words for problem in found if problem.rule == rule]


@pytest.mark.parametrize(("claim", "quote"), NAMES_HOLD)
def test_a_name_in_a_quote_is_no_problem(claim: str, quote: str, tmp_path: Path) -> None:
    assert rules_reported(tmp_path, claim, quote, "name-is-quoted") == []


@pytest.mark.parametrize(("claim", "quote", "name"), NAMES_FAIL)
def test_a_name_in_no_quote_is_a_problem(claim: str, quote: str, name: str, tmp_path: Path) -> None:
    assert rules_reported(tmp_path, claim, quote, "name-is-quoted") == [name]


@pytest.mark.parametrize(("claim", "quote"), SPEAKERS_HOLD)
def test_a_claim_that_names_the_speaker_is_no_problem(claim: str, quote: str, tmp_path: Path) -> None:
    assert rules_reported(tmp_path, claim, quote, "speaker-is-named") == []


@pytest.mark.parametrize(("claim", "quote"), SPEAKERS_FAIL)
def test_a_claim_that_states_reported_words_as_fact_is_a_problem(claim: str, quote: str, tmp_path: Path) -> None:
    assert len(rules_reported(tmp_path, claim, quote, "speaker-is-named")) == 1


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert all(len(table) >= 25 for table in (NAMES_HOLD, NAMES_FAIL, SPEAKERS_HOLD, SPEAKERS_FAIL))
    assert {"name-is-quoted", "speaker-is-named"} <= set(RULES)


RUSSIAN = "Премьер Павел Лунин сказал, что баржи пойдут через гавань."


@pytest.mark.parametrize(
    ("name", "claim", "is_quoted"),
    [
        ("Pavel Lunin", "Pavel Lunin said that barges would go through the harbour.", True),
        ("Pavel Lunin", "Lunin said that barges would go through the harbour.", True),
        ("Pavel Lunin", "Barges would go through the harbour, Kern said.", False),
        ("Pavel Orlov", "Pavel Lunin said that barges would go through the harbour.", False),
    ],
)
def test_the_page_name_counts_if_no_source_in_its_language_prints_one(
    name: str, claim: str, is_quoted: bool, tmp_path: Path
) -> None:
    actor = "lunin:\n  name: {}\n  type: person\n  claim: The leaflet names him.\n  names: {{leaflet: Павел Лунин}}\n"
    quotes = f"  quotes:\n    leaflet: {RUSSIAN}\n"
    fact = f"barges:\n  actor: lunin\n  claim: {claim}\n{quotes}"
    folder = write_dossier(tmp_path, {"actors": actor.format(name) + quotes, "reactions": fact}, {"leaflet": RUSSIAN})
    sources = folder / "facts/sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("language: en", "language: ru"), "utf-8")
    found = [problem for problem in check(read_dossier(folder)).problems if problem.fact == "barges"]
    assert ([] if is_quoted else ["name-is-quoted"]) == [p.rule for p in found if p.rule == "name-is-quoted"]


@pytest.mark.parametrize(("name", "is_quoted"), [("Tolle Brandt", True), ("Berit Lund", False)])
def test_an_antecedent_is_enough_for_an_actor_without_a_list_of_names(name: str, is_quoted: bool, tmp_path: Path) -> None:
    quotes = f"  quotes:\n    wire: {BRANDT}\n"
    actor = f"brandt:\n  name: {name}\n  type: person\n  claim: The wire names him.\n{quotes}"
    means = "  antecedents:\n    - claim: He is Brandt.\n      words: He\n      means: brandt\n      quotes:\n        wire: "
    fact = f"shut:\n  claim: It would be shut, Brandt said.\n  quotes:\n    wire: {SHUT}\n{means}{BRANDT}\n"
    folder = write_dossier(tmp_path, {"actors": actor, "context": fact}, {"wire": WIRE})
    found = [problem.rule for problem in check(read_dossier(folder)).reported if problem.fact == "shut"]
    assert ("name-is-quoted" not in found) == is_quoted


class Labelled:
    """A briefing of one source with a label, and a claim that may name it."""

    def __init__(self, label: str, claim: str) -> None:
        self.label, self.key, self.claim = label, "report", claim
        self.derived: dict[Any, Any] = {}

    def records(self) -> list["Labelled"]:
        return [self]


@pytest.mark.parametrize(
    ("label", "claim", "named"),
    [
        ("Wire report", "Kern left, the wire report says.", ["wire report"]),
        ("Wire report", "Kern left, the Wire says.", ["Wire"]),
        ("Wire report", "Kern left, the wire says.", []),
        ("Wire report", "The wire cut off, a report says.", []),
        ("İstanbul Post", "The İSTANBUL POST says so.", ["İSTANBUL POST"]),
        ("istanbul post", "The İstanbul Post says so.", ["İstanbul Post"]),
        ("राज", "For राजा it takes effect.", []),
        ("AP", "Kern spoke of the AP\u0301 treaty.", []),
        ("Ⅷ Report", "Kern left, the Ⅷ says.", []),
    ],
)
def test_a_source_is_named_by_its_label_or_by_a_word_of_it_with_a_capital(label: str, claim: str, named: list[str]) -> None:
    one: Any = Labelled(label, claim)
    found = ClaimContext(one, NameIndex(one), one, one).label_spans
    assert [claim[start:end] for start, end, _ in found] == named
