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

from briefing.text.languages import INTERFACE_LANGUAGE, LocalizedStr, locale_of, primary_subtag

MESSAGES_FILE = "interface.yaml"
LOCALE = resources.files("briefing.i18n").joinpath("locale")
DATE_PREFIX = "date-"  # messages that put dates into words, and are said of a fact, never by themselves
CODE_NAME_PREFIX = "called-"  # messages that are codes in plain English; other languages translate the code itself
Forms = Mapping[str, str]


@cache
def messages() -> Mapping[str, Forms]:
    """Every message in English by its key, with its forms; a message without a plural has one form, `other`."""
    read = yaml.load(resources.files("briefing.i18n").joinpath(MESSAGES_FILE).read_bytes(), yaml.CBaseLoader)
    return {key: forms if isinstance(forms, dict) else {"other": forms} for key, forms in read.items()}


class _NoTranslations(NullTranslations):
    """Has no word for anything, where GNUTranslations alone would give back the English."""

    def pgettext(self, context: str, message: str) -> str:
        """No word."""
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """No word."""
        return ""


class MessageCatalog:
    """The interface words of one language; English where that has none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations: NullTranslations = _NoTranslations()
        if (catalog := _read_translations(language)) is not None:
            compiled = BytesIO()
            write_mo(compiled, catalog)
            compiled.seek(0)
            self._translations = GNUTranslations(compiled)
            self._translations.add_fallback(_NoTranslations())
        self.is_english = primary_subtag(language) == INTERFACE_LANGUAGE
        self.has_date_messages = self.is_english or all(
            self.form(key).language != INTERFACE_LANGUAGE for key in messages() if key.startswith(DATE_PREFIX)
        )

    def form(self, key: str, count: object = None) -> LocalizedStr:
        """The form of a message for a count, by the plural rules of its language."""
        forms = messages()[key]
        if "one" in forms:
            number = count if isinstance(count, int) else 0
            told = self._translations.npgettext(key, forms["one"], forms["other"], number)
            return self._localized(told, forms["one"] if number == 1 else forms["other"])
        return self._localized(self._translations.pgettext(key, forms["other"]), forms["other"])

    def forms(self, key: str) -> Iterator[str]:
        """Every form of a message that may be said, English where there is no other."""
        english = messages()[key]
        told = (
            [self._translations.npgettext(key, english["one"], english["other"], n) for n in range(1, 201)]
            if ("one" in english)
            else [self._translations.pgettext(key, english["other"])]
        )
        yield from dict.fromkeys(form for form in told if form) if all(told) else english.values()

    def declared_word(self, word: str, context: str) -> LocalizedStr:
        """A word that a kind of fact or a rule declares, in the context in which it does: `title`, `label`, `code` ...

        One that says its language is a briefing's own, and is said as it is.
        """
        if isinstance(word, LocalizedStr):
            return word
        called = messages().get(CODE_NAME_PREFIX + word, {}) if context == "code" else {}
        return self._localized(self._translations.pgettext(context, word), called.get("other", word))

    def decimal(self, number: float, places: int) -> str:
        """A number with so many places after the point, or after what the language has for it."""
        locale = None if self.is_english else locale_of(self.language)
        return f"{number:.{places}f}".replace(".", get_decimal_symbol(locale) if locale else ".")

    def _localized(self, translated: str, english: str) -> LocalizedStr:
        if translated:
            return LocalizedStr(translated, self.language)
        return LocalizedStr(english, self.language if self.is_english else INTERFACE_LANGUAGE)


@cache
def message_catalog(language: str) -> MessageCatalog:
    """The catalogue of a language, read once."""
    return MessageCatalog(language)


def languages() -> tuple[str, ...]:
    """The languages that the catalogue is translated into."""
    return tuple(sorted(folder.name.replace("_", "-") for folder in LOCALE.iterdir() if folder.is_dir()))


def _read_translations(language: str) -> Catalog | None:
    """A language's translations, or those of its first subtag."""
    first, *more = language.split("-")
    for name in ("_".join([first.lower(), *more]), first.lower()):
        file: Traversable = LOCALE.joinpath(name, "LC_MESSAGES", "briefing.po")
        if file.is_file():
            with file.open("rb") as opened:
                return read_po(opened, locale=locale_of(language))
    return None
