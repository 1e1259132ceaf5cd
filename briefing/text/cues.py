"""Words that change what a sentence says, such as "not" and "may": their places, and the words that they are about.

A text is divided into segments at its full stops, semicolons and `but`. A cue is about the content words that follow it up to
the end of its clause (for some, those before it), and a segment of another text is about the same thing if it holds the
first of them and one more word of the cue's segment, or two of them.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from briefing.text.lexicon import find_phrases, split_words, word_groups
from briefing.text.quantities import is_may_month
from briefing.text.words import straighten_quotes

MAX_SCOPE = 5
IGNORED_GROUP = "passed over"
_SCOPE_ON_BOTH_SIDES = ("none of it",)
_SCOPE_BEFORE = ("condition",)
_QUANTIFIERS = ("whole", "most", "part")
_SCOPE_AFTER_ELSE_BEFORE = (
    "possibility",
    "belief",
    "allegation",
    "appearance",
)  # "that is possible": about what precedes it, if nothing follows
_SEGMENT_END = r"[.!?][\"']?\s+(?=[\p{Lu}\"'])|;|\s[\u2013\u2014]\s"
_CLAUSE_PUNCTUATION = r"[.,:;!?()\u2013\u2014]"
_SENTENCE_START = regex.compile(r"(?:^|(?<!\W)(?:(?![.:;!?]\s|[\"'])\W)*+(?:[.:;!?]\s|[\"']))\W*+$")
_SUFFIX = regex.compile(
    r"(?<=\p{L}{4})(?:ations?|ments?)$|(?<=\p{L}{3})(?:ings?|ed|es|ly|al)$|(?<=\p{L}{2}[^s])s$|(?<=\p{L}{2})e$"
)
_IES_SUFFIX = regex.compile(r"(?<=\p{L}{2})ie[sd]$")
_ISE_SPELLING = regex.compile(r"is(?=(?:e[ds]?|ing|ation)$)")
_STEM_LETTERS = 6  # a stem has at most this many letters


class Token(NamedTuple):
    """A word with its offsets and its stem; `is_content` for a word that has a meaning of its own and is not a name."""

    start: int
    end: int
    stem: str
    is_content: bool


@dataclass(frozen=True)
class Cue:
    """A cue: offsets, its word, the group of the list it is of, the stems it is about, and those that it is first about."""

    start: int
    end: int
    word: str
    group: str
    scope: tuple[str, ...]
    heads: frozenset[str]


@dataclass(frozen=True)
class Segment:
    """A stretch of a text that makes one statement: its words and its cues."""

    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    stems: frozenset[str]

    def shared_stems(self, cue: Cue, of: "Segment") -> frozenset[str]:
        """The stems of a cue of another segment that are here too; empty unless both are about the same thing."""
        both = self.stems & frozenset(cue.scope)
        has_more = len(self.stems & of.stems) > 1 or len(self.stems) == 1 or len(of.stems) == 1
        return both if (has_more and cue.heads & self.stems) or len(both) > 1 else frozenset()


def has_cue(text: str, name: str, groups: Container[str]) -> bool:
    """Whether an English text has a word of these groups of the list `name`."""
    return any(group in groups for _, _, group in find_phrases(straighten_quotes(text), "en", name))


@cache
def split_segments(text: str, name: str) -> tuple[Segment, ...]:
    """The segments of an English text with the cues of the list `name`."""
    text = straighten_quotes(text)
    found = [cue for cue in find_phrases(text, "en", name) if cue[2] != IGNORED_GROUP and not _is_may(text, cue[0])]
    tokens = _tokenize(text)
    edges = [0, *(match.start() for match in _break_pattern("turning", _SEGMENT_END).finditer(text)), len(text)]
    out = []
    for start, end in pairwise(edges):
        here = tuple(token for token in tokens if start <= token.start < end)
        cues = tuple(_build_cue(text, *cue, here) for cue in found if start <= cue[0] < end)
        out.append(Segment(here, cues, frozenset(token.stem for token in here if token.stem)))
    return tuple(out)


def _is_may(text: str, at: int) -> bool:
    return text.startswith("May", at) and is_may_month(text, at)


@cache
def _tokenize(text: str) -> tuple[Token, ...]:
    light = _light_words()
    found = []
    for word in split_words(text):
        is_name = text[word.start].isupper() and not _SENTENCE_START.search(text, max(0, word.start - 6), word.start)
        is_light = word.text in light or len(word.text) == 1
        found.append(Token(word.start, word.end, "" if is_light else stem_word(word.text), not is_light and not is_name))
    return tuple(found)


def _build_cue(text: str, start: int, end: int, group: str, tokens: tuple[Token, ...]) -> Cue:
    after = [token for token in tokens if token.start >= end and token.stem]
    before = [token for token in reversed(tokens) if token.end <= start and token.is_content]
    if group in _QUANTIFIERS:
        scope = heads = _measured_tokens(text, after)
    else:
        scope = _scope_tokens(text, group, end, [token for token in after if token.is_content], before)[:MAX_SCOPE]
        heads = scope if group in _SCOPE_ON_BOTH_SIDES else [*scope[:1], *_leading_row(text, scope)[-1:]]
    stems = tuple(dict.fromkeys(token.stem for token in scope))
    return Cue(start, end, text[start:end], group, stems, frozenset(token.stem for token in heads))


def _scope_tokens(text: str, group: str, end: int, after: list[Token], before: list[Token]) -> list[Token]:
    """The content words that a cue of a group is about, nearest first."""
    if group in _SCOPE_BEFORE:
        return before or after
    if group in _SCOPE_ON_BOTH_SIDES:
        return before[:1] + [token for token in after[:1] if token.start < _clause_end(text, end)]
    edge = _clause_end(text, after[0].end if after else end)
    return [token for token in after if token.start < edge] or (before[:1] if group in _SCOPE_AFTER_ELSE_BEFORE else [])


def _measured_tokens(text: str, after: list[Token]) -> list[Token]:
    """The thing that is measured: the names in a row behind a word of measure, or else the last of the words there."""
    row = _leading_row(text, after)
    return [token for token in row if not token.is_content] or row[-1:]


def _leading_row(text: str, tokens: list[Token]) -> list[Token]:
    """The first of some words, and those that follow it directly."""
    last = 0
    while last + 1 < len(tokens) and text[tokens[last].end : tokens[last + 1].start] in (" ", "-", " and "):
        last += 1
    return tokens[: last + 1]


def _clause_end(text: str, start: int) -> int:
    """The offset where the clause that continues at `start` ends: at the next punctuation or joining word."""
    found = _break_pattern("joining", _CLAUSE_PUNCTUATION).search(text, start)
    return found.start() if found else len(text)


@cache
def stem_word(word: str) -> str:
    """What the forms of a word share, roughly: irregular verbs by their list, others without ending, six letters at most."""
    word = _irregular_forms().get(word, word)
    word = _IES_SUFFIX.sub("y", _ISE_SPELLING.sub("iz", word))
    word = _SUFFIX.sub("", word)
    word = _SUFFIX.sub("", word) if len(word) > _STEM_LETTERS else word
    return (word[:-1] if len(word) > 3 and word[-1] == word[-2] else word)[:_STEM_LETTERS]


def has_negation(text: str, segment: Segment) -> bool:
    """Whether something is denied in a segment of a text."""
    same = (one for one in split_segments(text, "negation") if one.tokens == segment.tokens)
    return any(cue.group != "answering" for one in same for cue in one.cues)


def is_in_past_tense(text: str, segment: Segment, cue: Cue) -> bool:
    """Whether a segment puts the main word of a cue of another segment in the past: `withdrew`, `were withdrawn`."""
    present = word_groups("en", "light")["before a verb that is not past"]
    for token in segment.tokens:
        before = text[: token.start].lower().split()[-2:]
        if token.stem in cue.heads and ("did" in before or _is_past_form(text[token.start : token.end].lower())):
            return not any(word in present for word in before)
    return False


def _is_past_form(word: str) -> bool:
    return word.endswith("ed") or any(word in line.split()[1:] for line in word_groups("en", "irregular")["past"])


def is_about_reporting(cue: Cue, segment: Segment) -> bool:
    """Whether a cue is about reporting: a claim may say of its source that it does not name a day."""
    return any(
        token.stem in _reporting_stems() for token in segment.tokens if token.stem in cue.heads or _is_adjacent(token, cue)
    )


def _is_adjacent(token: Token, cue: Cue) -> bool:
    return 0 <= token.start - cue.end <= 2 or 0 <= cue.start - token.end <= 2


@cache
def _reporting_stems() -> frozenset[str]:
    return frozenset(stem_word(word) for word in word_groups("en", "light")["telling"])


@cache
def _irregular_forms() -> Mapping[str, str]:
    groups = (line.split() for words in word_groups("en", "irregular").values() for line in words)
    return {form: forms[0] for forms in groups for form in forms}


@cache
def _break_pattern(group: str, punctuation: str) -> "regex.Pattern[str]":
    """Finds one of these marks, or a word of a group of the list `light`."""
    return regex.compile(rf"{punctuation}|(?<!\p{{L}})(?:{'|'.join(word_groups('en', 'light')[group])})(?!\p{{L}})")


@cache
def _light_words() -> frozenset[str]:
    groups = word_groups("en", "light")
    return frozenset(word for group in ("function", "light") for word in groups[group])
