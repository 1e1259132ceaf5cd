"""Fixtures: the invented dossier of the port lease, a copy of it to break, built sites that all tests share, a browser.

And a writer of small dossiers.
"""

import fcntl
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from briefing.mkdocs_plugin.build import build_site
from tests.browser import FLAGS, MISSING, find_browser
from tests.sampling import SEED, keep_a_sample
from tests.sites import copy_of_project, make_buildable

settings.register_profile("briefing", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("long", deadline=None, derandomize=True, max_examples=300)
settings.register_profile("sample", deadline=None, derandomize=False, database=None, max_examples=300)
settings.load_profile("sample" if SEED else os.environ.get("BRIEFING_EXAMPLES", "briefing"))

PORT_LEASE = Path(__file__).parent / "port_lease"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a job in the background; what tests start would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes a sample of the long tests, where one is asked for."""
    if SEED:
        keep_a_sample(config, items)


@pytest.fixture
def port_lease() -> Path:
    """The invented dossier, in which nothing is wrong; not to be written to."""
    return PORT_LEASE


@pytest.fixture
def copy_of_port_lease(tmp_path: Path) -> Path:
    """A copy of the invented dossier that a test may break."""
    return Path(shutil.copytree(PORT_LEASE, tmp_path / "port_lease"))


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask for it makes, for all of them; nobody writes to it afterwards."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, done = root / name, root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def _build(folder: Path) -> None:
    report, built = build_site(folder)
    assert report.problems == ()
    assert built is not None


@pytest.fixture(scope="session")
def built_lease(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the invented dossier with its site, built and read back; not to be written to."""
    return made_once(tmp_path_factory, "port-lease", lambda to: _build(make_buildable(Path(shutil.copytree(PORT_LEASE, to)))))


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the project's own briefing with its site, built and read back; not to be written to."""
    return made_once(tmp_path_factory, "briefing", lambda to: _build(copy_of_project(to)))


@pytest.fixture(scope="session")
def published(built_project: Path) -> Path:
    """The site of the project's own briefing; not to be written to."""
    return built_project / "site"


@pytest.fixture
def copy_of_built_lease(built_lease: Path, tmp_path: Path) -> Path:
    """A copy of the invented dossier with its site, to tamper with."""
    return Path(shutil.copytree(built_lease, tmp_path / "built"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()
