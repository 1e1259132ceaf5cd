"""What is wrong in mkdocs.yml and docs/ is told once, where it is to be mended, by `check` as by `build`."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.build import build_site, check_briefing
from tests.mkdocs_plugin.test_plugin import mkdocs
from tests.previews import asked, previewed_soon, waited_for
from tests.sites import MKDOCS_YML, make_buildable

Break = Callable[[Path], None]
NAV = "nav:\n  - index.md\n  - The terms: clauses.md\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def typed(old: str, new: str) -> Break:
    """Changes words of mkdocs.yml."""

    def change(folder: Path) -> None:
        text = (folder / "mkdocs.yml").read_text("utf-8")
        assert old in text
        (folder / "mkdocs.yml").write_text(text.replace(old, new), encoding="utf-8")

    return change


def added(more: str) -> Break:
    """Adds lines to mkdocs.yml."""
    return lambda folder: (folder / "mkdocs.yml").write_text(MKDOCS_YML + more, encoding="utf-8") and None


def wrote(path: str, text: str) -> Break:
    """Writes a file of the briefing."""

    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")

    return change


def both(*changes: Break) -> Break:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def without_docs(folder: Path) -> None:
    (folder / "docs").rmdir()


BREAKAGES: dict[str, tuple[Break, str, str]] = {  # what is done; the place and the words that are told
    "a name of its own": (typed("site_name: Briefing", "site_name: Our port"), "mkdocs.yml:1:12", "`site_name` is neither"),
    "a name of a wrong type": (typed("Briefing", "[a]"), "mkdocs.yml:1:1", "cannot use the setting `site_name`"),
    "a description of its own": (added("site_description: The truth\n"), "mkdocs.yml:8:19", "`site_description` is"),
    "a misspelt page": (added("nav:\n  - The terms: clases.md\n"), "mkdocs.yml:9:16", "did you mean `clauses.md`?"),
    "a page without facts": (added("nav:\n  - Changes: history.md\n"), "mkdocs.yml:9:14", "facts in facts/history.yaml"),
    "a page nobody wrote": (added("nav:\n  - xyzzyplugh.md\n"), "mkdocs.yml:9:5", "docs/xyzzyplugh.md, or delete the line"),
    "an anchor in nav": (added("nav:\n  - Term: clauses.md#lease-term\n"), "mkdocs.yml:9:11", "write `clauses.md`"),
    "an absolute page in nav": (added("nav:\n  - Term: /clauses.md\n"), "mkdocs.yml:9:11", "write `clauses.md`"),
    "an empty page in nav": (added('nav:\n  - Terms: ""\n'), "mkdocs.yml:9:12", "`nav` names no page here"),
    "a page in a section": (added("nav:\n  - All:\n      - Who: acters.md\n"), "mkdocs.yml:10:14", "did you mean `actors.md`?"),
    "a title that names": (added(NAV + "  - Kern's word: actors.md\n"), "mkdocs.yml:11:5", "this title in `nav` names `Kern`"),
    "a title that counts": (added(NAV + "  - Ten years: actors.md\n"), "mkdocs.yml:11:5", "this title in `nav` states `Ten"),
    "a section that names": (added("nav:\n  - Vessia's loss:\n      - index.md\n"), "mkdocs.yml:9:5", "names `Vessia`"),
    "a title that takes a side": (added("nav:\n  - Shameful terms: clauses.md\n"), "mkdocs.yml:9:5", "takes a side"),
    "nav as a number": (added("nav: 5\n"), "mkdocs.yml:8:6", "`nav` is a list of pages"),
    "nav without a page": (added("nav:\n  - Terms:\n"), "mkdocs.yml:9:11", "`nav` is a list of pages"),
    "an excluded page": (added("exclude_docs: /m.md\nnav:\n  - m.md\n"), "mkdocs.yml:10:5", "there is no such page"),
    "no plugin": (typed("[briefing]", "[search]"), "mkdocs.yml:6:1", "the plugin `briefing` is missing"),
    "an unknown plugin": (typed("[briefing]", "[briefing, nope]"), "mkdocs.yml:6:21", 'The "nope" plugin is not installed'),
    "an option of a wrong type": (typed("[briefing]", "[briefing: {dir: 5}]"), "mkdocs.yml:6:11", "Expected type"),
    "a folder that is not there": (typed("[briefing]", "[briefing: {dir: nope}]"), "nope/facts:1:1", "there is no such folder"),
    "an unknown theme": (typed("name: material", "name: materiel"), "mkdocs.yml:3:9", "Unrecognised theme name"),
    "an unknown extension": (typed("attr_list, toc", "attr_list, tok"), "mkdocs.yml:7:34", "Failed to load extension"),
    "a hook that breaks": (both(added("hooks: [h.py]\n"), wrote("h.py", "1/0\n")), "mkdocs.yml:1:1", "ZeroDivisionError"),
    "a hook that is missing": (added("hooks: [h.py]\n"), "mkdocs.yml:8:1", "isn't an existing file"),
    "no docs": (without_docs, "mkdocs.yml:1:1", "isn't an existing directory"),
    "YAML that is none": (typed("[briefing]", "[briefing"), "mkdocs.yml:6:10", "in brackets is not closed"),
    "a file in another encoding": (lambda f: (f / "mkdocs.yml").write_bytes(b"\xff\xfe") and None, "mkdocs.yml:1:1", "UTF-8"),
    "a list": (lambda f: (f / "mkdocs.yml").write_text("- a\n", "utf-8") and None, "mkdocs.yml:1:1", "key-value mapping"),
    "an address that is none": (added("site_url: nowhere\n"), "mkdocs.yml:8:1", "cannot use the setting `site_url`"),
    "a strict typing error": (added("strict: true\nsite_nme: x\n"), "mkdocs.yml:9:1", "did you mean `site_name`?"),
    "a copyright of its own": (added("copyright: All <b>wrong</b>\n"), "mkdocs.yml:8:12", "pages would print this"),
    "an author of its own": (added("site_author: Jo Doe\n"), "mkdocs.yml:8:14", "pages would print this"),
    "a name twice": (added("site_name: Our port\n"), "mkdocs.yml:8:12", "`site_name` is neither"),
    "a title with markup": (added("nav:\n  - <b>All</b>: index.md\n"), "mkdocs.yml:9:5", "holds markup"),
    "a language that is none": (typed("  font", "  language: xx\n  font"), "mkdocs.yml:4:13", "has no language `xx`"),
    "another theme": (typed("name: material", "name: mkdocs"), "mkdocs.yml:3:9", "made for the theme `material`"),
    "the plugin twice": (typed("[briefing]", "[briefing, briefing]"), "mkdocs.yml:6:1", "stands here twice"),
    "a name of a link": (
        added("extra:\n  social:\n    - {icon: material/web, link: https://a.example, name: Our truth}\n"),
        "mkdocs.yml:10:59", "pages would print this",
    ),
    "a title of anchors": (
        typed("attr_list, toc", "attr_list, {toc: {permalink_title: To the truth}}"), "mkdocs.yml:7:22", "would print this",
    ),
    "a site inside docs": (added("site_dir: docs/site\n"), "mkdocs.yml:8:1", "cannot use the setting `site_dir`"),
    "a site that is none": (both(added("site_dir: keep\n"), wrote("keep/assets/a.txt", "a")), "keep:1:1", "is not a site"),
    "a page of facts by hand": (wrote("docs/clauses.md", "# C\n"), "docs/clauses.md:1:1", "in place of the one made from"),
    "a page at the address of another": (wrote("docs/clauses/index.md", "# C\n"), "docs/clauses/index.md:1:1", "would both be"),
    "two pages at one address": (
        both(wrote("docs/m.md", "# Notes\n"), wrote("docs/m/index.md", "# Notes\n")), "docs/m/index.md:1:1", "would both be",
    ),
    "a read-me that is a home page": (wrote("docs/README.md", "# M\n"), "docs/README.md:1:1", "would both be index.html"),
    "a declared text that names": (wrote("briefing.yaml", "interface: [Kern's port]\n"), "briefing.yaml:1:13", "names `Kern`"),
}  # fmt: skip


@pytest.fixture
def folder(copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented dossier, ready to be built, as the current folder."""
    monkeypatch.chdir(make_buildable(copy_of_port_lease))
    return copy_of_port_lease


