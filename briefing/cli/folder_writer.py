"""Keeps a folder of generated files up to date: writes what changed, and deletes old files that are no longer needed."""

import json
from collections.abc import Mapping
from pathlib import Path

from briefing.diagnostics.problem import Problem, display_path, general_problem
from briefing.loading.file_writer import write_if_changed

MANIFEST = ".briefing.json"  # in the folder: the paths of the files that the last run wrote


def read_docs(docs: Path) -> dict[str, bytes]:
    """The hand-written files of a docs folder by their path in it, without hidden files and links."""
    paths = (path for path in sorted(docs.rglob("*")) if path.is_file() and not path.is_symlink())
    named = ((path.relative_to(docs).as_posix(), path) for path in paths)
    return {name: path.read_bytes() for name, path in named if not any(part.startswith(".") for part in name.split("/"))}


def write_folder(out: Path, files: Mapping[str, str | bytes]) -> list[str] | Problem:
    """Makes `out` contain exactly `files`, by path; gives the paths that had to be written.

    It is a problem if `out` has files in it that no earlier run wrote.
    """
    before = _manifest(out)
    if before is None and out.is_dir() and any(out.iterdir()):
        return general_problem("this folder has other files in it", "choose a new or empty folder", display_path(out))
    written = []
    for name, content in files.items():
        is_written = write_if_changed(out / name, content)
        if isinstance(is_written, Problem):
            return is_written
        written += [name] if is_written else []
    for name in set(before or ()) - set(files):
        (out / name).unlink(missing_ok=True)
    manifest = write_if_changed(out / MANIFEST, json.dumps(sorted(files), indent=0))
    return manifest if isinstance(manifest, Problem) else written


def _manifest(out: Path) -> list[str] | None:
    """The paths that an earlier run wrote; None where there was none."""
    try:
        names = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return [name for name in names if isinstance(name, str) and not name.startswith("/") and ".." not in name.split("/")]
