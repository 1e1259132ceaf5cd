"""The quantities that an English text prints: numbers, amounts without one, days and months, with units and qualifiers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from briefing.text.lexicon import find_phrases, word_groups
from briefing.text.numbers import find_numbers, scale_number
from briefing.text.words import straighten_quotes

_AMOUNT_SCALES = {
    "dozen": 12,
    "decade": 10,
    "century": 100,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
}
_SCALED_AMOUNT = regex.compile(
    rf"(?<!\p{{L}})(?:(?P<part>half|quarter)(?:[ -]| an? | of an? )|an? )(?P<of>{'|'.join(_AMOUNT_SCALES)})(?!\p{{L}})",
    regex.IGNORECASE,
)
_FRACTIONS = {"half": 2, "quarter": 4}
_DECADES_OR_CENTURIES = regex.compile(r"[ -](?P<of>decade|centur)(?:s|y|ies)?(?!\p{L})", regex.IGNORECASE)
_TIME_SCALES = ("decade", "century")
_DECADE_NAME = regex.compile(r"(?<!\d)(?:\d\d|')?\d0'?s(?!\p{L})")
_CLOCK = regex.compile(r"(?<!\d)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap])\.?m(?!\p{L})\.?", regex.IGNORECASE)
_ISO = regex.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_SCALE_SUFFIX = regex.compile(r"(?P<of>k|m|mn|bn|tn)(?!\p{L})")
_SUFFIX_VALUES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_ORDINAL_SUFFIX = regex.compile(r"(?:st|nd|rd|th)(?!\p{L})")
_ORDINAL_WORD = regex.compile(r"(?:th|first|second|third)$", regex.IGNORECASE)
_FIRST_OR_SECOND = regex.compile(r"(?<![\p{L}-])(?P<first>first)(?!\p{L})|(?<![\p{L}-])second(?!\p{L})", regex.IGNORECASE)
_RANGE_JOINER = regex.compile(r" ?[-\u2013] ?| (?:to|or) ")
_FILLER_BEFORE_NUMBER = r"(?: (?:a|an|the|another))*(?:[ -](?:US)?\p{Sc}?)?$"
_SPATIAL_PREPOSITION = regex.compile(r"(?:over|under) (?:an?|the) ")  # a place, not a measure: under a quarter-century lease
_LOOK_BACK = 40
_DURATIONS = ("second", "minute", "hour", "day", "week", "month", "year")
_MAY_AS_MONTH = regex.compile(r"(?<=[^.!?:;\"'(]\s)May(?!\p{L})|May(?=\s\d)")


@dataclass(frozen=True)
class Quantity:
    """A number or amount in a text: its value in one form, offsets, unit, what qualifies it, and the range it ends."""

    value: str
    start: int
    end: int
    unit: str = ""
    qualifiers: frozenset[str] = frozenset()
    range_ends: tuple[str, str] | None = None


@cache
def find_quantities(text: str, in_english: bool = True) -> tuple[Quantity, ...]:
    """Every quantity of a text, in its order; of a text in another language, its numbers in digits alone."""
    text = straighten_quotes(text)
    if not in_english:
        digits = (one for one in find_numbers(text) if text[one[1]].isdecimal())
        return tuple(Quantity(_join_groups(value), start, end) for value, start, end in digits)
    found: list[Quantity] = []
    rest = text
    for read in (_iso_dates, _clock_times, _decades, _scaled_amounts, _listed_amounts, _plain_numbers, _calendar_words):
        for one in read(rest):
            found.append(one)
            rest = rest[: one.start] + "|" * (one.end - one.start) + rest[one.end :]
    return tuple(_with_ranges(text, [_with_context(text, one) for one in sorted(found, key=lambda one: one.start)]))


def _join_groups(digits: str) -> str:
    """A number without the points that group its digits by three at its end, as in `1.234.567`."""
    first, *groups = digits.split(".")
    count = next((n for n, group in enumerate(reversed(groups)) if len(group) != 3), len(groups))
    before, last = groups[: len(groups) - count], groups[len(groups) - count :]
    if ":" in digits or any(len(group) % 3 for group in before):
        return digits
    return ".".join([first, *before]) + "".join(last)


def _iso_dates(text: str) -> Iterator[Quantity]:
    """The parts of a date in the form 2031-04-02: year, month by its name, day."""
    months = [group for group in word_groups("en", "calendar") if not group.endswith("day")]
    for match in _ISO.finditer(text):
        if 1 <= int(match["month"]) <= len(months):
            yield Quantity(match["year"], *match.span("year"))
            yield Quantity(months[int(match["month"]) - 1], *match.span("month"))
            yield Quantity(str(int(match["day"])), *match.span("day"))


def _clock_times(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        yield Quantity(f"{hour}:{match['minute'] or '00'}", *match.span())


def _decades(text: str) -> Iterator[Quantity]:
    yield from (Quantity(match.group().replace("'", ""), *match.span()) for match in _DECADE_NAME.finditer(text))


def _scaled_amounts(text: str) -> Iterator[Quantity]:
    """A quarter of a century, half a dozen, a decade."""
    for match in _SCALED_AMOUNT.finditer(text):
        of = match["of"].lower()
        value = _AMOUNT_SCALES[of] // _FRACTIONS[match["part"].lower()] if match["part"] else _AMOUNT_SCALES[of]
        yield Quantity(str(value), *match.span(), unit="year" if of in _TIME_SCALES else "")


def _listed_amounts(text: str) -> Iterator[Quantity]:
    yield from (Quantity(group, start, end) for start, end, group in find_phrases(text, "en", "amounts"))


def _calendar_words(text: str) -> Iterator[Quantity]:
    for start, end, group in find_phrases(text, "en", "calendar"):
        if text[start].isupper() and (group != "May" or is_may_month(text, start)):
            yield Quantity(group, start, end)


def is_may_month(text: str, at: int) -> bool:
    """Whether the word `May` at a place is the month: within a sentence it has its capital only then."""
    return bool(_MAY_AS_MONTH.match(text, at))


def _plain_numbers(text: str) -> Iterator[Quantity]:
    """Numbers in digits and words; ordinals (`2nd`) differ from cardinals except as days of a month."""
    for value, start, end in find_numbers(text):
        short, years, ordinal = (
            _SCALE_SUFFIX.match(text, end),
            _DECADES_OR_CENTURIES.match(text, end),
            _ORDINAL_SUFFIX.match(text, end),
        )
        if short and text[start].isdecimal():
            yield Quantity(scale_number(value, _SUFFIX_VALUES[short["of"]]), start, short.end())
        elif ordinal or _ORDINAL_WORD.search(text, start, end):
            end = ordinal.end() if ordinal else end
            yield Quantity(value if _is_day_of_month(text, start, end) else f"{value}th", start, end)
        elif years:
            yield Quantity(scale_number(value, 10 if years["of"].lower() == "decade" else 100), start, years.end(), unit="year")
        else:
            yield Quantity(value, start, end)
    for match in _FIRST_OR_SECOND.finditer(text):
        yield Quantity("1th" if match["first"] else "2th", *match.span())


def _is_day_of_month(text: str, start: int, end: int) -> bool:
    """Whether an ordinal is next to a month: `the 2nd of April`, `April 2nd`."""
    matches = (
        text[end:a] in (" ", " of ") or text[b:start] in (" ", " the ") for a, b, _ in find_phrases(text, "en", "calendar")
    )
    return any(matches)


def _with_context(text: str, one: Quantity) -> Quantity:
    """The quantity with the unit and the qualifiers next to it."""
    unit, end = one.unit, one.end
    if match := _unit_pattern().match(text, end):
        unit, end = unit or _matched_group(match), match.end()
    elif match := _currency_pattern().search(text, max(0, one.start - 4), one.start):
        unit = _matched_group(match)
    start, qualifiers = one.start, set()
    while match := _qualifier_before_pattern().search(text, max(0, start - _LOOK_BACK), start):
        qualifiers.add(_matched_group(match))
        start = match.start()
    if match := _qualifier_after_pattern().match(text, end):
        qualifiers.add(_matched_group(match))
    before = text[start : one.start].lower()
    if before.startswith("over ") and unit in _DURATIONS:
        qualifiers.discard("more")
    if _SPATIAL_PREPOSITION.match(before):
        qualifiers -= {"more", "less"}
    return replace(one, unit=unit, qualifiers=frozenset(qualifiers))


def _with_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, those that are ends of a range with both ends; the first end has the unit of the second."""
    for n, (one, two) in enumerate(pairwise(found)):
        between, before = text[one.end : two.start], text[: one.start]
        is_range = bool(_RANGE_JOINER.fullmatch(between)) or (between == " and " and before.endswith("between "))
        is_year = len(one.value) == len(two.value) == 4
        fell_from = between == " to " and before.rstrip("$€£").endswith("from ") and not is_year
        if is_range and not fell_from and one.value[0].isdecimal() and two.value[0].isdecimal():
            found[n] = replace(found[n], unit=one.unit or two.unit, range_ends=(one.value, two.value))
            found[n + 1] = replace(two, range_ends=(one.value, two.value))
    return found


