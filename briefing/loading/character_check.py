"""Finds characters that no text may hold: invisible ones, tabs, long runs of combining marks."""

import re
from collections.abc import Iterator

from briefing.diagnostics.problem import Mark, Origin, Problem
from briefing.text.characters import _INVISIBLE, MOST_MARKS_IN_A_ROW, REFUSED, STACKED

_SUSPECT = re.compile(f"[\t{_INVISIBLE}]")


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
