"""Lays out a dossier: `render` gives every generated file of the site as text, by its path. Nothing is read or written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from briefing.checks.coverage import limits_of, quoted_words
from briefing.dates import read_date
from briefing.dossier import Dossier, paragraph_range
from briefing.escape import anchor, escaped_heading, escaped_piece, finalized
from briefing.fact import Cited, Fact, Field, fields_of, parts_by_field, parts_of, texts
from briefing.feed import FEED, feed, newest_first
from briefing.kinds import History
from briefing.ledger import ledger
from briefing.record import Record
from briefing.site_map import SiteMap, Use
from briefing.source import Passage
from briefing.standing import SAYS, Standings
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
    dossier: Dossier, *, directory_urls: bool = True, from_files: bool = False, whole_texts: bool = False
) -> dict[str, str]:
    """Every generated file by its path in the docs folder: Markdown pages, the style sheet, the ledger.

    The dossier must be free of problems (or be `without` the wrong facts). `whole_texts` shows each source whole, which
    is for a curator's own preview; otherwise only a source whose record says `text: full` is. For `directory_urls` and
    `from_files` see `SiteMap`.
    """
    where = SiteMap(dossier, directory_urls, from_files)
    env = _environment(where)
    files = {"index.md": _page(env, "home.md.j2", "index.md")}
    left_out = ("overview",) if dossier.releases else ("overview", History.stem)
    for kind in (kind for kind in dossier.kinds if kind.stem not in left_out):
        here = where.index(kind.stem)
        files[here] = _page(env, _template(env, kind.stem), here, kind=kind, facts=tuple(dossier.of(kind.stem)))
    for fact in (fact for fact in dossier.every() if fact.paged):
        here = where.path(fact)
        if isinstance(fact, Record):
            files[here] = _source_page(env, where, fact, here, whole_texts)
        else:
            files[here] = _page(env, "one.md.j2", here, fact=fact, named=_named(where, fact))
    for name in ASSETS:
        files[f"assets/{name}"] = resources.files("briefing").joinpath("assets", name).read_text("utf-8")
    files["ledger.json"] = ledger(where)
    if dossier.releases:
        files[FEED] = feed(where)
    return files


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
    env.filters.update(block=_block, heading=escaped_heading, anchor=anchor, piece=escaped_piece)
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
        values=partial(_values, where),
        groups=partial(_groups, where),
        by_date=_by_date,
        disputes_about=standings.disputes_about,
        related=partial(_related, where),
        feed=FEED,
        newest_first=newest_first,
        changes_of=lambda fact: told.get(fact.key, ()),
        told_by_group=lambda kind: [f.name for f in fields_of(kind) if f.name == kind.group and not f.ref],
    )
    return env


def _template(env: Environment, stem: str) -> str:
    return f"{stem}.md.j2" if f"{stem}.md.j2" in env.list_templates() else "kind.md.j2"


def _page(env: Environment, template: str, here: str, **context: Any) -> str:
    return env.get_template(template).render(here=here, notes=Notes(), **context).strip() + "\n"


def _block(html: str) -> Markup:
    """A block of raw HTML without blank lines or indentation, which Markdown would read."""
    return Markup(_BLANK_LINES.sub("\n", html).strip())


def _said(standings: Standings, fact: Fact, part: Cited) -> str:
    """Which of the sources say it, in words; that another is not quoted does not mean that it is silent."""
    says = [s.source for s in standings.of(fact, part) if s.standing == SAYS]
    every = len(standings.dossier.sources)
    if len(says) == every > 1:
        return "Both sources" if every == 2 else f"All {every} sources"
    found = (standings.dossier.fact(key) for key in says)
    return ", ".join(str(getattr(fact, fact.headline)) for fact in found if fact)


@dataclass(frozen=True)
class Value:
    """One value of a field as a page shows it; `fact` where it is the id of one, `date` where it is a date."""

    text: str
    fact: Fact | None = None
    date: Any = None
    printed: bool = False


def _values(where: SiteMap, owner: Any, leave_out: Iterable[str] = ()) -> Iterator[tuple[Field, list[Value]]]:
    """The fields of a fact that a page lists below its claim, with their values; empty ones are passed over."""
    hidden = {"claim", *leave_out, getattr(owner, "headline", "claim")}
    for declared in fields_of(type(owner)):
        if declared.name not in hidden and declared.shape in ("text", "list") and not (declared.ref and not declared.ref.kinds):
            shown = [_value(where, declared, text) for text in texts(owner, declared)]
            if shown:
                yield declared, shown


def _value(where: SiteMap, declared: Field, text: str) -> Value:
    if declared.ref:
        fact = where.dossier.fact(text, declared.ref.kinds)
        return Value(str(getattr(fact, fact.headline)) if fact and fact.headline != "claim" else text, fact)
    if declared.edtf:
        return Value(text, date=read_date(text))
    return Value(text, printed=declared.printed)


def _groups(where: SiteMap, facts: Iterable[Fact]) -> list[tuple[str, list[Fact]]]:
    """The facts under the headings of their kind's group field, in the order in which the headings first come."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        declared = next((f for f in fields_of(type(fact)) if f.name == fact.group), None)
        group = ", ".join(_value(where, declared, text).text for text in texts(fact, declared)) if declared else ""
        found.setdefault(group, []).append(fact)
    return [(_heading(type(members[0]), group), members) for group, members in found.items()]


