"""The ledger: every claim on the site with its quotes and the passages where they stand, as JSON."""

import json
from dataclasses import asdict
from typing import Any

from briefing.fact import parts_of
from briefing.record import Record
from briefing.site_map import SiteMap, Use
from briefing.standing import Standings
from briefing.words import collapse


def ledger(where: SiteMap) -> str:
    """`ledger.json`: offsets in code points of the seed as on disk, end exclusive; `exact` has white space collapsed."""
    dossier, standings = where.dossier, Standings(where.dossier)
    sources = [
        {"id": r.key, "label": r.label, "sha256": r.sha256, "seed": r.seed, "language": r.language}
        for r in dossier.of("sources")
        if isinstance(r, Record)
    ]
    facts = [
        {
            "id": part.key,
            "kind": fact.stem,
            "claim": collapse(part.claim),
            "page": f"{where.url(where.path(fact))}#{part.key}",
            "quotes": [_entry(use) for use in where.uses[part.key]],
            "standing": [asdict(standing) for standing in standings.of(fact, part)],
            "origins": standings.origins(fact, part),
        }
        for fact in dossier.every()
        for part in parts_of(fact)
    ]
    return json.dumps({"sources": sources, "facts": facts}, ensure_ascii=False, indent=1) + "\n"


def _entry(use: Use) -> dict[str, Any]:
    return {
        "source": str(use.quote.source),
        "paragraph": use.passage.paragraph,
        "start": use.passage.start,
        "end": use.passage.end,
        "exact": use.exact,
    }
