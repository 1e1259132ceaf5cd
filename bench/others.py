"""What other checkers of quotations see of a dossier: quotes and texts read as they would read them, with PyYAML."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from briefing.text.words import normalise
from tests.fault_catalogue import Case, Copy
from tests.sites import PROJECT

SUBSTRING = "substring"


class Pair(NamedTuple):
    """A quote under a source's id and the name of the text that the record points to."""

    source: str
    quote: str
    text: str


class Pin(NamedTuple):
    """The hash in a source's record and the name of the text that it points to."""

    source: str
    sha256: str
    text: str


@dataclass(frozen=True)
class Seen:
    """Pairs and pins of one folder, and what could not be read there, which stops any checker."""

    pairs: frozenset[Pair]
    pins: frozenset[Pin]
    unread: frozenset[str]


@dataclass
class Reader:
    """Reads folders; keeps each text once, by its hash."""

    texts: dict[str, bytes] = field(default_factory=dict)
    parsed: dict[bytes, Any] = field(default_factory=dict)

    def look(self, folder: Path) -> Seen:
        """What is to be asked about a folder."""
        files = {path.name: self._parse(path) for path in sorted((folder / "facts").glob("*.yaml"))}
        unread = {f"facts/{name}" for name, root in files.items() if root is None}
        records = files.get("sources.yaml") or {}
        names = {key: self._text(folder, record) for key, record in records.items() if isinstance(record, Mapping)}
        unread |= {f"seed of {key}" for key, name in names.items() if not name}
        quotes = {found for root in files.values() for found in quotes_in(root)}
        unread |= {f"source {source}" for source, _ in quotes if source not in names and records}
        pairs = {Pair(source, quote, names[source]) for source, quote in quotes if names.get(source)}
        pins = {Pin(key, str(records[key].get("sha256", "")), name) for key, name in names.items() if name}
        return Seen(frozenset(pairs), frozenset(pins), frozenset(unread))

    def _parse(self, path: Path) -> Any | None:
        content = path.read_bytes()
        if content not in self.parsed:
            try:
                self.parsed[content] = yaml.load(content, yaml.CSafeLoader) or {}
            except (yaml.YAMLError, UnicodeDecodeError, ValueError):
                self.parsed[content] = None
        return self.parsed[content]

    def _text(self, folder: Path, record: Mapping[str, Any]) -> str:
        """The name of a record's text; empty where it cannot be read, or would be read without end."""
        path = folder / "seeds" / str(record.get("seed"))
        try:
            content = path.read_bytes() if path.is_file() else b"\xff"
            content.decode("utf-8")
        except (OSError, ValueError):
            return ""
        name = hashlib.sha256(content).hexdigest()
        self.texts[name] = content
        return name


def quotes_in(node: Any) -> Iterator[tuple[str, str]]:
    """Every source and quote under a key `quotes`, at any depth."""
    if isinstance(node, list):
        for value in node:
            yield from quotes_in(value)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key == "quotes" and isinstance(value, Mapping):
                for source, words in value.items():
                    runs = words if isinstance(words, list) else [words]
                    yield from ((str(source), "" if run is None else str(run)) for run in runs)
            else:
                yield from quotes_in(value)


Complaint = tuple[str, ...]


def catches(copies: Mapping[str, Copy], cases: list[Case]) -> tuple[dict[str, list[bool]], dict[str, str]]:
    """For each other checker, whether it complains of each case about something that it lets pass in the dossier as shipped.

    Also the versions of those that have one. The checkers from PyPI run in an environment of their own.
    """
    reader = Reader()
    usual = {dossier: reader.look(copy.folder) for dossier, copy in copies.items()}
    seen = [copies[case.dossier].run(case, reader.look) for case in cases]
    pairs = sorted({pair for one in (*usual.values(), *seen) for pair in one.pairs})
    pins = sorted({pin for one in (*usual.values(), *seen) for pin in one.pins})
    verdicts, versions = _asked(reader.texts, pairs, pins)
    caught = {}
    for name, verdict in verdicts.items():
        shipped = {dossier: _complaints(one, verdict) for dossier, one in usual.items()}
        caught[name] = [bool(_complaints(one, verdict) - shipped[case.dossier]) for case, one in zip(cases, seen, strict=True)]
    return caught, versions


def _complaints(seen: Seen, verdict: Mapping[tuple[str, ...], str]) -> set[Complaint]:
    about = ((*asked, said) for asked in (*seen.pairs, *seen.pins) if (said := verdict.get(asked, "")))
    return {("unread", what) for what in seen.unread} | set(about)


def _asked(
    texts: Mapping[str, bytes], pairs: list[Pair], pins: list[Pin]
) -> tuple[dict[str, dict[tuple[str, ...], str]], dict[str, str]]:
    python = subprocess.run(["tools/rivals"], cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    asked = {
        "texts": {name: base64.b64encode(content).decode() for name, content in texts.items()},
        "pairs": [[pair.text, pair.quote] for pair in pairs],
        "pins": [[pin.text, pin.sha256] for pin in pins],
    }
    script = Path(__file__).with_name("rivals.py")
    run = subprocess.run([python, script], input=json.dumps(asked), check=True, stdout=subprocess.PIPE, text=True)
    answer = json.loads(run.stdout)
    verdicts = {SUBSTRING: _by_substring(texts, pairs)}
    for name, said in answer["told"].items():
        verdicts[name] = dict(zip((*pairs, *pins), (*said["pairs"], *said.get("pins", [""] * len(pins))), strict=True))
    return verdicts, answer["versions"]


def _by_substring(texts: Mapping[str, bytes], pairs: list[Pair]) -> dict[tuple[str, ...], str]:
    """Whether a quote stands in its text, with white space and the form of quotation marks evened out."""
    plain = {name: normalise(content.decode()) for name, content in texts.items()}
    return {pair: "" if normalise(pair.quote) in plain[pair.text] else "not found" for pair in pairs}
