"""A new kind of fact is one class: page, citations, checks, links and schema follow from its annotations."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact
from briefing.model.fields import ActorId, Date, FieldMeta, PrintedWords
from briefing.model.kinds import KINDS
from briefing.model.located_text import Text
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.sources.json_schema import schemas
from briefing.verification.html_reader import read_page


@dataclass(frozen=True, kw_only=True)
class Vote(Fact, Claim):
    """How one body voted on the agreement."""

    file_stem: ClassVar[str] = "votes"
    title: ClassVar[str] = "Votes"
    singular: ClassVar[str] = "vote"

    voter: Annotated[ActorId, FieldMeta("Who voted", back="Votes cast")]
    date: Annotated[Date | None, FieldMeta("Date")] = None
    outcome: Annotated[Text, Literal["for", "against"], FieldMeta("Outcome")]
    tally: Annotated[PrintedWords | None, FieldMeta("Tally")] = None


VOTE = """\
kern-votes-for:
  claim: Kern told reporters that nothing was lost and nothing sold.
  voter: kern
  date: 2031-04-02
  outcome: for
  tally: nothing and we sold nothing
  quotes:
    gazette: >-
      "We lost nothing and we sold nothing," Premier Odile Kern told reporters.
"""


def dossier_with(folder: Path, yaml: str) -> Dossier:
    (folder / "facts" / "votes.yaml").write_text(yaml, encoding="utf-8")
    return read_dossier(folder, (*KINDS, Vote))


def test_a_new_kind_gets_a_page_with_its_citations(copy_of_port_lease: Path) -> None:
    dossier = dossier_with(copy_of_port_lease, VOTE)
    assert check(dossier).problems == ()
    page = read_page(render(dossier)["votes.md"])
    assert ("kern-votes-for", "Kern told reporters that nothing was lost and nothing sold.") in page.claims
    assert dict(page.quotes)["kern-votes-for.1"].startswith('"We lost nothing')


def test_a_new_kind_is_linked_both_ways(copy_of_port_lease: Path) -> None:
    pages = render(dossier_with(copy_of_port_lease, VOTE))
    assert "../actors/kern/#kern" in read_page(pages["votes.md"]).links
    assert "../../votes/#kern-votes-for" in read_page(pages["actors/kern.md"]).links
    assert "Votes&#58; votes cast" in pages["actors/kern.md"]
    assert "votes/" in read_page(pages["index.md"]).links
    assert any("votes/#kern-votes-for.1" in link for link in read_page(pages["sources/gazette.md"]).links)


def test_a_new_kind_is_in_the_ledger(copy_of_port_lease: Path) -> None:
    ledger = json.loads(render(dossier_with(copy_of_port_lease, VOTE))["ledger.json"])
    entry = next(fact for fact in ledger["facts"] if fact["id"] == "kern-votes-for")
    assert (entry["kind"], entry["page"]) == ("votes", "votes/#kern-votes-for")
    assert entry["quotes"][0]["source"] == "gazette"


def test_a_new_kind_is_checked_by_every_rule_that_its_annotations_ask_for(copy_of_port_lease: Path) -> None:
    broken = VOTE.replace("voter: kern", "voter: kerm").replace("2031-04-02", "2031-04-31")
    broken = broken.replace("outcome: for", "outcome: maybe")
    rules = {problem.rule for problem in check(dossier_with(copy_of_port_lease, broken)).problems}
    assert "fact-fits-its-kind" in rules
    broken = broken.replace("outcome: maybe", "outcome: for").replace("we sold nothing\n", "we sold everything\n")
    rules = {problem.rule for problem in check(dossier_with(copy_of_port_lease, broken)).problems}
    assert {"reference-exists", "date-is-possible", "quote-is-verbatim"} <= rules


def test_a_new_kind_has_a_schema_with_todays_ids(copy_of_port_lease: Path) -> None:
    schema = json.loads(schemas(dossier_with(copy_of_port_lease, VOTE))["votes.schema.json"])
    (vote,) = schema["patternProperties"].values()
    fields = vote["properties"]
    assert fields["voter"]["allOf"] == [{"$ref": "#/definitions/actors"}]
    kern = {"const": "kern", "title": "Odile Kern", "description": "The Gazette calls Odile Kern the Premier."}
    assert kern in schema["definitions"]["actors"]["anyOf"]
    assert fields["outcome"]["enum"] == ["for", "against"]
    assert vote["required"] == ["claim", "voter", "outcome"]