def _matched_group(match: "regex.Match[str]") -> str:
    return str(match.lastgroup).replace("_", " ")


@cache
def _unit_pattern() -> "regex.Pattern[str]":
    """Finds a unit behind a number: `%`, `-year`, ` of miles`."""
    return regex.compile(rf"(?: of)?[ -]?(?:{_group_alternatives('units')})(?![\p{{L}}])", regex.IGNORECASE)


@cache
def _currency_pattern() -> "regex.Pattern[str]":
    """Finds a sign or code of a currency before a number."""
    symbols = {
        group: [w for w in words if w.isupper() or not w.isalpha()] for group, words in word_groups("en", "units").items()
    }
    alternatives = (f"(?P<{group.replace(' ', '_')}>{'|'.join(map(regex.escape, ws))})" for group, ws in symbols.items() if ws)
    return regex.compile(rf"(?:{'|'.join(alternatives)}) ?$")


@cache
def _qualifier_before_pattern() -> "regex.Pattern[str]":
    return regex.compile(rf"(?<!\p{{L}})(?:{_group_alternatives('qualifiers')}){_FILLER_BEFORE_NUMBER}", regex.IGNORECASE)


@cache
def _qualifier_after_pattern() -> "regex.Pattern[str]":
    return regex.compile(
        rf"(?: \p{{L}}+)? (?:{_group_alternatives('qualifiers', ('or ', 'at '))})(?!\p{{L}})", regex.IGNORECASE
    )


def _group_alternatives(name: str, beginning: tuple[str, ...] = ("",)) -> str:
    """A list as one alternative for each group, the longest words first; of its words those with one of these beginnings."""
    alternatives = []
    for group, words in word_groups("en", name).items():
        fit = sorted((word for word in words if word.startswith(beginning)), key=len, reverse=True)
        if fit:
            alternatives.append(f"(?P<{group.replace(' ', '_')}>{'|'.join(map(regex.escape, fit))})")
    return "|".join(alternatives)
