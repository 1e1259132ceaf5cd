"""The source text of each fact, by which a preview sees which facts have changed."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefing.model.dossier import Dossier
from briefing.model.facts import Fact


class FactText(NamedTuple):
    """The kind of a fact, its id and its lines in the file; facts with equal lines are read in the same way."""

    file_stem: str
    key: str
    lines: str


def fact_texts(dossier: Dossier) -> Mapping[str, FactText]:
    """Each fact by its id with its lines, up to where the next begins."""
    return {
        text.key: text
        for kind in dossier.kinds
        for text in _texts_of_kind(kind.file_stem, list(dossier.facts_of_kind(kind.file_stem)))
    }


def _texts_of_kind(stem: str, facts: list[Fact]) -> Iterator[FactText]:
    for fact, after in zip(facts, [*facts[1:], None], strict=False):
        start = fact.location.line
        end = max(after.location.line, start + 1) if after else None
        yield FactText(stem, fact.key, "\n".join(fact.location.file.lines[start:end]))
