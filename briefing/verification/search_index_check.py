"""Holds the search index against the ledger: each claim in it once, as it was checked, where it stands, with its own quotes."""

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model.site_files import SEARCH_FOLDER
from briefing.text.search_terms import terms_of
from briefing.verification.built_site import BuiltSite
from briefing.verification.generator import Generator
from briefing.verification.ledger import LedgerFact, VerifiedLedger

_CLAIM_KEYS = frozenset(["id", "claim", "page", "title", "date", "quotes"])
_QUOTE_KEYS = frozenset(["id", "source", "exact", "language"])


def search_problems(site: BuiltSite, ledger: VerifiedLedger, generator: Generator) -> Iterator[tuple[str, str]]:
    """What the search index tells of claims and quotes that the ledger does not, and the facts that it lacks."""
    facts = {fact.id: fact for fact in ledger.facts}
    pages = {str(told["id"]): str(told["page"]) for told in ledger.data["facts"]}
    known = {term for text in _searchable_texts(ledger, generator) for term in terms_of(text)}
    known |= generator.light_terms(str(ledger.data["interface"]["claims"]))
    found: set[str] = set()
    for path, piece in ((path, value) for path, value in site.data.items() if _is_search_piece(path)):
        try:
            rows, terms = [dict(row) for row in piece.get("claims", ())], list(map(str, piece.get("terms", ())))
        except (ValueError, TypeError, AttributeError):
            continue  # strings.py says so
        yield from ((path, f"no text that was checked has this term: {term}") for term in terms if term not in known)
        for row in rows:
            key = str(row.get("id"))
            if key not in facts or facts[key].kind == "overview" or key in found:
                yield path, f"no fact, or one that is here already: {key}"
            elif told := _unverified_text(row, facts[key], pages[key], ledger.data["texts"]):
                yield path, f"these words of `{key}` are not what was checked: {told}"
            found.add(key)
    wanted = {fact.id.partition(".")[0] for fact in ledger.facts if fact.kind != "overview"}
    for key in sorted(wanted - {key.partition(".")[0] for key in found}):
        yield f"{SEARCH_FOLDER}/index.js", f"the search does not lead to `{key}`"


def _is_search_piece(path: str) -> bool:
    """Whether a file is one that a browser loads as a piece of the index."""
    return path.endswith(".js") and path.rpartition("/")[0] == SEARCH_FOLDER


def _searchable_texts(ledger: VerifiedLedger, generator: Generator) -> Iterator[str]:
    """What a reader searches in: claims, quotes, what else a fact tells, names; what kinds and their fields are called."""
    for fact in ledger.facts:
        yield fact.claim
        yield from (quote["exact"] for quote in fact.quotes)
    for told in (*ledger.data["texts"].values(), *ledger.data["names"].values()):
        yield from told
    interface = ledger.data["interface"]
    yield from (*generator.search_labels(str(interface["language"])), *interface["declared"], *interface["typed"])


def _unverified_text(row: Mapping[str, Any], fact: LedgerFact, page: str, texts: Mapping[str, Any]) -> str:
    """What a claim in the index says that was not checked of it; empty where all of it was."""
    own = {*texts.get(fact.id.partition(".")[0], ()), *texts.get(fact.id, ())}
    quotes = {f"{fact.id}.{number}": quote for number, quote in enumerate(fact.quotes, 1)}
    if row.get("claim") != fact.claim or row.get("page") != page:
        return f"{row.get('claim')} ({row.get('page')})"
    for name in ("title", "date"):
        if name in row and str(row[name]) not in own:
            return str(row[name])
    beside = row.get("quotes", [])
    if not isinstance(beside, list) or not all(isinstance(told, dict) for told in beside):
        return str(beside)
    for told in beside:
        quote = quotes.get(str(told.get("id")), {})
        if told.get("exact") != quote.get("exact") or told.get("source") != quote.get("source"):
            return f"{told.get('exact')} ({told.get('source')})"
        if more := told.keys() - _QUOTE_KEYS:
            return ", ".join(sorted(more))
    return ", ".join(sorted(row.keys() - _CLAIM_KEYS))
