"""The editor: what the real YAML language server offers, shows and flags by our schemas, and problems that can be clicked."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics.formats import format_line
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.yaml_reader import read_yaml
from briefing.model.facts import Claim
from briefing.model.fields import fields_of
from briefing.model.kinds import KINDS
from briefing.model.located_text import ListNode, MapNode, Node
from briefing.rules.registry import check
from briefing.sources.json_schema import schemas
from tests.conftest import PORT_LEASE
from tests.example_documents import EXAMPLE
from tests.language_server import LanguageServer, language_server

PROJECT = Path(__file__).parents[2]
STARTER = PROJECT / "briefing/sources/starter/.vscode"
STOP = re.compile(r"\$\{\d+\|([^,|]*)[^}]*\}|\$\{\d+:([^}]*)\}|\$\d+")
NEW = {kind.file_stem: f"new {kind.singular}" for kind in KINDS}


def settings() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((STARTER / "settings.json").read_text("utf-8"))
    return found


def tasks() -> dict[str, dict[str, Any]]:
    return {task["label"]: task for task in json.loads((STARTER / "tasks.json").read_text("utf-8"))["tasks"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented dossier with its schemas, as an editor opens it."""
    found = tmp_path_factory.mktemp("editor")
    (found / "schemas").mkdir()
    (found / "facts").mkdir()
    for name, text in schemas(read_dossier(PORT_LEASE)).items():
        (found / "schemas" / name).write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    with language_server(folder, settings()) as found:
        yield found


def filled(text: str) -> str:
    """A text with its stops left as an editor leaves them: the first choice, the placeholder, or a word typed."""
    return STOP.sub(lambda stop: stop[1] or stop[2] or "typed", text)


def read(text: str) -> MapNode:
    found = read_yaml("typed.yaml", text.encode())
    assert found.problems == (), text
    assert isinstance(found.root, MapNode)
    return found.root


def at(node: Node, *path: str | int) -> Node:
    for step in path:
        node = node.entries[step] if isinstance(node, MapNode) else node.values[step]  # type: ignore[index, union-attr]
    return node


def keys(node: Node) -> list[str]:
    assert isinstance(node, MapNode)
    return list(map(str, node.entries))


# What is offered


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.file_stem)
def test_every_kind_has_a_skeleton_with_the_fields_it_must_have(server: LanguageServer, folder: Path, kind: Any) -> None:
    offers = server.completions(folder / f"facts/{kind.file_stem}.yaml", "|")
    assert NEW[kind.file_stem] in offers, f"bind facts/{kind.file_stem}.yaml to its schema in .vscode/settings.json"
    offered = offers[NEW[kind.file_stem]]
    fact = at(read(filled(offered["written"])), "id")
    evidence = kind.evidence_fields[:1] if issubclass(kind, Claim) else ()
    wanted = {f.yaml_key for f in fields_of(kind) if f.required} | {f.yaml_key for f in fields_of(kind) if f.name in evidence}
    assert set(keys(fact)) == wanted
    assert offered["documentation"]


def test_a_new_dispute_has_two_positions_with_quotes(server: LanguageServer, folder: Path) -> None:
    written = filled(server.completions(folder / "facts/disputes.yaml", "|")["new dispute"]["written"])
    positions = at(read(written), "id", "positions")
    assert isinstance(positions, ListNode)
    assert [keys(position) for position in positions.values] == [["claim", "held-by", "quotes"]] * 2
    assert at(positions, 1, "quotes", "gazette") == "words"


def test_a_second_fact_is_offered_below_the_first(server: LanguageServer, folder: Path) -> None:
    path = folder / "facts/clauses.yaml"
    written = server.completions(path, "lease:\n  claim: It is let.\n  quotes:\n    wire: let\n|")["new clause"]["written"]
    assert keys(read(filled(written))) == ["lease", "id"]


