"""Dossiers of as many facts as wanted: the project's own, fewer, or copied over and over under other ids.

Every copy quotes copies of the seeds, so that its quotes stand once in their sources, and the kinds keep their proportions.
The home page is not copied: its parts are as many as they may be. Copies have the same names, so rules of meaning only warn.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.rules.waivers import WAIVABLE

PROJECT = Path(__file__).parent.parent
ONCE = "overview"


def write_many(folder: Path, count: int) -> int:
    """Writes facts/, seeds/ and briefing.yaml with at least `count` facts, and says how many there are."""
    own = {path.stem: _loaded(path) for path in sorted((PROJECT / "facts").glob("*.yaml"))}
    labels = {record["label"]: letter for record, letter in zip(own["sources"].values(), "PQRS", strict=False)}
    ids = {key for facts in own.values() for key in facts}
    for name in ("facts", "seeds", "docs"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    alarms = "".join(f"  {rule}: warning\n" for rule in (*WAIVABLE, "paragraph-is-disposed"))
    settings = (PROJECT / "briefing.yaml").read_text(encoding="utf-8")
    (folder / "briefing.yaml").write_text(f"{settings}\nrules:\n{alarms}", encoding="utf-8")
    made: dict[str, dict[str, Any]] = {stem: dict(facts) for stem, facts in own.items()}
    total = sum(len(facts) for stem, facts in made.items() if stem != "sources")
    for stem, key in _not_named(own, ids)[: max(0, total - count)]:
        del made[stem][key]
    number = 1
    while total < count:
        for stem, facts in own.items():
            copied = (
                {} if stem == ONCE else {f"{key}-{number}": _renamed(fact, ids, labels, number) for key, fact in facts.items()}
            )
            made[stem] |= copied
            total += len(copied) if stem != "sources" else 0
        number += 1
    for n in range(number):
        for record in own["sources"].values():
            name = record["seed"] if n == 0 else _seed(record["seed"], n)
            (folder / "seeds" / name).write_bytes((PROJECT / "seeds" / record["seed"]).read_bytes())
    _write(folder, made)
    return sum(len(facts) for stem, facts in made.items() if stem != "sources")


def _not_named(own: Mapping[str, Mapping[str, Any]], ids: set[str]) -> list[tuple[str, str]]:
    """The facts that no other names, in an order that takes from every kind alike."""
    named = {text for facts in own.values() for fact in facts.values() for text in _texts(fact) if text in ids}
    kinds = [[(stem, key) for key in facts if key not in named] for stem, facts in own.items() if stem not in ("sources", ONCE)]
    ranked = [(n / len(keys), at) for keys in kinds for n, at in enumerate(keys)]
    return [at for _, at in sorted(ranked)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for told in value.values() for text in _texts(told)]
    return [text for told in value for text in _texts(told)] if isinstance(value, list) else [value]


def _write(folder: Path, made: Mapping[str, Mapping[str, Any]]) -> None:
    for stem, facts in made.items():
        text = yaml.dump(facts, allow_unicode=True, sort_keys=False, width=118, Dumper=_Plain)
        (folder / "facts" / f"{stem}.yaml").write_text(text, encoding="utf-8")


def _renamed(value: Any, ids: set[str], labels: Mapping[str, str], number: int) -> Any:
    """A fact with every id in it that of the copy, and its seed too."""
    if isinstance(value, Mapping):
        return {
            (f"{key}-{number}" if key in ids else key): _seed(told, number)
            if key == "seed"
            else _renamed(told, ids, labels, number)
            for key, told in value.items()
            if key != "waivers"
        }
    if isinstance(value, list):
        return [_renamed(told, ids, labels, number) for told in value]
    if value in ids:
        return f"{value}-{number}"
    for label, letter in labels.items():
        value = value.replace(label, f"{letter}{chr(97 + number // 26)}{chr(97 + number % 26)}press")
    return value


def _seed(name: str, number: int) -> str:
    return f"{Path(name).stem}-{number}{Path(name).suffix}"


def _loaded(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_bytes(), yaml.BaseLoader))


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True
