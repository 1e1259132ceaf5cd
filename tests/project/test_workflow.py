"""The workflow of this repository: GitHub can read it, and it may do no more than it must."""

import re

import yaml
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner

from tests.sites import PROJECT

WORKFLOW = PROJECT / ".github/workflows/ci.yml"
STARTER = PROJECT / "briefing/sources/starter/.github/workflows/briefing.yml"


def test_it_fits_the_schema_of_github() -> None:
    result = CliRunner().invoke(check_jsonschema, ["--builtin-schema", "vendor.github-workflows", str(WORKFLOW)])
    assert result.exit_code == 0, result.output


def test_it_reads_the_repository_and_nothing_else() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


def test_its_actions_are_those_of_a_new_briefing_in_the_same_versions() -> None:
    ours, theirs = (set(re.findall(r"uses: (\S+)", path.read_text("utf-8"))) for path in (WORKFLOW, STARTER))
    assert ours <= theirs


def test_it_runs_on_every_python_that_the_package_names() -> None:
    named = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', (PROJECT / "pyproject.toml").read_text("utf-8"))
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == named
    assert workflow["jobs"]["test"]["steps"][-1]["run"] == "bash .ci/run"
