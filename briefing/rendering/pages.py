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

from briefing.diagnostics.problem import Mark
from briefing.i18n import codebook
from briefing.i18n.catalog import catalogue_of
from briefing.i18n.dates import date_words
from briefing.i18n.escape import anchor, escaped, escaped_piece, finalized
from briefing.i18n.markup import Tongue
from briefing.i18n.messages import Frame, Say
from briefing.i18n.vocabulary import way
from briefing.model.attribution import SAYS, Standings
from briefing.model.dossier import Dossier
from briefing.model.facts import Cited, Fact, fields_of, parts_by_field, parts_of, texts
from briefing.model.kinds import Dispute, History
from briefing.model.record import NOT_STATED, Record
from briefing.model.site_files import CARD, SEARCH_INDEX
from briefing.model.source import Paragraph, Passage
from briefing.model.usage import limits_of, waivers_of
from briefing.rendering import facets
from briefing.rendering.exports.citations import records_of
from briefing.rendering.exports.json_ld import linked, linked_home
from briefing.rendering.exports.registry import Export, exports
from briefing.rendering.feed import FEED, feed, newest_first
from briefing.rendering.field_values import by_date, groups, values
from briefing.rendering.footer import foot
from briefing.rendering.fragment_cache import Blocks, Making, Notes
from briefing.rendering.ledger import ledger
from briefing.rendering.search_index import Search
from briefing.rendering.site_map import SiteMap, Use
from briefing.rendering.social_card import Card, card_of
from briefing.rendering.source_page import of_source
from briefing.rendering.timeline_chart import drawn
from briefing.text.edtf import read_date
from briefing.text.languages import Told, attributes
from briefing.text.text_fragments import fragment, is_found_once
from briefing.text.words import collapse

ASSETS = ("briefing.css", "layout.css", "frame.js", "briefing.js")  # what every page loads
LATER = ("search.css", "search.js")  # what is loaded when a reader searches
_APART = ("overview", History.stem)  # what these name is not shown as naming it
_BLANK_LINES = re.compile(r"\n\s*\n|\n\s+")


def render(
    dossier: Dossier,
    *,
    frame: Frame | None = None,
    directory_urls: bool = True,
    from_files: bool = False,
    whole_texts: bool = False,
) -> dict[str, str]:
    """Every generated file by its path in the docs folder: Markdown pages, the style sheet, the ledger.

    The dossier must be free of problems (or be `without` the wrong facts). `whole_texts` shows each source whole, which
    is for a curator's own preview; otherwise only a source whose record says `text: full` is. For `directory_urls` and
    `from_files` see `SiteMap`.
    """
    laid = Layout(dossier, frame or Frame(), directory_urls=directory_urls, from_files=from_files, whole_texts=whole_texts)
    return {path: laid.text(path) for path in laid.makers}


