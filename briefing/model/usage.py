"""What of each source the facts use: the quotes in each paragraph, how much is quoted, and where the limits are."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, Waiver, parts_of
from briefing.model.quote_index import Use
from briefing.model.record import LeftOut, Record, paragraph_range
from briefing.model.source import Paragraph, Passage, Source
from briefing.text.words import count_words


def uncounted_facts(dossier: Dossier) -> list[str]:
    """The facts that were written and whose quotes are not all counted: they cannot be read, or a quote was not found."""
    read = {fact.key for fact in dossier.all_facts()}
    unread = [key for ids in dossier.known_ids.values() for key in sorted(ids or ()) if key not in read]
    return list(dict.fromkeys([*unread, *(one.fact.key for one in dossier.quote_index.quotes if one.passage is None)]))


MAX_QUOTE_WORDS = 60
MAX_QUOTED_SHARE = 25  # percent of a source's words


class ParagraphCoverage(NamedTuple):
    """How a paragraph is accounted for: the quotes in it, or the entries of the record that leave it out."""

    paragraph: Paragraph
    quotes: tuple[Use, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_open(self) -> bool:
        """Whether no quote uses it and the record does not leave it out."""
        return not self.quotes and not self.left_out


def paragraph_coverage(dossier: Dossier, source: Source, quotes: Iterable[Use]) -> list[ParagraphCoverage]:
    """How each paragraph of a source is accounted for, in order."""
    last = len(source.paragraphs)
    uses: dict[int, list[Use]] = {}
    for use in quotes:
        for number in range(use.passage.paragraph, use.passage.last_paragraph + 1):
            uses.setdefault(number, []).append(use)
    left: dict[int, list[LeftOut]] = {}
    record = dossier.record(source.id)
    for entry in record.left_out if record else ():
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


def quotation_limits(record: Record) -> tuple[float, float]:
    """The most words in one quote, and the most of a source's words in all quotes together in percent."""
    words, share = float(MAX_QUOTE_WORDS), float(MAX_QUOTED_SHARE)
    for limit in record.limit:
        words = float(limit.words or words)
        share = float(limit.share or share)
    return words, share


def count_quoted_words(dossier: Dossier, key: str) -> int:
    """How many of a source's words are quoted; a word in several quotes counts once."""
    text = dossier.sources[key].text
    spans = sorted((use.passage.start, use.passage.end) for use in dossier.quote_index.uses_of_source(key))
    words = at = 0
    for start, end in spans:
        words += count_words(text[max(start, at) : end]) if end > at else 0
        at = max(at, end)
    return words


def waivers_of(dossier: Dossier) -> Iterator[tuple[Fact, Claim, Waiver]]:
    """Every waiver with its fact and its claim."""
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            yield from ((fact, part, waiver) for waiver in part.waivers)
