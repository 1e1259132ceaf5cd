"""A kind of fact that a briefing declares for itself is one like any other, and no way around the gate."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics.formats import format_line
from briefing.i18n.messages import SiteContext
from briefing.loading.dossier_reader import LoadCache, read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.model.custom_kinds import RESERVED_PAGES, RESERVED_TABLES
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.sources.json_schema import schemas
from briefing.verification.html_reader import read_page
from tests.sites import make_buildable
from tests.verification.test_two_verifiers import verdicts

VOTES = """
kinds:
  - stem: votes
    title: Votes
    one: vote
    help: How one body voted, with its `tally`.
    group: outcome
    fields:
      - {name: actor, label: Who voted, holds: actor, back: Votes cast, required: "yes"}
      - {name: title, label: Motion, holds: text}
      - {name: outcome, label: Outcome, holds: code, codes: [in favour, against], help: What was decided.}
      - {name: date, label: Date, holds: date}
      - {name: ballots, label: Ballots, holds: number}
      - {name: tally, label: Tally, holds: words, several: "yes"}
      - {name: in, label: In, holds: place}
      - {name: on, label: On, holds: fact, several: "yes"}
"""
VOTE = """\
kern-votes-for:
  claim: Kern told reporters that nothing was lost and nothing sold.
  actor: kern
  title: The lease as a whole
  outcome: in favour
  date: 2031-04-02
  ballots: 1
  tally: [nothing and we sold nothing]
  in: halden
  on: [lease-term]
  quotes:
    gazette: >-
      "We lost nothing and we sold nothing," Premier Odile Kern told reporters.