class Layout:
    """The generated files of a dossier, each laid out when it is first asked for; `makers` has their paths, in order.

    What was said on a page is kept apart for each page, so that the ledger, which holds it all, is the same in whatever
    order pages were asked for. `edit` gives the address at which the place of a fact is edited. `blocks` are those of an
    earlier layout, with the same addresses.
    """

    def __init__(
        self,
        dossier: Dossier,
        frame: Frame,
        *,
        directory_urls: bool = True,
        from_files: bool = False,
        whole_texts: bool = False,
        edit: Callable[[Mark], str] | None = None,
        blocks: Blocks | None = None,
    ) -> None:
        self.dossier = dossier
        self.edit = edit or (lambda mark: "")
        self.blocks = blocks or Blocks()
        self.frame = frame
        self.where = SiteMap(dossier, directory_urls, from_files)
        self.whole_texts = whole_texts
        self.search = Search(self.where, frame.language)
        self._made: dict[str, str] = {}
        self._said: dict[str, Say] = {}
        self.makers: dict[str, Callable[[], str]] = {path: partial(make, path) for path, make in self._all()}

    @cached_property
    def exports(self) -> tuple[Export, ...]:
        """The data files, each with what makes it."""
        return exports(self.where)

    @cached_property
    def card(self) -> Card:
        """The picture beside a shared link, yet to be drawn."""
        card, self._said[CARD] = card_of(self.where, self.frame.language)
        return card

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """What a page is about, in a checked sentence where there is one: the bottom line's first, a fact's claim."""
        lines = [line.claim for line in self.dossier.of("overview") if line.part == "bottom-line"]
        facts = [fact for fact in self.dossier.every() if fact.paged and isinstance(fact, Cited)]
        found = {self.where.path(fact): collapse(fact.claim) for fact in facts}
        return found | {"index.md": collapse(lines[0])} if lines else found

    @cached_property
    def env(self) -> Environment:
        """The templates, with what they speak of."""
        standings = Standings(self.dossier)
        env = _environment(self.where, self.frame.language, standings)
        making = Making(self.where, standings, self.frame, self.blocks)
        env.globals.update(edit_link=lambda fact: escaped(self.edit(fact.mark)), kept=making)
        return env

    @cached_property
    def places(self) -> dict[str, Mark]:
        """For each page the place in a file that it was made from: a fact's own, or the file of a kind."""
        found: dict[str, Mark] = {}
        for fact in self.dossier.every():
            found.setdefault(self.where.path(fact), fact.mark if fact.paged else Mark(fact.mark.origin))
            found.setdefault(self.where.index(fact.stem), Mark(fact.mark.origin))
        return found

    def text(self, path: str) -> str:
        """A generated file."""
        if path not in self._made:
            self._made[path] = self.makers[path]()
        return self._made[path]

    def _all(self) -> Iterator[tuple[str, Callable[[str], str]]]:
        where, dossier = self.where, self.dossier
        yield "index.md", self._home
        left_out = ("overview",) if dossier.releases else _APART
        for kind in (kind for kind in dossier.kinds if kind.stem not in left_out):
            found = () if kind.paged else tuple(dossier.of(kind.stem))
            yield where.index(kind.stem), partial(self._page, _template(kind.stem), partial(self._of_kind, kind), facts=found)
        for fact in (fact for fact in dossier.every() if fact.paged):
            if isinstance(fact, Record):
                yield (
                    where.path(fact),
                    partial(self._page, "one_source.md.j2", partial(of_source, where, fact, self.whole_texts), facts=(fact,)),
                )
            else:
                yield where.path(fact), partial(self._page, "one.md.j2", partial(self._of_one, fact), facts=(fact,))
        yield "matrix.md", partial(self._page, "matrix.md.j2", dict)
        yield "checks.md", partial(self._page, "checks.md.j2", self._of_checks)
        yield "codebook.md", partial(self._page, "codebook.md.j2", self._of_codebook)
        yield "data.md", partial(self._page, "data.md.j2", self._of_data)
        for name in (*ASSETS, *LATER):
            yield f"assets/{name}", self._asset
        for path in self.search.paths:
            yield path, self._searched
        if dossier.releases:
            yield FEED, lambda path: feed(where, self.frame.language)
        for export in self.exports:
            yield export.path, partial(self._export, export.make)
        yield "ledger.json", self._ledger

    def _page(self, template: str, context: Callable[[], dict[str, Any]], here: str, facts: Iterable[Fact] = ()) -> str:
        say = self._said[here] = Say(here, language=self.frame.language)
        text = self.env.get_template(template).render(here=here, notes=Notes(), say=say, **context()).strip()
        return f"{text}\n\n{block}" if (block := linked(self.where, here, facts)) else f"{text}\n"

    def _home(self, here: str) -> str:
        text = self._page("home.md.j2", dict, here)
        files = [(export.path, export.media) for export in self.exports]
        return f"{text}\n{linked_home(self.where, here, self._said[here], files)}"

    def _export(self, make: Callable[[SiteMap, Say], str], path: str) -> str:
        say = self._said[path] = Say(path, language=self.frame.language)
        return make(self.where, say)

    def _searched(self, path: str) -> str:
        say = self._said[path] = Say(path, language=self.frame.language)
        return self.search.piece(path, say)

    def _of_kind(self, kind: type[Fact]) -> dict[str, Any]:
        return {"kind": kind, "facts": tuple(self.dossier.of(kind.stem))}

    def _of_one(self, fact: Fact) -> dict[str, Any]:
        return {"fact": fact, "named": _named(self.where, fact)}

    def _of_checks(self) -> dict[str, Any]:
        records = (record for record in self.dossier.of("sources") if isinstance(record, Record))
        limited = [(record, limits_of(record)) for record in records if record.limit and record.text_ != "full"]
        return {"rules": self.frame.rules, "waivers": list(waivers_of(self.dossier)), "limited": limited}

    def _of_data(self) -> dict[str, Any]:
        sizes = {export.path: len(self.text(export.path).encode("utf-8")) for export in self.exports}
        return {"exports": self.exports, "sizes": sizes, "records": records_of(self.where)}

    def _of_codebook(self) -> dict[str, Any]:
        return codebook.told(self.dossier.kinds, self.frame.language)

    def _asset(self, path: str) -> str:
        return resources.files("briefing.rendering").joinpath(path).read_text("utf-8")

    def _ledger(self, path: str) -> str:
        say, spoken = Say(language=self.frame.language), {SEARCH_INDEX, *(export.path for export in self.exports)}
        for path in (path for path in self.makers if path.endswith(".md") or path in spoken):
            self.text(path)
        assert self.card
        for path in (path for path in (*self.makers, CARD) if path in self._said):
            for where_said, texts_said in self._said[path].said.items():
                say.said.setdefault(where_said, {}).update(texts_said)
        foot(self.dossier, self.frame, say)
        return ledger(self.where, self.frame, say)


