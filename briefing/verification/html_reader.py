"""Reads a built page: every text that a person can read, its ids, links, claims and quotes.

The parser is lexbor, which builds the same tree as browsers.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefing.model.open_graph import MACHINE_PROPERTIES
from briefing.text.html_limits import parsing_obstacle
from briefing.text.words import CACHE_SIZE, collapse_whitespace
from briefing.verification.active_content import DATA_SCRIPT, ActiveContent, read_active_content, read_link
from briefing.verification.data_formats import JsonContent, walk_json

_UNREAD_ELEMENTS = "script,style,title"
_OPAQUE_ELEMENTS = frozenset(["embed", "frame", "iframe", "object", "template"])
_ARIA = ("braillelabel", "description", "label", "placeholder", "roledescription", "valuetext")
_TEXT_ATTRIBUTES = frozenset(["abbr", "alt", "label", "placeholder", "summary", "title", *(f"aria-{name}" for name in _ARIA)])
_TEXT_ATTRIBUTE_SELECTOR = ",".join(f"[{name}]" for name in sorted(_TEXT_ATTRIBUTES))
_READ_ELEMENT_SELECTOR = ",".join(sorted(_OPAQUE_ELEMENTS | {"blockquote", "input", "li[id][value]", "meta", "q", "script"}))
_NESTED_QUOTATIONS = "[data-claim] [data-claim], q q q, blockquote blockquote blockquote blockquote"
_MACHINE_META_NAMES = frozenset(["", "viewport", "generator", "theme-color", "color-scheme", "robots", "referrer"])
_UNREAD_VALUES = frozenset(["checkbox", "hidden", "radio"])
_PARAGRAPH = re.compile(r"p\d+")


@dataclass
class BuiltPage:
    """One built page.

    `texts` are its texts in order, without source paragraphs shown in full, which are in `full_paragraphs`.
    `attribute_texts` are the title, the description, and texts in attributes. `claims` are pairs of fact id and text,
    `quotes` and `full_paragraphs` pairs of the id of the enclosing element and text. `citations` are pairs of target and
    number, `note_numbers` the numbers of the notes by id, `locators` triples of enclosing id, target and text.
    `opaque_elements` are the tags of elements whose content cannot be checked, such as `template`. `active` is what the
    page loads and runs. `open_graph` are metadata properties without readable text.
    """

    texts: list[str] = field(default_factory=list)
    attribute_texts: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    claims: list[tuple[str, str]] = field(default_factory=list)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    full_paragraphs: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    citations: list[tuple[str, str]] = field(default_factory=list)
    note_numbers: dict[str, str] = field(default_factory=dict)
    locators: list[tuple[str, str, str]] = field(default_factory=list)
    opaque_elements: list[str] = field(default_factory=list)
    active: ActiveContent = field(default_factory=ActiveContent)
    json_ld: list[JsonContent] = field(default_factory=list)
    open_graph: list[tuple[str, str]] = field(default_factory=list)


def read_page(html: str) -> BuiltPage:
    """Parses a built page. One that would take too long to read becomes a text that says so, and so a problem."""
    if obstacle := parsing_obstacle(html, strict=True):
        return BuiltPage(texts=[f"this page {obstacle}"])
    page = BuiltPage()
    tree = LexborHTMLParser(html)
    if tree.root is None:
        return page
    if tree.css_first(_NESTED_QUOTATIONS) is not None:
        return BuiltPage(texts=["this page has claims or quotations within one another"])
    page.active = read_active_content(tree, html)
    page.ids = {node.id or "" for node in tree.css("[id]")}
    for node in tree.css("a,area,link"):
        _read_link(page, node, node.attributes)
    for node in tree.css(_READ_ELEMENT_SELECTOR):
        _read_element(page, node, node.tag or "", node.attributes)
    for node in tree.css(_TEXT_ATTRIBUTE_SELECTOR):
        page.attribute_texts += (
            text
            for name, value in node.attributes.items()
            if name in _TEXT_ATTRIBUTES and (text := collapse_whitespace(value or ""))
        )
    page.claims += ((node.attributes["data-claim"] or "", node.text(deep=True)) for node in tree.css("[data-claim]"))
    page.attribute_texts += (text for node in tree.css("title") for text in _element_texts(node))
    for node in (*tree.css(_UNREAD_ELEMENTS), *filter(_is_full_paragraph, tree.css("blockquote"))):
        node.decompose()
    page.texts += _element_texts(tree.root)
    return page


def _element_texts(node: LexborNode) -> Iterator[str]:
    """The texts within an element, white space collapsed. They are split at NUL, which no HTML text can contain."""
    return filter(None, map(_collapsed, node.text(deep=True, separator="\0").split("\0")))


@lru_cache(maxsize=CACHE_SIZE)
def _collapsed(text: str) -> str:
    """A text with white space collapsed; cached, because the pages of a site share most texts."""
    return collapse_whitespace(text)


def _read_element(page: BuiltPage, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
    id = attributes.get("id")
    if tag in _OPAQUE_ELEMENTS:
        page.opaque_elements.append(tag)
    elif tag == "meta" and (name := attributes.get("property") or attributes.get("name") or "") in MACHINE_PROPERTIES:
        page.open_graph.append((name, attributes.get("content") or ""))
    elif tag == "meta" and (attributes.get("name") or attributes.get("property") or "") not in _MACHINE_META_NAMES:
        page.attribute_texts.append(collapse_whitespace(attributes.get("content") or ""))
    elif tag == "input" and attributes.get("value") and attributes.get("type") not in _UNREAD_VALUES:
        page.attribute_texts.append(collapse_whitespace(attributes["value"] or ""))
    elif tag == "script" and id == "__config":
        page.attribute_texts += _translations(node.text(deep=True))
    elif tag == "script" and (attributes.get("type") or "").strip().lower() == DATA_SCRIPT:
        page.json_ld.append(_read_json_ld(node.text(deep=True)))
    elif tag == "li" and id and attributes.get("value"):
        page.note_numbers[id] = attributes["value"] or ""
    elif tag == "q" and attributes.get("class") == "quote":
        page.quotes.append((_enclosing_id(node), node.text(deep=True)))
    elif tag == "blockquote" and _is_full_paragraph(node):
        page.full_paragraphs.append((_enclosing_id(node), collapse_whitespace(node.text(deep=True))))


def _is_full_paragraph(quotation: LexborNode) -> bool:
    """Whether a block quotation is a source paragraph shown in full."""
    return _PARAGRAPH.fullmatch(_enclosing_id(quotation)) is not None


def _read_link(page: BuiltPage, node: LexborNode, attributes: dict[str, str | None]) -> None:
    link = attributes.get("href") or attributes.get("xlink:href")
    if not link:
        return
    page.links.append(link)
    if ":" in link or "//" in link or "\\" in link:
        read_link(page.active, node, link)
    kind = attributes.get("class")
    if kind == "source":
        page.locators.append((_enclosing_id(node), link, collapse_whitespace(node.text(deep=True))))
    elif kind == "mark":
        page.citations.append((link, collapse_whitespace(node.text(deep=True))))


def _enclosing_id(node: LexborNode) -> str:
    """The id of the nearest ancestor that has one."""
    outer = node.parent
    while outer is not None and not outer.id:
        outer = outer.parent
    return (outer.id or "") if outer is not None else ""


def _read_json_ld(text: str) -> JsonContent:
    """The content of a JSON-LD block; if it cannot be parsed, the whole block as a text."""
    try:
        return walk_json(json.loads(text))
    except (ValueError, RecursionError):
        return walk_json(f"{text} (cannot be read)")


def _translations(config: str) -> Iterator[str]:
    """The texts that the script of the theme shows, from its configuration in the page."""
    try:
        translations = json.loads(config).get("translations", {}).values()
    except (ValueError, AttributeError, RecursionError):
        yield config
        return
    yield from (collapse_whitespace(str(text)) for text in translations)
