"""What the files of a built site say beside its pages: values of data, style sheets, feeds, the picture beside links."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from briefing.text.words import collapse
from briefing.verification.data_formats import of_bibliography, of_calendar

_CODE = re.compile(r"(?=.*[\d./:#_@-])[^\s\"'<>]+")
_CONTENT = re.compile(r"""content\s*:\s*("[^"]*"|'[^']*')""")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")
_LETTER = re.compile(r"[^\W\d_]")
_IMAGES = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".webp")
_SILENT = frozenset([*_IMAGES, ".html", ".js", ".map", ".wasm", ".woff", ".woff2"])


def is_code(text: str) -> bool:
    """Whether a string of a data file is an address, a path, a hash, a date or a version, which nobody reads as a text."""
    return _CODE.fullmatch(text) is not None


def strings_of(file: Path, card_texts: Callable[[bytes], tuple[str, ...] | None] = lambda png: None) -> Iterator[str]:
    """What a file says that is no page and holds no value; nothing for scripts, fonts and images.

    `card_texts` gives what a social card shows.
    """
    kind = file.suffix.lower()
    if kind == ".png":
        yield from card_texts(file.read_bytes()) or ()
    if kind in _SILENT:
        return
    try:
        content = gzip.decompress(file.read_bytes()) if kind == ".gz" else file.read_bytes()
        text = content.decode("utf-8", errors="replace")
        if kind in (".bib", ".ics"):
            lines = of_bibliography(text) if kind == ".bib" else of_calendar(text)
            yield from (found for line in lines if (found := collapse(line)))
        elif kind == ".css":
            yield from (found for found in map(_shown_by_css, _CONTENT.findall(text)) if _LETTER.search(found))
        elif text.lstrip().startswith("<"):
            yield from _of_xml(ElementTree.fromstring(content))
        else:
            yield from (word for line in text.splitlines() for word in _of_line(line))
    except (ValueError, OSError, EOFError, zlib.error, ElementTree.ParseError):
        yield f"the whole of {file.name}, which cannot be read"


def _shown_by_css(literal: str) -> str:
    return collapse(_ESCAPE.sub("", literal[1:-1]))


def _of_line(line: str) -> list[str]:
    """A line of a text file whole, or where it is made of codes alone, those."""
    words = line.split()
    return words if all(map(is_code, words)) else [collapse(line)]


def _of_xml(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        spoken = (element.text, element.tail, *(element.get(name) for name in ("title", "label", "term", "alt")))
        yield from (text for told in spoken if told and (text := collapse(told)))
