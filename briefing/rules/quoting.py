"""The rules of quotes: a quote is the source's exact words, whole, and in one place."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from briefing.diagnostics.problem import Location, Problem
from briefing.diagnostics.rule_ids import QUOTE_IS_UNIQUE, QUOTE_IS_VERBATIM, QUOTE_IS_WHOLE_WORDS
from briefing.model.dossier import Dossier, once_per_dossier
from briefing.model.facts import Fact, parts_of
from briefing.model.fields import Quote, field_texts, fields_of, walk_texts
from briefing.model.located_text import location_within
from briefing.model.record import NOT_STATED, Record
from briefing.model.source import Matches, Source
from briefing.text.quotation_marks import quotation_spans
from briefing.text.words import has_whole_words, normalise, straighten_quotes

_ELLIPSES = ("[...]", "[…]", "(...)", "(…)", "...", "…")
_SPLIT_HELP = "quote each unbroken run on its own, in a list"


def quote_is_verbatim(dossier: Dossier) -> Iterator[Problem]:
    """A quote is the source's exact words: one unbroken run from one paragraph.

    Every character counts: case, digits, signs, dashes, punctuation, even misprints. Only Unicode normalisation (NFC), white
    space and the form of quotation marks are ignored. A quote never skips words, not even with `[...]` or another
    ellipsis: if you need words from two places, write two quotes. All this is also true of other words that a source prints:
    `as-written`, `role`, `names`, the parts of a source's record, and the words between quotation marks in a claim, which must
    be in one of its quotes.

    Fails, in facts/context.yaml:

        quarrel:
          claim: The wire report says the two countries have been at odds over the harbour since the 1980s.
          quotes:
            wire: two countries quarrelled over the harbour since the 1980s

    Passes, in facts/context.yaml:

        quarrel:
          claim: The wire report says the two countries have been at odds over the harbour since the 1980s.
          quotes:
            wire: two countries have quarrelled over the harbour since the 1980s
    """
    yield from (problem for problem in _quote_problems(dossier) if problem.rule == QUOTE_IS_VERBATIM)
    for fact in dossier.all_facts():
        yield from _printed_field_problems(fact)
        yield from _claim_quotation_problems(dossier, fact)
        if isinstance(fact, Record):
            yield from _record_field_problems(dossier, fact)
        for name in fact.names:
            source = dossier.sources.get(name.source)
            if source and not source.contains(name.text):
                message = f"the name `{name.text}` is not in `{name.source}`"
                help = "copy the name as the source prints it, or delete it"
                yield Problem(QUOTE_IS_VERBATIM, name.text.location, message, help, fact=fact.key)


def _printed_field_problems(fact: Fact) -> Iterator[Problem]:
    for part in parts_of(fact):
        quoted = [normalise(quote.text) for quote in part.quotes]
        for declared in fields_of(type(part)):
            for words in field_texts(part, declared) if declared.printed else ():
                if not any(has_whole_words(normalise(words), text) for text in quoted):
                    message = f"the words of `{declared.yaml_key}:` are in none of this fact's quotes"
                    help = "copy the source's exact words, and quote the passage that contains them"
                    yield Problem(QUOTE_IS_VERBATIM, words.location, message, help, fact=fact.key)


def _claim_quotation_problems(dossier: Dossier, fact: Fact) -> Iterator[Problem]:
    for part in parts_of(fact):
        quotes = dossier.quotes_of(part)
        quoted = [normalise(quote.text) for quote in quotes]
        for start, end in quotation_spans(straighten_quotes(part.claim)) if dossier.is_checkable(part) else ():
            words = normalise(part.claim[start:end])
            if not any(has_whole_words(words, text) for text in quoted):
                message = "none of this claim's quotes contains the words between these quotation marks"
                help = "copy the words letter for letter from a quote, or remove the quotation marks"
                starts = ((text, text.lower().find(words.lower())) for text in quoted)
                near = next((text[at : at + len(words)] for text, at in starts if at >= 0), "")
                notes = (f"a quote contains: {near}",) if near else ()
                location = location_within(part.claim, start, end)
                yield Problem(QUOTE_IS_VERBATIM, location, message, help, notes, fact.key)


def _record_field_problems(dossier: Dossier, record: Record) -> Iterator[Problem]:
    source = dossier.sources.get(record.key)
    for owner, declared, text in walk_texts(record) if source else ():
        if declared.in_seed is None or _is_stated(owner, declared.in_seed.unless) or text == NOT_STATED:
            continue
        if source and not source.contains(text):
            message = f"these words are not in seeds/{record.seed}"
            help = f"copy the words as printed, or write `{NOT_STATED}`"
            yield Problem(QUOTE_IS_VERBATIM, text.location, message, help, fact=record.key)


def _is_stated(owner: object, field: str) -> bool:
    return bool(field) and getattr(owner, field) != NOT_STATED


def quote_is_whole_words(dossier: Dossier) -> Iterator[Problem]:
    """A quote begins and ends with a whole word or number.

    A quote cannot cut "legal" out of "illegal", "200" out of "1,200", "signed" out of "re-signed", or "5" out of "-5" or
    "5%". In scripts without spaces, a quote begins and ends at the edge of a character as readers see it (a grapheme).

    Fails, in facts/figures.yaml:

        dockers-at-the-port:
          claim: The union says 500 dockers work at the port, the wire report says.
          measure: Dockers at Halden
          value: "500"
          quotes:
            wire: 500 dockers work at the port, the union says

    Passes, in facts/figures.yaml:

        dockers-at-the-port:
          claim: The union says about 1,500 dockers work at the port, the wire report says.
          measure: Dockers at Halden
          value: About 1,500
          quotes:
            wire: About 1,500 dockers work at the port, the union says
    """
    yield from (problem for problem in _quote_problems(dossier) if problem.rule == QUOTE_IS_WHOLE_WORDS)


def quote_is_unique(dossier: Dossier) -> Iterator[Problem]:
    """A quote occurs only once in its source.

    So the link of a quote leads readers to the passage that you meant. If words occur twice, quote more of the words around
    them until the quote is unique.

    Fails, in facts/context.yaml:

        bank-named:
          claim: The wire report names a central bank of the Isles.
          quotes:
            wire: the Isles

    Passes, in facts/context.yaml:

        bank-named:
          claim: The wire report names a central bank of the Isles.
          quotes:
            wire: The central bank of the Isles said
    """
    yield from (problem for problem in _quote_problems(dossier) if problem.rule == QUOTE_IS_UNIQUE)


@once_per_dossier
def _quote_problems(dossier: Dossier) -> tuple[Problem, ...]:
    """The problem of each quote that is not verbatim, whole and unique: one for each such quote, of whichever rule."""
    found = (
        _quote_problem(dossier, dossier.sources[quote.source], fact, quote)
        for fact in dossier.all_facts()
        for part in parts_of(fact)
        for quote in part.quotes
        if quote.source in dossier.sources
    )
    return tuple(problem for problem in found if problem is not None)


def _quote_problem(dossier: Dossier, source: Source, fact: Fact, quote: Quote) -> Problem | None:
    if bracket := next((ellipsis for ellipsis in _ELLIPSES[:2] if ellipsis in quote.text), None):
        message = f"this quote contains `{bracket}`"
        return Problem(QUOTE_IS_VERBATIM, _location_of(bracket, quote), message, _SPLIT_HELP, fact=fact.key)
    found = dossier.find_quote(quote)
    if len(found.whole_words) == 1:
        return None
    if found.whole_words:
        return _not_unique_problem(source, fact, quote, found)
    if found.partial:
        return _not_whole_words_problem(source, fact, quote, found)
    return _not_verbatim_problem(dossier, source, fact, quote)


def _not_unique_problem(source: Source, fact: Fact, quote: Quote, found: Matches) -> Problem:
    places = ", ".join(str(passage.paragraph) for passage in found.whole_words[:8])
    longer = [source.exact_text(source.extend_until_unique(passage)) for passage in found.whole_words[:3]]
    notes = (f"they are in {source.id}, paragraphs {places}", *(f"a longer quote: {words}" for words in longer))
    message = f"these words occur {len(found.whole_words)} times in `{source.id}`"
    help = "copy more of the words around the place that you mean"
    return Problem(QUOTE_IS_UNIQUE, quote.text.location, message, help, notes, fact.key)


def _not_whole_words_problem(source: Source, fact: Fact, quote: Quote, found: Matches) -> Problem:
    passage = found.partial[0]
    expanded = source.exact_text(source.expand_to_words(passage))
    notes = (f"{source.id}, paragraph {passage.paragraph}, prints: {expanded}",)
    message = "this quote begins or ends inside a word or number"
    return Problem(QUOTE_IS_WHOLE_WORDS, quote.text.location, message, "copy the whole word or number", notes, fact.key)


def _not_verbatim_problem(dossier: Dossier, source: Source, fact: Fact, quote: Quote) -> Problem:
    message = f"these words are not in `{source.id}`"
    if ellipsis := next((mark for mark in _ELLIPSES if mark in quote.text and mark not in source.text), None):
        notes = (f"the source does not print `{ellipsis}`, and a quote must not leave words out",)
        return Problem(QUOTE_IS_VERBATIM, _location_of(ellipsis, quote), message, _SPLIT_HELP, notes, fact.key)
    for explain in (_in_another_source, _across_paragraphs):
        if explanation := explain(dossier, source, quote):
            note, help = explanation
            return Problem(QUOTE_IS_VERBATIM, quote.text.location, message, help, (note,), fact.key)
    near = source.closest_passage(quote.text)
    if near is None:
        help = f"copy the words from the text of `{source.id}`, or quote another source"
        return Problem(QUOTE_IS_VERBATIM, quote.text.location, message, help, fact=fact.key)
    printed = source.exact_text(near)
    location, words = _find_difference(quote, printed)
    notes = (f"{source.id}, paragraph {near.paragraph}, prints: {printed}",)
    help = f'briefing quote {source.id} "{words}" prints the exact words, ready to paste'
    return Problem(QUOTE_IS_VERBATIM, location, message, help, notes, fact.key)


def _location_of(ellipsis: str, quote: Quote) -> Location:
    at = quote.text.index(ellipsis)
    return location_within(quote.text, at, at + len(ellipsis))


def _in_another_source(dossier: Dossier, source: Source, quote: Quote) -> tuple[str, str] | None:
    others = (other for other in dossier.sources.values() if other.id != source.id)
    other = next((other for other in others if other.contains(quote.text)), None)
    if other is None:
        return None
    return f"they are in `{other.id}`", f"write `{other.id}:` instead of `{source.id}:`, if you mean that source"


def _across_paragraphs(dossier: Dossier, source: Source, quote: Quote) -> tuple[str, str] | None:
    wanted = normalise(quote.text)
    for before, after in pairwise(source.runs):
        joined = f"{before.text} {after.text}"
        at = joined.find(wanted)
        if 0 <= at < len(before.text) < at + len(wanted):
            paragraph = next(p for p in source.paragraphs if p.end >= before.ends[-1])
            begins = " ".join(before.text.split()[:8])
            note = f"they continue past the end of paragraph {paragraph.number}, which begins: {begins}"
            return note, "quote each paragraph on its own, in a list"
    return None


def _find_difference(quote: Quote, printed: str) -> tuple[Location, str]:
    """The location of the typed words that differ from the printed ones, and the printed words to look up instead."""
    typed, expected = normalise(quote.text).split(), normalise(printed).split()
    head, tail = _common_length(typed, expected), _common_length(typed[::-1], expected[::-1])
    end = max(head + 1, len(typed) - tail)
    spans = [*_token_spans(quote.text)]
    start, stop = spans[min(head, len(spans) - 1)][0], spans[min(end, len(spans)) - 1][1]
    words = expected[max(0, head - 1) : max(head + 1, len(expected) - tail) + 1][:8]
    return location_within(quote.text, start, max(stop, start + 1)), " ".join(words).replace('"', "").strip()


def _common_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of words with which both lists begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _token_spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        yield start, at
