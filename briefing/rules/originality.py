"""The rule of copied words: a claim does not copy its source without quotation marks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import CLAIM_IS_OUR_OWN
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.source import Source
from briefing.rules.claim_context import claim_problem
from briefing.text.phrase_matcher import MASK_CHARACTER, mask_quotations
from briefing.text.words import straighten_quotes

MAX_COPIED_WORDS = 7
_COMPARED_WORD = re.compile(r"\w+(?:['-]\w+)*")
SharedRun = tuple[int, int, int]
WordRuns = frozenset[tuple[str, ...]]


def claim_is_our_own(dossier: Dossier) -> Iterator[Problem]:
    """A claim copies at most seven words in a row from its source outside quotation marks, names and numbers not counted.

    A sentence that is copied without quotation marks is a citation that readers cannot see, and copied words bring the
    source's view with them. Rephrase the sentence, or put the words that must stay in quotation marks, letter for letter.
    Names and numbers cannot be rephrased, so only words that begin with a small letter are counted. The claim is compared
    with the whole text of each source that it quotes, not only with the quotes.

    The rule misses a sentence in which every eighth word was changed, and scripts without small letters.

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
    runs = cache(lambda key: _source_runs(dossier.sources[key]))
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            sources = dict.fromkeys(quote.source for quote in dossier.quotes_of(part))
            shared = [(longest_shared_run(part.claim, runs(key)), key) for key in sources if key in dossier.sources]
            (count, start, end), key = max(shared, default=((0, 0, 0), ""))
            if count > MAX_COPIED_WORDS:
                message = (
                    f"{count} words in a row are copied from `{key}`, names and numbers not counted; "
                    f"the limit is {MAX_COPIED_WORDS}"
                )
                help = "rephrase this, or put the words that must stay in quotation marks"
                yield claim_problem(CLAIM_IS_OUR_OWN, fact, part, part.claim, (start, end), message, help)


def longest_shared_run(claim: str, runs: WordRuns) -> SharedRun:
    """The longest run of words that a claim shares with a source outside quotation marks: counted words and offsets."""
    best: SharedRun = (0, 0, 0)
    text = mask_quotations(straighten_quotes(claim))
    words = list(_compared_words(text))
    folded = tuple(word for word, _, _ in words)
    first = last = 0  # the run so far, in words
    for at in range(len(words) - MAX_COPIED_WORDS):
        if (
            folded[at : at + MAX_COPIED_WORDS + 1] not in runs
            or MASK_CHARACTER in text[words[at][1] : words[at + MAX_COPIED_WORDS][2]]
        ):
            continue
        first = first if at == last - MAX_COPIED_WORDS else at
        last = at + MAX_COPIED_WORDS + 1
        count = sum(text[start].islower() for _, start, _ in words[first:last])
        best = max(best, (count, words[first][1], words[last - 1][2]))
    return best


def _source_runs(source: Source) -> WordRuns:
    """Every run of a source's words that is one word longer than the limit."""
    found: set[tuple[str, ...]] = set()
    for run in source.runs:
        words = tuple(word for word, _, _ in _compared_words(run.text))
        found.update(words[at : at + MAX_COPIED_WORDS + 1] for at in range(len(words) - MAX_COPIED_WORDS))
    return frozenset(found)


def _compared_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a text with its offsets, in NFC and case-folded."""
    return ((unicodedata.normalize("NFC", found[0]).casefold(), *found.span()) for found in _COMPARED_WORD.finditer(text))
