"""Adds a source to a briefing: its seed, the document that the seed was made from, and its record in facts/sources.yaml."""

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

from briefing.diagnostics.formats import format_line
from briefing.diagnostics.problem import Problem, display_path, general_problem
from briefing.loading.file_writer import write_file
from briefing.loading.files import read_bytes
from briefing.loading.originals import RECEIVED_FOLDER
from briefing.loading.yaml_reader import read_yaml
from briefing.model.dossier import Dossier
from briefing.model.ids import is_id
from briefing.model.located_text import MapNode
from briefing.sources.document import Document
from briefing.sources.record_writer import ImportOptions, format_record


def id_from_name(name: str) -> str:
    """An id made from a file name: its letters a to z in lower case, digits and hyphens; empty where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:80].strip("-")


def source_obstacle(folder: Path, dossier: Dossier, id: str, content: bytes, seed: bytes) -> Problem | None:
    """Why a source with this id, document and seed cannot be added to a briefing."""
    if not is_id(id):
        help = "choose one with --id: small letters, digits and hyphens, as in `wire-report`"
        return general_problem(f"`{id}` cannot be an id", help)
    if dossier.known_ids.get("sources") is None:
        help = "run `briefing check` to see why, fix it, then add the source again"
        return general_problem("facts/sources.yaml cannot be read", help)
    if dossier.is_known(id):
        return general_problem(f"`{id}` is already the id of a fact or source", "choose another id with --id")
    hashes = {hashlib.sha256(content).hexdigest(), hashlib.sha256(seed).hexdigest()}
    for record in dossier.records():
        if hashes & {str(record.sha256), str(record.received_sha256)}:
            return general_problem(f"the source `{record.key}` is exactly this text", f"quote from `{record.key}`")
    if os.path.lexists(folder / "seeds" / f"{id}.txt"):
        help = "choose another id with --id, or write a record for that file"
        return general_problem(f"seeds/{id}.txt already exists", help)
    return None


def add_source(folder: Path, document: Document, content: bytes, options: ImportOptions) -> list[Path] | Problem:
    """Writes the seed, the document it was made from (`content`), and the record at the end of facts/sources.yaml.

    Gives the paths written, the file of records last. Where one cannot be written, the folder stays as it was.
    """
    path = folder / "facts" / "sources.yaml"
    before = read_bytes(path) if os.path.lexists(path) else b""
    if isinstance(before, Problem):
        return replace(before, rule="")
    after = append_text(before, format_record(document, content, options))
    if problem := _record_problem(display_path(path), before, after, options.id):
        return problem
    files = {folder / "seeds" / f"{options.id}.txt": document.seed}
    if document.conversion_note:
        files[folder / RECEIVED_FOLDER / f"{options.id}.{document.suffix}"] = content
    return _write_all({**files, path: after})


def append_text(before: bytes, text: str) -> bytes:
    """A file with a text added after an empty line at its end. Its own bytes stay, and the text gets the same line ends."""
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    ended = before if not before or before.endswith(b"\n") else before + line_end
    return ended + (line_end if before.strip() else b"") + text.encode().replace(b"\n", line_end)


def _record_problem(path: str, before: bytes, after: bytes, id: str) -> Problem | None:
    """Why the file with the new record would be read otherwise than as its earlier entries and this one."""
    old, new = read_yaml(path, before), read_yaml(path, after)
    keys = list(old.root.entries) if isinstance(old.root, MapNode) else []
    if isinstance(new.root, MapNode) and list(new.root.entries) == [*keys, id] and len(new.problems) == len(old.problems):
        return None
    message, help = (
        "a record added at the end could not be read",
        "check that the file ends with a complete fact, then add again",
    )
    return replace(general_problem(message, help, path), notes=tuple(map(format_line, new.problems[-1:])))


def _write_all(files: dict[Path, bytes]) -> list[Path] | Problem:
    """Writes the files in order. Where one fails, or an interrupt comes before the last one is there, the new ones go."""
    *new, last = files
    begun: list[Path] = []
    try:
        for path, content in files.items():
            begun.append(path)
            if problem := write_file(path, content):
                _delete(begun[:-1])
                return replace(problem, notes=("nothing was added",))
    except BaseException:  # an interrupt
        if not (last.is_file() and last.read_bytes() == files[last]):
            _delete([path for path in begun if path in new])
        raise
    return list(files)


def _delete(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
