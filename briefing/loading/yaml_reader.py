"""Reads YAML as plain text: every scalar stays as typed, with its location. What YAML would change silently is a problem.

The parser is libyaml (YAML 1.1) through PyYAML's events. No types are resolved; aliases, anchors and tags are not allowed.
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

from briefing.diagnostics.problem import MAX_PROBLEMS, Location, Problem, SourceFile, too_many_problems
from briefing.diagnostics.rule_ids import ID_IS_UNIQUE, TEXT_IS_WHOLE
from briefing.loading.character_check import character_problems
from briefing.loading.files import MAX_BYTES
from briefing.loading.yaml_syntax import syntax_problem
from briefing.model.located_text import ListNode, MapNode, Node, Text
from briefing.text.characters import FORBIDDEN_CHARACTERS, STACKED_MARKS
from briefing.text.words import NO_SPACES

MAX_DEPTH = 12
MAX_NODES = 300_000

_UNSPACED_PAIR = regex.compile(rf"[{NO_SPACES}]{{2}}")
_SPLIT_NUMBER = re.compile(r"\d,\d")
_HASH = re.compile("#")
_COMMENT = re.compile(r"(\s*)#(\s|$)?")


@dataclass(frozen=True, eq=False)
class YamlFile:
    """One file as read: its root (None where it was not read to its end) and its problems.

    `partial_root` holds the entries above the place where reading stopped, if the file is a mapping.
    """

    file: SourceFile
    root: Node | None
    problems: tuple[Problem, ...]
    partial_root: MapNode | None = None


class _ReadError(Exception):
    """Carries the problem that stops the reading of a file out of the parser's loop; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_yaml(path: str, content: bytes) -> YamlFile:
    """Reads the bytes of a file. `path` is only used in locations. Never raises: see `problems`."""
    try:
        text = _decode(path, content)
    except _ReadError as error:
        return YamlFile(error.problem.location.file, None, (error.problem,))
    file = SourceFile(path, text.split("\n"))
    problems = _limit_problems(character_problems(file, text))
    if problems:
        return YamlFile(file, None, tuple(problems))
    reader = _Composer(file, text, problems)
    try:
        return YamlFile(file, reader.compose(CParser(text)), tuple(problems))
    except _ReadError as error:
        problems.append(error.problem)
    except yaml.MarkedYAMLError as error:
        problems.append(syntax_problem(file, error))
    return YamlFile(file, None, tuple(problems), reader.partial_root())


def _decode(path: str, content: bytes) -> str:
    def refuse(message: str, help: str, line: int = 0, column: int = 0) -> _ReadError:
        return _ReadError(Problem(TEXT_IS_WHOLE, Location(SourceFile(path), line, column), message, help))

    if len(content) > MAX_BYTES:
        raise refuse(f"this file is larger than {MAX_BYTES // 1024 // 1024} MiB", "split the file")
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise refuse("this file begins with a byte order mark", "save it as UTF-8 without a byte order mark")
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start)
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1)
        raise refuse("this byte is not UTF-8", "save the file as UTF-8", line, column) from None


def _limit_problems(problems: Iterator[Problem]) -> list[Problem]:
    """The first `MAX_PROBLEMS` of the problems; if there are more, one that says so."""
    limited = list(islice(problems, MAX_PROBLEMS + 1))
    return limited if len(limited) <= MAX_PROBLEMS else [*limited[:-1], too_many_problems(limited[-1].location)]


def _lines_matching(pattern: "re.Pattern[str]", text: str) -> Iterator[int]:
    """The numbers, from 0, of the lines in which a pattern is found."""
    line = at = 0
    for found in pattern.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line


