"""`briefing new`: what it makes serves at once, explains every field, and is checked and published as its workflow says."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner, Result

from briefing import __version__
from briefing.cli import main
from briefing.loading.dossier_reader import read_dossier
from briefing.model.fields import fields_of
from briefing.model.kinds import KINDS
from briefing.model.parts import Position
from briefing.model.record import Block, LeftOut
from briefing.rules.registry import check
from briefing.sources.new_briefing import DISTRIBUTION, STARTER
from tests.language_server import language_server
from tests.manual import run as run_in_shell
from tests.previews import asked, previewed
from tests.sites import PROJECT

BIN = Path(sys.executable).parent
WORKFLOW = ".github/workflows/briefing.yml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new briefing, as it is made; not to be written to."""
    folder = tmp_path_factory.mktemp("new") / "our briefing"
    result = run("new", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "briefing"))


def test_nothing_is_wrong_with_it(made: Path) -> None:
    report = check(read_dossier(made))
    assert report.reported == ()
    assert run("schema", "--check", made).exit_code == 0


def test_it_has_a_fact_of_every_kind_but_changes(made: Path) -> None:
    facts = read_dossier(made).facts
    assert {stem for stem, found in facts.items() if not found} == {"history"}  # which needs a release


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.file_stem != "history"], ids=lambda kind: kind.file_stem)
def test_every_field_of_a_kind_is_shown_or_explained(made: Path, kind: type) -> None:
    text = (made / f"facts/{kind.file_stem}.yaml").read_text("utf-8")
    parts = {"sources": (Block, LeftOut), "disputes": (Position,)}.get(kind.file_stem, ())
    declared = [field.yaml_key for cls in (kind, *parts) for field in fields_of(cls)]
    left = {"author", "language"} if kind.file_stem == "sources" else set()
    assert [name for name in declared if name not in left and not re.search(rf"^ *-? *{name}:|`{name}`", text, re.M)] == []


def test_an_editor_finds_nothing_wrong_with_it(made: Path) -> None:
    settings = json.loads((made / ".vscode/settings.json").read_text("utf-8"))
    with language_server(made, settings) as server:
        for path in (made / "briefing.yaml", *(made / "facts").iterdir()):
            assert server.diagnostics(path, path.read_text("utf-8")) == []


def test_it_is_not_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert "this folder is not empty: it contains notes.txt; choose a new folder" in " ".join(result.stderr.split())
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert run("new", tmp_path / "notes.txt").exit_code == 2


def test_it_is_made_in_an_empty_folder_and_in_a_fresh_clone(tmp_path: Path) -> None:
    (tmp_path / "clone/.git").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    assert run("new", tmp_path / "clone").exit_code == 0
    assert run("new", tmp_path / "empty").exit_code == 0


def test_a_folder_that_is_closed_is_said_kindly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", closed)
    assert ": permission denied; change the permissions" in run("new", tmp_path / "new").stderr


@pytest.mark.parametrize("folder", ["briefing/sources/starter/docs", "examples/port-lease/docs"])
def test_its_page_about_method_is_the_one_of_this_repository(folder: str) -> None:
    ours = (PROJECT / "docs/method.md").read_text("utf-8")
    assert (PROJECT / folder / "method.md").read_text("utf-8") == ours, f"cp docs/method.md {folder}/"


def test_its_pages_stand_in_its_navigation_as_in_ours() -> None:
    ours, theirs = ((folder / "mkdocs.yml").read_text("utf-8") for folder in (PROJECT, STARTER))
    assert theirs == ours, "copy it"


