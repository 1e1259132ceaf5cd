"""Rules of claims: what a quote must be to bear its claim, and what a claim may say beside it."""

from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent, Claim, Fact, parts_of
from briefing.model.fields import Quote
from briefing.model.source import Passage
from briefing.rules.claim_problem import claim_problem
from briefing.text.words import count_words, is_unspaced

MIN_QUOTE_WORDS = 3
MIN_WORDS_PER_SOURCE = 5
MAX_CLAIMS_PER_QUOTE = 3


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
    yield from short_quote_problems(dossier)
    yield from overused_quote_problems(dossier)


def short_quote_problems(dossier: Dossier) -> Iterator[Problem]:
    """What is too little in the quotes of a fact, whatever others quote."""
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            yield from _length_problems(dossier, fact, part)


def overused_quote_problems(dossier: Dossier) -> Iterator[Problem]:
    """What is too much for one quote, counted over all facts."""
    served: dict[Passage, int] = {}
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            for quote in main_quotes(part) if not isinstance(part, Antecedent) else ():
                passage = dossier.passage_of(quote)
                if passage:
                    served[passage] = served.get(passage, 0) + 1
                    if served[passage] > MAX_CLAIMS_PER_QUOTE:
                        message = f"this quote already bears {MAX_CLAIMS_PER_QUOTE} claims"
                        help = "quote what bears this claim, or make fewer claims of it"
                        yield claim_problem("quote-is-enough", fact, part, quote.text, None, message, help)


def main_quotes(part: Claim) -> tuple[Quote, ...]:
    """The longest quote of a claim from each source; those beside it name a speaker, a date or a place."""
    longest: dict[str, Quote] = {}
    for quote in part.quotes:
        if quote.source not in longest or len(quote.text) > len(longest[quote.source].text):
            longest[quote.source] = quote
    return tuple(longest.values())


def _length_problems(dossier: Dossier, fact: Fact, part: Claim) -> Iterator[Problem]:
    counts = {quote: count_words(quote.text) for quote in part.quotes if dossier.passage_of(quote)}
    short = [quote for quote, count in counts.items() if count < MIN_QUOTE_WORDS]
    thin = {
        quote: sum(count for other, count in counts.items() if other.source == quote.source)
        for quote in main_quotes(part)
        if quote in counts and quote not in short and not isinstance(part, Antecedent)
    }
    help = "copy the words around it that bear the claim"
    for quote in (quote for quote in short if not _fills_paragraph(dossier, quote)):
        message = f"this quote has fewer than {MIN_QUOTE_WORDS} words"
        yield claim_problem("quote-is-enough", fact, part, quote.text, None, message, help)
    for quote, count in thin.items():
        if count < MIN_WORDS_PER_SOURCE and not _fills_paragraph(dossier, quote):
            message = f"the quotes from `{quote.source}` have together fewer than {MIN_WORDS_PER_SOURCE} words"
            yield claim_problem("quote-is-enough", fact, part, quote.text, None, message, help)
    claim_words, quoted = count_words(part.claim), sum(counts.values())
    is_like = all(is_unspaced(quote.text) == is_unspaced(part.claim) for quote in counts)
    if counts and is_like and claim_words > 2 * quoted:
        message = f"this claim has {claim_words} words, its quotes together {quoted}"
        yield claim_problem("quote-is-enough", fact, part, part.claim, None, message, "claim less, or quote all that bears it")


def _fills_paragraph(dossier: Dossier, quote: Quote) -> bool:
    """Whether a quote has all the words that its paragraph has, as that of a subheading."""
    passage, source = dossier.passage_of(quote), dossier.sources.get(quote.source)
    if not passage or not source:
        return False
    paragraph = source.paragraph(passage.paragraph)
    return count_words(quote.text) == count_words(source.text[paragraph.start : paragraph.end])
