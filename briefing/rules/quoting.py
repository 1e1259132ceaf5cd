"""Rules of quoting: a quote is the source's own words, whole, and in one place."""

from collections.abc import Iterator
from itertools import pairwise

from briefing.diagnostics.problem import Location, Problem
from briefing.model.dossier import Dossier, once_per_dossier
from briefing.model.facts import Fact, Quote, fact_and_parts, field_texts, fields_of, parts_of
from briefing.model.located_text import location_within
from briefing.model.record import Record
from briefing.model.source import Matches, Source
from briefing.text.quotation_marks import quotation_spans
from briefing.text.words import is_edge, normalise, straighten_quotes

_NOT_STATED = "not stated"
_ELLIPSES = ("[...]", "[…]", "(...)", "(…)", "...", "…")


def quote_is_verbatim(dossier: Dossier) -> Iterator[Problem]:
    """A quote is the source's own words: one unbroken run in one paragraph.

    Unicode NFC, white space and the form of quote marks aside, every character counts: case, digits, signs, dashes,
    punctuation, misprints. Never over an ellipsis, never with `[...]`; two runs are two quotes. The same holds for words
    said to be printed: `as-written`, `role`, `names`, the parts of a source's record, and what stands between quotation
    marks in a claim, which one of its quotes prints.

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
    yield from (problem for problem in _quote_problems(dossier) if problem.rule == "quote-is-verbatim")
    for fact in dossier.all_facts():
        yield from _printed_field_problems(fact)
        yield from _claim_quotation_problems(dossier, fact)
        if isinstance(fact, Record):
            yield from _record_field_problems(dossier, fact)
        for name in fact.names:
            source = dossier.sources.get(name.source)
            if source and not source.contains(name.text):
                yield Problem(
                    "quote-is-verbatim",
                    name.text.location,
                    f"`{name.source}` prints no name `{name.text}`",
                    "copy the name as it is printed, or delete it",
                    fact=fact.key,
                )


def _printed_field_problems(fact: Fact) -> Iterator[Problem]:
    for part in parts_of(fact):
        quoted = [normalise(quote.text) for quote in part.quotes]
        for declared in fields_of(type(part)):
            for words in field_texts(part, declared) if declared.printed else ():
                if not any(_contains_at_edges(normalise(words), text) for text in quoted):
                    message = f"the words of `{declared.yaml_key}:` stand in none of this fact's quotes"
                    yield Problem(
                        "quote-is-verbatim",
                        words.location,
                        message,
                        "copy the source's own words, and quote the run they stand in",
                        fact=fact.key,
                    )


def _claim_quotation_problems(dossier: Dossier, fact: Fact) -> Iterator[Problem]:
    for part in parts_of(fact):
        quotes = dossier.quotes_of(part)
        quoted = [normalise(quote.text) for quote in quotes]
        for start, end in quotation_spans(straighten_quotes(part.claim)) if dossier.is_checkable(part) else ():
            words = normalise(part.claim[start:end])
            if not any(_contains_at_edges(words, text) for text in quoted):
                message = "none of this claim's quotes prints the words between these quotation marks"
                help = "copy them, letter for letter, from a quote, or take the quotation marks away"
                near = next(
                    (text[at : at + len(words)] for text in quoted if (at := text.lower().find(words.lower())) >= 0), ""
                )
                notes = (f"a quote prints: {near}",) if near else ()
                location = location_within(part.claim, start, end)
                yield Problem("quote-is-verbatim", location, message, help, notes, fact.key)


def _contains_at_edges(words: str, text: str) -> bool:
    at = text.find(words)
    while at >= 0:
        if is_edge(text, at) and is_edge(text, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def _record_field_problems(dossier: Dossier, record: Record) -> Iterator[Problem]:
    source = dossier.sources.get(record.key)
    for owner in fact_and_parts(record) if source else ():
        for declared in fields_of(type(owner)):
            if declared.in_seed is None or _is_stated(owner, declared.in_seed.unless):
                continue
            for text in field_texts(owner, declared):
                if source and text != _NOT_STATED and not source.contains(text):
                    message = f"seeds/{record.seed} does not print this"
                    yield Problem(
                        "quote-is-verbatim",
                        text.location,
                        message,
                        f"copy it as printed, or write `{_NOT_STATED}`",
                        fact=record.key,
                    )


def _is_stated(owner: object, field: str) -> bool:
    return bool(field) and getattr(owner, field) != _NOT_STATED


def quote_is_whole_words(dossier: Dossier) -> Iterator[Problem]:
    """A quote begins and ends at the edge of a whole word and a whole number.

    "legal" is not in "illegal", "200" not in "1,200", "signed" not in "re-signed", "5" not in "-5" or "5%". In scripts
    without spaces an edge is an edge of a grapheme.

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
    yield from (problem for problem in _quote_problems(dossier) if problem.rule == "quote-is-whole-words")


