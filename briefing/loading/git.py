"""What git knows about a briefing: its files at a revision, and the commit that holds its files as they are now.

The work tree is never changed.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.problem import Problem, general_problem

BRIEFING_PATHS = ("facts", "seeds", "briefing.yaml")  # what a briefing is read from
GIT_TIMEOUT = 60  # seconds
_REGULAR_FILE_MODES = (b"100644", b"100755")


def commit_of(folder: Path) -> str | None:
    """The first 12 characters of the commit whose facts and seeds are, byte for byte, those of the folder.

    None where there is no such commit: no git, no checkout, or a file that was changed, is new, or is ignored by git.
    """
    paths = [name for name in BRIEFING_PATHS if (folder / name).exists()]
    if _run_git(folder, "status", "--porcelain", "--ignored", "--untracked-files=all", "--", *paths) != b"":
        return None
    tracked, commit = _run_git(folder, "ls-files", "--", *paths), _run_git(folder, "rev-parse", "HEAD")
    if isinstance(tracked, Problem) or not tracked or isinstance(commit, Problem):
        return None
    return commit.decode("ascii").strip()[:12]


def write_revision(folder: Path, revision: str, target: Path) -> Problem | None:
    """Writes the files of the briefing in `folder`, as they were at a git revision, into the folder `target`."""
    repository = _run_git(folder, "rev-parse", "--git-dir")
    if isinstance(repository, Problem):
        return repository
    commit = _run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if isinstance(commit, Problem):
        help = "`git log --oneline` lists the revisions; `git branch --all` lists the branches"
        return replace(commit, message=f"git has no revision `{revision}` here", help=help)
    files = _read_revision(folder, commit.decode("ascii").strip())
    if isinstance(files, Problem):
        return files
    try:
        for name, content in files:
            (target / name).parent.mkdir(exist_ok=True)
            (target / name).write_bytes(content)
    except OSError as error:
        return problem_of_os_error(error)
    return None


def _read_revision(folder: Path, commit: str) -> list[tuple[PurePosixPath, bytes]] | Problem:
    """The regular files that a briefing is read from, with their bytes."""
    listing = _run_git(folder, "ls-tree", "-r", "-z", commit, "--", *BRIEFING_PATHS)
    if isinstance(listing, Problem):
        return listing
    blob_ids = dict(_listed_files(listing))
    blobs = _run_git(folder, "cat-file", "--batch", stdin=b"".join(id + b"\n" for id in blob_ids.values()))
    if isinstance(blobs, Problem):
        return blobs
    return list(zip(blob_ids, _split_batch(blobs), strict=True))


def _listed_files(listing: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path and blob id of the regular files that `git ls-tree -z` lists, at most one folder deep."""
    for line in listing.split(b"\0")[:-1]:
        header, _, path = line.partition(b"\t")
        mode, _, id = header.split(b" ")
        name = PurePosixPath(path.decode("utf-8", "surrogateescape"))
        is_read = len(name.parts) == 2 or str(name) in BRIEFING_PATHS
        if mode in _REGULAR_FILE_MODES and is_read and ".." not in name.parts:
            yield name, id


def _split_batch(blobs: bytes) -> Iterator[bytes]:
    """The contents in the output of `git cat-file --batch`: for each a line that ends in its size, the bytes, a line end."""
    at = 0
    while at < len(blobs):
        end = blobs.index(b"\n", at)
        size = int(blobs[at:end].rsplit(b" ", 1)[1])
        yield blobs[end + 1 : end + 1 + size]
        at = end + size + 2


def _run_git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes | Problem:
    """What a git command prints. It takes no locks and starts no file system monitor."""
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=GIT_TIMEOUT)
    except FileNotFoundError:
        return general_problem("git is not installed", "install git, then try again")
    except subprocess.TimeoutExpired:
        return general_problem(f"git did not answer within {GIT_TIMEOUT} seconds", "try again")
    except OSError as error:
        return problem_of_os_error(error)
    if done.returncode:
        return general_problem("this folder has no git history", "run `git init` here, and commit the facts")
    return done.stdout
