"""Makes a new briefing, ready to serve and publish: with facts of every kind about an invented event, or empty."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from briefing import __version__
from briefing.diagnostics.problem import Problem, display_path, general_problem
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.file_writer import write_file
from briefing.loading.files import list_folder
from briefing.sources.json_schema import schemas

STARTER = Path(__file__).parent / "starter"
STARTER_EMPTY = Path(__file__).parent / "starter_empty"  # the files that are different in an empty briefing
ALLOWED_NAMES = (".git",)
_EXAMPLE = ("facts/", "seeds/")
DISTRIBUTION = "mkdocs-briefing"  # what pip calls this package; on the public index `briefing` is another project
LOCAL_INSTALL_NOTE = f"""\
# This address works on this machine only. Before anyone else builds this briefing, name the repository that has your
# copy of the tool: `{DISTRIBUTION} @ git+https://HOST/REPOSITORY@COMMIT`.
"""


def new_folder_obstacle(folder: Path) -> Problem | None:
    """Why no briefing can be made in a folder: it has files in it, or is not a folder."""
    if not os.path.lexists(folder):
        return None
    names = list_folder(folder)
    if isinstance(names, Problem):
        return replace(names, rule="", help="choose a new folder")
    if other := [name for name in names if name not in ALLOWED_NAMES]:
        help = "choose a new folder, or an empty one"
        return general_problem(f"this folder is not empty: it contains {other[0]}", help, display_path(folder))
    return None


def create_briefing(folder: Path, is_empty: bool = False) -> list[Path] | Problem:
    """Writes a new briefing and its schemas, with the example or without; gives the paths of its files."""
    if problem := new_folder_obstacle(folder):
        return problem
    was_there = folder.exists()
    try:
        written = _write_briefing(folder, is_empty)
    except BaseException:  # an interrupt
        _empty(folder, was_there)
        raise
    if isinstance(written, Problem):
        _empty(folder, was_there)
    return written


def _write_briefing(folder: Path, is_empty: bool) -> list[Path] | Problem:
    files = dict([*_starter_files(is_empty), ("requirements.txt", _requirement().encode())])
    if problem := _write_files(folder, files):
        return problem
    schema_files = {f"schemas/{name}": text.encode() for name, text in schemas(read_dossier(folder)).items()}
    return _write_files(folder, schema_files) or [folder / name for name in (*files, *schema_files)]


def _empty(folder: Path, was_there: bool) -> None:
    """Deletes what was written into a folder that was new, or had nothing in it but a repository."""
    entries = list(folder.iterdir()) if was_there else [folder]
    for path in (path for path in entries if path.name not in ALLOWED_NAMES):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _write_files(folder: Path, files: Mapping[str, bytes]) -> Problem | None:
    for name, content in files.items():
        if problem := write_file(folder / name, content):
            return problem
    return None


def _starter_files(is_empty: bool) -> Iterator[tuple[str, bytes]]:
    files = _read_files(STARTER)
    if is_empty:
        files = {path: content for path, content in files.items() if not path.startswith(_EXAMPLE)} | _read_files(STARTER_EMPTY)
    yield from sorted(files.items())


def _read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _requirement() -> str:
    """The line of requirements.txt that installs this version from where pip got it (PEP 610).

    That is a repository and commit, a file or folder of this machine, or an index.
    """
    try:
        origin = json.loads(metadata.distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        origin = {}
    vcs = origin.get("vcs_info", {})
    if {"vcs", "commit_id"} <= vcs.keys():
        return f"{DISTRIBUTION} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}\n"
    return f"{LOCAL_INSTALL_NOTE}{DISTRIBUTION} @ {origin['url']}\n" if "url" in origin else f"{DISTRIBUTION}=={__version__}\n"
