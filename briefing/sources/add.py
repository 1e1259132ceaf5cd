"""A source is added to a folder: its seed, the document that the seed was made from, and its record after the others."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from briefing.diagnostics.formats import format_line
from briefing.diagnostics.problem import Problem
from briefing.loading.files import display_path, read_bytes
from briefing.loading.originals import RECEIVED_FOLDER
from briefing.loading.yaml_reader import read_yaml
from briefing.model.dossier import Dossier
from briefing.model.ids import is_id
from briefing.model.located_text import MapNode
from briefing.model.record import Record
from briefing.sources.document import Document, read_text
from briefing.sources.html import read_html
from briefing.sources.pdf import read_pdf
from briefing.sources.record_writer import ImportOptions, format_record

_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_PACKED = {b"PK\x03\x04": "a packed file, as of a word processor", b"\xd0\xcf\x11\xe0": "a file of a word processor"}


def read_document(path: str, content: bytes, encoding: str = "", sent_as: str = "") -> Document | Problem | str:
    """The document that bytes are: PDF, HTML or text by how they begin; or in words why they are none of these."""
    for begins, what in _PACKED.items():
        if content.startswith(begins):
            return f"{path} is {what}; save it as PDF, HTML or plain text, and add that"
    if content[:1024].find(b"%PDF-") >= 0:
        return read_pdf(path, content)
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")[:4096]) or path.lower().endswith((".html", ".htm", ".xhtml")):
        return read_html(path, content, encoding, sent_as)
    if content.count(b"\0") and not (encoding or content.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return f"{path} is neither text nor HTML nor PDF; save it as one of these, and add that"
    return read_text(path, content, encoding or sent_as)


def id_from_name(name: str) -> str:
    """An id made of the name of a file: its small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:80].strip("-")


def source_obstacle(folder: Path, dossier: Dossier, id: str, content: bytes, seed: bytes) -> str | None:
    """Why a source of that id and text cannot be added, with a next step; None where nothing is in the way."""
    if not is_id(id):
        return f"`{id}` cannot be an id; choose one with --id: small letters, digits and hyphens, as in `wire-report`"
    if dossier.is_known(id) and dossier.known_ids.get("sources") is not None:
        return f"`{id}` is already the id of a fact or source; choose another with --id"
    if dossier.known_ids.get("sources") is None:
        return "facts/sources.yaml could not be read; `briefing check` says why; mend it, and add the source again"
    hashes = {hashlib.sha256(content).hexdigest(), hashlib.sha256(seed).hexdigest()}
    for record in dossier.facts_of_kind("sources"):
        if isinstance(record, Record) and hashes & {str(record.sha256), str(record.received_sha256)}:
            return f"`{record.key}` is this very text already; quote that"
    if (folder / "seeds" / f"{id}.txt").exists():
        return f"seeds/{id}.txt is there already; choose another id with --id, or write a record for that seed"
    return None


def add_source(folder: Path, document: Document, content: bytes, options: ImportOptions) -> list[Path] | str:
    """Writes the seed, the document it was made from, and the record; or says why not, and leaves everything as it was."""
    path = folder / "facts" / "sources.yaml"
    text = format_record(document, content, options)
    before = read_bytes(path) if path.exists() or path.is_symlink() else b""
    if isinstance(before, str):
        return f"{display_path(path)} is not read: {before}"
    after = append_text(before, text)
    if wrong := _parse_failure(display_path(path), before, after, options.id):
        return wrong
    files = {folder / "seeds" / f"{options.id}.txt": document.seed}
    if document.conversion_note:
        files[folder / RECEIVED_FOLDER / f"{options.id}.{document.suffix}"] = content
    return _write_all({**files, path: after})


def append_text(before: bytes, text: str) -> bytes:
    """A file with a text after an empty line at its end, its own bytes untouched; lines end as they do in it."""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    parted = before if not before or before.endswith(b"\n") else before + end
    return parted + (end if before.strip() else b"") + text.encode().replace(b"\n", end)


def _parse_failure(path: str, before: bytes, after: bytes, id: str) -> str | None:
    """Why the file would not be read with the new record as it was without it; None where it would."""
    old, new = read_yaml(path, before), read_yaml(path, after)
    keys = list(old.root.entries) if isinstance(old.root, MapNode) else []
    if isinstance(new.root, MapNode) and list(new.root.entries) == [*keys, id] and len(new.problems) == len(old.problems):
        return None
    told = f": {format_line(new.problems[-1])}" if new.problems else ""
    return f"{path} would not be read with this record at its end{told}; let it end with a whole fact, and add the source again"


def _write_all(files: dict[Path, bytes]) -> list[Path] | str:
    """Writes each file whole beside its place and moves it there, the last one last; a failure takes back those before."""
    moved: list[Path] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            moved.append(path)
    except OSError as error:
        for path in moved:
            path.unlink(missing_ok=True)
        return f"{display_path(path)} could not be written: {error.strerror}; nothing was added"
    return list(files)


def write_atomically(path: Path, content: bytes) -> None:
    """Puts a file in its place in one step, with the rights of the file that was there, so that nobody reads half of it."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, mode)  # noqa: PTH101
            os.replace(file.name, path)  # noqa: PTH105
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
