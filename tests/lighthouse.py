"""Runs Lighthouse, from npm, over a site that is served as a host serves it, with the settings of a phone on a slow line."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser import FLAGS, MISSING, find_browser
from tests.npm import NODE, of_package
from tests.sites import served

PAGES = ("", "clauses/", "timeline/", "sources/afp-report/")
RUNNER = Path(__file__).parent / "node" / "lighthouse.mjs"


def lighthouse(site: Path, pages: Sequence[str], *categories: str) -> Mapping[str, Any]:
    """The score out of 100 in each category, and what is not passed, for each of some pages."""
    of_package("lighthouse/package.json")
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    with served(site, packed=True) as address:
        addresses = [address + page for page in pages]
        command = [NODE, RUNNER, path, " ".join(FLAGS), ",".join(categories), *addresses]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return {told.removeprefix(address): scores for told, scores in json.loads(done.stdout).items()}
