"""Reads a built site back, each file of it once: its pages, and what its data files and its search index hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.model.site_files import LEDGER_FILE
from briefing.verification.data_formats import is_data, read_data_value, table_to_objects
from briefing.verification.html_reader import BuiltPage, read_page
from briefing.verification.json_walk import JsonContent, walk_json


@dataclass(frozen=True, eq=False)
class BuiltSite:
    """A built site as it lies on the disk, by paths from its folder: files, pages, what data files hold, what that says."""

    files: Mapping[str, Path]
    pages: Mapping[str, BuiltPage]
    data: Mapping[str, Any]
    data_contents: Mapping[str, JsonContent]


def read_site(folder: Path) -> BuiltSite:
    """Reads a built site; of a data file that cannot be read, a text that says so stands for what it holds."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    pages = {name: _read_page_file(path) for name, path in files.items() if path.suffix.lower() == ".html"}
    data = {name: _read_data_file(path) for name, path in files.items() if is_data(path) and name != LEDGER_FILE}
    return BuiltSite(files, pages, data, {name: _data_content(name, value) for name, value in data.items()})


def _read_page_file(path: Path) -> BuiltPage:
    """A page; a byte that is none of UTF-8 stands on it as a character that nothing binds."""
    return read_page(path.read_bytes().decode("utf-8", errors="replace"))


def _read_data_file(path: Path) -> Any:
    try:
        return read_data_value(path)
    except (ValueError, RecursionError):
        return f"the whole of {path.name}, which cannot be read"


def _data_content(name: str, value: Any) -> JsonContent:
    """What a file says; of a table the objects are its rows, by the names of its columns."""
    if name.lower().endswith(".csv") and isinstance(value, list):
        return JsonContent(walk_json(value).texts, walk_json(table_to_objects(value)).objects)
    return walk_json(value)
