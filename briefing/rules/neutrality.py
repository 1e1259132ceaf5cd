"""The rule of neutral claims: no loaded words, parties in one order, both names of a contested place."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import CLAIM_IS_NEUTRAL
from briefing.model.dossier import Dossier, once_per_dossier
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.fields import Quote, field_texts, fields_of
from briefing.rules.claim_context import claim_problem
from briefing.text.lexicon import ListedWord, listed_words
from briefing.text.phrase_matcher import PhraseMatcher, lower_same_length, mask_quotations
from briefing.text.words import straighten_quotes

WORD_LIST_LANGUAGE = "en"  # of the claims
_AND = re.compile(r"(?:'s)?,?\s+(?:and|or|&)\s+(?:the\s+)?")
_COMMA = re.compile(r"(?:'s)?,\s+(?:the\s+)?")
_PREPOSITION = re.compile(r"\b(?:in|of|from|to|for|with|on|at|by|against|under|near|over)(?: the)?\s$", re.IGNORECASE)
NameSpan = tuple[str, int, int]


class NamePatterns(NamedTuple):
    """A matcher for the names of actors and contested places, and the ids that each name belongs to."""

    phrases: PhraseMatcher
    actors: Mapping[str, frozenset[str]]
    places: Mapping[str, str]
    contested: Mapping[str, list[str]]


def claim_is_neutral(dossier: Dossier) -> Iterator[Problem]:
    """A claim takes no side: loaded words are in quotation marks, parties in one order, contested places under both names.

    Words that judge ("regime", "fierce", "liberated") are the source's own: without quotation marks, the site itself would
    be judging. A verb that says more than "said" ("claimed", "admitted", "revealed") is allowed if a quote uses it of the
    same speaker: keeping it is faithful, adding it is an opinion. `parties:` in briefing.yaml sets the order in which a
    claim lists the parties, or actors that belong to them. A place with two names (`Halden / Haldenwick`) has both at its
    first mention on a page, or in the field `places` beside the claim; each file of facts counts as a page.
    `loaded-words:` in briefing.yaml adds words for this briefing.

    The rule reads words, not meaning: a claim can take a side in words that are in no list, or by what it leaves out. The
    lists are English, and the rule reads only claims in English.

    Fails, in facts/reactions.yaml:

        quist-welcomes:
          claim: Quist welcomed the lease as ending a bloody quarrel.
          actor: quist
          quotes:
            gazette: >-
              Quist welcomed the lease as "the end of a long, cold quarrel"

    Passes, in facts/reactions.yaml:

        quist-welcomes:
          claim: Quist called the lease "the end of a long, cold quarrel".
          actor: quist
          quotes:
            gazette: >-
              Quist welcomed the lease as "the end of a long, cold quarrel"
    """
    yield from wording_problems(dossier)
    yield from contested_name_problems(dossier)


def wording_problems(dossier: Dossier) -> Iterator[Problem]:
    """The problems of loaded words and of parties out of order; looks at one claim at a time."""
    names, order = _name_patterns(dossier), _party_order(dossier)
    words = PhraseMatcher(
        chain(
            listed_words(WORD_LIST_LANGUAGE, "loaded"),
            listed_words(WORD_LIST_LANGUAGE, "tinted"),
            map(str.lower, dossier.settings.loaded_words),
        )
    )
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            claim = mask_quotations(straighten_quotes(part.claim))
            for word, start, end in words.find(lower_same_length(claim)):
                yield from _loaded_word_problems(dossier, fact, part, word, (start, end), names)
            if order:
                yield from _party_order_problems(fact, part, _name_series(claim, list(names.phrases.find(claim))), names, order)


def contested_name_problems(dossier: Dossier) -> Iterator[Problem]:
    """The problems of contested places that a page first mentions by only one name."""
    names = _name_patterns(dossier)
    contested = frozenset(names.places.values())
    unmentioned_by_page: dict[str, set[str]] = {}
    for fact in dossier.all_facts():
        unmentioned = unmentioned_by_page.setdefault(fact.key if fact.has_page else fact.file_stem, set(contested))
        for part in parts_of(fact) if unmentioned else ():
            yield from _single_name_problems(fact, part, names, unmentioned)


def _loaded_word_problems(
    dossier: Dossier, fact: Fact, part: Claim, word: str, span: tuple[int, int], names: NamePatterns
) -> Iterator[Problem]:
    """The problem of a listed word outside quotation marks; none for a verb that a quote uses of the same speaker."""
    printed = part.claim[span[0] : span[1]]
    if tinted := listed_words(WORD_LIST_LANGUAGE, "tinted").get(word):
        speakers = _nearby_actors(straighten_quotes(part.claim), *span, names)
        quoted_speakers = [
            speakers_of_verb
            for quote in dossier.quotes_of(part)
            for speakers_of_verb in _speakers_of_verb(quote, tinted, names)
        ]
        if dossier.is_checkable(part) and not any(
            not speakers or not others or speakers & others for others in quoted_speakers
        ):
            message = f"`{printed}` is in none of this claim's quotes"
            if quoted_speakers:
                message = f"the quotes use `{printed}` of another speaker"
            help = "write `said`, or the verb that the source uses of this speaker"
            yield claim_problem(CLAIM_IS_NEUTRAL, fact, part, part.claim, span, message, help, (tinted.reason,))
    else:
        local_reasons = {str(loaded).lower(): str(reason) for loaded, reason in dossier.settings.loaded_words.items()}
        reason = local_reasons.get(word) or listed_words(WORD_LIST_LANGUAGE, "loaded")[word].reason
        help = "describe what was done, or put the source's word in quotation marks"
        yield claim_problem(CLAIM_IS_NEUTRAL, fact, part, part.claim, span, f"`{printed}` takes a side", help, (reason,))


def _speakers_of_verb(quote: Quote, listed: ListedWord, names: NamePatterns) -> Iterator[frozenset[str]]:
    """For each place where a quote uses a form of a word, the actors that it may be about; empty if none is named."""
    text = straighten_quotes(quote.text)
    for _, start, end in PhraseMatcher(listed.forms).find(lower_same_length(text)):
        yield _nearby_actors(text, start, end, names)


def _nearby_actors(text: str, start: int, end: int, names: NamePatterns) -> frozenset[str]:
    """The ids of the last actor named before a verb and of one right after it; names after a preposition are ignored."""
    found = [name for name in names.phrases.find(text) if name[0] in names.actors]
    before = [name for name, first, last in found if last <= start and not _PREPOSITION.search(text, 0, first)][-1:]
    after = [name for name, first, _ in found if text[end:first] in (" ", " by ", " of ")]
    return frozenset(key for name in (*before, *after) for key in names.actors[name])


def _party_order_problems(
    fact: Fact, part: Claim, rows: Iterator[list[NameSpan]], names: NamePatterns, order: Mapping[str, int]
) -> Iterator[Problem]:
    for row in rows:
        parties = [(name, order.keys() & names.actors.get(name, frozenset())) for name, *_ in row]
        ranked = [(min(order[key] for key in keys), name) for name, keys in parties if keys]
        declared = sorted(ranked, key=lambda party: party[0])
        if ranked != declared:
            message = "the parties are not in the order that briefing.yaml sets"
            help = "name " + " before ".join(f"`{name}`" for _, name in declared)
            yield claim_problem(CLAIM_IS_NEUTRAL, fact, part, part.claim, (row[0][1], row[-1][2]), message, help)


def _name_series(text: str, named: list[NameSpan]) -> Iterator[list[NameSpan]]:
    """The lists of names in a text: joined by commas, with `and` or `or` before the last one."""
    row: list[NameSpan] = []
    for at, name in enumerate(named):
        row.append(name)
        gap = text[name[2] : named[at + 1][1]] if at + 1 < len(named) else ""
        if _AND.fullmatch(gap):
            yield [*row, named[at + 1]]
        if not _COMMA.fullmatch(gap):
            row = []


def _single_name_problems(fact: Fact, part: Claim, names: NamePatterns, unmentioned: set[str]) -> Iterator[Problem]:
    """The problem of a claim that gives one name of a place at its first mention; takes places out of `unmentioned`."""
    for name, start, end in names.phrases.find(mask_quotations(straighten_quotes(part.claim))):
        key = names.places.get(name, "")
        if key in unmentioned:
            unmentioned.remove(key)
            all_names = names.contested[key]
            if not _is_in_place_field(fact, key) and not _gives_all_names(part.claim, all_names, name, start):
                message = (
                    f"`{part.claim[start:end]}` is only one of this place's names, and this is its first mention on the page"
                )
                help = f"write {all_names[0]} ({', '.join(all_names[1:])})"
                yield claim_problem(CLAIM_IS_NEUTRAL, fact, part, part.claim, (start, end), message, help)


def _is_in_place_field(fact: Fact, place: str) -> bool:
    """Whether a field of the fact names the place, so that the page shows all its names beside the claim."""
    return any(place in field_texts(fact, f) for f in fields_of(type(fact)) if f.ref and "places" in f.ref.kinds)


def _gives_all_names(claim: str, names: list[str], name: str, at: int) -> bool:
    """Whether the name at an offset is not a later name of the place, and the later names follow it."""
    return name not in names[1:] and all(claim.find(other, at) >= 0 for other in names[1:])


@once_per_dossier
def _name_patterns(dossier: Dossier) -> NamePatterns:
    contested = {place.key: place.name.split(" / ") for place in dossier.facts_of_kind("places") if " / " in place.name}
    places = {straighten_quotes(name): place.key for place in dossier.facts_of_kind("places") for name in _all_names_of(place)}
    actors: dict[str, set[str]] = {}
    for actor in dossier.facts_of_kind("actors"):
        for name in _all_names_of(actor):
            actors.setdefault(straighten_quotes(name), set()).add(actor.key)
    contested_names = {name: key for name, key in places.items() if key in contested}
    phrases = PhraseMatcher({*actors, *contested_names})  # `Halden` in `Dockers' Union of Halden` is not the place
    return NamePatterns(phrases, {name: frozenset(keys) for name, keys in actors.items()}, contested_names, contested)


def _all_names_of(fact: Fact) -> Iterator[str]:
    """The names of an actor or place, on pages and as printed, each also with a capital as at the start of a claim."""
    for name in (*fact.display_title.split(" / "), *(str(name.text) for name in fact.names)):
        yield from (name, name[:1].upper() + name[1:])


def _party_order(dossier: Dossier) -> dict[str, int]:
    """The rank of each party in the declared order, and of each actor that belongs to one."""
    order = {str(key): rank for rank, key in enumerate(dossier.settings.parties)}
    members = {
        actor.key: order[key] for actor in dossier.facts_of_kind("actors") for key in getattr(actor, "of", ()) if key in order
    }
    return members | order
