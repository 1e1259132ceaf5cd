"""Reads the ledger of a built site and compares it with the seeds and the interface texts of the installed version."""

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.model.ids import is_id
from briefing.model.source import Source, read_source
from briefing.text.languages import INTERFACE_LANGUAGE, primary_subtag
from briefing.text.words import collapse_whitespace, is_edge
from briefing.verification.additions import Additions
from briefing.verification.bindings import TextBindings, page_file, strip_punctuation, title_obstacle
from briefing.verification.generator import Generator

EXPLANATORY_FILES = ("codebook/index.html", "codebook.html", "data/facts.schema.json")  # may explain kinds of fact
_DIGIT_RUN = re.compile(r"\d+")
_ANY_KEY = ""  # in a shape: any key
_QUOTE_SHAPE = {"source": str, "paragraph": int, "start": int, "end": int, "exact": str}
_LEDGER_SHAPE = {
    "sources": [{"id": str, "label": str, "sha256": str, "seed": str, "url": str}],
    "facts": [{"id": str, "kind": str, "claim": str, "page": str, "quotes": [_QUOTE_SHAPE]}],
    "texts": {_ANY_KEY: [str]},
    "names": {_ANY_KEY: [str]},
    "method": [str],
    "added": {
        "files": [dict.fromkeys(["file", "sha256", "reason"], str)],
        "addresses": [dict.fromkeys(["address", "use", "sha256", "reason"], str)],
    },
    "interface": {
        **{key: [str] for key in ("words", "theme", "declared", "explained", "typed")},
        **dict.fromkeys(["language", "claims"], str),
        "pages": {_ANY_KEY: [str]},
    },
}


@dataclass(frozen=True)
class LedgerFact:
    """A claim in a ledger; `path` is the HTML file that shows it."""

    id: str
    kind: str
    claim: str
    path: str
    quotes: tuple[dict[str, Any], ...]

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "LedgerFact":
        """Reads an entry that has the expected shape."""
        return cls(entry["id"], entry["kind"], entry["claim"], page_file(str(entry["page"])), tuple(entry["quotes"]))


@dataclass(frozen=True, eq=False)
class VerifiedLedger:
    """A ledger and its seeds; the text of a seed is None if the file is missing or does not match its checksum."""

    data: Mapping[str, Any]
    bindings: TextBindings
    facts: tuple[LedgerFact, ...]
    sources: Mapping[str, Mapping[str, Any]]
    additions: Additions
    seed_texts: Mapping[str, str | None]

    def pages_of(self, source: str) -> tuple[str, str]:
        """The two paths that the page of a source can have, depending on the style of URLs."""
        return f"sources/{source}/index.html", f"sources/{source}.html"

    def is_at_paragraph(self, source: str, number: int, goal: tuple[str, str] | None, words: str) -> bool:
        """Whether a link leads to a paragraph of a source and its text gives the number of that paragraph."""
        label = str(self.sources[source]["label"])
        numbers = _DIGIT_RUN.findall(words.replace(label, "", 1))
        return goal in [(page, f"p{number}") for page in self.pages_of(source)] and numbers[:1] == [str(number)]

    def texts_by_url(self) -> dict[str, str]:
        """The texts of the seeds by the URL of the original."""
        return {source["url"]: self.seed_texts[key] or "" for key, source in self.sources.items()}

    def licensed_paragraph(self, source: str, number: int) -> str:
        """The text of a paragraph whose source may be shown in full; empty for any other."""
        spans = self.sources[source].get("full", ())
        text = self.seed_texts[source]
        if text is None or not 1 <= number <= len(spans):
            return ""
        return collapse_whitespace(text[slice(*spans[number - 1][:2])])


