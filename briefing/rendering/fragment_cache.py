"""Blocks of single facts on a page, kept from one layout to the next for as long as all that they show is as it was.

A block shows its fact, the facts that this one names, those that name it or render the same statement, and what stands around
every fact. Its citations are numbered from where the page has come to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markupsafe import Markup

from briefing.i18n.messages import Frame, Say
from briefing.model.attribution import Standings
from briefing.model.dossier import Dossier
from briefing.model.fact_text import Typed, typed
from briefing.model.facts import Fact, parts_of
from briefing.model.source import Passage
from briefing.rendering.site_map import SiteMap, Use


@dataclass
class Notes:
    """The numbered citations of one page, counted from 1 in the order in which its claims stand."""

    numbers: dict[Passage, int] = field(default_factory=dict)
    foot: dict[Passage, Use] = field(default_factory=dict)

    def number(self, use: Use) -> int:
        """The number of a quote on this page; a passage cited twice keeps its first."""
        return self.numbers.setdefault(use.passage, len(self.numbers) + 1)

    def is_new_at_foot(self, use: Use) -> bool:
        """Whether this is the first mark that leads to the quote's note at the foot of the page."""
        new = use.passage not in self.foot
        self.foot.setdefault(use.passage, use)
        return new


class Block(NamedTuple):
    """What was made for a fact: what it shows, its HTML, what was said in it, and the citations that were numbered anew."""

    shows: tuple[object, ...]
    html: Markup
    said: Mapping[str, Mapping[str, None]]
    numbers: Mapping[Passage, int]


class Blocks:
    """The blocks that were made last, by macro, page and fact, and what stood around all of them."""

    def __init__(self) -> None:
        self._around: object = None
        self._kept: dict[tuple[str, str, str], Block] = {}

    def of(self, dossier: Dossier, frame: Frame, facts: Mapping[str, Typed]) -> dict[tuple[str, str, str], Block]:
        """Those that may be used again in the pages of a dossier."""
        records = [facts[record.key] for record in dossier.of("sources")]
        around = list(dossier.sources.items()), records, dossier.settings, dossier.kinds, dossier.releases, frame
        if around != self._around:
            self._around, self._kept = around, {}
        return self._kept


class Making:
    """Makes the blocks of one layout, or takes those that were made before."""

    def __init__(self, where: SiteMap, standings: Standings, frame: Frame, blocks: Blocks) -> None:
        self.where = where
        self.standings = standings
        self.typed = typed(where.dossier)
        self.kept = blocks.of(where.dossier, frame, self.typed)

    def __call__(self, macro: Any, say: Say, fact: Fact, here: str, notes: Notes, *more: object) -> Markup:
        """What a macro makes of a fact."""
        at = macro.name, here, fact.key
        shows = *self._shown(fact), *self._cited(fact, notes), repr(more), fact.mark.line
        block = self.kept.get(at)
        if block is None or block.shows != shows:
            block = self.kept[at] = _made(shows, macro, say, fact, here, notes, *more)
        for page, told in block.said.items():
            say.said.setdefault(page, {}).update(told)
        notes.numbers.update(block.numbers)
        return block.html

    def _shown(self, fact: Fact) -> Iterator[Typed | None]:
        yield self.typed.get(fact.key)
        named = (key for _, _, key in fact.references)
        naming = (other.key for _, other in self.where.named_by.get(fact.key, ()))
        alike = (other.key for other in self.standings.renderings(fact))
        yield from (self.typed.get(key) for key in (*named, *naming, *alike))

    def _cited(self, fact: Fact, notes: Notes) -> Iterator[int | None]:
        yield len(notes.numbers)
        yield from (notes.numbers.get(use.passage) for part in parts_of(fact) for use in self.where.uses[part.key])


def _made(shows: tuple[object, ...], macro: Any, say: Say, fact: Fact, here: str, notes: Notes, *more: object) -> Block:
    """A block made anew, with what was said on the page before set apart meanwhile."""
    before, count = dict(say.said), len(notes.numbers)
    say.said.clear()
    html = macro(fact, here, notes, *more).strip()
    block = Block(shows, html, dict(say.said), dict(list(notes.numbers.items())[count:]))
    say.said.clear()
    say.said.update(before)
    return block
