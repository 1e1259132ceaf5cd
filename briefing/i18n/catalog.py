"""The generator's own words in a language: the English of interface.yaml, and its translations under locale/ (gettext)."""

from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol

from briefing.text.languages import OURS, Told, first_of, locale_of

FILE = "interface.yaml"
LOCALE = resources.files("briefing.i18n").joinpath("locale")
DATE = "date-"  # messages that put dates into words, and are said of a fact, never by themselves
CALLED = "called-"  # messages that are codes in plain English; other languages translate the code itself
Forms = Mapping[str, str]


@cache
def messages() -> Mapping[str, Forms]:
    """Every message in English by its key, with its forms; a message without a plural has one form, `other`."""
    read = yaml.load(resources.files("briefing.i18n").joinpath(FILE).read_bytes(), yaml.CBaseLoader)
    return {key: forms if isinstance(forms, dict) else {"other": forms} for key, forms in read.items()}


class _Nothing(NullTranslations):
    """Has no word for anything, where GNUTranslations alone would give back the English."""

    def pgettext(self, context: str, message: str) -> str:
        """No word."""
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """No word."""
        return ""


class Catalogue:
    """The interface words of one language; English where that has none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations: NullTranslations = _Nothing()
        if (catalog := _catalog(language)) is not None:
            compiled = BytesIO()
            write_mo(compiled, catalog)
            compiled.seek(0)
            self._translations = GNUTranslations(compiled)
            self._translations.add_fallback(_Nothing())
        self.is_english = first_of(language) == OURS
        self.tells_dates = self.is_english or all(self.form(key).language != OURS for key in messages() if key.startswith(DATE))

    def form(self, key: str, count: object = None) -> Told:
        """The form of a message for a count, by the plural rules of its language."""
        forms = messages()[key]
        if "one" in forms:
            number = count if isinstance(count, int) else 0
            told = self._translations.npgettext(key, forms["one"], forms["other"], number)
            return self._told(told, forms["one"] if number == 1 else forms["other"])
        return self._told(self._translations.pgettext(key, forms["other"]), forms["other"])

    def forms(self, key: str) -> Iterator[str]:
        """Every form of a message that may be said, English where there is no other."""
        english = messages()[key]
        told = (
            [self._translations.npgettext(key, english["one"], english["other"], n) for n in range(1, 201)]
            if ("one" in english)
            else [self._translations.pgettext(key, english["other"])]
        )
        yield from dict.fromkeys(form for form in told if form) if all(told) else english.values()

    def own(self, word: str, context: str) -> Told:
        """A word that a kind of fact or a rule declares, in the context in which it does: `title`, `label`, `code` ...

        One that says its language is a briefing's own, and is said as it is.
        """
        if isinstance(word, Told):
            return word
        called = messages().get(CALLED + word, {}) if context == "code" else {}
        return self._told(self._translations.pgettext(context, word), called.get("other", word))

    def decimal(self, number: float, places: int) -> str:
        """A number with so many places after the point, or after what the language has for it."""
        locale = None if self.is_english else locale_of(self.language)
        return f"{number:.{places}f}".replace(".", get_decimal_symbol(locale) if locale else ".")

    def _told(self, translated: str, english: str) -> Told:
        if translated:
            return Told(translated, self.language)
        return Told(english, self.language if self.is_english else OURS)


@cache
def catalogue_of(language: str) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(language)


def languages() -> tuple[str, ...]:
    """The languages that the catalogue is translated into."""
    return tuple(sorted(folder.name.replace("_", "-") for folder in LOCALE.iterdir() if folder.is_dir()))


def _catalog(language: str) -> Catalog | None:
    """A language's translations, or those of its first subtag."""
    first, *more = language.split("-")
    for name in ("_".join([first.lower(), *more]), first.lower()):
        file: Traversable = LOCALE.joinpath(name, "LC_MESSAGES", "briefing.po")
        if file.is_file():
            with file.open("rb") as opened:
                return read_po(opened, locale=locale_of(language))
    return None
