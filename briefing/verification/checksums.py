"""The checksums of a built site: SHA256SUMS lists every file, and provenance.json records the inputs and package versions."""

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
from briefing.diagnostics.rule_ids import SITE_IS_WHOLE
from briefing.text.line_ends import other_line_ends

CHECKSUMS_FILE = "SHA256SUMS"
PROVENANCE = "provenance.json"
RECORDED_PACKAGES = ("edtf", "jinja2", "markdown", "mkdocs", "mkdocs-material", "pymdown-extensions", "pyyaml", "resvg-py")
_CHECKSUM_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)", re.DOTALL)

Hashes = dict[str, str]


def hashes(root: Path, *paths: Path) -> Hashes:
    """The SHA-256 of each file, and of each file in each folder, by its POSIX path relative to `root`.

    Hidden files are skipped.
    """
    found: Hashes = {}
    for top in paths:
        for path in sorted(top.rglob("*")) if top.is_dir() else (top,):
            inside = path.relative_to(top if top.is_dir() else top.parent)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                found[Path(os.path.relpath(path, root)).as_posix()] = sha256(path)
    return found


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(site: Path, inputs: Mapping[str, Hashes]) -> None:
    """Writes provenance.json and then SHA256SUMS, in the format of `sha256sum -c`, sorted by the bytes of the names.

    A `.git` folder in the site is left alone and not listed.
    """
    provenance = {**{name: dict(sorted(digests.items())) for name, digests in inputs.items()}, "versions": _versions()}
    (site / PROVENANCE).write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")
    files = {
        name: digest for name, digest in _site_checksums(site).items() if name.partition("/")[0] not in (CHECKSUMS_FILE, ".git")
    }
    sums = sorted((os.fsencode(name), digest) for name, digest in files.items())
    (site / CHECKSUMS_FILE).write_bytes(b"".join(_checksum_line(name, digest) for name, digest in sums))


def verify_checksums(site: Path, seeds: Path | None = None) -> list[Problem]:
    """Every file of a built site matches its checksum in SHA256SUMS; no file is missing and no other file was added.

    This shows whether a site was changed after it was built. The seeds must match the checksums in provenance.json.
    """
    listed, found = read_checksums(site), _site_checksums(site)
    if listed is None:
        return [_checksum_problem(site, CHECKSUMS_FILE, "this list of checksums is missing or cannot be read")]
    problems = [
        _checksum_problem(site, name, f"this file is listed in {CHECKSUMS_FILE} but missing from the site")
        for name in listed.keys() - found.keys()
    ]
    problems += [
        _checksum_problem(site, name, f"this file is not listed in {CHECKSUMS_FILE}")
        for name in found.keys() - listed.keys() - {CHECKSUMS_FILE}
    ]
    changed = (name for name in listed.keys() & found.keys() if listed[name] != found[name])
    problems += [_checksum_problem(site, name, f"checksum mismatch with {CHECKSUMS_FILE}") for name in changed]
    problems += [_checksum_problem(site, PROVENANCE, message) for message in _seed_problems(site, seeds)] if seeds else []
    return sorted(problems, key=lambda problem: problem.location.sort_key())


def _versions() -> dict[str, str]:
    """The versions of the packages that build a site; a package that is not installed is left out."""
    there = {
        name: metadata.version(name)
        for name in RECORDED_PACKAGES
        if next(iter(metadata.Distribution.discover(name=name)), None)
    }
    return {"briefing": __version__, **there, "python": ".".join(python_version_tuple()[:2])}


def _site_checksums(site: Path) -> Hashes:
    """The SHA-256 of every file of a site, hidden files included; empty for a symbolic link or a device."""
    found: Hashes = {}
    for folder, folders, files in os.walk(site):
        for path in (Path(folder, name) for name in files + [name for name in folders if Path(folder, name).is_symlink()]):
            plain = path.is_file() and not path.is_symlink()
            found[path.relative_to(site).as_posix()] = sha256(path) if plain else ""
    return found


def _checksum_line(name: bytes, digest: str) -> bytes:
    """A line of SHA256SUMS. As in coreutils, a leading backslash says that the name contains escaped characters."""
    escaped = name.replace(b"\\", rb"\\").replace(b"\n", rb"\n").replace(b"\r", rb"\r")
    return (b"\\" if escaped != name else b"") + digest.encode() + b"  " + escaped + b"\n"


def read_checksums(site: Path) -> Hashes | None:
    """The checksums in SHA256SUMS by file name; None if the file is missing or malformed."""
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
        recorded = dict(json.loads((site / PROVENANCE).read_bytes())["seeds"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        yield "this file does not record the checksums of the seeds"
        return
    for name, digest in recorded.items():
        path = seeds / name
        if not path.is_file() or sha256(path) != digest:
            variants = other_line_ends(path.read_bytes()) if path.is_file() else ()
            has_only_other_ends = any(hashlib.sha256(variant).hexdigest() == digest for variant in variants)
            what = f"seeds/{name} has other line ends than" if has_only_other_ends else f"seeds/{name} differs from"
            yield f"{what} the text that this site was built from"


def _checksum_problem(site: Path, path: str, message: str) -> Problem:
    return Problem(SITE_IS_WHOLE, Location(SourceFile(f"{site.name}/{path}")), message, "build the site again")
