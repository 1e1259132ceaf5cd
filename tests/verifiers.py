"""The two verifiers of built sites as tests ask them: in this process, where a page that was read before is not read again.

`as_programs` asks them as a reader would.
"""

import runpy
import subprocess
import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner

from briefing.cli import main
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification import built_site
from briefing.verification.checksums import verify_checksums
from briefing.verification.html_reader import read_page
from tests.sites import PROJECT

MOST_PAGES = 400
INDEPENDENT = PROJECT / "tools" / "verify_site.py"
_read_once = lru_cache(maxsize=MOST_PAGES)(read_page)


def our_problems(site: Path, seeds: Path) -> list[Problem]:
    """What `briefing verify` finds wrong with the texts of a site."""
    with mock.patch.object(built_site, "read_page", _read_once):
        return verify_site(site, seeds)


def theirs_is_content(site: Path, seeds: Path) -> bool:
    """Whether the independent verifier finds nothing wrong; where it ends with an error, it does not."""
    try:
        return not any(True for _ in _independent()(site, seeds))
    except Exception:
        return False


@cache
def _independent() -> Any:
    """The independent verifier, with what it reads of a page kept."""
    disagreements = runpy.run_path(str(INDEPENDENT))["disagreements"]
    told: dict[str, Any] = disagreements.__globals__
    told["Page"] = lru_cache(maxsize=MOST_PAGES)(told["Page"])
    return disagreements


def verdicts(folder: Path) -> tuple[bool, bool]:
    """Whether each verifier finds nothing wrong with the site of a folder and its list of files: ours, the independent one."""
    site, seeds = folder / "site", folder / "seeds"
    ours = not verify_checksums(site, seeds) and not our_problems(site, seeds)
    return ours, theirs_is_content(site, seeds)


def verdicts_on_texts(folder: Path) -> tuple[bool, bool]:
    """Whether each verifier finds nothing wrong with the texts of the site of a folder: ours, the independent one."""
    site, seeds = folder / "site", folder / "seeds"
    return not our_problems(site, seeds), theirs_is_content(site, seeds)


def as_programs(folder: Path) -> tuple[bool, bool]:
    """Whether each verifier finds nothing wrong with the site of a folder, asked as programs: ours, the independent one."""
    site, seeds = str(folder / "site"), str(folder / "seeds")
    ours = CliRunner().invoke(main, ["verify", site, "--seeds", seeds])
    assert ours.exit_code in (0, 1), ours.output
    theirs = subprocess.run([sys.executable, str(INDEPENDENT), site, seeds], capture_output=True, check=False)
    return ours.exit_code == 0, theirs.returncode == 0
