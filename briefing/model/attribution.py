"""Who says a fact: the position of each source on it, and the speaker it goes back to.

A machine knows what a briefing quotes, not what a source means. So a source is `silent` only where a silence proves it;
one that is merely not quoted is `not quoted`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.kinds import Dispute, Reaction, Silence
from briefing.model.located_text import Text
from briefing.model.parts import Position

S = TypeVar("S", Dispute, Silence)
SAYS, DIFFERS, SILENT, UNQUOTED = "says", "says differently", "silent", "not quoted"


@dataclass(frozen=True)
class Attribution:
    """The position of one source on a claim; `shown_by` is the fact that shows it, empty where the claim's quotes do."""

    source: str
    status: str
    shown_by: str = ""


@dataclass(frozen=True, eq=False)
class Attributions:
    """The position of every source on every claim of a dossier."""

    dossier: Dossier
    _cache: dict[str, tuple[Attribution, ...]] = field(default_factory=dict, repr=False)

    def attributions_of(self, fact: Fact, part: Claim) -> tuple[Attribution, ...]:
        """The position of each source on a claim of a fact, in the order of the sources file."""
        if part.key not in self._cache:
            found: dict[str, Attribution] = {}
            for key, status, by in self._find_statuses(fact, part):
                found.setdefault(key, Attribution(key, status, by))
            self._cache[part.key] = tuple(found.get(key, other) for key, other in self._default_attributions.items())
        return self._cache[part.key]

    def origins(self, fact: Fact, part: Claim) -> tuple[str, ...]:
        """Who a claim goes back to: the actors it is relayed from, or the sources that say it in their own voice."""
        rests_on = [self.dossier.fact(key) for key in part.rests_on]
        if rests_on:
            every = (self.origins(other, p) for other in rests_on if other for p in parts_of(other))
            return tuple(dict.fromkeys(origin for origins in every for origin in origins))
        return self.speakers(part) or tuple(s.source for s in self.attributions_of(fact, part) if s.status == SAYS)

    def one_origin(self, fact: Fact, part: Claim) -> Fact | None:
        """The one actor from whom two or more sources have a claim; those sources are then one origin."""
        speakers = self.speakers(part)
        many = sum(s.status == SAYS for s in self.attributions_of(fact, part)) > 1
        return self.dossier.fact(speakers[0]) if len(speakers) == 1 and many else None

    def speakers(self, part: Claim | Fact) -> tuple[str, ...]:
        """The ids of the actors who say it, by its fields; empty where a source says it in its own voice."""
        via = getattr(part, "via", ())
        if according_to := getattr(part, "according_to", ()):
            return tuple(map(str, according_to))
        if isinstance(part, Reaction) and (via or part.speech):
            return (str(part.actor),)
        if isinstance(part, Position):
            is_by_source = any(self.dossier.record(key) for key in part.held_by)
            return () if is_by_source else tuple(map(str, part.held_by))
        return tuple(map(str, via[:1]))

    def renderings(self, fact: Fact) -> tuple[Fact, ...]:
        """The other facts that render the same statement, whichever of them names it."""
        found: dict[str, None] = {fact.key: None}
        ahead = [fact.key]
        while ahead:
            new = [key for key in self._same_statement_links.get(ahead.pop(), ()) if key not in found]
            found |= dict.fromkeys(new)
            ahead += new
        return tuple(other for key in found if key != fact.key and (other := self.dossier.fact(key)))

    def quoted_sources(self, part: Claim) -> tuple[str, ...]:
        """The sources that a claim quotes, or that print the name of what it is about."""
        named = part.names if isinstance(part, Fact) and part.title_field == "name" else ()
        return tuple(dict.fromkeys(str(quote.source) for quote in (*self.dossier.quotes_of(part), *named)))

    def _find_statuses(self, fact: Fact, part: Claim) -> Iterator[tuple[str, str, str]]:
        """The evidence for positions, the strongest first: source, position, and the fact that shows it."""
        yield from ((key, SAYS, "") for key in self.quoted_sources(part))
        if part.key == fact.key:
            yield from ((key, SAYS, other.key) for other in self.renderings(fact) for key in self._sources_saying(other))
        for other in (other for other in parts_of(fact) if other.key != part.key):
            if tells := _relation_between(fact, part, other):
                yield from ((key, tells, other.key) for key in self.quoted_sources(other))
        same = (fact, *self.renderings(fact)) if part.key == fact.key else ()
        yield from (
            (key, DIFFERS, by.key) for one in same for by in self.disputes_about(one) for key in self._sources_saying(by)
        )
        yield from ((key, SILENT, by.key) for one in same for by in self.silences_about(one) for key in self.silent_sources(by))
        yield from (
            (key, DIFFERS, by.key)
            for one in same
            for by in self._content_disputes_about(one)
            for key in self._sources_saying(by)
        )

    def _sources_saying(self, fact: Fact) -> Iterator[str]:
        return (key for part in parts_of(fact) if part.relation for key in self.quoted_sources(part))

    def disputes_about(self, fact: Fact) -> tuple[Dispute, ...]:
        """The disputes about the matter of a fact, not only about its account or wording."""
        return tuple(dispute for dispute in self._content_disputes_about(fact) if dispute.is_substantive)

    def _content_disputes_about(self, fact: Fact) -> tuple[Dispute, ...]:
        """The disputes about a fact in which more than the wording differs."""
        return tuple(dispute for dispute in self._disputes_by_subject.get(fact.key, ()) if dispute.over != "the wording")

    def silences_about(self, fact: Fact) -> tuple[Silence, ...]:
        """The silences that prove, by words found nowhere, that sources do not mention a fact; itself if it is one."""
        itself = (fact,) if isinstance(fact, Silence) else ()
        return tuple(silence for silence in (*itself, *self._silences_by_subject.get(fact.key, ())) if silence.absent)

    def silent_sources(self, silence: Silence) -> tuple[str, ...]:
        """The sources in which a silence proves its words absent."""
        return tuple(map(str, silence.in_)) or tuple(self.dossier.sources)

    @cached_property
    def _default_attributions(self) -> Mapping[str, Attribution]:
        return {key: Attribution(key, UNQUOTED) for key in self.dossier.sources}

    @cached_property
    def _disputes_by_subject(self) -> Mapping[str, list[Dispute]]:
        return _by_subject(self.dossier.facts_of(Dispute))

    @cached_property
    def _silences_by_subject(self) -> Mapping[str, list[Silence]]:
        return _by_subject(self.dossier.facts_of(Silence))

    @cached_property
    def _same_statement_links(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fact in self.dossier.all_facts():
            for key in same_statement_ids(fact):
                found.setdefault(fact.key, []).append(str(key))
                found.setdefault(str(key), []).append(fact.key)
        return found


def _by_subject(facts: Iterable[S]) -> dict[str, list[S]]:
    """Disputes or silences by the id of each fact that they are about."""
    found: dict[str, list[S]] = {}
    for fact in facts:
        for key in fact.about:
            found.setdefault(str(key), []).append(fact)
    return found


def _relation_between(fact: Fact, part: Claim, other: Claim) -> str:
    """What the sources of one part of a fact say about another part, or about the fact itself."""
    if part.key == fact.key:
        return other.relation
    return part.relation if other.key == fact.key or other.relation == part.relation else ""


def same_statement_ids(fact: Fact) -> Iterable[Text]:
    """The facts that a fact names as renderings of the same statement."""
    ids: Iterable[Text] = getattr(fact, "same_statement", ())
    return ids
