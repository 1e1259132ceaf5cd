"""Pages carry claims and quotes unaltered whatever Markdown extensions are on, and both sinks give the same files."""

import json
import random
import re
import shutil
from html import unescape
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from briefing.diagnostics.problem import Problem
from briefing.i18n.escape import escaped, escaped_heading
from briefing.i18n.messages import SiteContext
from briefing.loading.dossier_reader import read_dossier
from briefing.model.facts import parts_of
from briefing.rendering.facets import MAX_HOLDERS
from briefing.rendering.pages import render
from briefing.rules.registry import RULES, check, rule_infos
from briefing.rules.waivers import fingerprint
from briefing.text.words import collapse_whitespace
from briefing.verification.html_reader import read_page
from tests.dossiers import write_dossier
from tests.rules.test_rules import change, damaged
from tests.sites import PROJECT, copy_of_project, make_buildable

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "smarty", "tables", "toc", "wikilinks",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols",
    "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    "</article><h1 id=x>gone</h1>",
    "**bold** _em_ `code` ~~no~~ ==mark== ^^ins^^ [link](javascript:alert(1)) ![i](x)",
    "{{ 7*7 }} {% raw %} {: .cls #id } { .cls } &amp; &#60; &lt;b&gt;",
    "(c) (tm) +/- 1/2 1st 2nd --> :smile: -- --- ... \"double\" 'single' <<x>>",
    "[^1] [ ] [x] *[HTML]: x --8<-- ++ctrl+c++ @user #12 https://example.org www.example.org",
    "# head | a | b | ``` ~~~ > quote - item 1. item",
    "--- title: x ---",
)

HOSTILE_FACT = """\
fact-{n}:
  claim: >-
    We say {text} here
  subject: >-
    {text}
  quotes:
    wire: >-
      Number {n}: {text}, they said.
"""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("extensions", [[], EXTENSIONS], ids=["plain", "every extension"])
def test_escaped_text_reads_back_unaltered(text: str, extensions: list[str]) -> None:
    html = markdown.markdown(f'# {escaped_heading(text)}\n\n<p data-claim="a">{escaped(text)}</p>\n', extensions=extensions)
    assert read_page(html).claims == [("a", collapse_whitespace(text))]
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert heading is not None
    assert unescape(re.sub(r"<[^>]+>", "", heading[1])) == collapse_whitespace(text)


@pytest.mark.parametrize("extensions", [["attr_list", "toc"], EXTENSIONS], ids=["usual extensions", "every extension"])
def test_no_extension_touches_a_claim_or_quote_of_the_briefing(extensions: list[str]) -> None:
    pages = render(read_dossier(PROJECT))
    read = {
        path: read_page(markdown.markdown(text, extensions=extensions)) for path, text in pages.items() if path.endswith(".md")
    }
    for fact in json.loads(pages["ledger.json"])["facts"]:
        address, _, key = fact["page"].partition("#")
        page = read[f"{address.rstrip('/') or 'index'}.md"]
        assert (key, fact["claim"]) in page.claims
        assert key in page.ids
        for number, quote in enumerate(fact["quotes"], 1):
            if fact["kind"] != "overview":
                assert dict(page.quotes)[f"{key}.{number}"] == quote["exact"]


def test_hostile_text_in_every_field_reads_back_from_the_page(tmp_path: Path) -> None:
    seed = "\n\n".join(f"Number {n}: {text}, they said." for n, text in enumerate(HOSTILE))
    facts = "".join(HOSTILE_FACT.format(n=n, text=text) for n, text in enumerate(HOSTILE))
    folder = write_dossier(tmp_path, {"clauses": facts}, {"wire": seed})
    dossier = read_dossier(folder)
    assert dossier.problems == ()
    page = read_page(markdown.markdown(render(dossier)["clauses.md"], extensions=EXTENSIONS))
    for n, text in enumerate(HOSTILE):
        assert (f"fact-{n}", f"We say {text} here") in page.claims
        assert dict(page.quotes)[f"fact-{n}.1"] == f"Number {n}: {text}, they said."


def test_rendering_the_same_dossier_twice_gives_the_same_files(port_lease: Path) -> None:
    assert render(read_dossier(port_lease)) == render(read_dossier(port_lease))


