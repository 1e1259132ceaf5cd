"""Translates interface messages for pages and data files, and records which texts appear on which page."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from string import Formatter

from markupsafe import Markup

from briefing.diagnostics.problem import RuleSummary
from briefing.i18n.catalog import DATE_PREFIX, message_catalog, messages
from briefing.i18n.dates import date_words
from briefing.i18n.escape import escaped_heading, escaped_piece
from briefing.text.edtf import EdtfDate
from briefing.text.languages import INTERFACE_LANGUAGE, LocalizedStr, lang_attributes
from briefing.text.words import collapse_whitespace

EVERYWHERE = ""
_NUMBER_PLACEHOLDERS = frozenset(["number", "last", "count", "all", "words", "share", "limit"])
_BOUND_PLACEHOLDERS = frozenset(["source", "kind", "way"])
_MARKUP_PLACEHOLDERS = frozenset(["date", "sources"])  # markup on a page, plain text on the social card
_COMMIT_PATTERN = r"[0-9a-f]{7,64}"
_NUMBER_PATTERN = r"\d+(?:[.,٫]\d+)?"
_PLACEHOLDER = "\0"  # in a pattern: a value that is filled in
_EXPLANATORY_PREFIXES = (
    "codebook-",
    "field-",
    "ledger-",
    "meaning-",
    "means-",
)  # messages of the codebook; on other pages they would be claims
_EXPLANATORY_CONTEXTS = frozenset(["about", "help", "rule"])  # contexts of declared words of the codebook


@cache
def fixed_messages(language: str = INTERFACE_LANGUAGE) -> tuple[str, ...]:
    """The messages without placeholders that may appear on any page; those of the codebook are left out."""
    return tuple(form for form in _message_forms(language, (DATE_PREFIX, *_EXPLANATORY_PREFIXES)) if "{" not in form)


def _message_forms(language: str, excluded_prefixes: tuple[str, ...] = (DATE_PREFIX,)) -> Iterator[str]:
    """Every form of every message in a language, except for keys with one of the prefixes."""
    catalog = message_catalog(language)
    return (form for key in messages() if not key.startswith(excluded_prefixes) for form in catalog.forms(key))


@dataclass(frozen=True)
class SiteContext:
    """The context of a build: texts of the theme, language, commit, rules, titles of the navigation.

    `commit` is empty if the checked files do not match a commit, and None if the pages should not mention one.
    `style_effects` are the effects of each style sheet that the briefing adds, by its path;
    `repository` is the address to which the header leads, if mkdocs.yml has one.
    """

    theme: tuple[str, ...] = ()
    language: str = "en"
    commit: str | None = ""
    rules: tuple[RuleSummary, ...] = ()
    style_effects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repository: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Translator:
    """Translates messages for one page and records every text it returns in `texts_by_page`.

    Texts with a count and explanations are recorded for their page, all others for every page. A message without a
    translation is in English and marked as English.
    """

    page: str = EVERYWHERE
    texts_by_page: dict[str, dict[str, None]] = field(default_factory=dict)
    language: str = INTERFACE_LANGUAGE

    def __call__(self, key: str, **values: object) -> Markup:
        """A message for a block of raw HTML; values that are markup split it into several texts."""
        return self._message(key, values, escaped_piece)

    def heading(self, key: str, **values: object) -> Markup:
        """A message for a Markdown heading."""
        return self._message(key, values, escaped_heading)

    def attribute(self, key: str, **values: object) -> Markup:
        """A message for an attribute, without language markup."""
        return self._message_markup(key, values, escaped_piece)

    def text(self, key: str) -> LocalizedStr:
        """A message without placeholders, not yet escaped."""
        form = message_catalog(self.language).form(key)
        self._record(form, EVERYWHERE)
        return form

    def declared_word(self, word: str, context: str) -> Markup:
        """A word that a kind or a rule declares, for a block of raw HTML; text between backticks becomes code."""
        text = message_catalog(self.language).declared_word(word, context)
        markup = Markup()
        for n, piece in enumerate(text.split("`")):
            self._record(piece, self._page_for_context(context))
            markup += Markup("<code>{}</code>").format(escaped_piece(piece)) if n % 2 else escaped_piece(piece)
        return self._wrap_foreign(text, markup)

    def declared_heading(self, word: str, context: str) -> Markup:
        """A declared word for a Markdown heading."""
        text = self.word(word, context)
        return self._wrap_foreign(text, escaped_heading(text))

    def token(self, text: str) -> Markup:
        """A name that is the same in every language: a field, a code, a rule."""
        self._record(text, self.page)
        return escaped_piece(text)

    def date(self, when: EdtfDate) -> Markup:
        """An example of a date, in words."""
        text = date_words(when, self.language)
        self._record(text, self.page)
        return self._wrap_foreign(text, escaped_piece(text))

    def word(self, word: str, context: str) -> LocalizedStr:
        """A declared word, not yet escaped."""
        text = message_catalog(self.language).declared_word(word, context)
        self._record(text, self._page_for_context(context))
        return text

    def plain(self, key: str, **values: object) -> str:
        """A message for a data file, which does its own escaping."""
        text = self._form(key, values).format(**values)
        self._record(text, self.page if "count" in values else EVERYWHERE)
        return text

    def code(self, code: str) -> str:
        """A code for a data file, untranslated."""
        self._record(code, EVERYWHERE)
        return code

    def _message(self, key: str, values: Mapping[str, object], escape: Callable[[str], Markup]) -> Markup:
        return self._wrap_foreign(self._form(key, values), self._message_markup(key, values, escape))

    def _form(self, key: str, values: Mapping[str, object]) -> LocalizedStr:
        return message_catalog(self.language).form(key, values.get("count"))

    def _wrap_foreign(self, text: LocalizedStr, markup: Markup) -> Markup:
        """The markup, wrapped in an element with a language if the text is not in that of the site."""
        foreign = lang_attributes(text.language, self.language)
        return Markup("<span{}>{}</span>").format(foreign, markup) if foreign else markup

    def _message_markup(self, key: str, values: Mapping[str, object], escape: Callable[[str], Markup]) -> Markup:
        page = self.page if "count" in values or key.startswith(_EXPLANATORY_PREFIXES) else EVERYWHERE
        markup = Markup()
        for piece in _split_message(self._form(key, values), values):
            if not isinstance(piece, Markup):
                self._record(piece, page)
                piece = escape(piece)
            markup += piece
        return markup

    def _page_for_context(self, context: str) -> str:
        return self.page if context in _EXPLANATORY_CONTEXTS else EVERYWHERE

    def _record(self, text: str, page: str) -> None:
        self.texts_by_page.setdefault(page, {})[collapse_whitespace(text)] = None


def _split_message(form: str, values: Mapping[str, object]) -> Iterator[str]:
    """The texts of a message and, between them, the values that are markup."""
    text = ""
    for literal, name, _, _ in Formatter().parse(form):
        text += literal
        value = values[name] if name else ""
        if isinstance(value, Markup):
            yield from (text, value) if text else (value,)
            text = ""
        else:
            text += str(value)
    if text:
        yield text


def is_message(text: str, is_bound: Callable[[str], bool], language: str = INTERFACE_LANGUAGE) -> bool:
    """Whether a text is a message in a language, or a piece of one next to markup, with allowed values filled in."""
    literals, patterns = _patterns(language)
    like = (pattern for word, pattern in patterns if word in text)
    return text in literals or any(
        all(is_bound(value) for value in found.groups())
        for pattern in like
        if (found := _compiled_pattern(pattern).fullmatch(text))
    )


@cache
def _patterns(language: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The pieces of messages without placeholders, and for each other piece its longest word and a regular expression."""
    forms = sorted(set(_message_forms(language)))
    pieces = dict(
        piece
        for form in forms
        for bound in (_BOUND_PLACEHOLDERS, _BOUND_PLACEHOLDERS | _MARKUP_PLACEHOLDERS)
        for piece in _piece_patterns(form, bound)
    )
    patterns = (
        (max(words.replace(_PLACEHOLDER, " ").split(), key=len, default=""), text)
        for text, words in pieces.items()
        if _PLACEHOLDER in words
    )
    literals = (words for words in pieces.values() if _PLACEHOLDER not in words)
    return frozenset(map(collapse_whitespace, literals)), tuple(patterns)


def _piece_patterns(form: str, bound: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The pieces of a message next to markup: a regular expression for each, and its words with placeholders as NUL.

    A value that comes from a fact is a group. A piece without words or groups is left out.
    """
    pattern = words = ""
    for literal, name, _, _ in (*Formatter().parse(form), ("", "", None, None)):
        pattern, words = pattern + re.escape(literal), words + literal
        if name is not None and (
            filled := _COMMIT_PATTERN if name == "commit" else _NUMBER_PATTERN if name in _NUMBER_PLACEHOLDERS else ""
        ):
            pattern, words = pattern + filled, words + _PLACEHOLDER
        elif name in bound:
            pattern, words = f"{pattern}(.+)", words + _PLACEHOLDER
        elif name is not None:
            if "(.+)" in pattern or re.search(r"\w", pattern):
                yield collapse_whitespace(pattern.replace("\\ ", " ")), words
            pattern = words = ""


@cache
def _compiled_pattern(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)
