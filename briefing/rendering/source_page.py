"""What the page of a source shows: each paragraph, the reason where it was left out, and how much of the text is quoted."""

from typing import Any, NamedTuple

from briefing.model.dossier import paragraph_range
from briefing.model.record import Record
from briefing.model.usage import MOST_SHARE, MOST_WORDS, limits_of, pieces, quoted_words
from briefing.rendering.site_map import SiteMap
from briefing.text.words import words_in


def of_source(where: SiteMap, record: Record, whole_texts: bool) -> dict[str, Any]:
    """What the page of a source shows."""
    source = where.dossier.sources.get(record.key)
    reasons: dict[int, str] = {}
    for left in record.left_out if source else ():
        for number in paragraph_range(left.paragraphs, len(source.paragraphs) if source else 0, record.key):
            reasons[number] = left.reason
    marked = _marked(where, record) if source else {}
    return {
        "fact": record,
        "source": source,
        "reasons": reasons,
        "words": words_in(source.text) if source else 0,
        "quoted": quoted_words(where.dossier, record.key) if source else 0,
        "limits": limits_of(record),
        "usual": (MOST_WORDS, MOST_SHARE),
        "whole": marked if whole_texts or record.text_ == "full" else {},
        "strip": _strip(marked, reasons),
    }


class Piece(NamedTuple):
    """A stretch of the picture of a source, in thousandths of its text, and the paragraph that it is of."""

    left: float
    width: float
    what: str
    number: int


def _strip(marked: dict[int, list[tuple[str, bool]]], reasons: dict[int, str]) -> list[Piece]:
    """A source from its first word to its last: what is quoted, what is not, and the paragraphs that were left out."""
    whole = sum(len(text) for parts in marked.values() for text, _ in parts) or 1
    out: list[Piece] = []
    at = 0
    for number, parts in marked.items():
        for text, covered in parts:
            what = "quoted" if covered else "left" if number in reasons else "unquoted"
            out.append(Piece(1000 * at / whole, 1000 * len(text) / whole, what, number))
            at += len(text)
    return out


def _marked(where: SiteMap, record: Record) -> dict[int, list[tuple[str, bool]]]:
    """Each paragraph's text in pieces, with whether a published quote covers the piece."""
    source = where.dossier.sources[record.key]
    uses = {n: where.uses_of_paragraph.get((record.key, n), ()) for n in range(1, len(source.paragraphs) + 1)}
    return {p.number: pieces(source, p, (use.passage for use in uses[p.number])) for p in source.paragraphs}
