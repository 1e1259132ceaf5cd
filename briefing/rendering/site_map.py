"""The pages of a dossier: their paths, the links between them, the uses of each quote, and what names what."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from briefing.model.dossier import Dossier
from briefing.model.facts import Fact, parts_of
from briefing.model.fields import Field
from briefing.model.quote_index import Use
from briefing.model.record import Record
from briefing.text.words import collapse_whitespace


@dataclass(frozen=True, eq=False)
class SiteMap:
    """The pages of a dossier. `directory_urls` as in MkDocs: `clauses/` rather than `clauses.html`.

    Links are relative to the URL of the page, or with `relative_to_files` to the Markdown file, for renderers that rewrite
    links in raw HTML.
    """

    dossier: Dossier
    directory_urls: bool = True
    relative_to_files: bool = False

    def path(self, fact: Fact) -> str:
        """The Markdown file of the page that shows a fact."""
        return f"{fact.file_stem}/{fact.key}.md" if fact.has_page else self.index(fact.file_stem)

    def index(self, stem: str) -> str:
        """The Markdown file of the page of a kind; the overview is the home page."""
        return "index.md" if stem == "overview" else f"{stem}.md"

    def url(self, path: str) -> str:
        """The URL of a file, relative to the root of the site."""
        if not path.endswith(".md"):
            return path
        bare = path.removesuffix(".md")
        if bare == "index":
            return "" if self.directory_urls else "index.html"
        return f"{bare}/" if self.directory_urls else f"{bare}.html"

    def link(self, here: str, there: str, anchor: str = "") -> Markup:
        """The relative URL of a page, or of an anchor on it, as seen from another page."""
        fragment = f"#{anchor}" if anchor else ""
        if here == there and anchor:
            return Markup(fragment)
        start, goal = here if self.relative_to_files else self.url(here), self.url(there)
        base = start if start.endswith("/") else posixpath.dirname(start)
        relative = posixpath.relpath(goal or ".", base or ".")
        return Markup(relative + ("/" if goal.endswith("/") or (not goal and self.directory_urls) else "") + fragment)

    def link_to(self, here: str, fact: Fact) -> Markup:
        """The relative URL of a fact."""
        return self.link(here, self.path(fact), fact.key)

    def link_to_quote(self, here: str, use: Use) -> Markup:
        """The relative URL of a quote on the page of its fact."""
        return self.link(here, self.path(use.fact), use.anchor)

    def link_to_paragraph(self, here: str, use: Use) -> Markup:
        """The relative URL of the paragraph of a quote on the page of its source."""
        return self.link(here, f"sources/{use.quote.source}.md", f"p{use.passage.paragraph}")

    def language_of(self, use: Use) -> str:
        """The language of a quote: that of its paragraph if it has its own, or that of the source."""
        source, record = self.dossier.sources[use.quote.source], self.dossier.record(use.quote.source)
        of_block = source.paragraph(use.passage.paragraph).language
        return of_block or (str(record.language) if record else "")

    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """The quotes of each claim, by its key; for a claim of the overview, the quotes of the facts it sums up."""
        claims = [part for fact in self.dossier.all_facts() for part in parts_of(fact)]
        uses = {part.key: self.dossier.quote_index.uses_of_claim(part.key) for part in claims}
        return uses | {p.key: tuple(use for key in p.rests_on for use in self._uses_of_fact(key)) for p in claims if p.rests_on}

    def _uses_of_fact(self, key: str) -> Iterator[Use]:
        fact = self.dossier.fact(key)
        for part in parts_of(fact) if fact else ():
            yield from self.dossier.quote_index.uses_of_claim(part.key)

    @cached_property
    def uses_of_paragraph(self) -> Mapping[tuple[str, int], tuple[Use, ...]]:
        """The quotes from each paragraph, by source id and paragraph number."""
        found: dict[tuple[str, int], list[Use]] = {}
        for use in self.dossier.quote_index.uses:
            for number in range(use.passage.paragraph, use.passage.last_paragraph + 1):
                found.setdefault((use.passage.source, number), []).append(use)
        return {at: tuple(uses) for at, uses in found.items()}

    @cached_property
    def named_by(self) -> Mapping[str, tuple[tuple[Field, Fact], ...]]:
        """For each id, the facts that refer to it and the field in which they do, each once."""
        found: dict[str, dict[tuple[str, str], tuple[Field, Fact]]] = {}
        for fact in self.dossier.all_facts():
            for declared, _, key in fact.references:
                found.setdefault(key, {}).setdefault((fact.key, declared.name), (declared, fact))
        return {key: tuple(named.values()) for key, named in found.items()}


def fact_title(fact: Fact | None) -> str:
    """What a fact is called: its name, its question or its label, or its claim where it has none of these."""
    return fact.display_title if fact else ""


def briefing_title(dossier: Dossier) -> str:
    """The title of the home page; empty where the overview has none."""
    lines = (line for line in dossier.facts_of_kind("overview") if line.part == "title")
    return next((collapse_whitespace(line.claim) for line in lines), "")


def web_url(record: Record) -> str:
    """The URL of the original; empty where it is no address that a browser opens."""
    return str(record.url) if record.url.lower().startswith(("http://", "https://")) else ""


def locator_message(dossier: Dossier, use: Use) -> tuple[str, dict[str, Any]]:
    """The key of the message that says where a quote is in its source, and the values to fill in."""
    first, last = use.passage.paragraph, use.passage.last_paragraph
    values = {"source": fact_title(dossier.fact(use.quote.source)), "number": first}
    return ("standing", values) if first == last else ("standing-range", values | {"last": last})
