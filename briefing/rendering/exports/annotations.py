"""Every quote as a W3C Web Annotation: the body is its claim; the targets are the page, the seed and the original."""

import base64

from briefing.i18n.messages import Translator
from briefing.model.facts import Fact
from briefing.model.quote_index import Use
from briefing.model.record import Record
from briefing.rendering.exports.facts_json import SITE_ROOT, JsonObject, all_uses, fact_url, to_json
from briefing.rendering.site_map import SiteMap, web_url
from briefing.text.text_fragments import is_found_once
from briefing.text.words import collapse_whitespace

ANNOTATIONS_FILE = "annotations.jsonld"
ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"  # the syntax of HTML fragments, as the annotation model names it


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
    """A selector without prefix and suffix: a quote is unique in its source, and the words around it are not published."""
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
    """The target in the seed, which is named by its hash (RFC 6920); offsets in code points, end exclusive."""
    span = {"type": "TextPositionSelector", "start": use.passage.start, "end": use.passage.end}
    source = hash_uri(site_map.dossier.fact(use.quote.source))
    return {"type": "SpecificResource", "source": source, "selector": [span, _text_quote_selector(use)]}


def _at_publisher(site_map: SiteMap, use: Use) -> list[JsonObject]:
    record = site_map.dossier.record(use.quote.source)
    url = web_url(record) if record else ""
    text = site_map.dossier.sources[use.quote.source].text
    if not url or not is_found_once(text, use.exact):
        return []
    return [{"type": "SpecificResource", "source": url, "selector": _text_quote_selector(use)}]


def hash_uri(record: Fact | None) -> str:
    """The `ni:` URI of a seed (RFC 6920), from its SHA-256."""
    digest = bytes.fromhex(record.sha256) if isinstance(record, Record) else b""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
