"""What the page of a source shows: each paragraph, the reason where it was left out, and how much of the text is quoted."""

from typing import Any, NamedTuple

from briefing.model.record import Record, paragraph_range
from briefing.model.usage import MAX_QUOTE_WORDS, MAX_QUOTED_SHARE, count_quoted_words, quotation_limits, split_by_quotes
from briefing.rendering.site_map import SiteMap
from briefing.text.words import count_words


def source_page_context(site_map: SiteMap, record: Record, full_texts: bool) -> dict[str, Any]:
    """What the page of a source shows."""
    source = site_map.dossier.sources.get(record.key)
    reasons: dict[int, str] = {}
    for left in record.left_out if source else ():
        for number in paragraph_range(left.paragraphs, len(source.paragraphs) if source else 0, record.key):
            reasons[number] = left.reason
    marked = _paragraphs_by_coverage(site_map, record) if source else {}
    return {
        "fact": record,
        "source": source,
        "reasons": reasons,
        "words": count_words(source.text) if source else 0,
        "quoted": count_quoted_words(site_map.dossier, record.key) if source else 0,
        "limits": quotation_limits(record),
        "default_limits": (MAX_QUOTE_WORDS, MAX_QUOTED_SHARE),
        "full_text": marked if full_texts or record.text_ == "full" else {},
        "strip": _coverage_strip(marked, reasons),
    }


class StripPiece(NamedTuple):
    """A stretch of the picture of a source, in thousandths of its text, and the paragraph that it is of."""

    left: float
    width: float
    status: str
    number: int


def _coverage_strip(marked: dict[int, list[tuple[str, bool]]], reasons: dict[int, str]) -> list[StripPiece]:
    """A source from its first word to its last: what is quoted, what is not, and the paragraphs that were left out."""
    whole = sum(len(text) for parts in marked.values() for text, _ in parts) or 1
    out: list[StripPiece] = []
    at = 0
    for number, parts in marked.items():
        for text, covered in parts:
            what = "quoted" if covered else "left" if number in reasons else "unquoted"
            out.append(StripPiece(1000 * at / whole, 1000 * len(text) / whole, what, number))
            at += len(text)
    return out


def _paragraphs_by_coverage(site_map: SiteMap, record: Record) -> dict[int, list[tuple[str, bool]]]:
    """Each paragraph's text in pieces, with whether a published quote covers the piece."""
    source = site_map.dossier.sources[record.key]
    uses = {n: site_map.uses_of_paragraph.get((record.key, n), ()) for n in range(1, len(source.paragraphs) + 1)}
    return {p.number: split_by_quotes(source, p, (use.passage for use in uses[p.number])) for p in source.paragraphs}
