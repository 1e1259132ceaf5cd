"""Lays out a dossier: `render` gives every generated file of the site as text, by its path. Nothing is read or written."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, partial
from importlib import resources
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from briefing.diagnostics.problem import Location
from briefing.i18n import codebook
from briefing.i18n.catalog import message_catalog
from briefing.i18n.dates import date_words
from briefing.i18n.escape import anchor, escaped, escaped_piece, finalized
from briefing.i18n.markup import LanguageMarkup
from briefing.i18n.messages import SiteContext, Translator
from briefing.i18n.vocabulary import inverse_label
from briefing.model.attribution import SAYS, Attributions
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_by_field, parts_of
from briefing.model.fields import field_texts, fields_of
from briefing.model.kinds import Dispute, History
from briefing.model.quote_index import Use
from briefing.model.record import NOT_STATED, Record
from briefing.model.site_files import CARD_PATH, SEARCH_INDEX
from briefing.model.source import Paragraph, Passage
from briefing.model.usage import quotation_limits, waivers_of
from briefing.rendering import facets
from briefing.rendering.exports.citations import source_records
from briefing.rendering.exports.json_ld import render_home_json_ld, render_json_ld
from briefing.rendering.exports.registry import Export, all_exports
from briefing.rendering.feed import FEED, newest_first, render_feed
from briefing.rendering.field_values import by_date, displayed_fields, groups
from briefing.rendering.footer import render_footer
from briefing.rendering.fragment_cache import FragmentCache, FragmentRenderer, Notes
from briefing.rendering.ledger import render_ledger
from briefing.rendering.search_index import SearchIndex
from briefing.rendering.site_map import SiteMap
from briefing.rendering.social_card import Card, build_card
from briefing.rendering.source_page import source_page_context
from briefing.rendering.timeline_chart import draw_timeline
from briefing.text.edtf import read_date
from briefing.text.languages import LocalizedStr, lang_attributes
from briefing.text.text_fragments import is_found_once, text_fragment
from briefing.text.words import collapse_whitespace

ASSETS = ("briefing.css", "layout.css", "frame.js", "briefing.js")  # what every page loads
SEARCH_ASSETS = ("search.css", "search.js")  # what is loaded when a reader searches
_EXCLUDED_KINDS = ("overview", History.file_stem)  # what these name is not shown as naming it
_BLANK_LINES = re.compile(r"\n\s*\n|\n\s+")


def render(
    dossier: Dossier,
    *,
    site_context: SiteContext | None = None,
    directory_urls: bool = True,
    relative_to_files: bool = False,
    full_texts: bool = False,
) -> dict[str, str]:
    """Every generated file by its path in the docs folder: Markdown pages, the style sheet, the ledger.

    The dossier must be free of problems (or be `without` the wrong facts). `whole_texts` shows each source whole, which
    is for a curator's own preview; otherwise only a source whose record says `text: full` is. For `directory_urls` and
    `from_files` see `SiteMap`.
    """
    laid = SiteRenderer(
        dossier,
        site_context or SiteContext(),
        directory_urls=directory_urls,
        relative_to_files=relative_to_files,
        full_texts=full_texts,
    )
    return {path: laid.render_file(path) for path in laid.renderers}


class SiteRenderer:
    """The generated files of a dossier, each laid out when it is first asked for; `makers` has their paths, in order.

    What was said on a page is kept apart for each page, so that the ledger, which holds it all, is the same in whatever
    order pages were asked for. `edit` gives the address at which the place of a fact is edited. `blocks` are those of an
    earlier layout, with the same addresses.
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
        self.edit_url = edit_url or (lambda mark: "")
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
        """The data files, each with what makes it."""
        return all_exports(self.site_map)

    @cached_property
    def card(self) -> Card:
        """The picture beside a shared link, yet to be drawn."""
        card, self._translators[CARD_PATH] = build_card(self.site_map, self.site_context.language)
        return card

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """What a page is about, in a checked sentence where there is one: the bottom line's first, a fact's claim."""
        lines = [line.claim for line in self.dossier.facts_of_kind("overview") if line.part == "bottom-line"]
        facts = [fact for fact in self.dossier.all_facts() if fact.has_page and isinstance(fact, Claim)]
        found = {self.site_map.path(fact): collapse_whitespace(fact.claim) for fact in facts}
        return found | {"index.md": collapse_whitespace(lines[0])} if lines else found

    @cached_property
    def env(self) -> Environment:
        """The templates, with what they speak of."""
        standings = Attributions(self.dossier)
        env = _environment(self.site_map, self.site_context.language, standings)
        making = FragmentRenderer(self.site_map, standings, self.site_context, self.fragment_cache)
        env.globals.update(edit_link=lambda fact: escaped(self.edit_url(fact.location)), cached_fragment=making)
        return env

    @cached_property
    def locations(self) -> dict[str, Location]:
        """For each page the place in a file that it was made from: a fact's own, or the file of a kind."""
        found: dict[str, Location] = {}
        for fact in self.dossier.all_facts():
            found.setdefault(self.site_map.path(fact), fact.location if fact.has_page else Location(fact.location.file))
            found.setdefault(self.site_map.index(fact.file_stem), Location(fact.location.file))
        return found

    def render_file(self, path: str) -> str:
        """A generated file."""
        if path not in self._rendered:
            self._rendered[path] = self.renderers[path]()
        return self._rendered[path]

    def _renderers_by_path(self) -> Iterator[tuple[str, Callable[[str], str]]]:
        site_map, dossier = self.site_map, self.dossier
        yield "index.md", self._render_home
        left_out = ("overview",) if dossier.releases else _EXCLUDED_KINDS
        for kind in (kind for kind in dossier.kinds if kind.file_stem not in left_out):
            found = () if kind.has_page else tuple(dossier.facts_of_kind(kind.file_stem))
            yield (
                site_map.index(kind.file_stem),
                partial(self._render_page, _template(kind.file_stem), partial(self._kind_context, kind), facts=found),
            )
        for fact in (fact for fact in dossier.all_facts() if fact.has_page):
            if isinstance(fact, Record):
                yield (
                    site_map.path(fact),
                    partial(
                        self._render_page,
                        "one_source.md.j2",
                        partial(source_page_context, site_map, fact, self.full_texts),
                        facts=(fact,),
                    ),
                )
            else:
                yield (
                    site_map.path(fact),
                    partial(self._render_page, "one.md.j2", partial(self._fact_context, fact), facts=(fact,)),
                )
        yield "matrix.md", partial(self._render_page, "matrix.md.j2", dict)
        yield "checks.md", partial(self._render_page, "checks.md.j2", self._checks_context)
        yield "codebook.md", partial(self._render_page, "codebook.md.j2", self._codebook_context)
        yield "data.md", partial(self._render_page, "data.md.j2", self._data_context)
        for name in (*ASSETS, *SEARCH_ASSETS):
            yield f"assets/{name}", self._read_asset
        for path in self.search.paths:
            yield path, self._render_search_piece
        if dossier.releases:
            yield FEED, lambda path: render_feed(site_map, self.site_context.language)
        for export in self.exports:
            yield export.path, partial(self._render_export, export.render)
        yield "ledger.json", self._render_ledger

    def _render_page(self, template: str, context: Callable[[], dict[str, Any]], here: str, facts: Iterable[Fact] = ()) -> str:
        say = self._translators[here] = Translator(here, language=self.site_context.language)
        text = self.env.get_template(template).render(here=here, notes=Notes(), say=say, **context()).strip()
        return f"{text}\n\n{block}" if (block := render_json_ld(self.site_map, here, facts)) else f"{text}\n"

    def _render_home(self, here: str) -> str:
        text = self._render_page("home.md.j2", dict, here)
        files = [(export.path, export.media_type) for export in self.exports]
        return f"{text}\n{render_home_json_ld(self.site_map, here, self._translators[here], files)}"

    def _render_export(self, make: Callable[[SiteMap, Translator], str], path: str) -> str:
        say = self._translators[path] = Translator(path, language=self.site_context.language)
        return make(self.site_map, say)

    def _render_search_piece(self, path: str) -> str:
        say = self._translators[path] = Translator(path, language=self.site_context.language)
        return self.search.piece(path, say)

    def _kind_context(self, kind: type[Fact]) -> dict[str, Any]:
        return {"kind": kind, "facts": tuple(self.dossier.facts_of_kind(kind.file_stem))}

    def _fact_context(self, fact: Fact) -> dict[str, Any]:
        return {"fact": fact, "named": _mentions_of(self.site_map, fact)}

    def _checks_context(self) -> dict[str, Any]:
        records = self.dossier.records()
        limited = [(record, quotation_limits(record)) for record in records if record.limit and record.text_ != "full"]
        return {"rules": self.site_context.rules, "waivers": list(waivers_of(self.dossier)), "limited": limited}

    def _data_context(self) -> dict[str, Any]:
        sizes = {export.path: len(self.render_file(export.path).encode("utf-8")) for export in self.exports}
        return {"exports": self.exports, "sizes": sizes, "records": source_records(self.site_map)}

    def _codebook_context(self) -> dict[str, Any]:
        return codebook.codebook_context(self.dossier.kinds, self.site_context.language)

    def _read_asset(self, path: str) -> str:
        return resources.files("briefing.rendering").joinpath(path).read_text("utf-8")

    def _render_ledger(self, path: str) -> str:
        say, spoken = Translator(language=self.site_context.language), {SEARCH_INDEX, *(export.path for export in self.exports)}
        for path in (path for path in self.renderers if path.endswith(".md") or path in spoken):
            self.render_file(path)
        assert self.card
        for path in (path for path in (*self.renderers, CARD_PATH) if path in self._translators):
            for where_said, texts_said in self._translators[path].texts_by_page.items():
                say.texts_by_page.setdefault(where_said, {}).update(texts_said)
        render_footer(self.dossier, self.site_context, say)
        return render_ledger(self.site_map, self.site_context, say)


