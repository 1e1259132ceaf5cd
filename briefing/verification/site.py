"""Checks a built site against nothing but the seeds: every text, claim, quote and link."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import PAGE_IS_CITED
from briefing.model.site_files import CARD_PATH
from briefing.verification.additions import addition_problems
from briefing.verification.bindings import UNCITED_MESSAGE, unbound_texts
from briefing.verification.built_site import BuiltSite, read_site
from briefing.verification.data_check import export_problems, open_graph_problems, search_problems
from briefing.verification.generator import Generator
from briefing.verification.html_reader import BuiltPage
from briefing.verification.ledger import VerifiedLedger, ledger_problems, read_ledger
from briefing.verification.links import link_problems, resolve_link

MAX_LISTED_PAGES = 3
CHECKS_PAGES = ("checks/index.html", "checks.html")
REBUILD_HELP = "build the site again"
CITE_HELP = (
    "write it in a fact; or, in briefing.yaml, declare a text of your own under `interface:`,"
    " or a page about method under `method-pages:`"
)
PathMessage = tuple[str, str]  # a file of the site, and the message


def check_site(site: Path, seeds: Path, generator: Generator) -> list[Problem]:
    """Every text that a built site shows comes from a checked fact or from the interface catalogue.

    This includes titles, descriptions, texts for images and buttons, the search index and the data files. Otherwise a
    sentence typed into a template, into docs/ or into mkdocs.yml could pass for a cited one. Every quote must match its
    seed, every citation must lead to its passage and back, and every link must work. A page about method in docs/ must be
    declared in briefing.yaml and must not name an actor or a place. The only picture whose text is checked is the social
    card.
    """
    ledger = read_ledger(site, seeds)
    if ledger is None:
        return [_site_problem(site, "ledger.json", "this ledger is missing or cannot be read")]
    built = read_site(site)
    problems = [
        *(("ledger.json", message) for message in ledger_problems(ledger, generator)),
        *_claim_problems(built.pages, ledger),
        *_unknown_text_problems(built.pages, ledger),
        *_locator_problems(built.pages, ledger),
        *_full_text_problems(built.pages, ledger),
        *addition_problems(built, ledger.additions, generator),
        *_undisclosed_additions(built.pages, ledger),
        *link_problems(built, ledger.texts_by_url()),
        *search_problems(built, ledger, generator),
        *export_problems(built, ledger),
        *_link_preview_problems(built, ledger, generator),
    ]
    unbound = unbound_texts(built, ledger.bindings, ledger.additions.files, generator.card_texts)
    return [
        *_grouped(site, ((path, message, REBUILD_HELP) for path, message in problems)),
        *_grouped(
            site,
            ((path, f"{why}: {words}", CITE_HELP if why == UNCITED_MESSAGE else "remove it") for path, words, why in unbound),
        ),
    ]


def _site_problem(site: Path, path: str, message: str, help: str = REBUILD_HELP, notes: tuple[str, ...] = ()) -> Problem:
    return Problem(PAGE_IS_CITED, Location(SourceFile(f"{site.name}/{path}")), message, help, notes)


def _grouped(site: Path, found: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    """One problem for each message with its help, however many files it is about: they have one cause."""
    where: dict[tuple[str, str], dict[str, None]] = {}
    for path, message, help in found:
        where.setdefault((message, help), {})[path] = None
    for (message, help), paths in where.items():
        first, *others = paths
        notes = (
            (f"also in {', '.join(islice(others, MAX_LISTED_PAGES))}{', …' if len(others) > MAX_LISTED_PAGES else ''}",)
            if others
            else ()
        )
        yield _site_problem(site, first, message, help, notes)


def _claim_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """Each claim and each quote of a fact is on the page of the fact, under its id."""
    for fact in ledger.facts:
        page = pages.get(fact.path, BuiltPage())
        if fact.id not in page.ids or (fact.id, fact.claim) not in page.claims:
            yield fact.path, f"the claim of `{fact.id}` is missing here or differs from the ledger"
        quotes = dict(page.quotes)
        for number, quote in enumerate(fact.quotes, 1) if fact.kind != "overview" else ():
            if quotes.get(f"{fact.id}.{number}") != quote["exact"]:
                yield fact.path, f"quote {number} of `{fact.id}` is missing here or differs from its seed"


def _unknown_text_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    quotes = {quote["exact"] for fact in ledger.facts for quote in fact.quotes}
    claims = {(fact.id, fact.claim) for fact in ledger.facts}
    for path, page in pages.items():
        yield from ((path, f"this quote belongs to no fact: {text}") for _, text in page.quotes if text not in quotes)
        yield from (
            (path, f"this is not the claim of `{key}`: {text}") for key, text in page.claims if (key, text) not in claims
        )


def _locator_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """Each locator matches the place of its quote, and the paragraph there has a link back to the claim."""
    places: dict[str, set[tuple[str, int]]] = {}
    for quote in (quote for fact in ledger.facts for quote in fact.quotes):
        places.setdefault(quote["exact"], set()).add((quote["source"], quote["paragraph"]))
    for path, page in pages.items():
        quotes = dict(page.quotes)
        for key, link, words in page.locators:
            goal = resolve_link(path, link)
            if not any(ledger.is_at_paragraph(*place, goal, words) for place in places.get(quotes.get(key, ""), ())):
                yield path, f"this locator does not match the place of its quote: {words}"
    for source in ledger.sources:
        page_file = next((page_file for page_file in ledger.pages_of(source) if page_file in pages), "")
        back = {resolve_link(page_file, link) for link in pages.get(page_file, BuiltPage()).links}
        linked_facts = {(goal[0], goal[1].rpartition(".")[0]) for goal in back if goal}
        for fact in (fact for fact in ledger.facts if fact.kind != "overview"):
            if any(quote["source"] == source for quote in fact.quotes) and (fact.path, fact.id) not in linked_facts:
                yield page_file or "ledger.json", f"the page of `{source}` has no link back to `{fact.id}`"


def _undisclosed_additions(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """The page about checks names each file and address that the briefing adds, with its reason."""
    path = next((name for name in CHECKS_PAGES if name in pages), CHECKS_PAGES[0])
    texts = set(pages.get(path, BuiltPage()).texts)
    added = [*ledger.additions.files, *(address for _, address in ledger.additions.addresses), *ledger.additions.reasons]
    yield from ((path, f"this page should name what the briefing adds: {text}") for text in added if text not in texts)


def _link_preview_problems(site: BuiltSite, ledger: VerifiedLedger, generator: Generator) -> Iterator[PathMessage]:
    """The Open Graph properties of each page are right, and the social card shows the texts in its metadata."""
    picture = site.files.get(CARD_PATH)
    properties = {path: page.open_graph for path, page in site.pages.items()}
    yield from open_graph_problems(properties, site.files, str(ledger.data["interface"]["claims"]))
    if picture and not generator.is_card_of_its_texts(picture.read_bytes()):
        yield CARD_PATH, "this social card does not show the texts in its metadata"


def _full_text_problems(pages: Mapping[str, BuiltPage], ledger: VerifiedLedger) -> Iterator[PathMessage]:
    """A paragraph shown in full matches its seed, and the licence of the source allows it."""
    for path, page in pages.items():
        for key, text in page.full_paragraphs:
            if text not in {
                ledger.licensed_paragraph(source, int(key[1:])) for source in ledger.sources if path in ledger.pages_of(source)
            }:
                yield path, f"paragraph {key[1:]} differs from its seed, or its licence does not allow it to be shown"
