"""Follows the links of a built site: each lands, each citation has its way back, each original opens at the very words."""

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
    """What is wrong with the links of a site; `originals` are the seeds' texts by the addresses of their originals."""
    for path, page in site.pages.items():
        for link in dict.fromkeys(page.links):
            if wrong := _link_message(link, path, site, originals):
                yield path, wrong
        yield from ((path, wrong) for wrong in _citation_problems(page))


def resolve_link(path: str, link: str) -> tuple[str, str] | None:
    """The file and the place on it that a link of a page leads to; None where it leaves the site."""
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
    """The file that an address within the site leads to from a folder; the pages of a site share most of theirs."""
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
        return f"this link leads nowhere: {link}"
    if place and goal in site.pages and place not in site.pages[goal].ids:
        return f"this link's place is not on its page: {link}"
    return ""


def _original_link_message(link: str, originals: Mapping[str, str]) -> str:
    text = originals.get(link.partition(DIRECTIVE)[0])
    if text is None:
        return f"this link opens words in an original that is no source's: {link}"
    words = fragment_words(link) or ""
    return "" if is_found_once(text, words) else f"a browser does not find these words once in the original: {words}"


def _citation_problems(page: BuiltPage) -> Iterator[str]:
    """Citations whose number is not that of what they lead to, and notes without a way back."""
    for link, number in page.citations:
        told = page.note_numbers.get(unquote(link[1:])) if link.startswith("#") else number
        if told != number:
            yield f"this citation says {number} and leads to {told}: {link}"
    led = set(page.links)
    for link in led:
        back = f"mark-{found[1]}" if (found := _NOTE.fullmatch(link)) else ""
        if back and (f"#{back}" not in led or back not in page.ids):
            yield f"there is no way back from this note: {link}"
