"""Where everything of a dossier stands on its site: paths of pages, links between them, and who names whom."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from briefing.model.dossier import Dossier
from briefing.model.facts import Fact, parts_of
from briefing.model.fields import Field
from briefing.model.quote_index import Use


@dataclass(frozen=True, eq=False)
class SiteMap:
    """The pages of a dossier. `directory_urls` as MkDocs means it: `clauses/` rather than `clauses.html`.

    Links are relative to the page, as a browser resolves them, or `from_files` to the Markdown file, for a renderer that
    rewrites links in raw HTML.
    """

    dossier: Dossier
    directory_urls: bool = True
    relative_to_files: bool = False

    def path(self, fact: Fact) -> str:
        """The Markdown file that a fact stands on."""
        return f"{fact.file_stem}/{fact.key}.md" if fact.has_page else self.index(fact.file_stem)

    def index(self, stem: str) -> str:
        """The Markdown file of a kind; the overview is the home page."""
        return "index.md" if stem == "overview" else f"{stem}.md"

    def url(self, path: str) -> str:
        """The address of a page from the root of the site."""
        if not path.endswith(".md"):
            return path
        bare = path.removesuffix(".md")
        if bare == "index":
            return "" if self.directory_urls else "index.html"
        return f"{bare}/" if self.directory_urls else f"{bare}.html"

    def link(self, here: str, there: str, anchor: str = "") -> Markup:
        """The relative address of a page, or of a place on it, as seen from another."""
        fragment = f"#{anchor}" if anchor else ""
        if here == there and anchor:
            return Markup(fragment)
        start, goal = here if self.relative_to_files else self.url(here), self.url(there)
        base = start if start.endswith("/") else posixpath.dirname(start)
        relative = posixpath.relpath(goal or ".", base or ".")
        return Markup(relative + ("/" if goal.endswith("/") or (not goal and self.directory_urls) else "") + fragment)

    def link_to(self, here: str, fact: Fact) -> Markup:
        """The relative address of a fact."""
        return self.link(here, self.path(fact), fact.key)

    def link_to_quote(self, here: str, use: Use) -> Markup:
        """The relative address of a quote beside its claim."""
        return self.link(here, self.path(use.fact), use.anchor)

    def link_to_paragraph(self, here: str, use: Use) -> Markup:
        """The relative address of the paragraph that a quote stands in, on its source's page."""
        return self.link(here, f"sources/{use.quote.source}.md", f"p{use.passage.paragraph}")

    def language_of(self, use: Use) -> str:
        """The language of a quote: its block's, where that has one of its own, or its source's."""
        source, record = self.dossier.sources[use.quote.source], self.dossier.record(use.quote.source)
        of_block = source.paragraph(use.passage.paragraph).language
        return of_block or (str(record.language) if record else "")

    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """The uses of quotes by the key of the claim they bear out; those of the facts it rests on for an overview."""
        claims = [part for fact in self.dossier.all_facts() for part in parts_of(fact)]
        own = {part.key: self.dossier.quote_index.uses_of_claim(part.key) for part in claims}
        rests = {p.key: tuple(use for key in p.rests_on for use in self._uses_of_fact(key)) for p in claims if p.rests_on}
        return own | rests

    def _uses_of_fact(self, key: str) -> Iterator[Use]:
        fact = self.dossier.fact(key)
        for part in parts_of(fact) if fact else ():
            yield from self.dossier.quote_index.uses_of_claim(part.key)

    @cached_property
    def uses_of_paragraph(self) -> Mapping[tuple[str, int], tuple[Use, ...]]:
        """The uses of each paragraph, by source id and number."""
        found: dict[tuple[str, int], list[Use]] = {}
        for use in self.dossier.quote_index.uses:
            for number in range(use.passage.paragraph, use.passage.last_paragraph + 1):
                found.setdefault((use.passage.source, number), []).append(use)
        return {at: tuple(uses) for at, uses in found.items()}

    @cached_property
    def named_by(self) -> Mapping[str, tuple[tuple[Field, Fact], ...]]:
        """For each id: the facts that name it, and in which field, each once."""
        found: dict[str, dict[tuple[str, str], tuple[Field, Fact]]] = {}
        for fact in self.dossier.all_facts():
            for declared, _, key in fact.references:
                found.setdefault(key, {}).setdefault((fact.key, declared.name), (declared, fact))
        return {key: tuple(named.values()) for key, named in found.items()}
