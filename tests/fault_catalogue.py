"""Reads and runs the fault catalogue in tests/faults: small patches of a dossier, and what must be told about each.

A case is a mapping under its name. It says its `sort`, `why` where that is not plain, and one edit (`also` holds more):

    {fact, field, into}         a field of a fact gets another value; for `quotes` and lists, `into` holds the YAML under it
    {append, text}              a file of the dossier gets more lines at its end
    {replace, old, new}         words of a file, which must stand there once, become others
    {write, text}               a file gets another content, in UTF-8
    {byte, offset, to}          the byte at an offset of a file becomes another
    {truncate, to}              a file keeps its first so many bytes
    {delete}, {rename, to}      a file is gone, or has another name
    {link, to}                  a file becomes a symbolic link
    {twice, into}               a fact is copied to the end of a file
    {release}                   what stands in the files is released on that day
    {pin}                       the record of a source gets the hash that its seed has now

A fault names the `rule` that must catch it, and `at` what stands under the problem's mark (the path, where only a file is
meant), in `file` where that is not the file edited; without `at`, any place of the fact edited or of its `twin` will do, the
fact with which it does not agree. `others` says why other problems come with it. A case is one of the
shipped briefing, or of the invented dossier where it says `dossier: port-lease` or names a fact that only that one has.
"""

import contextlib
import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from click.testing import CliRunner

from briefing.checks import check
from briefing.cli import main
from briefing.dossier import read_dossier
from briefing.fact import fields_by_key
from briefing.kinds import KINDS
from briefing.problem import Problem
from tests.conftest import PORT_LEASE
from tests.sites import PROJECT

FOLDER = Path(__file__).parent / "faults"
HOMES = {"briefing": PROJECT, "port-lease": PORT_LEASE}
EDITS = ("release", "append", "replace", "write", "byte", "truncate", "delete", "rename", "link", "twice", "pin", "field")
_PLAIN = re.compile(r"(?:\.\.?/)?[A-Za-z0-9](?:[\w .,'’/~-]|:(?=\S))*")
T = TypeVar("T")
Told = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """One patch and what must be told of it; `rule` is empty for a harmless edit and where nobody said which rule."""

    name: str
    dossier: str
    sort: str
    edits: tuple[Mapping[str, Any], ...]
    rule: str
    at: str
    file: str
    others: str
    twin: str

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
    dossier = told.get("dossier") or next((d for d, home in HOMES.items() if _holding(home, told.get("fact", ""))), "briefing")
    said = {key: str(told.get(key, "")) for key in ("sort", "rule", "at", "file", "others", "twin")}
    return Case(name, dossier, edits=edits, **said)


def _holding(folder: Path, fact: str) -> Path | None:
    """The file of facts that holds a fact."""
    starts = re.compile(rf"^{re.escape(fact)}:", re.MULTILINE)
    files = sorted((folder / "facts").glob("*.yaml")) if fact else []
    return next((path for path in files if starts.search(path.read_text("utf-8"))), None)


class Copy:
    """A copy of a dossier that cases are run in, one after the other, each on the text as shipped."""

    def __init__(self, dossier: str, folder: Path) -> None:
        self.folder = folder / dossier
        for name in ("facts", "seeds"):
            shutil.copytree(HOMES[dossier] / name, self.folder / name)
        if (settings := HOMES[dossier] / "briefing.yaml").is_file():
            shutil.copy(settings, self.folder)
        self.files = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.usual = Counter(map(_key, problems_in(self.folder)))

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
        """The problems and warnings that a case's edits bring with them."""
        usual = Counter(self.usual)
        found = []
        for problem in self.run(case, problems_in):
            if usual[_key(problem)] > 0:
                usual[_key(problem)] -= 1
            else:
                found.append(problem)
        return found


def problems_in(folder: Path) -> list[Problem]:
    """Every problem and warning of a folder; paths are as seen from it."""
    with contextlib.chdir(folder):
        return list(check(read_dossier(Path())).told)


def _key(problem: Problem) -> Told:
    return problem.rule, problem.mark.origin.path, problem.fact, problem.message, problem.words


def stands_under(problem: Problem) -> str:
    """What stands under a problem's mark: to the end of the line where it only points; the path where it names a file."""
    mark = problem.mark
    return mark.text[mark.column :][: mark.width or None] if mark.text else mark.origin.path


def is_caught(case: Case, told: list[Problem]) -> bool:
    """Whether the rule that a case names tells of it at the place that it names: words of a file, or the fact edited."""
    return any(problem.rule == case.rule and _is_place(case, problem) for problem in told)


