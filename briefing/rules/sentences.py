"""The rule of sentences: what a quote was cut from does not turn it round or limit it, unless the claim says so too."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import SENTENCE_IS_KEPT
from briefing.model.dossier import Dossier
from briefing.model.fields import Quote
from briefing.rules.claim_context import ClaimContext, claim_contexts, claim_problem
from briefing.text.cues import IGNORED_GROUP, has_cue, stem_word
from briefing.text.lexicon import find_phrases, split_words, word_groups
from briefing.text.sentences import sentence_span
from briefing.text.words import straighten_quotes

MAX_GAP = 3  # words between a denial and the cut, where the denial may belong to a relative clause before it
_DENIALS = ("denial", "none of it", "failing")
_CLAUSE_BREAK = regex.compile(
    r"[,;:()\u2013\u2014\"]|\b(?:and|but|or|yet|while|whereas|although|though|because|who|which)\b", regex.IGNORECASE
)
_RELATIVE = regex.compile(r"\b(?:that|who|which|whose|where|when)\b", regex.IGNORECASE)
_PREPOSITION = regex.compile(r"\b(?:with|in|under|of|for|at|by|from|on|as|about|despite) $", regex.IGNORECASE)
_MARKS = regex.compile(r"[\s,\u2013\u2014\"']*")
_CLAUSE_AT_CUT = regex.compile(r"[,:]\s+\"?(?:then )?$|[,:]$", regex.IGNORECASE)
_SENTENCE_HEAD = regex.compile(r"\W*(?:(?:and|but|also|so|yet) )?", regex.IGNORECASE)
_ANSWERS: Mapping[str, "regex.Pattern[str]"] = {
    group: regex.compile(rf"\b(?:{words})\b", regex.IGNORECASE)
    for group, words in {
        "time": r"until|till|pending|before|by|up to|as long as|while|through|temporar\w+|ends?|for now|expir\w+|first|not yet",
        "condition": r"if|unless|provided|subject|condition\w*|only|when|once|after|until|as long as|depend\w*|should|would|"
        r"extent|possible|case",
        "exception": r"except\w*|other|save|apart|exclud\w*|but|not|most|aside|without|beyond|besides",
        "only": r"only|solely|alone|just|exclusive\w*|until|unless|sole",
        "without": r"without|unless|needs?|need|require\w*|lack\w*|if|only|absence",
    }.items()
}  # what a claim may say instead of a word of each group of limits.yaml


class OutsideWord(NamedTuple):
    """Words of a sentence beside a quote that limit it, and their group in limits.yaml."""

    words: str
    group: str


def sentence_is_kept(dossier: Dossier) -> Iterator[Problem]:
    """No word that turns a quote round or limits it is cut off, unless the claim says it.

    "Coal shall be stored on the quays" is an unbroken run of "No coal shall be stored on the quays", and says the
    opposite. So the rule reads the sentence that a quote was cut from. A denial before the cut in the same clause ("no",
    "never", "failed to", "it is false that") must be in the claim, and so must a limit right beside the cut ("unless",
    "except", "provided that", "until", "only", "without") or a condition before it ("If the council agrees, …"). Quote these
    words too, and say them in the claim. The rule knows English words only. It does not see a denial in another sentence, or
    in a relative clause that began long before the cut.

    Fails, in facts/context.yaml:

        comment-on-the-rent:
          claim: The cabinet office commented on the rent, the wire report says.
          quotes:
            wire: comment on it

    Passes, in facts/context.yaml:

        comment-on-the-rent:
          claim: The cabinet office did not comment on the rent, the wire report says.
          quotes:
            wire: The cabinet office did not comment on it
    """
    for context in claim_contexts(dossier):
        for quote in context.quotes:
            yield from _quote_problems(context, quote)


def _quote_problems(context: ClaimContext, quote: Quote) -> Iterator[Problem]:
    passage = context.dossier.passage_of(quote)
    source = context.dossier.sources.get(quote.source)
    if passage is None or source is None:
        return
    run, start, end = source.run_at(passage)
    first, last = sentence_span(run.text, start, end)
    before, after = straighten_quotes(run.text[first:start]), straighten_quotes(run.text[end:last])
    found = _denial(before, context, quote) or _limit(before, after, context, quote)
    if found:
        side = "before" if found in before else "after"
        message = f"the sentence says `{found}` {side} this quote, and the claim says nothing similar"
        help = f"quote `{found}` too, and say it in the claim"
        notes = (f"{source.id}, paragraph {passage.paragraph}, prints: {run.text[first:last].strip()}",)
        yield claim_problem(SENTENCE_IS_KEPT, context.fact, context.part, quote.text, None, message, help, notes)


def _denial(before: str, context: ClaimContext, quote: Quote) -> str:
    """The last word before a cut that turns round what follows, if the claim has no such word; else empty."""
    words = _governing_denial(before) if before.strip() else ""
    return "" if words and _denies(context, quote) else words


def _governing_denial(before: str) -> str:
    """The last denial before a cut in the same clause; one of a phrase of its own ("with no deal") does not govern."""
    denials = [found for found in find_phrases(before, "en", "negation") if found[2] in _DENIALS]
    for start, end, group in sorted((*denials, *find_phrases(before, "en", "reversals")), reverse=True):
        is_own_phrase = before[start:end].lower() == "without" or _PREPOSITION.search(before, 0, start)
        if is_own_phrase or _CLAUSE_BREAK.search(before, end):
            continue
        if len(before[end:].split()) <= MAX_GAP or (group in _DENIALS and not _RELATIVE.search(before, 0, start)):
            return before[start:end]
    return ""


def _denies(context: ClaimContext, quote: Quote) -> bool:
    """Whether the claim or its label has a word that turns something round and that it has not from the quote."""
    quoted = {stem_word(word.text) for word in split_words(quote.text)}
    for text in (context.part.claim, getattr(context.part, "label", None) or ""):
        for name in ("negation", "reversals"):
            for start, end, group in find_phrases(straighten_quotes(text), "en", name):
                stems = {stem_word(word.text) for word in split_words(text[start:end])}
                if group != IGNORED_GROUP and not quoted.issuperset(stems):
                    return True
    return False


def _limit(before: str, after: str, context: ClaimContext, quote: Quote) -> str:
    """The words beside a cut that limit it, if the claim says nothing similar; else empty."""
    found = _limit_before(before) or _limit_after(after)
    if found is None or _ANSWERS[found.group].search(context.part.claim):
        return ""
    is_denied = has_cue(quote.text, "negation", word_groups("en", "negation"))
    if found.group == "without" and not is_denied and has_cue(context.part.claim, "negation", word_groups("en", "negation")):
        return ""
    return found.words


def _limit_after(after: str) -> OutsideWord | None:
    """A limit right after the cut."""
    marks = _MARKS.match(after)
    start, end, group = next(iter(find_phrases(after, "en", "limits")), (-1, -1, ""))
    is_beside = marks and start == marks.end() and group != IGNORED_GROUP
    return OutsideWord(after[start:end], group) if is_beside else None


def _limit_before(before: str) -> OutsideWord | None:
    """A limit right before the cut, or at the head of a sentence whose clause ends there: `If Orland agrees, | …`."""
    denials = {end for _, end, group in find_phrases(before, "en", "negation") if group == IGNORED_GROUP}
    found = [limit for limit in find_phrases(before, "en", "limits") if limit[1] not in denials and limit[2] != IGNORED_GROUP]
    if not found:
        return None
    first, last = found[0], found[-1]
    if not before[last[1] :].strip():
        return OutsideWord(before[last[0] : last[1]], last[2])
    is_fronted = _SENTENCE_HEAD.fullmatch(before, 0, first[0]) and _CLAUSE_AT_CUT.search(before)
    return OutsideWord(before[first[0] : first[1]], first[2]) if is_fronted else None
