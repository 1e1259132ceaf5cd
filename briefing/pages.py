"""Lays out a dossier: `render` gives every generated file of the site as text, by its path. Nothing is read or written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from briefing.checks import told_rules
from briefing.checks.coverage import limits_of, quoted_words
from briefing.checks.waivers import waivers_of
from briefing.dates import read_date
from briefing.dossier import Dossier, paragraph_range
from briefing.escape import anchor, apart, escaped, escaped_heading, escaped_piece, finalized
from briefing.fact import Cited, Fact, fields_of, parts_by_field, parts_of, texts
from briefing.feed import FEED, feed, newest_first
from briefing.foot import foot
from briefing.fragment import fragment, is_found_once
from briefing.interface import Frame, Say
from briefing.kinds import History
from briefing.ledger import ledger
from briefing.problem import Mark
from briefing.record import Record
from briefing.site_map import SiteMap, Use
from briefing.source import Passage
from briefing.standing import SAYS, Standings
from briefing.values import by_date, groups, values
from briefing.words import words_in

ASSETS = ("briefing.css",)
_APART = ("overview", History.stem)  # what these name is not shown as naming it
_BLANK_LINES = re.compile(r"\n\s*\n|\n\s+")


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
    order pages were asked for. `edit` gives the address at which the place of a fact is edited.
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
    ) -> None:
        self.dossier = dossier
        self.edit = edit
        self.frame = frame
        self.where = SiteMap(dossier, directory_urls, from_files)
        self.whole_texts = whole_texts
        self._made: dict[str, str] = {}
        self._said: dict[str, Say] = {}
        self.makers: dict[str, Callable[[], str]] = {path: partial(make, path) for path, make in self._all()}

    @cached_property
    def env(self) -> Environment:
        """The templates, with what they speak of."""
        env = _environment(self.where)
        env.globals.update(edit_link=lambda fact: escaped(self.edit(fact.mark)) if self.edit else "")
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
        yield "index.md", partial(self._page, "home.md.j2", dict)
        left_out = ("overview",) if dossier.releases else _APART
        for kind in (kind for kind in dossier.kinds if kind.stem not in left_out):
            yield where.index(kind.stem), partial(self._page, _template(kind.stem), partial(self._of_kind, kind))
        for fact in (fact for fact in dossier.every() if fact.paged):
            if isinstance(fact, Record):
                yield (
                    where.path(fact),
                    partial(self._page, "one_source.md.j2", partial(_of_source, where, fact, self.whole_texts)),
                )
            else:
                yield where.path(fact), partial(self._page, "one.md.j2", partial(self._of_one, fact))
        yield "checks.md", partial(self._page, "checks.md.j2", self._of_checks)
        for name in ASSETS:
            yield f"assets/{name}", self._asset
        if dossier.releases:
            yield FEED, lambda path: feed(where)
        yield "ledger.json", self._ledger

    def _page(self, template: str, context: Callable[[], dict[str, Any]], here: str) -> str:
        say = self._said[here] = Say(here)
        return self.env.get_template(template).render(here=here, notes=Notes(), say=say, **context()).strip() + "\n"

    def _of_kind(self, kind: type[Fact]) -> dict[str, Any]:
        return {"kind": kind, "facts": tuple(self.dossier.of(kind.stem))}

    def _of_one(self, fact: Fact) -> dict[str, Any]:
        return {"fact": fact, "named": _named(self.where, fact)}

    def _of_checks(self) -> dict[str, Any]:
        return {"rules": told_rules(self.dossier), "waivers": list(waivers_of(self.dossier))}

    def _asset(self, path: str) -> str:
        return resources.files("briefing").joinpath(path).read_text("utf-8")

    def _ledger(self, path: str) -> str:
        say = Say()
        for page in (page for page in self.makers if page.endswith(".md")):
            self.text(page)
            for where_said, texts_said in self._said[page].said.items():
                say.said.setdefault(where_said, {}).update(texts_said)
        foot(self.dossier, self.frame, say)
        return ledger(self.where, self.frame, say)


def _environment(where: SiteMap) -> Environment:
    standings = Standings(where.dossier)
    told: dict[str, list[History]] = {}
    for change in newest_first(where.dossier):
        told.setdefault(str(change.of), []).append(change)
    env = Environment(
        loader=PackageLoader("briefing"),
        autoescape=True,
        finalize=finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(block=_block, heading=escaped_heading, anchor=anchor, piece=escaped_piece, apart=apart)
    env.globals.update(
        where=where,
        dossier=where.dossier,
        parts_by_field=parts_by_field,
        read_date=read_date,
        headline=lambda fact: getattr(fact, fact.headline),
        stands=standings.of,
        said=partial(_said, standings),
        one_origin=standings.one_origin,
        renderings=standings.renderings,
        standing_words=partial(_standing, where),
        original=partial(_original, where),
        label_of=lambda owner, name: next(f.said.label for f in fields_of(type(owner)) if f.name == name),
        values=partial(values, where),
        groups=partial(groups, where),
        by_date=by_date,
        disputes_about=standings.disputes_about,
        related=partial(_related, where),
        feed=FEED,
        newest_first=newest_first,
        changes_of=lambda fact: told.get(fact.key, ()),
        told_by_group=lambda kind: [f.name for f in fields_of(kind) if f.name == kind.group and not f.ref],
    )
    return env


def _template(stem: str) -> str:
    own = f"{stem}.md.j2"
    return own if resources.files("briefing").joinpath("templates", own).is_file() else "kind.md.j2"


def _block(html: str) -> Markup:
    """A block of raw HTML without blank lines or indentation, which Markdown would read."""
    return Markup(_BLANK_LINES.sub("\n", html).strip())


def _said(standings: Standings, say: Say, fact: Fact, part: Cited) -> Markup:
    """Which of the sources say it, in words; that another is not quoted does not mean that it is silent."""
    labels = [_label(standings.dossier, s.source) for s in standings.of(fact, part) if s.standing == SAYS]
    every = len(standings.dossier.sources)
    if len(labels) == every > 1:
        return say("both-sources") if every == 2 else say("all-sources", count=every)
    return Markup(", ").join(map(apart, labels))


def _label(dossier: Dossier, key: str) -> str:
    fact = dossier.fact(key)
    return str(getattr(fact, fact.headline)) if fact else key


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
            at = order[other.stem], titles[other.stem], back[:1].lower() + back[1:]
            parts = [part for part in parts_of(other) if fact.key in getattr(part, declared.name, ())]
            found.setdefault(at, []).append((other, parts))
    return [(title, way, facts) for (_, title, way), facts in sorted(found.items(), key=lambda at: at[0][0])]


def _related(where: SiteMap, fact: Fact) -> list[Fact]:
    """The facts that a fact names by their claim, then those that name it; each once."""
    ids = (key for f in fields_of(type(fact)) if f.ref and not f.ref.kinds for key in texts(fact, f))
    named = [other for key in ids if (other := where.dossier.fact(key))]
    naming = [other for _, other in where.named_by.get(fact.key, ()) if other.stem not in _APART]
    return list({other.key: other for other in (*named, *naming)}.values())


def _of_source(where: SiteMap, record: Record, whole_texts: bool) -> dict[str, Any]:
    """What the page of a source shows."""
    source = where.dossier.sources.get(record.key)
    reasons: dict[int, str] = {}
    for left in record.left_out if source else ():
        for number in paragraph_range(left.paragraphs, len(source.paragraphs) if source else 0, record.key):
            reasons[number] = left.reason
    return {
        "fact": record,
        "source": source,
        "reasons": reasons,
        "words": words_in(source.text) if source else 0,
        "quoted": quoted_words(where.dossier, record.key) if source else 0,
        "limits": limits_of(record),
        "whole": _marked(where, record) if source and (whole_texts or record.text_ == "full") else {},
    }


def _marked(where: SiteMap, record: Record) -> dict[int, list[tuple[str, bool]]]:
    """Each paragraph's text in pieces, with whether a published quote covers the piece."""
    source = where.dossier.sources[record.key]
    found: dict[int, list[tuple[str, bool]]] = {}
    for paragraph in source.paragraphs:
        covered = [False] * (paragraph.end - paragraph.start)
        for use in where.uses_of_paragraph.get((record.key, paragraph.number), ()):
            start, end = max(use.passage.start, paragraph.start), min(use.passage.end, paragraph.end)
            covered[start - paragraph.start : end - paragraph.start] = [True] * (end - start)
        runs = groupby(zip(source.text[paragraph.start : paragraph.end], covered, strict=True), key=itemgetter(1))
        found[paragraph.number] = [("".join(char for char, _ in run), quoted) for quoted, run in runs]
    return found
