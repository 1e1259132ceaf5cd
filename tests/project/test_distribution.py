"""The name that pip installs is `mkdocs-briefing`. `briefing` on the package index is another project: no file may name it."""

import json
import re
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from briefing import __version__
from briefing.sources.new_briefing import DISTRIBUTION, create_briefing
from tests.sites import PROJECT

OTHERS = {  # in environments of their own, to compare with
    "tools/renderers": {"properdocs", "mkdocs-material", "zensical"},
    "tools/rivals": {"linkml-reference-validator", "citations"},
}
LOCKS = {"requirements.lock", "tests/node/package-lock.json"}
NAME = r"[A-Za-z][\w.-]*"
PIP_INSTALL = re.compile(r"\bpip\"? install((?:[^\S\n]+[^\s`\"#|&;)]+)*)")
REQUIREMENT = re.compile(rf"(?<![\w.@/-])({NAME})(?:\[[\w, -]+\])?(?:[ ]@[ ](?:git\+|https?:|file:)|==\d+\.\d)")
BARE_EXTRA = re.compile(r"(?<![\w-])briefing\[(?:pdf|dev)\]")
OPTIONS_WITH_VALUE = {"-r", "--requirement", "-c", "--constraint", "--extra-index-url"}


def installed_names(text: str, is_requirements: bool = False) -> Iterator[str]:
    """The names of the distributions that a text tells to install."""
    for found in PIP_INSTALL.finditer(text):
        words = found[1].split()
        for before, word in zip(["", *words], words, strict=False):
            named = re.match(rf"['\"]?({NAME})", word)
            if named and before not in OPTIONS_WITH_VALUE:
                yield named[1]
    for found in REQUIREMENT.finditer(text):
        yield found[1]
    yield from BARE_EXTRA.findall(text)
    if is_requirements:
        yield from re.findall(rf"^({NAME})", text, re.M)


def texts(folder: Path, paths: list[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            yield path, (folder / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue


def foreign(folder: Path, paths: list[str]) -> dict[str, set[str]]:
    """The files that tell to install a distribution that is not ours, with its names."""
    found = {
        path: set(installed_names(text, Path(path).name == "requirements.txt")) - OTHERS.get(path, set()) - {DISTRIBUTION}
        for path, text in texts(folder, paths)
    }
    return {path: names for path, names in found.items() if names}


def test_no_file_of_the_repository_tells_to_install_another_project() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, check=True, text=True
    )
    this = Path(__file__).relative_to(PROJECT).as_posix()
    paths = [path for path in listed.stdout.splitlines() if path not in LOCKS | {this} and (PROJECT / path).is_file()]
    assert len(paths) > 300
    assert foreign(PROJECT, paths) == {}


@pytest.mark.parametrize("is_empty", [False, True])
def test_no_file_of_a_new_briefing_does(tmp_path: Path, is_empty: bool) -> None:
    written = create_briefing(tmp_path / "new", is_empty)
    assert not isinstance(written, str)
    assert foreign(tmp_path / "new", [path.relative_to(tmp_path / "new").as_posix() for path in written]) == {}


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, f"{DISTRIBUTION}=={__version__}"),
        ({}, f"{DISTRIBUTION}=={__version__}"),
        ({"url": "file:///home/ada/briefing", "dir_info": {}}, f"{DISTRIBUTION} @ file:///home/ada/briefing"),
        (
            {"url": "https://host/tool", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}},
            f"{DISTRIBUTION} @ git+https://host/tool@0123abc",
        ),
    ],
)
def test_a_new_briefing_names_the_origin_that_pip_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None, line: str
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return None if origin is None else json.dumps(origin)

    asked = []
    monkeypatch.setattr(metadata, "distribution", lambda name: asked.append(name) or Installed())
    create_briefing(tmp_path / "new")
    required = (tmp_path / "new/requirements.txt").read_text("utf-8").splitlines()
    assert [text for text in required if not text.startswith("#")] == [line]
    assert asked == [DISTRIBUTION]


def test_the_example_names_this_version() -> None:
    required = (PROJECT / "examples/port-lease/requirements.txt").read_text("utf-8")
    assert f"\n{DISTRIBUTION}=={__version__}\n" in required


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install briefing",
        "python -m pip install --quiet 'briefing[pdf]'",
        "pip install -r requirements.txt briefing",
        "briefing==0.2.0\n",
        "`briefing @ git+https://host/x`",
        "the extra `briefing[pdf]`",
    ],
)
def test_the_name_of_the_other_project_would_be_found(text: str) -> None:
    assert any("briefing" in name for name in set(installed_names(text)) - {DISTRIBUTION})


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install '.[pdf]'  # in this folder",
        "pip install -r requirements.txt",
        "pip install 'mkdocs-briefing[pdf]'",
        "mkdocs-briefing==0.2.0",
    ],
)
def test_our_own_name_is_not(text: str) -> None:
    assert set(installed_names(text)) <= {DISTRIBUTION}
