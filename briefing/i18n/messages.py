"""The generator's own words: one catalogue that the templates speak from, and what was said of it on which page."""

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
_MARKUP_PLACEHOLDERS = frozenset(
    ["date", "sources"]
)  # what is markup on a page, and a text where the message is one, as beside a shared link
_COMMIT_PATTERN = r"[0-9a-f]{7,64}"
_NUMBER_PATTERN = r"\d+(?:[.,٫]\d+)?"
_PLACEHOLDER = "\0"  # stands for what is filled in
_EXPLANATORY_PREFIXES = (
    "codebook-",
    "field-",
    "ledger-",
    "meaning-",
    "means-",
)  # messages that explain; elsewhere they would assert
_EXPLANATORY_CONTEXTS = frozenset(["about", "help", "rule"])  # contexts of words that do


@cache
def fixed_messages(language: str = INTERFACE_LANGUAGE) -> tuple[str, ...]:
    """The messages in which nothing is filled in: they may stand on any page, those of one page apart."""
    return tuple(form for form in _message_forms(language, (DATE_PREFIX, *_EXPLANATORY_PREFIXES)) if "{" not in form)


def _message_forms(language: str, excluded_prefixes: tuple[str, ...] = (DATE_PREFIX,)) -> Iterator[str]:
    """Every form of every message that a site in a language may say by itself, those whose keys begin so apart."""
    told = message_catalog(language)
    return (form for key in messages() if not key.startswith(excluded_prefixes) for form in told.forms(key))


@dataclass(frozen=True)
class SiteContext:
    """What stands around the pages: the theme's words and language, the commit of what was checked, the rules.

    The commit is empty where what was checked is of none, and None where nothing is said of it.
    """

    theme: tuple[str, ...] = ()
    language: str = "en"
    commit: str | None = ""
    rules: tuple[RuleSummary, ...] = ()


@dataclass(frozen=True)
class Translator:
    """Speaks the catalogue's words on one page, and keeps what was said: what counts or explains for its page alone.

    Where the site's language has no word, the English one stands there and is marked as English.
    """

    page: str = EVERYWHERE
    texts_by_page: dict[str, dict[str, None]] = field(default_factory=dict)
    language: str = INTERFACE_LANGUAGE

    def on(self, page: str) -> "Translator":
        """The same, speaking on another page."""
        return Translator(page, self.texts_by_page, self.language)

    def __call__(self, key: str, **values: object) -> Markup:
        """A message for a block of raw HTML; what is filled in as markup parts the message into several texts."""
        return self._message(key, values, escaped_piece)

    def heading(self, key: str, **values: object) -> Markup:
        """A message for a Markdown heading."""
        return self._message(key, values, escaped_heading)

    def attribute(self, key: str, **values: object) -> Markup:
        """A message for an attribute, which cannot say what language it is in."""
        return self._message_markup(key, values, escaped_piece)

    def text(self, key: str) -> LocalizedStr:
        """A message in which nothing is filled in, as a text that is yet to be escaped."""
        told = message_catalog(self.language).form(key)
        self._record(told, EVERYWHERE)
        return told

    def declared_word(self, word: str, context: str) -> Markup:
        """A word that a kind of fact declares, for a block of raw HTML: its title, the label of a field, a code.

        What stands between grave accents is code.
        """
        told = message_catalog(self.language).declared_word(word, context)
        out = Markup()
        for n, piece in enumerate(told.split("`")):
            self._record(piece, self._page_for_context(context))
            out += Markup("<code>{}</code>").format(escaped_piece(piece)) if n % 2 else escaped_piece(piece)
        return self._wrap_foreign(told, out)

    def declared_heading(self, word: str, context: str) -> Markup:
        """The same for a Markdown heading."""
        return self._wrap_foreign(told := self.word(word, context), escaped_heading(told))

    def token(self, text: str) -> Markup:
        """What is typed in a file, the same in every language: a field, a code, the name of a rule."""
        self._record(text, self.page)
        return escaped_piece(text)

    def date(self, when: EdtfDate) -> Markup:
        """A date that is an example, in words."""
        told = date_words(when, self.language)
        self._record(told, self.page)
        return self._wrap_foreign(told, escaped_piece(told))

    def word(self, word: str, context: str) -> LocalizedStr:
        """The same as a text that is yet to be escaped."""
        told = message_catalog(self.language).declared_word(word, context)
        self._record(told, self._page_for_context(context))
        return told

    def plain(self, key: str, **values: object) -> str:
        """A message for a data file, which escapes as its own syntax has it."""
        told = self._form(key, values).format(**values)
        self._record(told, self.page if "count" in values else EVERYWHERE)
        return told

    def code(self, code: str) -> str:
        """A code for a data file: the same in every language."""
        self._record(code, EVERYWHERE)
        return code

    def _message(self, key: str, values: Mapping[str, object], escape: Callable[[str], Markup]) -> Markup:
        return self._wrap_foreign(self._form(key, values), self._message_markup(key, values, escape))

    def _form(self, key: str, values: Mapping[str, object]) -> LocalizedStr:
        return message_catalog(self.language).form(key, values.get("count"))

    def _wrap_foreign(self, text: LocalizedStr, markup: Markup) -> Markup:
        """The words as they are, or in an element that says that they are in English."""
        foreign = lang_attributes(text.language, self.language)
        return Markup("<span{}>{}</span>").format(foreign, markup) if foreign else markup

    def _message_markup(self, key: str, values: Mapping[str, object], escape: Callable[[str], Markup]) -> Markup:
        page = self.page if "count" in values or key.startswith(_EXPLANATORY_PREFIXES) else EVERYWHERE
        out = Markup()
        for piece in _split_message(self._form(key, values), values):
            if not isinstance(piece, Markup):
                self._record(piece, page)
                piece = escape(piece)
            out += piece
        return out

    def _page_for_context(self, context: str) -> str:
        return self.page if context in _EXPLANATORY_CONTEXTS else EVERYWHERE

    def _record(self, text: str, page: str) -> None:
        self.texts_by_page.setdefault(page, {})[collapse_whitespace(text)] = None


