"""Makes facts from YAML nodes by the fields of their kind. A fact that does not fit is left out, with its problems."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.diagnostics.problem import MAX_PROBLEMS, Location, Problem
from briefing.diagnostics.rule_ids import FACT_FITS_ITS_KIND, TEXT_IS_WHOLE
from briefing.diagnostics.suggestions import did_you_mean, with_article
from briefing.model.fields import Field, Quote, fields_by_key, fields_of
from briefing.model.ids import FACT_ID, MAX_ID_LENGTH, is_reserved
from briefing.model.located_text import ListNode, MapNode, Node, Text

_SHAPE_NAMES = {
    "text": "a text",
    "list": "a text or a list of texts",
    "quotes": "`source: words`",
    "parts": "a list",
    "map": "`key: text`",
}


class ProblemCollector:
    """Collects the problems of one fact while its node is read."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        self.problems: list[Problem] = []

    def add(self, location: Location, message: str, help: str, rule: str = FACT_FITS_ITS_KIND) -> None:
        """Adds a problem, up to `MAX_PROBLEMS`."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(rule, location, message, help, fact=self.fact))


def read_fact(kind: type[Any], key: Text, node: Node, singular: str) -> tuple[Any | None, list[Problem]]:
    """A fact of `kind` from its node (None where it does not fit), and all its problems."""
    collector = ProblemCollector(key)
    if not FACT_ID.fullmatch(key):
        collector.add(key.location, f"`{key}` cannot be an id", "use small letters a to z, digits and single hyphens")
    elif is_reserved(key) or len(key) > MAX_ID_LENGTH:
        reason = "is reserved" if is_reserved(key) else f"has more than {MAX_ID_LENGTH} characters"
        collector.add(key.location, f"the id `{key}` {reason}", "choose another id")
    fact = _read_fields(collector, kind, key, key.location, node, singular)
    return (None if collector.problems else fact), collector.problems


def read_part(kind: type[Any], node: MapNode, singular: str) -> tuple[Any | None, list[Problem]]:
    """An object with fields but no id (such as the settings) from its mapping, and its problems. Fields that fit are kept."""
    collector = ProblemCollector("")
    return _read_fields(collector, kind, "", node.location, node, singular), collector.problems


def _read_fields(
    collector: ProblemCollector, kind: type[Any], key: str, location: Location, node: Node, singular: str
) -> Any | None:
    declared = fields_by_key(kind)
    if not isinstance(node, MapNode):
        required = ", ".join(f"`{name}:`" for name, f in declared.items() if f.required)
        collector.add(location, f"this {singular} has no fields", f"write {required} under it, indented")
        return None
    values: dict[str, Any] = {}
    for name, value in node.entries.items():
        if name not in declared:
            known = f"its fields are: {', '.join(declared)}"
            help = did_you_mean(name, list(declared), known)
            collector.add(name.location, f"{with_article(singular)} has no field `{name}`", help)
        elif (read := _read_value(collector, declared[name], name, value, key)) is not None:
            values[declared[name].name] = read
            if declared[name].keyed_by_field:
                _report_unknown_keys(collector, declared, read)
    _report_missing_fields(collector, kind, location, {str(name) for name in node.entries}, singular)
    if any(f.required and f.name not in values for f in declared.values()):
        return None
    identity = {"location": location, "key": key} if "key" in kind.__dataclass_fields__ else {}
    return kind(**identity, **values)


def _report_unknown_keys(collector: ProblemCollector, declared: Mapping[str, Field], keys: Iterable[Text]) -> None:
    known = [name for name, f in declared.items() if f.shape in ("text", "list")]
    for key in keys:
        if key not in known:
            help = did_you_mean(key, known, f"the fields are: {', '.join(known)}")
            collector.add(key.location, f"there is no field `{key}` here", help)


def _report_missing_fields(
    collector: ProblemCollector, kind: type[Any], location: Location, present: set[str], singular: str
) -> None:
    missing = [f for f in fields_of(kind) if f.required and f.yaml_key not in present]
    for f in missing:
        help = f.meta.help or "write it"
        collector.add(location, f"this {singular} has no `{f.yaml_key}:`", help)
    evidence = getattr(kind, "evidence_fields", ())
    if evidence and not present.intersection(evidence) and not any(f.yaml_key in evidence for f in missing):
        either = " or ".join(f"`{name}:`" for name in evidence)
        message = f"this {singular} has no {either}; every claim needs at least one"
        absent = ", or list words that no source has under `absent:`" if "absent" in evidence else ""
        collector.add(location, message, f"copy the source's words under `quotes:`{absent}")


def _read_value(collector: ProblemCollector, declared: Field, at: Text, node: Node, owner: str) -> Any | None:
    if declared.shape == "text":
        text = _read_text(collector, declared, at, node, _SHAPE_NAMES["text"])
        return None if text is None else _check_value(collector, declared, text)
    if declared.shape == "list":
        return _read_text_list(collector, declared, at, node)
    if declared.shape == "quotes":
        return _read_quotes(collector, declared, at, node)
    if declared.shape == "map":
        return _read_map(collector, declared, at, node)
    return _read_parts(collector, declared, at, node, owner)


def _read_text(collector: ProblemCollector, declared: Field, at: Text, node: Node, expected: str) -> Text | None:
    if not isinstance(node, Text):
        found = "a list" if isinstance(node, ListNode) else "a mapping"
        collector.add(
            node.location,
            f"`{declared.yaml_key}:` has {found} instead of {expected}",
            "put quote marks around a text that begins with [ or {",
        )
    elif not node.strip() and "#" in at.location.line_text[at.location.column + len(at) :]:
        collector.add(at.location, f"YAML reads the text after `{at}:` as a comment", "put quote marks around the text")
    elif not node.strip():
        empty = f"`{at}` has no words" if declared.shape == "quotes" else f"`{declared.yaml_key}:` is empty"
        help = declared.meta.help if declared.required else ""
        collector.add(at.location, empty, help or "write it, or delete the line")
    elif node.comment is not None and declared.yaml_key in ("claim", "quotes"):
        help = "put the comment on its own line, or put quote marks around the text"
        collector.add(node.comment, "YAML ends the text at this `#`", help, TEXT_IS_WHOLE)
    else:
        return node
    return None


def _check_value(collector: ProblemCollector, declared: Field, text: Text) -> Text | None:
    if declared.codes and text not in declared.codes:
        known = "write one of: " + ", ".join(declared.codes)
        collector.add(
            text.location,
            f"`{text}` is not a value of `{declared.yaml_key}:`",
            did_you_mean(text, declared.codes, known),
        )
        return None
    if declared.number and not (text.isascii() and text.isdecimal() and len(text) < 9):
        collector.add(text.location, f"`{text}` is not a whole number", "write it in digits, without a sign or unit")
        return None
    if declared.text_pattern and not re.fullmatch(declared.text_pattern.pattern, text):
        collector.add(
            text.location, f"`{text}` does not fit `{declared.yaml_key}:`", f"write {declared.text_pattern.description}"
        )
        return None
    return text


def _read_text_list(collector: ProblemCollector, declared: Field, at: Text, node: Node) -> tuple[Text, ...] | None:
    if isinstance(node, MapNode):
        collector.add(
            node.location,
            f"`{declared.yaml_key}:` has a mapping instead of {_SHAPE_NAMES['list']}",
            "write `[first, second]`",
        )
        return None
    values = [node] if isinstance(node, Text) else node.values
    if not values:
        help = declared.meta.help if declared.required else ""
        collector.add(at.location, f"`{declared.yaml_key}:` is empty", help or "write it, or delete the line")
    read = [_read_text(collector, declared, at, value, "a text") for value in values]
    return tuple(text for text in read if text is not None)


def _read_quotes(collector: ProblemCollector, declared: Field, at: Text, node: Node) -> tuple[Quote, ...] | None:
    if not isinstance(node, MapNode):
        collector.add(
            node.location,
            f"`{declared.yaml_key}:` needs {_SHAPE_NAMES['quotes']}",
            "name the source and copy its words: `source-id: its words`",
        )
        return None
    found: list[Quote] = []
    for source, value in node.entries.items():
        values = value.values if isinstance(value, ListNode) else [value]
        if not values:
            collector.add(source.location, f"`{source}` has no words", "copy them from the source, or delete the line")
        read = [_read_text(collector, declared, source, words, "the source's words") for words in values]
        found += [Quote(source, text) for text in read if text is not None]
    if not node.entries:
        collector.add(
            at.location, f"`{declared.yaml_key}:` is empty", "name the source and copy its words: `source-id: its words`"
        )
    return tuple(found)


def _read_map(collector: ProblemCollector, declared: Field, at: Text, node: Node) -> dict[Text, Text] | None:
    if not isinstance(node, MapNode):
        collector.add(
            node.location, f"`{declared.yaml_key}:` needs {_SHAPE_NAMES['map']}", "write `key: text` on each line, indented"
        )
        return None
    read = {name: _read_text(collector, declared, name, value, "a text") for name, value in node.entries.items()}
    return {name: text for name, text in read.items() if text is not None}


def _read_parts(collector: ProblemCollector, declared: Field, at: Text, node: Node, owner: str) -> tuple[Any, ...] | None:
    assert declared.part is not None
    singular = declared.yaml_key.removesuffix("s").replace("-", " ")
    if not isinstance(node, ListNode):
        collector.add(node.location, f"`{declared.yaml_key}:` needs a list", "begin each item with `- ` on its own line")
        return None
    values = node.values
    if len(values) < declared.min_items:
        few = f"`{declared.yaml_key}:` needs at least {declared.min_items}"
        collector.add(at.location, few, "add what is missing, or delete the fact" if declared.required else "delete the line")
    keys = (f"{owner}.{declared.yaml_key[0]}{number}" for number in range(1, len(values) + 1))
    read = [
        _read_fields(collector, declared.part, key, value.location, value, singular)
        for key, value in zip(keys, values, strict=True)
    ]
    return tuple(part for part in read if part is not None)