@pytest.mark.parametrize(("breaks", "place", "words"), BREAKAGES.values(), ids=BREAKAGES)
def test_check_tells_what_stops_a_build_once_and_where_it_is_to_be_mended(
    folder: Path, breaks: Break, place: str, words: str
) -> None:
    breaks(folder)
    (problem,) = check_briefing(folder).problems
    drawn = format_full(problem)
    assert f"--> {place}\n" in f"{drawn}\n"
    assert words in drawn
    assert problem.help
    result = build_site(folder)
    assert [drawn] == [format_full(one) for one in ([result] if isinstance(result, Problem) else result[0].problems)]
    assert not (folder / "site").exists()


@pytest.mark.parametrize("name", ["a misspelt page", "a title that names", "no plugin", "two pages at one address"])
def test_neither_command_prints_anything_twice(folder: Path, name: str) -> None:
    breaks, _, words = BREAKAGES[name]
    breaks(folder)
    checked, built = run("check"), run("build")
    assert checked.exit_code == 1
    assert built.exit_code in (1, 2)
    for printed in (checked.output, built.output):
        assert printed.count(words) == 1
        assert "U+000A" not in printed


def test_the_address_in_the_environment_is_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_SITE_URL", "nowhere")
    (problem,) = check_briefing(folder).problems
    assert problem.message.startswith("BRIEFING_SITE_URL: ")
    assert run("build").exit_code == 2


