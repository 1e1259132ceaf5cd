"""What a word and a number are, and how two texts compare: the ground on which quotes are found.

Both sides are normalised in the same way and only in this: Unicode NFC; a run of white space is one space; a curly quote
mark or apostrophe counts as its straight form. A quote's edges are edges of whole words and whole numbers: the word
boundaries of UAX 29, made stricter.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

MOST_KEPT = 16_384  # texts of which what was read in them is kept
SENTENCE_END = regex.compile(
    r"(?<=(?:(?<!\w)\p{Ll}\w+|\w{4,}|\d)[.!?]['\"”’»)\]]*)\s++(?!\p{Ll})"
)  # after an abbreviation none
_UNBROKEN = re.compile(r"\S+")
_CLUSTER = regex.compile(r"\X")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})

# A script that writes no spaces between words: there an edge is an edge of a grapheme.
NO_SPACES = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\p{Tai_Le}\p{New_Tai_Lue}\p{Tai_Tham}\p{Tai_Viet}\p{Javanese}\p{Balinese}ー"
)
WORD = rf"[[\w\p{{M}}\p{{N}}\p{{WB=ALetter}}\p{{Cf}}]--[{NO_SPACES}]]"
_JOIN = r"['\-‐‑־.·&@]"
_POINT = r"[.,:/'·٫٬–‒−⁄，．：]"
_SIGN = r"[-+−±~≈<>≤≥－＋]"
_UNIT = r"[%‰‱٪％﹪°′″℃℉]"
_RAISED = r"[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿ₀-₎]"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|per[ ]?cent)(?!\w)"
LONGEST_CLUSTER = 64
_HAN_NUMBER = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
_HAN_NOT = "不没沒未无無非否勿"
_NOT = r"(?:ไม่|บ่|ບໍ່|មិន)"  # before what it denies, in Thai, Lao and Khmer
_WRITTEN_FIRST = "เแโใไເແໂໃໄ\u1039\u17d2"  # vowels of Thai and Lao before their consonant; what stacks in Burmese and Khmer
_GOES_ON = "ะาๅๆฯະາຽໆ々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"  # never begins a syllable

INSIDE = regex.compile(
    rf"""
      \B (?<![{NO_SPACES}]) (?![{NO_SPACES}])             # inside a word, as UAX 29 has it
    | (?=\p{{M}})                                           # before a mark that belongs to what stands before it
    | (?<={WORD}) (?={WORD})                              # inside a word with characters that UAX 29 passes over
    | (?<={WORD}) (?={_JOIN}{WORD})                       # before and after what joins two parts of a word
    | (?<={WORD}{_JOIN}) (?={WORD})
    | (?<=\d) (?=\d)                                        # inside a number, in any script
    | (?<=\d) (?={_POINT}\d)                                # before and after a separator inside a number
    | (?<=\d{_POINT}) (?=\d)
    | (?<=[\w{_RAISED[1:-1]}]) (?={_RAISED})                # before a power or an index
    | (?<=(?<!\d)\d{{1,3}}) (?=[ ]\d{{3}}(?!\d))            # a space that groups digits
    | (?<=(?<!\d)\d{{1,3}}[ ]) (?=\d{{3}}(?!\d))
    | (?<=(?<![{WORD})]){_SIGN}) (?=\p{{Sc}}?[.]?\d)            # after a sign, before its number
    | (?<=(?<!\w)[.]) (?=\d)                                # after a point that begins a number
    | (?<=(?<!\d[ ]?)\p{{Sc}}) (?=[ ]?{_SIGN}?[.]?\d)       # between a currency and the number after it
    | (?<=(?<!\d[ ]?)\p{{Sc}}[ ]) (?=\d) | (?<=\p{{Sc}}) (?=\d)
    | (?<=\w) (?=\p{{Sc}}\d)
    | (?<=\d) (?=[ ]?\p{{Sc}}(?![ ]?\d)) | (?<=\d) (?=\p{{Sc}})  # and between a number and the currency after it
    | (?<=\d[ ]) (?=\p{{Sc}}(?![ ]?\d))
    | (?<=\d) (?=[ ]?{_UNIT}) | (?<=\d[ ]) (?={_UNIT})      # between a number and its unit
    | (?<=\d) (?=[ -]{_SCALE}) | (?<=\d[ -]) (?={_SCALE})    # between digits and the word that multiplies them
    | (?<=[\d{_HAN_NUMBER}]) (?=[{_HAN_NUMBER}])            # inside a number written in Han characters
    | (?<=分之|第) (?=[\d{_HAN_NUMBER}])                     # after what makes it a fraction or an ordinal
    | (?<=[{_HAN_NUMBER}]) (?=[点點][{_HAN_NUMBER}])         # before and after its decimal point
    | (?<=[{_HAN_NUMBER}][点點]) (?=[{_HAN_NUMBER}])
    | (?<=[{_HAN_NOT}]) (?=\p{{Han}})                       # between a "not" and what it denies, where no space parts them
    | (?<={_NOT}) (?=[{NO_SPACES}])
    | (?<=[{NO_SPACES}]) (?=ない|なかった|なく|ません)
    | (?<=[{_WRITTEN_FIRST}]) (?=[{NO_SPACES}])             # inside a syllable
    | (?<=[{NO_SPACES}]) (?=[{_GOES_ON}])
    | (?<=\p{{Greek}}) (?=,\p{{Greek}})                      # before and after the comma of one Greek word, `ό,τι`
    | (?<=\p{{Greek}},) (?=\p{{Greek}})
    """,
    regex.VERBOSE | regex.V1 | regex.WORD,
)
# An edge between a letter and a space where none of these can hold: what stands before the space is no number.
PLAIN_EDGE = re.compile(r"(?<=[A-Za-z]) |(?<=[\x00-/:-\x7f] )[A-Za-z]")


@dataclass(frozen=True)
class Normal:
    """A normalised text; character i of `text` comes from `seed[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def normalise(text: str) -> str:
    """NFC, one space for each run of white space, straight quote marks, nothing at the ends: what matching compares."""
    return collapse(text) if text.isascii() else collapse(unicodedata.normalize("NFC", text)).translate(_STRAIGHT)


def straight(text: str) -> str:
    """The text with straight quote marks: of the same length, so that offsets stay as they are."""
    return text if text.isascii() else text.translate(_STRAIGHT)


def collapse(text: str) -> str:
    """The text with each run of white space as one space and none at its ends: what a page prints."""
    return " ".join(text.split())


def normal_with_offsets(text: str, offset: int = 0) -> Normal:
    """`normalise(text)` with the offsets, counted from `offset`, that each of its characters comes from."""
    if unicodedata.is_normalized("NFC", text):
        return _composed_with_offsets(text, offset)
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


def _composed_with_offsets(text: str, offset: int) -> Normal:
    """The same for a text in NFC: word by word, each space the first of its run."""
    starts: list[int] = []
    for found in _UNBROKEN.finditer(text):
        start, end = found.span()
        if starts:
            starts.append(starts[-1] + 1)
        starts += range(offset + start, offset + end)
    return Normal(collapse(text).translate(_STRAIGHT), starts, [start + 1 for start in starts])


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that can be brought to NFC one by one: graphemes."""
    return (found.span() for found in _CLUSTER.finditer(text))


def is_edge(text: str, at: int) -> bool:
    """Whether a quote may begin or end between `text[at - 1]` and `text[at]` of a normalised text."""
    if at <= 0 or at >= len(text) or PLAIN_EDGE.match(text, at):
        return True
    if INSIDE.match(text, at):
        return False
    if text[at] < "\x80" and text[at - 1] < "\x80":
        return True
    return any(found.start() == at for found in _CLUSTER.finditer(text, max(0, at - LONGEST_CLUSTER), at + 1))


@lru_cache(maxsize=MOST_KEPT)
def words_in(text: str) -> int:
    """How many words a text has: runs of word characters, and single characters in scripts without spaces."""
    text = normalise(text)
    return len((_ASCII_WORDS if text.isascii() else _WORDS).findall(text))


def runs_in(text: str) -> frozenset[str]:
    """The runs of word characters in a text."""
    return frozenset(_RUN.findall(text))


def is_unspaced(text: str) -> bool:
    """Whether a text is mostly in scripts without spaces, in which characters are counted and not words."""
    return not text.isascii() and 2 * len(_UNSPACED.findall(text)) > words_in(text)


_WORDS = regex.compile(rf"{WORD}+(?:(?:{_JOIN}|(?<=\p{{Hebrew}})\"){WORD}+)*|[{NO_SPACES}]", regex.V1)
_ASCII_WORDS = re.compile(r"\w+(?:['\-.&@]\w+)*", re.ASCII)  # the same where it may be quicker
_RUN = regex.compile(rf"{WORD}+", regex.V1)
_UNSPACED = regex.compile(rf"[{NO_SPACES}]", regex.V1)
