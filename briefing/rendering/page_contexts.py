"""What the templates of pages are given: one function for each sort of page that needs more than a dossier."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from briefing.i18n.messages import SiteContext
from briefing.i18n.vocabulary import inverse_label
from briefing.model.additions import address_effects, file_effects
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.fields import field_texts, fields_of, walk_texts
from briefing.model.kinds import Dispute, History
from briefing.model.located_text import Text
from briefing.model.record import Record, paragraph_range
from briefing.model.source import Passage
from briefing.model.usage import (
    MAX_QUOTE_WORDS,
    MAX_QUOTED_SHARE,
    count_quoted_words,
    quotation_limits,
    split_by_quotes,
    waivers_of,
)  # fmt: skip
from briefing.rendering.site_map import SiteMap
from briefing.text.words import count_words

EXCLUDED_KINDS = ("overview", History.file_stem)  # kinds whose references are not listed on the pages of what they name


class StripPiece(NamedTuple):
    """A stretch of a source in its coverage strip: left edge and width in thousandths of the text, status, paragraph."""

    left: float
    width: float
    status: str
    number: int


def kind_context(site_map: SiteMap, kind: type[Fact]) -> dict[str, Any]:
    """The page of a kind: its facts, in the order of their file."""
    return {"kind": kind, "facts": tuple(site_map.dossier.facts_of_kind(kind.file_stem))}


def fact_context(site_map: SiteMap, fact: Fact) -> dict[str, Any]:
    """The page of an actor or another fact with a page: the fact, and what mentions it."""
    return {"fact": fact, "mentions": _mentions_of(site_map, fact)}


def source_context(site_map: SiteMap, record: Record, full_texts: bool) -> dict[str, Any]:
    """The page of a source: its paragraphs, why some were left out, and how much of the text is quoted."""
    source = site_map.dossier.sources.get(record.key)
    reasons: dict[int, str] = {}
    for entry in record.left_out if source else ():
        for number in paragraph_range(entry.paragraphs, len(source.paragraphs) if source else 0, record.key):
            reasons[number] = entry.reason
    coverage = _paragraphs_by_coverage(site_map, record) if source else {}
    return {
        "fact": record,
        "source": source,
        "reasons": reasons,
        "words": count_words(source.text) if source else 0,
        "quoted": count_quoted_words(site_map.dossier, record.key) if source else 0,
        "limits": quotation_limits(record),
        "default_limits": (MAX_QUOTE_WORDS, MAX_QUOTED_SHARE),
        "full_text": coverage if full_texts or record.text_ == "full" else {},
        "strip": _coverage_strip(coverage, reasons),
    }


def checks_context(site_map: SiteMap, site_context: SiteContext) -> dict[str, Any]:
    """The page about checks: the rules, the waivers, what the site adds, and sources with quotation limits of their own."""
    records = site_map.dossier.records()
    limited = [(record, quotation_limits(record)) for record in records if record.limit and record.text_ != "full"]
    settings = site_map.dossier.settings
    added: list[tuple[str, Text | None, tuple[str, ...]]] = [
        *((str(f.file), f.reason, file_effects(str(f.file), site_context.style_effects)) for f in settings.added_files),
        *((str(a.address), a.reason, address_effects(a)) for a in settings.added_addresses),
    ]
    added += [(site_context.repository, None, ("navigation",))] if site_context.repository else []
    return {
        "rules": site_context.rules,
        "waivers": list(waivers_of(site_map.dossier)),
        "limited": limited,
        "additions": added,
    }


def related_facts(site_map: SiteMap, fact: Fact) -> list[Fact]:
    """The facts that a fact names, then those that name it, each once; a dispute leaves out those its positions quote."""
    ids = (key for f in fields_of(type(fact)) if f.ref and not f.ref.kinds for key in field_texts(fact, f))
    named = [other for key in ids if (other := site_map.dossier.fact(key))]
    naming = [other for _, other in site_map.named_by.get(fact.key, ()) if other.file_stem not in EXCLUDED_KINDS]
    shown = [use.passage for part in parts_of(fact) for use in site_map.uses[part.key]] if isinstance(fact, Dispute) else []
    found = {other.key: other for other in (*named, *naming)}.values()
    return [other for other in found if not _is_already_shown(site_map, other, shown)]


def _mentions_of(site_map: SiteMap, fact: Fact) -> list[tuple[str, str, list[tuple[Fact, list[Claim]]]]]:
    """The facts that name a fact, by the title of their kind and the inverse label of the field; in the order of the kinds.

    Each comes with those of its parts that name the fact in that field.
    """
    order = {kind.file_stem: n for n, kind in enumerate(site_map.dossier.kinds)}
    titles = {kind.file_stem: kind.title for kind in site_map.dossier.kinds}
    found: dict[tuple[int, str, str], list[tuple[Fact, list[Claim]]]] = {}
    for declared, other in site_map.named_by.get(fact.key, ()):
        if other.file_stem not in EXCLUDED_KINDS:
            back = declared.meta.back or declared.meta.label
            group = order[other.file_stem], titles[other.file_stem], inverse_label(back)
            naming = (part for part, f, key in walk_texts(other) if f.name == declared.name and key == fact.key)
            parts = list({part.key: part for part in naming if isinstance(part, Claim)}.values())
            found.setdefault(group, []).append((other, parts))
    return [(title, way, facts) for (_, title, way), facts in sorted(found.items(), key=lambda item: item[0][0])]


def _is_already_shown(site_map: SiteMap, fact: Fact, shown: Iterable[Passage]) -> bool:
    """Whether each quote of a fact overlaps one of the passages that the page shows already."""
    uses = site_map.uses.get(fact.key, ())
    return bool(uses) and all(any(_passages_overlap(use.passage, passage) for passage in shown) for use in uses)


def _passages_overlap(one: Passage, other: Passage) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end


def _coverage_strip(coverage: dict[int, list[tuple[str, bool]]], reasons: dict[int, str]) -> list[StripPiece]:
    """A source from its first word to its last: quoted, not quoted, and in paragraphs that were left out."""
    total = sum(len(text) for pieces in coverage.values() for text, _ in pieces) or 1
    strip: list[StripPiece] = []
    offset = 0
    for number, pieces in coverage.items():
        for text, is_quoted in pieces:
            status = "quoted" if is_quoted else "left" if number in reasons else "unquoted"
            strip.append(StripPiece(1000 * offset / total, 1000 * len(text) / total, status, number))
            offset += len(text)
    return strip


def _paragraphs_by_coverage(site_map: SiteMap, record: Record) -> dict[int, list[tuple[str, bool]]]:
    """The text of each paragraph in pieces, with whether a published quote covers the piece."""
    source = site_map.dossier.sources[record.key]
    uses = {n: site_map.uses_of_paragraph.get((record.key, n), ()) for n in range(1, len(source.paragraphs) + 1)}
    return {p.number: split_by_quotes(source, p, (use.passage for use in uses[p.number])) for p in source.paragraphs}
