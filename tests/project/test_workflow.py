"""The workflow of this repository: GitHub can read it, and it may do no more than it must."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner

from tests.sites import PROJECT

WORKFLOW = PROJECT / ".github/workflows/ci.yml"
STARTER = PROJECT / "briefing/sources/starter/.github/workflows/briefing.yml"
EXAMPLE = PROJECT / "examples/port-lease/.github/workflows/briefing.yml"
ALL = [WORKFLOW, STARTER, EXAMPLE]
each_workflow = pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(PROJECT).parts[0])


def test_it_fits_the_schema_of_github() -> None:
    result = CliRunner().invoke(check_jsonschema, ["--builtin-schema", "vendor.github-workflows", str(WORKFLOW)])
    assert result.exit_code == 0, result.output


def test_it_reads_the_repository_and_nothing_else() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


def test_its_actions_are_those_of_a_new_briefing_in_the_same_versions() -> None:
    ours, theirs, shown = (set(re.findall(r"uses: (.+)", path.read_text("utf-8"))) for path in ALL)
    assert ours < theirs == shown


def test_it_runs_on_every_python_that_the_package_names() -> None:
    named = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', (PROJECT / "pyproject.toml").read_text("utf-8"))
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == named
    assert workflow["jobs"]["test"]["steps"][-1]["run"] == "bash .ci/run"


def steps_of(path: Path) -> list[dict[str, Any]]:
    return [step for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values() for step in job["steps"]]


@each_workflow
def test_each_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


@each_workflow
def test_no_checkout_leaves_its_token_on_the_disk(path: Path) -> None:
    checkouts = [step for step in steps_of(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@each_workflow
def test_no_command_has_a_value_of_the_event_written_into_it(path: Path) -> None:
    """What a pull request says reaches a shell only through `env`."""
    commands = [step["run"] for step in steps_of(path) if "run" in step]
    assert commands
    assert [command for command in commands if "${{" in command] == []


@pytest.mark.parametrize("path", [STARTER, EXAMPLE], ids=["starter", "example"])
def test_a_job_of_a_briefing_has_the_rights_that_it_names_and_only_publishing_may_write_pages(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "check": {"contents": "read", "security-events": "write"},
        "build": {"contents": "read", "pages": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }


def test_a_pull_request_of_a_stranger_runs_with_no_secret() -> None:
    """`pull_request_target` and `workflow_run` would run a stranger's files with the rights of the repository."""
    for path in ALL:
        triggers = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["on"]
        assert set(triggers) == {"pull_request", "push"}
        assert "secrets." not in path.read_text("utf-8")
