"""Releases and what changes after them: nothing silently, everything on a page, on the fact and in a feed."""

import json
import random
import re
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config

from briefing.cli import main
from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.build import build_site
from briefing.mkdocs_plugin.plugin import BriefingPlugin
from briefing.mkdocs_plugin.verify import verify_site
from briefing.model.facts import parts_of
from briefing.rendering.pages import SiteRenderer, render
from briefing.rules.registry import check
from tests.rules.test_rules import change
from tests.sites import make_buildable

FIRST = "2031-05-01"


def release(folder: Path, day: str = FIRST) -> Result:
    return CliRunner().invoke(main, ["release", str(folder), "--date", day], catch_exceptions=False)


@pytest.fixture
def released(copy_of_port_lease: Path) -> Path:
    assert release(copy_of_port_lease).exit_code == 0
    return copy_of_port_lease


def problems_in(folder: Path) -> tuple[Problem, ...]:
    return check(read_dossier(folder)).problems


def tell(folder: Path, type: str = "correction", date: str = "2031-05-03", note: str = "It was copied wrongly.") -> None:
    """Pastes what each problem says to paste, and writes what is left to the curator."""
    history = folder / "facts/history.yaml"
    for problem in problems_in(folder):
        assert problem.rule == "change-is-told"
        entry = problem.help.partition("note: ")[2]
        entry = re.sub(r'type: "correction, .*?"', f"type: {type}", entry)
        entry = entry.replace("YYYY-MM-DD", date).replace("note: }", f'note: "{note}" }}')
        before = history.read_text(encoding="utf-8") if history.exists() else ""
        history.write_text(f"{before}{entry}\n", encoding="utf-8")


def correct(folder: Path) -> None:
    change(folder / "facts/figures.yaml", "Police counted 4,000 marchers", "Police counted 4,000 people")
    tell(folder)


# The release


def test_a_release_keeps_the_claims_values_and_quotes_of_every_fact(released: Path) -> None:
    dossier = read_dossier(released)
    kept = json.loads((released / f"releases/{FIRST}.json").read_text(encoding="utf-8"))
    assert kept["date"] == FIRST
    assert set(kept["facts"]) == {fact.key for fact in dossier.all_facts()}
    for fact in dossier.all_facts():
        claims = [part["claim"] for part in kept["facts"][fact.key]["parts"] if "claim" in part]
        assert claims == [" ".join(part.claim.split()) for part in parts_of(fact)]
    assert kept["facts"]["lease-starts"]["parts"][0]["values"]["date"] == ["2031-04-30T22:00Z"]


def test_a_release_is_the_same_wherever_its_facts_stand(copy_of_port_lease: Path, tmp_path: Path) -> None:
    release(copy_of_port_lease)
    written = copy_of_port_lease / f"releases/{FIRST}.json"
    before = written.read_bytes()
    written.unlink()
    for path in (copy_of_port_lease / "facts").glob("[!o]*.yaml"):  # the home page has an order of its own
        facts = re.split(r"\n(?=[a-z])", path.read_text(encoding="utf-8"))
        path.write_text("\n".join(fact.rstrip("\n") + "\n" for fact in reversed(facts)), encoding="utf-8")
    assert release(copy_of_port_lease).exit_code == 0
    assert written.read_bytes() == before


