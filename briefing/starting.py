"""A new briefing: an example of every kind of fact on an invented event, with all that it needs to be served and published."""

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from briefing import __version__
from briefing.dossier import read_dossier
from briefing.files import names_in, shown
from briefing.schema import schemas

STARTER = Path(__file__).parent / "starter"
MAY_BE_THERE = (".git",)


def in_the_way(folder: Path) -> str | None:
    """Why no briefing can be made in a folder, with a next step; None where one can."""
    if not folder.exists() and not folder.is_symlink():
        return None
    names = names_in(folder)
    if isinstance(names, str):
        return f"{shown(folder)} cannot hold a briefing: {names}; name a new folder"
    if there := [name for name in names if name not in MAY_BE_THERE]:
        return f"{shown(folder)} is not empty: it holds {there[0]}; name a new folder, or an empty one"
    return None


def start(folder: Path) -> list[Path] | str:
    """Writes a new briefing and its schemas; or says why not."""
    if stop := in_the_way(folder):
        return stop
    written = []
    try:
        for path, content in (*_starter(), ("requirements.txt", _required().encode())):
            written.append(_write(folder / path, content))
        for name, text in schemas(read_dossier(folder)).items():
            written.append(_write(folder / "schemas" / name, text.encode()))
    except OSError as error:
        return f"{shown(folder)} cannot be written to: {error.strerror}"
    return written


def _starter() -> Iterator[tuple[str, bytes]]:
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            yield path.relative_to(STARTER).as_posix(), path.read_bytes()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _required() -> str:
    """What `pip` installs to build the briefing: this version, from the repository and commit that this one came from."""
    source = _repository()
    told = "" if source else "# Where your copy of briefing came from, if not from an index: `briefing @ git+https://...`.\n"
    return f"{told}briefing{f' @ {source}' if source else f'=={__version__}'}\n"


def _repository() -> str:
    """The repository and commit that pip installed this package from; empty where it was installed otherwise."""
    try:
        told = json.loads(metadata.distribution("briefing").read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        return ""
    came = told.get("vcs_info", {})
    return f"{came['vcs']}+{told['url']}@{came['commit_id']}" if {"vcs", "commit_id"} <= came.keys() else ""
