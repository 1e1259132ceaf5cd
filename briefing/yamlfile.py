"""YAML read as text: every scalar stays what was typed, with its place, and what YAML would change is refused.

The parser is libyaml (YAML 1.1) through PyYAML's event interface; nothing is resolved, constructed or merged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from briefing.problem import Mark, Origin, Problem

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 12
MOST_MARKS_IN_A_ROW = 30

_TEXT = "text-is-whole"
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff]"
)
_STACKED = re.compile(
    f"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff]{{{MOST_MARKS_IN_A_ROW},}}"
)
_SPLIT_WORD = re.compile(r"\w-$")
_COMMENT = re.compile(r"(\s*)#(\s|$)?")


class Text(str):
    """A scalar as typed, with the place of its first character. `cut` is the place of a comment on the same line."""

    __slots__ = ("cut", "mark")
    mark: Mark
    cut: Mark | None


def text_at(value: str, mark: Mark, cut: Mark | None = None) -> Text:
    """A `Text` of `value` that stands at `mark`."""
    text = Text(value)
    text.mark = mark
    text.cut = cut
    return text


def mark_within(text: Text, start: int, end: int) -> Mark:
    """The place in the file of `text[start:end]`, followed over folds and quote marks; its width stays on one line."""
    lines = text.mark.origin.lines
    line, column = text.mark.line, text.mark.column
    if text.mark.text[column : column + 1] in ("|", ">"):
        line, column = line + 1, 0
    begin: tuple[int, int] | None = None
    width = 0
    for at, char in enumerate(text[:end]):
        if char.isspace():
            continue
        while line < len(lines) and (found := lines[line].find(char, column)) < 0:
            line, column = line + 1, 0
        if line >= len(lines):
            return text.mark
        if at >= start and begin is None:
            begin = (line, found)
        if begin and begin[0] == line:
            width = found + 1 - begin[1]
        column = found + 1
    return Mark(text.mark.origin, *begin, width) if begin else text.mark


@dataclass(frozen=True, eq=False)
class ListNode:
    """A YAML sequence."""

    mark: Mark
    values: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class MapNode:
    """A YAML mapping, keys in the order of the file, each key once."""

    mark: Mark
    entries: dict[Text, "Node"] = field(default_factory=dict)


Node = Text | ListNode | MapNode


@dataclass(frozen=True, eq=False)
class YamlFile:
    """One file as read: its root (None where nothing could be read) and what was wrong with it."""

    origin: Origin
    root: Node | None
    problems: tuple[Problem, ...]


class _Refused(Exception):
    """Carries the one problem that ends the reading of a file; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_yaml(path: str, content: bytes) -> YamlFile:
    """Reads one file's bytes. `path` is only for the marks. Never raises: what is wrong is in `problems`."""
    try:
        text = _decode(path, content)
    except _Refused as refused:
        return YamlFile(refused.problem.mark.origin, None, (refused.problem,))
    origin = Origin(path, text.split("\n"))
    problems = list(_bad_characters(origin, text))
    if problems:
        return YamlFile(origin, None, tuple(problems))
    reader = _Composer(origin, problems)
    try:
        root = reader.compose(CParser(text))
    except _Refused as refused:
        problems.append(refused.problem)
        root = None
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax(origin, error))
        root = None
    return YamlFile(origin, root, tuple(problems))


def _decode(path: str, content: bytes) -> str:
    def refuse(message: str, help: str, line: int = 0, column: int = 0) -> _Refused:
        return _Refused(Problem(_TEXT, Mark(Origin(path), line, column), message, help))

    if len(content) > MOST_BYTES:
        raise refuse(f"this file is larger than {MOST_BYTES // 1024 // 1024} MiB", "split it")
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise refuse("this file begins with a byte-order mark", "save it as UTF-8 without a byte-order mark")
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start)
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1)
        raise refuse("this byte is not UTF-8", "save the file as UTF-8", line, column) from None