class _TemplateCache(BytecodeCache):
    """Templates as they were compiled, for every layout after the first; each by its own text."""

    def __init__(self) -> None:
        self._bytecode: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives a template what was compiled before, if anything."""
        bucket.code = self._bytecode.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._bytecode[bucket.key, bucket.checksum] = bucket.code


@cache
def _template_cache() -> _TemplateCache:
    return _TemplateCache()


def _environment(site_map: SiteMap, language: str, attributions: Attributions) -> Environment:
    told: dict[str, list[History]] = {}
    for change in newest_first(site_map.dossier):
        told.setdefault(str(change.of), []).append(change)
    env = Environment(
        loader=PackageLoader("briefing.rendering"),
        bytecode_cache=_template_cache(),
        autoescape=True,
        finalize=finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tongue = LanguageMarkup(language, site_map.dossier.settings.claim_language)
    env.filters.update(
        block=_html_block, heading=tongue.heading, anchor=anchor, piece=escaped_piece, wrap_inline=tongue.wrap_inline
    )
    env.filters.update(lang=tongue.lang_attribute_of_text)
    env.globals.update(
        site_map=site_map,
        dossier=site_map.dossier,
        claims_lang=tongue.claims_lang,
        with_lang=tongue.with_lang,
        stated=partial(_record_value, tongue),
        quote_lang=lambda use: lang_attributes(site_map.language_of(use), language, always=True),
        lang_of_source=partial(_lang_of_source, site_map, tongue),
        date_words=partial(date_words, language=language),
        decimal=message_catalog(language).decimal,
        parts_by_field=parts_by_field,
        read_date=read_date,
        fact_title=lambda fact: getattr(fact, fact.title_field),
        attributions_of=attributions.attributions_of,
        reported_by=partial(_reported_by, attributions, tongue),
        one_origin=attributions.one_origin,
        renderings=attributions.renderings,
        locator_text=partial(_locator_text, site_map),
        original=partial(_original, site_map),
        label_of=_label_of,
        displayed_fields=partial(displayed_fields, site_map, language),
        groups=partial(groups, site_map, language),
        by_date=by_date,
        timeline_chart=partial(draw_timeline, partial(date_words, language=language)),
        numbered=lambda groups: [(str(number), group) for number, (group, _) in enumerate(groups, 1) if group],
        reference_choices=partial(facets.reference_choices, site_map.dossier),
        code_choices=partial(_translated_code_choices, language),
        source_choices=partial(facets.source_choices, site_map.dossier),
        reporting_sources=partial(facets.reporting_source_ids, attributions),
        slug=facets.slug,
        kind_choices=partial(facets.kind_choices, site_map.dossier),
        holders_of=partial(facets.holders_of, site_map.dossier),
        dated_in=facets.dated_in,
        disputes_about=attributions.disputes_about,
        related=partial(_related, site_map),
        feed=FEED,
        newest_first=newest_first,
        changes_of=lambda fact: told.get(fact.key, ()),
        group_field_names=lambda kind: [f.name for f in fields_of(kind) if f.name == kind.group_field and not f.ref],
    )
    return env


def _label_of(owner: Any, name: str) -> str:
    """What a field of a kind, or of a fact, is called."""
    return next(f.meta.label for f in fields_of(owner if isinstance(owner, type) else type(owner)) if f.name == name)


def _template(stem: str) -> str:
    own = f"{stem}.md.j2"
    return own if resources.files("briefing.rendering").joinpath("templates", own).is_file() else "kind.md.j2"


def _html_block(html: str) -> Markup:
    """A block of raw HTML without blank lines or indentation, which Markdown would read, and with one after it."""
    return Markup(f"{_BLANK_LINES.sub(chr(10), html).strip()}\n")


def _reported_by(
    attributions: Attributions, language_markup: LanguageMarkup, say: Translator, fact: Fact, part: Claim
) -> Markup:
    """Which of the sources say it, in words; that another is not quoted does not mean that it is silent."""
    labels = [_fact_title(attributions.dossier, s.source) for s in attributions.attributions_of(fact, part) if s.status == SAYS]
    every = len(attributions.dossier.sources)
    if len(labels) == every > 1:
        return say("both-sources") if every == 2 else say("all-sources", count=every)
    return Markup(", ").join(map(language_markup.wrap_inline, labels))


def _fact_title(dossier: Dossier, key: str) -> str:
    fact = dossier.fact(key)
    return fact.display_title if fact else key


def _translated_code_choices(language: str, facts: Iterable[Fact], name: str) -> facets.Choices:
    """The codes that stand in a field of the facts, in the words of the site's language."""
    own = message_catalog(language)
    return [(value, own.declared_word(code, "code")) for value, code in facets.code_choices(facts, name)]


