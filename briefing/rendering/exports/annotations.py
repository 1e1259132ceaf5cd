"""Every quote as a W3C Web Annotation: its claim is the body, its places on the page, in the seed and at the publisher's."""

import base64

from briefing.i18n.messages import Say
from briefing.model.facts import Fact
from briefing.model.record import Record
from briefing.rendering.exports.facts_json import dumped
from briefing.rendering.exports.rows import UP, Row, page_of, uses_of
from briefing.rendering.site_map import SiteMap, Use
from briefing.text.text_fragments import is_found_once
from briefing.text.words import collapse

FILE = "annotations.jsonld"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"  # of HTML, as the annotation model names it


def annotations(where: SiteMap, say: Say) -> str:
    """An AnnotationCollection with its one page; addresses are relative to the file."""
    found = [_annotation(where, use) for use in uses_of(where)]
    page = {"id": f"{FILE}#page", "type": "AnnotationPage", "startIndex": 0, "items": found}
    head = {"@context": CONTEXT, "id": FILE, "type": "AnnotationCollection", "total": len(found)}
    return dumped(head | {"first": page, "last": f"{FILE}#page"}, None)


def _annotation(where: SiteMap, use: Use) -> Row:
    claim = {"id": page_of(where, use.fact, use.part.key), "type": "TextualBody", "purpose": "describing"}
    claim |= {"value": collapse(use.part.claim), "format": "text/plain", "language": where.dossier.settings.claims_in}
    targets = [_on_page(where, use), _in_seed(where, use), *_at_publisher(where, use)]
    return {"id": f"#{use.anchor}", "type": "Annotation", "motivation": "describing", "body": claim, "target": targets}


def _words(use: Use) -> Row:
    """No prefix and no suffix: a quote stands exactly once in its source, and words beside it are not published."""
    return {"type": "TextQuoteSelector", "exact": use.exact}


def _on_page(where: SiteMap, use: Use) -> Row:
    place = {"type": "FragmentSelector", "conformsTo": _FRAGMENTS, "value": f"{use.anchor}.q", "refinedBy": _words(use)}
    return {"type": "SpecificResource", "source": UP + where.url(where.path(use.fact)) or UP, "selector": place}


def _in_seed(where: SiteMap, use: Use) -> Row:
    """The seed by its hash (RFC 6920); offsets in code points, end exclusive."""
    span = {"type": "TextPositionSelector", "start": use.passage.start, "end": use.passage.end}
    source = named_by_hash(where.dossier.fact(use.quote.source))
    return {"type": "SpecificResource", "source": source, "selector": [span, _words(use)]}


def _at_publisher(where: SiteMap, use: Use) -> list[Row]:
    record = where.dossier.fact(use.quote.source)
    url = record.url if isinstance(record, Record) else ""
    text = where.dossier.sources[use.quote.source].text
    if not url.lower().startswith(("http://", "https://")) or not is_found_once(text, use.exact):
        return []
    return [{"type": "SpecificResource", "source": str(url), "selector": _words(use)}]


def named_by_hash(record: Fact | None) -> str:
    """The name of a seed by its SHA-256, as `ni:` addresses have it."""
    digest = bytes.fromhex(record.sha256) if isinstance(record, Record) else b""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
