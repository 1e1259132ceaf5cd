"""Renders a dossier: `render` gives every generated file of the site as text, by its path. Nothing is read or written."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from importlib import resources
from typing import Any

from jinja2 import Environment

from briefing.diagnostics.problem import Location
from briefing.i18n.codebook import codebook_context
from briefing.i18n.escape import escaped
from briefing.i18n.messages import SiteContext, Translator
from briefing.model.attribution import Attributions
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact
from briefing.model.record import Record
from briefing.model.site_files import SEARCH_INDEX
from briefing.rendering.environment import page_environment, template_of_kind
from briefing.rendering.exports.json_ld import render_home_json_ld, render_json_ld
from briefing.rendering.exports.registry import Export, all_exports
from briefing.rendering.feed import FEED, render_feed
from briefing.rendering.footer import render_footer
from briefing.rendering.fragment_cache import FragmentCache, FragmentRenderer, Notes
from briefing.rendering.ledger import render_ledger
from briefing.rendering.page_contexts import EXCLUDED_KINDS, checks_context, fact_context, kind_context, source_context
from briefing.rendering.search_index import SearchIndex
from briefing.rendering.site_map import SiteMap
from briefing.rendering.social_card import Card, build_card
from briefing.text.words import collapse_whitespace

ASSETS = ("briefing.css", "layout.css", "frame.js", "briefing.js")  # loaded by every page
SEARCH_ASSETS = ("search.css", "search.js")  # loaded when a reader opens the search
HEADER_ASSETS = ("palette.js",)  # loaded by the header, before the page is painted


def render(
    dossier: Dossier,
    *,
    site_context: SiteContext | None = None,
    directory_urls: bool = True,
    relative_to_files: bool = False,
    full_texts: bool = False,
) -> dict[str, str]:
    """Every generated file by its path in the docs folder: Markdown pages, assets, data files, search index, ledger.

    The dossier must have no problems (or be `without` the facts that have). `full_texts` shows every source whole, which
    only a curator's own preview may do; otherwise a source is shown whole where its record says `text: full`. For
    `directory_urls` and `relative_to_files` see `SiteMap`.
    """
    renderer = SiteRenderer(
        dossier,
        site_context or SiteContext(),
        directory_urls=directory_urls,
        relative_to_files=relative_to_files,
        full_texts=full_texts,
    )
    return {path: renderer.render_file(path) for path in renderer.renderers}


class SiteRenderer:
    """The generated files of a dossier, each rendered when it is first asked for; `renderers` has their paths, in order.

    The interface words that a page uses are collected page by page, so that the ledger, which lists them all, is the same
    in whatever order pages are rendered. `edit_url` gives the address at which the line of a fact can be edited.
    `fragment_cache` holds blocks of an earlier renderer for a site with the same URLs.
    """

    def __init__(
        self,
        dossier: Dossier,
        site_context: SiteContext,
        *,
        directory_urls: bool = True,
        relative_to_files: bool = False,
        full_texts: bool = False,
        edit_url: Callable[[Location], str] | None = None,
        fragment_cache: FragmentCache | None = None,
    ) -> None:
        self.dossier = dossier
        self.edit_url = edit_url or (lambda location: "")
        self.fragment_cache = fragment_cache or FragmentCache()
        self.site_context = site_context
        self.site_map = SiteMap(dossier, directory_urls, relative_to_files)
        self.full_texts = full_texts
        self.search = SearchIndex(self.site_map, site_context.language)
        self._rendered: dict[str, str] = {}
        self._translators: dict[str, Translator] = {}
        self.renderers: dict[str, Callable[[], str]] = {path: partial(make, path) for path, make in self._renderers_by_path()}

    @cached_property
    def exports(self) -> tuple[Export, ...]:
        """The data files."""
        return all_exports(self.site_map)

    @property
    def card(self) -> Card:
        """The contents of the social card."""
        return self._card_and_words[0]

    @cached_property
    def _card_and_words(self) -> tuple[Card, Translator]:
        return build_card(self.site_map, self.site_context.language)

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """The meta description of pages that have one: the claim of their fact; on the home page, the bottom line."""
        lines = [line.claim for line in self.dossier.facts_of_kind("overview") if line.part == "bottom-line"]
        facts = [fact for fact in self.dossier.all_facts() if fact.has_page and isinstance(fact, Claim)]
        found = {self.site_map.path(fact): collapse_whitespace(fact.claim) for fact in facts}
        return found | {"index.md": collapse_whitespace(lines[0])} if lines else found

    @cached_property
    def env(self) -> Environment:
        """The templates and what they can use."""
        attributions = Attributions(self.dossier)
        env = page_environment(self.site_map, self.site_context.language, attributions)
        fragments = FragmentRenderer(self.site_map, attributions, self.site_context, self.fragment_cache)
        env.globals.update(edit_link=lambda fact: escaped(self.edit_url(fact.location)), cached_fragment=fragments)
        return env

    @cached_property
    def locations(self) -> dict[str, Location]:
        """The location that each page was made from: the line of its fact, or the file of its kind."""
        found: dict[str, Location] = {}
        for fact in self.dossier.all_facts():
            found.setdefault(self.site_map.path(fact), fact.location if fact.has_page else Location(fact.location.file))
            found.setdefault(self.site_map.index(fact.file_stem), Location(fact.location.file))
        return found

    def render_file(self, path: str) -> str:
        """The content of a generated file."""
        if path not in self._rendered:
            self._rendered[path] = self.renderers[path]()
        return self._rendered[path]

    def _renderers_by_path(self) -> Iterator[tuple[str, Callable[[str], str]]]:
        yield "index.md", self._render_home
        yield from self._fact_pages()
        yield "matrix.md", self._page("matrix.md.j2", dict)
        yield "checks.md", self._page("checks.md.j2", partial(checks_context, self.site_map, self.site_context))
        yield (
            "codebook.md",
            self._page("codebook.md.j2", partial(codebook_context, self.dossier.kinds, self.site_context.language)),
        )
        yield "data.md", self._page("data.md.j2", self._data_context)
        for name in (*ASSETS, *SEARCH_ASSETS, *HEADER_ASSETS):
            yield f"assets/{name}", self._read_asset
        for path in self.search.paths:
            yield path, self._render_search_piece
        if self.dossier.releases:
            yield FEED, lambda path: render_feed(self.site_map, self.site_context.language)
        for export in self.exports:
            yield export.path, partial(self._render_export, export)
        yield "ledger.json", self._render_ledger

    def _fact_pages(self) -> Iterator[tuple[str, Callable[[str], str]]]:
        """A page for each kind, then one for each fact that has a page of its own."""
        excluded = ("overview",) if self.dossier.releases else EXCLUDED_KINDS
        for kind in (kind for kind in self.dossier.kinds if kind.file_stem not in excluded):
            facts = () if kind.has_page else tuple(self.dossier.facts_of_kind(kind.file_stem))
            context = partial(kind_context, self.site_map, kind)
            yield self.site_map.index(kind.file_stem), self._page(template_of_kind(kind.file_stem), context, facts)
        for fact in (fact for fact in self.dossier.all_facts() if fact.has_page):
            if isinstance(fact, Record):
                of_source = partial(source_context, self.site_map, fact, self.full_texts)
                yield self.site_map.path(fact), self._page("one_source.md.j2", of_source, (fact,))
            else:
                yield self.site_map.path(fact), self._page("one.md.j2", partial(fact_context, self.site_map, fact), (fact,))

    def _page(self, template: str, context: Callable[[], dict[str, Any]], facts: Iterable[Fact] = ()) -> Callable[[str], str]:
        """A function that renders the page at a path."""
        return partial(self._render_page, template, context, facts)

    def _translator_for(self, path: str) -> Translator:
        self._translators[path] = Translator(path, language=self.site_context.language)
        return self._translators[path]

    def _render_page(self, template: str, context: Callable[[], dict[str, Any]], facts: Iterable[Fact], path: str) -> str:
        say = self._translator_for(path)
        text = self.env.get_template(template).render(here=path, notes=Notes(), say=say, **context()).strip()
        json_ld = render_json_ld(self.site_map, path, facts)
        return f"{text}\n\n{json_ld}" if json_ld else f"{text}\n"

    def _render_home(self, path: str) -> str:
        text = self._render_page("home.md.j2", dict, (), path)
        files = [(export.path, export.media_type) for export in self.exports]
        return f"{text}\n{render_home_json_ld(self.site_map, path, self._translators[path], files)}"

    def _render_export(self, export: Export, path: str) -> str:
        return export.render(self.site_map, self._translator_for(path))

    def _render_search_piece(self, path: str) -> str:
        return self.search.piece(path, self._translator_for(path))

    def _data_context(self) -> dict[str, Any]:
        sizes = {export.path: len(self.render_file(export.path).encode("utf-8")) for export in self.exports}
        return {"exports": self.exports, "sizes": sizes, "records": self.dossier.records()}

    def _read_asset(self, path: str) -> str:
        return resources.files("briefing.rendering").joinpath(path).read_text("utf-8")

    def _render_ledger(self, path: str) -> str:
        """The ledger; every page and file that uses interface words is rendered first."""
        with_words = {SEARCH_INDEX, *(export.path for export in self.exports)}
        for other in (other for other in self.renderers if other.endswith(".md") or other in with_words):
            self.render_file(other)
        say = Translator(language=self.site_context.language)
        used = [self._translators[other] for other in self.renderers if other in self._translators]
        for translator in (*used, self._card_and_words[1]):
            for page, texts in translator.texts_by_page.items():
                say.texts_by_page.setdefault(page, {}).update(texts)
        render_footer(self.dossier, self.site_context, say)
        return render_ledger(self.site_map, self.site_context, say)
