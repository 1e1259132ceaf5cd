"""The Jinja environment of the templates: its filters, and the functions and values that every template can use."""

import re
from collections.abc import Iterable
from functools import cache, partial
from importlib import resources
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from briefing.i18n.catalog import message_catalog
from briefing.i18n.dates import date_words
from briefing.i18n.escape import anchor, escaped, escaped_piece, finalized
from briefing.i18n.markup import LanguageMarkup
from briefing.i18n.messages import Translator
from briefing.model.attribution import SAYS, Attributions
from briefing.model.facts import Claim, Fact, parts_by_field
from briefing.model.fields import fields_of
from briefing.model.kinds import History
from briefing.model.quote_index import Use
from briefing.model.record import NOT_STATED, Record
from briefing.model.source import Paragraph
from briefing.rendering import facets
from briefing.rendering.feed import FEED, newest_first
from briefing.rendering.field_values import by_date, displayed_fields, groups
from briefing.rendering.page_contexts import related_facts
from briefing.rendering.site_map import SiteMap, fact_title, locator_message, web_url
from briefing.rendering.timeline_chart import draw_timeline
from briefing.text.edtf import read_date
from briefing.text.languages import LocalizedStr, lang_attributes
from briefing.text.text_fragments import is_found_once, text_fragment

_BLANK_LINES = re.compile(r"\n\s*\n|\n\s+")


class TemplateCache(BytecodeCache):
    """Compiled templates, kept in memory for later environments of the process; looked up by name and checksum."""

    def __init__(self) -> None:
        self._bytecode: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket with the code compiled before, if any."""
        bucket.code = self._bytecode.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Stores newly compiled code."""
        self._bytecode[bucket.key, bucket.checksum] = bucket.code


@cache
def _template_cache() -> TemplateCache:
    return TemplateCache()


def base_environment() -> Environment:
    """The templates of this package with autoescape on; an undefined name is an error."""
    return Environment(
        loader=PackageLoader("briefing.rendering"),
        bytecode_cache=_template_cache(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_environment(site_map: SiteMap, language: str, attributions: Attributions) -> Environment:
    """The templates of pages, for a site in one language."""
    changes: dict[str, list[History]] = {}
    for change in newest_first(site_map.dossier):
        changes.setdefault(str(change.of), []).append(change)
    env = base_environment()
    env.finalize = finalized
    markup = LanguageMarkup(language, site_map.dossier.settings.claim_language)
    env.filters.update(
        block=_html_block,
        heading=markup.heading,
        anchor=anchor,
        piece=escaped_piece,
        wrap_inline=markup.wrap_inline,
        lang=markup.lang_attribute_of_text,
    )
    env.globals.update(
        site_map=site_map,
        dossier=site_map.dossier,
        claims_lang=markup.claims_lang,
        with_lang=markup.with_lang,
        stated=partial(_record_value, markup),
        not_stated=NOT_STATED,
        quote_lang=lambda use: lang_attributes(site_map.language_of(use), language, always=True),
        lang_of_source=partial(_lang_of_source, site_map, markup),
        date_words=partial(date_words, language=language),
        decimal=message_catalog(language).decimal,
        parts_by_field=parts_by_field,
        read_date=read_date,
        fact_title=fact_title,
        attributions_of=attributions.attributions_of,
        reported_by=partial(_reported_by, attributions, markup),
        one_origin=attributions.one_origin,
        renderings=attributions.renderings,
        locator_text=partial(_locator_text, site_map),
        web_url=web_url,
        original_url=partial(_original_url, site_map),
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
        related=partial(related_facts, site_map),
        feed=FEED,
        newest_first=newest_first,
        changes_of=lambda fact: changes.get(fact.key, ()),
        group_field_names=lambda kind: [f.name for f in fields_of(kind) if f.name == kind.group_field and not f.ref],
    )
    return env


def template_of_kind(stem: str) -> str:
    """The name of the template for the page of a kind: one with the kind's name where there is one, or the general one."""
    name = f"{stem}.md.j2"
    return name if resources.files("briefing.rendering").joinpath("templates", name).is_file() else "kind.md.j2"


def _label_of(owner: Any, name: str) -> str:
    """The label of a field of a kind, or of a fact's kind."""
    return next(f.meta.label for f in fields_of(owner if isinstance(owner, type) else type(owner)) if f.name == name)


def _html_block(html: str) -> Markup:
    """A block of raw HTML without blank lines or indentation, which Markdown would read, and with one after it."""
    return Markup(f"{_BLANK_LINES.sub(chr(10), html).strip()}\n")


def _reported_by(attributions: Attributions, markup: LanguageMarkup, say: Translator, fact: Fact, part: Claim) -> Markup:
    """Which sources state a claim, in words."""
    dossier = attributions.dossier
    keys = [status.source for status in attributions.attributions_of(fact, part) if status.status == SAYS]
    count = len(dossier.sources)
    if len(keys) == count > 1:
        return say("both-sources") if count == 2 else say("all-sources", count=count)
    return Markup(", ").join(markup.wrap_inline(fact_title(dossier.fact(key))) for key in keys)


def _translated_code_choices(language: str, facts: Iterable[Fact], name: str) -> facets.Choices:
    """The codes used in a field of the facts, each with its word in the language of the site."""
    catalog = message_catalog(language)
    return [(value, catalog.declared_word(code, "code")) for value, code in facets.code_choices(facts, name)]


def _record_value(markup: LanguageMarkup, record: Record, text: str) -> Markup:
    """A value of a source's record, in the language of the source; `not stated` in that of the site."""
    if text == NOT_STATED:
        return markup.with_lang(message_catalog(markup.site_language).declared_word(text, "code"))
    return markup.with_lang(LocalizedStr(text, record.language))


def _lang_of_source(site_map: SiteMap, markup: LanguageMarkup, key: str, paragraph: Paragraph | None = None) -> Markup:
    """The `lang` attribute of an element with words of a source, or of a paragraph in a language of its own."""
    record = site_map.dossier.record(key)
    language = paragraph.language if paragraph else ""
    return markup.lang_attribute(language or (str(record.language) if record else ""))


def _locator_text(site_map: SiteMap, say: Translator, use: Use) -> Markup:
    """The source and paragraph of a quote, in words."""
    key, values = locator_message(site_map.dossier, use)
    return say(key, **values)


def _original_url(site_map: SiteMap, use: Use) -> Markup:
    """The URL of the original, with a fragment that opens it at the quote; empty where a browser would not find the quote."""
    record, source = site_map.dossier.record(use.quote.source), site_map.dossier.sources[use.quote.source]
    url = web_url(record) if record else ""
    if not url or "#" in url or use.passage.last_paragraph != use.passage.paragraph:
        return Markup()
    return escaped(url) + Markup(text_fragment(use.exact)) if is_found_once(source.text, use.exact) else Markup()