def quote_is_unique(dossier: Dossier) -> Iterator[Problem]:
    """A quote stands once in its source.

    A reader who follows it arrives at the passage that was meant. Words that stand twice are made longer until they are
    the ones.

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
    yield from (problem for problem in _quote_problems(dossier) if problem.rule == "quote-is-unique")


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
    bracket = next((location for location in _ELLIPSES[:2] if location in quote.text), None)
    if bracket:
        at = quote.text.index(bracket)
        mark = location_within(quote.text, at, at + len(bracket))
        help = "a quote is one unbroken run: give the two runs as a list"
        return Problem("quote-is-verbatim", mark, f"`{bracket}` stands in this quote", help, fact=fact.key)
    found = dossier.find_quote(quote)
    if len(found.whole_words) == 1:
        return None
    if found.whole_words:
        return _not_unique_problem(source, fact, quote, found)
    return (
        _not_whole_words_problem(source, fact, quote, found)
        if found.partial
        else _not_verbatim_problem(dossier, source, fact, quote)
    )


def _not_unique_problem(source: Source, fact: Fact, quote: Quote, found: Matches) -> Problem:
    places = ", ".join(str(passage.paragraph) for passage in found.whole_words[:8])
    longer = [source.exact_text(source.extend_until_unique(passage)) for passage in found.whole_words[:3]]
    notes = (f"they stand in {source.id}, paragraphs {places}", *(f"longer: {words}" for words in longer))
    message = f"these words stand {len(found.whole_words)} times in `{source.id}`"
    return Problem(
        "quote-is-unique", quote.text.location, message, "copy more of the words around the ones you mean", notes, fact.key
    )


def _not_whole_words_problem(source: Source, fact: Fact, quote: Quote, found: Matches) -> Problem:
    passage = found.partial[0]
    expanded = source.exact_text(source.expand_to_words(passage))
    notes = (f"{source.id}, paragraph {passage.paragraph}, prints: {expanded}",)
    return Problem(
        "quote-is-whole-words",
        quote.text.location,
        "this quote begins or ends inside a word or number",
        "copy it whole",
        notes,
        fact.key,
    )


def _not_verbatim_problem(dossier: Dossier, source: Source, fact: Fact, quote: Quote) -> Problem:
    message = f"these words are not in `{source.id}`"
    ellipsis = next((location for location in _ELLIPSES if location in quote.text and location not in source.text), None)
    if ellipsis:
        at = quote.text.index(ellipsis)
        note = f"`{ellipsis}` leaves words out, and the source does not print it"
        help = "a quote is one unbroken run: give the two runs as a list"
        return Problem(
            "quote-is-verbatim", location_within(quote.text, at, at + len(ellipsis)), message, help, (note,), fact.key
        )
    for reason in (_in_another_source, _across_paragraphs):
        if explanation := reason(dossier, source, quote):
            return Problem("quote-is-verbatim", quote.text.location, message, explanation[1], (explanation[0],), fact.key)
    near = source.closest_passage(quote.text)
    if near is None:
        help = f"copy the words from the seed of `{source.id}`, or quote another source"
        return Problem("quote-is-verbatim", quote.text.location, message, help, fact=fact.key)
    printed = source.exact_text(near)
    mark, words = _find_difference(quote, printed)
    notes = (f"{source.id}, paragraph {near.paragraph}, prints: {printed}",)
    help = f'briefing quote {source.id} "{words}" prints the exact words, ready to paste'
    return Problem("quote-is-verbatim", mark, message, help, notes, fact.key)


def _in_another_source(dossier: Dossier, source: Source, quote: Quote) -> tuple[str, str] | None:
    others = (other for other in dossier.sources.values() if other.id != source.id)
    other = next((other for other in others if other.contains(quote.text)), None)
    return (
        (f"they are in `{other.id}`", f"write `{other.id}:` instead of `{source.id}:`, if that is the report you mean")
        if other
        else None
    )


def _across_paragraphs(dossier: Dossier, source: Source, quote: Quote) -> tuple[str, str] | None:
    wanted = normalise(quote.text)
    for before, after in pairwise(source.runs):
        joined = f"{before.text} {after.text}"
        at = joined.find(wanted)
        if 0 <= at < len(before.text) < at + len(wanted):
            paragraph = next(p for p in source.paragraphs if p.end >= before.ends[-1])
            note = f"they run over the end of paragraph {paragraph.number}, which begins: {' '.join(before.text.split()[:8])}"
            return note, "a quote stays in one paragraph: give the two runs as a list"
    return None


def _find_difference(quote: Quote, printed: str) -> tuple[Location, str]:
    """The typed words that differ from the printed ones, as a place, and the printed ones to look up."""
    typed, seen = normalise(quote.text).split(), normalise(printed).split()
    first = next((n for n, (a, b) in enumerate(zip(typed, seen, strict=False)) if a != b), min(len(typed), len(seen)))
    tail = next(
        (n for n, (a, b) in enumerate(zip(typed[::-1], seen[::-1], strict=False)) if a != b), min(len(typed), len(seen))
    )
    end = max(first + 1, len(typed) - tail)
    words = [*_token_spans(quote.text)]
    start, stop = words[min(first, len(words) - 1)][0], words[min(end, len(words)) - 1][1]
    looked_up = seen[max(0, first - 1) : max(first + 1, len(seen) - tail) + 1][:8]
    return location_within(quote.text, start, max(stop, start + 1)), " ".join(looked_up).replace('"', "").strip()


def _token_spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        yield start, at