class _Compiled(BytecodeCache):
    """Templates as they were compiled, for every layout after the first; each by its own text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives a template what was compiled before, if anything."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled() -> _Compiled:
    return _Compiled()


def _environment(where: SiteMap, language: str, standings: Standings) -> Environment:
    told: dict[str, list[History]] = {}
    for change in newest_first(where.dossier):
        told.setdefault(str(change.of), []).append(change)
    env = Environment(
        loader=PackageLoader("briefing.rendering"),
        bytecode_cache=_compiled(),
        autoescape=True,
        finalize=finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tongue = Tongue(language, where.dossier.settings.claims_in)
    env.filters.update(block=_block, heading=tongue.heading, anchor=anchor, piece=escaped_piece, apart=tongue.apart)
    env.filters.update(lang=tongue.of)
    env.globals.update(
        where=where,
        dossier=where.dossier,
        ours=tongue.ours,
        ours_in=tongue.within,
        stated=partial(_stated, tongue),
        quote_lang=lambda use: attributes(where.language_of(use), language, always=True),
        lang_of_source=partial(_lang_of_source, where, tongue),
        date_words=partial(date_words, language=language),
        decimal=catalogue_of(language).decimal,
        parts_by_field=parts_by_field,
        read_date=read_date,
        headline=lambda fact: getattr(fact, fact.headline),
        stands=standings.of,
        said=partial(_said, standings, tongue),
        one_origin=standings.one_origin,
        renderings=standings.renderings,
        standing_words=partial(_standing, where),
        original=partial(_original, where),
        label_of=_label_of,
        values=partial(values, where, language),
        groups=partial(groups, where, language),
        by_date=by_date,
        drawn=partial(drawn, partial(date_words, language=language)),
        numbered=lambda groups: [(str(number), group) for number, (group, _) in enumerate(groups, 1) if group],
        named_in=partial(facets.named_in, where.dossier),
        codes_in=partial(_codes_in, language),
        sources_of=partial(facets.sources_of, where.dossier),
        sayers=partial(facets.sayers, standings),
        slug=facets.slug,
        kinds_but=partial(facets.kinds_but, where.dossier),
        holders_of=partial(facets.holders_of, where.dossier),
        dated_in=facets.dated_in,
        disputes_about=standings.disputes_about,
        related=partial(_related, where),
        feed=FEED,
        newest_first=newest_first,
        changes_of=lambda fact: told.get(fact.key, ()),
        told_by_group=lambda kind: [f.name for f in fields_of(kind) if f.name == kind.group and not f.ref],
    )
    return env


def _label_of(owner: Any, name: str) -> str:
    """What a field of a kind, or of a fact, is called."""
    return next(f.said.label for f in fields_of(owner if isinstance(owner, type) else type(owner)) if f.name == name)


def _template(stem: str) -> str:
    own = f"{stem}.md.j2"
    return own if resources.files("briefing.rendering").joinpath("templates", own).is_file() else "kind.md.j2"


def _block(html: str) -> Markup:
    """A block of raw HTML without blank lines or indentation, which Markdown would read, and with one after it."""
    return Markup(f"{_BLANK_LINES.sub(chr(10), html).strip()}\n")


def _said(standings: Standings, tongue: Tongue, say: Say, fact: Fact, part: Cited) -> Markup:
    """Which of the sources say it, in words; that another is not quoted does not mean that it is silent."""
    labels = [_label(standings.dossier, s.source) for s in standings.of(fact, part) if s.standing == SAYS]
    every = len(standings.dossier.sources)
    if len(labels) == every > 1:
        return say("both-sources") if every == 2 else say("all-sources", count=every)
    return Markup(", ").join(map(tongue.apart, labels))


def _label(dossier: Dossier, key: str) -> str:
    fact = dossier.fact(key)
    return str(getattr(fact, fact.headline)) if fact else key


def _codes_in(language: str, facts: Iterable[Fact], name: str) -> facets.Choices:
    """The codes that stand in a field of the facts, in the words of the site's language."""
    own = catalogue_of(language)
    return [(value, own.own(code, "code")) for value, code in facets.codes_in(facts, name)]


