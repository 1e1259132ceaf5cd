"""The characters that no text may hold: those that a reader cannot see and a page cannot be trusted with."""

import re
from collections.abc import Iterator

import regex

from briefing.problem import Mark, Origin, Problem

MOST_MARKS_IN_A_ROW = 30
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff"
)
_SUSPECT = re.compile(f"[\t{_INVISIBLE}]")
REFUSED = re.compile(f"[{_INVISIBLE}]")
STACKED = regex.compile(rf"\p{{M}}{{{MOST_MARKS_IN_A_ROW},}}")


def bad_characters(origin: Origin, text: str) -> Iterator[Problem]:
    """Each character of a file that no text may hold: invisible ones, tabs, marks piled up without end."""
    if _SUSPECT.search(text) is None and STACKED.search(text) is None:
        return
    for number, line in enumerate(origin.lines):
        for found in REFUSED.finditer(line):
            name = f"U+{ord(found.group()):04X}"
            mark = Mark(origin, number, found.start(), 1)
            yield Problem("text-is-whole", mark, f"an invisible character, {name}, stands here", "delete it")
        if "\t" in line:
            mark = Mark(origin, number, line.index("\t"), 1)
            yield Problem("text-is-whole", mark, "a tab stands here", "use spaces")
        if stacked := STACKED.search(line):
            mark = Mark(origin, number, stacked.start(), 1)
            yield Problem(
                "text-is-whole",
                mark,
                f"more than {MOST_MARKS_IN_A_ROW - 1} combining marks stand in a row",
                "delete what is too much",
            )


def visible(text: str) -> str:
    """The text with each character that no text may hold written as U+XXXX; joiners of letters stay."""
    return REFUSED.sub(lambda found: f"<U+{ord(found.group()):04X}>" if found.group() not in "\r\x0b\x0c" else " ", text)
