"""Reads a built site from disk, each file once: its pages, data files and search index."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.model.site_files import LEDGER_FILE
from briefing.verification.data_formats import (
    JsonContent,
    is_data,
    read_data_value,
    read_limited,
    table_to_objects,
    walk_json,
)
from briefing.verification.html_reader import BuiltPage, read_page


@dataclass(frozen=True, eq=False)
class BuiltSite:
    """The files of a built site by their POSIX paths; `data` are parsed values, `data_contents` their texts and objects."""

    files: Mapping[str, Path]
    pages: Mapping[str, BuiltPage]
    data: Mapping[str, Any]
    data_contents: Mapping[str, JsonContent]


def read_site(folder: Path) -> BuiltSite:
    """Reads a built site. The value of a data file that cannot be parsed is a text that says so."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    pages = {name: _read_page_file(path) for name, path in files.items() if path.suffix.lower() == ".html"}
    data = {name: _read_data_file(path) for name, path in files.items() if is_data(path) and name != LEDGER_FILE}
    return BuiltSite(files, pages, data, {name: _data_content(name, value) for name, value in data.items()})


def _read_page_file(path: Path) -> BuiltPage:
    """A page; invalid UTF-8 becomes U+FFFD, which no allowed text contains, and a page that is too large becomes a text."""
    try:
        return read_page(read_limited(path).decode("utf-8", errors="replace"))
    except ValueError:
        return BuiltPage(texts=[f"{path.name} is too large"])


def _read_data_file(path: Path) -> Any:
    try:
        return read_data_value(path)
    except (ValueError, RecursionError):
        return f"{path.name} cannot be read"


def _data_content(name: str, value: Any) -> JsonContent:
    """The texts and objects in the value of a file; the objects of a table are its rows, keyed by column."""
    if name.lower().endswith(".csv") and isinstance(value, list):
        return JsonContent(walk_json(value).texts, walk_json(table_to_objects(value)).objects)
    return walk_json(value)
