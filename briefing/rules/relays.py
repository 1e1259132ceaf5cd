"""Whose words a quote's are, as its source tells beside it: what a quote that is cut short leaves out of its sentence."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

import regex

from briefing.model.source import Passage, Source
from briefing.rules.claim_context import SpeechCue, find_speech_cues
from briefing.text.lexicon import word_groups
from briefing.text.quotation_marks import quotation_spans
from briefing.text.words import CACHE_SIZE, SENTENCE_END

MAX_SPEECH_DISTANCE = 60  # how far behind a quote a word of speech is looked for, in characters
_SPEECH_TO_WORDS = regex.compile(r"(?: [^\s.,;:()]+){0,3}[,:]? \"?")  # between a word of speech and the words that it opens
_WORDS_TO_SPEECH = regex.compile(
    r"(?:[^.;:()\"]*?(?P<mark>[,.!?]?\"|,))? (?P<speaker>(?:[^\s.,;:()]+ )*)"
)  # between words and theirs
_NAME_AFTER = regex.compile(r" (?:the |a )?\p{Lu}")


def speech_around(source: Source, passage: Passage) -> Iterator[tuple[str, SpeechCue]]:
    """The words of speech right before or behind a passage in its sentence that tell it, each with that sentence."""
    run, start, end = source.run_at(passage)
    edges = _sentence_edges(run.text)
    first, last = edges[bisect_right(edges, start) - 1], next(edge for edge in edges if edge >= end)
    sentence, start, end = run.text[first:last], start - first, end - first
    for cue in find_speech_cues(sentence):
        if _introduces_words(sentence, cue, start) or _follows_words(sentence, end, cue):
            yield sentence, cue


def _introduces_words(sentence: str, cue: SpeechCue, start: int) -> bool:
    """Whether a word of speech tells what begins at `start`: `Osk said that`, `Osk added: "`; not `," said`."""
    is_closing = sentence.endswith('" ', 0, cue.start)
    return cue.end < start and not is_closing and bool(_SPEECH_TO_WORDS.fullmatch(sentence, cue.end, start))


def _follows_words(sentence: str, end: int, cue: SpeechCue) -> bool:
    """Whether a word of speech tells what ends at `end`: `, Osk said`, `," said Osk`, `according to Osk`."""
    found = _WORDS_TO_SPEECH.fullmatch(sentence, end, cue.start) if end < cue.start <= end + MAX_SPEECH_DISTANCE else None
    if not found or not set(found["speaker"].split()).isdisjoint(word_groups("en", "light")["connecting"]):
        return False
    if cue.group == "attribution" or (found["mark"] or "").endswith('"'):
        return True
    return bool(found["mark"] and (found["speaker"] or _NAME_AFTER.match(sentence, cue.end)))


def is_in_quotation(source: Source, passage: Passage) -> bool:
    """Whether a passage stands between quotation marks in its source."""
    run, start, end = source.run_at(passage)
    return any(opened <= start and end <= closed for opened, closed in _cached_quotations(run.text))


@lru_cache(maxsize=CACHE_SIZE)
def _sentence_edges(text: str) -> tuple[int, ...]:
    """Where the sentences of a text begin, and where the last of them ends."""
    return (0, *(found.end() for found in SENTENCE_END.finditer(text)), len(text))


@lru_cache(maxsize=CACHE_SIZE)
def _cached_quotations(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(quotation_spans(text))
