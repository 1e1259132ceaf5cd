"""Blocks of single facts on a page, kept from one layout to the next for as long as all that they show is as it was.

A block shows its fact, the facts that this one names, those that name it or render the same statement, and what stands around
every fact. Its citations are numbered from where the page has come to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markupsafe import Markup

from briefing.i18n.messages import SiteContext, Translator
from briefing.model.attribution import Attributions
from briefing.model.dossier import Dossier
from briefing.model.fact_text import FactText, fact_texts
from briefing.model.facts import Fact, parts_of
from briefing.model.quote_index import Use
from briefing.model.source import Passage
from briefing.rendering.site_map import SiteMap


@dataclass
class Notes:
    """The numbered citations of one page, counted from 1 in the order in which its claims stand."""

    numbers: dict[Passage, int] = field(default_factory=dict)
    footnotes: dict[Passage, Use] = field(default_factory=dict)

    def number(self, use: Use) -> int:
        """The number of a quote on this page; a passage cited twice keeps its first."""
        return self.numbers.setdefault(use.passage, len(self.numbers) + 1)

    def add_footnote(self, use: Use) -> bool:
        """Whether this is the first mark that leads to the quote's note at the foot of the page."""
        new = use.passage not in self.footnotes
        self.footnotes.setdefault(use.passage, use)
        return new


class CachedFragment(NamedTuple):
    """What was made for a fact: what it shows, its HTML, what was said in it, and the citations that were numbered anew."""

    inputs: tuple[object, ...]
    html: Markup
    texts_by_page: Mapping[str, Mapping[str, None]]
    note_numbers: Mapping[Passage, int]


class FragmentCache:
    """The blocks that were made last, by macro, page and fact, and what stood around all of them."""

    def __init__(self) -> None:
        self._shared_inputs: object = None
        self._fragments: dict[tuple[str, str, str], CachedFragment] = {}

    def fragments_for(
        self, dossier: Dossier, site_context: SiteContext, facts: Mapping[str, FactText]
    ) -> dict[tuple[str, str, str], CachedFragment]:
        """Those that may be used again in the pages of a dossier."""
        records = [facts[record.key] for record in dossier.records()]
        around = list(dossier.sources.items()), records, dossier.settings, dossier.kinds, dossier.releases, site_context
        if around != self._shared_inputs:
            self._shared_inputs, self._fragments = around, {}
        return self._fragments


class FragmentRenderer:
    """Makes the blocks of one layout, or takes those that were made before."""

    def __init__(self, site_map: SiteMap, attributions: Attributions, site_context: SiteContext, cache: FragmentCache) -> None:
        self.site_map = site_map
        self.attributions = attributions
        self.fact_texts = fact_texts(site_map.dossier)
        self.fragments = cache.fragments_for(site_map.dossier, site_context, self.fact_texts)

    def __call__(self, macro: Any, say: Translator, fact: Fact, here: str, notes: Notes, *more: object) -> Markup:
        """What a macro makes of a fact."""
        at = macro.name, here, fact.key
        shows = *self._shown_facts(fact), *self._citation_numbers(fact, notes), repr(more), fact.location.line
        block = self.fragments.get(at)
        if block is None or block.inputs != shows:
            block = self.fragments[at] = _render_fragment(shows, macro, say, fact, here, notes, *more)
        for page, told in block.texts_by_page.items():
            say.texts_by_page.setdefault(page, {}).update(told)
        notes.numbers.update(block.note_numbers)
        return block.html

    def _shown_facts(self, fact: Fact) -> Iterator[FactText | None]:
        yield self.fact_texts.get(fact.key)
        named = (key for _, _, key in fact.references)
        naming = (other.key for _, other in self.site_map.named_by.get(fact.key, ()))
        alike = (other.key for other in self.attributions.renderings(fact))
        yield from (self.fact_texts.get(key) for key in (*named, *naming, *alike))

    def _citation_numbers(self, fact: Fact, notes: Notes) -> Iterator[int | None]:
        yield len(notes.numbers)
        yield from (notes.numbers.get(use.passage) for part in parts_of(fact) for use in self.site_map.uses[part.key])


def _render_fragment(
    inputs: tuple[object, ...], macro: Any, say: Translator, fact: Fact, here: str, notes: Notes, *more: object
) -> CachedFragment:
    """A block made anew, with what was said on the page before set apart meanwhile."""
    before, count = dict(say.texts_by_page), len(notes.numbers)
    say.texts_by_page.clear()
    html = macro(fact, here, notes, *more).strip()
    block = CachedFragment(inputs, html, dict(say.texts_by_page), dict(list(notes.numbers.items())[count:]))
    say.texts_by_page.clear()
    say.texts_by_page.update(before)
    return block
