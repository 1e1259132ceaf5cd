"""The original documents that seeds were made from: optional files in received/, named by the source's id."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import SOURCE_IS_UNCHANGED
from briefing.loading.files import list_folder, read_in_folder
from briefing.model.facts import Fact
from briefing.model.record import Record
from briefing.text.line_ends import other_line_ends

RECEIVED_FOLDER = "received"
LINE_ENDS_HELP = (
    "write `seeds/*.txt -text` and `received/* -text` to .gitattributes, delete the file, and get it back with `git checkout`"
)


def original_problems(folder: Path, records: Iterable[Fact]) -> Iterator[Problem]:
    """A problem for each document in received/ whose hash differs from its record. A missing document is no problem."""
    names = list_folder(folder / RECEIVED_FOLDER)
    for record in records:
        if not isinstance(record, Record) or record.received_sha256 is None or isinstance(names, Problem):
            continue
        for name in names:
            if name.rpartition(".")[0] == record.key:
                content = read_in_folder(folder / RECEIVED_FOLDER, name)
                if isinstance(content, Problem) or hashlib.sha256(content).hexdigest() != record.received_sha256:
                    message = f"{RECEIVED_FOLDER}/{name} is not the document that the seed was made from"
                    help = "restore the document, or delete it; original documents are never edited"
                    if not isinstance(content, Problem) and has_line_ends_changed(content, record.received_sha256):
                        message, help = f"the line ends of {RECEIVED_FOLDER}/{name} have changed", LINE_ENDS_HELP
                    yield Problem(SOURCE_IS_UNCHANGED, record.received_sha256.location, message, help, fact=record.key)


def has_line_ends_changed(content: bytes, sha256: str) -> bool:
    """Whether the file with this hash had the same lines, with other ends."""
    return any(hashlib.sha256(variant).hexdigest() == sha256 for variant in other_line_ends(content))
