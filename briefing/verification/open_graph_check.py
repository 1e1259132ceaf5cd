"""Checks what pages tell machines about themselves: the address, the locale, the picture."""

from collections.abc import Iterable, Iterator, Mapping

from briefing.model.open_graph import Told, to_machines
from briefing.model.site_files import CARD

_INDEX = "index.html"


def share_problems(pages: Mapping[str, list[Told]], files: Iterable[str], language: str) -> Iterator[Told]:
    """Pages that say to machines what is not so, as another address than theirs; each with what is wrong."""
    has_picture = CARD in files
    bases = {path: _base(path, told) for path, told in pages.items()}
    known = {base for base in bases.values() if base}
    for path, told in pages.items():
        base, url = bases[path], dict(told).get("og:url", "")
        right = [to_machines(base, url.removeprefix(base), language)] if not base or has_picture else []
        if told and (sorted(told) not in map(sorted, right) or len(known) > 1):
            wrong = sorted(set(told).difference(*right)) or told[:1]
            yield path, f"this says of its page to machines what is not so: {' '.join(wrong[0])}"


def _base(path: str, told: list[Told]) -> str:
    """The address of the site by what a page says its own is; empty where it says none that ends as its path does."""
    url = dict(told).get("og:url", "")
    ways = (path, path.removesuffix(_INDEX)) if path == _INDEX or path.endswith(f"/{_INDEX}") else (path,)
    return next((url.removesuffix(way) for way in ways if url and url.endswith(f"/{way}")), "")
