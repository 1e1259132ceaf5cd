"""Reads and runs the fault catalogue in tests/faults: small patches of a dossier, and what must be told about each.

A case is a mapping under its name. It says its `sort`, `why` where that is not plain, and an edit (tests/fault_edits.py says
which there are); `also` holds more edits.

A fault names the `rule` that must catch it, and `at` what stands under the problem's mark (the path, where only a file is
meant), in `file` where that is not the file edited. Without `at`, any place of the fact edited will do, or of its `twin`, the
fact with which it does not agree. `others` says why other problems come with it. A case is one of the shipped briefing, or of
the invented dossier where it says `dossier: port-lease` or names a fact that only that one has.
"""

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.project import ProjectCache
from briefing.rules.registry import check
from tests.conftest import PORT_LEASE
from tests.fault_edits import EDITS, apply, holding
from tests.sites import PROJECT

FOLDER = Path(__file__).parent / "faults"
HOMES = {"briefing": PROJECT, "port-lease": PORT_LEASE}
T = TypeVar("T")
Told = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """One patch and what must be told of it; `rule` is empty for a harmless edit and where nobody said which rule.

    `objection` is the rule that objects to an edit which its writer took for harmless.
    """

    name: str
    dossier: str
    sort: str
    edits: tuple[Mapping[str, Any], ...]
    rule: str
    at: str
    file: str
    others: str
    twin: str
    build: str
    objection: str

    @property
    def fact(self) -> str:
        """The fact that is edited first, if a fact is."""
        return str(self.edits[0].get("fact", ""))


def read_cases(stem: str) -> list[Case]:
    """The cases of one file of the catalogue; none where the file is not there."""
    path = FOLDER / f"{stem}.yaml"
    told = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) if path.is_file() else {}
    return [_case(name, fields) for name, fields in told.items()]


def _case(name: str, told: Mapping[str, Any]) -> Case:
    edits = tuple({"fact": told.get("fact", ""), **edit} for edit in (told, *told.get("also", ())))
    dossier = told.get("dossier") or next((d for d, home in HOMES.items() if holding(home, told.get("fact", ""))), "briefing")
    said = {key: str(told.get(key, "")) for key in ("sort", "rule", "at", "file", "others", "twin", "build", "objection")}
    return Case(name, dossier, edits=edits, **said)


class Copy:
    """A copy of a dossier that cases are run in, one after the other, each on the text as shipped.

    With `keeps`, only what a case changes is read and checked anew, as in a preview.
    """

    def __init__(self, dossier: str, folder: Path, keeps: bool = False) -> None:
        self.kept = ProjectCache() if keeps else None
        self.folder = folder / dossier
        for name in ("facts", "seeds"):
            shutil.copytree(HOMES[dossier] / name, self.folder / name)
        if (settings := HOMES[dossier] / "briefing.yaml").is_file():
            shutil.copy(settings, self.folder)
        self.files = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.usual = Counter(map(_key, problems_in(self.folder, self.kept)))
        self.known: dict[str, list[Problem]] = {}

    @contextlib.contextmanager
    def patched(self, case: Case) -> Iterator[Path]:
        """The folder with a case's edits; afterwards it is as it was."""
        touched: set[Path] = set()
        try:
            for edit in case.edits:
                touched |= self.apply(edit)
            yield self.folder
        finally:
            for path in touched:
                path.unlink(missing_ok=True)
                if path in self.files:
                    path.write_bytes(self.files[path])

    def apply(self, edit: Mapping[str, Any]) -> set[Path]:
        """Carries out one edit; the files that it wrote, made or took away."""
        return apply(self.folder, edit)

    def run(self, case: Case, look: Callable[[Path], T]) -> T:
        """What `look` sees of the folder with a case's edits."""
        with self.patched(case) as folder:
            return look(folder)

    def told(self, case: Case) -> list[Problem]:
        """The problems and warnings that a case's edits bring with them; each case is run once."""
        if (key := repr(case)) not in self.known:
            self.known[key] = self.run(case, lambda folder: self.new_problems(folder, case))
        return self.known[key]

    def new_problems(self, folder: Path, case: Case) -> list[Problem]:
        """What is told of the folder with a case's edits and not of the dossier as shipped."""
        usual = Counter(self.usual)
        found = []
        for problem in problems_in(folder, self.kept):
            if usual[_key(problem)] > 0:
                usual[_key(problem)] -= 1
            else:
                found.append(problem)
        return found


def problems_in(folder: Path, kept: ProjectCache | None = None) -> list[Problem]:
    """Every problem and warning of a folder; paths are as seen from it. Reads anew what is not kept of the last time."""
    with contextlib.chdir(folder):
        if kept is None:
            return list(check(read_dossier(Path())).reported)
        return list(check(read_dossier(Path(), cache=kept.load_cache), incremental=kept.checker).reported)


def _key(problem: Problem) -> Told:
    return problem.rule, problem.location.file.path, problem.fact, problem.message, problem.words


def stands_under(problem: Problem) -> str:
    """What stands under a problem's mark: to the end of the line where it only points; the path where it names a file."""
    mark = problem.location
    return mark.line_text[mark.column :][: mark.width or None] if mark.line_text else mark.file.path


def is_caught(case: Case, told: list[Problem]) -> bool:
    """Whether the rule that a case names tells of it at the place that it names: words of a file, or the fact edited."""
    return any(problem.rule == case.rule and _is_place(case, problem) for problem in told)


def _is_place(case: Case, problem: Problem) -> bool:
    if not case.at:
        return problem.fact in (case.fact, case.twin)
    if not problem.location.line_text:
        return problem.location.file.path == case.at
    return stands_under(problem) == case.at and problem.location.file.path == (case.file or edited_file(case))


def edited_file(case: Case) -> str:
    """The path, within the dossier, of the file that a case edits first."""
    edit = case.edits[0]
    if "field" in edit:
        path = holding(HOMES[case.dossier], edit["fact"])
        return path.relative_to(HOMES[case.dossier]).as_posix() if path else ""
    return str(next(edit[name] for name in EDITS if name in edit))
