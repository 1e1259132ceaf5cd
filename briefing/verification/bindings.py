"""Binds what is read on a built site: each text is a checked fact's or one of the interface words, or it is a problem."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefing.model.site_files import LEDGER
from briefing.text.words import collapse
from briefing.verification.built_site import BuiltSite
from briefing.verification.data_formats import TERMS, field_names
from briefing.verification.file_texts import is_code, strings_of

ENDS = " ,;:.()¶↩"
Unbound = tuple[str, str, str]  # the file, the words, what is wrong with them


@dataclass(frozen=True, eq=False)
class Binding:
    """What may be read on a site: everywhere, on one page alone, and on pages about method."""

    texts: frozenset[str]
    on_page: Mapping[str, frozenset[str]] = field(default_factory=dict)
    method: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    terms: frozenset[str] = TERMS

    @classmethod
    def of(cls, ledger: Mapping[str, Any]) -> "Binding":
        """What a ledger binds that has the shape of one."""
        facts, interface = ledger["facts"], ledger["interface"]
        texts: list[str] = [*interface["words"], *interface["theme"], *interface["declared"]]
        texts += (source["label"] for source in ledger["sources"])
        for fact in facts:
            texts += (fact["claim"], *(quote["exact"] for quote in fact["quotes"]))
        for told in (*ledger["texts"].values(), *ledger["names"].values()):
            texts += told
        pages = {file_of(page): frozenset(map(bare, told)) for page, told in interface["pages"].items()}
        names = tuple(name for of in ledger["names"].values() for name in of if is_proper(name))
        ids = [part["id"] for part in (*facts, *ledger["sources"])] + [*ledger["texts"], *ledger["names"], interface["claims"]]
        terms = TERMS | field_names() | frozenset([*ids, *interface["typed"]])
        return cls(frozenset(texts), pages, frozenset(map(file_of, ledger["method"])), names, terms)

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """What may be read on every page: the texts, and each without the punctuation at its ends."""
        return self.texts | set(map(bare, self.texts))

    def binds(self, text: str, page: str = "") -> bool:
        """Whether a text may be read on a page: punctuation at its ends apart, it is one that was checked or said there."""
        if text in self.everywhere:
            return True
        stripped = bare(text)
        return not stripped or stripped in self.everywhere or stripped in self.on_page.get(page, ())

    def binds_in_file(self, text: str, name: str) -> bool:
        """Whether a string may stand in a data file: a code, a word of the file's format, an id, or a text that is bound."""
        return text in self.everywhere or text in self.terms or is_code(text) or self.binds_parts(text, name)

    def binds_parts(self, text: str, page: str) -> bool:
        """Whether a title, which a theme puts together, is made of texts that may be read."""
        if self.binds(text, page):
            return True
        cuts = (found.span() for found in re.finditer(r" - |: ", text))
        return any(self.binds(text[:start], page) and self.binds_parts(text[end:], page) for start, end in cuts)

    @cached_property
    def _named(self) -> "re.Pattern[str]":
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(self.names, key=len, reverse=True)))})(?!\w)")

    def name_in(self, text: str) -> str:
        """The name of an actor or place that a text prints; empty where it prints none."""
        found = self._named.search(text) if self.names else None
        return found.group() if found else ""


def bare(text: str) -> str:
    """A text without the punctuation at its ends."""
    return text.strip(ENDS)


def is_proper(name: str) -> bool:
    """Whether a name is one only of whom it names: it has a capital letter, or its script has none."""
    return name != name.lower() or name == name.upper()


def file_of(address: str) -> str:
    """The file of a page by its address."""
    path = address.partition("#")[0]
    return path + "index.html" if path.endswith("/") or not path else path


def unbound(site: BuiltSite, binding: Binding, card_texts: Callable[[bytes], tuple[str, ...] | None]) -> Iterator[Unbound]:
    """Every text of a site that nothing binds, with its file."""
    for path, page in site.pages.items():
        loose = [text for text in page.texts if text not in binding.everywhere and not binding.binds(text, path)]
        loose += (text for text in page.told if not binding.binds_parts(text, path))
        yield from ((path, *wrong) for text in loose for wrong in _judged(binding, path, text))
        for walked in page.linked:
            yield from ((path, text, NO_FACT) for text in _unbound_in_file(walked.texts, path, binding))
        yield from ((path, f"<{tag}>", "nobody can check what this element shows") for tag in page.closed)
    for name, file in site.files.items():
        if name != LEDGER:
            texts = site.told[name].texts if name in site.told else set(strings_of(file, card_texts))
            yield from ((name, text, NO_FACT) for text in _unbound_in_file(texts, name, binding))


def _unbound_in_file(texts: set[str], name: str, binding: Binding) -> list[str]:
    """Those of the texts of a data file that nothing binds, as a page would print them, in order."""
    loose = {collapse(text) for text in texts if not binding.binds_in_file(text.strip(), name)}
    return sorted(text for text in loose if not binding.binds_in_file(text, name))


NO_FACT = "no fact says this, and it is no interface word"


def _judged(binding: Binding, path: str, text: str) -> Iterator[tuple[str, str]]:
    if path not in binding.method:
        yield text, NO_FACT
    elif name := binding.name_in(text):
        yield text, f"a page about method names `{name}` without a citation"
