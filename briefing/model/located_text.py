"""The nodes that YAML is read into: texts that know their place in the file, lists and mappings of them."""

from dataclasses import dataclass, field
from typing import Any

from briefing.diagnostics.problem import Location, SourceFile


class Text(str):
    """A scalar as typed, and where: `start` and `end` have `line` and `column`. `comment` is where one follows."""

    __slots__ = ("comment", "end", "file", "start")
    file: SourceFile
    start: Any
    end: Any
    comment: Location | None

    @property
    def location(self) -> Location:
        """Its place in the file; computed on demand, because few texts are ever reported."""
        start, end = self.start, self.end
        width = end.column - start.column if start.line == end.line else 0
        return Location(self.file, start.line, start.column, width)


def location_within(text: Text, start: int, end: int) -> Location:
    """The place in the file of `text[start:end]`, followed over folds and quote marks; its width stays on one line."""
    lines = text.location.file.lines
    line, column = text.location.line, text.location.column
    last = min(text.end.line, len(lines) - 1)
    if text.location.line_text[column : column + 1] in ("|", ">"):
        line, column = line + 1, 0
    begin: tuple[int, int] | None = None
    width = 0
    for at, char in enumerate(text[:end]):
        if char.isspace():
            continue
        while line <= last and (found := lines[line].find(char, column)) < 0:
            line, column = line + 1, 0
        if line > last:
            return text.location
        if at >= start and begin is None:
            begin = (line, found)
        if begin and begin[0] == line:
            width = found + 1 - begin[1]
        column = found + 1
    return Location(text.location.file, *begin, width) if begin else text.location


@dataclass(eq=False, slots=True)
class _CollectionNode:
    file: SourceFile
    start: Any

    @property
    def location(self) -> Location:
        """Where it begins."""
        return Location(self.file, self.start.line, self.start.column)


@dataclass(eq=False, slots=True)
class ListNode(_CollectionNode):
    """A YAML sequence."""

    values: list["Node"] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class MapNode(_CollectionNode):
    """A YAML mapping, keys in the order of the file, each key once."""

    entries: dict[Text, "Node"] = field(default_factory=dict)


Node = Text | ListNode | MapNode
