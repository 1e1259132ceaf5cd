"""A new briefing with all that it needs to be served and published: an invented event with facts of every kind, or empty."""

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from briefing import __version__
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import display_path, list_folder
from briefing.sources.json_schema import schemas

STARTER = Path(__file__).parent / "starter"
STARTER_EMPTY = Path(__file__).parent / "starter_empty"  # what is otherwise where nothing is in a briefing yet
ALLOWED_NAMES = (".git",)
DEFAULT_SITE_NAME = b"site_name: Briefing"
_SITE_NAME = re.compile(rb"^site_name: .*$", re.MULTILINE)
_EXAMPLE = ("facts/", "seeds/")
DISTRIBUTION = "mkdocs-briefing"  # what pip calls this package; on the public index `briefing` is another project
LOCAL_INSTALL_NOTE = f"""\
# This address works on this machine only. Before anyone else builds this briefing, name the repository that has your
# copy of the tool: `{DISTRIBUTION} @ git+https://HOST/REPOSITORY@COMMIT`.
"""


def new_folder_obstacle(folder: Path) -> str | None:
    """Why no briefing can be made in a folder, with a next step; None where one can."""
    if not folder.exists() and not folder.is_symlink():
        return None
    names = list_folder(folder)
    if isinstance(names, str):
        return f"{display_path(folder)} cannot hold a briefing: {names}; name a new folder"
    if there := [name for name in names if name not in ALLOWED_NAMES]:
        return f"{display_path(folder)} is not empty: it holds {there[0]}; name a new folder, or an empty one"
    return None


def create_briefing(folder: Path, is_empty: bool = False) -> list[Path] | str:
    """Writes a new briefing and its schemas, with the example or empty; or says why not."""
    if stop := new_folder_obstacle(folder):
        return stop
    written = []
    try:
        for path, content in (*_starter(is_empty), ("requirements.txt", _required().encode())):
            written.append(_write_new_file(folder / path, content))
        for name, text in schemas(read_dossier(folder)).items():
            written.append(_write_new_file(folder / "schemas" / name, text.encode()))
    except OSError as error:
        return f"{display_path(folder)} cannot be written to: {error.strerror}"
    return written


def _starter(is_empty: bool) -> Iterator[tuple[str, bytes]]:
    files = _read_files(STARTER)
    if is_empty:
        files = {path: content for path, content in files.items() if not path.startswith(_EXAMPLE)} | _read_files(STARTER_EMPTY)
        files["mkdocs.yml"] = _SITE_NAME.sub(DEFAULT_SITE_NAME, files["mkdocs.yml"])
    yield from sorted(files.items())


def _read_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _write_new_file(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _required() -> str:
    """The line of requirements.txt that installs this version from where pip got it (PEP 610).

    That is a repository and commit, a file or folder of this machine, or an index.
    """
    try:
        origin = json.loads(metadata.distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        origin = {}
    vcs = origin.get("vcs_info", {})
    if {"vcs", "commit_id"} <= vcs.keys():
        return f"{DISTRIBUTION} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}\n"
    return f"{LOCAL_INSTALL_NOTE}{DISTRIBUTION} @ {origin['url']}\n" if "url" in origin else f"{DISTRIBUTION}=={__version__}\n"