def _heading(kind: type[Fact], group: str) -> str:
    """A code under its heading; a text that was typed stays as it is."""
    declared = next((f for f in fields_of(kind) if f.name == kind.group), None)
    return kind.headings.get(group, group[:1].upper() + group[1:]) if declared and declared.codes else group


def _by_date(facts: Iterable[Any]) -> list[Any]:
    """The facts earliest first; those without a date that can be read come last."""
    dated = [(when.order(), n, fact) for n, fact in enumerate(facts) if (when := read_date(fact.date))]
    return [fact for _, _, fact in sorted(dated)]


def _named(where: SiteMap, fact: Fact) -> list[tuple[str, list[tuple[Fact, list[Cited]]]]]:
    """What names a fact, under the words for being named so: the parts of an actor's page, in the order of the kinds.

    Beside each fact stand those of its parts that name it in that way.
    """
    order = {kind.stem: n for n, kind in enumerate(where.dossier.kinds)}
    titles = {kind.stem: kind.title for kind in where.dossier.kinds}
    found: dict[tuple[int, str], list[tuple[Fact, list[Cited]]]] = {}
    for declared, other in where.named_by.get(fact.key, ()):
        if other.stem not in _APART:
            back = declared.said.back or declared.said.label
            heading = f"{titles[other.stem]}: {back[:1].lower()}{back[1:]}"
            parts = [part for part in parts_of(other) if fact.key in getattr(part, declared.name, ())]
            found.setdefault((order[other.stem], heading), []).append((other, parts))
    return [(heading, facts) for (_, heading), facts in sorted(found.items(), key=lambda at: at[0][0])]


def _related(where: SiteMap, fact: Fact) -> list[Fact]:
    """The facts that a fact names by their claim, then those that name it; each once."""
    ids = (key for f in fields_of(type(fact)) if f.ref and not f.ref.kinds for key in texts(fact, f))
    named = [other for key in ids if (other := where.dossier.fact(key))]
    naming = [other for _, other in where.named_by.get(fact.key, ()) if other.stem not in _APART]
    return list({other.key: other for other in (*named, *naming)}.values())


def _source_page(env: Environment, where: SiteMap, record: Record, here: str, whole_texts: bool) -> str:
    source = where.dossier.sources.get(record.key)
    reasons: dict[int, str] = {}
    for left in record.left_out if source else ():
        for number in paragraph_range(left.paragraphs, len(source.paragraphs) if source else 0, record.key):
            reasons[number] = left.reason
    words = words_in(source.text) if source else 0
    return _page(
        env,
        "one_source.md.j2",
        here,
        fact=record,
        source=source,
        reasons=reasons,
        words=words,
        quoted=quoted_words(where.dossier, record.key) if source else 0,
        limits=limits_of(record),
        whole=_marked(where, record) if source and (whole_texts or record.text_ == "full") else {},
    )


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
