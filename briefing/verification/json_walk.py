"""Walks through a value of JSON: every text in it, and every object with the id under which it stands."""

from typing import Any, NamedTuple


class JsonContent(NamedTuple):
    """What a value says: its texts, the keys that are more than one word among them, each once; its objects with their ids.

    An object without an `id` or `@id` of its own stands under that of the object around it.
    """

    texts: set[str]
    objects: list[tuple[dict[str, Any], str]]


def walk_json(value: object) -> JsonContent:
    """What a value says."""
    texts: set[str] = set()
    keys: set[str] = set()
    objects: list[tuple[dict[str, Any], str]] = []
    rest: list[tuple[Any, str]] = [([value], "")]
    while rest:
        outer, key = rest.pop()
        if isinstance(outer, dict):
            key = str(outer.get("id") or outer.get("@id") or "").rpartition("#")[2] or key
            objects.append((outer, key))
            keys.update(outer)
            outer = outer.values()
        for inner in outer:
            if isinstance(inner, str):
                texts.add(inner)
            elif isinstance(inner, (dict, list)):
                rest.append((inner, key))
    texts.update(key for key in keys if " " in key)
    return JsonContent(texts, objects)
