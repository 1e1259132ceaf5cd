"""Compares a built site with what the generator makes and what the ledger lists as added: files, scripts, styles, addresses."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.model.additions import content_security_policy, is_pinned_file
from briefing.model.site_files import CARD_PATH, LEDGER_FILE, SEARCH_FOLDER
from briefing.verification.active_content import PICTURE, SCRIPT, STYLE, is_external, scheme_of
from briefing.verification.built_site import BuiltSite
from briefing.verification.checksums import CHECKSUMS_FILE, PROVENANCE, sha256
from briefing.verification.data_formats import is_data, is_text_format
from briefing.verification.generator import Generator
from briefing.verification.html_reader import BuiltPage
from briefing.verification.links import NOT_FOUND, resolve_link

NOT_NAMED = "this file is neither the generator's nor named in briefing.yaml"
_NO_JEKYLL = ".nojekyll"  # empty; tells GitHub Pages to serve the files as they are
_UNCHECKED = frozenset([LEDGER_FILE, CHECKSUMS_FILE, PROVENANCE, CARD_PATH])  # each is checked elsewhere
_SUFFIXES = {SCRIPT: (".js", ".mjs"), STYLE: (".css",)}


@dataclass(frozen=True)
class Additions:
    """What a ledger lists as added to the generator's own site: checksums by file, and by use and address; texts of reasons."""

    files: Mapping[str, str]
    addresses: Mapping[tuple[str, str], str]
    reasons: tuple[str, ...] = ()

    @classmethod
    def from_ledger(cls, added: Mapping[str, Any]) -> "Additions":
        """Reads the entry of a ledger, which must have the expected shape."""
        files, addresses = added["files"], added["addresses"]
        return cls(
            {entry["file"]: entry["sha256"] for entry in files},
            {(entry["use"], entry["address"]): entry["sha256"] for entry in addresses},
            tuple(entry["reason"] for entry in (*files, *addresses)),
        )

    @property
    def policy(self) -> str:
        """The Content Security Policy that every page must carry."""
        by_use: dict[str, list[str]] = {}
        for use, address in self.addresses:
            by_use.setdefault(use, []).append(address)
        return content_security_policy(by_use)


def addition_problems(site: BuiltSite, added: Additions, generator: Generator) -> Iterator[tuple[str, str]]:
    """The files that nobody named, and what pages load, run or lead to without being named; by file."""
    others = {name: path for name, path in site.files.items() if name not in site.pages and not _is_bound(name, path)}
    ours = {name for name, path in others.items() if sha256(path) in generator.file_hashes(name)}
    yield from _file_problems(site, added, others.keys() - ours)
    known = ours | added.files.keys()
    for path, page in site.pages.items():
        yield from ((path, message) for message in _page_problems(path, page, added, known))


def _file_problems(site: BuiltSite, added: Additions, others: set[str]) -> Iterator[tuple[str, str]]:
    """Of the files that are not the generator's, those that are not named, or differ; and the named ones that are missing."""
    yield from ((name, NOT_NAMED) for name in sorted(others - added.files.keys()))
    for name, pinned in added.files.items():
        if name not in site.files:
            yield name, "this file is named in briefing.yaml, and missing"
        elif pinned and sha256(site.files[name]) != pinned:
            yield name, "this file differs from the one that briefing.yaml names"
        elif not pinned and is_pinned_file(name):
            yield name, "briefing.yaml names this file without its checksum, and it can change what is read"


def _is_bound(name: str, path: Path) -> bool:
    """Whether another check binds every text in a file: it is a data file, the card, a piece of the search index, a list."""
    is_piece = path.suffix != ".js" or name.startswith(f"{SEARCH_FOLDER}/")
    is_marker = name == _NO_JEKYLL and path.stat().st_size == 0
    return name in _UNCHECKED or is_marker or is_text_format(path) or (is_data(path) and is_piece)


def _page_problems(path: str, page: BuiltPage, added: Additions, known: Set[str]) -> Iterator[str]:
    active = page.active
    yield from (f"no page may have {what}" for what in dict.fromkeys(active.refused))
    for load in active.loads:
        if is_external(load.address):
            if scheme_of(load.address) not in ("", "https"):
                yield f"no page may load `{load.address[:80]}`"
            elif not _is_allowed(load.use, load.address, load.integrity, added):
                yield f"this page loads from another host: {load.address}"
        else:
            yield from _local_problems(path, load.use, load.address, known)
    for address in active.navigation:
        if ("navigation", address) not in added.addresses:
            yield f"the navigation leads to another host: {address}"
    if active.policies != [added.policy]:
        yield "the Content Security Policy of this page is missing or not the one that follows from briefing.yaml"


def _is_allowed(use: str, address: str, integrity: str, added: Additions) -> bool:
    """Whether an address is named for this use, and the page pins it to the same checksum (Subresource Integrity)."""
    pinned = added.addresses.get((use, address), "")
    return bool(pinned) and integrity == f"sha256-{b64encode(bytes.fromhex(pinned)).decode()}"


def _local_problems(path: str, use: str, address: str, known: Set[str]) -> Iterator[str]:
    """A file that a page draws or runs is one that was compared with its checksum. A page not found has absolute addresses."""
    if use not in (SCRIPT, STYLE, PICTURE) or not address or address.startswith("#"):
        return
    goal = resolve_link(path, address)
    file = goal[0] if goal else ""
    if path == NOT_FOUND:
        file = next((name for name in known if f"/{file}".endswith(f"/{name}")), file)
    if file not in known or not file.endswith(_SUFFIXES.get(use, "")):
        yield f"this page loads a file that is neither the generator's nor named in briefing.yaml: {address}"