def _is_place(case: Case, problem: Problem) -> bool:
    if not case.at:
        return problem.fact in (case.fact, case.twin)
    return stands_under(problem) == case.at and problem.mark.origin.path == (case.file or edited_file(case))


def edited_file(case: Case) -> str:
    """The path, within the dossier, of the file that a case edits first."""
    edit = case.edits[0]
    if "field" in edit:
        path = _holding(HOMES[case.dossier], edit["fact"])
        return path.relative_to(HOMES[case.dossier]).as_posix() if path else ""
    return str(next(edit[name] for name in EDITS if name in edit))


def apply(folder: Path, edit: Mapping[str, Any]) -> set[Path]:
    """Carries out one edit in a folder; the files that it wrote, made or took away."""
    name = next(name for name in EDITS if name in edit)
    if name in ("pin", "twice", "field"):
        return {_edit_fact(folder, name, edit)}
    path = folder / edit[name]
    if name == "release":
        told = CliRunner().invoke(main, ["release", str(folder), "--date", edit["release"]])
        assert told.exit_code == 0, told.output
        return {folder / "releases" / f"{edit['release']}.json"}
    if name == "delete":
        path.unlink()
    elif name == "rename":
        return {path, path.rename(path.with_name(edit["to"]))}
    elif name == "link":
        path.unlink(missing_ok=True)
        path.symlink_to(edit["to"])
    elif name == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(edit["text"].encode("utf-8", "surrogatepass"))
    else:
        path.write_bytes(_edited(name, path.read_bytes(), edit))
    return {path}


def _edited(name: str, content: bytes, edit: Mapping[str, Any]) -> bytes:
    if name == "append":
        return content.rstrip(b"\n") + b"\n\n" + edit["text"].encode()
    if name == "truncate":
        return content[: int(edit["to"])]
    if name == "byte":
        at = int(edit["offset"])
        return content[:at] + bytes([int(edit["to"], 16)]) + content[at + 1 :]
    old = edit["old"].encode()
    assert content.count(old) == 1, f"{edit['replace']} holds {content.count(old)} times: {edit['old']}"
    return content.replace(old, edit["new"].encode())


def _edit_fact(folder: Path, name: str, edit: Mapping[str, Any]) -> Path:
    path = _holding(folder, edit.get(name, "") if name == "twice" else edit.get("fact", ""))
    if name == "pin":
        path = folder / "facts" / "sources.yaml"
        seed = (folder / "seeds" / f"{edit['pin']}.txt").read_bytes()
        text = with_field(path, edit["pin"], "sha256", hashlib.sha256(seed).hexdigest())
    elif name == "twice":
        assert path is not None, f"no fact {edit['twice']}"
        fact = "\n".join(path.read_text("utf-8").split("\n")[slice(*_span(path, edit["twice"]))])
        path = folder / edit["into"]
        text = path.read_text("utf-8") + "\n" + fact
    else:
        assert path is not None, f"no fact {edit['fact']}"
        text = with_field(path, edit["fact"], edit["field"], edit.get("into", ""))
    path.write_text(text, "utf-8")
    return path


def _span(path: Path, fact: str) -> tuple[int, int]:
    """The lines of a fact in its file, its id included, without the blank ones after it."""
    lines = path.read_text("utf-8").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{fact}:"))
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"\S", lines[n])), len(lines))
    while not lines[end - 1].strip():
        end -= 1
    return start, end


def with_field(path: Path, fact: str, field: str, into: Any) -> str:
    """The text of a file of facts in which a field of a fact has another value, or is gone where there is none."""
    lines = path.read_text("utf-8").split("\n")
    start, end = _span(path, fact)
    first = next((n for n in range(start + 1, end) if lines[n].startswith(f"  {field}:")), end)
    last = next((n for n in range(first + 1, end) if re.match(r"  [\w-]", lines[n]) or re.match(r"\S", lines[n])), end)
    return "\n".join([*lines[:first], *_field_lines(path.stem, field, into), *lines[last:]])


def _field_lines(stem: str, field: str, into: Any) -> list[str]:
    if isinstance(into, list):
        return [f"  {field}: [{', '.join(into)}]"]
    if not into:
        return []
    kind = next(kind for kind in KINDS if kind.stem == stem)
    declared = fields_by_key(kind).get(field)
    if declared is not None and declared.shape != "text":
        return [f"  {field}:", *(f"    {line}".rstrip() for line in into.rstrip("\n").split("\n"))]
    words = " ".join(into.split())
    return [f"  {field}: {words}"] if _PLAIN.fullmatch(words) else [f"  {field}: >-", f"    {words}"]
