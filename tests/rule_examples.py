"""The examples at the end of each rule's documentation: files of the invented dossier, in which it fails and passes.

    Fails, in facts/clauses.yaml:

        an-id:
          claim: ...

A fact replaces the one of its id, or is added; of a source, only the fields that the example shows are replaced. A seed's
text replaces the seed, and the sources are then pinned again.
"""

import hashlib
import re
import textwrap
from pathlib import Path
from typing import NamedTuple

from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import RULES, check

_EXAMPLE = re.compile(r"^(Fails|Passes), in (\S+):\n\n((?: {4}.*\n|\n)+)", re.MULTILINE)
_FACT = re.compile(r"^([\w-]+):\n(?:[ #].*\n|\n)*", re.MULTILINE)


class Example(NamedTuple):
    """An example: whether the rule fails in it, the file it stands in, and what stands there."""

    fails: bool
    path: str
    text: str


def examples_of(rule: str) -> list[Example]:
    """The examples of a rule, in the order of its documentation."""
    told = textwrap.dedent("    " + (RULES[rule].__doc__ or "").rstrip() + "\n")
    return [Example(how == "Fails", path, textwrap.dedent(text).rstrip() + "\n") for how, path, text in _EXAMPLE.findall(told)]


def problems_of(example: Example, folder: Path) -> tuple[Problem, ...]:
    """What is told of the invented dossier, copied to a folder, with an example in it."""
    path = folder / example.path
    before = path.read_text("utf-8") if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    sources = folder / "facts" / "sources.yaml"
    put = _put_fields if path == sources else _put
    path.write_text(put(before, example.text) if path.suffix == ".yaml" else example.text, "utf-8")
    if example.path.startswith("seeds/"):
        now = hashlib.sha256(path.read_bytes()).hexdigest()
        sources.write_text(re.sub(rf"(seed: {path.name}\n  sha256: )\w+", rf"\g<1>{now}", sources.read_text("utf-8")), "utf-8")
    return check(read_dossier(folder)).reported


def _put(before: str, text: str) -> str:
    ids = [found[1] for found in _FACT.finditer(text)]
    if len(ids) != len(set(ids)) or not ids:
        return before + "\n" + text
    kept = _FACT.sub(lambda found: "" if found[1] in ids else found[0], before)
    return kept.rstrip() + "\n\n" + text


def _put_fields(before: str, text: str) -> str:
    """The records with the fields that the example shows in the places of theirs."""
    for source, fields in re.findall(r"^([\w-]+):\n((?:  .*\n)+)", text, re.MULTILINE):
        start = before.index(f"{source}:\n")
        record, rest = before[:start], before[start:]
        for field in re.findall(r"^  [\w-]+:.*\n(?:    .*\n)*", fields, re.MULTILINE):
            name = field.split(":")[0]
            rest, count = re.subn(
                rf"^{name}:.*\n(?:    .*\n)*", lambda _, field=field: field, rest, count=1, flags=re.MULTILINE
            )
            assert count, f"`{source}` has no `{name.strip()}:`"
        before = record + rest
    return before
