"""Every pattern is linear: twice the text costs about twice the steps, whatever the text repeats.

Steps are counted by a matcher of the tests (`tests/regex_steps.py`), not measured: so the answer is the same anywhere. The
patterns are found in the package, so none can be forgotten. Each is tried on what its own parts match, and on a few common
characters, repeated many times, with ends that make it fail.
"""

import re

import pytest
import regex

from tests.regex_steps import Used, parse, patterns, samples, steps

COMMON = ("a", " ", "1", ".", "\n", "a ", "1,", "<", "\t", "«", "“", "A ", "a, ", "'", "-", "中", "1 ", 'x="', "a.", "{", "\\")
ENDS = ("", "\x01", "a")
SHORT, LONG = (24, 48, 96), (128, 256, 512)  # repetitions; bounded repeats in a pattern end below the longer ones
MAX_GROWTH = 2.6  # of the added steps, where the added text doubles: 2 where steps are linear, 4 where they are quadratic
MOST = 300_000  # steps; whatever takes more is not linear


def growth(tree: object, used: Used, unit: str, end: str, counts: tuple[int, int, int]) -> float:
    """By what the steps that a text adds grow, where the text that is added doubles."""
    few, some, many = (steps(tree, unit * count + end, used.is_anchored, MOST) for count in counts)
    return float("inf") if many > MOST else (many - some) / max(1, some - few)


def worst(used: Used) -> tuple[float, str]:
    """The first growth that is too much, with the text; 0 where none is."""
    tree = parse(used.pattern)
    for unit in list(dict.fromkeys([*list(samples(tree))[:30], *COMMON])):
        for end in ENDS:
            found = growth(tree, used, unit, end, SHORT)
            if MAX_GROWTH < found < float("inf"):
                found = growth(tree, used, unit, end, LONG)
            if found > MAX_GROWTH:
                return found, f"{unit!r} … {end!r}"
    return 0.0, ""


ALL = list(patterns())


@pytest.mark.parametrize("used", ALL, ids=lambda used: used.place)
def test_a_pattern_is_linear(used: Used) -> None:
    found, text = worst(used)
    assert found <= MAX_GROWTH, f"{used.place} takes {found:.1f} times the steps for twice {text}"


def test_patterns_of_every_kind_are_found() -> None:
    places = {used.place: used for used in patterns()}
    assert len(places) > 140
    for known in ("briefing.sources.html._CHARSET_DECLARATION", "briefing.text.words.NOT_AN_EDGE", "a field of a kind"):
        assert known in places
    assert any("re.sub" not in place and ":" in place for place in places)  # typed into a call
    assert places["briefing.verification.data_formats._PROPERTY"].is_anchored
    assert not places["briefing.text.words.SENTENCE_END"].is_anchored


@pytest.mark.parametrize(
    ("pattern", "is_anchored"),
    [
        (re.compile(r"(<!--.*?-->\s*)*<html", re.DOTALL), True),
        (re.compile(r"(a+)+b"), True),
        (re.compile(r"(?:a|a)*b"), True),
        (re.compile(r"\s*#"), False),
        (re.compile(r"\w+\s*,"), False),
        (re.compile(r"<meta[^>]+charset="), False),
        (regex.compile(r"(?<=a[.]*)\s"), False),
        (regex.compile(r"\p{L}*-\p{L}*="), False),
    ],
)
def test_a_pattern_that_is_not_linear_is_noticed(pattern: "re.Pattern[str] | regex.Pattern[str]", is_anchored: bool) -> None:
    assert worst(Used("here", pattern, is_anchored))[0] > MAX_GROWTH


@pytest.mark.parametrize(
    "pattern",
    [r"\s++#", r"(?<!\s)\s++#", r"[a-z]+", r"(?>a*)", r"<a[^<>]*>", r"\d{1,9}-", r"(?<!\w)\w+(?=,)", r"a{30,}"],
)
def test_a_pattern_that_is_linear_is_left_alone(pattern: str) -> None:
    is_anchored = pattern == r"\s++#"
    assert worst(Used("here", regex.compile(pattern), is_anchored))[0] <= MAX_GROWTH
