"""Converts a page of ours piece by piece: a raw HTML block that Markdown leaves as it is need not be read again.

A block is taken out only where it is written so strictly that Markdown's own reader keeps the whole of it as one block;
then what stands before and after it is converted in the same way whatever the block says.
"""

import re
from collections.abc import Callable, Iterable

from markdown.util import BLOCK_LEVEL_ELEMENTS

SAFE_EXTENSIONS = frozenset(["attr_list", "tables", "toc", "fenced_code"])  # extensions that do not look into raw HTML
_UNSAFE_SYNTAX = re.compile(r"[\x02\x03\t\r]|```|~~~|\n +\n")
_BLANK_LINE_RUN = re.compile(r"(\n{2,})")
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?: [a-zA-Z:-]+(?:="[^"<>`\n]*")?)* ?(/?)>""")
_HTML_ENTITY = re.compile(r"&(?:#[0-9]+|[a-zA-Z]+);")
_RAW_TEXT_ELEMENTS = frozenset(["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"])
_PLACEHOLDER_ELEMENT = re.compile(r'<div data-piece="(\d+)"></div>')


class MarkdownCache:
    """The raw HTML blocks that were looked at on one page, and whether Markdown leaves each as it is."""

    def __init__(self) -> None:
        self._opaque: dict[str, bool] = {}

    def convert(self, text: str, convert_markdown: Callable[[str], str]) -> str:
        """What `whole` makes of a text, with only what is not a block of raw HTML given to it."""
        before, self._opaque = self._opaque, {}
        taken: list[str] = []
        left: list[str] = []
        for piece in _BLANK_LINE_RUN.split(text.rstrip("\n")):
            if piece.startswith("<"):
                self._opaque[piece] = before[piece] if piece in before else is_opaque(piece)
            if not self._opaque.get(piece):
                left.append(piece)
            elif left[-1:] == ["\n\n"] and _PLACEHOLDER_ELEMENT.fullmatch(left[-2]):
                left.pop()
                taken[-1] += f"\n\n{piece}"
            else:
                left.append(f'<div data-piece="{len(taken)}"></div>')
                taken.append(piece)
        html = convert_markdown("".join(left))
        if [int(n) for n in _PLACEHOLDER_ELEMENT.findall(html)] != list(range(len(taken))):
            return convert_markdown(text)
        return _PLACEHOLDER_ELEMENT.sub(lambda found: taken[int(found[1])], html)


def is_opaque(piece: str) -> bool:
    """Whether a text between blank lines is one block-level element, with nothing in it that HTML readers may differ on.

    Every `<` begins a tag and every `&` a whole reference; the element ends with the text, not before.
    """
    tags = _TAG.findall(piece)
    end, name, alone = tags[0] if tags else ("", "", "")
    if end or alone or name == "hr" or name not in BLOCK_LEVEL_ELEMENTS:
        return False
    if not piece.startswith("<") or not piece.endswith(f"</{name}>"):
        return False
    if piece.count("<") != len(tags) or piece.count("&") != len(_HTML_ENTITY.findall(piece)) or _UNSAFE_SYNTAX.search(piece):
        return False
    return _is_single_element(tags)


def _is_single_element(tags: Iterable[tuple[str, str, str]]) -> bool:
    """Whether the first tag is closed by the last and by none before; what is never closed ends with what it stands in."""
    ended, inside = False, list[str]()
    for end, name, alone in tags:
        if ended or (inside and inside[-1] in _RAW_TEXT_ELEMENTS and (end, name) != ("/", inside[-1])):
            return False
        if not end:
            inside += [name] if not alone and name != "hr" else []
        elif name in inside:
            while inside.pop() != name:
                pass
            ended = not inside
    return ended


def has_safe_extensions(extensions: Iterable[str]) -> bool:
    """Whether a page can be converted piece by piece with these extensions of Markdown."""
    return SAFE_EXTENSIONS.issuperset(extensions)
