"""What the data files, style sheets and the search index of a built site say."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from briefing.card import read_card
from briefing.formats import of_bibliography, of_calendar, of_piece, of_table
from briefing.search import FOLDER
from briefing.words import collapse

_CODE = re.compile(r"(?=.*[\d./:#_@-])[^\s\"'<>]+")
_CONTENT = re.compile(r"""content\s*:\s*("[^"]*"|'[^']*')""")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")
_LETTER = re.compile(r"[^\W\d_]")
_JSON = frozenset([".geojson", ".json", ".jsonld", ".webmanifest"])
_IMAGES = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".webp")
_SILENT = frozenset([*_IMAGES, ".html", ".js", ".map", ".wasm", ".woff", ".woff2"])


def is_code(text: str) -> bool:
    """Whether a string of a data file is an address, a path, a hash, a date or a version, which nobody reads as a text."""
    return _CODE.fullmatch(text) is not None


def strings_of(file: Path) -> Iterator[str]:
    """What a data file, style sheet or piece of the search index says; nothing for pages, other scripts, fonts and images.

    The picture beside shared links says what it shows.
    """
    kind = file.suffix.lower()
    is_piece = kind == ".js" and file.parent.name == FOLDER
    if kind == ".png" and (card := read_card(file.read_bytes())):
        yield from (*card.texts, *card.span)
    if kind in _SILENT and not is_piece:
        return
    content = gzip.decompress(file.read_bytes()) if kind == ".gz" else file.read_bytes()
    text = content.decode("utf-8", errors="replace")
    try:
        if is_piece:
            yield from of_json(of_piece(text))
        elif kind in _JSON:
            yield from of_json(json.loads(text))
        elif kind == ".csv":
            yield from of_json(list(of_table(text)))
        elif kind in (".bib", ".ics"):
            lines = of_bibliography(text) if kind == ".bib" else of_calendar(text)
            yield from (found for line in lines if (found := collapse(line)))
        elif kind == ".css":
            yield from (found for found in map(_shown_by_css, _CONTENT.findall(text)) if _LETTER.search(found))
        elif text.lstrip().startswith("<"):
            yield from _of_xml(ElementTree.fromstring(content))
        else:
            yield from (word for line in text.splitlines() for word in _of_line(line))
    except (ValueError, ElementTree.ParseError):
        yield f"the whole of {file.name}, which cannot be read"


def _shown_by_css(literal: str) -> str:
    return collapse(_ESCAPE.sub("", literal[1:-1]))


def _of_line(line: str) -> list[str]:
    """A line of a text file whole, or where it is made of codes alone, those."""
    words = line.split()
    return words if all(map(is_code, words)) else [collapse(line)]


def of_json(value: object) -> list[str]:
    """Every string in a JSON value, and the keys that are more than one word; each once, sorted."""
    found: set[str] = set()
    rest = [value]
    while rest:
        inner = rest.pop()
        if isinstance(inner, str):
            found.add(inner)
        elif isinstance(inner, dict):
            rest += inner.values()
            found.update(key for key in inner if " " in key)
        elif isinstance(inner, list):
            rest += inner
    return sorted(set(map(collapse, found)) - {""})


def _of_xml(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        spoken = (element.text, element.tail, *(element.get(name) for name in ("title", "label", "term", "alt")))
        yield from (text for told in spoken if told and (text := collapse(told)))
