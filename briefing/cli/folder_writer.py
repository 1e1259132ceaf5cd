"""Writes files to a folder: only what changed, each whole or not at all, and what an earlier run wrote is tidied away."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

MANIFEST = ".briefing.json"


def read_docs(docs: Path) -> dict[str, bytes]:
    """The hand-written files of a docs folder by their path in it; hidden files and links are passed over."""
    files = (path for path in sorted(docs.rglob("*")) if path.is_file() and not path.is_symlink())
    named = ((path.relative_to(docs).as_posix(), path) for path in files)
    return {name: path.read_bytes() for name, path in named if not any(part.startswith(".") for part in name.split("/"))}


def write_folder(out: Path, files: Mapping[str, str | bytes]) -> list[str] | None:
    """Makes `out` hold exactly `files` and returns the paths written; None where `out` holds another's files."""
    before = _manifest(out)
    if before is None and out.is_dir() and any(out.iterdir()):
        return None
    written = [name for name, content in files.items() if _write_if_changed(out / name, content)]
    for name in set(before or ()) - set(files):
        (out / name).unlink(missing_ok=True)
    _write_if_changed(out / MANIFEST, json.dumps(sorted(files), indent=0))
    return written


def _manifest(out: Path) -> list[str] | None:
    try:
        names = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return [name for name in names if isinstance(name, str) and not name.startswith("/") and ".." not in name.split("/")]


def _write_if_changed(path: Path, content: str | bytes) -> bool:
    """Whether the file had to be written; a reader never sees half of it."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
    return True
