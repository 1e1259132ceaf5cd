"""The Open Graph properties of a page that only machines read: addresses, sizes, codes."""

from babel.core import get_global

from briefing.model.site_files import CARD_HEIGHT, CARD_PATH, CARD_WIDTH

MACHINE_PROPERTIES = frozenset(
    ["og:type", "og:url", "og:locale", "og:image", "og:image:type", "og:image:width", "og:image:height", "twitter:card"]
)


MetaProperty = tuple[str, str]  # a property and its content


def machine_properties(base: str, url: str, language: str) -> list[MetaProperty]:
    """Properties without readable text. Without the address of the site there is no picture: its address must be absolute."""
    properties = [("og:type", "website")]
    properties += [("og:locale", locale)] if (locale := _open_graph_locale(language)) else []
    if not base:
        return [*properties, ("twitter:card", "summary")]
    properties += [("og:url", base + url), ("og:image", base + CARD_PATH), ("og:image:type", "image/png")]
    return [
        *properties,
        ("og:image:width", str(CARD_WIDTH)),
        ("og:image:height", str(CARD_HEIGHT)),
        ("twitter:card", "summary_large_image"),
    ]


def _open_graph_locale(tag: str) -> str:
    """A language with its country, as Open Graph has it: the likeliest where none is named, as none means America."""
    language, *more = tag.split("-")
    likely = get_global("likely_subtags").get(language.lower(), "").split("_")
    country = next((part.upper() for part in (*more, *likely[1:]) if len(part) == 2 and part.isalpha()), "")
    return f"{language.lower()}_{country}" if country else ""
