"""The dossier: everything that was read in a folder, with a problem for what could not be read."""

import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import Any, TypeVar

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import SOURCE_IS_UNCHANGED
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.fields import Quote
from briefing.model.quote_index import ClaimQuote, QuoteIndex, Use
from briefing.model.record import Record
from briefing.model.releases import Release
from briefing.model.settings import Settings
from briefing.model.source import Matches, Passage, Source

MatchesByQuote = Mapping[tuple[str, str], Matches]
"""Where quotes were found, by the id of the source and the words as typed."""

F = TypeVar("F", bound=Fact)
Derived = TypeVar("Derived")


@dataclass(frozen=True, eq=False)
class Dossier:
    """Facts by kind and id in the order of their files, the sources they quote, and what could not be read.

    `known_ids` holds the ids seen in each file, those of facts left out included; None for a file that could not be read.
    `matches` says where the quotes of its facts were found; `find_matches` computes it.
    """

    kinds: tuple[type[Fact], ...]
    facts: Mapping[str, Mapping[str, Fact]]
    sources: Mapping[str, Source]
    known_ids: Mapping[str, frozenset[str] | None]
    problems: tuple[Problem, ...] = ()
    settings: Settings = field(default_factory=Settings)
    releases: tuple[Release, ...] = ()
    matches: MatchesByQuote = field(default_factory=dict, repr=False)
    derived: dict[Callable[..., Any], Any] = field(default_factory=dict, init=False, repr=False)  # see `once_per_dossier`

    def facts_of_kind(self, stem: str) -> Collection[Any]:
        """The facts of one kind, in file order."""
        return self.facts.get(stem, {}).values()

    def facts_of(self, kind: type[F]) -> Collection[F]:
        """The facts of a built-in kind, in file order."""
        return typing.cast(Collection[F], self.facts_of_kind(kind.file_stem))

    def records(self) -> Collection[Record]:
        """The records of the sources, in file order; also of those whose seed could not be read."""
        return self.facts_of(Record)

    def record(self, source: str) -> Record | None:
        """The record of a source, by the id that both share."""
        found = self.facts.get(Record.file_stem, {}).get(source)
        return found if isinstance(found, Record) else None

    def all_facts(self) -> Iterator[Fact]:
        """Every fact of every kind, sources included, in the order of the kinds and their files."""
        for kind in self.kinds:
            yield from self.facts.get(kind.file_stem, {}).values()

    def fact(self, key: str, stems: Sequence[str] = ()) -> Fact | None:
        """The fact of that id, among the kinds named or among all."""
        for stem in stems or tuple(self.facts):
            if key in self.facts.get(stem, {}):
                return self.facts[stem][key]
        return None

    def is_known(self, key: str, stems: Sequence[str] = ()) -> bool:
        """Whether a file has that id, even for a fact that was left out; true where the file could not be read."""
        return any(
            (ids := self.known_ids.get(stem, frozenset())) is None or key in ids for stem in stems or tuple(self.known_ids)
        )

    def was_released(self, key: str) -> bool:
        """Whether a release has a fact of that id."""
        return any(key in release.facts for release in self.releases)

    def all_facts_loaded(self) -> bool:
        """Whether every fact that was written could be read; only then is what no fact uses truly unused."""
        return all(problem.rule == SOURCE_IS_UNCHANGED for problem in self.problems)

    def quotes_of(self, cited: Claim) -> tuple[Quote, ...]:
        """The quotes that support a claim: its own, or those of the facts it rests on; none while one of these has none."""
        if not cited.rests_on:
            return cited.quotes
        rests_on = [self.fact(key) for key in cited.rests_on]
        quotes = [[q for part in parts_of(fact) for q in part.quotes] if fact else [] for fact in rests_on]
        return tuple(dict.fromkeys(q for found in quotes for q in found)) if all(quotes) else ()

    def is_checkable(self, cited: Claim) -> bool:
        """Whether a claim can be compared with its quotes: each was found, and each fact that it rests on was read.

        Otherwise that is the problem to report, and not that the quotes lack a word of the claim.
        """
        return all(map(self.fact, cited.rests_on)) and all(map(self.passage_of, self.quotes_of(cited)))

    @cached_property
    def quote_index(self) -> QuoteIndex:
        """Every quote of every claim, with the passage where it was found."""
        return QuoteIndex(tuple(self._claim_quotes()))

    def _claim_quotes(self) -> Iterator[ClaimQuote]:
        for fact in self.all_facts():
            for part in parts_of(fact):
                for number, quote in enumerate(part.quotes, 1):
                    passage = self.passage_of(quote)
                    if passage is None:
                        yield ClaimQuote(fact, part, number, quote, None)
                    else:
                        exact = self.sources[quote.source].exact_text(passage)
                        yield Use(fact, part, number, quote, passage, exact)

    def find_quote(self, quote: Quote) -> Matches:
        """Where a quote was found in its source; nowhere if that source could not be read."""
        found = self.matches.get((quote.source, quote.text))
        if found is not None:
            return found
        source = self.sources.get(quote.source)
        return source.find(quote.text) if source else Matches()

    def passage_of(self, quote: Quote) -> Passage | None:
        """The one passage of a quote that is verbatim, whole and unique; None for any other."""
        matches = self.find_quote(quote).whole_words
        return matches[0] if len(matches) == 1 else None

    def counts(self) -> dict[str, int]:
        """How much there is: facts (sources apart), quotes, sources, paragraphs."""
        return {
            "facts": sum(not isinstance(fact, Record) for fact in self.all_facts()),
            "quotes": len(self.quote_index.quotes),
            "sources": len(self.sources),
            "paragraphs": sum(len(source.paragraphs) for source in self.sources.values()),
        }

    def without(self, excluded: Iterable[str]) -> "Dossier":
        """The dossier without the facts of those ids, those whose quotes were not found, and those that depend on either."""
        left = {key for key in excluded if not isinstance(self.fact(key), Record)}
        left |= {one.fact.key for one in self.quote_index.quotes if one.passage is None}
        left |= {f.key for f in self.all_facts() if any(name.source not in self.sources for name in f.names)}
        while dangling := {f.key for f in self.all_facts() if f.key not in left and self._depends_on(f, left)}:
            left |= dangling
        facts = {stem: {k: f for k, f in of.items() if k not in left} for stem, of in self.facts.items()}
        return replace(self, facts=facts)

    def _depends_on(self, fact: Fact, left: set[str]) -> bool:
        """Whether a fact requires another that is left out, or one that does not exist."""
        needed = ((ref.kinds, key) for f, ref, key in fact.references if f.required and not ref.or_released)
        return any(key in left or self.fact(key, kinds) is None for kinds, key in needed)


def find_matches(
    facts: Iterable[Fact], sources: Mapping[str, Source], known: MatchesByQuote = types.MappingProxyType({})
) -> MatchesByQuote:
    """Where every quote of some facts is in its source; `known` holds what was found in the same sources before."""
    found: dict[tuple[str, str], Matches] = {}
    for quote in (quote for fact in facts for part in parts_of(fact) for quote in part.quotes):
        at = str(quote.source), str(quote.text)  # plain strings: a `Text` would hold on to the text of its file
        if at not in found and at[0] in sources:
            found[at] = known.get(at) or sources[at[0]].find(at[1])
    return found


def once_per_dossier(function: Callable[[Dossier], Derived]) -> Callable[[Dossier], Derived]:
    """Makes a function run once for each dossier; the dossier stores the result, so both are freed together."""

    @wraps(function)
    def cached(dossier: Dossier) -> Derived:
        if function not in dossier.derived:
            dossier.derived[function] = function(dossier)
        result: Derived = dossier.derived[function]
        return result

    return cached