HARMLESS: dict[str, Break] = {
    "nothing": lambda folder: None,
    "no name": typed("site_name: Briefing\n", ""),
    "an empty name": typed("site_name: Briefing", 'site_name: ""'),
    "titles of its own": added("nav:\n  - Home: index.md\n  - What was agreed:\n      - The terms: clauses.md\n"),
    "an address elsewhere": both(
        added("nav:\n  - index.md\n  - Elsewhere: https://example.org/\n"),
        wrote(
            "briefing.yaml",
            "added-addresses:\n  - {address: 'https://example.org/', use: navigation, reason: The other edition.}\n",
        ),
    ),
    "a page with a dot": added("nav:\n  - Terms: ./clauses.md\n"),
    "a data file": added("nav:\n  - index.md\n  - Ledger: ledger.json\n"),
    "a name as a title": added("nav:\n  - index.md\n  - Kern: actors/kern.md\n"),
    "an inherited nav": both(wrote("base.yml", "nav:\n  - The terms: clauses.md\n"), added("INHERIT: base.yml\n")),
    "an excluded double": both(wrote("docs/clauses/index.md", "# C\n"), added("exclude_docs: /clauses/\n")),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_check_lets_pass_is_built(folder: Path, change: Break) -> None:
    change(folder)
    assert check_briefing(folder).problems == ()
    result = build_site(folder)
    assert not isinstance(result, Problem)
    assert [format_full(problem) for problem in result[0].problems] == []
    assert result[1] is not None


@pytest.mark.parametrize("name", ["a misspelt page", "a title that counts", "a name of its own", "a copyright of its own"])
def test_mkdocs_and_the_preview_draw_it_with_its_line_too(folder: Path, name: str) -> None:
    breaks, place, words = BREAKAGES[name]
    breaks(folder)
    done = mkdocs(folder, "build", "-q")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert f" --> {place}\n" in said
    assert said.count(words) == 1
    with previewed_soon(folder) as address:
        overlay = unescape(re.sub("<[^>]*>", "", asked(address).partition('id="briefing-problems"')[2]))
        assert place in overlay
        assert words in overlay


def test_a_preview_takes_up_what_is_mended_in_mkdocs_yml(folder: Path) -> None:
    BREAKAGES["a misspelt page"][0](folder)
    with previewed_soon(folder) as address:
        assert "clases.md" in asked(address)
        typed("clases.md", "clauses.md")(folder)
        assert waited_for(lambda: "briefing-problems" not in asked(address))


def test_a_preview_names_the_site_by_the_title_as_it_is_saved(folder: Path) -> None:
    typed("site_name: Briefing", 'site_name: ""')(folder)
    path = folder / "facts" / "overview.yaml"
    with previewed_soon(folder) as address:
        assert "<title>The lease of Halden (Haldenwick) harbour, as reported</title>" in asked(address)
        path.write_text(path.read_text("utf-8").replace("harbour, as reported", "port, as reported"), encoding="utf-8")
        assert waited_for(lambda: "<title>The lease of Halden (Haldenwick) port, as reported</title>" in asked(address))


def test_what_breaks_no_rule_has_no_rule_in_a_sarif_file(folder: Path) -> None:
    BREAKAGES["no plugin"][0](folder)
    (result,) = json.loads(run("check", "--format", "sarif").stdout)["runs"][0]["results"]
    assert "ruleId" not in result
    assert "title=briefing::" in run("check", "--format", "github").stdout


def test_problems_of_facts_are_told_beside_those_of_mkdocs_yml(folder: Path) -> None:
    path = folder / "facts" / "clauses.yaml"
    path.write_text(path.read_text("utf-8").replace("largest harbour", "smallest harbour", 1), encoding="utf-8")
    for name in ("an unknown theme", "a misspelt page"):
        BREAKAGES[name][0](folder)
        rules = [problem.rule for problem in check_briefing(folder).problems]
        assert "quote-is-verbatim" in rules
        assert rules[-1] == ("" if name == "an unknown theme" else "page-is-cited")
        make_buildable(folder)


def test_a_page_that_another_plugin_may_add_is_looked_for_when_mkdocs_has_it(folder: Path) -> None:
    hook = "from mkdocs.structure.files import File\n\n\ndef on_files(files, config):\n"
    hook += "    files.append(File.generated(config, 'method.md', content='# Method\\n'))\n"
    wrote("briefing.yaml", "method-pages: [method.md]\n")(folder)
    wrote("h.py", hook)(folder)
    added("hooks: [h.py]\nnav:\n  - index.md\n  - Method: method.md\n")(folder)
    assert check_briefing(folder).problems == ()
    report, site = build_site(folder)
    assert (list(report.problems), site is None) == ([], False)
    typed("method.md\n", "methods.md\n")(folder)
    problem = build_site(folder)
    assert isinstance(problem, Problem)
    assert "did you mean `method.md`?" in format_full(problem)