def _stated(tongue: Tongue, record: Record, text: str) -> Markup:
    """What the record of a source says of it: the source's own words, or that it does not state them."""
    own = catalogue_of(tongue.site).own(text, "code") if text == NOT_STATED else Told(text, record.language)
    return tongue.within(own)


def _lang_of_source(where: SiteMap, tongue: Tongue, key: str, paragraph: Paragraph | None = None) -> Markup:
    """What an element that holds the words of a source, or of one of its paragraphs, says of their language."""
    record = where.dossier.fact(key)
    own = paragraph.language if paragraph else ""
    return tongue.in_language(own or (str(record.language) if isinstance(record, Record) else ""))


def _standing(where: SiteMap, say: Say, use: Use) -> Markup:
    """Where a quote stands, in words."""
    passage, label = use.passage, _label(where.dossier, use.quote.source)
    if passage.last == passage.paragraph:
        return say("standing", source=label, number=passage.paragraph)
    return say("standing-range", source=label, number=passage.paragraph, last=passage.last)


def _original(where: SiteMap, use: Use) -> Markup:
    """The address at the publisher's, at the very words; empty where there is none, or a browser would not find them."""
    record, source = where.dossier.fact(use.quote.source), where.dossier.sources[use.quote.source]
    url = record.url if isinstance(record, Record) else ""
    if not url.startswith(("http://", "https://")) or "#" in url or use.passage.last != use.passage.paragraph:
        return Markup()
    return escaped(url) + Markup(fragment(use.exact)) if is_found_once(source.text, use.exact) else Markup()


def _named(where: SiteMap, fact: Fact) -> list[tuple[str, str, list[tuple[Fact, list[Cited]]]]]:
    """What names a fact, under a kind's title and the words for being named so: the parts of an actor's page, in order.

    Beside each fact stand those of its parts that name it in that way.
    """
    order = {kind.stem: n for n, kind in enumerate(where.dossier.kinds)}
    titles = {kind.stem: kind.title for kind in where.dossier.kinds}
    found: dict[tuple[int, str, str], list[tuple[Fact, list[Cited]]]] = {}
    for declared, other in where.named_by.get(fact.key, ()):
        if other.stem not in _APART:
            back = declared.said.back or declared.said.label
            at = order[other.stem], titles[other.stem], way(back)
            parts = [part for part in parts_of(other) if fact.key in getattr(part, declared.name, ())]
            found.setdefault(at, []).append((other, parts))
    return [(title, way, facts) for (_, title, way), facts in sorted(found.items(), key=lambda at: at[0][0])]


def _related(where: SiteMap, fact: Fact) -> list[Fact]:
    """The facts that a fact names by their claim, then those that name it; each once, and none that a dispute itself tells."""
    ids = (key for f in fields_of(type(fact)) if f.ref and not f.ref.kinds for key in texts(fact, f))
    named = [other for key in ids if (other := where.dossier.fact(key))]
    naming = [other for _, other in where.named_by.get(fact.key, ()) if other.stem not in _APART]
    told = [use.passage for part in parts_of(fact) for use in where.uses[part.key]] if isinstance(fact, Dispute) else []
    return [one for one in {other.key: other for other in (*named, *naming)}.values() if not _is_told(where, one, told)]


def _is_told(where: SiteMap, fact: Fact, told: Iterable[Passage]) -> bool:
    """Whether each quote of a fact shares words with passages that stand there already."""
    uses = where.uses.get(fact.key, ())
    return bool(uses) and all(any(_meet(use.passage, passage) for passage in told) for use in uses)


def _meet(one: Passage, other: Passage) -> bool:
    return one.source == other.source and one.start < other.end and other.start < one.end
