"""Checks what pages tell machines about themselves: the address, the locale, the picture."""

from collections.abc import Iterable, Iterator, Mapping

from briefing.model.open_graph import MetaProperty, machine_properties
from briefing.model.site_files import CARD_PATH

_INDEX_PAGE = "index.html"


def open_graph_problems(pages: Mapping[str, list[MetaProperty]], files: Iterable[str], language: str) -> Iterator[MetaProperty]:
    """Pages that say to machines what is not so, as another address than theirs; each with what is wrong."""
    has_picture = CARD_PATH in files
    bases = {path: _declared_base_url(path, told) for path, told in pages.items()}
    known = {base for base in bases.values() if base}
    for path, told in pages.items():
        base, url = bases[path], dict(told).get("og:url", "")
        right = [machine_properties(base, url.removeprefix(base), language)] if not base or has_picture else []
        if told and (sorted(told) not in map(sorted, right) or len(known) > 1):
            wrong = sorted(set(told).difference(*right)) or told[:1]
            yield path, f"this says of its page to machines what is not so: {' '.join(wrong[0])}"


def _declared_base_url(path: str, properties: list[MetaProperty]) -> str:
    """The address of the site by what a page says its own is; empty where it says none that ends as its path does."""
    url = dict(properties).get("og:url", "")
    ways = (path, path.removesuffix(_INDEX_PAGE)) if path == _INDEX_PAGE or path.endswith(f"/{_INDEX_PAGE}") else (path,)
    return next((url.removesuffix(way) for way in ways if url and url.endswith(f"/{way}")), "")
