"""Reads an HTML page: all the text of its article in blocks, and its metadata.

It does not guess what is content, as extractors of readable text do: a dropped paragraph would make a silence look proven.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from briefing.diagnostics.problem import Problem
from briefing.sources.document import (
    Document,
    DocumentBlock,
    Metadatum,
    decode_document,
    document_from_blocks,
    document_problem,
)
from briefing.sources.encodings import declared_in_markup, encoding_name
from briefing.text.html_limits import parsing_obstacle
from briefing.text.words import collapse_whitespace, count_words

_SKIPPED_TAGS = re.compile(
    "script|style|noscript|template|head|title|nav|aside|form|button|select|textarea|input|dialog|menu|svg|math|iframe|object|"
    "embed|video|audio|canvas|picture|img|map|footer|-comment|-doctype"
)
_CODE_TAGS = re.compile("script|style|template|-comment|-doctype")
_INLINE_TAGS = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr"
)
_ROLES = {"h1": "headline", "figcaption": "caption", "caption": "caption"} | {f"h{n}": "subheading" for n in range(2, 7)}
_POSTS = re.compile(r"\b(twitter-tweet|instagram-media|bluesky-embed|mastodon-embed)\b")
_BYLINE = re.compile(r"\bbyline\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET_DECLARATION = re.compile(rb"<meta[^<>]+?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")

_MAX_METADATA = 20
_MAX_METADATUM_LENGTH = 2_000
_METAS = {
    "title": ("og:title", "dc.title", "citation_title"),
    "author": ("author", "article:author", "dc.creator", "citation_author"),
    "container-title": ("og:site_name", "application-name"),
    "publisher": ("publisher", "dc.publisher", "citation_publisher"),
    "issued": ("article:published_time", "date", "dc.date", "dc.date.issued", "citation_publication_date"),
    "rights": ("copyright", "dc.rights", "rights"),
}
_JSON_LD_KEYS = {
    "title": "headline",
    "author": "author",
    "publisher": "publisher",
    "issued": "datePublished",
    "rights": "license",
}


def read_html(path: str, content: bytes, encoding: str = "", declared_encoding: str = "") -> Document | Problem:
    """The text of a page's only article element, or its main element, or its body, with the roles of headings and captions."""
    found = _CHARSET_DECLARATION.search(content, 0, 4096)
    in_markup = declared_in_markup(found[1].decode("ascii")) if found else ""
    declared = declared_encoding if encoding_name(declared_encoding) else in_markup
    read = decode_document(path, content, encoding, declared)
    if isinstance(read, Problem):
        return read
    if obstacle := parsing_obstacle(read.text):
        help = "open it in a browser, save the text that it shows as a file, and add that file"
        return document_problem(path, f"this page {obstacle}", help)
    tree = _parse(read.text)
    root, root_name = _root(tree)
    blocks = _to_document_blocks(_element_blocks(root)) if root else []
    if not blocks:
        help = "if a browser shows text, save that text as a file, and add the file"
        return document_problem(path, "this page has no text in it", help)
    whole = count_words(" ".join(text for text, _ in _element_blocks(tree.body, _CODE_TAGS)) if tree.body else "")
    other = max(0, whole - sum(count_words(block.text) for block in blocks))
    notes = [
        f"Extracted from HTML: the text of the page's {root_name}.",
        f"Converted from {read.encoding}." if read.encoding else "",
        f"{other} words of the page are not in the seed: they are outside it, in navigation, asides or forms, or hidden."
        if other
        else "",
    ]
    return document_from_blocks(path, blocks, notes, tuple(_page_metadata(tree)), "html")


