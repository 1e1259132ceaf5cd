"""Reads a built page: everything on it that a person can read, the places on it, its links, claims and quotes.

The parser is lexbor, which builds the tree that browsers build, so that nothing is read differently here and there.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefing.model.open_graph import MACHINE
from briefing.text.words import MOST_KEPT, collapse
from briefing.verification.json_walk import Walked, walk

_SILENT = "script,style,title"
_CLOSED = frozenset(["embed", "frame", "iframe", "object", "template"])
_ARIA = ("braillelabel", "description", "label", "placeholder", "roledescription", "valuetext")
_READ = frozenset(["abbr", "alt", "label", "placeholder", "summary", "title", *(f"aria-{name}" for name in _ARIA)])
_TOLD = ",".join(f"[{name}]" for name in sorted(_READ))
_READ_ELEMENTS = ",".join(sorted(_CLOSED | {"blockquote", "input", "li[id][value]", "meta", "q", "script"}))
_SAID_TO_MACHINES = frozenset(["", "viewport", "generator", "theme-color", "color-scheme", "robots", "referrer"])
_UNREAD_VALUES = frozenset(["checkbox", "hidden", "radio"])
_LINKED = "application/ld+json"
_PARAGRAPH = re.compile(r"p\d+")


@dataclass
class Page:
    """One built page.

    `texts` are its texts in order, without paragraphs that are shown whole, which are `wholes`; `told` its title,
    description and what is told of images and buttons. A claim stands under its fact's id, a quote under the id of the
    element it stands in, a paragraph that is shown whole under its own. `marks` are where each citation leads and its
    number, `numbers` the numbers of the notes. `closed` are elements of which nobody can say what they show. `linked` is
    what is told to machines, `shared` what is told to them of a link to the page, apart from texts.
    """

    texts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    claims: list[tuple[str, str]] = field(default_factory=list)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    wholes: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    standing: list[tuple[str, str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    linked: list[Walked] = field(default_factory=list)
    shared: list[tuple[str, str]] = field(default_factory=list)


def read_page(html: str) -> Page:
    """What a built page says, quotes and links to, and the places on it."""
    page = Page()
    tree = LexborHTMLParser(html)
    if tree.root is None:
        return page
    page.ids = {node.id or "" for node in tree.css("[id]")}
    for node in tree.css("a,link"):
        _read_link(page, node, node.attributes)
    for node in tree.css(_READ_ELEMENTS):
        _read_element(page, node, node.tag or "", node.attributes)
    for node in tree.css(_TOLD):
        page.told += (text for name, told in node.attributes.items() if name in _READ and (text := collapse(told or "")))
    page.claims += ((node.attributes["data-claim"] or "", node.text(deep=True)) for node in tree.css("[data-claim]"))
    page.told += (text for node in tree.css("title") for text in _texts(node))
    for node in (*tree.css(_SILENT), *filter(_is_whole, tree.css("blockquote"))):
        node.decompose()
    page.texts += _texts(tree.root)
    return page


def _texts(node: LexborNode) -> Iterator[str]:
    """The texts within an element, each as it is read; no text of a page holds the character that parts them here."""
    return filter(None, map(_text, node.text(deep=True, separator="\0").split("\0")))


@lru_cache(maxsize=MOST_KEPT)
def _text(text: str) -> str:
    """A text as it is read; the pages of a site share most of theirs."""
    return collapse(text)


def _read_element(page: Page, node: LexborNode, tag: str, told: dict[str, str | None]) -> None:
    id = told.get("id")
    if tag in _CLOSED:
        page.closed.append(tag)
    elif tag == "meta" and (name := told.get("property") or told.get("name") or "") in MACHINE:
        page.shared.append((name, told.get("content") or ""))
    elif tag == "meta" and (told.get("name") or told.get("property") or "") not in _SAID_TO_MACHINES:
        page.told.append(collapse(told.get("content") or ""))
    elif tag == "input" and told.get("value") and told.get("type") not in _UNREAD_VALUES:
        page.told.append(collapse(told["value"] or ""))
    elif tag == "script" and id == "__config":
        page.told += _translations(node.text(deep=True))
    elif tag == "script" and (told.get("type") or "").strip().lower() == _LINKED:
        page.linked.append(_linked(node.text(deep=True)))
    elif tag == "li" and id and told.get("value"):
        page.numbers[id] = told["value"] or ""
    elif tag == "q" and told.get("class") == "quote":
        page.quotes.append((_inside(node), node.text(deep=True)))
    elif tag == "blockquote" and _is_whole(node):
        page.wholes.append((_inside(node), collapse(node.text(deep=True))))


def _is_whole(quotation: LexborNode) -> bool:
    """Whether a block of quoted words is a paragraph of a source that is shown whole."""
    return _PARAGRAPH.fullmatch(_inside(quotation)) is not None


def _read_link(page: Page, node: LexborNode, told: dict[str, str | None]) -> None:
    link = told.get("href")
    if not link:
        return
    page.links.append(link)
    kind = told.get("class")
    if kind == "source":
        page.standing.append((_inside(node), link, collapse(node.text(deep=True))))
    elif kind == "mark":
        page.marks.append((link, collapse(node.text(deep=True))))


def _inside(node: LexborNode) -> str:
    """The id of the element that a node stands in."""
    outer = node.parent
    while outer is not None and not outer.id:
        outer = outer.parent
    return (outer.id or "") if outer is not None else ""


def _linked(text: str) -> Walked:
    """What a block of linked data says; the block as a text where it cannot be read."""
    try:
        return walk(json.loads(text))
    except (ValueError, RecursionError):
        return walk(f"{text} (which cannot be read)")


def _translations(config: str) -> Iterator[str]:
    """What the theme's script says, by the page's own settings for it."""
    try:
        told = json.loads(config).get("translations", {}).values()
    except (ValueError, AttributeError):
        yield config
        return
    yield from (collapse(str(text)) for text in told)
