"""A source's text, its paragraphs, and where a quote stands in it.

Both sides are normalised in the same way and only in this: Unicode NFC; a run of white space is one space; a curly quote
mark or apostrophe counts as its straight form. A quote is one unbroken run, its edges are edges of whole words and whole
numbers (word boundaries of UAX 29, made stricter), and every offset is in code points of the seed as it lies on disk.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex
from rapidfuzz import fuzz

_BLANK = regex.compile(r"\n(?:[^\S\n]*\n)+")
_CLUSTER = regex.compile(r"\X")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})
MOST_SUGGESTED_FROM = 2_000_000

# A script that writes no spaces between words: there an edge is an edge of a grapheme.
_NO_SPACES = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\p{Tai_Le}\p{New_Tai_Lue}\p{Tai_Tham}\p{Tai_Viet}\p{Javanese}\p{Balinese}ー"
)
_WORD = rf"[[\w\p{{M}}\p{{N}}\p{{WB=ALetter}}\p{{Cf}}]--[{_NO_SPACES}]]"
_JOIN = r"['\-‐‑־.·&@]"
_POINT = r"[.,:/'·٫٬–‒−⁄，．：]"
_SIGN = r"[-+−±~≈<>≤≥－＋]"
_UNIT = r"[%‰‱٪％﹪°′″℃℉]"
_RAISED = r"[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿ₀-₎]"
_HAN_NUMBER = "〇零一二三四五六七八九十百千万萬亿億兆两兩"

_INSIDE = regex.compile(
    rf"""
      \B (?<![{_NO_SPACES}]) (?![{_NO_SPACES}])             # inside a word, as UAX 29 has it
    | (?=\p{{M}})                                           # before a mark that belongs to what stands before it
    | (?<={_WORD}) (?={_WORD})                              # inside a word with characters that UAX 29 passes over
    | (?<={_WORD}) (?={_JOIN}{_WORD})                       # before and after what joins two parts of a word
    | (?<={_WORD}{_JOIN}) (?={_WORD})
    | (?<=\d) (?=\d)                                        # inside a number, in any script
    | (?<=\d) (?={_POINT}\d)                                # before and after a separator inside a number
    | (?<=\d{_POINT}) (?=\d)
    | (?<=[\w{_RAISED[1:-1]}]) (?={_RAISED})                # before a power or an index
    | (?<=(?<!\d)\d{{1,3}}) (?=[ ]\d{{3}}(?!\d))            # a space that groups digits
    | (?<=(?<!\d)\d{{1,3}}[ ]) (?=\d{{3}}(?!\d))
    | (?<=(?<![{_WORD})]){_SIGN}) (?=\p{{Sc}}?[.]?\d)            # after a sign, before its number
    | (?<=(?<!\w)[.]) (?=\d)                                # after a point that begins a number
    | (?<=(?<!\d[ ]?)\p{{Sc}}) (?=[ ]?{_SIGN}?[.]?\d)       # between a currency and the number after it
    | (?<=(?<!\d[ ]?)\p{{Sc}}[ ]) (?=\d) | (?<=\p{{Sc}}) (?=\d)
    | (?<=\w) (?=\p{{Sc}}\d)
    | (?<=\d) (?=[ ]?\p{{Sc}}(?![ ]?\d)) | (?<=\d) (?=\p{{Sc}})  # and between a number and the currency after it
    | (?<=\d[ ]) (?=\p{{Sc}}(?![ ]?\d))
    | (?<=\d) (?=[ ]?{_UNIT}) | (?<=\d[ ]) (?={_UNIT})      # between a number and its unit
    | (?<=[\d{_HAN_NUMBER}]) (?=[{_HAN_NUMBER}])            # inside a number written in Han characters
    """,
    regex.VERBOSE | regex.V1 | regex.WORD,
)


@dataclass(frozen=True)
class Paragraph:
    """A block of a source, numbered from 1; `start` and `end` are its offsets in the seed, end exclusive."""

    number: int
    start: int
    end: int
    role: str = ""
    author: str = ""
    language: str = ""


@dataclass(frozen=True, order=True)
class Passage:
    """Where a quote stands: offsets in code points of the seed, end exclusive; `last` differs over a declared split."""

    source: str
    paragraph: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """The places where words stand as whole words, and those where they begin or end inside a word or number."""

    whole: tuple[Passage, ...] = ()
    cut: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Normal:
    """A normalised text; character i of `text` comes from `seed[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def normalise(text: str) -> str:
    """NFC, one space for each run of white space, straight quote marks, nothing at the ends: what matching compares."""
    return collapse(unicodedata.normalize("NFC", text)).translate(_STRAIGHT)


def collapse(text: str) -> str:
    """The text with each run of white space as one space and none at its ends: what a page prints."""
    return " ".join(text.split())


def normal_with_offsets(text: str, offset: int = 0) -> Normal:
    """`normalise(text)` with the offsets, counted from `offset`, that each of its characters comes from."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for char in unicodedata.normalize("NFC", text[start:end]):
            if char.isspace() and (not out or out[-1] == " "):
                continue
            out.append(" " if char.isspace() else char)
            starts.append(offset + start)
            ends.append(offset + end)
    if out and out[-1] == " ":
        out.pop()
        starts.pop()
        ends.pop()
    return Normal("".join(out).translate(_STRAIGHT), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that can be brought to NFC one by one: single characters, or graphemes where the text is not NFC."""
    if unicodedata.is_normalized("NFC", text):
        return ((i, i + 1) for i in range(len(text)))
    return (found.span() for found in _CLUSTER.finditer(text))


def is_edge(text: str, at: int) -> bool:
    """Whether a quote may begin or end between `text[at - 1]` and `text[at]` of a normalised text."""
    if at <= 0 or at >= len(text):
        return True
    if _INSIDE.match(text, at):
        return False
    if text[at] < "\x80" and text[at - 1] < "\x80":
        return True
    return any(found.start() == at for found in _CLUSTER.finditer(text, max(0, text.rfind(" ", 0, at - 1))))


def words_in(text: str) -> int:
    """How many words a text has: runs of word characters, and single characters in scripts without spaces."""
    return len(_WORDS.findall(normalise(text)))


_WORDS = regex.compile(rf"{_WORD}+(?:{_JOIN}{_WORD}+)*|[{_NO_SPACES}]", regex.V1)


@dataclass(frozen=True)
class Source:
    """One seed's text cut into paragraphs. `splits` are the paragraph numbers that run on into the next."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    splits: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def runs(self) -> tuple[Normal, ...]:
        """The normalised stretches a quote may not leave: each paragraph, or several over declared splits."""
        spans: list[tuple[int, int]] = []
        for paragraph in self.paragraphs:
            if spans and paragraph.number - 1 in self.splits:
                spans[-1] = (spans[-1][0], paragraph.end)
            else:
                spans.append((paragraph.start, paragraph.end))
        return tuple(normal_with_offsets(self.text[start:end], start) for start, end in spans)

    def find(self, words: str) -> Found:
        """Every place where `words` stand in one run, told apart by whether their edges are whole; never fuzzy."""
        wanted = normalise(words)
        whole: list[Passage] = []
        cut: list[Passage] = []
        for run in self.runs if wanted else ():
            at = run.text.find(wanted)
            while at >= 0:
                end = at + len(wanted)
                kept = whole if is_edge(run.text, at) and is_edge(run.text, end) else cut
                kept.append(self._passage(run.starts[at], run.ends[end - 1]))
                at = run.text.find(wanted, at + 1)
        return Found(tuple(whole), tuple(cut))

    def holds(self, words: str) -> bool:
        """Whether `words` stand somewhere in the source as whole words."""
        return bool(self.find(words).whole)

    def exact(self, passage: Passage) -> str:
        """The seed's own characters at a passage, with white space collapsed."""
        return collapse(self.text[passage.start : passage.end])

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph of that number, from 1."""
        return self.paragraphs[number - 1]

    def nearest(self, words: str) -> Passage | None:
        """The run of whole words most like `words`, for a suggestion only; None where nothing is like them."""
        wanted = normalise(words)[:2000]
        if len(self.text) > MOST_SUGGESTED_FROM or not wanted:
            return None
        best: tuple[float, Normal, int, int] | None = None
        for run in self.runs:
            aligned = fuzz.partial_ratio_alignment(wanted, run.text, score_cutoff=best[0] if best else 55)
            if aligned and len(wanted) > len(run.text):  # rapidfuzz aligned the run within the words
                aligned = fuzz.partial_ratio_alignment(run.text, run.text)
            if aligned and (best is None or aligned.score > best[0]):
                best = (aligned.score, run, aligned.dest_start, aligned.dest_end)
        return self.widened(best[1], best[2], best[3]) if best else None

    def widened(self, run: Normal, start: int, end: int) -> Passage:
        """The passage from `start` to `end` of a run, moved out to the nearest edges and off white space."""
        end = min(max(end, start + 1), len(run.text))
        while start < end - 1 and run.text[start] == " ":
            start += 1
        while end > start + 1 and run.text[end - 1] == " ":
            end -= 1
        while not is_edge(run.text, start):
            start -= 1
        while not is_edge(run.text, end):
            end += 1
        return self._passage(run.starts[start], run.ends[end - 1])

    def whole(self, passage: Passage) -> Passage:
        """A passage with the words and numbers that it cuts made whole."""
        run = next(run for run in self.runs if run.starts[0] <= passage.start and passage.end <= run.ends[-1])
        return self.widened(run, bisect_right(run.starts, passage.start) - 1, bisect_right(run.starts, passage.end - 1))

    def unique(self, passage: Passage) -> Passage:
        """The passage, with as many words after and before it as make it stand once in the source, if any do."""
        run = next(run for run in self.runs if run.starts[0] <= passage.start and passage.end <= run.ends[-1])
        start, end = bisect_right(run.starts, passage.start) - 1, bisect_right(run.starts, passage.end - 1)
        widest = self.widened(run, 0, len(run.text))
        while len(self.find(self.text[passage.start : passage.end]).whole) > 1 and passage != widest:
            if end < len(run.text):
                end = _next_edge(run.text, end)
            else:
                start = _previous_edge(run.text, start)
            passage = self.widened(run, start, end)
        return passage

    def _passage(self, start: int, end: int) -> Passage:
        starts = [paragraph.start for paragraph in self.paragraphs]
        return Passage(self.id, bisect_right(starts, start), bisect_right(starts, end - 1), start, end)


def _next_edge(text: str, at: int) -> int:
    at += 1
    while at < len(text) and not (is_edge(text, at) and text[at - 1].isalnum()):
        at += 1
    return min(at, len(text))


def _previous_edge(text: str, at: int) -> int:
    at -= 1
    while at > 0 and not (is_edge(text, at) and text[at].isalnum()):
        at -= 1
    return max(at, 0)


def blocks(text: str, merged: Sequence[str] = ()) -> list[tuple[int, int]]:
    """The spans of a text's paragraphs: what blank lines part, and where words in `merged` end a block that ran on."""
    spans: list[tuple[int, int]] = []
    at = 0
    for blank in (*_BLANK.finditer(text), None):
        spans += _cut(text, at, blank.start() if blank else len(text), merged)
        at = blank.end() if blank else at
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def _cut(text: str, start: int, end: int, merged: Sequence[str]) -> list[tuple[int, int]]:
    for words in merged:
        at = text.find(words, start, end)
        if at >= 0 and text[at + len(words) : end].strip():
            return [(start, at + len(words)), *_cut(text, at + len(words), end, merged)]
    return [(start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def read_source(
    id: str,
    text: str,
    roles: Mapping[int, tuple[str, ...]] | None = None,
    splits: frozenset[int] = frozenset(),
    merged: Sequence[str] = (),
) -> Source:
    """Cuts a seed's text into paragraphs. `roles` gives, by a paragraph's number, its role, author and language."""
    told = roles or {}
    spans = enumerate(blocks(text, merged), 1)
    return Source(id, text, tuple(Paragraph(n, start, end, *told.get(n, ("", ""))) for n, (start, end) in spans), splits)