@pytest.mark.parametrize(
    ("file", "field", "label", "fields"),
    [
        ("disputes", "positions", "new position", ["claim", "held-by", "quotes"]),
        ("clauses", "waivers", "new waiver", ["rule", "words", "reason"]),
        ("clauses", "antecedents", "new antecedent", ["claim", "words", "means", "quotes"]),
        ("figures", "values", "new other value", ["claim", "value", "quotes"]),
        ("sources", "left-out", "new left out", ["paragraphs", "reason"]),
    ],
)
def test_parts_have_skeletons(
    server: LanguageServer, folder: Path, file: str, field: str, label: str, fields: list[str]
) -> None:
    offered = server.completions(folder / f"facts/{file}.yaml", f"some-fact:\n  {field}:\n    - |\n")
    assert keys(at(read(filled(offered[label]["written"])), "some-fact", field, 0)) == fields


def test_sources_are_offered_for_quotes_with_room_for_any_words(server: LanguageServer, folder: Path) -> None:
    offered = server.completions(folder / "facts/clauses.yaml", "lease:\n  claim: It is let.\n  quotes:\n    |\n")
    assert list(offered) == ["gazette", "wire"]
    assert "Vessia Leases Halden Harbour to the Marrow Isles, Ilse Vanter, 2031-04-02" in offered["gazette"]["documentation"]
    assert at(read(filled(offered["wire"]["written"])), "lease", "quotes", "wire") == "words"


def test_fields_are_offered_with_what_they_hold(server: LanguageServer, folder: Path) -> None:
    offered = server.completions(folder / "facts/clauses.yaml", "lease:\n  claim: It is let.\n  pa|\n")
    assert offered["parties"]["documentation"] == "Actors bound by it."
    assert offered["deadline"]["written"].endswith("deadline: \n")
    assert "claim" not in offered


@pytest.mark.parametrize("typed", ["  parties: [|]\n", "  parties:\n    - |\n", "  parties: |\n"])
def test_ids_are_offered_with_what_they_mean(server: LanguageServer, folder: Path, typed: str) -> None:
    offered = server.completions(folder / "facts/clauses.yaml", f"lease:\n  claim: It is let.\n{typed}")
    assert offered["kern"]["documentation"] == "The Gazette calls Odile Kern the Premier."
    assert "halden" not in offered
    assert "lease-term" not in offered


@pytest.mark.parametrize(
    ("file", "text", "some", "none"),
    [
        ("facts/reactions.yaml", "r:\n  stance: |\n", {"welcomes", "disputes a term"}, {"statement"}),
        ("facts/reactions.yaml", "r:\n  about: [|]\n", {"lease-term", "lease-starts"}, set()),
        ("facts/timeline.yaml", "e:\n  places: [|]\n", {"halden", "sarn"}, {"kern"}),
        ("facts/disputes.yaml", "d:\n  positions:\n    - held-by: [|]\n", {"gazette", "kern"}, {"halden"}),
        ("facts/clauses.yaml", "c:\n  waivers:\n    - rule: |\n", {"name-is-quoted"}, {"quote-is-verbatim"}),
        ("facts/sources.yaml", "s:\n  blocks:\n    - role: |\n", {"caption", "embedded post"}, set()),
        ("facts/sources.yaml", "s:\n  basis:\n    |\n", {"author", "issued"}, {"blocks"}),
        ("briefing.yaml", "|", {"parties", "loaded-words", "interface"}, set()),
        ("briefing.yaml", "rules:\n  |\n", {"quote-is-enough"}, {"quote-is-verbatim"}),
        ("briefing.yaml", "rules:\n  quote-is-enough: |\n", {"warning"}, set()),
        ("briefing.yaml", "parties: [|]\n", {"vessia"}, {"halden"}),
    ],
)
def test_codes_ids_and_rules_are_offered_where_they_belong(
    server: LanguageServer, folder: Path, file: str, text: str, some: set[str], none: set[str]
) -> None:
    offered = set(server.completions(folder / file, text))
    assert some <= offered
    assert not none & offered


# What is shown


