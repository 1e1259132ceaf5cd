"""Reads and runs the literate cases in tests/problems: Markdown files with a dossier and the exact problems expected.

A case is a heading, a word on why, each file of the dossier in a block whose info string names it (```yaml
facts/clauses.yaml, ```txt seeds/wire.txt), and in a ```text block what `briefing check` prints, or `nothing wrong`. A case
that writes no facts/sources.yaml gets a record for each seed, and problems of that file are left aside.

`python -m tests.problem_cases [NAME ...]` writes what is printed now into every case, or into those named, at the end of a
new one: read the difference before you keep it.
"""

import contextlib
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from briefing.diagnostics.formats import format_full
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import check
from tests.dossiers import write_dossier

FOLDER = Path(__file__).parent / "problems"
NOTHING = "nothing wrong"
_BLOCK = re.compile(r"^```(yaml|txt|json|text) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    """One case: its files by path, and the text expected."""

    name: str
    heading: str
    files: dict[str, str]
    expected: str


def read_case(path: Path) -> Case:
    """The case that a file holds."""
    return _case(path, path.read_bytes().decode())


def _case(path: Path, text: str) -> Case:
    blocks = _BLOCK.findall(text)
    files = {name: block for kind, name, block in blocks if kind != "text"}
    expected = [block for kind, _, block in blocks if kind == "text"]
    assert text.startswith("# "), f"{path.name} has no heading"
    assert len(expected) == 1, f"{path.name} has {len(expected)} text blocks, not one"
    return Case(path.stem, text.splitlines()[0][2:], files, expected[0].removesuffix("\n"))


def run_case(case: Case, folder: Path) -> str:
    """What `briefing check` prints for a case whose files are written to a folder."""
    facts = {name[6:].removesuffix(".yaml"): text for name, text in case.files.items() if name.startswith("facts/")}
    seeds = {name[6:-4]: text for name, text in case.files.items() if name.startswith("seeds/")}
    write_dossier(folder, facts, seeds)
    if "briefing.yaml" in case.files:
        (folder / "briefing.yaml").write_text(case.files["briefing.yaml"], encoding="utf-8")
    for name, text in case.files.items():
        if name.startswith("releases/"):
            (folder / "releases").mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    with contextlib.chdir(folder):
        problems = check(read_dossier(Path())).reported
    ours = (p for p in problems if p.location.file.path != "facts/sources.yaml" or "facts/sources.yaml" in case.files)
    return "\n\n".join(map(format_full, ours)) or NOTHING


def rewrite(path: Path) -> None:
    """Puts what is printed now into a case, which may have no block for it yet."""
    text = path.read_bytes().decode()
    if "\n```text\n" not in text:
        text = f"{text.rstrip()}\n\n```text\n{NOTHING}\n```\n"
    case = _case(path, text)
    with tempfile.TemporaryDirectory() as folder:
        printed = run_case(case, Path(folder))
    path.write_bytes(text.replace(f"```text\n{case.expected}\n```", f"```text\n{printed}\n```").encode())


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.md")):
        rewrite(FOLDER / f"{name}.md")
