"""Counts the steps of a backtracking search, and finds every pattern of the package with the way in which it is used.

Time depends on the machine, and engines skip ahead where they can: neither tells what the next version of an engine does. So a
small matcher of our own follows the parse tree, as a backtracking engine without shortcuts would, and counts each character
and position that it looks at. The same input costs the same steps anywhere. The parse tree is that of `regex`, which also
reads the syntax of `re`.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
from regex import _regex_core as core

import briefing
from briefing.model.fields import walk_fields
from briefing.model.kinds import KINDS

ANCHORED = frozenset(["match", "fullmatch"])
SEARCHING = frozenset(["search", "finditer", "findall", "sub", "subn", "split", "splititer"])
Compiled = re.Pattern[Any] | regex.Pattern[Any]


class TooManyStepsError(Exception):
    """A search took more steps than were allowed."""


@dataclass
class Steps:
    """A matcher that counts. A result of `_run` is an offset where the node can end; the next one is a step back."""

    text: str
    most: int
    count: int = 0

    def step(self) -> None:
        self.count += 1
        if self.count > self.most:
            raise TooManyStepsError

    def search(self, tree: Any, is_anchored: bool) -> None:
        """Finds all matches, or, if the search is anchored, tries at the first offset alone; to the end of the text and not."""
        at = 0
        while at <= len(self.text):
            end = next(self._run(tree, at, 1), None)
            if is_anchored:
                any(end == len(self.text) for end in self._run(tree, at, 1))
                return
            at = end if end is not None and end > at else at + 1

    def _run(self, node: Any, at: int, way: int) -> Iterator[int]:
        """The offsets that a node can lead to from `at`, to the right (`way` 1) or, in a look-behind, to the left (-1)."""
        kind = type(node).__name__
        if kind in ("Sequence", "String", "Literal"):
            items = getattr(node, "items", None)
            items = [core.Character(each) for each in node.characters] if items is None else items
            yield from self._sequence(items if way == 1 else items[::-1], 0, at, way)
        elif kind == "Branch":
            for branch in node.branches:
                yield from self._run(branch, at, way)
        elif kind == "Group":
            yield from self._run(node.subpattern, at, way)
        elif kind == "Atomic":
            yield from [end for end in [next(self._run(node.subpattern, at, way), None)] if end is not None]
        elif kind == "LookAround":
            found = next(self._run(node.subpattern, at, -1 if node.behind else 1), None)
            if (found is not None) == node.positive:
                yield at
        elif kind.endswith("Repeat"):
            yield from self._repeat(node, kind, at, way)
        else:
            self.step()
            yield from self._single(node, kind, at, way)

    def _sequence(self, items: list[Any], number: int, at: int, way: int) -> Iterator[int]:
        if number == len(items):
            yield at
            return
        for end in self._run(items[number], at, way):
            yield from self._sequence(items, number + 1, end, way)

    def _repeat(self, node: Any, kind: str, at: int, way: int) -> Iterator[int]:
        most = len(self.text) if node.max_count is None else node.max_count
        found = self._times(node, 0, most, at, way, kind == "LazyRepeat")
        if kind == "PossessiveRepeat":
            yield from [end for end in [next(found, None)] if end is not None]
        else:
            yield from found

    def _times(self, node: Any, done: int, most: int, at: int, way: int, is_lazy: bool) -> Iterator[int]:
        if is_lazy and _is_single(node.subpattern):
            while done < node.min_count or done <= most:
                if done >= node.min_count:
                    self.step()
                    yield at
                end = next(self._run(node.subpattern, at, way), None)
                if end is None:
                    return
                at, done = end, done + 1
            return
        if _is_single(node.subpattern):
            ends = [at]
            while len(ends) <= most and (end := next(self._run(node.subpattern, ends[-1], way), None)) is not None:
                ends.append(end)
            for end in ends[node.min_count :][::-1]:
                self.step()
                yield end
            return
        if is_lazy and done >= node.min_count:
            yield at
        if done < most:
            for end in self._run(node.subpattern, at, way):
                if end != at:
                    yield from self._times(node, done + 1, most, end, way, is_lazy)
        if not is_lazy and done >= node.min_count:
            yield at

    def _single(self, node: Any, kind: str, at: int, way: int) -> Iterator[int]:
        """A character, or a place between characters."""
        if kind == "Grapheme":
            if 0 <= at + way <= len(self.text):
                yield at + way
        elif kind in ("Any", "AnyAll", "AnyU") or hasattr(node, "matches"):
            char = self.text[at : at + 1] if way == 1 else self.text[max(0, at - 1) : at]
            if char and (kind == "AnyAll" or (kind.startswith("Any") and char != "\n") or _matches(node, char)):
                yield at + way
        elif self._is_place(node, kind, at):
            yield at

    def _is_place(self, node: Any, kind: str, at: int) -> bool:
        before, after = self.text[:at], self.text[at:]
        if "Boundary" in kind:
            left, right = before[-1:], after[:1]
            return (bool(re.match(r"\w", left)) != bool(re.match(r"\w", right))) == node.positive
        if kind.startswith("StartOf"):
            return not before or ("Line" in kind and before.endswith("\n"))
        if kind.startswith("EndOf"):
            return not after or ("Line" in kind and after.startswith("\n"))
        raise NotImplementedError(kind)


def _is_single(node: Any) -> bool:
    while type(node).__name__ in ("Sequence", "Group"):
        if type(node).__name__ == "Sequence" and len(node.items) != 1:
            return False
        node = node.items[0] if type(node).__name__ == "Sequence" else node.subpattern
    return hasattr(node, "matches") or type(node).__name__.startswith("Any")


def _matches(node: Any, char: str) -> bool:
    if not hasattr(node, "matches"):
        return False
    chars = {char, char.lower(), char.upper()} if node.case_flags else {char}
    return any(node.matches(ord(each)) for each in chars if len(each) == 1)


def parse(pattern: Compiled) -> Any:
    """The parse tree of a compiled pattern."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    flags = (
        pattern.flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE)
        if isinstance(pattern, re.Pattern)
        else pattern.flags
    )
    source = core.Source(text)
    info = core.Info(int(flags), source.char_type)
    info.guess_encoding = core.UNICODE
    source.ignore_space = bool(int(flags) & regex.VERBOSE)
    return core._parse_pattern(source, info)