@pytest.mark.parametrize(
    ("file", "text", "shown"),
    [
        ("clauses", "c:\n  cla|im: x\n", ["#### Claim", "One neutral sentence that the quotes support"]),
        ("clauses", "c:\n  parties: [ke|rn]\n", ["#### Odile Kern", "The Gazette calls Odile Kern the Premier."]),
        ("clauses", "c:\n  parties:\n    - ke|rn\n", ["#### Odile Kern"]),
        ("clauses", "c:\n  quotes:\n    wi|re: x\n", ["Wire report, 2031-04-03"]),
        ("timeline", "e:\n  places: ha|lden\n", ["#### Halden / Haldenwick"]),
        ("disputes", "d:\n  about: [lease|-term]\n", ["#### Clause", "Vessia leases Halden harbour"]),
        ("disputes", "d:\n  positions:\n    - held-by: [wi|re]\n", ["#### Wire report"]),
        ("reactions", "r:\n  stan|ce: accepts\n", ["The actor's view of the agreement"]),
        ("clauses", "c:\n  waivers:\n    - rule: name-is|-quoted\n", ["is also named in one of its quotes"]),
    ],
)
def test_over_a_word_stands_what_it_means(server: LanguageServer, folder: Path, file: str, text: str, shown: list[str]) -> None:
    found = server.hover(folder / f"facts/{file}.yaml", text)
    assert [words for words in shown if words not in found] == [], found


# What is flagged


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        ("facts/clauses.yaml", "c:\n  claim: x\n  quotes:\n    wire: x\n  parties: [kerm]\n", 4, '"kern"'),
        ("facts/clauses.yaml", "c:\n  claim: x\n  quotes:\n    wyre: x\n", 3, "wyre is not allowed"),
        ("facts/clauses.yaml", "c:\n  claim: x\n  quotes:\n    wire: x\n  partys: [kern]\n", 4, "partys is not allowed"),
        ("facts/clauses.yaml", "c:\n  claim: x\n  quotes: {wire: x}\nc:\n  claim: y\n", 3, "must be unique"),
        ("facts/clauses.yaml", "C d:\n  claim: x\n  quotes:\n    wire: x\n", 0, "C d is not allowed"),
        ("facts/clauses.yaml", "c:\n  quotes:\n    wire: x\n", 0, 'Missing property "claim"'),
        ("facts/reactions.yaml", "r:\n  claim: x\n  actor: kern\n  stance: likes\n  quotes: {wire: x}\n", 3, '"welcomes"'),
        ("facts/disputes.yaml", "d:\n  question: x\n  positions:\n    - claim: x\n      held-by: [nobody]\n"
         "      quotes: {wire: x}\n    - claim: x\n      held-by: [kern]\n      quotes: {wire: x}\n", 4, '"kern"'),
        ("briefing.yaml", "rules:\n  quote-is-verbatim: off\n", 1, "quote-is-verbatim is not allowed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_flagged_in_its_line(
    server: LanguageServer, folder: Path, file: str, text: str, line: int, says: str
) -> None:
    flagged = [(found["range"]["start"]["line"], found["message"]) for found in server.diagnostics(folder / file, text)]
    assert [message for number, message in flagged if number == line and says in message], flagged


@pytest.mark.parametrize("path", sorted((PORT_LEASE / "facts").glob("*.yaml")), ids=lambda path: path.stem)
def test_facts_in_which_nothing_is_wrong_are_not_flagged(server: LanguageServer, folder: Path, path: Path) -> None:
    assert server.diagnostics(folder / "facts" / path.name, path.read_text("utf-8")) == []


def test_settings_in_which_nothing_is_wrong_are_not_flagged(server: LanguageServer, folder: Path) -> None:
    assert server.diagnostics(folder / "briefing.yaml", (PORT_LEASE / "briefing.yaml").read_text("utf-8")) == []


# Files of the editor


def test_every_schema_is_bound_to_its_file() -> None:
    bound = {f"./schemas/{kind.file_stem}.schema.json": f"facts/{kind.file_stem}.yaml" for kind in KINDS}
    assert settings()["yaml.schemas"] == {**bound, "./schemas/briefing.schema.json": "briefing.yaml"}
    assert {f"./schemas/{name}" for name in schemas(read_dossier(PORT_LEASE))} == set(settings()["yaml.schemas"])