"""


def declare(folder: Path, kinds: str = VOTES, fact: str = VOTE) -> Path:
    settings = folder / "briefing.yaml"
    settings.write_text(settings.read_text("utf-8").partition("\nkinds:")[0] + kinds, encoding="utf-8")
    (folder / "facts/votes.yaml").write_text(fact, encoding="utf-8")
    return folder


def wrong(folder: Path) -> list[str]:
    return [format_line(problem).partition(f"{folder.name}/")[2] for problem in check(read_dossier(folder)).reported]


def test_it_has_a_page_links_both_ways_and_stands_in_every_file_of_data(copy_of_port_lease: Path) -> None:
    dossier = read_dossier(declare(copy_of_port_lease))
    assert check(dossier).reported == ()
    files = render(dossier)
    page = read_page(files["votes.md"])
    assert ("kern-votes-for", "Kern told reporters that nothing was lost and nothing sold.") in page.claims
    assert {"../actors/kern/#kern", "../places/#halden"} <= set(page.links)
    assert {"Who voted", "Motion", "The lease as a whole", "nothing and we sold nothing"} <= set(page.texts)
    assert "../../votes/#kern-votes-for" in read_page(files["actors/kern.md"]).links
    assert {"votes/", "votes/#kern-votes-for"} <= {
        *read_page(files["index.md"]).links,
        *read_page(files["matrix.md"]).links,
    } | {"votes/#kern-votes-for"}
    (told,) = json.loads(files["data/facts.json"])["facts"]["votes"]
    assert (told["actor"], told["outcome"], told["tally"]) == ("kern", "in favour", ["nothing and we sold nothing"])
    assert files["data/votes.csv"].startswith("id,claim,")


def test_the_codebook_explains_it_and_the_editor_knows_it(copy_of_port_lease: Path) -> None:
    dossier = read_dossier(declare(copy_of_port_lease))
    told = set(read_page(render(dossier)["codebook.md"]).texts)
    assert {"How one body voted, with its", "tally", "facts/votes.yaml", "What was decided.", "in favour"} <= told
    found = {name: json.loads(text) for name, text in schemas(dossier).items()}
    (vote,) = found["votes.schema.json"]["patternProperties"].values()
    assert vote["required"] == ["claim", "actor"]
    assert vote["properties"]["outcome"]["enum"] == ["in favour", "against"]
    assert {"stem", "fields"} <= set(found["briefing.schema.json"]["definitions"]["Kind"]["properties"])


def test_a_fact_of_it_is_checked_as_its_fields_ask(copy_of_port_lease: Path) -> None:
    swaps = {"actor: kern": "actor: kerm", "2031-04-02": "2031-04-31", "[nothing and we": "[nothing but we", "halden": "haldn"}
    broken = VOTE
    for old, new in swaps.items():
        broken = broken.replace(old, new)
    rules = {problem.rule for problem in check(read_dossier(declare(copy_of_port_lease, fact=broken))).problems}
    assert rules == {"reference-exists", "date-is-possible", "quote-is-verbatim"}
    for line, said in {
        "outcome: maybe": "`maybe` is not a value of `outcome:`",
        "ballots: one": "`one` is not a whole number",
        "tale: x": "a vote has no field `tale` (did you mean `title`?)",
    }.items():
        key = line.partition(":")[0]
        lines = [f"  {line}" if row.startswith(f"  {key}:") else row for row in VOTE.splitlines()]
        lines += [f"  {line}"] if f"  {line}" not in lines else []
        assert any(said in text for text in wrong(declare(copy_of_port_lease, fact="\n".join(lines) + "\n")))


def test_several_dates_are_no_date_of_the_fact(copy_of_port_lease: Path) -> None:
    kinds = VOTES.replace("holds: date}", 'holds: date, several: "yes"}')
    dossier = read_dossier(declare(copy_of_port_lease, kinds, VOTE.replace("2031-04-02", "[2031-04-02, 2031-04-03]")))
    assert check(dossier).reported == ()
    assert {"2 April 2031", "3 April 2031"} <= set(read_page(render(dossier)["votes.md"]).texts)
    assert "kern-votes-for" in render(dossier)["actors/kern.md"]


def test_a_command_prints_one_around_a_quote(copy_of_port_lease: Path) -> None:
    folder = str(declare(copy_of_port_lease))
    result = CliRunner().invoke(main, ["quote", "we sold nothing", "--fact", "vote", "--dir", folder])
    assert result.exit_code == 0
    assert "# for facts/votes.yaml" in result.stdout
    assert "# Outcome: What was decided. One of: in favour, against." not in result.stdout  # it may be missing
    assert "  actor:" in result.stdout
    refused = CliRunner().invoke(main, ["quote", "we sold nothing", "--fact", "votse", "--dir", folder])
    assert (refused.exit_code, "did you mean `votes`?" in refused.stderr) == (2, True)


def edit(old: str, new: str) -> Callable[[str], str]:
    return lambda yaml: yaml.replace(old, new, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edit("stem: votes", "stem: clauses"), "`clauses` is the name of another kind or page (choose another name)"),
        (edit("stem: votes", "stem: matrix"), "`matrix` is the name of another kind or page (choose another name)"),
        (edit("one: vote", "one: clause"), "`clause` is what a fact of another kind is called (choose another word)"),
        (edit("stem: votes", "stem: Votes"), "`Votes` does not fit `stem:` (write small letters, digits and hyphens)"),
        (edit("name: title", "name: claim"), "`claim` is a field of this kind already"),
        (edit("name: title", "name: id"), "`id` is a field of this kind already"),
        (edit("stem: votes", "stem: con"), "`con` is the name of another kind or page"),
        (edit("name: title", "name: via"), "`via` is a field of this kind already"),
        (edit("name: title", "name: inferred"), "`inferred` is a field of this kind already"),
        (edit("name: title", "name: tally"), "`tally` is a field of this kind already"),
        (edit("holds: code, codes: [in favour, against]", "holds: code"), "a field that holds a code needs its codes"),
        (edit("holds: code,", "holds: text,"), "a field that holds `text` has no codes"),
        (edit("holds: text", "holds: prose"), "`prose` is not a value of `holds:`"),
        (edit("group: outcome", "group: outcomes"), "this kind has no field `outcomes`"),
        (edit("group: outcome", "headline: title"), "`title` cannot name every fact"),
        (edit("    help: How one body voted, with its `tally`.\n", ""), "this kind has no `help:`"),
    ],
)
def test_what_is_wrong_with_a_declaration_is_said_at_its_place(
    change: Callable[[str], str], said: str, copy_of_port_lease: Path
) -> None:
    found = [line for line in wrong(declare(copy_of_port_lease, change(VOTES))) if said in line]
    assert len(found) == 1
    assert found[0].startswith("briefing.yaml:")


def test_names_of_pages_and_tables_are_kept() -> None:
    """Every page and table of a site that is not a kind's is among the names that no kind may have."""
    dossier = read_dossier(Path(__file__).parents[1] / "port_lease")
    stems = {kind.file_stem for kind in dossier.kinds}
    pages = {path.removesuffix(".md") for path in render(dossier) if path.endswith(".md") and "/" not in path}
    tables = {path[5:-4] for path in render(dossier) if path.startswith("data/") and path.endswith(".csv")}
    assert pages - stems <= set(RESERVED_PAGES)
    assert tables - stems == set(RESERVED_TABLES)


