"""Whatever is typed past the facts is caught on the built site: in templates, docs, mkdocs.yml, themes and styles."""

import json
import shutil
from pathlib import Path

import jinja2
import pytest

import briefing.rendering.environment
from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import display_path
from briefing.mkdocs_plugin.build import build_site, check_briefing
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification.bindings import TextBindings
from briefing.verification.html_reader import read_page
from tests.sites import copy_of_project, make_buildable

SENTENCE = "The dockers were betrayed."
UNBOUND = f"this text comes neither from a fact nor from the interface catalogue: {SENTENCE}"


@pytest.fixture
def folder(copy_of_port_lease: Path) -> Path:
    return make_buildable(copy_of_port_lease)


def built(folder: Path) -> list[tuple[str, str]]:
    """The file and message of each problem of a build; a site that is not right is not published."""
    report, site = build_site(folder)
    assert (site is None) == bool(report.problems)
    assert (folder / "site").exists() == (not report.problems)
    return [(problem.location.file.path, problem.message) for problem in report.problems]


def configure(folder: Path, more: str) -> None:
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(more)


def declare(folder: Path, yaml: str) -> None:
    (folder / "briefing.yaml").write_text(yaml, encoding="utf-8")


def test_a_site_made_of_its_facts_alone_is_published(built_lease: Path) -> None:
    assert (built_lease / "site" / "clauses" / "index.html").exists()
    assert verify_site(built_lease / "site", built_lease / "seeds") == []


def test_a_sentence_typed_into_a_template_is_caught(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loader(jinja2.PackageLoader):
        def get_source(self, environment, template):  # type: ignore[no-untyped-def]
            source, name, fresh = super().get_source(environment, template)
            return source.replace('<dl class="fields">', f'<p>{SENTENCE}</p><dl class="fields">'), name, fresh

    monkeypatch.setattr(briefing.rendering.environment, "PackageLoader", Loader)
    said = built(folder)
    assert [message for _, message in said] == [UNBOUND]
    assert said[0][0].startswith("site/")


def test_a_sentence_in_docs_is_caught_with_its_page_and_a_next_step(folder: Path) -> None:
    (folder / "docs" / "more.md").write_text(f"# More\n\n{SENTENCE}\n", encoding="utf-8")
    report, _ = build_site(folder)
    told = {problem.message: problem for problem in report.problems}
    assert told[UNBOUND].location.file.path.endswith("docs/more.md")
    assert told[UNBOUND].location.line == 2
    assert "briefing.yaml" in told[UNBOUND].help
    assert any(message.endswith("interface catalogue: More") for message in told)


def test_a_declared_page_about_method_may_speak_but_names_nobody(folder: Path) -> None:
    page = folder / "docs" / "method.md"
    page.write_text("# Method\n\nEach sentence was read twice[^1].\n\n[^1]: By two people.\n", encoding="utf-8")
    declare(folder, "interface: [Method]\nmethod-pages: [method.md]\n")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("[attr_list, toc]", "[attr_list, toc, footnotes]"), "utf-8")
    assert built(folder) == []
    page.write_text("# Method\n\nEach sentence was read twice in Halden.\n", encoding="utf-8")
    shutil.rmtree(folder / "site")
    message = "a page about method speaks of the subject, `Halden`, without a citation: Each sentence was read twice in Halden."
    assert [(path.rpartition("/")[2], said) for path, said in built(folder)] == [("method.md", message)]


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("The talks that began in 2030 were a mistake.", "2030"),
        ("Nobody asked the Isles whether they agreed.", "the Isles"),
        ("Since November nothing was the same.", "November"),
        ("<b>What Vessia wanted</b> it got.", "Vessia"),
    ],
)
def test_a_page_about_method_makes_no_claim_about_the_subject(folder: Path, sentence: str, term: str) -> None:
    (folder / "docs" / "method.md").write_text(f"# Method\n\nWe read twice.\n\n{sentence}\n", encoding="utf-8")
    declare(folder, "interface: [Method]\nmethod-pages: [method.md]\n")
    (problem,) = build_site(folder)[0].problems
    assert f"speaks of the subject, `{term}`" in problem.message
    assert problem.location.line == 4


