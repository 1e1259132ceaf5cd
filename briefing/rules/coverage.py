"""The rules of whole sources: every paragraph is accounted for, and no more is published than is fair."""

import math
from collections.abc import Iterator, Sequence

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import PARAGRAPH_IS_DISPOSED, QUOTATION_IS_FAIR
from briefing.model.dossier import Dossier
from briefing.model.quote_index import Use
from briefing.model.record import Record, paragraph_range
from briefing.model.source import Paragraph, Source
from briefing.model.usage import count_quoted_words, paragraph_coverage, quotation_limits
from briefing.text.words import count_words

MAX_RANGES_LISTED = 12


def paragraph_is_disposed(dossier: Dossier) -> Iterator[Problem]:
    """Every paragraph of every source is used by a fact or left out with a reason, never both.

    What a source says and a briefing leaves out is a choice. Readers can see the reason for it.

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
    for record in dossier.records():
        if record.key in dossier.sources:
            yield from _coverage_problems(dossier, record, dossier.quote_index.uses_of_source(record.key))


def _coverage_problems(dossier: Dossier, record: Record, quoted: tuple[Use, ...]) -> Iterator[Problem]:
    source = dossier.sources[record.key]
    found = paragraph_coverage(dossier, source, quoted)
    for coverage in found:
        number = coverage.paragraph.number
        for entry in coverage.left_out if coverage.quotes else ():
            message = f"paragraph {number} is left out here, but a fact quotes it"
            help = "remove it from `left-out:`"
            yield Problem(PARAGRAPH_IS_DISPOSED, entry.paragraphs.location, message, help, fact=record.key)
    is_open = [coverage.paragraph for coverage in found if coverage.is_open]
    if is_open and dossier.all_facts_loaded() and _all_quotes_found(dossier, record.key):
        yield _uncovered_problem(record, source, is_open)
    range_problems: list[Problem] = []
    for entry in record.left_out:
        paragraph_range(entry.paragraphs, len(source.paragraphs), record.key, range_problems)
    yield from range_problems


def _all_quotes_found(dossier: Dossier, source: str) -> bool:
    """Whether every quote of a source was found in it; until then a paragraph may only seem unused."""
    return all(one.passage for one in dossier.quote_index.quotes_of_source(source))


def _uncovered_problem(record: Record, source: Source, paragraphs: Sequence[Paragraph]) -> Problem:
    """One problem for all open paragraphs of a source, so that a newly added source does not hide the other problems."""
    first, count = paragraphs[0], len(paragraphs)
    begins = " ".join(source.text[first.start : first.end].split()[:8])
    runs = list(_number_ranges([paragraph.number for paragraph in paragraphs]))
    listed = ", ".join(runs[:MAX_RANGES_LISTED]) + (", …" if len(runs) > MAX_RANGES_LISTED else "")
    message = f"{count} paragraphs of `{record.key}` are neither used nor left out: {listed}"
    help = f"run `briefing coverage {record.key} --next` to see them one by one; quote each, or give a reason under `left-out:`"
    if count == 1:
        message = f"paragraph {first.number} of `{record.key}` is neither used nor left out"
        help = "quote it, or give a reason under `left-out:`"
    note = f"it begins: {begins}" if count == 1 else f"the first one begins: {begins}"
    return Problem(PARAGRAPH_IS_DISPOSED, record.location, message, help, (note,), record.key)


def _number_ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Ascending numbers as a curator writes them: `4`, or `6-9` for a run."""
    first = last = numbers[0]
    for number in (*numbers[1:], 0):
        if number != last + 1:
            yield str(first) if first == last else f"{first}-{last}"
            first = number
        last = number


def quotation_is_fair(dossier: Dossier) -> Iterator[Problem]:
    """A quote has at most 60 words, and the quotes at most 25 % of a source's words, unless its record gives a reason for more.

    A report under copyright is quoted, not copied. A source's record can set other limits under `limit:`, with a reason.
    They are shown beside this rule and on the source's page, which also says how much is quoted.

    Fails, in facts/sources.yaml:

        wire:
          text: quotes

    Passes, in facts/sources.yaml:

        wire:
          text: full
    """
    for record in dossier.records():
        if record.text_ == "full" or record.key not in dossier.sources:
            continue
        max_words, max_share = quotation_limits(record)
        share = 100 * count_quoted_words(dossier, record.key) / max(1, count_words(dossier.sources[record.key].text))
        if share > max_share:
            message = f"the quotes together publish {share:.1f} % of `{record.key}`; the limit is {max_share:g} %"
            limit = f'`limit: [{{share: {math.ceil(share / 10) * 10}, reason: "why"}}]`'
            help = f"shorten the quotes; if more is fair, as with a short report, write {limit} in this record"
            yield Problem(QUOTATION_IS_FAIR, record.location, message, help, fact=record.key)
        for one in dossier.quote_index.quotes_of_source(record.key):
            if (count := count_words(one.quote.text)) > max_words:
                message = f"this quote has {count} words; the limit is {max_words:g}"
                help = "shorten it to the words that support the claim"
                yield Problem(QUOTATION_IS_FAIR, one.quote.text.location, message, help, fact=one.fact.key)
