"""mkdocs.yml as its curator typed it: the place of each setting, which the values that MkDocs reads no longer have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.loading.yaml_syntax import syntax_problem

_TEXT = "tag:yaml.org,2002:str"
_MERGE_KEY = "INHERIT"  # the setting that names another file, whose settings MkDocs merges


@dataclass(frozen=True, eq=False)
class SettingsFile:
    """The lines of an mkdocs.yml and its YAML nodes; without nodes, every place is the beginning of the file."""

    file: SourceFile
    root: yaml.Node | None = None
    inherited: "SettingsFile | None" = None

    def has(self, key: str) -> bool:
        """Whether somebody typed a setting here or in an inherited file."""
        return _child(self.root, key) is not None or (self.inherited is not None and self.inherited.has(key))

    def is_empty(self, key: str) -> bool:
        """Whether a setting is not there, or is an empty text or nothing."""
        found = _child(self.root, key)
        if found is None:
            return self.inherited is None or self.inherited.is_empty(key)
        return isinstance(found[1], yaml.ScalarNode) and found[1].value.strip() in ("", "~", "null")

    def location(self, *path: str | int) -> Location:
        """The place of the value at a path of keys and indexes, or of the nearest value around it."""
        return self._location(path, of_key=False)

    def key_location(self, *path: str | int) -> Location:
        """The place of the last key of a path, or of the nearest value around it."""
        return self._location(path, of_key=True)

    def _location(self, path: tuple[str | int, ...], of_key: bool) -> Location:
        if self.inherited and path and not _child(self.root, path[0]):
            return self.inherited._location(path, of_key)
        at, depth = self.root, 0
        key: yaml.Node | None = None
        for step in path:
            found = _child(at, step)
            if found is None:
                break
            (key, at), depth = found, depth + 1
        if not depth or at is None:
            return Location(self.file)
        return self.place(key if key and (of_key or depth < len(path)) else at)

    def place(self, node: yaml.Node) -> Location:
        """The place of a node of this file."""
        start, end = node.start_mark, node.end_mark
        return Location(self.file, start.line, start.column, end.column - start.column if start.line == end.line else 0)

    def nav_location(self) -> Location:
        """The place of what does not fit into `nav`: a list of pages, `Title: page` and `Title:` with such a list."""
        found = _child(self.root, "nav")
        if found is None:
            return self.inherited.nav_location() if self.inherited else Location(self.file)
        node = _misshapen(found[1])
        return self.place(node) if node else self.key_location("nav")


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    """The key and the value at one step below a node, the last of several, as MkDocs takes it; None where there is nothing."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in reversed(node.value) if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _misshapen(node: yaml.Node) -> yaml.Node | None:
    """The first part of a navigation that is none; None where all fits."""
    return next(_misshapen_parts(node), None)


def _misshapen_parts(node: yaml.Node) -> Iterator[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        yield node
        return
    for item in node.value:
        inner = item.value[0][1] if isinstance(item, yaml.MappingNode) and len(item.value) == 1 else item
        if inner.tag != _TEXT:
            yield from (item,) if inner is item else _misshapen_parts(inner)


def read_settings_file(path: Path, heirs: tuple[Path, ...] = ()) -> SettingsFile | Problem:
    """Reads an mkdocs.yml and the files that it inherits from; a Problem where it is missing, not UTF-8 or not YAML."""
    file = SourceFile(display_path(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Problem("", Location(file), "this file does not exist", "write it; `briefing new DIR` shows one")
    except OSError as error:
        return problem_of_os_error(error)
    except UnicodeDecodeError:
        return Problem("", Location(file), "this file is not UTF-8", "save it as UTF-8")
    file = replace(file, lines=text.splitlines())
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return replace(syntax_problem(file, error), rule="")
    except yaml.YAMLError:  # a character that YAML does not allow; MkDocs' own message names its place
        return SettingsFile(file)
    named = _child(root, _MERGE_KEY)
    parent = path.parent / named[1].value if named and isinstance(named[1], yaml.ScalarNode) else None
    if parent is None or parent.resolve() in (path.resolve(), *heirs):
        return SettingsFile(file, root)
    inherited = read_settings_file(parent, (*heirs, path.resolve()))
    return SettingsFile(file, root, None if isinstance(inherited, Problem) else inherited)
