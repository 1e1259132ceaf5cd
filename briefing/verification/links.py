"""Follows the links of a built site: to pages and anchors, from citations to notes and back, to words in the originals."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from briefing.text.text_fragments import DIRECTIVE, fragment_words, is_found_once
from briefing.text.words import CACHE_SIZE
from briefing.verification.built_site import BuiltSite
from briefing.verification.html_reader import BuiltPage

ROOT = "http://site.invalid/"
NOT_FOUND = "404.html"
_NOTE = re.compile(r"#note-(\d+)")


def link_problems(site: BuiltSite, originals: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The broken links of a site, by page; `originals` are the texts of the seeds by the URL of the original."""
    for path, page in site.pages.items():
        for link in dict.fromkeys(page.links):
            if message := _link_message(link, path, site, originals):
                yield path, message
        yield from ((path, message) for message in _citation_problems(page))


def resolve_link(path: str, link: str) -> tuple[str, str] | None:
    """The file and the anchor that a link on a page leads to; None if it leaves the site."""
    address, _, place = link.partition("#")
    if "%" in place:
        place = unquote(place)
    if not address:
        return path, place
    if ":" in address or "//" in address or "?" in address or "\\" in address:
        return _resolve_url(path, link)
    return _resolve_path(path.rpartition("/")[0], address), place


@lru_cache(maxsize=CACHE_SIZE)
def _resolve_path(folder: str, address: str) -> str:
    """The file that a relative URL leads to from a folder; cached, because the pages of a site share most links."""
    steps = folder.split("/") if folder and address[0] != "/" else []
    for step in address.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    goal = unquote("/".join(steps))
    is_folder = not goal or address.endswith(("/", "/.", "/..")) or address in (".", "..")
    return (f"{goal}/index.html" if goal else "index.html") if is_folder else goal


def _resolve_url(path: str, link: str) -> tuple[str, str] | None:
    target, place = urldefrag(urljoin(ROOT + path, link))
    if not target.startswith(ROOT):
        return None
    goal = unquote(urlsplit(target).path).lstrip("/")
    return (goal + "index.html" if not goal or goal.endswith("/") else goal), unquote(place)


def _link_message(link: str, path: str, site: BuiltSite, originals: Mapping[str, str]) -> str:
    if DIRECTIVE in link:
        return _original_link_message(link, originals)
    found = resolve_link(path, link) if path != NOT_FOUND else None
    if found is None:
        return ""
    goal, place = found
    if goal not in site.files:
        return f"broken link: {link}"
    if place and goal in site.pages and place not in site.pages[goal].ids:
        return f"this link leads to an anchor that does not exist: {link}"
    return ""


def _original_link_message(link: str, originals: Mapping[str, str]) -> str:
    text = originals.get(link.partition(DIRECTIVE)[0])
    if text is None:
        return f"this link opens words in a document that is not the original of any source: {link}"
    words = fragment_words(link) or ""
    return "" if is_found_once(text, words) else f"a browser does not find these words exactly once in the original: {words}"


def _citation_problems(page: BuiltPage) -> Iterator[str]:
    """Citations whose number differs from that of their note, and notes without a link back."""
    for link, number in page.citations:
        target = page.note_numbers.get(unquote(link[1:])) if link.startswith("#") else number
        if target != number:
            yield f"citation {number} leads to note {target}: {link}"
    links = set(page.links)
    for link in links:
        back = f"mark-{found[1]}" if (found := _NOTE.fullmatch(link)) else ""
        if back and (f"#{back}" not in links or back not in page.ids):
            yield f"this note has no link back to the text: {link}"
