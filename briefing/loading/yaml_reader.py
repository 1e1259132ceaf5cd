"""YAML read as text: every scalar stays what was typed, with its place, and what YAML would change is refused.

The parser is libyaml (YAML 1.1) through PyYAML's event interface; nothing is resolved, constructed or merged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import regex
import yaml
from yaml import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from briefing.diagnostics.problem import MOST_TOLD, Mark, Origin, Problem, too_many
from briefing.loading.character_check import bad_characters
from briefing.loading.files import MOST_BYTES
from briefing.loading.yaml_syntax import syntax_problem
from briefing.model.located_text import ListNode, MapNode, Node, Text
from briefing.text.characters import REFUSED, STACKED
from briefing.text.words import NO_SPACES

MOST_DEPTH = 12
MOST_NODES = 300_000

_TEXT = "text-is-whole"
_UNSPACED = regex.compile(rf"[{NO_SPACES}]{{2}}")
_PARTED = re.compile(r"\d,\d")
_HASH = re.compile("#")
_COMMENT = re.compile(r"(\s*)#(\s|$)?")


@dataclass(frozen=True, eq=False)
class YamlFile:
    """One file as read: its root (None where it was not read to its end) and what was wrong with it.

    `above` is what stands whole above the place where reading ended, of a file that is a mapping.
    """

    origin: Origin
    root: Node | None
    problems: tuple[Problem, ...]
    above: MapNode | None = None


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
    problems = _told(bad_characters(origin, text))
    if problems:
        return YamlFile(origin, None, tuple(problems))
    reader = _Composer(origin, text, problems)
    try:
        return YamlFile(origin, reader.compose(CParser(text)), tuple(problems))
    except _Refused as refused:
        problems.append(refused.problem)
    except yaml.MarkedYAMLError as error:
        problems.append(syntax_problem(origin, error))
    return YamlFile(origin, None, tuple(problems), reader.above())


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


def _told(problems: Iterator[Problem]) -> list[Problem]:
    """The first of the problems, and where there are more, one that says so."""
    told = list(islice(problems, MOST_TOLD + 1))
    return told if len(told) <= MOST_TOLD else [*told[:-1], too_many(told[-1].mark)]


def _lines_with(pattern: "re.Pattern[str]", text: str) -> Iterator[int]:
    """The numbers, from 0, of the lines that a pattern is found in."""
    line = at = 0
    for found in pattern.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line


class _Composer:
    """Builds nodes from libyaml's events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, origin: Origin, text: str, problems: list[Problem]) -> None:
        self.origin = origin
        self.problems = problems
        self.parted = frozenset(_lines_with(_PARTED, text))
        self.commented = frozenset(_lines_with(_HASH, text))
        self.root: Node | None = None
        self.keys: list[Text | None] = []  # for each collection that is open, the key that waits for its value

    def above(self) -> MapNode | None:
        """What of a mapping was composed, but for the last of it, in which reading may have gone wrong."""
        if not isinstance(self.root, MapNode):
            return None
        entries = list(self.root.entries.items())
        is_next_begun = self.keys[:1] not in ([], [None])
        return MapNode(self.origin, self.root.start, dict(entries if is_next_begun else entries[:-1]))

    def compose(self, parser: Any) -> Node | None:
        """The root of the one document that the parser gives; None where it gives none."""
        root: Node | None = None
        documents = 0
        stack: list[ListNode | MapNode] = []
        keys = self.keys
        next_event, scalar = parser.get_event, self._scalar
        nodes = 0
        while (event := next_event()) is not None:
            kind = type(event)
            nodes += 1
            if kind is ScalarEvent:
                node: Node = scalar(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
                keys.pop()
                continue
            elif kind is MappingStartEvent:
                node = MapNode(self.origin, self._opened(event, len(stack)))
            elif kind is SequenceStartEvent:
                node = ListNode(self.origin, self._opened(event, len(stack)))
            else:
                documents += kind is DocumentStartEvent
                self._refuse_if_needed(event, documents)
                continue
            if nodes > MOST_NODES:
                raise self._refused(event, f"more than {MOST_NODES} texts, lists and mappings stand in this file", "split it")
            if not stack:
                root = self.root = node
            elif type(parent := stack[-1]) is ListNode:
                parent.values.append(node)
            elif (key := keys[-1]) is not None:
                parent.entries.setdefault(key, node)  # type: ignore[union-attr]
                keys[-1] = None
            else:
                keys[-1] = self._key(parent, node)  # type: ignore[arg-type]
            if kind is not ScalarEvent:
                stack.append(node)  # type: ignore[arg-type]
                keys.append(None)
        return root

    def _note(self, problem: Problem) -> None:
        if len(self.problems) >= MOST_TOLD:
            raise _Refused(too_many(problem.mark))
        self.problems.append(problem)

    def _refuse_if_needed(self, event: Any, documents: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(event, "an alias stands here", "facts are written out: copy the words")
        if documents > 1:
            raise self._refused(event, "a second document begins here", "keep one document in a file")

    def _key(self, parent: MapNode, node: Node) -> Text:
        if not isinstance(node, Text):
            help = "put a text that begins with [ or { between quote marks"
            raise _Refused(Problem(_TEXT, node.mark, "a list or mapping stands where a key belongs", help))
        if node in parent.entries:
            self._twice(node, next(text for text in parent.entries if text == node))
        return node

    def _twice(self, key: Text, first: Text) -> None:
        notes = (f"the first stands at {first.mark}",)
        message = f"`{key}` stands here a second time"
        self._note(Problem("id-is-unique", key.mark, message, "rename or delete one of them", notes))

    def _opened(self, event: Any, depth: int) -> Any:
        if depth >= MOST_DEPTH:
            raise self._refused(event, f"this nests deeper than {MOST_DEPTH} levels", "a fact has two or three")
        if event.anchor is not None or event.tag is not None:
            raise self._marked(event)
        return event.start_mark

    def _marked(self, event: Any) -> _Refused:
        help = f"put a text that begins with {'!' if event.anchor is None else '&'} between quote marks"
        if event.anchor is None:
            return self._refused(event, "a tag (`!name`) stands here", help)
        return self._refused(event, "an anchor (`&name`) stands here", f"facts are written out; {help}")

    def _refused(self, event: Any, message: str, help: str) -> _Refused:
        return _Refused(Problem(_TEXT, Mark(self.origin, event.start_mark.line, event.start_mark.column), message, help))

    def _scalar(self, event: Any) -> Text:
        if event.anchor is not None or event.tag is not None:
            raise self._marked(event)
        start, end, style = event.start_mark, event.end_mark, event.style
        text = Text(event.value)
        text.origin, text.start, text.end, text.cut = self.origin, start, end, None
        if start.line != end.line:
            self._folds(start.line + (style in ("|", ">")), end.line - (end.column == 0))
        if end.line in self.parted and not style:
            self._parted(end)
        if style == '"':
            self._escapes(text)
        if end.line in self.commented and not style and event.value:
            text.cut = self._comment(end)
        return text

    def _folds(self, first: int, last: int) -> None:
        """A fold that would put a space into a word: after a hyphen, or within a script that writes no spaces."""
        lines = self.origin.lines
        for number in range(first, min(last, len(lines) - 1)):
            end = lines[number][-1:]
            if end.isascii() and end not in "- ":
                continue
            line, following = lines[number].rstrip(), lines[number + 1].lstrip()
            mark = Mark(self.origin, number, max(0, len(line) - 1), 1)
            if line.endswith(("-", "‐")) and line[-2:-1].isalnum() and following[:1].isalnum():
                message = "this line ends in a hyphen, and YAML would put a space after it"
                self._note(Problem(_TEXT, mark, message, "keep the hyphenated word on one line"))
            elif _UNSPACED.fullmatch(line[-1:] + following[:1]):
                message = "this script writes no spaces, and YAML would put one at the end of this line"
                self._note(Problem(_TEXT, mark, message, "keep the text on one line"))

    def _parted(self, end: Any) -> None:
        """A number in brackets, which YAML parts at its comma."""
        if not _PARTED.match(self.origin.lines[end.line], max(0, end.column - 1)):
            return
        message = "YAML parts the number at this comma"
        mark = Mark(self.origin, end.line, end.column, 1)
        help = "put the text between quote marks, or a space after the comma"
        raise _Refused(Problem(_TEXT, mark, message, help))

    def _escapes(self, text: Text) -> None:
        """Characters that are refused as they are, are refused in the form of an escape too."""
        for found in (REFUSED.search(text), STACKED.search(text)):
            if found:
                message = f"an escape stands here for an invisible character, U+{ord(found.group()[0]):04X}"
                self._note(Problem(_TEXT, text.mark, message, "delete it"))

    def _comment(self, end: Any) -> Mark | None:
        """The place of a comment after a plain text; a `#` that may be meant as part of the text is a problem."""
        line = self.origin.lines[end.line]
        found = _COMMENT.match(line, end.column)
        if not found or not found.group(1):
            return None
        mark = Mark(self.origin, end.line, found.end(1), len(line) - found.end(1))
        if len(found.group(1)) >= 2 and found.group(2) is not None:
            return mark
        help = "put the text between quote marks; before a comment, leave two spaces"
        self._note(Problem(_TEXT, mark, "YAML cuts the text off at this `#`", help))
        return None
