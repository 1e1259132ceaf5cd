"""Checks a built site against the seeds alone: every text on it, every claim, quote and link."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.model.site_files import CARD_PATH
from briefing.verification.bindings import UNCITED_MESSAGE, UnboundText, unbound_texts
from briefing.verification.built_site import BuiltSite, read_site
from briefing.verification.data_claims import export_problems
from briefing.verification.generator import Generator
from briefing.verification.html_reader import BuiltPage
from briefing.verification.ledger import VerifiedLedger, ledger_problems, read_ledger
from briefing.verification.links import link_problems, resolve_link
from briefing.verification.open_graph_check import open_graph_problems
from briefing.verification.search_index_check import search_problems

CITATION_RULE = "page-is-cited"
MAX_LISTED_PAGES = 3
REBUILD_HELP = "build the site again"
CITE_HELP = (
    "say it in a fact and print the fact; a title in the navigation is declared in briefing.yaml under `interface:`,"
    " a page about method under `method-pages:`"
)
PathMessage = tuple[str, str]  # a file of the site, and what is wrong there


def check_site(site: Path, seeds: Path, generator: Generator) -> list[Problem]:
    """Every text that a built site shows is a checked fact's, or one of the generator's own words.

    Titles, descriptions, texts for images and buttons, the search index and the data files included. A sentence typed into
    a template, into docs/ or into mkdocs.yml would otherwise stand among cited ones and be taken for one. Every quote is
    its seed's own words at its place, every citation leads to its passage and back, every link lands. A page of docs/
    about method is declared in briefing.yaml, and names no actor or place. Of pictures only the one beside shared
    links says its words.

    The problems of a site, read with nothing but the seeds; each with the file it is in.
    """
    held = read_ledger(site, seeds)
    if held is None:
        return [_site_problem(site, "ledger.json", "this site has no ledger that can be read")]
    read = read_site(site)
    wrong = [
        *(("ledger.json", message) for message in ledger_problems(held, generator)),
        *_claim_problems(read.pages, held),
        *_unknown_text_problems(read.pages, held),
        *_locator_problems(read.pages, held),
        *_full_text_problems(read.pages, held),
        *link_problems(read, held.texts_by_url()),
        *search_problems(read, held, generator),
        *export_problems(read, held),
        *_link_preview_problems(read, held, generator),
    ]
    return [_site_problem(site, *found) for found in wrong] + [
        *_unbound_problems(site, unbound_texts(read, held.bindings, generator.card_texts))
    ]


def _site_problem(site: Path, path: str, message: str, help: str = REBUILD_HELP, notes: tuple[str, ...] = ()) -> Problem:
    return Problem(CITATION_RULE, Location(SourceFile(f"{site.name}/{path}")), message, help, notes)


def _unbound_problems(site: Path, unbound: Iterable[UnboundText]) -> Iterator[Problem]:
    """One problem for each text that nothing binds, however many pages print it."""
    where: dict[tuple[str, str], dict[str, None]] = {}
    for path, words, why in unbound:
        where.setdefault((words, why), {})[path] = None
    for (words, why), paths in where.items():
        first, *others = paths
        notes = (
            (f"and in {', '.join(islice(others, MAX_LISTED_PAGES))}{', …' if len(others) > MAX_LISTED_PAGES else ''}",)
            if others
            else ()
        )
        yield _site_problem(site, first, f"{why}: {words}", CITE_HELP if why == UNCITED_MESSAGE else "take it out", notes)


def _claim_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """Each claim and each quote of a fact stands on the fact's page, in its place."""
    for fact in ledger.facts:
        page = pages.get(fact.path, BuiltPage())
        if fact.id not in page.ids or (fact.id, fact.claim) not in page.claims:
            yield fact.path, f"the claim of `{fact.id}` does not stand here as it was checked"
        beside = dict(page.quotes)
        for number, quote in enumerate(fact.quotes, 1) if fact.kind != "overview" else ():
            if beside.get(f"{fact.id}.{number}") != quote["exact"]:
                yield fact.path, f"quote {number} of `{fact.id}` does not stand here as its seed says"


def _unknown_text_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    quotes = {quote["exact"] for fact in ledger.facts for quote in fact.quotes}
    claims = {(fact.id, fact.claim) for fact in ledger.facts}
    for path, page in pages.items():
        yield from ((path, f"this quote is in no fact: {text}") for _, text in page.quotes if text not in quotes)
        yield from ((path, f"this is no claim of `{key}`: {text}") for key, text in page.claims if (key, text) not in claims)


def _locator_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """What stands beside a quote as its place is its place, and from that paragraph a link leads back to the claim."""
    places: dict[str, set[tuple[str, int]]] = {}
    for quote in (quote for fact in ledger.facts for quote in fact.quotes):
        places.setdefault(quote["exact"], set()).add((quote["source"], quote["paragraph"]))
    for path, page in pages.items():
        beside = dict(page.quotes)
        for key, link, words in page.locators:
            goal = resolve_link(path, link)
            if not any(ledger.is_at_paragraph(*place, goal, words) for place in places.get(beside.get(key, ""), ())):
                yield path, f"the quote does not stand where this says: {words}"
    for source in ledger.sources:
        at = next((at for at in ledger.pages_of(source) if at in pages), "")
        back = {resolve_link(at, link) for link in pages.get(at, BuiltPage()).links}
        led = {(goal[0], goal[1].rpartition(".")[0]) for goal in back if goal}
        for fact in (fact for fact in ledger.facts if fact.kind != "overview"):
            if any(quote["source"] == source for quote in fact.quotes) and (fact.path, fact.id) not in led:
                yield at or "ledger.json", f"no link leads back from the paragraphs of `{source}` to `{fact.id}`"


def _link_preview_problems(site: BuiltSite, ledger: VerifiedLedger, generator: Generator) -> Iterator[PathMessage]:
    """What is told of a link to a page is so, and the picture beside it is drawn from its own words, which are bound."""
    picture = site.files.get(CARD_PATH)
    told = {path: page.open_graph for path, page in site.pages.items()}
    yield from open_graph_problems(told, site.files, str(ledger.data["interface"]["claims"]))
    if picture and not generator.is_card_of_its_texts(picture.read_bytes()):
        yield CARD_PATH, "this picture does not show the words that it carries"


def _full_text_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """A paragraph that is shown whole is its seed's, of a source whose licence allows it."""
    for path, page in pages.items():
        for key, text in page.full_paragraphs:
            if text not in {
                ledger.licensed_paragraph(source, int(key[1:])) for source in ledger.sources if path in ledger.pages_of(source)
            }:
                yield path, f"paragraph {key[1:]} does not stand here as its seed says, or its licence does not allow it"
