"""What CONTRIBUTING says about the code is so: packages, imports, modules, and the modules of the walks."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.example_documents import EXAMPLE
from tests.sites import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
PACKAGES = {path.parent.name for path in (PROJECT / "briefing").glob("*/__init__.py")}
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \|$", re.M)
MODULE = re.compile(rf"`((?:{'|'.join(sorted(PACKAGES))})/[\w/.]+)`")
_TITLES_AND_BODIES = re.split(r"^### (.+)\n", TEXT.partition("## How to add")[0], flags=re.M)[1:]
WALKS = {
    title: re.findall(r"^\d+\. ((?:.+\n(?:   +.+\n)*))", body, re.M)
    for title, body in zip(_TITLES_AND_BODIES[::2], _TITLES_AND_BODIES[1::2], strict=True)
}
TRACE = """
import sys
called = set()
def profile(frame, event, arg):
    name = frame.f_globals.get("__name__", "")
    if event == "call" and name.startswith("briefing."):
        called.add(name.removeprefix("briefing.").replace(".", "/"))
from briefing.cli import main
sys.setprofile(profile)
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
sys.setprofile(None)
print("\\n".join(sorted(called)))
"""


def modules(text: str) -> list[str]:
    return MODULE.findall(text)


def test_the_table_has_every_package_once() -> None:
    assert sorted(name for name, _, _ in ROW.findall(TEXT)) == sorted(PACKAGES)


def test_the_table_is_in_the_order_of_the_import_contract() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    level = {name.strip(): number for number, layer in enumerate(layers) for name in layer.split("|")}
    assert level.keys() >= PACKAGES
    order = [level[name] for name, _, _ in ROW.findall(TEXT)]
    assert order == sorted(order)


def test_every_module_that_it_names_is_there() -> None:
    named = modules(TEXT)
    assert len(set(named)) > 40
    there = {path.relative_to(PROJECT / "briefing").as_posix() for path in (PROJECT / "briefing").rglob("*")}
    assert [name for name in named if not {name, f"{name}.py"} & there and "STEM" not in name] == []


def test_every_other_file_that_it_names_is_there() -> None:
    paths = {
        *re.findall(r"\]\(([\w/.-]+)\)", TEXT),
        *re.findall(r"`((?:tests|tools|briefing|examples|decisions)/[\w/.-]*\w/?)`", TEXT),
    }
    assert [path for path in paths if not (PROJECT / path).exists()] == []


def test_the_names_in_code_are_there() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (PROJECT / "briefing").rglob("*.py"))
    for name in re.findall(r"`([A-Z][A-Z_]+)`", TEXT):
        assert name in ("CHANGELOG",) or re.search(rf"^{name}\b", code, re.M), name


def test_there_are_three_walks_and_the_first_names_no_module_twice() -> None:
    assert len(WALKS) == 3
    first = modules("".join(next(iter(WALKS.values()))))
    assert sorted(set(first)) == sorted(first)
    assert len(first) > 30


@pytest.mark.parametrize(("walk", "command"), [(0, "build"), (1, "check")])
def test_a_walk_names_modules_that_the_command_runs(walk: int, command: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "lease", ignore=shutil.ignore_patterns("site")))
    if command == "check":
        path = folder / "facts/context.yaml"
        wrong = "\nstorm:\n  claim: A storm.\n  quotes:\n    northern-wire: A storm brought down 2 of the harbour's cranes\n"
        path.write_text(path.read_text("utf-8") + wrong, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TRACE, command, str(folder)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    called = set(done.stdout.split())
    named = modules("".join([*WALKS.values()][walk]))
    assert [name for name in named if not name.endswith(".j2") and name not in called] == []


def test_every_target_that_it_names_is_in_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    later = {"sample"}
    for target in set(re.findall(r"(?:`|\$ )make (\w+)", TEXT)) - later:
        assert re.search(rf"^{target}:.*## ", makefile, re.M), target
