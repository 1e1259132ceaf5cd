"""Rules of claims: what a quote must be to bear its claim, and what a claim may say beside it."""

from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent, Cited, Fact, Quote, parts_of
from briefing.model.source import Passage
from briefing.rules.claim_problem import alarm
from briefing.text.words import is_unspaced, words_in

FEWEST_WORDS = 3
FEWEST_TOGETHER = 5
MOST_CLAIMS = 3


def quote_is_enough(dossier: Dossier) -> Iterator[Problem]:
    """A quote has words enough to bear its claim, and was cut for it.

    At least three words in each quote and five in all from one source, unless they are the whole paragraph; together at
    least half as many as the claim. Short quotes are where context was lost. And one quote bears at most three claims:
    a longer list hangs on a passage of which each claim needs a part, so quote that part. Counted is the longest quote
    from each source; a run beside it that names the speaker, or an antecedent, may serve any number and be shorter.

    Where a script parts no words, each character counts as one; a claim and quotes of which only one side is in such a
    script are not compared in length.

    Few words can be enough, and many not: this is a warning.

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
    yield from each_is_enough(dossier)
    yield from none_bears_too_much(dossier)


def each_is_enough(dossier: Dossier) -> Iterator[Problem]:
    """What is too little in the quotes of a fact, whatever others quote."""
    for fact in dossier.every():
        for part in parts_of(fact):
            yield from _enough(dossier, fact, part)


def none_bears_too_much(dossier: Dossier) -> Iterator[Problem]:
    """What is too much for one quote, counted over all facts."""
    served: dict[Passage, int] = {}
    for fact in dossier.every():
        for part in parts_of(fact):
            for quote in bearing(part) if not isinstance(part, Antecedent) else ():
                passage = dossier.passage(quote)
                if passage:
                    served[passage] = served.get(passage, 0) + 1
                    if served[passage] > MOST_CLAIMS:
                        message = f"this quote already bears {MOST_CLAIMS} claims"
                        help = "quote what bears this claim, or make fewer claims of it"
                        yield alarm("quote-is-enough", fact, part, quote.text, None, message, help)


def bearing(part: Cited) -> tuple[Quote, ...]:
    """The longest quote of a claim from each source; those beside it name a speaker, a date or a place."""
    longest: dict[str, Quote] = {}
    for quote in part.quotes:
        if quote.source not in longest or len(quote.text) > len(longest[quote.source].text):
            longest[quote.source] = quote
    return tuple(longest.values())


def _enough(dossier: Dossier, fact: Fact, part: Cited) -> Iterator[Problem]:
    counts = {quote: words_in(quote.text) for quote in part.quotes if dossier.passage(quote)}
    short = [quote for quote, count in counts.items() if count < FEWEST_WORDS]
    thin = {
        quote: sum(count for other, count in counts.items() if other.source == quote.source)
        for quote in bearing(part)
        if quote in counts and quote not in short and not isinstance(part, Antecedent)
    }
    help = "copy the words around it that bear the claim"
    for quote in (quote for quote in short if not _is_whole_paragraph(dossier, quote)):
        message = f"this quote has fewer than {FEWEST_WORDS} words"
        yield alarm("quote-is-enough", fact, part, quote.text, None, message, help)
    for quote, count in thin.items():
        if count < FEWEST_TOGETHER and not _is_whole_paragraph(dossier, quote):
            message = f"the quotes from `{quote.source}` have together fewer than {FEWEST_TOGETHER} words"
            yield alarm("quote-is-enough", fact, part, quote.text, None, message, help)
    claimed, quoted = words_in(part.claim), sum(counts.values())
    is_like = all(is_unspaced(quote.text) == is_unspaced(part.claim) for quote in counts)
    if counts and is_like and claimed > 2 * quoted:
        message = f"this claim has {claimed} words, its quotes together {quoted}"
        yield alarm("quote-is-enough", fact, part, part.claim, None, message, "claim less, or quote all that bears it")


def _is_whole_paragraph(dossier: Dossier, quote: Quote) -> bool:
    """Whether a quote has all the words that its paragraph has, as that of a subheading."""
    passage, source = dossier.passage(quote), dossier.sources.get(quote.source)
    if not passage or not source:
        return False
    paragraph = source.paragraph(passage.paragraph)
    return words_in(quote.text) == words_in(source.text[paragraph.start : paragraph.end])