def _record_value(language_markup: LanguageMarkup, record: Record, text: str) -> Markup:
    """What the record of a source says of it: the source's own words, or that it does not state them."""
    own = (
        message_catalog(language_markup.site_language).declared_word(text, "code")
        if text == NOT_STATED
        else LocalizedStr(text, record.language)
    )
    return language_markup.with_lang(own)


def _lang_of_source(site_map: SiteMap, language_markup: LanguageMarkup, key: str, paragraph: Paragraph | None = None) -> Markup:
    """What an element that holds the words of a source, or of one of its paragraphs, says of their language."""
    record = site_map.dossier.record(key)
    own = paragraph.language if paragraph else ""
    return language_markup.lang_attribute(own or (str(record.language) if record else ""))


def _locator_text(site_map: SiteMap, say: Translator, use: Use) -> Markup:
    """Where a quote stands, in words."""
    passage, label = use.passage, _fact_title(site_map.dossier, use.quote.source)
    if passage.last_paragraph == passage.paragraph:
        return say("standing", source=label, number=passage.paragraph)
    return say("standing-range", source=label, number=passage.paragraph, last=passage.last_paragraph)


def _original(site_map: SiteMap, use: Use) -> Markup:
    """The address at the publisher's, at the very words; empty where there is none, or a browser would not find them."""
    record, source = site_map.dossier.record(use.quote.source), site_map.dossier.sources[use.quote.source]
    url = record.url if record else ""
    if not url.startswith(("http://", "https://")) or "#" in url or use.passage.last_paragraph != use.passage.paragraph:
        return Markup()
    return escaped(url) + Markup(text_fragment(use.exact)) if is_found_once(source.text, use.exact) else Markup()


