"""Rules of the whole: every paragraph is accounted for, and no more is published than is fair."""

import math
from collections.abc import Iterator, Sequence

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import DISPOSED
from briefing.model.dossier import Dossier, paragraph_range
from briefing.model.record import Record
from briefing.model.source import Paragraph, Source
from briefing.model.usage import Used, disposals, limits_of, quoted_words, used
from briefing.text.words import words_in

MOST_RUNS = 12


def paragraph_is_disposed(dossier: Dossier) -> Iterator[Problem]:
    """Every paragraph of every source is used by a fact, or left out with a reason; none is both.

    What a source says and a briefing does not tell is a choice, and a choice has a reason that a reader can see.

    Fails, in facts/sources.yaml:

        wire:
          left-out:
            - paragraphs: "1"
              reason: A date without a word on what it is the date of; it is used in the record.

    Passes, in facts/sources.yaml:

        wire:
          left-out:
            - paragraphs: "1"
              reason: A date without a word on what it is the date of; it is used in the record.
            - paragraphs: "13"
              reason: The licence; it is used in the record.
    """
    quoted = used(dossier)
    for record in dossier.of("sources"):
        if isinstance(record, Record) and record.key in dossier.sources:
            yield from _disposed(dossier, record, quoted[record.key])


def _disposed(dossier: Dossier, record: Record, quoted: tuple[Used, ...]) -> Iterator[Problem]:
    source = dossier.sources[record.key]
    found = disposals(dossier, source, quoted)
    for disposal in found:
        number = disposal.paragraph.number
        for entry in disposal.left_out if disposal.quoted else ():
            message = f"paragraph {number} is left out here, and a fact quotes it"
            yield Problem(DISPOSED, entry.paragraphs.mark, message, "take it out of `left-out:`", fact=record.key)
    is_open = [one.paragraph for one in found if one.is_open]
    if is_open and dossier.is_whole() and _are_found(dossier, record.key):
        yield _open(record, source, is_open)
    wrong: list[Problem] = []
    for entry in record.left_out:
        paragraph_range(entry.paragraphs, len(source.paragraphs), record.key, wrong)
    yield from wrong


def _are_found(dossier: Dossier, source: str) -> bool:
    """Whether every quote of a source stands in it; while one does not, no paragraph is called open for it."""
    return all(dossier.passage(quote) for _, quote in dossier.quotes_by_source.get(source, ()))


def _open(record: Record, source: Source, paragraphs: Sequence[Paragraph]) -> Problem:
    """One problem for all open paragraphs of a source, so that a source that was just added does not drown the others."""
    first, count = paragraphs[0], len(paragraphs)
    begins = " ".join(source.text[first.start : first.end].split()[:8])
    runs = list(_runs([one.number for one in paragraphs]))
    listed = ", ".join(runs[:MOST_RUNS]) + (", …" if len(runs) > MOST_RUNS else "")
    message = f"{count} paragraphs of `{record.key}` are neither used nor left out: {listed}"
    help = f"`briefing coverage {record.key} --next` shows them one by one: quote each, or give it a reason under `left-out:`"
    if count == 1:
        message = f"paragraph {first.number} of `{record.key}` is neither used nor left out"
        help = "quote it, or give it a reason under `left-out:`"
    told = f"it begins: {begins}" if count == 1 else f"the first of them begins: {begins}"
    return Problem(DISPOSED, record.mark, message, help, (told,), record.key)


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in rising order as they are typed: `4`, or `6-9` for a run."""
    first = last = numbers[0]
    for number in (*numbers[1:], 0):
        if number != last + 1:
            yield str(first) if first == last else f"{first}-{last}"
            first = number
        last = number


def quotation_is_fair(dossier: Dossier) -> Iterator[Problem]:
    """Unless its record gives a reason for more, at most 60 words a quote and 25 % of a source's words are published.

    A report under copyright is quoted, not copied. A source's record sets a limit of its own under `limit:`, with its
    reason; both stand beside this rule and on the source's page, which says what is reached, too.

    Fails, in facts/sources.yaml:

        wire:
          text: quotes

    Passes, in facts/sources.yaml:

        wire:
          text: full
    """
    for record in dossier.of("sources"):
        if not isinstance(record, Record) or record.text_ == "full" or record.key not in dossier.sources:
            continue
        most_words, most_share = limits_of(record)
        share = 100 * quoted_words(dossier, record.key) / max(1, words_in(dossier.sources[record.key].text))
        if share > most_share:
            message = f"all quotes together publish {share:.1f} % of `{record.key}`, more than {most_share:g} %"
            limit = f'`limit: [{{share: {math.ceil(share / 10) * 10}, reason: "why"}}]`'
            help = f"cut quotes to what bears their claim; if more is fair, as of a short report, write {limit} in this record"
            yield Problem("quotation-is-fair", record.mark, message, help, fact=record.key)
        for fact, quote in dossier.quotes_by_source.get(record.key, ()):
            if (count := words_in(quote.text)) > most_words:
                message = f"this quote has {count} words, more than {most_words:g}"
                yield Problem("quotation-is-fair", quote.text.mark, message, "cut it to what bears the claim", fact=fact.key)
