"""The generator's own words: one catalogue that the templates speak from, and what was said of it on which page."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from string import Formatter

from markupsafe import Markup

from briefing.escape import escaped_heading, escaped_piece
from briefing.node import MapNode
from briefing.words import collapse
from briefing.yamlfile import read_yaml

FILE = "interface.yaml"
EVERYWHERE = ""
_NUMBERS = frozenset(["number", "last", "count", "words", "share", "limit"])
_BOUND = frozenset(["source", "kind", "way"])
_COMMIT = r"[0-9a-f]{7,64}"
Forms = Mapping[str, str]


@cache
def catalogue() -> Mapping[str, Forms]:
    """Every message by its key, with its forms; a message without a plural has one form, `other`."""
    read = read_yaml(FILE, resources.files("briefing").joinpath(FILE).read_bytes())
    assert isinstance(read.root, MapNode)
    forms = {key: node.entries if isinstance(node, MapNode) else {"other": node} for key, node in read.root.entries.items()}
    return {str(key): {str(name): str(text) for name, text in found.items()} for key, found in forms.items()}


@cache
def fixed_words() -> tuple[str, ...]:
    """The messages in which nothing is filled in: they may stand on any page."""
    return tuple(form for forms in catalogue().values() for form in forms.values() if "{" not in form)


@dataclass(frozen=True)
class Frame:
    """What stands around the pages: the theme's words and language, the commit of what was checked (none: empty)."""

    theme: tuple[str, ...] = ()
    language: str = "en"
    commit: str = ""


@dataclass(frozen=True)
class Say:
    """Speaks the catalogue's words on one page, and keeps what was said: a text with a count for its page alone."""

    page: str = EVERYWHERE
    said: dict[str, dict[str, None]] = field(default_factory=dict)

    def on(self, page: str) -> "Say":
        """The same, speaking on another page."""
        return Say(page, self.said)

    def __call__(self, key: str, **values: object) -> Markup:
        """A message for a block of raw HTML; what is filled in as markup parts the message into several texts."""
        return self._told(key, values, escaped_piece)

    def heading(self, key: str, **values: object) -> Markup:
        """A message for a Markdown heading."""
        return self._told(key, values, escaped_heading)

    def own(self, word: str) -> str:
        """A word that a kind of fact declares: its title, what one of it is called, the label of a field."""
        self._keep(word, EVERYWHERE)
        return word

    def _told(self, key: str, values: Mapping[str, object], escape: Callable[[str], Markup]) -> Markup:
        page = self.page if "count" in values else EVERYWHERE
        out = Markup()
        for piece in _pieces(form_of(key, values.get("count")), values):
            if not isinstance(piece, Markup):
                self._keep(piece, page)
                piece = escape(piece)
            out += piece
        return out

    def _keep(self, text: str, page: str) -> None:
        self.said.setdefault(page, {})[collapse(text)] = None


def form_of(key: str, count: object = None) -> str:
    """The form of a message for a count."""
    forms = catalogue()[key]
    return forms["one"] if count == 1 and "one" in forms else forms["other"]


def _pieces(form: str, values: Mapping[str, object]) -> Iterator[str]:
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


def is_said(text: str, is_bound: Callable[[str], bool]) -> bool:
    """Whether a text is a message of the catalogue, or the piece of one that stands beside markup."""
    return any(
        all(is_bound(value) for value in found.groups()) for pattern in _patterns() if (found := pattern.fullmatch(text))
    )


@cache
def _patterns() -> tuple["re.Pattern[str]", ...]:
    """One pattern for each text of each message; what is a fact's own words is a group."""
    found: list[str] = []
    for form in (form for forms in catalogue().values() for form in forms.values()):
        text = ""
        for literal, name, _, _ in Formatter().parse(form):
            text += re.escape(literal)
            if name in _NUMBERS:
                text += r"\d+(?:\.\d+)?"
            elif name == "commit":
                text += _COMMIT
            elif name in _BOUND:
                text += "(.+)"
            elif name:
                found.append(text)
                text = ""
        found.append(text)
    return tuple(
        re.compile(collapse(text.replace("\\ ", " "))) for text in dict.fromkeys(found) if "(" in text or re.search(r"\w", text)
    )
