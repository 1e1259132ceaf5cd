"""Every quote as a W3C Web Annotation: its claim is the body, its places on the page, in the seed and at the publisher's."""

import base64

from briefing.i18n.messages import Translator
from briefing.model.facts import Fact
from briefing.model.quote_index import Use
from briefing.model.record import Record
from briefing.rendering.exports.facts_json import to_json
from briefing.rendering.exports.rows import SITE_ROOT, JsonObject, all_uses, fact_url
from briefing.rendering.site_map import SiteMap
from briefing.text.text_fragments import is_found_once
from briefing.text.words import collapse_whitespace

ANNOTATIONS_FILE = "annotations.jsonld"
ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"  # of HTML, as the annotation model names it


def render_annotations(site_map: SiteMap, say: Translator) -> str:
    """An AnnotationCollection with its one page; addresses are relative to the file."""
    found = [_annotation(site_map, use) for use in all_uses(site_map)]
    page = {"id": f"{ANNOTATIONS_FILE}#page", "type": "AnnotationPage", "startIndex": 0, "items": found}
    head = {"@context": ANNOTATION_CONTEXT, "id": ANNOTATIONS_FILE, "type": "AnnotationCollection", "total": len(found)}
    return to_json(head | {"first": page, "last": f"{ANNOTATIONS_FILE}#page"}, None)


def _annotation(site_map: SiteMap, use: Use) -> JsonObject:
    claim = {"id": fact_url(site_map, use.fact, use.part.key), "type": "TextualBody", "purpose": "describing"}
    claim |= {
        "value": collapse_whitespace(use.part.claim),
        "format": "text/plain",
        "language": site_map.dossier.settings.claim_language,
    }
    targets = [_on_page(site_map, use), _in_seed(site_map, use), *_at_publisher(site_map, use)]
    return {"id": f"#{use.anchor}", "type": "Annotation", "motivation": "describing", "body": claim, "target": targets}


def _text_quote_selector(use: Use) -> JsonObject:
    """No prefix and no suffix: a quote stands exactly once in its source, and words beside it are not published."""
    return {"type": "TextQuoteSelector", "exact": use.exact}


def _on_page(site_map: SiteMap, use: Use) -> JsonObject:
    place = {
        "type": "FragmentSelector",
        "conformsTo": _FRAGMENTS,
        "value": f"{use.anchor}.q",
        "refinedBy": _text_quote_selector(use),
    }
    return {
        "type": "SpecificResource",
        "source": SITE_ROOT + site_map.url(site_map.path(use.fact)) or SITE_ROOT,
        "selector": place,
    }


def _in_seed(site_map: SiteMap, use: Use) -> JsonObject:
    """The seed by its hash (RFC 6920); offsets in code points, end exclusive."""
    span = {"type": "TextPositionSelector", "start": use.passage.start, "end": use.passage.end}
    source = hash_uri(site_map.dossier.fact(use.quote.source))
    return {"type": "SpecificResource", "source": source, "selector": [span, _text_quote_selector(use)]}


def _at_publisher(site_map: SiteMap, use: Use) -> list[JsonObject]:
    record = site_map.dossier.record(use.quote.source)
    url = record.url if record else ""
    text = site_map.dossier.sources[use.quote.source].text
    if not url.lower().startswith(("http://", "https://")) or not is_found_once(text, use.exact):
        return []
    return [{"type": "SpecificResource", "source": str(url), "selector": _text_quote_selector(use)}]


def hash_uri(record: Fact | None) -> str:
    """The name of a seed by its SHA-256, as `ni:` addresses have it."""
    digest = bytes.fromhex(record.sha256) if isinstance(record, Record) else b""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
