"""Language tags (BCP 47): their locales in Babel, their scripts and directions, and the attributes of HTML for them."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from markupsafe import Markup, escape

INTERFACE_LANGUAGE = "en"  # in which interface.yaml is written
_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())  # noqa: SIM905


class LocalizedStr(str):
    """A text with the language that it is in."""

    language: str

    def __new__(cls, text: str, language: str) -> "LocalizedStr":
        """The text, in that language."""
        localized = super().__new__(cls, text)
        localized.language = language
        return localized


@cache
def locale_of(tag: str) -> Locale | None:
    """The locale of a language as Babel knows it, or of its first subtag; None where it knows neither."""
    for name in (tag, tag.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return script_of(tag) in _RIGHT_TO_LEFT


@cache
def script_of(tag: str) -> str:
    """The script (ISO 15924) that a language's tag names, or is likely to mean; empty where nobody knows."""
    first, *more = tag.split("-")
    script = next((part.title() for part in more if len(part) == 4 and part.isalpha()), "")
    if script:
        return script
    likely = get_global("likely_subtags")
    region = next((part.upper() for part in more if len(part) == 2), "")
    found = likely.get(f"{first.lower()}_{region}") or likely.get(first.lower()) or ""
    return next((part for part in found.split("_")[1:] if len(part) == 4), "")


def is_same_tag(tag: str, other: str) -> bool:
    """Whether two tags name one language and what else they name besides."""
    return tag.lower() == other.lower()


def primary_subtag(tag: str) -> str:
    """The language alone, without script, region and variant."""
    return tag.partition("-")[0].lower()


def lang_attributes(tag: str, around: str, always: bool = False) -> Markup:
    """The `lang` attribute of an element inside one in another language, none where both are the same unless `always`; and
    `dir` where the direction differs, so that browsers isolate it from the text around."""
    if not tag or (is_same_tag(tag, around) and not always):
        return Markup()
    to_left = is_right_to_left(tag)
    direction = Markup(' dir="rtl"' if to_left else ' dir="ltr"') if to_left != is_right_to_left(around) else Markup()
    return Markup(' lang="{}"').format(escape(tag)) + direction