def test_both_sinks_give_the_same_files_byte_for_byte(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from briefing.cli import main

    folder = copy_of_project(tmp_path / "briefing")
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["pages", str(out), str(folder)])
    assert result.exit_code == 0, result.output
    config = load_config(config_file=str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(Files([]), config=config)
    virtual = {file.src_uri: file.content_bytes for file in files if file.generated_by == "briefing"}
    assert len(virtual) > 50
    for name, content in virtual.items():
        assert (out / name).read_bytes() == content


def test_the_folder_sink_writes_only_what_changed_and_tidies_up(copy_of_port_lease: Path, tmp_path: Path) -> None:
    from briefing.cli.folder_writer import write_folder

    out = tmp_path / "out"
    files = render(read_dossier(copy_of_port_lease))
    assert write_folder(out, files) == list(files)
    assert write_folder(out, files) == []
    fewer = {name: text for name, text in files.items() if name != "places.md"} | {"clauses.md": "changed"}
    assert write_folder(out, fewer) == ["clauses.md"]
    assert not (out / "places.md").exists()


def test_the_folder_sink_touches_no_folder_of_somebody_else(tmp_path: Path) -> None:
    from briefing.cli.folder_writer import write_folder

    (tmp_path / "index.md").write_text("mine", encoding="utf-8")
    refused = write_folder(tmp_path, {"index.md": "ours"})
    assert isinstance(refused, Problem)
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == "mine"


def test_links_follow_the_way_the_site_writes_addresses(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    assert "actors/kern/#kern" in " ".join(read_page(render(dossier)["reactions.md"]).links)
    assert "actors/kern.html#kern" in " ".join(read_page(render(dossier, directory_urls=False)["reactions.md"]).links)


def test_a_report_under_copyright_is_nowhere_shown_in_its_own_order(port_lease: Path) -> None:
    dossier = read_dossier(port_lease)
    assert "<blockquote>" not in render(dossier)["sources/gazette.md"]
    whole = unescape(render(dossier, full_texts=True)["sources/gazette.md"])
    assert "<blockquote>" in whole
    assert "<mark>" in whole


def test_the_navigation_does_not_grow_with_the_facts() -> None:
    config = load_config(config_file=str(PROJECT / "mkdocs.yml"))
    assert "actors/" not in str(config.nav)
    assert "sources/" not in str(config.nav)


def test_a_page_of_the_invented_dossier_is_as_it_was_read_and_approved(port_lease: Path) -> None:
    golden = Path(__file__).parents[1] / "golden" / "figures.md"
    assert render(read_dossier(port_lease))["figures.md"] == golden.read_text(encoding="utf-8")


def test_a_buildable_folder_needs_no_navigation(copy_of_port_lease: Path) -> None:
    config = load_config(config_file=str(make_buildable(copy_of_port_lease) / "mkdocs.yml"))
    assert config.nav is None


def test_whatever_stands_in_the_files_what_is_right_can_be_rendered(port_lease: Path, tmp_path: Path) -> None:
    rng = random.Random("damaged")
    rendered = 0
    for number in range(40):
        folder = Path(shutil.copytree(port_lease, tmp_path / str(number)))
        for path in rng.sample(sorted((folder / "facts").glob("*.yaml")), 2):
            path.write_text(rng.choice(["", damaged(path.read_text(encoding="utf-8"), rng)]), encoding="utf-8")
        if number % 10 == 0:
            (folder / "seeds" / "wire.txt").unlink()
        dossier = read_dossier(folder)
        right = dossier.without(problem.fact for problem in check(dossier).problems)
        rendered += len(render(right, full_texts=True))
    assert rendered > 500


def test_every_waiver_stands_with_its_reason_on_a_page(copy_of_port_lease: Path) -> None:
    fact = """
run-of-1987:
  claim: The lease signed in 1987 was to run for 13 years, the wire report says.
  quotes:
    wire: A lease signed in 1987 was to run for 12 years
  waivers:
    - rule: number-is-quoted
      words: "13"
      reason: A misprint, says nobody.
      seen: {seen}
"""
    path = copy_of_port_lease / "facts" / "context.yaml"
    before = path.read_text("utf-8")
    path.write_text(before + fact.format(seen="none"), "utf-8")
    part = read_dossier(copy_of_port_lease).fact("run-of-1987")
    path.write_text(before + fact.format(seen=fingerprint(part)), "utf-8")  # type: ignore[arg-type]
    dossier = read_dossier(copy_of_port_lease)
    assert len(check(dossier).waived) == 1
    page = unescape(render(dossier, site_context=SiteContext(rules=rule_infos(dossier)))["checks.md"])
    assert "1 problem was waived" in page
    assert "A misprint, says nobody." in page
    assert all(rule in page for rule in RULES)


def test_no_side_of_a_dispute_goes_unseen_in_the_matrix() -> None:
    dossier = read_dossier(PROJECT)
    page = render(dossier)["matrix.md"]
    links = read_page(page[page.index("_sides") :]).links
    positions = [part for dispute in dossier.facts_of_kind("disputes") for part in parts_of(dispute) if part.key != dispute.key]
    holders = {key for part in positions for key in getattr(part, "held_by", ())}
    assert len(holders) > MAX_HOLDERS
    assert {part.key for part in positions} <= {link.partition("#")[2] for link in links}
    assert holders <= {link.partition("#")[2] for link in links}


def test_a_limit_of_its_own_stands_with_its_reason_beside_the_rules_and_on_the_source(copy_of_port_lease: Path) -> None:
    change(copy_of_port_lease / "facts" / "sources.yaml", "  limit:\n", "  limit:\n    - share: '99'\n      reason: Short\n")
    pages = render(read_dossier(copy_of_port_lease))
    assert ">Short<" in pages["checks.md"]
    assert any(
        "This source has its own limit" in text and ">Short<" in text
        for path, text in pages.items()
        if path.startswith("sources/")
    )


def test_a_dispute_does_not_list_as_related_what_its_positions_tell(port_lease: Path) -> None:
    page = render(read_dossier(port_lease))["disputes.md"]
    assert "../clauses/#yearly-rent" not in page