def _bad_characters(origin: Origin, text: str) -> Iterator[Problem]:
    if _REFUSED.search(text) is None and "\t" not in text and _STACKED.search(text) is None:
        return
    for number, line in enumerate(origin.lines):
        for found in _REFUSED.finditer(line):
            name = f"U+{ord(found.group()):04X}"
            mark = Mark(origin, number, found.start(), 1)
            yield Problem(_TEXT, mark, f"an invisible character, {name}, stands here", "delete it")
        if "\t" in line:
            mark = Mark(origin, number, line.index("\t"), 1)
            yield Problem(_TEXT, mark, "a tab stands here", "use spaces")
        if stacked := _STACKED.search(line):
            mark = Mark(origin, number, stacked.start(), 1)
            yield Problem(
                _TEXT,
                mark,
                f"more than {MOST_MARKS_IN_A_ROW - 1} combining marks stand in a row",
                "delete what is too much",
            )


def _syntax(origin: Origin, error: yaml.MarkedYAMLError) -> Problem:
    """libyaml's message, with its place, in our words where it is one of the common ones."""
    place = error.problem_mark or error.context_mark
    mark = Mark(origin, place.line, place.column) if place else Mark(origin)
    if place and not mark.text and place.line:
        mark = Mark(origin, place.line - 1, max(0, len(origin.lines[min(place.line, len(origin.lines)) - 1]) - 1))
    said = error.problem or ""
    for words, message, help in _SYNTAX:
        if words in said:
            return Problem(_TEXT, mark, message, help)
    return Problem(
        _TEXT,
        mark,
        "YAML cannot be read from here on",
        "compare the indentation and the quote marks with the fact above it",
    )


_SYNTAX = (
    (
        "mapping values are not allowed",
        "a second `: ` stands on this line",
        "put the text between quote marks, or after `>-` on the next line",
    ),
    (
        "could not find expected ':'",
        "a `:` is missing here, or a line is not indented",
        "write `key: value`, and indent the lines of a text that goes on",
    ),
    (
        "unexpected end of stream",
        "a quote mark is opened and never closed",
        "close it, or put the text after `>-` on the next line",
    ),
    ("found undefined alias", "`*name` is YAML for an alias", "put the text between quote marks"),
    (
        "cannot start any token",
        "YAML does not let a text begin with this character",
        "put the text between quote marks",
    ),
    (
        "did not find expected key",
        "this line does not belong to what stands above it",
        "check its indentation; put a text that begins with a quote mark after `>-`",
    ),
    ("did not find expected '-' indicator", "this line is not part of the list above it", "check its indentation"),
    (
        "did not find expected ',' or",
        "this list or mapping in brackets is not closed",
        "close it, or put the text between quote marks",
    ),
    ("unknown escape character", "a `\\` in double quote marks begins an escape", "use single quote marks or `>-`"),
    ("exceeded max", "this nests too deep", "a fact has two or three levels"),
    ("did not find expected node content", "a value is missing here", "write it, or put the text between quote marks"),
    (
        "block sequence entries are not allowed",
        "a list may not begin here",
        "put each `- ` on a line of its own, indented",
    ),
    ("block mapping", "this line does not belong to what stands above it", "check its indentation"),
)


