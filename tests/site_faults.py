"""Runs the cases of tests/faults/site.yaml and harmless-site.yaml: edits of a built site, and of what it is built from.

An edit is made to the folder with its built site, which is then read back; with `build: yes` the site is built again first, by
`build_site`. Two more edits are known here:

    {swap, old, new}            words of a file become others wherever they stand; they must stand somewhere
    {template, text}            a template of the generator gets more at its end
"""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from jinja2 import ChoiceLoader, DictLoader, PackageLoader

from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin import build as publishing
from tests.conftest import PORT_LEASE
from tests.fault_catalogue import Case, Copy
from tests.fault_edits import apply
from tests.sites import make_buildable


class BuiltCopy(Copy):
    """The invented dossier with the site built from it, on which site faults are run one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = make_buildable(Path(shutil.copytree(PORT_LEASE, folder / "port-lease")))
        report, site = publishing.build_site(self.folder)
        assert site is not None, report.problems
        self.known = {}
        self.files = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def apply(self, edit: Mapping[str, Any]) -> set[Path]:
        """Carries out one edit; the files that it wrote, made or took away."""
        if "swap" not in edit:
            return apply(self.folder, edit) if "template" not in edit else set()
        path = self.folder / edit["swap"]
        content = path.read_bytes()
        assert edit["old"].encode() in content, f"{edit['swap']} does not hold: {edit['old']}"
        path.write_bytes(content.replace(edit["old"].encode(), edit["new"].encode()))
        return {path}

    def new_problems(self, folder: Path, case: Case) -> list[Problem]:
        """What is told of the site, built again where the case asks for it."""
        return list(_rebuilt(folder, case) if case.build else _read_back(folder))


def _read_back(folder: Path) -> Iterator[Problem]:
    yield from publishing.verify_site(folder / "site", folder / "seeds")


def _rebuilt(folder: Path, case: Case) -> Iterator[Problem]:
    earlier = folder.with_name("earlier")
    shutil.move(folder / "site", earlier)
    try:
        with _templates({edit["template"]: edit["text"] for edit in case.edits if "template" in edit}):
            result = publishing.build_site(folder)
        yield from [result] if isinstance(result, Problem) else result[0].problems
    finally:
        shutil.rmtree(folder / "site", ignore_errors=True)
        shutil.move(earlier, folder / "site")


@contextlib.contextmanager
def _templates(more: Mapping[str, str]) -> Iterator[None]:
    """The generator with more at the end of some of its templates."""
    shipped = PackageLoader("briefing.rendering")
    folder = Path(publishing.__file__).parents[1] / "rendering" / "templates"
    texts = {name: f"{(folder / name).read_text('utf-8')}\n{text}" for name, text in more.items()}
    with mock.patch("briefing.rendering.pages.PackageLoader", return_value=ChoiceLoader([DictLoader(texts), shipped])):
        yield
