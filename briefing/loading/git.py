"""The facts and seeds of a briefing as git keeps them at a revision; the work tree is not touched."""

import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

READ_PATHS = ("facts", "seeds", "briefing.yaml")
_REGULAR = (b"100644", b"100755")


def write_revision(folder: Path, revision: str, into: Path) -> str:
    """Writes the briefing in a folder, as it was at a revision, into another; or says in words why it cannot."""
    try:
        if _git_bytes(folder, "rev-parse", "--git-dir") is None:
            return "git keeps no history of this folder"
        commit = _git_bytes(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if not commit:
            return f"there is no revision `{revision}`"
        for name, content in _revision_files(folder, commit.decode().strip()):
            (into / name).parent.mkdir(exist_ok=True)
            (into / name).write_bytes(content)
    except FileNotFoundError:
        return "git is not installed here"
    return ""


def _revision_files(folder: Path, commit: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The regular files that a briefing is read from, with their bytes."""
    listed = _git_bytes(folder, "ls-tree", "-r", "-z", commit, "--", *READ_PATHS) or b""
    names: list[PurePosixPath] = []
    ids: list[bytes] = []
    for line in listed.split(b"\0")[:-1]:
        header, _, path = line.partition(b"\t")
        mode, _, id = header.split(b" ")
        name = PurePosixPath(path.decode("utf-8", "surrogateescape"))
        if mode in _REGULAR and (len(name.parts) == 2 or str(name) in READ_PATHS) and ".." not in name.parts:
            names.append(name)
            ids.append(id)
    blobs = _git_bytes(folder, "cat-file", "--batch", typed=b"".join(id + b"\n" for id in ids)) or b""
    at = 0
    for name in names:
        end = blobs.index(b"\n", at)
        size = int(blobs[at:end].rsplit(b" ", 1)[1])
        yield name, blobs[end + 1 : end + 1 + size]
        at = end + size + 2


def _git_bytes(folder: Path, *arguments: str, typed: bytes = b"") -> bytes | None:
    """What git answers; None where it refuses."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    done = subprocess.run(command, input=typed, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