def _split_message(form: str, values: Mapping[str, object]) -> Iterator[str]:
    """The texts of a message, with the markup that stands between them."""
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
    """Whether a text is a message of a language's catalogue, or the piece of one that stands beside markup."""
    literals, patterns = _patterns(language)
    like = (pattern for word, pattern in patterns if word in text)
    return text in literals or any(
        all(is_bound(value) for value in found.groups())
        for pattern in like
        if (found := _compiled_pattern(pattern).fullmatch(text))
    )


@cache
def _patterns(language: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """What messages say without anything filled in, and a pattern for each piece that is more, after its longest word."""
    forms = sorted(set(_message_forms(language)))
    pieces = dict(
        piece
        for form in forms
        for bound in (_BOUND_PLACEHOLDERS, _BOUND_PLACEHOLDERS | _MARKUP_PLACEHOLDERS)
        for piece in _piece_patterns(form, bound)
    )
    patterns = (
        (max(own.replace(_PLACEHOLDER, " ").split(), key=len, default=""), text)
        for text, own in pieces.items()
        if _PLACEHOLDER in own
    )
    return frozenset(map(collapse_whitespace, (own for own in pieces.values() if _PLACEHOLDER not in own))), tuple(patterns)


def _piece_patterns(form: str, bound: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The pieces of a message that stand beside markup: a pattern for each, and its own words with holes.

    The words of a fact are a group; what has neither words nor such a group is left out.
    """
    text = own = ""
    for literal, name, _, _ in (*Formatter().parse(form), ("", "", None, None)):
        text, own = text + re.escape(literal), own + literal
        if name is not None and (
            filled := _COMMIT_PATTERN if name == "commit" else _NUMBER_PATTERN if name in _NUMBER_PLACEHOLDERS else ""
        ):
            text, own = text + filled, own + _PLACEHOLDER
        elif name in bound:
            text, own = f"{text}(.+)", own + _PLACEHOLDER
        elif name is not None:
            if "(.+)" in text or re.search(r"\w", text):
                yield collapse_whitespace(text.replace("\\ ", " ")), own
            text = own = ""


@cache
def _compiled_pattern(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)
