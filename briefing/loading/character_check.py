"""Finds characters that no file may contain: invisible ones, tabs, long runs of combining marks."""

import re
from collections.abc import Iterator

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE
from briefing.text.characters import _INVISIBLE, FORBIDDEN_CHARACTERS, MAX_COMBINING_MARKS, STACKED_MARKS

_SUSPECT = re.compile(f"[\t{_INVISIBLE}]")


def character_problems(file: SourceFile, text: str) -> Iterator[Problem]:
    """A problem for each forbidden character in a file, line by line."""
    if _SUSPECT.search(text) is None and STACKED_MARKS.search(text) is None:
        return
    if "\r" in text:
        yield _line_end_problem(file)
        return
    for number, line in enumerate(file.lines):
        for found in FORBIDDEN_CHARACTERS.finditer(line):
            name = f"U+{ord(found.group()):04X}"
            location = Location(file, number, found.start(), 1)
            yield Problem(TEXT_IS_WHOLE, location, f"invisible character {name}", "delete it")
        if "\t" in line:
            location = Location(file, number, line.index("\t"), 1)
            yield Problem(TEXT_IS_WHOLE, location, "tab character", "replace it with spaces")
        if stacked := STACKED_MARKS.search(line):
            location = Location(file, number, stacked.start(), 1)
            yield Problem(
                TEXT_IS_WHOLE,
                location,
                f"more than {MAX_COMBINING_MARKS - 1} combining marks in a row",
                "remove the extra combining marks",
            )


def _line_end_problem(file: SourceFile) -> Problem:
    number = next(number for number, line in enumerate(file.lines) if "\r" in line)
    location = Location(file, number, file.lines[number].index("\r"), 1)
    message = "a line ends here with a carriage return (CR) alone"
    return Problem(TEXT_IS_WHOLE, location, message, "save the file with the line ends of Unix (LF) or Windows (CRLF)")
