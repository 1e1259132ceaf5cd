"""The rule of sufficient quotes: they are long enough for their claim, and not used for too many."""

from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import QUOTE_IS_ENOUGH
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent, Claim, Fact, parts_of
from briefing.model.fields import Quote
from briefing.model.source import Passage
from briefing.rules.claim_context import claim_problem
from briefing.text.words import count_words, is_unspaced

MIN_QUOTE_WORDS = 3
MIN_WORDS_PER_SOURCE = 5
MAX_CLAIMS_PER_QUOTE = 3


def quote_is_enough(dossier: Dossier) -> Iterator[Problem]:
    """A quote is long enough to support its claim, and was chosen for that claim.

    A quote needs at least three words, and the quotes from one source five together, unless they are a whole paragraph. All
    quotes of a claim together need at least half as many words as the claim. Short quotes lose their context. A quote also
    supports at most three claims: for a longer list, quote for each claim the part that supports it. That limit counts only
    the longest quote from each source. A second run that names the speaker, or an antecedent, can support any number of
    claims and can be shorter than five words.

    In scripts that do not separate words, each character counts as a word. If only the claim or only a quote is in such a
    script, their lengths are not compared.

    A short quote can be enough, and a long one too little: this is a warning.

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
    """The problems of quotes that are too short for their claim; looks at one fact at a time."""
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            yield from _length_problems(dossier, fact, part)


def overused_quote_problems(dossier: Dossier) -> Iterator[Problem]:
    """The problems of quotes that support too many claims, counted over all facts."""
    counts: dict[Passage, int] = {}
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            for quote in main_quotes(part) if not isinstance(part, Antecedent) else ():
                passage = dossier.passage_of(quote)
                if passage:
                    counts[passage] = counts.get(passage, 0) + 1
                    if counts[passage] > MAX_CLAIMS_PER_QUOTE:
                        message = f"this quote already supports {MAX_CLAIMS_PER_QUOTE} other claims"
                        help = "quote only the words that support this claim, or make fewer claims from one quote"
                        yield claim_problem(QUOTE_IS_ENOUGH, fact, part, quote.text, None, message, help)


def main_quotes(part: Claim) -> tuple[Quote, ...]:
    """The longest quote of a claim from each source; shorter ones name a speaker, a date or a place."""
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
    help = "copy more of the words that support the claim"
    for quote in (quote for quote in short if not _fills_paragraph(dossier, quote)):
        message = f"this quote has fewer than {MIN_QUOTE_WORDS} words"
        yield claim_problem(QUOTE_IS_ENOUGH, fact, part, quote.text, None, message, help)
    for quote, count in thin.items():
        if count < MIN_WORDS_PER_SOURCE and not _fills_paragraph(dossier, quote):
            message = f"the quotes from `{quote.source}` together have fewer than {MIN_WORDS_PER_SOURCE} words"
            yield claim_problem(QUOTE_IS_ENOUGH, fact, part, quote.text, None, message, help)
    claim_words, quoted = count_words(part.claim), sum(counts.values())
    is_comparable = all(is_unspaced(quote.text) == is_unspaced(part.claim) for quote in counts)
    if counts and is_comparable and claim_words > 2 * quoted:
        message = f"this claim has {claim_words} words, but its quotes together have only {quoted}"
        help = "shorten the claim, or quote everything that supports it"
        yield claim_problem(QUOTE_IS_ENOUGH, fact, part, part.claim, None, message, help)


def _fills_paragraph(dossier: Dossier, quote: Quote) -> bool:
    """Whether a quote has all the words of its paragraph, such as a subheading."""
    passage, source = dossier.passage_of(quote), dossier.sources.get(quote.source)
    if not passage or not source:
        return False
    paragraph = source.paragraph(passage.paragraph)
    return count_words(quote.text) == count_words(source.text[paragraph.start : paragraph.end])
