"""The numbers that a text prints, in digits or in English words, brought to one form so that they can be compared."""

from math import inf

import regex

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_FIXED = {"dozen": 12}
_ORDINALS = {
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}
_WORD = "|".join(sorted([*_VALUES, *_SCALES, *_FIXED, *_ORDINALS], key=len, reverse=True))
_NUMERAL = regex.compile(
    rf"(?P<digits>\d{{1,3}}(?:[, \u00a0\u202f\u2009]\d{{3}}(?!\d))+(?:\.\d+)?|\d+(?:[.:]\d+)*)"
    rf"|(?<!\p{{L}})(?P<words>(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}))*)(?!\p{{L}})",
    regex.IGNORECASE,
)


def numerals(text: str) -> list[tuple[str, int, int]]:
    """Each number in a text: its value (`1960`, `21:00`, `25`, in ASCII digits) and its offsets. A lone `one` is none."""
    found: list[tuple[str, int, int]] = []
    for match in _NUMERAL.finditer(text):
        if match["digits"]:
            found.append((_digits(match["digits"]), *match.span()))
        elif match["words"].lower() not in ("one", "hundred", "thousand", "million", "dozen"):
            found += [(value, *match.span()) for value in _spelled(match["words"])]
    return found


def _digits(text: str) -> str:
    """ASCII digits with their decimal point or colon, and without what groups them."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text if char in ".:" or char.isdecimal())


def _spelled(words: str) -> list[str]:
    """The values of number words in a row: `twenty-five` is one, `seven three` are two."""
    values: list[int] = []
    done = current = 0
    room = inf  # the next unit must be smaller than this to belong to the number begun
    for word in regex.split(r"[\s-]+", words.lower()):
        if word == "and":
            continue
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                done, current = done + current, 0
            room = _SCALES[word]
            continue
        value = _VALUES.get(word) or _FIXED.get(word) or _ORDINALS.get(word, 0)
        if value >= room:
            values.append(done + current)
            done = current = 0
        current += value
        room = 10 if word in _TENS else 1 if value < 20 else room
    return [str(value) for value in (*values, done + current)]
