"""The choices of filters: actors, places, codes, kinds and sources, each as a pair of value and label."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from briefing.model.attribution import SAYS, Attributions
from briefing.model.dossier import Dossier
from briefing.model.facts import Fact, parts_by_field
from briefing.model.fields import field_texts, fields_of

MAX_HOLDERS = 8
Choices = list[tuple[str, str]]


def slug(code: object) -> str:
    """A code with hyphens for spaces; empty for None."""
    return str(code or "").replace(" ", "-")


def reference_choices(dossier: Dossier, facts: Iterable[Fact], name: str) -> Choices:
    """The facts that a field refers to, as id and title, in the order of their first use."""
    keys = dict.fromkeys(key for fact in facts for f in fields_of(type(fact)) if f.name == name for key in field_texts(fact, f))
    found = (fact for key in keys if (fact := dossier.fact(key)))
    return [(fact.key, fact.display_title) for fact in found]


def code_choices(facts: Iterable[Fact], name: str) -> Choices:
    """The codes used in a field, in the order in which the kind lists them."""
    used = {str(code) for fact in facts if (code := getattr(fact, name, None))}
    listed = dict.fromkeys(code for fact in facts for f in fields_of(type(fact)) if f.name == name for code in f.codes)
    return [(slug(code), code) for code in listed if code in used]


def source_choices(dossier: Dossier) -> Choices:
    """The sources, as id and label."""
    return [(record.key, str(record.label)) for record in dossier.records()]


def kind_choices(dossier: Dossier, excluded: Container[str]) -> Choices:
    """The kinds that have facts, as file stem and title, without the excluded ones."""
    return [
        (kind.file_stem, kind.title)
        for kind in dossier.kinds
        if kind.file_stem not in excluded and any(dossier.facts_of_kind(kind.file_stem))
    ]


def reporting_source_ids(attributions: Attributions, fact: Any) -> str:
    """The ids of the sources that state a fact, separated by spaces."""
    return " ".join(status.source for status in attributions.attributions_of(fact, fact) if status.status == SAYS)


def holders_of(dossier: Dossier, disputes: Sequence[Fact]) -> list[Fact]:
    """The `MAX_HOLDERS` actors and sources with positions in the most disputes, in the order of their files.

    Ties are broken by the order of the disputes.
    """
    counts: dict[str, int] = {}
    for dispute in disputes:
        holders = dict.fromkeys(
            key for _, parts in parts_by_field(dispute) for part in parts for key in getattr(part, "held_by", ())
        )
        counts |= {str(key): counts.get(str(key), 0) + 1 for key in holders}
    most = sorted(counts, key=lambda key: -counts[key])[:MAX_HOLDERS]
    return [fact for stem in ("sources", "actors") for fact in dossier.facts_of_kind(stem) if fact.key in most]


def dated_in(mentions: Iterable[tuple[str, str, Iterable[tuple[Fact, Any]]]]) -> list[Fact]:
    """The facts with a claim and a date among those that mention an actor or place, each once."""
    facts = (fact for _, _, group in mentions for fact, _ in group if getattr(fact, "date", None) and hasattr(fact, "claim"))
    return list({fact.key: fact for fact in facts}.values())
