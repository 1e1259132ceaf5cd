"""Finds the origin of every text on a built site: a checked fact, or the interface catalogue."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefing.model.site_files import LEDGER_FILE
from briefing.text.quantities import find_quantities
from briefing.text.words import collapse_whitespace, count_words
from briefing.verification.built_site import BuiltSite
from briefing.verification.data_formats import FORMAT_TERMS, field_names, file_texts, is_code

MAX_PARTS = 50  # of a title
MAX_TITLE_WORDS = 8  # in a title that comes from no fact
_FIRST_AND_SECOND = ("1th", "2th")  # as in "first steps" and "second thoughts"
EDGE_PUNCTUATION = " ,;:.()¶↩"
_SUBJECT_TERM = re.compile(r"(?<=[\w,;] )[^\W\d_]{3,}(?!\w)|(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,]\d|\d)")
UnboundText = tuple[str, str, str]  # the file, the text, the message


@dataclass(frozen=True, eq=False)
class TextBindings:
    """The texts that may appear on a site: on every page, on one page only, and on pages about method.

    `terms` may appear in data files only. `names` and `subject` are what a page about method may not say: the names of
    actors and places, and the years and the capitalised words inside sentences that claims and quotes contain.
    """

    texts: frozenset[str]
    page_texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    method_pages: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    subject: frozenset[str] = frozenset()
    terms: frozenset[str] = FORMAT_TERMS

    @classmethod
    def from_ledger(cls, ledger: Mapping[str, Any]) -> "TextBindings":
        """Collects the texts of a ledger, which must have the expected shape."""
        facts, interface = ledger["facts"], ledger["interface"]
        texts: list[str] = [*interface["words"], *interface["theme"], *interface["declared"], *interface.get("titles", ())]
        texts += (source["label"] for source in ledger["sources"])
        texts += (text for part in ledger["added"].values() for entry in part for text in entry.values())
        for fact in facts:
            texts += (fact["claim"], *(quote["exact"] for quote in fact["quotes"]))
        for found in (*ledger["texts"].values(), *ledger["names"].values()):
            texts += found
        pages = {page_file(page): frozenset(map(strip_punctuation, found)) for page, found in interface["pages"].items()}
        names = tuple(name for names_of_fact in ledger["names"].values() for name in names_of_fact if is_proper_name(name))
        ids = [part["id"] for part in (*facts, *ledger["sources"])] + [*ledger["texts"], *ledger["names"], interface["claims"]]
        subject = frozenset(term for fact in facts for text in _evidence(fact) for term in subject_terms(text))
        terms = FORMAT_TERMS | field_names() | frozenset([*ids, *interface["typed"]])
        return cls(frozenset(texts), pages, frozenset(map(page_file, ledger["method"])), names, subject, terms)

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
        """Whether a title, which themes join with ` - ` or `: `, is made of allowed texts, `MAX_PARTS` at most."""
        cuts = [found.span() for found in re.finditer(r" - |: ", text)]
        starts = [0]  # where a part may begin, because everything before it is allowed
        for start, end in cuts if len(cuts) < MAX_PARTS else ():
            if any(self.binds(text[first:start], page) for first in starts):
                starts.append(end)
        return any(self.binds(text[first:], page) for first in starts)

    @cached_property
    def _name_pattern(self) -> "re.Pattern[str]":
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(self.names, key=len, reverse=True)))})(?!\w)")

    def find_name(self, text: str) -> str:
        """The first name of an actor or place in a text; empty if there is none."""
        found = self._name_pattern.search(text) if self.names else None
        return found.group() if found else ""

    def find_subject(self, text: str) -> str:
        """The first name, year or capitalised word of the subject in a text; empty if there is none."""
        return self.find_name(text) or next((term for term in subject_terms(text) if term in self.subject), "")


def _evidence(fact: Mapping[str, Any]) -> Iterator[str]:
    yield fact["claim"]
    yield from (quote["exact"] for quote in fact["quotes"])


def subject_terms(text: str) -> Iterator[str]:
    """The years of a text, and its words with a capital that does not begin a sentence."""
    found = (match.group() for match in _SUBJECT_TERM.finditer(text))
    yield from (term for term in found if term[0].isdigit() or term[0].isupper())


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
    site: BuiltSite,
    bindings: TextBindings,
    added_files: Container[str],
    card_texts: Callable[[bytes], tuple[str, ...] | None],
) -> Iterator[UnboundText]:
    """Every text of a site that has no allowed origin, with its file and a message; the text of added files is not read."""
    for path, page in site.pages.items():
        unbound = [text for text in page.texts if text not in bindings.global_texts and not bindings.binds(text, path)]
        unbound += (text for text in page.attribute_texts if not bindings.binds_parts(text, path))
        yield from ((path, *found) for text in unbound for found in unbound_messages(bindings, path, text))
        for content in page.json_ld:
            yield from ((path, text, UNCITED_MESSAGE) for text in _unbound_in_file(content.texts, path, bindings))
        yield from ((path, f"<{tag}>", "the text of this element cannot be checked") for tag in page.opaque_elements)
    for name, file in site.files.items():
        if name != LEDGER_FILE and name not in added_files:
            texts = site.data_contents[name].texts if name in site.data_contents else set(file_texts(file, card_texts))
            yield from ((name, text, UNCITED_MESSAGE) for text in _unbound_in_file(texts, name, bindings))


def _unbound_in_file(texts: set[str], name: str, bindings: TextBindings) -> list[str]:
    """The texts of a data file that are not allowed there, sorted, with white space collapsed."""
    unbound = {collapse_whitespace(text) for text in texts if not bindings.binds_in_file(text.strip(), name)}
    return sorted(text for text in unbound if not bindings.binds_in_file(text, name))


UNCITED_MESSAGE = "this text comes neither from a fact nor from the interface catalogue"


def unbound_messages(bindings: TextBindings, path: str, text: str) -> Iterator[tuple[str, str]]:
    """A text without an allowed origin, with a message; none on a page about method that says nothing of the subject."""
    if path not in bindings.method_pages:
        yield text, UNCITED_MESSAGE
    elif term := bindings.find_subject(text):
        yield text, f"a page about method speaks of the subject, `{term}`, without a citation"
