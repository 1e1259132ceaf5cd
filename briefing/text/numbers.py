"""The numbers that a text prints, in digits or in English words, converted to one form so that they can be compared."""

from decimal import Decimal

import regex

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ORDINALS = {"third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_NUMBER_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNIT_VALUES = {word: n for n, word in enumerate(_UNITS)} | {
    f"{word}th": n for n, word in enumerate(_UNITS) if n not in (1, 2, 3, 5, 8, 9, 12)
}
_VALUES = (
    _UNIT_VALUES
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {f"{word[:-1]}ieth": 10 * n for n, word in enumerate(_TENS, 2)}
    | _ORDINALS
)
_ORDINALS_AFTER_TENS = {"first": 1, "second": 2}  # numbers only after a ten: "twenty-first"
_NO_NUMBER_ALONE = frozenset(["one", *_NUMBER_SCALES])
_NUMBER_WORD = "|".join(sorted([*_VALUES, *_NUMBER_SCALES], key=len, reverse=True))
_DIGIT_GROUPING = r"[, \u00a0\u202f\u2009]"
_NUMERAL = regex.compile(
    rf"(?P<digits>\d{{1,3}}(?:{_DIGIT_GROUPING}\d{{3}}(?!\d))+(?:\.\d+)?|\d{{1,2}}(?:,\d\d){{1,8}},\d{{3}}(?!\d)|\d+(?:[.:]\d+)*)"
    rf"(?:[ \u00a0-](?P<scale>dozen|hundred|thousand|million|billion|trillion)(?!\p{{L}}))?"
    rf"|(?<!\p{{L}})(?P<words>(?:{_NUMBER_WORD})(?:[\s-]+(?:and\s+)?(?:{_NUMBER_WORD}|(?<=ty[\s-])(?:first|second)))*)(?!\p{{L}})",
    regex.IGNORECASE,
)


def find_numbers(text: str) -> list[tuple[str, int, int]]:
    """Each number in a text: its value (`1960`, `21:00`, `25`, in ASCII digits) and its offsets. A lone `one` is skipped."""
    found: list[tuple[str, int, int]] = []
    for match in _NUMERAL.finditer(text):
        if match["digits"]:
            found.append(
                (
                    scale_number(_ascii_digits(match["digits"]), _NUMBER_SCALES.get((match["scale"] or "").lower(), 1)),
                    *match.span(),
                )
            )
        elif match["words"].lower() not in _NO_NUMBER_ALONE:
            found += [(str(value), *match.span()) for value in _parse_number_words(match["words"].lower())]
    return found


def _ascii_digits(text: str) -> str:
    """ASCII digits with their decimal point or colon, and without what groups them."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text if char in ".:" or char.isdecimal())


def scale_number(digits: str, by: int) -> str:
    """A value multiplied; an hour, or a number with several points, stays as it is."""
    if by == 1 or ":" in digits or digits.count(".") > 1:
        return digits
    return f"{(Decimal(digits) * by).normalize():f}"


def _parse_number_words(words: str) -> list[int]:
    """The values of number words in a row: `twenty-five` is one, `seven three` are two."""
    values: list[int] = []
    done = current = 0
    room = 10**15  # the next unit must be smaller than this to belong to the number begun
    for word in regex.split(r"[\s-]+", words):
        if word == "and":
            continue
        if word in _NUMBER_SCALES:
            current = max(current, 1) * _NUMBER_SCALES[word]
            if _NUMBER_SCALES[word] > 100:
                done, current = done + current, 0
            room = _NUMBER_SCALES[word]
            continue
        value = _VALUES.get(word, _ORDINALS_AFTER_TENS.get(word, 0))
        if value >= room:
            values.append(done + current)
            done = current = 0
        current += value
        room = 10 if value >= 20 else 1
    return [*values, done + current]