def read_ledger(site: Path, seeds: Path) -> VerifiedLedger | None:
    """The ledger of a site and the seeds it names; None if the ledger is missing, malformed or names unknown sources."""
    try:
        data = json.loads((site / "ledger.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not _matches_shape(data, _LEDGER_SHAPE) or not all(
        _matches_shape(source.get("full", []), [[int]]) for source in data["sources"]
    ):
        return None
    if not _matches_shape(data["interface"].get("titles", []), [str]):
        return None
    sources = {source["id"]: source for source in data["sources"]}
    facts = tuple(LedgerFact.from_json(fact) for fact in data["facts"])
    if not all(quote["source"] in sources for fact in facts for quote in fact.quotes):
        return None
    texts = {key: _read_pinned_seed(seeds, source["seed"], source["sha256"]) for key, source in sources.items()}
    return VerifiedLedger(data, TextBindings.from_ledger(data), facts, sources, Additions.from_ledger(data["added"]), texts)


def _matches_shape(value: Any, shape: Any) -> bool:
    """Whether a JSON value has a shape: a type, a list of one shape, or an object with shapes by key."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(_matches_shape(inner, shape[0]) for inner in value)
    if not isinstance(shape, dict):
        return type(value) is shape
    if not isinstance(value, dict):
        return False
    if _ANY_KEY in shape:
        return all(_matches_shape(inner, shape[_ANY_KEY]) for inner in value.values())
    return all(key in value and _matches_shape(value[key], inner) for key, inner in shape.items())


def _read_pinned_seed(seeds: Path, name: str, sha256: str) -> str | None:
    path = seeds / Path(name).name
    try:
        content = path.read_bytes()
        return content.decode("utf-8") if hashlib.sha256(content).hexdigest() == sha256 else None
    except (OSError, ValueError):
        return None


def ledger_problems(ledger: VerifiedLedger, generator: Generator) -> Iterator[str]:
    """Quotes that do not match their seeds, and texts that the ledger wrongly lists as interface texts."""
    for key, text in ledger.seed_texts.items():
        if text is None:
            yield f"the seed of `{key}` is missing or has changed"
    read = {key: read_source(key, text) for key, text in ledger.seed_texts.items() if text is not None}
    for fact in ledger.facts:
        for quote in fact.quotes:
            if quote["source"] in read and not _matches_seed(read[quote["source"]], quote):
                yield f"a quote of `{fact.id}` does not match its seed"
    yield from _interface_word_problems(ledger, generator)
    yield from _declared_word_problems(ledger.data["interface"], ledger.bindings)
    yield from _footer_problems(ledger, generator)
    for reason in ledger.additions.reasons:
        if name := ledger.bindings.find_name(reason):
            yield f"the reason for an addition names `{name}`: {reason}"


def _interface_word_problems(ledger: VerifiedLedger, generator: Generator) -> Iterator[str]:
    """Texts listed as interface texts that neither the generator, the theme nor a declared kind has."""
    interface = ledger.data["interface"]
    language, typed = str(interface["language"]), interface["typed"]
    vocabulary = generator.vocabulary(language) | {*interface["declared"], *typed, *(f"facts/{name}.yaml" for name in typed)}
    labels = [collapse_whitespace(str(source["label"])) for source in ledger.sources.values()]
    fact_texts = {text for texts in ledger.data["texts"].values() for text in texts} | {*labels, ", ".join(labels)}
    is_bound = (fact_texts | vocabulary).__contains__
    explained = {file: set(interface["explained"]) for file in EXPLANATORY_FILES}
    for page, texts in (("", interface["words"]), *interface["pages"].items()):
        known = vocabulary | explained.get(page_file(page), set())
        for text in texts:
            if strip_punctuation(text) and text not in known and not generator.is_message(text, is_bound, language):
                yield f"this text is not in the interface catalogue of this version: {text}"
    theme_words = generator.theme_words(language)
    for text in interface["theme"]:
        if text not in theme_words:
            yield f"the theme has no such text: {text}"


def _declared_word_problems(interface: Mapping[str, Any], bindings: TextBindings) -> Iterator[str]:
    """Texts of the briefing's own must be short titles or explanations of kinds, and must not name anybody.

    A title of the navigation states no number either. The ledgers of earlier versions have no `titles`.
    """
    for text in interface["declared"]:
        if why := title_obstacle(text, bindings, numbers=False):
            yield f"a declared title {why}: {text}"
    for text in interface.get("titles", ()):
        if why := title_obstacle(text, bindings, primary_subtag(interface["claims"]) == INTERFACE_LANGUAGE):
            yield f"a title of the navigation {why}: {text}"
    for text in interface["explained"]:
        if name := bindings.find_name(text):
            yield f"the explanation of a kind names `{name}`: {text}"
    yield from (f"this is not the name of a file or field: {name}" for name in interface["typed"] if not is_id(name))


def _matches_seed(source: Source, quote: Mapping[str, Any]) -> bool:
    """Whether the seed has the quote at its offsets, and the quote begins and ends at word boundaries."""
    start, end = quote["start"], quote["end"]
    if not 0 <= start < end <= len(source.text) or collapse_whitespace(source.text[start:end]) != quote["exact"]:
        return False
    first, last = source.runs[source.paragraph_at(start) - 1], source.runs[source.paragraph_at(end - 1) - 1]
    return is_edge(first.text, bisect_left(first.starts, start)) and is_edge(last.text, bisect_left(last.starts, end))


def _footer_problems(ledger: VerifiedLedger, generator: Generator) -> Iterator[str]:
    """Compares the counts in the footer with the ledger."""
    quotes = sum(len(fact.quotes) for fact in ledger.facts if fact.kind != "overview")
    counted = generator.footer_counts(len(ledger.facts), quotes, str(ledger.data["interface"]["language"]))
    yield from (
        f"the footer of the pages should say: {text}" for text in counted if text not in ledger.data["interface"]["words"]
    )