def _mentions_of(site_map: SiteMap, fact: Fact) -> list[tuple[str, str, list[tuple[Fact, list[Claim]]]]]:
    """What names a fact, under a kind's title and the words for being named so: the parts of an actor's page, in order.

    Beside each fact stand those of its parts that name it in that way.
    """
    order = {kind.file_stem: n for n, kind in enumerate(site_map.dossier.kinds)}
    titles = {kind.file_stem: kind.title for kind in site_map.dossier.kinds}
    found: dict[tuple[int, str, str], list[tuple[Fact, list[Claim]]]] = {}
    for declared, other in site_map.named_by.get(fact.key, ()):
        if other.file_stem not in _EXCLUDED_KINDS:
            back = declared.meta.back or declared.meta.label
            at = order[other.file_stem], titles[other.file_stem], inverse_label(back)
            parts = [part for part in parts_of(other) if fact.key in getattr(part, declared.name, ())]
            found.setdefault(at, []).append((other, parts))
    return [(title, way, facts) for (_, title, way), facts in sorted(found.items(), key=lambda at: at[0][0])]


def _related(site_map: SiteMap, fact: Fact) -> list[Fact]:
    """The facts that a fact names by their claim, then those that name it; each once, and none that a dispute itself tells."""
    ids = (key for f in fields_of(type(fact)) if f.ref and not f.ref.kinds for key in field_texts(fact, f))
    named = [other for key in ids if (other := site_map.dossier.fact(key))]
    naming = [other for _, other in site_map.named_by.get(fact.key, ()) if other.file_stem not in _EXCLUDED_KINDS]
    told = [use.passage for part in parts_of(fact) for use in site_map.uses[part.key]] if isinstance(fact, Dispute) else []
    return [
        one for one in {other.key: other for other in (*named, *naming)}.values() if not _is_already_shown(site_map, one, told)
    ]


def _is_already_shown(site_map: SiteMap, fact: Fact, shown: Iterable[Passage]) -> bool:
    """Whether each quote of a fact shares words with passages that stand there already."""
    uses = site_map.uses.get(fact.key, ())
    return bool(uses) and all(any(_passages_overlap(use.passage, passage) for passage in shown) for use in uses)


def _passages_overlap(one: Passage, other: Passage) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end
