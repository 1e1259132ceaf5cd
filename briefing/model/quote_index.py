"""Every quote of a dossier, with the claim that cites it and the passage of the source where it was found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from briefing.model.facts import Claim, Fact
from briefing.model.fields import Quote
from briefing.model.source import Passage

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class ClaimQuote:
    """One quote of one claim; `number` counts the claim's quotes from 1.

    `passage` is None unless the quote is verbatim, made of whole words, and found exactly once in its source.
    """

    fact: Fact
    part: Claim
    number: int
    quote: Quote
    passage: Passage | None

    @property
    def anchor(self) -> str:
        """The id of the quote's element on the page of its fact."""
        return f"{self.part.key}.{self.number}"


@dataclass(frozen=True, eq=False)
class Use(ClaimQuote):
    """A quote that was found; `exact` holds the characters of the seed at its passage, white space collapsed."""

    passage: Passage
    exact: str

    def covers(self, passage: Passage) -> bool:
        """Whether the whole of a passage of the same source is quoted."""
        return self.passage.start <= passage.start and passage.end <= self.passage.end

    def overlaps(self, passage: Passage) -> bool:
        """Whether any of a passage of the same source is quoted."""
        return self.passage.start < passage.end and passage.start < self.passage.end


@dataclass(frozen=True, eq=False)
class QuoteIndex:
    """The quotes of every claim in the order of the facts, and the same by source and by claim."""

    quotes: tuple[ClaimQuote, ...]

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """The quotes that were found."""
        return tuple(quote for quote in self.quotes if isinstance(quote, Use))

    @cached_property
    def _quotes_by_source(self) -> Mapping[str, tuple[ClaimQuote, ...]]:
        return _group(self.quotes, lambda one: str(one.quote.source))

    @cached_property
    def _uses_by_source(self) -> Mapping[str, tuple[Use, ...]]:
        return _group(self.uses, lambda use: use.passage.source)

    @cached_property
    def _uses_by_claim(self) -> Mapping[str, tuple[Use, ...]]:
        return _group(self.uses, lambda use: use.part.key)

    def quotes_of_source(self, source: str) -> tuple[ClaimQuote, ...]:
        """The quotes that name a source by its id, found or not."""
        return self._quotes_by_source.get(source, ())

    def uses_of_source(self, source: str) -> tuple[Use, ...]:
        """The quotes that were found in a source."""
        return self._uses_by_source.get(source, ())

    def uses_of_claim(self, key: str) -> tuple[Use, ...]:
        """The quotes of a claim (by the key of its fact or part) that were found."""
        return self._uses_by_claim.get(key, ())


def _group(items: Iterable[T], key: Callable[[T], str]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return {name: tuple(group) for name, group in found.items()}