def steps(tree: Any, text: str, is_anchored: bool, most: int) -> int:
    """How many steps a search takes; `most` + 1 where it takes more."""
    counter = Steps(text, most)
    try:
        counter.search(tree, is_anchored)
    except TooManyStepsError:
        return most + 1
    return counter.count


def samples(node: Any) -> Iterator[str]:
    """Short texts that a node, and each node in it, can match."""
    for inner in _nodes(node):
        if text := _sample(inner):
            yield text
        if type(inner).__name__ == "Sequence":  # what comes before each repeat
            parts = [number for number, item in enumerate(inner.items) if hasattr(item, "subpattern")]
            yield from filter(None, ("".join(map(_sample, inner.items[:number])) for number in parts[:4]))


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for name in ("items", "branches"):
        if not type(node).__name__.startswith("Set"):
            for inner in list(getattr(node, name, None) or ())[:6]:
                yield from _nodes(inner)
    if hasattr(node, "subpattern"):
        yield from _nodes(node.subpattern)


PROBES = "aA1 ,.-'\"\n\t(<=«“čж中ไ\u0301$%/:&\\{[`_~!?;*#@+|>\u200b\u2014"


def _sample(node: Any) -> str:
    kind = type(node).__name__
    if kind == "Sequence":
        return "".join(map(_sample, node.items))
    if kind in ("String", "Literal"):
        return "".join(map(chr, node.characters))
    if kind == "Branch":
        return _sample(node.branches[0])
    if kind.endswith("Repeat"):
        return _sample(node.subpattern) * max(1, min(node.min_count, 3))
    if kind == "Character" and node.positive:
        return chr(node.value)
    if hasattr(node, "subpattern"):
        return "" if kind == "LookAround" else _sample(node.subpattern)
    return next((char for char in PROBES if kind.startswith("Any") or _matches(node, char)), "")


# Where the patterns are


@dataclass(frozen=True)
class Used:
    """A pattern, where it is, and whether it is only ever tried at one given offset."""

    place: str
    pattern: Compiled
    is_anchored: bool


def patterns() -> list[Used]:
    """Every pattern of the package: compiled in a module, given by a function, typed into a call, or declared by a field."""
    modules = [
        module.name for module in pkgutil.walk_packages(briefing.__path__, "briefing.") if module.name != "briefing.__main__"
    ]
    trees = {name: ast.parse(Path(str(importlib.import_module(name).__file__)).read_text("utf-8")) for name in modules}
    methods: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                owner = node.value.func if isinstance(node.value, ast.Call) else node.value
                name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                methods.setdefault(name, set()).add(node.attr)
    found = [used for name in modules for used in _of_module(name, trees[name], methods)]
    declared = {field.text_pattern.pattern for field in walk_fields(*KINDS) if field.text_pattern}
    found += [Used("a field of a kind", re.compile(pattern), True) for pattern in sorted(declared)]
    return list({(used.pattern.pattern, used.is_anchored): used for used in found}.values())


def _of_module(name: str, tree: ast.Module, methods: dict[str, set[str]]) -> Iterator[Used]:
    module = importlib.import_module(name)
    for key, value in vars(module).items():
        is_own_function = callable(value) and hasattr(value, "cache_info") and value.__module__ == name
        if is_own_function and "Pattern" in str(value.__annotations__.get("return", "")):
            arguments = [("light",)] if value.__wrapped__.__code__.co_argcount else [()]
            value = next(filter(None, (_called(value, each) for each in arguments)), None)
        if isinstance(value, (re.Pattern, regex.Pattern)):
            yield Used(
                f"{name}.{key}", value, not methods.get(key, SEARCHING) & SEARCHING and bool(methods.get(key, set()) & ANCHORED)
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            first = node.args[0] if node.args else None
            is_call = node.func.value.id in ("re", "regex") and node.func.attr in ANCHORED | SEARCHING
            if is_call and isinstance(first, ast.Constant):
                library = importlib.import_module(node.func.value.id)
                yield Used(f"{name}:{node.lineno}", library.compile(first.value), node.func.attr in ANCHORED)


def _called(function: Any, arguments: tuple[str, ...]) -> Any:
    try:
        return function(*arguments)
    except (KeyError, TypeError, AttributeError):
        return None
