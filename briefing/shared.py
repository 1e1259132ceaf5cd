"""What a page says to whoever shows a link to it: Open Graph, in texts that were checked, with the picture beside them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel.core import get_global
from markupsafe import Markup

from briefing.card import CARD, HEIGHT, WIDTH
from briefing.words import collapse

MACHINE = frozenset(
    ["og:type", "og:url", "og:locale", "og:image", "og:image:type", "og:image:width", "og:image:height", "twitter:card"]
)
_INDEX = "index.html"
Told = tuple[str, str]  # a property and what it says


@dataclass(frozen=True)
class Shared:
    """What is said of one page; an empty text is left out. `base` is the address of the site, empty where nobody knows it."""

    base: str
    url: str
    language: str
    title: str
    description: str
    site: str
    picture: str

    def head(self) -> Markup:
        """The elements for the head of the page."""
        texts = {"og:title": self.title, "og:description": self.description, "og:site_name": self.site}
        texts |= {"og:image:alt": self.picture} if self.base else {}
        told = [(name, collapse(text)) for name, text in texts.items() if text]
        told += to_machines(self.base, self.url, self.language)
        elements = (Markup('<meta {}="{}" content="{}">').format(_kind(name), name, text) for name, text in told)
        return Markup("\n").join(elements)


def to_machines(base: str, url: str, language: str) -> list[Told]:
    """What nobody reads: addresses, sizes, codes. Without the address of the site there is no picture: it needs a whole one."""
    told = [("og:type", "website")]
    told += [("og:locale", locale)] if (locale := _locale(language)) else []
    if not base:
        return [*told, ("twitter:card", "summary")]
    told += [("og:url", base + url), ("og:image", base + CARD), ("og:image:type", "image/png")]
    return [*told, ("og:image:width", str(WIDTH)), ("og:image:height", str(HEIGHT)), ("twitter:card", "summary_large_image")]


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


def _kind(name: str) -> str:
    return "name" if name.startswith("twitter:") else "property"


def _locale(tag: str) -> str:
    """A language with its country, as Open Graph has it: the likeliest where none is named, as none means America."""
    language, *more = tag.split("-")
    likely = get_global("likely_subtags").get(language.lower(), "").split("_")
    country = next((part.upper() for part in (*more, *likely[1:]) if len(part) == 2 and part.isalpha()), "")
    return f"{language.lower()}_{country}" if country else ""
