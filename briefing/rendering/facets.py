"""What readers choose from: the actors, places, codes, kinds and sources that facts name, each as a value and its words."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from briefing.model.attribution import SAYS, Attributions
from briefing.model.dossier import Dossier
from briefing.model.facts import Fact, parts_by_field
from briefing.model.fields import field_texts, fields_of

MAX_HOLDERS = 8
Choices = list[tuple[str, str]]


def slug(code: object) -> str:
    """A code as a value without a space; nothing for none."""
    return str(code or "").replace(" ", "-")


def reference_choices(dossier: Dossier, facts: Iterable[Fact], name: str) -> Choices:
    """Whom or what a field of the facts names: ids and names, in the order in which they first come."""
    keys = dict.fromkeys(key for fact in facts for f in fields_of(type(fact)) if f.name == name for key in field_texts(fact, f))
    found = (fact for key in keys if (fact := dossier.fact(key)))
    return [(fact.key, fact.display_title) for fact in found]


def code_choices(facts: Iterable[Fact], name: str) -> Choices:
    """The codes that stand in a field of the facts, in the order in which the kind lists them."""
    told = {str(code) for fact in facts if (code := getattr(fact, name, None))}
    listed = dict.fromkeys(code for fact in facts for f in fields_of(type(fact)) if f.name == name for code in f.codes)
    return [(slug(code), code) for code in listed if code in told]


def source_choices(dossier: Dossier) -> Choices:
    """The sources: ids and labels."""
    return [(fact.key, str(fact.label)) for fact in dossier.records()]


def kind_choices(dossier: Dossier, excluded: Container[str]) -> Choices:
    """The kinds of which there are facts, some apart: stems and titles."""
    return [
        (kind.file_stem, kind.title)
        for kind in dossier.kinds
        if kind.file_stem not in excluded and any(dossier.facts_of_kind(kind.file_stem))
    ]


def reporting_source_ids(attributions: Attributions, fact: Any) -> str:
    """The ids of the sources that say a fact, with a space between."""
    return " ".join(one.source for one in attributions.attributions_of(fact, fact) if one.status == SAYS)


def holders_of(dossier: Dossier, disputes: Sequence[Fact]) -> list[Fact]:
    """Who holds positions in most disputes, at most so many as a table has room for, in the order of their files.

    Of those who hold as many, those come first who come first in the disputes.
    """
    counts: dict[str, int] = {}
    for dispute in disputes:
        held = dict.fromkeys(
            key for _, parts in parts_by_field(dispute) for part in parts for key in getattr(part, "held_by", ())
        )
        counts |= {str(key): counts.get(str(key), 0) + 1 for key in held}
    most = sorted(counts, key=lambda key: -counts[key])[:MAX_HOLDERS]
    return [fact for stem in ("sources", "actors") for fact in dossier.facts_of_kind(stem) if fact.key in most]


def dated_in(named: Iterable[tuple[str, str, Iterable[tuple[Fact, Any]]]]) -> list[Fact]:
    """Of the facts that name an actor or place, those with a date, each once."""
    facts = (fact for _, _, told in named for fact, _ in told if getattr(fact, "date", None) and hasattr(fact, "claim"))
    return list({fact.key: fact for fact in facts}.values())
