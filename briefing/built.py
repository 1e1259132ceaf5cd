"""Reads a built site back: what its pages say, quote and link to, held against the ledger and the seeds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from briefing.dossier import Dossier
from briefing.problem import Mark, Origin, Problem
from briefing.words import collapse

RULE = "page-is-cited"
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


def check_site(site: Path, dossier: Dossier, expected_ledger: str) -> list[Problem]:
    """Every claim of the ledger on its page, every quote beside it equal to its seed, every quote known, every link landing."""
    found = site / "ledger.json"
    if not found.is_file() or found.read_text("utf-8") != expected_ledger:
        return [_wrong(site, found, "this is not the ledger of these facts")]
    pages = {path.relative_to(site).as_posix(): read_page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    ledger = json.loads(expected_ledger)
    problems = [problem for fact in ledger["facts"] for problem in _fact_problems(site, pages, dossier, fact)]
    known = {quote["exact"] for fact in ledger["facts"] for quote in fact["quotes"]}
    claims = {(fact["id"], fact["claim"]) for fact in ledger["facts"]}
    for path, page in pages.items():
        problems += [_wrong(site, site / path, f"this quote is in no fact: {q}") for _, q in page.quotes if q not in known]
        problems += [
            _wrong(site, site / path, f"this is no claim of `{key}`: {c}", key)
            for key, c in page.claims
            if (key, c) not in claims
        ]
        problems += _link_problems(site, pages, path, page)
    return problems


def _wrong(site: Path, path: Path, message: str, fact: str = "") -> Problem:
    return Problem(RULE, Mark(Origin(path.relative_to(site.parent).as_posix())), message, "build the site again", fact=fact)


def _fact_problems(site: Path, pages: dict[str, Page], dossier: Dossier, fact: dict[str, Any]) -> Iterator[Problem]:
    address, _, key = fact["page"].partition("#")
    path = address + "index.html" if address.endswith("/") or not address else address
    page = pages.get(path, Page())
    if key not in page.ids or (key, fact["claim"]) not in page.claims:
        yield _wrong(site, site / path, f"the claim of `{key}` does not stand here as it was checked", key)
    beside = dict(page.quotes)
    for number, quote in enumerate(fact["quotes"], 1):
        seed = dossier.sources[quote["source"]].text
        if collapse(seed[quote["start"] : quote["end"]]) != quote["exact"]:
            yield _wrong(site, site / "ledger.json", f"a quote of `{key}` is not what its seed says", key)
        if fact["kind"] != "overview" and beside.get(f"{key}.{number}") != quote["exact"]:
            yield _wrong(site, site / path, f"quote {number} of `{key}` does not stand here as its seed says", key)


def _link_problems(site: Path, pages: dict[str, Page], path: str, page: Page) -> Iterator[Problem]:
    root = "http://site.invalid/"
    for link in dict.fromkeys(page.links):
        target, anchor = urldefrag(urljoin(root + path, link))
        if path == "404.html" or not target.startswith(root):
            continue
        goal = unquote(urlsplit(target).path).lstrip("/")
        goal = goal + "index.html" if not goal or goal.endswith("/") else goal
        if not (site / goal).is_file():
            yield _wrong(site, site / path, f"this link leads nowhere: {link}")
        elif anchor and goal in pages and unquote(anchor) not in pages[goal].ids:
            yield _wrong(site, site / path, f"this link's place is not on its page: {link}")