def _parse(html: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(html)
    except SelectolaxError as error:  # it parses every text for which it gets memory
        raise MemoryError from error


def _root(tree: LexborHTMLParser) -> tuple[LexborNode | None, str]:
    articles = list(_outermost(tree.root, "article")) if tree.root else []
    headed = [node for node in articles if node.css_first("h1")]
    for found in (headed, articles):
        if len(found) == 1:
            return found[0], "article element"
    main = tree.css_first("main, [role=main]")
    return (main, "main element") if main else (tree.body, "body")


def _outermost(root: LexborNode, tag: str) -> Iterator[LexborNode]:
    """The elements of a name that are not within another of that name, in order."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag == tag:
            yield node
        else:
            stack += reversed(list(node.iter()))


class _BlockWriter:
    """Collects the text of blocks one by one. A block has a role if all its text has that role."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.pieces: list[str] = []
        self.roles: set[str] = set()

    def write(self, text: str, role: str) -> None:
        self.pieces.append(text)
        if text.strip():
            self.roles.add(role)

    def end(self) -> None:
        joined = re.sub(r" ?\n ?", "\n", _SPACES_BUT_BREAKS.sub(" ", "".join(self.pieces)))
        parts = [part.strip(" \n") for part in re.split(r"\n{2,}", joined)]
        role = next(iter(self.roles)) if len(self.roles) == 1 else ""
        self.blocks += [(part, role) for part in parts if part.strip()]
        self.pieces, self.roles = [], set()


_SPACES_BUT_BREAKS = re.compile(r"[ \t\r\f]+")


def _element_blocks(root: LexborNode, skipped: "re.Pattern[str]" = _SKIPPED_TAGS) -> list[tuple[str, str]]:
    """The text of an element as blocks, each with its role. The walk uses a stack, not recursion, so depth is no limit."""
    writer = _BlockWriter()
    stack: list[tuple[LexborNode, str, bool, bool]] = [(root, "", False, False)]
    while stack:
        node, role, is_preformatted, leaving = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            writer.write(text.replace("\r\n", "\n") if is_preformatted else _SPACE.sub(" ", text), role)
        elif leaving:
            writer.write("”", role) if tag == "q" else writer.end()
        elif tag == "br":
            writer.write("\n", role)
        elif not skipped.fullmatch(tag):
            attributes = node.attributes
            if skipped is _SKIPPED_TAGS and node is not root and _is_hidden(attributes):
                continue
            role = _role(tag, attributes) or role
            is_inline = _INLINE_TAGS.fullmatch(tag) is not None
            if tag == "q":
                writer.write("“", role)
            elif not is_inline:
                writer.end()
            if tag == "q" or not is_inline:
                stack.append((node, role, is_preformatted, True))
            stack += [
                (child, role, is_preformatted or tag == "pre", False) for child in reversed(list(node.iter(include_text=True)))
            ]
    writer.end()
    return writer.blocks


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    is_styled_away = bool(_HIDDEN.search(attributes.get("style") or ""))
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or is_styled_away


def _role(tag: str, attributes: Mapping[str, str | None]) -> str:
    css_class = attributes.get("class") or ""
    if _POSTS.search(css_class):
        return "embedded post"
    if "author" in (attributes.get("rel"), attributes.get("itemprop")) or _BYLINE.search(css_class):
        return "byline"
    return "dateline" if tag == "time" else _ROLES.get(tag, "")


def _to_document_blocks(blocks: list[tuple[str, str]]) -> list[DocumentBlock]:
    """The blocks; where there are several headlines, all but the first become subheadings."""
    first = next((number for number, (_, role) in enumerate(blocks) if role == "headline"), 0)
    return [
        DocumentBlock(text, "subheading" if role == "headline" and number != first else role)
        for number, (text, role) in enumerate(blocks)
    ]


def _page_metadata(tree: LexborHTMLParser) -> Iterator[Metadatum]:
    """The metadata of a page, the most deliberate first, and of each part the first `_MAX_METADATA` different ones."""
    counts: Counter[str] = Counter()
    for one in dict.fromkeys(_all_metadata(tree)):
        counts[one.part] += 1
        if counts[one.part] <= _MAX_METADATA:
            yield replace(one, words=one.words[:_MAX_METADATUM_LENGTH])


def _all_metadata(tree: LexborHTMLParser) -> Iterator[Metadatum]:
    """The metadata of a page: of JSON-LD, of meta elements, then of other elements."""
    for node in tree.css('script[type="application/ld+json"]'):
        yield from _json_ld_metadata(node.text() or "")
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").lower()
        for part, names in _METAS.items():
            if name in names:
                yield from _metadatum(part, node.attributes.get("content"), f"the page's metadata ({name})")
    for selector, part, origin in (("h1", "title", "the page's headline"), ("title", "title", "the page's title element")):
        if found := tree.css_first(selector):
            yield from _metadatum(part, found.text(), origin)
    for node in tree.css("time[datetime]"):
        yield Metadatum(
            "time", node.attributes.get("datetime") or "", "a time element of the page", collapse_whitespace(node.text())
        )
    for selector, part in (("link[rel=canonical]", "url"), ("link[rel=license], a[rel=license]", "rights")):
        if found := tree.css_first(selector):
            yield from _metadatum(part, found.attributes.get("href"), f"the page's link ({found.attributes.get('rel')})")
    if found := tree.css_first("html[lang]"):
        yield from _metadatum("language", found.attributes.get("lang"), "the page's lang attribute")


def _metadatum(part: str, words: Any, origin: str) -> Iterator[Metadatum]:
    if isinstance(words, str) and (text := collapse_whitespace(words)):
        yield Metadatum(part, text, origin)


def _json_ld_metadata(text: str) -> Iterator[Metadatum]:
    """The metadata in JSON-LD, from its objects with a headline, at the top or in `@graph`."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    top = found if isinstance(found, list) else [found]
    graphs = [each for one in top if isinstance(one, dict) and isinstance(one.get("@graph"), list) for each in one["@graph"]]
    for one in (*top, *graphs):
        if isinstance(one, dict) and "headline" in one:
            for part, key in _JSON_LD_KEYS.items():
                for value in one[key] if isinstance(one.get(key), list) else [one.get(key)]:
                    words = value.get("name") if isinstance(value, dict) else value
                    yield from _metadatum(part, words, f"the page's linked data ({key})")
