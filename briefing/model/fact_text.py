"""Facts as they were typed: what tells that a fact is as it was the last time it was read."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefing.model.dossier import Dossier
from briefing.model.facts import Fact


class Typed(NamedTuple):
    """The kind of a fact, its id, and the lines that it was typed in; facts that are typed alike are read alike."""

    stem: str
    key: str
    lines: str


def typed(dossier: Dossier) -> Mapping[str, Typed]:
    """Each fact by its id with its lines, up to where the next begins."""
    return {told.key: told for kind in dossier.kinds for told in _of_kind(kind.stem, list(dossier.of(kind.stem)))}


def _of_kind(stem: str, facts: list[Fact]) -> Iterator[Typed]:
    for fact, after in zip(facts, [*facts[1:], None], strict=False):
        start = fact.mark.line
        end = max(after.mark.line, start + 1) if after else None
        yield Typed(stem, fact.key, "\n".join(fact.mark.origin.lines[start:end]))
