"""Converts the Markdown of a generated page without its blocks of raw HTML, which Markdown would copy unchanged.

A block is taken out only where its syntax is so strict that Markdown's own parser treats it as one block of raw HTML; then the
text before and after it converts in the same way whatever the block contains.
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
    """Remembers for each raw HTML block of one page whether Markdown copies it unchanged."""

    def __init__(self) -> None:
        self._opaque: dict[str, bool] = {}

    def convert(self, text: str, convert_markdown: Callable[[str], str]) -> str:
        """What `convert_markdown` makes of a text, called only with what is not a block of raw HTML."""
        before, self._opaque = self._opaque, {}
        blocks: list[str] = []
        rest: list[str] = []
        for piece in _BLANK_LINE_RUN.split(text.rstrip("\n")):
            if piece.startswith("<"):
                self._opaque[piece] = before[piece] if piece in before else is_opaque(piece)
            if not self._opaque.get(piece):
                rest.append(piece)
            elif rest[-1:] == ["\n\n"] and _PLACEHOLDER_ELEMENT.fullmatch(rest[-2]):
                rest.pop()
                blocks[-1] += f"\n\n{piece}"
            else:
                rest.append(f'<div data-piece="{len(blocks)}"></div>')
                blocks.append(piece)
        html = convert_markdown("".join(rest))
        if [int(n) for n in _PLACEHOLDER_ELEMENT.findall(html)] != list(range(len(blocks))):
            return convert_markdown(text)
        return _PLACEHOLDER_ELEMENT.sub(lambda found: blocks[int(found[1])], html)


def is_opaque(piece: str) -> bool:
    """Whether a text between blank lines is one block-level element that every HTML parser reads alike.

    Every `<` begins a tag and every `&` a complete reference; the element ends where the text ends, and not before.
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
    """Whether the first tag is closed by the last tag and by no other; an unclosed element ends with its parent."""
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
    """Whether all of these Markdown extensions ignore raw HTML, so that its blocks can be taken out."""
    return SAFE_EXTENSIONS.issuperset(extensions)