def test_there_is_no_release_of_what_is_wrong(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts/clauses.yaml", "quarter-century", "quarter century")
    assert release(copy_of_port_lease).exit_code == 1
    assert not (copy_of_port_lease / "releases").exists()


@pytest.mark.parametrize("day", [FIRST, "2031-04-30", "1 May 2031", "2031-05", "20310502"])
def test_a_release_has_a_day_of_its_own_after_those_before_it(released: Path, day: str) -> None:
    assert release(released, day).exit_code == 2
    assert [path.name for path in (released / "releases").iterdir()] == [f"{FIRST}.json"]


def test_the_day_of_a_release_is_printed(copy_of_port_lease: Path) -> None:
    result = CliRunner().invoke(main, ["release", str(copy_of_port_lease)])
    day = next((copy_of_port_lease / "releases").iterdir()).stem
    assert f"released on {day}" in result.output


# What may change, and what not

NEW = """\
the-basin:
  claim: The lease covers the deep-water basin.
  quotes: {gazette: The lease covers the deep-water basin}

"""
RENT = "gazette: the Isles pay $90 million a year in rent"

SAME: dict[str, tuple[str, str, str]] = {
    "a quote wrapped anew": ("clauses", RENT, "gazette: >-\n      the Isles pay $90\n      million a year in rent"),
    "a curly quote mark for a straight one": ("reactions", '"We lost nothing', "“We lost nothing"),
    "a comment": ("clauses", "lease-quays:", "# The quays\nlease-quays:"),
    "a link to another fact": ("reactions", "about: [lease-term]", "about: [lease-term, lease-quays]"),
    "a new fact": ("context", "talks-broke-down:", f"{NEW}talks-broke-down:"),
}

OTHERWISE: dict[str, tuple[str, str, str]] = {
    "a claim": ("clauses", "The lease leaves out the customs house", "The lease excludes the customs house"),
    "a quote": ("clauses", "but not the customs house, which", "the customs house, which"),
    "a quote added": ("clauses", RENT, f"gazette: [{RENT[9:]}, pay $90 million a year]"),
    "a value": ("figures", "unit: tonnes", "unit: tons"),
    "a date": ("reactions", "2031-04-03\n  as", "2031-04\n  as"),
    "a code": ("reactions", "stance: regrets", "stance: doubts"),
    "an actor": ("reactions", "via: [cabinet-office, vessian-media]", "via: [vessian-media, cabinet-office]"),
    "a name": ("places", "names: {gazette: Sarn, wire: Sarn}", "names: {gazette: Sarn}"),
    "a claim of a part": ("figures", "The organisers spoke of more", "Organisers spoke of more"),
    "a question": ("disputes", "How high is the rent?", "How high will the rent be?"),
    "a line of the home page": ("overview", "said who would pay for the new", "each said who would pay for the new"),
    "a source's label": ("sources", "label: Wire report", "label: Northern Wire report"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_readers_see_as_before_needs_no_word(released: Path, name: str) -> None:
    stem, before, after = SAME[name]
    change(released / f"facts/{stem}.yaml", before, after)
    assert problems_in(released) == ()


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_change_is_one_problem_and_what_it_says_to_paste_tells_it(released: Path, name: str) -> None:
    stem, before, after = OTHERWISE[name]
    change(released / f"facts/{stem}.yaml", before, after)
    found = problems_in(released)
    assert [problem.rule for problem in found] == ["change-is-told"]
    assert Path(found[0].location.file.path).stem == stem
    tell(released)
    assert problems_in(released) == ()
    change(released / f"facts/{stem}.yaml", after, before)
    assert [problem.rule for problem in problems_in(released)] == ["change-is-told"]


def test_a_fact_that_is_gone_is_told_as_withdrawn(released: Path) -> None:
    path = released / "facts/figures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("output-of-the-isles:")].rstrip() + "\n", encoding="utf-8")
    assert [problem.location.file.path.rpartition("/")[2] for problem in problems_in(released)] == [f"{FIRST}.json"]
    tell(released)
    assert problems_in(released) == ()
    assert "Withdrawal</span>, " in render(read_dossier(released))["history.md"]


def test_a_fact_that_cannot_be_read_is_not_said_to_be_gone(released: Path) -> None:
    change(released / "facts/clauses.yaml", "  duration:", "  durations:")
    assert [problem.rule for problem in problems_in(released)] == ["fact-fits-its-kind"]
    change(released / "facts/places.yaml", "sarn:\n", "sarn: [\n")
    assert "change-is-told" not in {problem.rule for problem in problems_in(released)}


def test_a_misquote_is_one_problem_also_after_a_release(released: Path) -> None:
    change(
        released / "facts/figures.yaml", "wire: The central bank of the Isles said", "wire: The central bank of the Isles wrote"
    )
    assert [problem.rule for problem in problems_in(released)] == ["quote-is-verbatim"]


def test_what_was_told_stays_told_after_the_next_release(released: Path) -> None:
    correct(released)
    assert release(released, "2031-06-01").exit_code == 0
    assert problems_in(released) == ()
    change(released / "facts/history.yaml", "type: correction", "type: clarification")
    found = problems_in(released)
    assert [(problem.rule, problem.help[:10]) for problem in found] == [("change-is-told", "restore it")]
    (released / "facts/history.yaml").unlink()
    assert [problem.help[:10] for problem in problems_in(released)] == ["restore it"]


def test_one_change_is_told_once(released: Path) -> None:
    correct(released)
    history = released / "facts/history.yaml"
    told = history.read_text(encoding="utf-8")
    history.write_text(told + "again-" + told, encoding="utf-8")
    assert [(problem.rule, problem.fact[:6]) for problem in problems_in(released)] == [("change-is-told", "again-")]


def test_a_change_that_is_told_wears_out_when_the_fact_changes_again(released: Path) -> None:
    correct(released)
    change(released / "facts/figures.yaml", "4,000 people", "4,000 persons")
    found = problems_in(released)
    assert [problem.location.file.path.rpartition("/")[2] for problem in found] == ["history.yaml"]
    now = found[0].help.rpartition(" ")[2].strip("`")
    text = (released / "facts/history.yaml").read_text(encoding="utf-8")
    (released / "facts/history.yaml").write_text(re.sub(r"change: \w+", f"change: {now}", text), encoding="utf-8")
    assert problems_in(released) == ()


@pytest.mark.parametrize("content", ["", "[]", "{}", "[" * 100_000, '{"date":"2031-05-01","facts":{"a":1}}', "\udcff"])
def test_whatever_stands_in_a_release_is_a_problem_and_never_a_traceback(released: Path, content: str) -> None:
    (released / f"releases/{FIRST}.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert {problem.rule for problem in problems_in(released)} == {"change-is-told"}


def test_a_damaged_release_never_makes_a_traceback(released: Path) -> None:
    path, rng = released / f"releases/{FIRST}.json", random.Random("release")
    whole = path.read_text(encoding="utf-8")
    for _ in range(60):
        at = rng.randrange(len(whole))
        path.write_text(whole[:at] + rng.choice(["", '"', "]", "}", "1", "null", "x"]) + whole[at + 1 :], encoding="utf-8")
        assert {problem.rule for problem in problems_in(released)} <= {"change-is-told"}


# What readers see of it


def test_a_site_without_a_release_is_as_before(port_lease: Path) -> None:
    files = render(read_dossier(port_lease))
    assert "history.md" not in files
    assert "corrections.xml" not in files
    lists_every_kind = ("codebook.md", "ledger.json")
    assert not any("corrections" in text.lower() for path, text in files.items() if path not in lists_every_kind)


def test_a_correction_is_called_one_on_its_page_and_on_the_fact(released: Path) -> None:
    correct(released)
    files = render(read_dossier(released))
    assert "Correction</span>, <time" in files["history.md"]
    assert "<del>Police counted 4,000 marchers&#46;</del>" in files["history.md"]
    assert "Police counted 4,000 people" in files["history.md"]
    figure = files["figures.md"]
    article = figure[figure.index('id="marchers-police"') : figure.index('id="output-of-the-isles"')]
    assert re.search(r"Corrected <time datetime=\"2031-05-03\">3 May 2031</time>&#58; <span>It was copied wrongly", article)
    assert "history/" in files["index.md"]


@pytest.mark.parametrize(
    ("stem", "before", "after", "page"),
    [
        ("actors", "calls Odile Kern the Premier", "calls Odile Kern Premier", "actors/kern.md"),
        ("sources", "label: Wire report", "label: Northern Wire report", "sources/wire.md"),
        ("overview", "Quist welcomed the lease; Osk", "Quist welcomed the lease, and Osk", "index.md"),
        ("disputes", "How high is the rent?", "How high will the rent be?", "disputes.md"),
    ],
)
def test_a_change_is_told_on_every_sort_of_page(released: Path, stem: str, before: str, after: str, page: str) -> None:
    change(released / f"facts/{stem}.yaml", before, after)
    tell(released, "clarification")
    assert "Clarified <time" in render(read_dossier(released))[page]


def test_the_feed_tells_each_change_under_an_id_that_stays(released: Path) -> None:
    correct(released)
    first = feedparser.parse(render(read_dossier(released))["corrections.xml"])
    assert not first.bozo
    assert first.version == "atom10"
    assert [(entry.title, entry.updated) for entry in first.entries] == [
        ("Correction: It was copied wrongly.", "2031-05-03T00:00:00Z")
    ]
    assert first.entries[0].summary.startswith("<p>\n     <del>Police counted 4,000 marchers.</del>")
    assert release(released, "2031-06-01").exit_code == 0
    change(released / "facts/clauses.yaml", "The lease leaves out", "This lease leaves out")
    tell(released, "clarification", "2031-06-02", "Worded & <b>better</b>.")
    second = feedparser.parse(render(read_dossier(released))["corrections.xml"])
    assert [entry.title for entry in second.entries] == [
        "Clarification: Worded & <b>better</b>.",
        "Correction: It was copied wrongly.",
    ]
    assert second.feed.id == first.feed.id
    assert second.entries[1].id == first.entries[0].id
    assert second.feed.updated == "2031-06-02T00:00:00Z"
    assert len({second.feed.id, *(entry.id for entry in second.entries)}) == 3


def test_the_feed_is_the_same_each_time(released: Path) -> None:
    correct(released)
    assert render(read_dossier(released)) == render(read_dossier(released))


def test_a_built_site_has_the_page_and_the_feed_and_every_link_lands(released: Path) -> None:
    correct(released)
    report, site = build_site(make_buildable(released))
    assert report.problems == ()
    assert site is not None
    assert verify_site(site, released / "seeds") == []
    feed = feedparser.parse((site / "corrections.xml").read_bytes())
    for link in [feed.feed.link, *(entry.link for entry in feed.entries)]:
        page, _, anchor = link.partition("#")
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html


def test_a_preview_goes_on_showing_a_fact_that_is_changed_and_not_yet_told(released: Path) -> None:
    change(released / "facts/figures.yaml", "Police counted 4,000 marchers", "Police counted 4,000 people")
    config = load_config(config_file=str(make_buildable(released) / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    config = config.plugins.on_config(config)
    reading = next(plugin.project for plugin in config.plugins.values() if isinstance(plugin, BriefingPlugin))
    assert "Police counted 4,000 people" in SiteRenderer(reading.dossier, reading.site_context).render_file("figures.md")
