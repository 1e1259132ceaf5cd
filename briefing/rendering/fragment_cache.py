"""Caches the rendered HTML of single facts between builds of the live preview.

A fragment depends on its fact, on the facts that this fact names, those that name it or give the same statement, on
inputs shared by all fragments, and on the citation numbers used so far on its page.
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
    """The numbered citations of one page, counted from 1 in the order of its claims."""

    numbers: dict[Passage, int] = field(default_factory=dict)
    footnotes: dict[Passage, Use] = field(default_factory=dict)

    def number(self, use: Use) -> int:
        """The number of a quote on this page; a passage that is cited twice keeps its number."""
        return self.numbers.setdefault(use.passage, len(self.numbers) + 1)

    def add_footnote(self, use: Use) -> bool:
        """Adds a quote to the notes at the end of the page; True if it is new there."""
        new = use.passage not in self.footnotes
        self.footnotes.setdefault(use.passage, use)
        return new


class CachedFragment(NamedTuple):
    """A rendered fragment: its inputs, its HTML, the interface texts in it, and the citation numbers that it added."""

    inputs: tuple[object, ...]
    html: Markup
    texts_by_page: Mapping[str, Mapping[str, None]]
    note_numbers: Mapping[Passage, int]


class FragmentCache:
    """The latest fragments by macro, page and fact, and the inputs that all of them share."""

    def __init__(self) -> None:
        self._shared_inputs: object = None
        self._fragments: dict[tuple[str, str, str], CachedFragment] = {}

    def fragments_for(
        self, dossier: Dossier, site_context: SiteContext, facts: Mapping[str, FactText]
    ) -> dict[tuple[str, str, str], CachedFragment]:
        """The fragments that are still valid for a dossier; all are dropped if a shared input changed."""
        records = [facts[record.key] for record in dossier.records()]
        inputs = list(dossier.sources.items()), records, dossier.settings, dossier.kinds, dossier.releases, site_context
        if inputs != self._shared_inputs:
            self._shared_inputs, self._fragments = inputs, {}
        return self._fragments


class FragmentRenderer:
    """Renders fragments for one build, or takes them from the cache."""

    def __init__(self, site_map: SiteMap, attributions: Attributions, site_context: SiteContext, cache: FragmentCache) -> None:
        self.site_map = site_map
        self.attributions = attributions
        self.fact_texts = fact_texts(site_map.dossier)
        self.fragments = cache.fragments_for(site_map.dossier, site_context, self.fact_texts)

    def __call__(self, macro: Any, say: Translator, fact: Fact, here: str, notes: Notes, *arguments: object) -> Markup:
        """The output of a macro for a fact."""
        place = macro.name, here, fact.key
        inputs = *self._shown_facts(fact), *self._citation_numbers(fact, notes), repr(arguments), fact.location.line
        fragment = self.fragments.get(place)
        if fragment is None or fragment.inputs != inputs:
            fragment = self.fragments[place] = _render_fragment(inputs, macro, say, fact, here, notes, *arguments)
        for page, texts in fragment.texts_by_page.items():
            say.texts_by_page.setdefault(page, {}).update(texts)
        notes.numbers.update(fragment.note_numbers)
        return fragment.html

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
    inputs: tuple[object, ...], macro: Any, say: Translator, fact: Fact, here: str, notes: Notes, *arguments: object
) -> CachedFragment:
    """Renders a fragment and records the interface texts that it alone uses."""
    before, count = dict(say.texts_by_page), len(notes.numbers)
    say.texts_by_page.clear()
    html = macro(fact, here, notes, *arguments).strip()
    fragment = CachedFragment(inputs, html, dict(say.texts_by_page), dict(list(notes.numbers.items())[count:]))
    say.texts_by_page.clear()
    say.texts_by_page.update(before)
    return fragment
