"""The ledger: every text of the site and its evidence, as JSON."""

import json
from typing import Any

from briefing.i18n.dates import date_words
from briefing.i18n.messages import EVERYWHERE, SiteContext, Translator, fixed_messages
from briefing.model.attribution import Attributions
from briefing.model.custom_kinds import custom_kind_explanations, custom_kind_keys, custom_kind_words
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.quote_index import Use
from briefing.model.record import Record
from briefing.model.settings import Settings
from briefing.rendering.field_values import entity_names, printable
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace


def render_ledger(site_map: SiteMap, site_context: SiteContext, say: Translator) -> str:
    """`ledger.json`: offsets in code points of the seed on disk, end exclusive; `exact` has white space collapsed.

    `texts` are the other texts of each fact (fields, dates, names), `names` the names of actors and places. `interface`
    has the texts that come from no fact: of the generator, the theme and the briefing itself (`declared` in briefing.yaml,
    `titles` in the navigation), and, by page, those with a count or an explanation. Of kinds that the briefing declares,
    `explained` are the sentences of the codebook, `typed` the names of files and fields. `method` are the URLs of the pages
    about method, `added` what the briefing adds to the generator's files.
    """
    dossier, attributions = site_map.dossier, Attributions(site_map.dossier)
    facts = [
        {
            "id": part.key,
            "kind": fact.file_stem,
            "claim": collapse_whitespace(part.claim),
            "page": f"{site_map.url(site_map.path(fact))}#{part.key}",
            "quotes": [_quote_entry(use) for use in site_map.uses[part.key]],
            "standing": [
                {"source": status.source, "standing": status.status, "by": status.shown_by}
                for status in attributions.attributions_of(fact, part)
            ],
            "origins": attributions.origins(fact, part),
        }
        for fact in dossier.all_facts()
        for part in parts_of(fact)
    ]
    ledger: dict[str, Any] = {
        "sources": [_source_entry(site_map, record) for record in dossier.records()],
        "facts": facts,
        "texts": {
            fact.key: texts for fact in dossier.all_facts() if (texts := printable(site_map, site_context.language, fact))
        }
        | _release_dates(dossier, site_context),
        "names": {fact.key: names for fact in dossier.all_facts() if (names := entity_names(fact))},
        "method": [site_map.url(path) for path in dossier.settings.method_pages],
        "added": _added_entry(dossier.settings, site_context, say),
        "interface": _interface_entry(site_map, site_context, say),
    }
    ledger["interface"]["titles"] = _own_titles(ledger, site_context.titles)
    return json.dumps(ledger, ensure_ascii=False, indent=1) + "\n"


def _release_dates(dossier: Dossier, site_context: SiteContext) -> dict[str, tuple[str, ...]]:
    """The dates of the releases in words, under the key `releases`; empty without releases."""
    days = (read_date(release.date) for release in dossier.releases)
    return {"releases": tuple(date_words(day, site_context.language) for day in days if day)} if dossier.releases else {}


def _source_entry(site_map: SiteMap, record: Record) -> dict[str, Any]:
    """A source, with the offsets of its paragraphs if its whole text is shown."""
    entry = {"id": record.key, "label": record.label, "sha256": record.sha256, "seed": record.seed}
    entry |= {"language": record.language, "url": record.url}
    source = site_map.dossier.sources.get(record.key)
    if record.text_ == "full" and source:
        return {**entry, "full": [[paragraph.start, paragraph.end] for paragraph in source.paragraphs]}
    return entry


def _interface_entry(site_map: SiteMap, site_context: SiteContext, say: Translator) -> dict[str, Any]:
    settings = site_map.dossier.settings
    kinds = settings.custom_kinds
    return {
        "words": list(dict.fromkeys([*fixed_messages(site_context.language), *say.texts_by_page.get(EVERYWHERE, ())])),
        "language": site_context.language,
        "claims": settings.claim_language,
        "theme": site_context.theme,
        "declared": list(dict.fromkeys([*settings.interface, *custom_kind_words(kinds)])),
        "explained": list(dict.fromkeys(text for kind in kinds for text in custom_kind_explanations(kind))),
        "typed": [*dict.fromkeys(custom_kind_keys(kinds))],
        "pages": {site_map.url(page): list(texts) for page, texts in say.texts_by_page.items() if page != EVERYWHERE},
    }


def _added_entry(settings: Settings, site_context: SiteContext, say: Translator) -> dict[str, Any]:
    """What the briefing adds to the generator's own site; a checksum is empty where none is needed."""
    repository = {"address": site_context.repository, "use": "navigation", "sha256": "", "reason": say.text("repository")}
    return {
        "files": [
            {"file": f.file, "sha256": f.sha256 or "", "reason": collapse_whitespace(f.reason)} for f in settings.added_files
        ],
        "addresses": [
            {"address": a.address, "use": a.use, "sha256": a.sha256 or "", "reason": collapse_whitespace(a.reason)}
            for a in settings.added_addresses
        ]
        + ([repository] if site_context.repository else []),
    }


def _own_titles(ledger: dict[str, Any], titles: tuple[str, ...]) -> list[str]:
    """The titles of the navigation that are no text of a fact or of the generator."""
    interface = ledger["interface"]
    known = {fact["claim"] for fact in ledger["facts"]} | {source["label"] for source in ledger["sources"]}
    known.update(
        *(interface[key] for key in ("words", "theme", "declared")), *ledger["texts"].values(), *ledger["names"].values()
    )
    return [title for title in titles if title not in known]


def _quote_entry(use: Use) -> dict[str, Any]:
    return {
        "source": str(use.quote.source),
        "paragraph": use.passage.paragraph,
        "start": use.passage.start,
        "end": use.passage.end,
        "exact": use.exact,
    }
