"""JSON-LD metadata of pages in the vocabulary of schema.org.

A claim is a `Claim` and never a `ClaimReview`, because nothing is rated. Values that a record does not state are left
out, and a source without a type is a `CreativeWork`.
"""

import json
import re
from collections.abc import Iterable

from markupsafe import Markup

from briefing.i18n.messages import Translator
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.kinds import Event
from briefing.model.quote_index import Use
from briefing.model.record import Record
from briefing.rendering.exports.citations import stated_text
from briefing.rendering.exports.facts_json import JsonObject
from briefing.rendering.site_map import SiteMap, briefing_title, web_url
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace

SCHEMA_ORG = "https://schema.org"
SCHEMA_ORG_TYPES = {
    "news report": "ReportageNewsArticle",
    "opinion": "OpinionNewsArticle",
    "report": "Report",
    "post": "SocialMediaPosting",
    "web page": "WebPage",
}
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNSAFE_CHARACTERS = re.compile(r"""[\x00-\x1f!"$%&'()*+;<=>?\[\\\]^`{|}~]""")


def render_json_ld(site_map: SiteMap, here: str, facts: Iterable[Fact]) -> Markup:
    """The claims of a page with their quotations and sources; empty for a page without claims."""
    found = [fact for fact in facts if parts_of(fact) or isinstance(fact, Record)]
    records = {str(use.quote.source): None for fact in found for part in parts_of(fact) for use in _direct_uses(site_map, part)}
    records |= {fact.key: None for fact in found if isinstance(fact, Record)}
    works = [_source_node(site_map, here, record) for record in site_map.dossier.records() if record.key in records]
    return _json_ld_script([*works, *(_claim_node(site_map, here, fact, part) for fact in found for part in parts_of(fact))])


def render_home_json_ld(site_map: SiteMap, here: str, say: Translator, files: Iterable[tuple[str, str]]) -> Markup:
    """The briefing as a `Report` and its data files as a `Dataset`; `files` are pairs of path and media type."""
    dossier = site_map.dossier
    lines = [line for line in dossier.facts_of_kind("overview") if isinstance(line, Claim)]
    title = briefing_title(dossier) or say.plain("briefing")
    sources = [_source_node(site_map, here, record) for record in site_map.dossier.records()]
    report: JsonObject = {"@type": "Report", "@id": "#report", "name": title, "inLanguage": dossier.settings.claim_language}
    report |= {"hasPart": [{"@id": f"#{line.key}"} for line in lines]}
    report |= {"isBasedOn": [{"@id": work["@id"]} for work in sources]}
    if dossier.releases:
        report |= {"dateModified": dossier.releases[-1].date}
    downloads = [
        {"@type": "DataDownload", "contentUrl": str(site_map.link(here, path)), "encodingFormat": kind} for path, kind in files
    ]
    data: JsonObject = {"@type": "Dataset", "@id": "#data", "name": title, "description": say.plain("every-sentence")}
    data |= {"url": str(site_map.link(here, "data.md")), "isPartOf": {"@id": "#report"}, "distribution": downloads}
    claims = [{"@type": "Claim", "@id": f"#{line.key}", "text": collapse_whitespace(line.claim)} for line in lines]
    return _json_ld_script([report, data, *claims, *sources])


def _direct_uses(site_map: SiteMap, part: Claim) -> tuple[Use, ...]:
    return tuple(use for use in site_map.uses[part.key] if use.part.key == part.key)


def _claim_node(site_map: SiteMap, here: str, fact: Fact, part: Claim) -> JsonObject:
    node: JsonObject = {"@type": "Claim", "@id": f"#{part.key}", "text": collapse_whitespace(part.claim)}
    node |= {"inLanguage": site_map.dossier.settings.claim_language}
    if quotations := [_quotation_node(site_map, here, use) for use in _direct_uses(site_map, part)]:
        node |= {"appearance": quotations}
    return node | ({"about": _event_node(fact)} if isinstance(fact, Event) and part is fact else {})


def _quotation_node(site_map: SiteMap, here: str, use: Use) -> JsonObject:
    source = _source_page_url(site_map, here, str(use.quote.source))
    node = {"@type": "Quotation", "@id": f"#{use.anchor}", "text": use.exact, "inLanguage": site_map.language_of(use)}
    return node | {"isPartOf": {"@id": source}}


def _event_node(event: Event) -> JsonObject:
    """An event; with its date only if ISO 8601 can express it and a source prints it."""
    when = read_date(event.date)
    node: JsonObject = {"@type": "Event", "name": collapse_whitespace(event.claim)}
    return node | ({"startDate": when.html_datetime} if when and when.html_datetime and not event.inferred else {})


def _source_page_url(site_map: SiteMap, here: str, key: str) -> str:
    return str(site_map.link(here, f"sources/{key}.md"))


def _source_node(site_map: SiteMap, here: str, record: Record) -> JsonObject:
    title = stated_text(record.title_)
    node: JsonObject = {
        "@type": SCHEMA_ORG_TYPES.get(record.type_ or "", "CreativeWork"),
        "@id": _source_page_url(site_map, here, record.key),
    }
    node |= (
        {"name": title, "alternateName": collapse_whitespace(record.label)}
        if title
        else {"name": collapse_whitespace(record.label)}
    )
    container, publisher = stated_text(record.container_title), stated_text(record.publisher)
    issued = read_date(record.issued)
    properties = {
        "creditText": stated_text(record.author),
        "isPartOf": {"@type": "CreativeWork", "name": container} if container else None,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "datePublished": issued.html_datetime if issued else "",
        "url": web_url(record),
        "inLanguage": str(record.language),
    }
    return node | {key: value for key, value in properties.items() if value}


def _json_ld_script(graph: list[JsonObject]) -> Markup:
    if not graph:
        return Markup()
    text = json.dumps({"@context": SCHEMA_ORG, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return Markup(f'<script type="application/ld+json">{_JSON_STRING.sub(_escape_json_string, text)}</script>\n')


def _escape_json_string(literal: re.Match[str]) -> str:
    """A JSON string with escapes for all characters that HTML or a Markdown extension could interpret."""
    if not _UNSAFE_CHARACTERS.search(literal.group(), 1, literal.end() - literal.start() - 1):
        return literal.group()
    return '"' + _UNSAFE_CHARACTERS.sub(lambda found: f"\\u{ord(found.group()):04x}", json.loads(literal.group())) + '"'