class _Composer:
    """Builds nodes from libyaml's events, with a stack instead of recursion, so that depth is no limit."""

    def __init__(self, file: SourceFile, text: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.split_number_lines = frozenset(_lines_matching(_SPLIT_NUMBER, text))
        self.hash_lines = frozenset(_lines_matching(_HASH, text))
        self.root: Node | None = None
        self.keys: list[Text | None] = []  # for each open collection, the key whose value comes next

    def partial_root(self) -> MapNode | None:
        """The entries read so far, without the last one, which may be incomplete; None where the root is not a mapping."""
        if not isinstance(self.root, MapNode):
            return None
        entries = list(self.root.entries.items())
        has_next_key = self.keys[:1] not in ([], [None])
        return MapNode(self.file, self.root.start, dict(entries if has_next_key else entries[:-1]))

    def compose(self, parser: Any) -> Node | None:
        """The root of the only document; None if the file is empty."""
        root: Node | None = None
        documents = 0
        stack: list[ListNode | MapNode] = []
        keys = self.keys
        next_event, scalar = parser.get_event, self._compose_scalar
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
                node = MapNode(self.file, self._open_collection(event, len(stack)))
            elif kind is SequenceStartEvent:
                node = ListNode(self.file, self._open_collection(event, len(stack)))
            else:
                documents += kind is DocumentStartEvent
                self._check_event(event, documents)
                continue
            if nodes > MAX_NODES:
                raise self._error_at(event, f"more than {MAX_NODES} texts, lists and mappings in this file", "split the file")
            if not stack:
                root = self.root = node
            elif type(parent := stack[-1]) is ListNode:
                parent.values.append(node)
            elif (key := keys[-1]) is not None:
                parent.entries.setdefault(key, node)  # type: ignore[union-attr]
                keys[-1] = None
            else:
                keys[-1] = self._check_key(parent, node)  # type: ignore[arg-type]
            if kind is not ScalarEvent:
                stack.append(node)  # type: ignore[arg-type]
                keys.append(None)
        return root

    def _add_problem(self, problem: Problem) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            raise _ReadError(too_many_problems(problem.location))
        self.problems.append(problem)

    def _check_event(self, event: Any, documents: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._error_at(event, "YAML aliases (`*name`) are not allowed", "copy the words instead")
        if documents > 1:
            raise self._error_at(event, "a second YAML document begins here", "keep one document in a file")

    def _check_key(self, parent: MapNode, node: Node) -> Text:
        if not isinstance(node, Text):
            help = "put quote marks around a text that begins with [ or {"
            raise _ReadError(Problem(TEXT_IS_WHOLE, node.location, "this key is a list or mapping", help))
        if node in parent.entries:
            self._report_duplicate(node, next(text for text in parent.entries if text == node))
        return node

    def _report_duplicate(self, key: Text, first: Text) -> None:
        notes = (f"it is first used at {first.location}",)
        message = f"`{key}` is used a second time here"
        self._add_problem(Problem(ID_IS_UNIQUE, key.location, message, "rename or delete one of them", notes))

    def _open_collection(self, event: Any, depth: int) -> Any:
        if depth >= MAX_DEPTH:
            raise self._error_at(event, f"more than {MAX_DEPTH} levels of nesting", "use two or three levels in a fact")
        if event.anchor is not None or event.tag is not None:
            raise self._anchor_or_tag_error(event)
        return event.start_mark

    def _anchor_or_tag_error(self, event: Any) -> _ReadError:
        help = f"put quote marks around a text that begins with {'!' if event.anchor is None else '&'}"
        if event.anchor is None:
            return self._error_at(event, "YAML tags (`!name`) are not allowed", help)
        return self._error_at(event, "YAML anchors (`&name`) are not allowed", help)

    def _error_at(self, event: Any, message: str, help: str) -> _ReadError:
        return _ReadError(
            Problem(TEXT_IS_WHOLE, Location(self.file, event.start_mark.line, event.start_mark.column), message, help)
        )

    def _compose_scalar(self, event: Any) -> Text:
        if event.anchor is not None or event.tag is not None:
            raise self._anchor_or_tag_error(event)
        start, end, style = event.start_mark, event.end_mark, event.style
        text = Text(event.value)
        text.file, text.start, text.end, text.comment = self.file, start, end, None
        if start.line != end.line:
            self._check_folds(start.line + (style in ("|", ">")), end.line - (end.column == 0))
        if end.line in self.split_number_lines and not style:
            self._check_split_number(end)
        if style == '"':
            self._check_escapes(text)
        if end.line in self.hash_lines and not style and event.value:
            text.comment = self._find_comment(end)
        return text

    def _check_folds(self, first: int, last: int) -> None:
        """Finds line ends at which YAML would put a space into a word: after a hyphen, or in a script without spaces."""
        lines = self.file.lines
        for number in range(first, min(last, len(lines) - 1)):
            end = lines[number][-1:]
            if end.isascii() and end not in "- ":
                continue
            line, following = lines[number].rstrip(), lines[number + 1].lstrip()
            location = Location(self.file, number, max(0, len(line) - 1), 1)
            if line.endswith(("-", "‐")) and line[-2:-1].isalnum() and following[:1].isalnum():
                message = "YAML puts a space after the hyphen at the end of this line"
                self._add_problem(Problem(TEXT_IS_WHOLE, location, message, "keep the hyphenated word on one line"))
            elif _UNSPACED_PAIR.fullmatch(line[-1:] + following[:1]):
                message = "YAML puts a space at the end of this line, in a script without spaces"
                self._add_problem(Problem(TEXT_IS_WHOLE, location, message, "keep the text on one line"))

    def _check_split_number(self, end: Any) -> None:
        """Finds a number in a bracketed list that YAML splits at its comma."""
        if not _SPLIT_NUMBER.match(self.file.lines[end.line], max(0, end.column - 1)):
            return
        message = "YAML splits the number at this comma"
        location = Location(self.file, end.line, end.column, 1)
        help = "put quote marks around the text; or, between two items, write a space after the comma"
        raise _ReadError(Problem(TEXT_IS_WHOLE, location, message, help))

    def _check_escapes(self, text: Text) -> None:
        """Finds forbidden characters that are written as escapes."""
        for found in (FORBIDDEN_CHARACTERS.search(text), STACKED_MARKS.search(text)):
            if found:
                message = f"this escape produces an invisible character, U+{ord(found.group()[0]):04X}"
                self._add_problem(Problem(TEXT_IS_WHOLE, text.location, message, "delete it"))

    def _find_comment(self, end: Any) -> Location | None:
        """The location of a comment after a plain text; reports a `#` that may be meant as part of the text."""
        line = self.file.lines[end.line]
        found = _COMMENT.match(line, end.column)
        if not found or not found.group(1):
            return None
        location = Location(self.file, end.line, found.end(1), len(line) - found.end(1))
        if len(found.group(1)) >= 2 and found.group(2) is not None:
            return location
        help = "put quote marks around the text; or write two spaces before a comment"
        self._add_problem(Problem(TEXT_IS_WHOLE, location, "YAML ends the text at this `#`", help))
        return None
