"""Reads a built site back: what its pages say, quote and link to, held against the ledger and the seeds."""

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from briefing.problem import Mark, Origin, Problem
from briefing.words import collapse, is_edge, normal_with_offsets

RULE = "page-is-cited"
AROUND = 80  # characters before and after a quote that are looked at to see whether it cuts a word
_BLANK = re.compile(r"\n[^\S\n]*\n")
_TAG = re.compile(r"<[^>]*>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


@dataclass
class Page:
    """One built page: its ids, each claim by its fact's id, each quote by the id of the element it stands in, its links."""

    ids: set[str] = field(default_factory=set)
    claims: list[tuple[str, str]] = field(default_factory=list)
    quotes: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._ids: list[tuple[str, str]] = []
        self._texts: dict[int, tuple[list[tuple[str, str]], str, list[str]]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in ("a", "link") and told.get("href"):
            self.page.links.append(told["href"])
        if "id" in told:
            self.page.ids.add(told["id"])
        if tag in _VOID:
            return
        self._ids.append((tag, told.get("id", "")))
        if "data-claim" in told:
            self._texts[len(self._ids)] = (self.page.claims, told["data-claim"], [])
        elif tag == "q" and told.get("class") == "quote":
            inside = next((id for _, id in reversed(self._ids) if id), "")
            self._texts[len(self._ids)] = (self.page.quotes, inside, [])

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self._ids):
            return
        name = ""
        while name != tag:
            if kept := self._texts.pop(len(self._ids), None):
                kept[0].append((kept[1], "".join(kept[2])))
            name, _ = self._ids.pop()

    def handle_data(self, data: str) -> None:
        for _, _, pieces in self._texts.values():
            pieces.append(data)


def read_page(html: str) -> Page:
    """What a built page claims, quotes and links to, and the places on it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


def check_site(site: Path, seeds: Path) -> list[Problem]:
    """Checks a built site against the seeds alone: the ledger, every claim and quote in its pages and search, every link."""
    try:
        ledger = json.loads((site / "ledger.json").read_text("utf-8"))
        texts = {source["id"]: _seed(seeds, source) for source in ledger["sources"]}
        facts = [LedgerFact.of(entry) for entry in ledger["facts"]]
    except (OSError, ValueError, KeyError, TypeError):
        return [_wrong(site, "ledger.json", "this site has no ledger that can be read")]
    pages = {path.relative_to(site).as_posix(): read_page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    found = [
        _wrong(site, "ledger.json", f"the seed of `{key}` is not the one that was quoted")
        for key, t in texts.items()
        if t is None
    ]
    for fact in facts:
        found += [_wrong(site, *wrong, fact.id) for wrong in _fact_problems(pages, texts, fact)]
    found += [_wrong(site, *wrong) for wrong in _unknown(pages, facts)]
    found += [_wrong(site, *wrong) for path, page in pages.items() for wrong in _link_problems(site, pages, path, page)]
    return found + [_wrong(site, *wrong) for wrong in _search_problems(site, facts)]


@dataclass(frozen=True)
class LedgerFact:
    """An entry of a ledger: the page and the id that a claim stands under, and its quotes."""

    id: str
    kind: str
    claim: str
    path: str
    quotes: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, entry: dict[str, Any]) -> "LedgerFact":
        """Reads an entry; raises KeyError or TypeError where it is not one."""
        address = str(entry["page"]).partition("#")[0]
        path = address + "index.html" if address.endswith("/") or not address else address
        return cls(entry["id"], entry["kind"], entry["claim"], path, tuple(entry["quotes"]))


def _seed(seeds: Path, source: dict[str, Any]) -> str | None:
    """The text of a source's seed, if it is, byte for byte, the one that the ledger pins."""
    path = seeds / Path(str(source["seed"])).name
    content = path.read_bytes() if path.is_file() else b""
    return content.decode("utf-8") if hashlib.sha256(content).hexdigest() == source["sha256"] else None


def _wrong(site: Path, path: str, message: str, fact: str = "") -> Problem:
    return Problem(RULE, Mark(Origin(f"{site.name}/{path}")), message, "build the site again", fact=fact)


def _fact_problems(pages: dict[str, Page], texts: dict[str, str | None], fact: LedgerFact) -> Iterator[tuple[str, str]]:
    page = pages.get(fact.path, Page())
    if fact.id not in page.ids or (fact.id, fact.claim) not in page.claims:
        yield fact.path, f"the claim of `{fact.id}` does not stand here as it was checked"
    beside = dict(page.quotes)
    for number, quote in enumerate(fact.quotes, 1):
        text = texts.get(quote["source"])
        if text is not None and not _stands(text, quote):
            yield "ledger.json", f"a quote of `{fact.id}` is not what its seed says"
        if fact.kind != "overview" and beside.get(f"{fact.id}.{number}") != quote["exact"]:
            yield fact.path, f"quote {number} of `{fact.id}` does not stand here as its seed says"


def _stands(text: str, quote: dict[str, Any]) -> bool:
    """Whether a quote is its seed's own words at its offsets, from the edge of a word to the edge of a word."""
    start, end = quote["start"], quote["end"]
    if not 0 <= start < end <= len(text) or collapse(text[start:end]) != quote["exact"]:
        return False
    before = _BLANK.split(text[max(0, start - AROUND) : start])[-1]
    after = _BLANK.split(text[end : end + AROUND])[0]
    around = normal_with_offsets(before + text[start:end] + after)
    first, last = bisect_left(around.starts, len(before)), bisect_left(around.starts, len(before) + end - start)
    return is_edge(around.text, first) and is_edge(around.text, last)


def _unknown(pages: dict[str, Page], facts: list[LedgerFact]) -> Iterator[tuple[str, str]]:
    quotes = {quote["exact"] for fact in facts for quote in fact.quotes}
    claims = {(fact.id, fact.claim) for fact in facts}
    for path, page in pages.items():
        yield from ((path, f"this quote is in no fact: {text}") for _, text in page.quotes if text not in quotes)
        yield from ((path, f"this is no claim of `{key}`: {text}") for key, text in page.claims if (key, text) not in claims)


def _search_problems(site: Path, facts: list[LedgerFact]) -> Iterator[tuple[str, str]]:
    """Each quote of a fact that is a place of its own in the search index stands there as it is."""
    index = site / "search" / "search_index.json"
    if not index.is_file():
        return
    try:
        entries = json.loads(index.read_text("utf-8"))["docs"]
        told = {entry["location"]: collapse(unescape(_TAG.sub(" ", f"{entry['title']} {entry['text']}"))) for entry in entries}
    except (ValueError, KeyError, TypeError):
        yield "search/search_index.json", "this search index cannot be read"
        return
    for fact in facts:
        location = f"{fact.path.removesuffix('index.html')}#{fact.id}"
        for words in (fact.claim, *(quote["exact"] for quote in fact.quotes)) if location in told else ():
            if words not in told[location]:
                yield "search/search_index.json", f"these words of `{fact.id}` are not what was checked: {words}"


def _link_problems(site: Path, pages: dict[str, Page], path: str, page: Page) -> Iterator[tuple[str, str]]:
    root = "http://site.invalid/"
    for link in dict.fromkeys(page.links):
        target, anchor = urldefrag(urljoin(root + path, link))
        if path == "404.html" or not target.startswith(root):
            continue
        goal = unquote(urlsplit(target).path).lstrip("/")
        goal = goal + "index.html" if not goal or goal.endswith("/") else goal
        if not (site / goal).is_file():
            yield path, f"this link leads nowhere: {link}"
        elif anchor and goal in pages and unquote(anchor) not in pages[goal].ids:
            yield path, f"this link's place is not on its page: {link}"
