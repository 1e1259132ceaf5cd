"""The rule of our own words: a claim is not a piece of its source without quotation marks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.source import Source
from briefing.rules.claim_problem import alarm
from briefing.text.phrase_matcher import BLANK, unquoted
from briefing.text.words import straight

MOST_WORDS = 7
_WORD = re.compile(r"\w+(?:['-]\w+)*")
Shared = tuple[int, int, int]
Runs = frozenset[tuple[str, ...]]


def claim_is_our_own(dossier: Dossier) -> Iterator[Problem]:
    """A claim has at most seven words in a row from its source outside quotation marks, names and numbers not counted.

    A sentence that is the source's, printed without quotation marks as ours, is a citation that nobody sees; and words
    taken over whole bring the source's view with them. Say it in other words, or put into quotation marks, letter for
    letter, what has to stay. A name or a number has no other words, so only words that begin with a small letter are
    counted. The whole text of each source quoted is looked through, not only the quotes.

    It does not see a sentence of which every eighth word was changed, nor scripts that have no small letters.

    Fails, in facts/context.yaml:

        fallen-cranes:
          claim: The text of the deal makes no mention of the two cranes that a storm brought down in 2029, the Gazette says.
          quotes:
            gazette: The text of the deal makes no mention of the two cranes that a storm brought down in 2029

    Passes, in facts/context.yaml:

        fallen-cranes:
          claim: The deal "makes no mention of the two cranes" that fell in a storm in 2029, the Gazette says.
          quotes:
            gazette: The text of the deal makes no mention of the two cranes that a storm brought down in 2029
    """
    runs = cache(lambda key: _runs(dossier.sources[key]))
    for fact in dossier.every():
        for part in parts_of(fact):
            sources = dict.fromkeys(quote.source for quote in dossier.quotes_of(part))
            shared = [(longest(part.claim, runs(key)), key) for key in sources if key in dossier.sources]
            (count, start, end), key = max(shared, default=((0, 0, 0), ""))
            if count > MOST_WORDS:
                message = f"{count} words in a row are those of `{key}`, names and numbers not counted; {MOST_WORDS} may be"
                help = "say it in other words, or put what has to stay in quotation marks"
                yield alarm("claim-is-our-own", fact, part, part.claim, (start, end), message, help)


def longest(claim: str, runs: Runs) -> Shared:
    """How many words of ours the longest shared run of a claim has, outside quotation marks, and its offsets."""
    best: Shared = (0, 0, 0)
    text = unquoted(straight(claim))
    words = list(_words(text))
    folded = tuple(word for word, _, _ in words)
    first = last = 0  # the run so far, in words
    for at in range(len(words) - MOST_WORDS):
        if folded[at : at + MOST_WORDS + 1] not in runs or BLANK in text[words[at][1] : words[at + MOST_WORDS][2]]:
            continue
        first = first if at == last - MOST_WORDS else at
        last = at + MOST_WORDS + 1
        count = sum(text[start].islower() for _, start, _ in words[first:last])
        best = max(best, (count, words[first][1], words[last - 1][2]))
    return best


def _runs(source: Source) -> Runs:
    """Every run of a source's words that is long enough to count."""
    found: set[tuple[str, ...]] = set()
    for run in source.runs:
        words = tuple(word for word, _, _ in _words(run.text))
        found.update(words[at : at + MOST_WORDS + 1] for at in range(len(words) - MOST_WORDS))
    return frozenset(found)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a text, folded so that two forms of one spelling are the same, with its offsets."""
    return ((unicodedata.normalize("NFC", found[0]).casefold(), *found.span()) for found in _WORD.finditer(text))
