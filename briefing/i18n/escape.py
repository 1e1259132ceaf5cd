"""Escapes text from facts and seeds for Markdown with numeric character references, which no Markdown extension reads."""

import re

from markupsafe import Markup, escape

from briefing.text.words import collapse_whitespace

_MARKUP_CHARACTERS = re.compile(r"[!-+\--/:->@\[-`{-~]")
_ID_CHARACTERS = re.compile(r"[a-z0-9.-]+")
_READ_IN_MARKDOWN = re.compile(r"[!-/0-9:-@\[-`{-~]")


def escaped(text: object) -> Markup:
    """A text for a block of raw HTML: white space collapsed, every character of Markdown or HTML syntax as `&#N;`."""
    return Markup(_MARKUP_CHARACTERS.sub(_reference, collapse_whitespace(str(text))))


def escaped_heading(text: object) -> Markup:
    """A text for a Markdown heading, with digits escaped too, because extensions read them (`1st`)."""
    return Markup(_READ_IN_MARKDOWN.sub(_reference, collapse_whitespace(str(text))))


def escaped_piece(text: str) -> Markup:
    """Like `escaped`, but white space at either end becomes one space instead of being removed."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return Markup(before) + escaped(text) + Markup(after)


def wrap_inline(text: object, tag: str = "span", attributes: str = "") -> Markup:
    """A text in its own inline element, so that verification reads it as a text of its own."""
    return Markup(f"<{tag}{attributes}>{text if isinstance(text, Markup) else escaped(text)}</{tag}>")


def anchor(key: str) -> Markup:
    """An id for an attribute; escaped only if it contains characters that ids do not have."""
    return Markup(key) if _ID_CHARACTERS.fullmatch(key) else escaped(key)


class Title(str):
    """The title of a page, for themes that print it after Jinja's `striptags`.

    That filter removes one level of escaping, and Material prints the result unescaped: a name with `</title>` in it
    would end the title, and a script after it would run.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """The title with one more level of escaping."""
        return str(escape(str(self)))


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"


def finalized(value: object) -> object:
    """The `finalize` function of templates: None prints nothing, every value but markup is escaped."""
    if value is None or isinstance(value, Markup):
        return "" if value is None else value
    return escaped(value)
