"""Gives YAML nodes the shape that their kind declares; what does not fit is a problem and the fact is left out."""

import re
import typing
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from briefing.diagnostics.problem import MOST_TOLD, Mark, Problem
from briefing.diagnostics.rule_ids import FITS
from briefing.diagnostics.suggestions import article, did_you_mean
from briefing.model.facts import Field, Quote, fields_by_key, fields_of
from briefing.model.ids import _ID, MOST_IN_AN_ID, is_reserved
from briefing.model.located_text import ListNode, MapNode, Node, Text

_A = {
    "text": "a text",
    "list": "a text or a list of texts",
    "quotes": "`source: words`",
    "parts": "a list",
    "map": "`key: text`",
}


class Reading:
    """Collects the problems of one fact while its node is read."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        self.problems: list[Problem] = []

    def problem(self, mark: Mark, message: str, help: str, rule: str = FITS) -> None:
        """Notes one thing that does not fit, if not too many are noted already."""
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(rule, mark, message, help, fact=self.fact))


def read_fact(kind: type[Any], key: Text, node: Node, singular: str) -> tuple[Any | None, list[Problem]]:
    """A fact of `kind` from its node, or None, and what was wrong. Reading goes on after a problem."""
    reading = Reading(key)
    if not _ID.fullmatch(key):
        reading.problem(key.mark, f"`{key}` is not an id", "use small letters a to z, digits and single hyphens")
    elif is_reserved(key) or len(key) > MOST_IN_AN_ID:
        why = "is kept for files or anchors of another use" if is_reserved(key) else f"has more than {MOST_IN_AN_ID} characters"
        reading.problem(key.mark, f"the id `{key}` {why}", "choose another id")
    made = _read_part(reading, kind, key, key.mark, node, singular)
    return (None if reading.problems else made), reading.problems


def read_part(kind: type[Any], node: MapNode, singular: str) -> tuple[Any | None, list[Problem]]:
    """What has fields and no id, from its mapping; what fits is kept where something else does not."""
    reading = Reading("")
    return _read_part(reading, kind, "", node.mark, node, singular), reading.problems


def _read_part(reading: Reading, kind: type[Any], key: str, mark: Mark, node: Node, singular: str) -> Any | None:
    declared = fields_by_key(typing.cast(Hashable, kind))
    if not isinstance(node, MapNode):
        wanted = ", ".join(f"`{name}:`" for name, f in declared.items() if f.required)
        reading.problem(mark, f"this {singular} has no fields", f"indent {wanted} under it")
        return None
    values: dict[str, Any] = {}
    for name, value in node.entries.items():
        if name not in declared:
            known = f"its fields: {', '.join(declared)}"
            help = did_you_mean(name, list(declared), known)
            reading.problem(name.mark, f"{article(singular)} has no field `{name}`", help)
        elif (read := _read_value(reading, declared[name], name, value, key)) is not None:
            values[declared[name].name] = read
            if declared[name].keyed_by_field:
                _say_what_is_no_field(reading, declared, read)
    _say_what_is_missing(reading, kind, mark, {str(name) for name in node.entries}, singular)
    if any(f.required and f.name not in values for f in declared.values()):
        return None
    own = {"mark": mark, "key": key} if "key" in kind.__dataclass_fields__ else {}
    return kind(**own, **values)


def _say_what_is_no_field(reading: Reading, declared: Mapping[str, Field], keys: Iterable[Text]) -> None:
    known = [name for name, f in declared.items() if f.shape in ("text", "list")]
    for key in keys:
        if key not in known:
            help = did_you_mean(key, known, f"the fields are: {', '.join(known)}")
            reading.problem(key.mark, f"`{key}` is none of the fields beside it", help)


def _say_what_is_missing(reading: Reading, kind: type[Any], mark: Mark, typed: set[str], singular: str) -> None:
    missing = [f for f in fields_of(kind) if f.required and f.yaml not in typed]
    for f in missing:
        help = f.said.help or "write it"
        reading.problem(mark, f"this {singular} has no `{f.yaml}:`", help)
    evidence = getattr(kind, "evidence", ())
    if evidence and not typed.intersection(evidence) and not any(f.yaml in evidence for f in missing):
        either = " or ".join(f"`{name}:`" for name in evidence)
        message = f"this {singular} has no {either}, so nothing bears it out"
        absent = ", or list the words that are not found under `absent:`" if "absent" in evidence else ""
        reading.problem(mark, message, f"copy the source's words under `quotes:`{absent}")


def _read_value(reading: Reading, declared: Field, at: Text, node: Node, owner: str) -> Any | None:
    if declared.shape == "text":
        text = _text(reading, declared, at, node, _A["text"])
        return None if text is None else _coded(reading, declared, text)
    if declared.shape == "list":
        return _texts(reading, declared, at, node)
    if declared.shape == "quotes":
        return _quotes(reading, declared, at, node)
    if declared.shape == "map":
        return _map(reading, declared, at, node)
    return _parts(reading, declared, at, node, owner)


def _text(reading: Reading, declared: Field, at: Text, node: Node, wanted: str) -> Text | None:
    if not isinstance(node, Text):
        found = "a list" if isinstance(node, ListNode) else "a mapping"
        reading.problem(
            node.mark,
            f"{found} stands in `{declared.yaml}:`, where {wanted} belongs",
            "put a text that begins with [ or { between quote marks",
        )
    elif not node.strip() and "#" in at.mark.text[at.mark.column + len(at) :]:
        reading.problem(at.mark, f"YAML takes what follows `{at}:` for a comment", "put the text between quote marks")
    elif not node.strip():
        empty = f"`{at}` has no words" if declared.shape == "quotes" else f"`{declared.yaml}:` is empty"
        help = declared.said.help if declared.required else ""
        reading.problem(at.mark, empty, help or "write it, or delete the line")
    elif node.cut is not None and declared.yaml in ("claim", "quotes"):
        help = "put the comment on a line of its own, or the text between quote marks"
        reading.problem(node.cut, "YAML cuts the text off at this `#`", help, "text-is-whole")
    else:
        return node
    return None


def _coded(reading: Reading, declared: Field, text: Text) -> Text | None:
    if declared.codes and text not in declared.codes:
        known = "one of: " + ", ".join(declared.codes)
        reading.problem(
            text.mark,
            f"`{text}` is not one of the codes of `{declared.yaml}:`",
            did_you_mean(text, declared.codes, known),
        )
        return None
    if declared.number and not (text.isascii() and text.isdecimal() and len(text) < 9):
        reading.problem(text.mark, f"`{text}` is no whole number", "write it in digits, without a sign or unit")
        return None
    if declared.shaped and not re.fullmatch(declared.shaped.pattern, text):
        reading.problem(text.mark, f"`{text}` does not fit `{declared.yaml}:`", f"write {declared.shaped.wanted}")
        return None
    return text


def _texts(reading: Reading, declared: Field, at: Text, node: Node) -> tuple[Text, ...] | None:
    if isinstance(node, MapNode):
        reading.problem(
            node.mark, f"a mapping stands in `{declared.yaml}:`, where {_A['list']} belongs", "write `[first, second]`"
        )
        return None
    values = [node] if isinstance(node, Text) else node.values
    if not values:
        help = declared.said.help if declared.required else ""
        reading.problem(at.mark, f"`{declared.yaml}:` is empty", help or "write it, or delete the line")
    read = [_text(reading, declared, at, value, "a text") for value in values]
    return tuple(text for text in read if text is not None)


def _quotes(reading: Reading, declared: Field, at: Text, node: Node) -> tuple[Quote, ...] | None:
    if not isinstance(node, MapNode):
        reading.problem(node.mark, f"`{declared.yaml}:` needs {_A['quotes']}", "name the source: `source-id: its words`")
        return None
    found: list[Quote] = []
    for source, value in node.entries.items():
        values = value.values if isinstance(value, ListNode) else [value]
        if not values:
            reading.problem(source.mark, f"`{source}` has no words", "copy them from the source, or delete the line")
        read = [_text(reading, declared, source, words, "the source's words") for words in values]
        found += [Quote(source, text) for text in read if text is not None]
    if not node.entries:
        reading.problem(at.mark, f"`{declared.yaml}:` is empty", "name the source and copy its words: `source-id: its words`")
    return tuple(found)


def _map(reading: Reading, declared: Field, at: Text, node: Node) -> dict[Text, Text] | None:
    if not isinstance(node, MapNode):
        reading.problem(node.mark, f"`{declared.yaml}:` needs {_A['map']}", "write one `key: text` on each line, indented")
        return None
    read = {name: _text(reading, declared, name, value, "a text") for name, value in node.entries.items()}
    return {name: text for name, text in read.items() if text is not None}


def _parts(reading: Reading, declared: Field, at: Text, node: Node, owner: str) -> tuple[Any, ...] | None:
    assert declared.part is not None
    singular = declared.yaml.removesuffix("s").replace("-", " ")
    if not isinstance(node, ListNode):
        reading.problem(node.mark, f"`{declared.yaml}:` needs a list", "begin each with `- ` on a line of its own")
        return None
    values = node.values
    if len(values) < declared.least:
        few = f"`{declared.yaml}:` needs at least {declared.least}"
        reading.problem(at.mark, few, "write what is missing, or delete the fact" if declared.required else "delete the line")
    keys = (f"{owner}.{declared.yaml[0]}{number}" for number in range(1, len(values) + 1))
    read = [
        _read_part(reading, declared.part, key, value.mark, value, singular) for key, value in zip(keys, values, strict=True)
    ]
    return tuple(part for part in read if part is not None)
