"""The ledger: what the site says and by what each text on it is bound, as JSON."""

import json
from typing import Any

from briefing.i18n.dates import date_words
from briefing.i18n.messages import EVERYWHERE, Frame, Say, fixed_words
from briefing.model.attribution import Standings
from briefing.model.custom_kinds import explained, typed_names, words_of
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.record import Record
from briefing.rendering.field_values import called, printable
from briefing.rendering.site_map import SiteMap, Use
from briefing.text.edtf import read_date
from briefing.text.words import collapse


def ledger(where: SiteMap, frame: Frame, say: Say) -> str:
    """`ledger.json`: offsets in code points of the seed as on disk, end exclusive; `exact` has white space collapsed.

    `texts` are the other words of each fact (fields, dates, names), `names` those that are the names of an actor or
    place, and `interface` the words that are no fact's: the generator's, the theme's and the briefing's own, and on which
    page a text with a count was said. Of kinds that the briefing declares, `explained` are the sentences of the codebook,
    `typed` the names of files and fields. `method` are the addresses of the pages about method.
    """
    dossier, standings = where.dossier, Standings(where.dossier)
    facts = [
        {
            "id": part.key,
            "kind": fact.stem,
            "claim": collapse(part.claim),
            "page": f"{where.url(where.path(fact))}#{part.key}",
            "quotes": [_entry(use) for use in where.uses[part.key]],
            "standing": [
                {"source": stands.source, "standing": stands.standing, "by": stands.by} for stands in standings.of(fact, part)
            ],
            "origins": standings.origins(fact, part),
        }
        for fact in dossier.every()
        for part in parts_of(fact)
    ]
    told = {
        "sources": [_source(where, record) for record in dossier.of("sources") if isinstance(record, Record)],
        "facts": facts,
        "texts": {fact.key: texts for fact in dossier.every() if (texts := printable(where, frame.language, fact))}
        | _releases(dossier, frame),
        "names": {fact.key: names for fact in dossier.every() if (names := called(fact))},
        "method": [where.url(path) for path in dossier.settings.method_pages],
        "interface": _interface(where, frame, say),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _releases(dossier: Dossier, frame: Frame) -> dict[str, tuple[str, ...]]:
    """The days of the releases in words, which pages name; nothing where there are none."""
    days = (read_date(release.date) for release in dossier.releases)
    return {"releases": tuple(date_words(day, frame.language) for day in days if day)} if dossier.releases else {}


def _source(where: SiteMap, record: Record) -> dict[str, Any]:
    """A source; where its licence lets its whole text be shown, with the offsets of its paragraphs."""
    told = {"id": record.key, "label": record.label, "sha256": record.sha256, "seed": record.seed}
    told |= {"language": record.language, "url": record.url}
    source = where.dossier.sources.get(record.key)
    if record.text_ == "full" and source:
        return {**told, "full": [[paragraph.start, paragraph.end] for paragraph in source.paragraphs]}
    return told


def _interface(where: SiteMap, frame: Frame, say: Say) -> dict[str, Any]:
    settings = where.dossier.settings
    own = settings.own_kinds
    return {
        "words": list(dict.fromkeys([*fixed_words(frame.language), *say.said.get(EVERYWHERE, ())])),
        "language": frame.language,
        "claims": settings.claims_in,
        "theme": frame.theme,
        "declared": list(dict.fromkeys([*settings.interface, *words_of(own)])),
        "explained": list(dict.fromkeys(told for kind in own for told in explained(kind))),
        "typed": [*dict.fromkeys(typed_names(own))],
        "pages": {where.url(page): list(texts) for page, texts in say.said.items() if page != EVERYWHERE},
    }


def _entry(use: Use) -> dict[str, Any]:
    return {
        "source": str(use.quote.source),
        "paragraph": use.passage.paragraph,
        "start": use.passage.start,
        "end": use.passage.end,
        "exact": use.exact,
    }
