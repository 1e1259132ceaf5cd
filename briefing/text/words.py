"""What a word and a number are, and how two texts are compared; finding quotes rests on this.

Both texts are normalised in the same way, and in no other: Unicode NFC; a run of white space is one space; a curly quote
mark or apostrophe counts as its straight form. A quote's edges are edges of whole words and whole numbers: the word
boundaries of UAX 29, made stricter.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

EdgeTest = Callable[[str, int], bool]  # a text and an offset: whether a word may begin or end there
CACHE_SIZE = 16_384  # results that are cached for each function of a text
SENTENCE_END = regex.compile(
    r"(?=\s)(?<=(?:(?<!\w)\p{Ll}\w+|\w{4,}|\d)[.!?]['\"”’»)\]]*)\s++(?!\p{Ll})"
)  # not after an abbreviation
_NON_SPACE = re.compile(r"\S+")
_GRAPHEME = regex.compile(r"\X")
_STRAIGHT_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "‛": "'"})

# A script that writes no spaces between words: there an edge is an edge of a grapheme.
NO_SPACES = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\p{Tai_Le}\p{New_Tai_Lue}\p{Tai_Tham}\p{Tai_Viet}\p{Javanese}\p{Balinese}ー"
)
WORD = rf"[[\w\p{{M}}\p{{N}}\p{{WB=ALetter}}\p{{Cf}}]--[{NO_SPACES}]]"
_WORD_JOINERS = r"['\-‐‑־.·&@]"
_NUMBER_SEPARATORS = r"[.,:/'·٫٬–‒−⁄，．：]"
_SIGN = r"[-+−±~≈<>≤≥－＋]"
_UNIT = r"[%‰‱٪％﹪°′″℃℉]"
_SUPERSCRIPTS = r"[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿ₀-₎]"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|per[ ]?cent)(?!\w)"
MAX_GRAPHEME_LENGTH = 64
_HAN_NUMBER = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
_HAN_NEGATIONS = "不没沒未无無非否勿"
_THAI_LAO_KHMER_NEGATIONS = r"(?:ไม่|บ่|ບໍ່|មិន)"  # before what it denies, in Thai, Lao and Khmer
_LEADING_VOWELS = "เแโใไເແໂໃໄ\u1039\u17d2"  # vowels of Thai and Lao before their consonant; what stacks in Burmese and Khmer
_CONTINUING_CHARACTERS = "ะาๅๆฯະາຽໆ々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"  # never begins a syllable

NOT_AN_EDGE = regex.compile(
    rf"""
      \B (?<![{NO_SPACES}]) (?![{NO_SPACES}])             # inside a word, as UAX 29 has it
    | (?=\p{{M}})                                           # before a mark that combines with what precedes it
    | (?<={WORD}) (?={WORD})                              # inside a word with characters that UAX 29 passes over
    | (?<={WORD}) (?={_WORD_JOINERS}{WORD})                       # before and after what joins two parts of a word
    | (?<={WORD}{_WORD_JOINERS}) (?={WORD})
    | (?<=\d) (?=\d)                                        # inside a number, in any script
    | (?<=\d) (?={_NUMBER_SEPARATORS}\d)                                # before and after a separator inside a number
    | (?<=\d{_NUMBER_SEPARATORS}) (?=\d)
    | (?<=[\w{_SUPERSCRIPTS[1:-1]}]) (?={_SUPERSCRIPTS})                # before a power or an index
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
    | (?<=[{_HAN_NEGATIONS}]) (?=\p{{Han}})  # between a "not" and what it denies, where no space parts them
    | (?<={_THAI_LAO_KHMER_NEGATIONS}) (?=[{NO_SPACES}])
    | (?<=[{NO_SPACES}]) (?=ない|なかった|なく|ません)
    | (?<=[{_LEADING_VOWELS}]) (?=[{NO_SPACES}])             # inside a syllable
    | (?<=[{NO_SPACES}]) (?=[{_CONTINUING_CHARACTERS}])
    | (?<=\p{{Greek}}) (?=,\p{{Greek}})                      # before and after the comma of one Greek word, `ό,τι`
    | (?<=\p{{Greek}},) (?=\p{{Greek}})
    """,
    regex.VERBOSE | regex.V1 | regex.WORD,
)


@dataclass(frozen=True)
class NormalisedText:
    """A normalised text; character i of `text` comes from `seed[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def normalise(text: str) -> str:
    """NFC, each run of white space as one space and none at the ends, straight quote marks: the form that is compared."""
    return (
        collapse_whitespace(text)
        if text.isascii()
        else collapse_whitespace(unicodedata.normalize("NFC", text)).translate(_STRAIGHT_QUOTES)
    )


def straighten_quotes(text: str) -> str:
    """The text with straight quote marks: of the same length, so that offsets stay as they are."""
    return text if text.isascii() else text.translate(_STRAIGHT_QUOTES)


def collapse_whitespace(text: str) -> str:
    """The text with each run of white space as one space and none at its ends: what a page prints."""
    return " ".join(text.split())


def normalise_with_offsets(text: str, offset: int = 0) -> NormalisedText:
    """`normalise(text)` with the offsets, counted from `offset`, that each of its characters comes from."""
    if unicodedata.is_normalized("NFC", text):
        return _normalise_nfc_with_offsets(text, offset)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _grapheme_spans(text):
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
    return NormalisedText("".join(out).translate(_STRAIGHT_QUOTES), starts, ends)


def _normalise_nfc_with_offsets(text: str, offset: int) -> NormalisedText:
    """The same for a text in NFC: word by word, each space the first of its run."""
    starts = array("I")  # a list of as many numbers takes nine times the memory
    for found in _NON_SPACE.finditer(text):
        start, end = found.span()
        if starts:
            starts.append(starts[-1] + 1)
        starts.extend(range(offset + start, offset + end))
    ends = array("I", (start + 1 for start in starts))
    return NormalisedText(collapse_whitespace(text).translate(_STRAIGHT_QUOTES), starts, ends)


def _grapheme_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans that can be brought to NFC one by one: graphemes."""
    return (found.span() for found in _GRAPHEME.finditer(text))


def is_edge(text: str, at: int) -> bool:
    """Whether a quote may begin or end between `text[at - 1]` and `text[at]` of a normalised text."""
    if at <= 0 or at >= len(text):
        return True
    if NOT_AN_EDGE.match(text, at):
        return False
    if text[at] < "\x80" and text[at - 1] < "\x80":
        return True
    return any(found.start() == at for found in _GRAPHEME.finditer(text, max(0, at - MAX_GRAPHEME_LENGTH), at + 1))


def is_alphanumeric_edge(text: str, at: int) -> bool:
    """Whether a letter or digit is on one side of `at` at most; so a hyphen or apostrophe ends a word, unlike in `is_edge`."""
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def find_all(needle: str, text: str) -> Iterator[int]:
    """Each offset at which `needle` begins in `text`, those that overlap included."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def find_whole_words(needle: str, text: str, is_edge: EdgeTest = is_edge) -> Iterator[int]:
    """Each offset at which `needle` begins in `text` as whole words; both are compared as they are, so normalise them first.

    What ends a word depends on the purpose. Quotes use the strict edges of `is_edge`; a caller that needs other
    edges passes a test of its own and says why. The needle never becomes a regular expression: a long one can take minutes.
    """
    return (at for at in find_all(needle, text) if is_edge(text, at) and is_edge(text, at + len(needle)))


def has_whole_words(needle: str, text: str, is_edge: EdgeTest = is_edge) -> bool:
    """Whether `find_whole_words` finds anything."""
    return any(True for _ in find_whole_words(needle, text, is_edge))


def count_words(text: str) -> int:
    """How many words a text has: runs of word characters, and single characters in scripts without spaces."""
    return len(_WORDS.findall(normalise(text)))


def word_runs(text: str) -> frozenset[str]:
    """The runs of word characters in a text."""
    return frozenset(_WORD_RUN.findall(text))


def is_unspaced(text: str) -> bool:
    """Whether a text is mostly in scripts without spaces, in which characters are counted and not words."""
    return not text.isascii() and 2 * len(_UNSPACED_CHARACTER.findall(text)) > count_words(text)


_WORDS = regex.compile(rf"{WORD}+(?:(?:{_WORD_JOINERS}|(?<=\p{{Hebrew}})\"){WORD}+)*|[{NO_SPACES}]", regex.V1)
_WORD_RUN = regex.compile(rf"{WORD}+", regex.V1)
_UNSPACED_CHARACTER = regex.compile(rf"[{NO_SPACES}]", regex.V1)