def test_a_page_about_method_may_use_names_of_its_own_and_years(folder: Path) -> None:
    text = "# Method\n\nNovember is a month. We follow Unicode and the W3C, as of 2026.\n"
    (folder / "docs" / "method.md").write_text(text, encoding="utf-8")
    declare(folder, "interface: [Method]\nmethod-pages: [method.md]\n")
    assert built(folder) == []


@pytest.mark.parametrize("key", ["site_name", "site_description"])
def test_a_name_or_description_of_our_own_is_caught_in_mkdocs_yml(folder: Path, key: str) -> None:
    config = (folder / "mkdocs.yml").read_text("utf-8")
    kept = "\n".join(line for line in config.splitlines() if not line.startswith(f"{key}:"))
    (folder / "mkdocs.yml").write_text(f"{kept}\n{key}: {SENTENCE}\n", encoding="utf-8")
    report, _ = build_site(folder)
    said = "\n".join(map(format_full, report.problems))
    assert f"`{key}` is neither the claim of a fact nor an interface word" in said
    assert "mkdocs.yml:" in said
    assert "copy the title of the home page: The lease of Halden (Haldenwick) harbour, as reported" in said


NAV = "nav:\n  - index.md\n  - {title}: clauses.md\n"


def test_a_title_in_the_navigation_needs_no_other_declaration(folder: Path) -> None:
    configure(folder, NAV.format(title="What came of it"))
    assert built(folder) == []
    assert json.loads((folder / "site/ledger.json").read_text("utf-8"))["interface"]["titles"] == ["What came of it"]


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("What Vessia lost", "names `Vessia`"),
        ("Kern's deal", "names `Kern`"),
        ("From 25 to 30", "states `25`"),
        ("Ten ships", "states `Ten`"),
        ("Since November", "states `November`"),
        ("Here you can read why all of it was wrong", "has more than 8 words"),
    ],
)
def test_a_title_that_says_what_a_fact_must_prove_is_told_once_where_it_stands(folder: Path, title: str, why: str) -> None:
    configure(folder, NAV.format(title=title))
    line = len((folder / "mkdocs.yml").read_text("utf-8").splitlines())
    (problem,) = built(folder)
    assert problem == (f"{display_path(folder)}/mkdocs.yml", f"this title in `nav` {why}")
    (found,) = check_briefing(folder).problems
    assert (found.location.line + 1, found.location.column + 1) == (line, 5)


@pytest.mark.parametrize("title", ["Vessia", "The lease of Halden (Haldenwick) harbour, as reported", "First steps"])
def test_a_title_that_facts_already_say_or_that_says_nothing_may_stand(folder: Path, title: str) -> None:
    configure(folder, NAV.format(title=title))
    assert built(folder) == []


@pytest.mark.parametrize("title", ["What Vessia lost", "From 25 to 30", "Here you can read why all of it was wrong"])
def test_a_site_that_was_built_around_the_check_is_refused(built_lease: Path, tmp_path: Path, title: str) -> None:
    site = Path(shutil.copytree(built_lease / "site", tmp_path / "site"))
    path = site / "ledger.json"
    ledger = json.loads(path.read_text("utf-8"))
    ledger["interface"]["titles"] = [title]
    path.write_text(json.dumps(ledger), encoding="utf-8")
    (problem,) = verify_site(site, built_lease / "seeds")
    assert problem.message.startswith("a title of the navigation ")
    assert title in problem.message


def test_a_declared_title_is_no_way_around(folder: Path) -> None:
    declare(folder, "interface: [What Vessia lost, Here you can read why all of it was wrong]\n")
    assert sorted(message for _, message in built(folder)) == [
        "this text has more than 8 words, and no fact stands behind it",
        "this text names `Vessia`, and no fact stands behind it",
    ]


