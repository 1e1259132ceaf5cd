"""What of each source the facts use: every quote with its passage, and what disposes of each paragraph."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from briefing.model.dossier import Dossier, paragraph_range
from briefing.model.facts import Claim, Fact, Quote, Waiver, parts_of
from briefing.model.record import LeftOut, Record
from briefing.model.source import Paragraph, Passage, Source
from briefing.text.words import count_words


class QuotedPassage(NamedTuple):
    """A quote of a fact and where it stands."""

    fact: Fact
    quote: Quote
    passage: Passage

    def covers(self, passage: Passage) -> bool:
        """Whether the whole of a passage of the same source is quoted."""
        return self.passage.start <= passage.start and passage.end <= self.passage.end

    def overlaps(self, passage: Passage) -> bool:
        """Whether any of a passage of the same source is quoted."""
        return self.passage.start < passage.end and passage.start < self.passage.end


def quoted_passages(dossier: Dossier) -> Mapping[str, tuple[QuotedPassage, ...]]:
    """The quotes that stand in their source, by its id, in the order of the facts."""
    found: dict[str, list[QuotedPassage]] = {key: [] for key in dossier.sources}
    for fact in dossier.all_facts():
        for quote in (quote for part in parts_of(fact) for quote in part.quotes):
            if passage := dossier.passage_of(quote):
                found[passage.source].append(QuotedPassage(fact, quote, passage))
    return {key: tuple(quotes) for key, quotes in found.items()}


def uncounted_facts(dossier: Dossier) -> list[str]:
    """The facts that were written and whose quotes are not all counted: they cannot be read, or a quote does not stand."""
    read = {fact.key for fact in dossier.all_facts()}
    unread = [key for ids in dossier.known_ids.values() for key in sorted(ids or ()) if key not in read]
    quotes = ((fact.key, quote) for fact in dossier.all_facts() for part in parts_of(fact) for quote in part.quotes)
    return list(dict.fromkeys([*unread, *(key for key, quote in quotes if dossier.passage_of(quote) is None)]))


class ParagraphCoverage(NamedTuple):
    """What disposes of a paragraph: the quotes in it, or the words of the record that leave it out."""

    paragraph: Paragraph
    quotes: tuple[QuotedPassage, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing disposes of it yet."""
        return not self.quotes and not self.left_out


def paragraph_coverage(dossier: Dossier, source: Source, quotes: Iterable[QuotedPassage]) -> list[ParagraphCoverage]:
    """Of each paragraph of a source, in order, what disposes of it."""
    last = len(source.paragraphs)
    uses: dict[int, list[QuotedPassage]] = {}
    for use in quotes:
        for number in range(use.passage.paragraph, use.passage.last_paragraph + 1):
            uses.setdefault(number, []).append(use)
    left: dict[int, list[LeftOut]] = {}
    record = dossier.fact(source.id, ("sources",))
    for entry in record.left_out if isinstance(record, Record) else ():
        for number in paragraph_range(entry.paragraphs, last, source.id):
            left.setdefault(number, []).append(entry)
    return [ParagraphCoverage(p, tuple(uses.get(p.number, ())), tuple(left.get(p.number, ()))) for p in source.paragraphs]


def split_by_quotes(source: Source, paragraph: Paragraph, passages: Iterable[Passage]) -> list[tuple[str, bool]]:
    """A paragraph's text in pieces, with whether one of the passages covers the piece."""
    covered = [False] * (paragraph.end - paragraph.start)
    for passage in passages:
        start, end = max(passage.start, paragraph.start), min(passage.end, paragraph.end)
        covered[start - paragraph.start : end - paragraph.start] = [True] * (end - start)
    runs = groupby(zip(source.text[paragraph.start : paragraph.end], covered, strict=True), key=itemgetter(1))
    return [("".join(char for char, _ in run), quoted) for quoted, run in runs]


MAX_QUOTE_WORDS = 60


MAX_QUOTED_SHARE = 25


def quotation_limits(record: Record) -> tuple[float, float]:
    """The most words in one quote, and the most of a source's words in all quotes together in percent."""
    words, share = float(MAX_QUOTE_WORDS), float(MAX_QUOTED_SHARE)
    for limit in record.limit:
        words = float(limit.words or words)
        share = float(limit.share or share)
    return words, share


def count_quoted_words(dossier: Dossier, key: str) -> int:
    """How many of a source's words stand in quotes, each word counted once."""
    text = dossier.sources[key].text
    quotes = (quote for _, quote in dossier.quotes_by_source.get(key, ()))
    spans = sorted((p.start, p.end) for quote in quotes if (p := dossier.passage_of(quote)))
    words = at = 0
    for start, end in spans:
        words += count_words(text[max(start, at) : end]) if end > at else 0
        at = max(at, end)
    return words


def waivers_of(dossier: Dossier) -> Iterator[tuple[Fact, Claim, Waiver]]:
    """Every waiver with the fact and the claim it stands in."""
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            yield from ((fact, part, waiver) for waiver in part.waivers)
