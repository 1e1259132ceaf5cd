"""Writes texts as YAML that reads back as the same text, to be pasted or added to a file."""

import json

from briefing.loading.yaml_reader import read_yaml
from briefing.model.located_text import MapNode


def to_yaml(key: str, text: str, indent: str = "") -> str:
    """`key: text` in the first form that reads back the same: plain, after `>-` on its own line, or in double quote marks.

    Half of a surrogate pair, as in a file name whose bytes are not UTF-8, becomes `?`.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    forms = (f"{key}: {text}", f"{key}: >-\n{indent}  {text}", f"{key}: {json.dumps(text, ensure_ascii=False)}")
    return indent + next((form for form in forms if _is_read_as(form, key, text)), forms[-1])


def _is_read_as(form: str, key: str, text: str) -> bool:
    read = read_yaml("", f"{form}\n".encode())
    return not read.problems and isinstance(read.root, MapNode) and read.root.entries == {key: text}
