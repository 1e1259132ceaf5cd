"""Rules of claims: what a quote must be to bear its claim, and what a claim may say beside it."""

from collections.abc import Iterator

import regex

from briefing.checks.alarm import alarm
from briefing.dossier import Dossier
from briefing.fact import Cited, Fact, fields_of, parts_of, texts
from briefing.numerals import numerals
from briefing.problem import Problem
from briefing.source import Source
from briefing.words import WORD, normalise, words_in

FEWEST_WORDS = 3


def quote_is_enough(dossier: Dossier) -> Iterator[Problem]:
    """A quote has words enough to bear its claim.

    At least three words each, and together at least half as many as the claim.

    Fails, in facts/context.yaml:

        never-renewed:
          claim: An earlier lease was never renewed, the wire report says.
          quotes:
            wire: never renewed

    Passes, in facts/context.yaml:

        never-renewed:
          claim: An earlier lease was never renewed, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years – it was never renewed
    """
    for fact in dossier.every():
        for part in parts_of(fact):
            yield from _enough(fact, part)


def _enough(fact: Fact, part: Cited) -> Iterator[Problem]:
    counts = [words_in(quote.text) for quote in part.quotes]
    for quote, count in zip(part.quotes, counts, strict=True):
        if count < FEWEST_WORDS:
            message = f"this quote has fewer than {FEWEST_WORDS} words"
            help = "copy the words around it that bear the claim"
            yield alarm("quote-is-enough", fact, part, quote.text, None, message, help)
    claimed = words_in(part.claim)
    if part.quotes and claimed > 2 * sum(counts):
        message = f"this claim has {claimed} words, its quotes together {sum(counts)}"
        yield alarm("quote-is-enough", fact, part, part.claim, None, message, "claim less, or quote all that bears it")


def number_is_quoted(dossier: Dossier) -> Iterator[Problem]:
    """Every number in a claim stands in one of its quotes, in digits or in words.

    A number that no quote bears was worked out, rounded or remembered.

    Fails, in facts/context.yaml:

        term-of-1987:
          claim: The lease signed in 1987 was to run for 10 years, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years

    Passes, in facts/context.yaml:

        term-of-1987:
          claim: The lease signed in 1987 was to run for twelve years, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years
    """
    for fact in dossier.every():
        for part in parts_of(fact):
            quotes = dossier.quotes_of(part)
            quoted = {value for quote in quotes for value, _, _ in numerals(quote.text)}
            for value, start, end in numerals(part.claim) if quotes else ():
                if value not in quoted:
                    message = f"`{part.claim[start:end]}` stands in none of this claim's quotes"
                    help = "quote the words that print it, or leave it out of the claim"
                    yield alarm("number-is-quoted", fact, part, part.claim, (start, end), message, help)


def silence_is_true(dossier: Dossier) -> Iterator[Problem]:
    """The terms under `absent` occur in none of the sources, whole words, in whatever case.

    List each inflection and spelling a source could have used.

    Fails, in facts/silences.yaml:

        fishing:
          claim: Neither report speaks of fishing or of the quays.
          absent: [fishing, fishery, quays]

    Passes, in facts/silences.yaml:

        fishing:
          claim: Neither report speaks of fishing.
          absent: [fishing, fishery, fisheries, fishermen]
    """
    for fact in dossier.every():
        silent = next((texts(fact, f) for f in fields_of(type(fact)) if f.name == "in_"), ())
        sources = [source for source in dossier.sources.values() if not silent or source.id in silent]
        for term in getattr(fact, "absent", ()):
            for source in sources:
                at = _found(term, source)
                if at is not None:
                    message = f"`{term}` stands in `{source.id}`, paragraph {source.paragraph_at(at)}"
                    yield Problem("silence-is-true", term.mark, message, "delete the term, or the silence", fact=fact.key)


def _found(term: str, source: Source) -> int | None:
    """Where a term first stands in a source as whole words, in whatever case; None where it does not."""
    folded = normalise(term).casefold()
    runs = [run for run in source.runs if folded in run.text.casefold()]
    pattern = _term(term) if runs else None
    return next((run.starts[found.start()] for run in runs if pattern and (found := pattern.search(run.text))), None)


def _term(term: str) -> "regex.Pattern[str]":
    """Finds a term as whole words in a normalised text, in whatever case."""
    words = regex.escape(normalise(term))
    return regex.compile(rf"(?<!{WORD}){words}(?!{WORD})", regex.IGNORECASE | regex.FULLCASE | regex.V1)
