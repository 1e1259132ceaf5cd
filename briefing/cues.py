"""Words that turn a sentence, such as "not" and "may": where they stand, and which content words they are about.

A text falls into segments at its full stops, semicolons and `but`. A cue is about the content words that follow it up to
the end of its clause (for some, those before it), and a segment of another text is about the same thing if it holds the
first of them and one more word of the cue's segment, or two of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from briefing.wordlists import pattern_of, word_groups
from briefing.words import straight

MOST_SCOPE = 5
PASSED_OVER = "passed_over"
_EITHER_SIDE = ("none_of_it",)
_BEFORE = ("condition",)
_BEHIND = ("possibility", "belief", "allegation", "appearance")  # "that is possible": about what stands before, if need be
_MONTH = regex.compile(r"(?<=[^.!?\"']\s)May\b|May(?=\s\d)")
_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:'\p{L}+)?")
_SEGMENT = regex.compile(r"[.!?][\"']?\s+(?=[\p{Lu}\"'])|;|\s[\u2013\u2014]\s|(?<!\p{L})(?:but|although|though|while|whereas)(?!\p{L})", regex.IGNORECASE)
_CLAUSE = regex.compile(r"[.,:;!?()\u2013\u2014]|(?<!\p{L})(?:which|who|when|where|because|after|before|until|if|unless)(?!\p{L})")
_STARTS = regex.compile(r"(?:^|[.:;!?]\s|[\"'])\W*$")
_ENDING = regex.compile(r"(?<=\p{L}{4})(?:ations?|ments?)$|(?<=\p{L}{3})(?:ings?|ed|es|ly|al)$|(?<=\p{L}{2}[^s])s$|(?<=\p{L}{2})e$")
_IES = regex.compile(r"(?<=\p{L}{2})ie[sd]$")
_ISE = regex.compile(r"is(?=(?:e[ds]?|ing|ation)$)")
_LETTERS = 6  # so many first letters of what is left tell a word from another


@dataclass(frozen=True)
class Token:
    """A word with its offsets and its stem; `is_content` for a word that carries matter and is no name."""

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
    """A stretch of a text in which one thing is said: its words and its cues."""

    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    stems: frozenset[str]

    def shared(self, cue: Cue, of: "Segment") -> frozenset[str]:
        """The stems of a cue of another segment that stand here too; none unless both are about the same thing."""
        both = self.stems & frozenset(cue.scope)
        has_more = len(self.stems & of.stems) > 1 or len(self.stems) == 1 or len(of.stems) == 1
        return both if (has_more and cue.heads & self.stems) or len(both) > 1 else frozenset()


@cache
def segments(text: str, name: str) -> tuple[Segment, ...]:
    """The segments of an English text with the cues of the list `name`."""
    text = straight(text)
    pattern = pattern_of("en", name)
    assert pattern is not None
    found = [m for m in pattern.finditer(text) if m.lastgroup != PASSED_OVER and not _MONTH.match(text, m.start())]
    tokens = _tokens(text)
    edges = [0, *(m.start() for m in _SEGMENT.finditer(text)), len(text)]
    out = []
    for start, end in zip(edges, edges[1:], strict=False):
        here = tuple(token for token in tokens if start <= token.start < end)
        cues = tuple(_cue(text, m, here) for m in found if start <= m.start() < end)
        out.append(Segment(here, cues, frozenset(token.stem for token in here if token.stem)))
    return tuple(out)


def _tokens(text: str) -> tuple[Token, ...]:
    light = _light()
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().lower().removesuffix("'s")
        is_name = match.group()[0].isupper() and not _STARTS.search(text, max(0, match.start() - 6), match.start())
        is_light = word in light or len(word) == 1
        found.append(Token(*match.span(), "" if is_light else stem(word), not is_light and not is_name))
    return tuple(found)


def _cue(text: str, match: "regex.Match[str]", tokens: tuple[Token, ...]) -> Cue:
    group = str(match.lastgroup)
    start, end = match.span()
    after = [token for token in tokens if token.start >= end and token.is_content]
    before = [token for token in reversed(tokens) if token.end <= start and token.is_content]
    if group in _BEFORE and before:
        after = before
    elif group in _EITHER_SIDE:
        after = before[:1] + [token for token in after[:1] if token.start < _clause_end(text, end)]
    elif group not in _BEFORE:
        edge = _clause_end(text, after[0].end if after else end)
        after = [token for token in after if token.start < edge] or (before[:1] if group in _BEHIND else [])
    scope = after[:MOST_SCOPE]
    heads = scope if group in _EITHER_SIDE else _heads(text, scope)
    return Cue(start, end, match.group(), group, tuple(dict.fromkeys(t.stem for t in scope)), frozenset(t.stem for t in heads))


def _clause_end(text: str, start: int) -> int:
    """Where the clause that goes on at `start` ends: at the next mark or joining word."""
    found = _CLAUSE.search(text, start)
    return found.start() if found else len(text)


def _heads(text: str, scope: list[Token]) -> list[Token]:
    """The first word of a scope, and the last of the words that stand with it in a row: a verb, or a noun's own word."""
    last = 0
    while last + 1 < len(scope) and text[scope[last].end : scope[last + 1].start] in (" ", "-"):
        last += 1
    return scope[:1] + scope[last : last + 1]


@cache
def stem(word: str) -> str:
    """What the forms of a word share, roughly: irregular verbs by their list, others without ending, six letters at most."""
    word = _irregular().get(word, word)
    word = _IES.sub("y", _ISE.sub("iz", word))
    word = _ENDING.sub("", word)
    word = _ENDING.sub("", word) if len(word) > _LETTERS else word
    return (word[:-1] if len(word) > 3 and word[-1] == word[-2] else word)[:_LETTERS]


def denies(text: str, segment: Segment) -> bool:
    """Whether something is denied in a segment of a text."""
    same = (one for one in segments(text, "negation") if one.tokens == segment.tokens)
    return any(cue.group != "answering" for one in same for cue in one.cues)


def told_as_past(text: str, segment: Segment, cue: Cue) -> bool:
    """Whether a segment of a text tells what a cue of another is first about as past: `withdrew`, `were withdrawn`."""
    past = word_groups("en", "irregular")["past"]
    present = word_groups("en", "light")["before a verb that is not past"]
    for token in segment.tokens:
        word = text[token.start : token.end].lower()
        if token.stem in cue.heads and (word.endswith("ed") or any(word in line.split()[1:] for line in past)):
            return not any(before in present for before in text[: token.start].lower().split()[-2:])
    return False


def is_telling(cue: Cue, segment: Segment) -> bool:
    """Whether a cue is about telling: a claim may say of its source that it does not name a day."""
    return any(token.stem in _telling() for token in segment.tokens if token.stem in cue.heads or _is_beside(token, cue))


def _is_beside(token: Token, cue: Cue) -> bool:
    return 0 <= token.start - cue.end <= 2 or 0 <= cue.start - token.end <= 2


@cache
def _telling() -> frozenset[str]:
    return frozenset(stem(word) for word in word_groups("en", "light")["telling"])


@cache
def _irregular() -> Mapping[str, str]:
    groups = (line.split() for words in word_groups("en", "irregular").values() for line in words)
    return {form: forms[0] for forms in groups for form in forms}


@cache
def _light() -> frozenset[str]:
    groups = word_groups("en", "light")
    return frozenset(word for group in ("function", "light") for word in groups[group])
