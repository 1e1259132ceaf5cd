"""Compares what programs read of a site with its ledger: data files, JSON-LD, Open Graph properties, the search index."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.model.open_graph import MetaProperty, machine_properties
from briefing.model.site_files import CARD_PATH, SEARCH_FOLDER
from briefing.text.search_terms import terms_of
from briefing.verification.built_site import BuiltSite
from briefing.verification.generator import Generator
from briefing.verification.ledger import LedgerFact, VerifiedLedger

_CHECKED_KEYS = ("claim", "exact", "paragraph", "start", "end")
_JSON_LD_TEXT_TYPES = ("Claim", "Quotation")
_CLAIM_KEYS = frozenset(["id", "claim", "page", "title", "date", "quotes"])
_QUOTE_KEYS = frozenset(["id", "source", "exact", "language"])
_INDEX_PAGE = "index.html"


def export_problems(site: BuiltSite, ledger: VerifiedLedger) -> Iterator[tuple[str, str]]:
    """Where a data file, or the JSON-LD of a page, differs from the ledger in a claim or a quote."""
    claims = {fact.id: fact.claim for fact in ledger.facts}
    quotes = {
        f"{fact.id}.{number}": quote
        for fact in ledger.facts
        if fact.kind != "overview"
        for number, quote in enumerate(fact.quotes, 1)
    }
    contents = [(path, content) for path, page in site.pages.items() for content in page.json_ld]
    contents += [(path, content) for path, content in site.data_contents.items() if path.startswith("data/")]
    for path, objects in ((path, content.objects) for path, content in contents):
        for key, name, value in ((key, *pair) for outer, key in objects for pair in _checked_values(outer)):
            known = claims.get(key) if name == "claim" else quotes.get(key, {}).get(name)
            if known is not None and str(known) != str(value) and not isinstance(value, (list, dict)):
                yield path, f"this value of `{key}` differs from the ledger: {value}"


def _checked_values(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values in an object that the ledger has too, each with its name there (`claim`, `exact`, `start` …)."""
    yield from ((name, value[name]) for name in _CHECKED_KEYS if name in value)
    if "value" in value and value.get("type") == "TextualBody":
        yield "claim", value["value"]
    if "text" in value and value.get("@type") in _JSON_LD_TEXT_TYPES:
        yield "claim" if value["@type"] == "Claim" else "exact", value["text"]


def search_problems(site: BuiltSite, ledger: VerifiedLedger, generator: Generator) -> Iterator[tuple[str, str]]:
    """Where the search index differs from the ledger: terms, claims and quotes that are not checked, facts that are missing."""
    facts = {fact.id: fact for fact in ledger.facts}
    pages = {str(fact["id"]): str(fact["page"]) for fact in ledger.data["facts"]}
    known = {term for text in _searchable_texts(ledger, generator) for term in terms_of(text)}
    known |= generator.light_terms(str(ledger.data["interface"]["claims"]))
    found: set[str] = set()
    for path, piece in ((path, value) for path, value in site.data.items() if _is_search_piece(path)):
        try:
            rows, terms = [dict(row) for row in piece.get("claims", ())], list(map(str, piece.get("terms", ())))
        except (ValueError, TypeError, AttributeError):
            continue  # reported as an unbound text
        yield from ((path, f"this search term occurs in no checked text: {term}") for term in terms if term not in known)
        for row in rows:
            key = str(row.get("id"))
            if key not in facts or facts[key].kind == "overview" or key in found:
                yield path, f"this search entry is a duplicate or belongs to no fact: {key}"
            elif text := _unverified_text(row, facts[key], pages[key], ledger.data["texts"]):
                yield path, f"this text of `{key}` differs from the ledger: {text}"
            found.add(key)
    expected = {fact.id.partition(".")[0] for fact in ledger.facts if fact.kind != "overview"}
    for key in sorted(expected - {key.partition(".")[0] for key in found}):
        yield f"{SEARCH_FOLDER}/index.js", f"the search index lacks `{key}`"


def _is_search_piece(path: str) -> bool:
    """Whether a file is a script of the search index, which a browser would load."""
    return path.endswith(".js") and path.rpartition("/")[0] == SEARCH_FOLDER


def _searchable_texts(ledger: VerifiedLedger, generator: Generator) -> Iterator[str]:
    """The texts that a reader can search: claims, quotes, names and other texts of facts, labels of kinds and fields."""
    for fact in ledger.facts:
        yield fact.claim
        yield from (quote["exact"] for quote in fact.quotes)
    for texts in (*ledger.data["texts"].values(), *ledger.data["names"].values()):
        yield from texts
    interface = ledger.data["interface"]
    yield from (*generator.search_labels(str(interface["language"])), *interface["declared"], *interface["typed"])


def _unverified_text(row: Mapping[str, Any], fact: LedgerFact, page: str, texts: Mapping[str, Any]) -> str:
    """The first text of an entry that differs from the ledger; empty if none does."""
    fact_texts = {*texts.get(fact.id.partition(".")[0], ()), *texts.get(fact.id, ())}
    quotes = {f"{fact.id}.{number}": quote for number, quote in enumerate(fact.quotes, 1)}
    if row.get("claim") != fact.claim or row.get("page") != page:
        return f"{row.get('claim')} ({row.get('page')})"
    for name in ("title", "date"):
        if name in row and str(row[name]) not in fact_texts:
            return str(row[name])
    rows = row.get("quotes", [])
    if not isinstance(rows, list) or not all(isinstance(shown, dict) for shown in rows):
        return str(rows)
    for shown in rows:
        quote = quotes.get(str(shown.get("id")), {})
        if shown.get("exact") != quote.get("exact") or shown.get("source") != quote.get("source"):
            return f"{shown.get('exact')} ({shown.get('source')})"
        if more := shown.keys() - _QUOTE_KEYS:
            return ", ".join(sorted(more))
    return ", ".join(sorted(row.keys() - _CLAIM_KEYS))


def open_graph_problems(pages: Mapping[str, list[MetaProperty]], files: Iterable[str], language: str) -> Iterator[MetaProperty]:
    """Pages whose Open Graph properties are wrong, for example with the URL of another page; each with a message."""
    has_picture = CARD_PATH in files
    bases = {path: _declared_base_url(path, properties) for path, properties in pages.items()}
    known = {base for base in bases.values() if base}
    for path, properties in pages.items():
        base, url = bases[path], dict(properties).get("og:url", "")
        expected = [machine_properties(base, url.removeprefix(base), language)] if not base or has_picture else []
        if properties and (sorted(properties) not in map(sorted, expected) or len(known) > 1):
            unexpected = sorted(set(properties).difference(*expected)) or properties[:1]
            yield path, f"this metadata of the page is wrong: {' '.join(unexpected[0])}"


def _declared_base_url(path: str, properties: list[MetaProperty]) -> str:
    """The URL of the site, derived from the `og:url` of a page; empty if that does not end with the path of the page."""
    url = dict(properties).get("og:url", "")
    endings = (path, path.removesuffix(_INDEX_PAGE)) if path == _INDEX_PAGE or path.endswith(f"/{_INDEX_PAGE}") else (path,)
    return next((url.removesuffix(ending) for ending in endings if url and url.endswith(f"/{ending}")), "")
