"""What the files of a built site say beside its pages: values of data, style sheets, feeds, the picture beside links."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from briefing.text.words import collapse_whitespace
from briefing.verification.data_formats import bibliography_texts, calendar_texts

_CODE_STRING = re.compile(r"(?=.*[\d./:#_@-])[^\s\"'<>]+")
_CSS_CONTENT = re.compile(r"""content\s*:\s*("[^"]*"|'[^']*')""")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")
_ANY_LETTER = re.compile(r"[^\W\d_]")
_IMAGES = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".webp")
_TEXTLESS_SUFFIXES = frozenset([*_IMAGES, ".html", ".js", ".map", ".wasm", ".woff", ".woff2"])


def is_code(text: str) -> bool:
    """Whether a string of a data file is an address, a path, a hash, a date or a version, which nobody reads as a text."""
    return _CODE_STRING.fullmatch(text) is not None


def file_texts(file: Path, card_texts: Callable[[bytes], tuple[str, ...] | None] = lambda png: None) -> Iterator[str]:
    """What a file says that is no page and holds no value; nothing for scripts, fonts and images.

    `card_texts` gives what a social card shows.
    """
    kind = file.suffix.lower()
    if kind == ".png":
        yield from card_texts(file.read_bytes()) or ()
    if kind in _TEXTLESS_SUFFIXES:
        return
    try:
        content = gzip.decompress(file.read_bytes()) if kind == ".gz" else file.read_bytes()
        text = content.decode("utf-8", errors="replace")
        if kind in (".bib", ".ics"):
            lines = bibliography_texts(text) if kind == ".bib" else calendar_texts(text)
            yield from (found for line in lines if (found := collapse_whitespace(line)))
        elif kind == ".css":
            yield from (found for found in map(_css_text, _CSS_CONTENT.findall(text)) if _ANY_LETTER.search(found))
        elif text.lstrip().startswith("<"):
            yield from _xml_texts(ElementTree.fromstring(content))
        else:
            yield from (word for line in text.splitlines() for word in _line_texts(line))
    except (ValueError, OSError, EOFError, zlib.error, ElementTree.ParseError):
        yield f"the whole of {file.name}, which cannot be read"


def _css_text(literal: str) -> str:
    return collapse_whitespace(_ESCAPE.sub("", literal[1:-1]))


def _line_texts(line: str) -> list[str]:
    """A line of a text file whole, or where it is made of codes alone, those."""
    words = line.split()
    return words if all(map(is_code, words)) else [collapse_whitespace(line)]


def _xml_texts(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        spoken = (element.text, element.tail, *(element.get(name) for name in ("title", "label", "term", "alt")))
        yield from (text for told in spoken if told and (text := collapse_whitespace(told)))
