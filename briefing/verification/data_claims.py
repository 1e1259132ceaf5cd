"""Holds the data files and what pages tell machines against the ledger: each claim under its id, each quote at its passage."""

from collections.abc import Iterator
from typing import Any

from briefing.verification.built_site import BuiltSite
from briefing.verification.ledger import VerifiedLedger

_CHECKED_KEYS = ("claim", "exact", "paragraph", "start", "end")
_JSON_LD_TEXT_TYPES = ("Claim", "Quotation")


def export_problems(site: BuiltSite, ledger: VerifiedLedger) -> Iterator[tuple[str, str]]:
    """What a data file, or the linked data of a page, says of a claim or quote that the ledger does not."""
    claims = {fact.id: fact.claim for fact in ledger.facts}
    quotes = {
        f"{fact.id}.{number}": quote
        for fact in ledger.facts
        if fact.kind != "overview"
        for number, quote in enumerate(fact.quotes, 1)
    }
    told = [(path, walked) for path, page in site.pages.items() for walked in page.json_ld]
    told += [(path, walked) for path, walked in site.data_contents.items() if path.startswith("data/")]
    for path, objects in ((path, walked.objects) for path, walked in told):
        for key, name, said in ((key, *told) for value, key in objects for told in _checked_values(value)):
            known = claims.get(key) if name == "claim" else quotes.get(key, {}).get(name)
            if known is not None and str(known) != str(said) and not isinstance(said, (list, dict)):
                yield path, f"this says of `{key}` what was not checked: {said}"


def _checked_values(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an object says of a claim or a quote: `claim` or what is told of a quote, and that."""
    yield from ((name, value[name]) for name in _CHECKED_KEYS if name in value)
    if "value" in value and value.get("type") == "TextualBody":
        yield "claim", value["value"]
    if "text" in value and value.get("@type") in _JSON_LD_TEXT_TYPES:
        yield "claim" if value["@type"] == "Claim" else "exact", value["text"]
