"""The seal of a built site: SHA256SUMS over every file in it, and provenance.json, which says what it was made from."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from platform import python_version_tuple

from briefing import __version__
from briefing.diagnostics.problem import Location, Problem, SourceFile

CHECKSUM_RULE = "site-is-whole"
CHECKSUMS_FILE = "SHA256SUMS"
PROVENANCE = "provenance.json"
RECORDED_PACKAGES = ("edtf", "jinja2", "markdown", "mkdocs", "mkdocs-material", "pymdown-extensions", "pyyaml", "resvg-py")
_CHECKSUM_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)", re.DOTALL)

Hashes = dict[str, str]


def hashes(root: Path, *places: Path) -> Hashes:
    """The SHA-256 of each place that is a file, and of each file under one that is a folder, by its path from `root`.

    Hidden files are passed over.
    """
    found: Hashes = {}
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else (place,):
            inside = path.relative_to(place if place.is_dir() else place.parent)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                found[Path(os.path.relpath(path, root)).as_posix()] = sha256(path)
    return found


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(site: Path, inputs: Mapping[str, Hashes]) -> None:
    """Writes provenance.json and, last, SHA256SUMS in the form that `sha256sum -c` reads, sorted by the bytes of the names.

    A folder that is also a working copy of git keeps its `.git`, which is no part of the site.
    """
    told = {**{name: dict(sorted(of.items())) for name, of in inputs.items()}, "versions": _versions()}
    (site / PROVENANCE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    files = {
        name: digest for name, digest in _site_checksums(site).items() if name.partition("/")[0] not in (CHECKSUMS_FILE, ".git")
    }
    sums = sorted((os.fsencode(name), digest) for name, digest in files.items())
    (site / CHECKSUMS_FILE).write_bytes(b"".join(_checksum_line(name, digest) for name, digest in sums))


def verify_checksums(site: Path, seeds: Path | None = None) -> list[Problem]:
    """Every file of a built site is the one that SHA256SUMS names, none is missing and none is more.

    So a reader can tell a site that was built from one that was changed afterwards. The seeds are those of provenance.json.
    """
    told, found = _read_checksums(site), _site_checksums(site)
    if told is None:
        return [_checksum_problem(site, CHECKSUMS_FILE, "this site has no list of its files that can be read")]
    problems = [
        _checksum_problem(site, name, f"this file is in {CHECKSUMS_FILE} and is missing") for name in told.keys() - found.keys()
    ]
    problems += [
        _checksum_problem(site, name, f"this file is not in {CHECKSUMS_FILE}")
        for name in found.keys() - told.keys() - {CHECKSUMS_FILE}
    ]
    changed = (name for name in told.keys() & found.keys() if told[name] != found[name])
    problems += [_checksum_problem(site, name, f"this file is not the one that {CHECKSUMS_FILE} names") for name in changed]
    problems += [_checksum_problem(site, PROVENANCE, message) for message in _seed_problems(site, seeds)] if seeds else []
    return sorted(problems, key=lambda problem: problem.location.sort_key())


def _versions() -> dict[str, str]:
    """What the site was made with; a package that is not there is left out."""
    there = {
        name: metadata.version(name)
        for name in RECORDED_PACKAGES
        if next(iter(metadata.Distribution.discover(name=name)), None)
    }
    return {"briefing": __version__, **there, "python": ".".join(python_version_tuple()[:2])}


def _site_checksums(site: Path) -> Hashes:
    """The SHA-256 of every file of a site, hidden ones too; empty for a link or a device."""
    found: Hashes = {}
    for folder, folders, files in os.walk(site):
        for path in (Path(folder, name) for name in files + [name for name in folders if Path(folder, name).is_symlink()]):
            plain = path.is_file() and not path.is_symlink()
            found[path.relative_to(site).as_posix()] = sha256(path) if plain else ""
    return found


def _checksum_line(name: bytes, digest: str) -> bytes:
    """A line of SHA256SUMS; as coreutils do it, a backslash before the line says that the name has some escaped in it."""
    escaped = name.replace(b"\\", rb"\\").replace(b"\n", rb"\n").replace(b"\r", rb"\r")
    return (b"\\" if escaped != name else b"") + digest.encode() + b"  " + escaped + b"\n"


def _read_checksums(site: Path) -> Hashes | None:
    """What SHA256SUMS says; None where it is not there or a line of it is none."""
    try:
        lines = os.fsdecode((site / CHECKSUMS_FILE).read_bytes()).removesuffix("\n").split("\n")
    except OSError:
        return None
    read = [_CHECKSUM_LINE.fullmatch(line) for line in lines]
    if not all(read):
        return None
    return {_unescaped(line[3]) if line[1] else line[3]: line[2] for line in read if line}


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), name)


def _seed_problems(site: Path, seeds: Path) -> Iterator[str]:
    try:
        told = dict(json.loads((site / PROVENANCE).read_bytes())["seeds"])
    except (OSError, ValueError, KeyError, TypeError):
        yield "this site does not say what it was made from"
        return
    for name, digest in told.items():
        path = seeds / name
        if not path.is_file() or sha256(path) != digest:
            yield f"seeds/{name} is not the text that this site was made from"


def _checksum_problem(site: Path, path: str, message: str) -> Problem:
    return Problem(CHECKSUM_RULE, Location(SourceFile(f"{site.name}/{path}")), message, "build the site again")