class _Composer:
    """Builds nodes from libyaml's events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, origin: Origin, problems: list[Problem]) -> None:
        self.origin = origin
        self.problems = problems

    def compose(self, parser: Any) -> Node | None:
        root: Node | None = None
        documents = 0
        stack: list[ListNode | MapNode] = []
        keys: list[Text | None] = []
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, yaml.StreamEndEvent):
                return root
            if isinstance(event, yaml.ScalarEvent):
                node: Node = self._scalar(event, flow=bool(stack))
            elif isinstance(event, yaml.MappingStartEvent):
                node = MapNode(self._open(event, len(stack)))
            elif isinstance(event, yaml.SequenceStartEvent):
                node = ListNode(self._open(event, len(stack)))
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
                keys.pop()
                continue
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, "a second document begins here", "keep one document in a file")
                continue
            elif isinstance(event, yaml.AliasEvent):
                raise self._refuse(event, "an alias stands here", "facts are written out: copy the words")
            else:
                continue
            if not stack:
                root = node
            else:
                self._attach(stack[-1], keys, node, event)
            if not isinstance(node, Text):
                stack.append(node)
                keys.append(None)

    def _attach(self, parent: ListNode | MapNode, keys: list[Text | None], node: Node, event: Any) -> None:
        if isinstance(parent, ListNode):
            parent.values.append(node)
            return
        key = keys[-1]
        if key is not None:
            if key not in parent.entries:
                parent.entries[key] = node
            keys[-1] = None
            return
        if not isinstance(node, Text):
            raise self._refuse(
                event,
                "a list or mapping stands where a key belongs",
                "put a text that begins with [ or { between quote marks",
            )
        if node in parent.entries:
            first = next(text for text in parent.entries if text == node)
            message = f"`{node}` stands here a second time"
            self.problems.append(
                Problem(
                    "id-is-unique",
                    node.mark,
                    message,
                    "rename or delete one of them",
                    (f"the first stands at {first.mark}",),
                )
            )
        keys[-1] = node

    def _open(self, event: Any, depth: int) -> Mark:
        if depth >= MOST_DEPTH:
            raise self._refuse(event, f"this nests deeper than {MOST_DEPTH} levels", "a fact has two or three")
        self._untagged(event)
        return Mark(self.origin, event.start_mark.line, event.start_mark.column)

    def _untagged(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._refuse(
                event,
                "an anchor (`&name`) stands here",
                "facts are written out; put a text that begins with & between quote marks",
            )
        if event.tag is not None:
            raise self._refuse(event, "a tag (`!name`) stands here", "put a text that begins with ! between quote marks")

    def _refuse(self, event: Any, message: str, help: str) -> _Refused:
        return _Refused(Problem(_TEXT, Mark(self.origin, event.start_mark.line, event.start_mark.column), message, help))

    def _scalar(self, event: Any, flow: bool) -> Text:
        start, end = event.start_mark, event.end_mark
        self._untagged(event)
        one_line = start.line == end.line
        mark = Mark(self.origin, start.line, start.column, end.column - start.column if one_line else 0)
        if event.style not in ("|", None) or not one_line:
            self._folds(start.line, end.line, event.style)
        cut = self._comment(end) if not event.style and event.value else None
        return text_at(event.value, mark, cut)

    def _folds(self, first: int, last: int, style: str) -> None:
        """A hyphen at the end of a folded line: the fold would put a space into the word."""
        lines = self.origin.lines
        for number in range(first, min(last, len(lines) - 1)):
            line = lines[number].rstrip()
            following = lines[number + 1].strip() if number + 1 <= last else ""
            if _SPLIT_WORD.search(line) and following and (number > first or style != ">") and following[0].isalnum():
                mark = Mark(self.origin, number, len(line) - 1, 1)
                self.problems.append(
                    Problem(
                        _TEXT,
                        mark,
                        "this line ends in a hyphen, and YAML would put a space after it",
                        "keep the hyphenated word on one line",
                    )
                )

    def _comment(self, end: Any) -> Mark | None:
        """The place of a `#` that ends a plain text, where it could have been meant as part of the text."""
        line = self.origin.lines[end.line] if end.line < len(self.origin.lines) else ""
        found = _COMMENT.match(line, end.column)
        if not found or not found.group(1):
            return None
        mark = Mark(self.origin, end.line, found.end(1), len(line) - found.end(1))
        if len(found.group(1)) < 2 or found.group(2) is None:
            message = "YAML cuts the text off at this `#`"
            help = "put the text between quote marks; before a comment, leave two spaces"
            self.problems.append(Problem(_TEXT, mark, message, help))
            return None
        return mark