def test_a_sentence_in_a_theme_of_ones_own_is_caught(folder: Path) -> None:
    blocks = [
        "{% block announce %}Announced: nothing.{% endblock %}",
        '{% block footer %}<img src="" alt="Drawn: nothing.">{% endblock %}',
    ]
    theme = {
        "main.html": '{% extends "base.html" %}' + "".join(blocks),
        "partials/logo.html": "<svg><title>Signed: nothing.</title></svg>",
    }
    for file, text in theme.items():
        path = folder / "theme" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("  name: material", "  name: material\n  custom_dir: theme"), "utf-8")
    said = {message.rpartition("catalogue: ")[2] for _, message in built(folder)}
    assert said == {"Announced: nothing.", "Drawn: nothing.", "Signed: nothing."}


def test_a_sentence_in_a_file_beside_the_pages_is_caught(folder: Path) -> None:
    files = {
        "extra.css": 'body::after {{ content: "{}" }}',
        "data.json": '{{"said": ["{}"]}}',
        "notes.txt": "{}",
        "notes.HTML": "<p>{}</p>",
        "map.svg": "<svg xmlns='http://www.w3.org/2000/svg'><text>{}</text></svg>",
    }
    for name, text in files.items():
        (folder / "docs" / name).write_text(text.format(f"{SENTENCE} Says {name}."), encoding="utf-8")
    told = {path.rpartition("docs/")[2]: message for path, message in built(folder)}
    assert told == dict.fromkeys(files, "briefing.yaml does not name this file, and the generator did not make it")


EVERY_EXTENSION = """\
markdown_extensions:
  - abbr
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - smarty
  - tables
  - toc:
      permalink: true
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.details
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.keys
  - pymdownx.magiclink
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.snippets:
      auto_append: [abbreviations.md]
      base_path: [includes]
  - pymdownx.superfences
  - pymdownx.tasklist
  - pymdownx.tilde
"""


def test_with_every_usual_extension_the_briefing_is_published_word_for_word(tmp_path: Path) -> None:
    folder = copy_of_project(tmp_path / "briefing")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    before, _, after = config.partition("markdown_extensions:")
    (folder / "mkdocs.yml").write_text(f"{before}{EVERY_EXTENSION}\n{after[after.index('validation:') :]}", encoding="utf-8")
    (folder / "includes").mkdir()
    abbreviations = "*[AFP]: a news agency\n*[GMT]: a time zone\n*[1,960]: a number\n*[Russia]: a state\n"
    (folder / "includes" / "abbreviations.md").write_text(abbreviations, encoding="utf-8")
    report, site = build_site(folder)
    assert report.problems == ()
    assert site is not None
    assert verify_site(site, folder / "seeds") == []


def test_every_page_says_at_its_foot_how_much_was_checked(built_lease: Path) -> None:
    site = built_lease / "site"
    facts = json.loads((site / "ledger.json").read_text("utf-8"))["facts"]
    quotes = sum(len(fact["quotes"]) for fact in facts if fact["kind"] != "overview")
    assert quotes > 50
    for path in site.rglob("*.html"):
        texts = read_page(path.read_text("utf-8")).texts
        at = texts.index("were checked, word for word, against")
        assert texts[at - 3 : at] == [f"{quotes} quotes", "behind", f"{len(facts)} claims"]
        assert texts[at + 1 : at + 5] == [
            "Gazette report",
            ",",
            "Wire report",
            ". Facts and sources do not match any commit.",
        ]


def test_a_title_is_made_of_allowed_texts_however_it_is_cut() -> None:
    bindings = TextBindings(frozenset(["Harbour", "Kern: no", "Sarn - talks", "said"]))
    for title in ("Harbour", "Harbour - Kern: no", "Kern: no - Sarn - talks: said", "Harbour - : said"):
        assert bindings.binds_parts(title, ""), title
    for title in ("Kern", "Harbour - Kern", "Harbour - Kern: no - yes", "talks - Harbour"):
        assert not bindings.binds_parts(title, ""), title


@pytest.mark.parametrize("part", [": ", " - ", "said: ", "said - : "])
def test_a_title_with_very_many_parts_is_not_allowed(part: str) -> None:
    bindings = TextBindings(frozenset(["said"]))
    assert not bindings.binds_parts(part * 20_000 + "x", "")
    assert not bindings.binds_parts(part * 20 + "x", "")
    assert bindings.binds_parts(part * 20 + "said", "")
