"""Fixtures: the invented dossier of the port lease, a copy of it to break, the published site, a browser.

And a writer of small dossiers.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from briefing.mkdocs_plugin.build import build_site
from tests.browser import FLAGS, MISSING, find_browser
from tests.sites import copy_of_project

settings.register_profile("briefing", deadline=None, derandomize=True, max_examples=300)
settings.load_profile("briefing")

PORT_LEASE = Path(__file__).parent / "port_lease"

RECORD = """\
{id}:
  label: The {id}
  title: not stated
  author: not stated
  container-title: not stated
  publisher: not stated
  issued: 2031-04-02
  accessed: not stated
  url: not stated
  language: en
  rights: Invented.
  basis:
    title: The seed prints none.
  seed: {id}.txt
  sha256: {sha256}
  text: full
"""
_PIN = re.compile(r"sha256 of ([\w.-]+)")


def one_in(every: int, cases: Iterable[Any]) -> list[Any]:
    """The cases of a test whose runs take long: every so manieth at all times, the others in `make long`."""
    return [case if n % every == 0 else pytest.param(case, marks=pytest.mark.long) for n, case in enumerate(cases)]


def write_dossier(folder: Path, facts: Mapping[str, str], seeds: Mapping[str, str]) -> Path:
    """Writes a dossier from YAML texts by kind (or file name) and seed texts by source id, and returns its folder.

    Without `sources` among the facts, a record is written for each seed. In any file, `sha256 of wire.txt` becomes the
    hash of that seed.
    """
    pins = {f"{id}.txt": hashlib.sha256(text.encode()).hexdigest() for id, text in seeds.items()}
    records = "\n".join(RECORD.format(id=id, sha256=f"sha256 of {id}.txt") for id in seeds)
    for name in ("facts", "seeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for id, text in seeds.items():
        (folder / "seeds" / f"{id}.txt").write_bytes(text.encode())
    for stem, yaml in (({"sources": records} if records else {}) | dict(facts)).items():
        name = stem if "." in stem else f"{stem}.yaml"
        (folder / "facts" / name).write_bytes(_PIN.sub(lambda found: pins[found[1]], yaml).encode())
    return folder


@pytest.fixture
def port_lease() -> Path:
    """The invented dossier, in which nothing is wrong; not to be written to."""
    return PORT_LEASE


@pytest.fixture
def copy_of_port_lease(tmp_path: Path) -> Path:
    """A copy of the invented dossier that a test may break."""
    return Path(shutil.copytree(PORT_LEASE, tmp_path / "port_lease"))


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project's own briefing as a site, built and read back; not to be written to."""
    folder = tmp_path_factory.mktemp("published")
    report, built = build_site(copy_of_project(folder))
    assert report.problems == ()
    assert built is not None
    yield built
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()