# Empty


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A new briefing without the example."""
    result = run("new", tmp_path / "empty", "--empty")
    assert result.exit_code == 0, result.output
    assert "briefing source add FILE" in result.stderr
    return tmp_path / "empty"


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_one_has_all_but_facts_and_seeds_and_nothing_of_the_example(made: Path, empty: Path) -> None:
    example = {path for path in files_in(made) if path.startswith(("facts/", "seeds/"))}
    assert files_in(empty) == files_in(made) - example | {"facts/README.md"}
    names = re.compile("lantern|museum|gallery|tamsa|venn", re.IGNORECASE)
    assert [path for path in files_in(empty) if names.search((empty / path).read_text("utf-8"))] == []
    assert run("schema", "--check", empty).exit_code == 0


@pytest.mark.parametrize("command", [["check"], ["build"], ["quote", "words", "--dir"], ["coverage", "--next", "--dir"]])
def test_an_empty_one_says_how_to_begin(empty: Path, command: list[str]) -> None:
    result = run(*command, empty)
    assert result.exit_code in (1, 2)
    assert "there are no files of facts here yet\n" in result.output
    assert "= help: run `briefing source add FILE`: it starts facts/sources.yaml" in result.output
    assert not (empty / "site").exists()


def test_an_empty_one_is_served_and_says_how_to_begin(empty: Path) -> None:
    with previewed(empty) as address:
        home = asked(address)
        assert "run `briefing source add FILE`: it starts facts/sources.yaml" in home
        assert "0 source" not in home
        nav = set(re.findall(r"^ +- .+: (\w+)\.md$", (empty / "mkdocs.yml").read_text("utf-8"), re.M)) - {"index"}
        assert len(nav) > 10
        assert all("briefing source add FILE" in asked(f"{address}{page}/") for page in nav)


def test_an_empty_one_takes_a_source_a_fact_and_a_title_and_is_built(empty: Path) -> None:
    rest = "The report goes on for many words more, of which this briefing uses none, as they say nothing of the lease. " * 2
    (empty / "wire.txt").write_text(f"Port let\n\nVessia leases the port to the Isles.\n\n{rest}\n", "utf-8")

    def done(command: str) -> str:
        result = run_in_shell(command, empty)
        assert result.returncode == 0, result.stdout
        return result.stdout

    assert "`briefing coverage --next` shows the next" in done("briefing source add wire.txt --language en")
    assert "3 paragraphs of `wire` are neither used nor left out: 1-3" in run_in_shell("briefing check", empty).stdout
    done('briefing quote wire "leases the port to the Isles" --fact clauses >> facts/clauses.yaml')
    path = empty / "facts/clauses.yaml"
    text = path.read_text("utf-8").replace("claim:\n", "claim: The port is leased to the Isles, the report says.\n")
    path.write_text(text, "utf-8")
    with (empty / "facts/sources.yaml").open("a", encoding="utf-8") as file:
        file.write('  left-out:\n    - {paragraphs: "1", reason: A title.}\n    - {paragraphs: "3", reason: Not used.}\n')
    done("briefing build")
    title = title_in((empty / "facts/README.md").read_text("utf-8"))
    key = text.partition(".yaml\n")[2].partition(":")[0]
    (empty / "facts/overview.yaml").write_text(title.replace("lease-term", key), "utf-8")
    assert "<title>Briefing</title>" in (empty / "site/index.html").read_text("utf-8")
    done("briefing build")
    assert "<title>The port lease, as reported</title>" in (empty / "site/index.html").read_text("utf-8")


def title_in(page: str) -> str:
    """The YAML that a page shows."""
    return page.partition("```yaml\n")[2].partition("```")[0]


def test_the_facts_of_an_empty_one_are_told_kind_by_kind(empty: Path) -> None:
    told = re.findall(r"^\| `(\w+)\.yaml` \|", (empty / "facts/README.md").read_text("utf-8"), re.M)
    assert sorted(told) == sorted(kind.file_stem for kind in KINDS)


# What runs elsewhere


def test_the_workflow_fits_the_schema_of_github(made: Path) -> None:
    arguments = ["--builtin-schema", "vendor.github-workflows", str(made / WORKFLOW)]
    result = CliRunner().invoke(check_jsonschema, arguments)
    assert result.exit_code == 0, result.output


def test_the_commands_of_the_workflow_run_as_written(copy: Path) -> None:
    jobs = yaml.safe_load((copy / WORKFLOW).read_text("utf-8"))["jobs"]
    steps = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    (copy / "requirements.txt").write_text(f"{DISTRIBUTION}=={__version__}\n", encoding="utf-8")  # which is here already
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_MKDOCS_2_WARNING": "1"}
    for step in dict.fromkeys(steps):  # as GitHub runs them
        done = subprocess.run(
            ["bash", "-e", "-c", step], cwd=copy, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (step, done.stderr)
    assert len(steps) == 6
    assert (copy / "site/index.html").exists()
    assert json.loads((copy / "briefing.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_a_problem_is_an_annotation_and_in_the_sarif(copy: Path) -> None:
    path = copy / "facts/figures.yaml"
    path.write_text(path.read_text("utf-8").replace("a club of 640 members", "a club of 64"), encoding="utf-8")
    jobs = yaml.safe_load((copy / WORKFLOW).read_text("utf-8"))["jobs"]
    named = {step["name"]: step["run"] for step in jobs["check"]["steps"] if "run" in step}
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}

    def step(name: str) -> "subprocess.CompletedProcess[str]":
        command = ["bash", "-e", "-c", named[name]]
        return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)

    checked = step("Check the facts against their sources")
    assert checked.returncode == 1
    assert "::error file=facts/figures.yaml,line=9," in checked.stdout
    assert step("Write the problems for code scanning").returncode == 0
    results = json.loads((copy / "briefing.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert "quote-is-whole-words" in {result["ruleId"] for result in results}


def test_git_checks_the_facts_before_a_commit(copy: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_HOME": str(tmp_path / "hooks")}

    def ran(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)

    ran("git", "init", "--quiet")
    ran("git", "add", "--all")
    whole = ran("pre-commit", "run", "--all-files")
    assert (whole.returncode, whole.stdout.count("Passed")) == (0, 2), whole.stdout
    path = copy / "facts/figures.yaml"
    path.write_text(path.read_text("utf-8").replace("a club of 640 members", "a club of 64"), encoding="utf-8")
    ran("git", "add", "--all")
    broken = ran("pre-commit", "run")
    assert broken.returncode == 1
    assert "this quote begins or ends inside a word or number" in broken.stdout


def test_the_hooks_of_this_repository_are_those_of_a_new_briefing() -> None:
    hooks = PROJECT / ".pre-commit-hooks.yaml"
    assert subprocess.run([BIN / "pre-commit", "validate-manifest", hooks], check=False).returncode == 0
    offered = {hook["id"]: hook for hook in yaml.safe_load(hooks.read_text("utf-8"))}
    (local,) = yaml.safe_load((STARTER / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in local["hooks"]:
        ours = offered[hook["id"]]
        assert {name: ours[name] for name in hook if name != "language"} == {k: v for k, v in hook.items() if k != "language"}


def test_the_wheel_makes_one_too(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    command = [sys.executable, "-P", "-m", "briefing", "new", "made"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = check(read_dossier(tmp_path / "made"))
    assert report.reported == ()
    assert (tmp_path / "made" / WORKFLOW).exists()
    assert (tmp_path / "made/.vscode/tasks.json").exists()
