"""Finds the origin of every text on a built site: a checked fact, or the interface catalogue."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefing.model.site_files import LEDGER_FILE
from briefing.text.quantities import find_quantities
from briefing.text.words import collapse_whitespace, count_words
from briefing.verification.built_site import BuiltSite
from briefing.verification.data_formats import FORMAT_TERMS, field_names, file_texts, is_code

MAX_TITLE_WORDS = 8  # in a title that comes from no fact
_FIRST_AND_SECOND = ("1th", "2th")  # as in "first steps" and "second thoughts"
EDGE_PUNCTUATION = " ,;:.()¶↩"
UnboundText = tuple[str, str, str]  # the file, the text, the message


@dataclass(frozen=True, eq=False)
class TextBindings:
    """The texts that may appear on a site: on every page, on one page only, and on pages about method.

    `terms` may appear in data files only.
    """

    texts: frozenset[str]
    page_texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    method_pages: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    terms: frozenset[str] = FORMAT_TERMS

    @classmethod
    def from_ledger(cls, ledger: Mapping[str, Any]) -> "TextBindings":
        """Collects the texts of a ledger, which must have the expected shape."""
        facts, interface = ledger["facts"], ledger["interface"]
        texts: list[str] = [*interface["words"], *interface["theme"], *interface["declared"], *interface.get("titles", ())]
        texts += (source["label"] for source in ledger["sources"])
        for fact in facts:
            texts += (fact["claim"], *(quote["exact"] for quote in fact["quotes"]))
        for found in (*ledger["texts"].values(), *ledger["names"].values()):
            texts += found
        pages = {page_file(page): frozenset(map(strip_punctuation, found)) for page, found in interface["pages"].items()}
        names = tuple(name for names_of_fact in ledger["names"].values() for name in names_of_fact if is_proper_name(name))
        ids = [part["id"] for part in (*facts, *ledger["sources"])] + [*ledger["texts"], *ledger["names"], interface["claims"]]
        terms = FORMAT_TERMS | field_names() | frozenset([*ids, *interface["typed"]])
        return cls(frozenset(texts), pages, frozenset(map(page_file, ledger["method"])), names, terms)

    @cached_property
    def global_texts(self) -> frozenset[str]:
        """The texts allowed on every page, each with and without the punctuation at its ends."""
        return self.texts | set(map(strip_punctuation, self.texts))

    def binds(self, text: str, page: str = "") -> bool:
        """Whether a text may appear on a page; punctuation at its ends is ignored."""
        if text in self.global_texts:
            return True
        stripped = strip_punctuation(text)
        return not stripped or stripped in self.global_texts or stripped in self.page_texts.get(page, ())

    def binds_in_file(self, text: str, name: str) -> bool:
        """Whether a string may appear in a data file: a code, a term of the file format, an id, or an allowed text."""
        return text in self.global_texts or text in self.terms or is_code(text) or self.binds_parts(text, name)

    def binds_parts(self, text: str, page: str) -> bool:
        """Whether a title, which themes join with ` - ` or `: `, is made of allowed texts."""
        if self.binds(text, page):
            return True
        cuts = (found.span() for found in re.finditer(r" - |: ", text))
        return any(self.binds(text[:start], page) and self.binds_parts(text[end:], page) for start, end in cuts)

    @cached_property
    def _name_pattern(self) -> "re.Pattern[str]":
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(self.names, key=len, reverse=True)))})(?!\w)")

    def find_name(self, text: str) -> str:
        """The first name of an actor or place in a text; empty if there is none."""
        found = self._name_pattern.search(text) if self.names else None
        return found.group() if found else ""


def strip_punctuation(text: str) -> str:
    """A text without the punctuation at its ends."""
    return text.strip(EDGE_PUNCTUATION)


def is_proper_name(name: str) -> bool:
    """Whether a name cannot be an ordinary word: it has a capital letter, or its script has no capitals."""
    return name != name.lower() or name == name.upper()


def title_obstacle(title: str, bindings: TextBindings, in_english: bool = True, numbers: bool = True) -> str:
    """Why a title that no fact says must not stand on pages, as what it does: `names X`; empty where it may.

    In another language than English, only numbers in digits are seen; with `numbers` False, none.
    """
    if name := bindings.find_name(title):
        return f"names `{name}`"
    if count_words(title) > MAX_TITLE_WORDS:
        return f"has more than {MAX_TITLE_WORDS} words"
    found = (one for one in find_quantities(title, in_english) if numbers and one.value not in _FIRST_AND_SECOND)
    return next((f"states `{title[one.start : one.end]}`" for one in found), "")


def page_file(address: str) -> str:
    """The HTML file at a URL of the site, relative to its root; the fragment is ignored."""
    path = address.partition("#")[0]
    return path + "index.html" if path.endswith("/") or not path else path


def unbound_texts(
    site: BuiltSite, bindings: TextBindings, card_texts: Callable[[bytes], tuple[str, ...] | None]
) -> Iterator[UnboundText]:
    """Every text of a site that has no allowed origin, with its file and a message."""
    for path, page in site.pages.items():
        unbound = [text for text in page.texts if text not in bindings.global_texts and not bindings.binds(text, path)]
        unbound += (text for text in page.attribute_texts if not bindings.binds_parts(text, path))
        yield from ((path, *found) for text in unbound for found in _unbound_messages(bindings, path, text))
        for content in page.json_ld:
            yield from ((path, text, UNCITED_MESSAGE) for text in _unbound_in_file(content.texts, path, bindings))
        yield from ((path, f"<{tag}>", "the text of this element cannot be checked") for tag in page.opaque_elements)
    for name, file in site.files.items():
        if name != LEDGER_FILE:
            texts = site.data_contents[name].texts if name in site.data_contents else set(file_texts(file, card_texts))
            yield from ((name, text, UNCITED_MESSAGE) for text in _unbound_in_file(texts, name, bindings))


def _unbound_in_file(texts: set[str], name: str, bindings: TextBindings) -> list[str]:
    """The texts of a data file that are not allowed there, sorted, with white space collapsed."""
    unbound = {collapse_whitespace(text) for text in texts if not bindings.binds_in_file(text.strip(), name)}
    return sorted(text for text in unbound if not bindings.binds_in_file(text, name))


UNCITED_MESSAGE = "this text comes neither from a fact nor from the interface catalogue"


def _unbound_messages(bindings: TextBindings, path: str, text: str) -> Iterator[tuple[str, str]]:
    if path not in bindings.method_pages:
        yield text, UNCITED_MESSAGE
    elif name := bindings.find_name(text):
        yield text, f"a page about method names `{name}` without a citation"
