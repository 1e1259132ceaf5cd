"""The interface catalogue: English messages in interface.yaml, translations in locale/ (gettext)."""

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
DATE_PREFIX = "date-"  # messages for dates, which never appear by themselves
CODE_NAME_PREFIX = "called-"  # English names of codes; other languages translate the code itself
Forms = Mapping[str, str]


@cache
def messages() -> Mapping[str, Forms]:
    """The English messages by key, each with its plural forms `one` and `other`, or `other` alone."""
    read = yaml.load(resources.files("briefing.i18n").joinpath(MESSAGES_FILE).read_bytes(), yaml.CBaseLoader)
    return {key: forms if isinstance(forms, dict) else {"other": forms} for key, forms in read.items()}


class _NoTranslations(NullTranslations):
    """Returns an empty string for a missing translation; GNUTranslations would return the English message."""

    def pgettext(self, context: str, message: str) -> str:
        """Empty: not translated."""
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Empty: not translated."""
        return ""


class MessageCatalog:
    """The messages of one language, in English where a translation is missing."""

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
        """A message, in the plural form for `count`; placeholders are not filled in."""
        forms = messages()[key]
        if "one" in forms:
            number = count if isinstance(count, int) else 0
            translated = self._translations.npgettext(key, forms["one"], forms["other"], number)
            return self._localized(translated, forms["one"] if number == 1 else forms["other"])
        return self._localized(self._translations.pgettext(key, forms["other"]), forms["other"])

    def forms(self, key: str) -> Iterator[str]:
        """Every plural form of a message; the English forms if any translation is missing."""
        english = messages()[key]
        translations = (
            [self._translations.npgettext(key, english["one"], english["other"], n) for n in range(1, 201)]
            if ("one" in english)
            else [self._translations.pgettext(key, english["other"])]
        )
        yield from dict.fromkeys(form for form in translations if form) if all(translations) else english.values()

    def declared_word(self, word: str, context: str) -> LocalizedStr:
        """The translation of a word that a kind of fact or a rule declares; `context` is `title`, `label`, `code` …

        A `LocalizedStr` comes from the briefing itself and is returned unchanged.
        """
        if isinstance(word, LocalizedStr):
            return word
        called = messages().get(CODE_NAME_PREFIX + word, {}) if context == "code" else {}
        return self._localized(self._translations.pgettext(context, word), called.get("other", word))

    def decimal(self, number: float, places: int) -> str:
        """A number with a fixed count of decimal places and the decimal mark of the language."""
        locale = None if self.is_english else locale_of(self.language)
        return f"{number:.{places}f}".replace(".", get_decimal_symbol(locale) if locale else ".")

    def _localized(self, translated: str, english: str) -> LocalizedStr:
        if translated:
            return LocalizedStr(translated, self.language)
        return LocalizedStr(english, self.language if self.is_english else INTERFACE_LANGUAGE)


@cache
def message_catalog(language: str) -> MessageCatalog:
    """The catalogue of a language; read once."""
    return MessageCatalog(language)


def languages() -> tuple[str, ...]:
    """The language tags with a translation."""
    return tuple(sorted(folder.name.replace("_", "-") for folder in LOCALE.iterdir() if folder.is_dir()))


def _read_translations(language: str) -> Catalog | None:
    """The translations for a language tag, or for its primary language; None if there are none."""
    first, *more = language.split("-")
    for name in ("_".join([first.lower(), *more]), first.lower()):
        file: Traversable = LOCALE.joinpath(name, "LC_MESSAGES", "briefing.po")
        if file.is_file():
            with file.open("rb") as opened:
                return read_po(opened, locale=locale_of(language))
    return None