def test_a_preview_follows_a_change_of_the_declaration(copy_of_port_lease: Path) -> None:
    shelf = LoadCache()
    before = read_dossier(declare(copy_of_port_lease), cache=shelf)
    again = read_dossier(copy_of_port_lease, cache=shelf)
    assert again.facts["votes"]["kern-votes-for"] is before.facts["votes"]["kern-votes-for"]
    after = read_dossier(declare(copy_of_port_lease, VOTES.replace("label: Motion", "label: Question")), cache=shelf)
    assert {"Question"} <= set(read_page(render(after)["votes.md"]).texts)


def test_a_site_with_it_is_published_and_both_verifiers_agree(copy_of_port_lease: Path) -> None:
    folder = make_buildable(declare(copy_of_port_lease))
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    assert verdicts(folder) == (True, True)


def test_on_a_page_in_another_language_its_words_say_that_they_are_in_ours(copy_of_port_lease: Path) -> None:
    files = render(read_dossier(declare(copy_of_port_lease)), site_context=SiteContext(language="ru"))
    assert '<dt><span lang="en">Who voted</span></dt>' in files["votes.md"]
    assert '<span lang="en">In favour</span>' in files["votes.md"]
    assert '<span lang="en">What was decided&#46;</span>' in files["codebook.md"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edit("label: Motion", "label: What Vessia lost"), "a declared title names `Vessia`: What Vessia lost"),
        (edit("[in favour, against]", "[in favour, Kern]"), "a declared title names `Kern`: Kern"),
        (edit("What was decided.", "What Vessia lost."), "what is said of a kind names `Vessia`: What Vessia lost."),
        (
            edit("label: Motion", "label: Here you can read why all of it was wrong"),
            "a declared title has more than 8 words: Here you can read why all of it was wrong",
        ),
    ],
)
def test_its_words_are_no_way_around(change: Callable[[str], str], said: str, copy_of_port_lease: Path) -> None:
    folder = make_buildable(declare(copy_of_port_lease, change(VOTES)))
    report, site = build_site(folder)
    assert site is None
    assert said in [problem.message for problem in report.problems]


def test_what_is_said_of_a_kind_stands_in_the_codebook_alone(copy_of_port_lease: Path) -> None:
    folder = make_buildable(declare(copy_of_port_lease))
    (folder / "docs/more.md").write_text("# Votes\n\nWhat was decided.\n", encoding="utf-8")
    report, _ = build_site(folder)
    assert [problem.message for problem in report.problems] == [
        "no fact says this, and it is no interface word: What was decided."
    ]
