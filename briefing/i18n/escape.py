"""Text from facts and seeds on its way into Markdown: numeric character references, so that nothing can touch it."""

import re

from markupsafe import Markup, escape

from briefing.text.words import collapse_whitespace

_MARKUP_CHARACTERS = re.compile(r"[!-+\--/:->@\[-`{-~]")
_ID_CHARACTERS = re.compile(r"[a-z0-9.-]+")
_READ_IN_MARKDOWN = re.compile(r"[!-/0-9:-@\[-`{-~]")


def escaped(text: object) -> Markup:
    """A text for a block of raw HTML: white space collapsed, each character that Markdown or HTML could read as `&#N;`."""
    return Markup(_MARKUP_CHARACTERS.sub(_reference, collapse_whitespace(str(text))))


def escaped_heading(text: object) -> Markup:
    """A text for a Markdown heading, where extensions also read digits (`1st`)."""
    return Markup(_READ_IN_MARKDOWN.sub(_reference, collapse_whitespace(str(text))))


def escaped_piece(text: str) -> Markup:
    """A piece of a text, escaped like the whole: a space at its ends stays one space."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return Markup(before) + escaped(text) + Markup(after)


def wrap_inline(text: object, tag: str = "span", attributes: str = "") -> Markup:
    """A text in an element of its own, so that it is read back apart from the words around it."""
    return Markup(f"<{tag}{attributes}>{text if isinstance(text, Markup) else escaped(text)}</{tag}>")


def anchor(key: str) -> Markup:
    """An id as an attribute: as it is where it is made of id characters, and escaped like any text where it is not."""
    return Markup(key) if _ID_CHARACTERS.fullmatch(key) else escaped(key)


class Title(str):
    """A page's title as HTML text, for themes that print it after `striptags`.

    That filter undoes one level of escaping, and Material then prints the outcome raw: a name that holds `</title>` would
    end the title, and what follows it would run.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """The title escaped once more than where it is printed as it is."""
        return str(escape(str(self)))


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"


def finalized(value: object) -> object:
    """What a template prints: markup as it is, nothing for None, every other value escaped."""
    if value is None or isinstance(value, Markup):
        return "" if value is None else value
    return escaped(value)
