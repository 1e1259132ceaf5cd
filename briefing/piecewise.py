"""Converts a page of ours piece by piece: a raw HTML block that Markdown leaves as it is need not be read again.

A block is taken out only where Markdown's own reader, from a fresh start, keeps the whole of it as one block; then what
stands before and after it is converted in the same way whatever the block says.
"""

import re
from collections.abc import Callable, Iterable

from markdown import Markdown
from markdown.htmlparser import HTMLExtractor

KNOWN = frozenset(["attr_list", "tables", "toc", "fenced_code"])  # extensions that do not look into raw HTML
_UNSURE = re.compile(r"[\x02\x03\t\r]|```|~~~")
_BLANK = re.compile(r"(\n{2,})")
_TAKEN = re.compile(r'<div data-piece="(\d+)"></div>')


class Pieces:
    """The raw HTML blocks that were looked at on one page, and whether Markdown leaves each as it is."""

    def __init__(self) -> None:
        self._opaque: dict[str, bool] = {}

    def convert(self, text: str, whole: Callable[[str], str]) -> str:
        """What `whole` makes of a text, with only what is not a block of raw HTML given to it."""
        before, self._opaque = self._opaque, {}
        taken: list[str] = []
        left: list[str] = []
        for piece in _BLANK.split(text):
            if piece.startswith("<"):
                self._opaque[piece] = before[piece] if piece in before else is_opaque(piece)
            if self._opaque.get(piece):
                left.append(f'<div data-piece="{len(taken)}"></div>')
                taken.append(piece)
            else:
                left.append(piece)
        html = whole("".join(left))
        if [int(n) for n in _TAKEN.findall(html)] != list(range(len(taken))):
            return whole(text)
        return _TAKEN.sub(lambda found: taken[int(found[1])], html)


def is_opaque(piece: str) -> bool:
    """Whether Markdown keeps a text between blank lines as one block of raw HTML, every character of it."""
    md = Markdown()
    parser = HTMLExtractor(md)
    parser.feed(f"{piece}\n\n")
    parser.close()
    first = re.match(r"<([^ >]+)", piece)
    whole = md.htmlStash.rawHtmlBlocks == [f"{piece}\n"]
    return whole and not _UNSURE.search(piece) and first is not None and md.is_block_level(first[1])


def is_known(extensions: Iterable[str]) -> bool:
    """Whether a page can be converted piece by piece with these extensions of Markdown."""
    return KNOWN.issuperset(extensions)