def test_this_repository_and_the_example_have_the_files_that_a_new_briefing_gets() -> None:
    for path in STARTER.iterdir():
        ours = (PROJECT / ".vscode" / path.name).read_text("utf-8")
        assert (EXAMPLE / ".vscode" / path.name).read_text("utf-8") == path.read_text("utf-8")
        assert ours.replace("${workspaceFolder}/.venv/bin/briefing", "briefing") == path.read_text("utf-8")


def test_the_tasks_run_commands_that_exist() -> None:
    for task in tasks().values():
        assert CliRunner().invoke(main, [*task["args"], "--help"]).exit_code == 0


def test_the_problem_matcher_reads_every_problem(copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copy_of_port_lease / "facts/clauses.yaml"
    broken = path.read_text("utf-8").replace("quarter-century", "quarter century").replace("for 25 years.", "for 26 years.")
    path.write_text(f"{broken}bad one:\n  claim: x\n", encoding="utf-8")
    (copy_of_port_lease / "briefing.yaml").write_text("rules: {number-is-quoted: warning}\n", encoding="utf-8")
    monkeypatch.chdir(copy_of_port_lease)
    told = check(read_dossier(Path())).reported
    matcher = tasks()["briefing check"]["problemMatcher"]["pattern"]
    assert len({problem.rule for problem in told}) > 2
    assert {problem.severity for problem in told} == {"error", "warning"}
    for problem in told:
        found = re.fullmatch(matcher["regexp"], format_line(problem))
        assert found is not None
        assert found[matcher["file"]] == problem.location.file.path
        assert (int(found[matcher["line"]]), int(found[matcher["column"]])) == (
            problem.location.line + 1,
            problem.location.column + 1,
        )
        assert (found[matcher["severity"]] or "error") == problem.severity
        assert found[matcher["code"]] == problem.rule
        assert found[matcher["message"]].startswith(problem.message)


def test_the_task_that_watches_tells_of_each_run(copy_of_port_lease: Path) -> None:
    task = tasks()["briefing check"]
    begins, ends = (re.compile(task["problemMatcher"]["background"][name]) for name in ("beginsPattern", "endsPattern"))
    command = [sys.executable, "-m", "briefing", *task["args"]]
    with subprocess.Popen(command, cwd=copy_of_port_lease, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout is not None
        lines = iter(run.stdout.readline, "")

        def between() -> list[str]:
            assert begins.search(next(lines).rstrip("\n"))
            found = []
            while not ends.search(line := next(lines).rstrip("\n")):
                found.append(line)
            return found

        try:
            assert between() == []
            path = copy_of_port_lease / "facts/clauses.yaml"
            whole = path.read_text("utf-8")
            path.write_text(whole.replace("quarter-century", "quarter century", 1), encoding="utf-8")
            assert [line.split(": ")[1] for line in between()] == ["quote-is-verbatim"]
            (saved := path.with_suffix(".new")).write_text(whole, encoding="utf-8")
            saved.replace(path)
            while (found := between()) != []:  # the file beside it may be seen first
                assert found
        finally:
            run.kill()


def test_schemas_are_kept_up_to_date_but_not_while_a_file_is_half_typed(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actors, schema = copy_of_port_lease / "facts/actors.yaml", copy_of_port_lease / "schemas/clauses.schema.json"
    seen: list[bool] = []

    def edits(folder: Path) -> Iterator[None]:
        yield
        seen.append('"kern"' in schema.read_text("utf-8"))
        whole = actors.read_text("utf-8")
        actors.write_text(f"{whole}half: [typed\n", encoding="utf-8")
        yield
        seen.append('"kern"' in schema.read_text("utf-8"))
        actors.write_text(whole.replace("kern:", "odile:", 1), encoding="utf-8")
        for path in (copy_of_port_lease / "facts").glob("*.yaml"):
            path.write_text(re.sub(r"\bkern\b", "odile", path.read_text("utf-8")), encoding="utf-8")
        yield
        seen.append('"kern"' in schema.read_text("utf-8"))

    monkeypatch.setattr("briefing.cli.schema.watch_dossier", edits)
    assert CliRunner().invoke(main, ["schema", str(copy_of_port_lease), "--watch"]).exit_code == 0
    assert seen == [True, True, False]
