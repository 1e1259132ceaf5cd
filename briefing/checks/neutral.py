"""The rule of neutral claims: no loaded word of ours, parties in one order, both names of a contested place."""

import re
from collections.abc import Iterable, Iterator, Mapping

from briefing.checks.alarm import alarm
from briefing.checks.phrases import Listed, Phrases, lower, unquoted, word_list
from briefing.dossier import Dossier
from briefing.fact import Cited, Fact, Quote, fields_of, parts_of, texts
from briefing.problem import Problem
from briefing.words import straight

RULE = "claim-is-neutral"
_AND = re.compile(r"(?:'s)?,?\s+(?:and|or|&)\s+(?:the\s+)?")
_PREPOSITION = re.compile(r"\b(?:in|of|from|to|for|with|on|at|by|against|under|near|over)(?: the)?\s$", re.IGNORECASE)
_COMMA = re.compile(r"(?:'s)?,\s+(?:the\s+)?")
Names = tuple[Phrases, Mapping[str, frozenset[str]]]


def claim_is_neutral(dossier: Dossier) -> Iterator[Problem]:
    """A claim takes no side: loaded words stand in quotation marks, parties in one order, contested places under both names.

    Words that judge ("regime", "fierce", "liberated") are the source's to use: outside quotation marks they become ours.
    A verb that says more than "said" ("claimed", "admitted", "revealed") may stand where a quote uses that verb, of the
    same speaker: keeping it is fidelity, adding it is a view. `parties:` in briefing.yaml sets the order in which a claim
    names the parties, or those who belong to them, in a row. A place with two names (`Halden / Haldenwick`) has both at its
    first mention on a page, or beside the claim, under `places`; a file of facts counts as a page, in its order. `briefing.yaml`
    adds words of its own under `loaded-words`.

    It reads words, not meaning: a claim can take a side in words that no list has, or by what it leaves out. It reads
    English.

    Fails, in facts/reactions.yaml:

        quist-welcomes:
          claim: Quist boasted that the lease was the end of a bloody quarrel.
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
    names = _actor_names(dossier)
    order = _party_order(dossier)
    for fact in dossier.every():
        for part in parts_of(fact):
            claim = unquoted(straight(part.claim))
            yield from _loaded(dossier, fact, part, claim)
            yield from _tinted(dossier, fact, part, claim, names)
            yield from _disordered(fact, part, claim, names, order) if order else ()
    yield from _half_named(dossier, names)


def _loaded(dossier: Dossier, fact: Fact, part: Cited, claim: str) -> Iterator[Problem]:
    small = lower(claim)
    ours = {str(word).lower(): Listed((word,), reason) for word, reason in dossier.settings.loaded_words.items()}
    for phrases, words in (word_list("loaded"), *([(Phrases(ours), ours)] if ours else [])):
        for word, start, end in phrases.find(small):
            message = f"`{part.claim[start:end]}` takes a side"
            help = "say what was done, or quote the word in quotation marks, as the source prints it"
            yield alarm(RULE, fact, part, part.claim, (start, end), message, help, (words[word].reason,))


def _tinted(dossier: Dossier, fact: Fact, part: Cited, claim: str, names: Names) -> Iterator[Problem]:
    """Problems of verbs that say more than "said" where no quote uses them, or uses them of someone else."""
    found = word_list("tinted")
    for word, start, end in found.phrases.find(lower(claim)):
        listed = found.words[word]
        speakers = _speakers(straight(part.claim), start, end, names)
        theirs = [said for quote in dossier.quotes_of(part) for said in _said(quote, listed, names)]
        if any(not speakers or not their or speakers & their for their in theirs):
            continue
        where = "is said of another in this claim's quotes" if theirs else "stands in none of this claim's quotes"
        message = f"`{part.claim[start:end]}` {where}"
        help = "write `said`, or the verb that the source uses of this speaker"
        yield alarm(RULE, fact, part, part.claim, (start, end), message, help, (listed.reason,))


def _said(quote: Quote, listed: Listed, names: Names) -> Iterator[frozenset[str]]:
    """For each place where a quote uses a form of a word: the actors it may be said of, none where it names none."""
    text = straight(quote.text)
    for _, start, end in Phrases(listed.forms).find(lower(text)):
        yield _speakers(text, start, end, names)


def _speakers(text: str, start: int, end: int, names: Names) -> frozenset[str]:
    """The actor named nearest before a verb, and the one right after it; one after a preposition ("in Armenia") is neither."""
    phrases, keys = names
    found = list(phrases.find(text))
    before = [name for name, first, last in found if last <= start and not _PREPOSITION.search(text, 0, first)][-1:]
    after = [name for name, first, _ in found if text[end:first] in (" ", " by ")]
    return frozenset(key for name in (*before, *after) for key in keys[name])


def _disordered(fact: Fact, part: Cited, claim: str, names: Names, order: Mapping[str, int]) -> Iterator[Problem]:
    phrases, keys = names
    for row in _rows(claim, list(phrases.find(claim))):
        places = [(min(order[key] for key in keys[name] if key in order), name) for name, *_ in row if keys[name] & order.keys()]
        if places != sorted(places, key=lambda at: at[0]):
            first, last = row[0][1], row[-1][2]
            declared = " before ".join(f"`{name}`" for _, name in sorted(places, key=lambda at: at[0]))
            message = "the parties do not stand in the order of briefing.yaml"
            yield alarm(RULE, fact, part, part.claim, (first, last), message, f"name {declared}")


def _rows(text: str, found: list[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    """Names in a row: joined by commas and, before the last, `and` or `or`."""
    row: list[tuple[str, int, int]] = []
    for at, name in enumerate(found):
        row.append(name)
        gap = text[name[2] : found[at + 1][1]] if at + 1 < len(found) else ""
        if _AND.fullmatch(gap):
            yield [*row, found[at + 1]]
        if not _COMMA.fullmatch(gap):
            row = []


def _half_named(dossier: Dossier, names: Names) -> Iterator[Problem]:
    """Problems of claims that are the first on their page to name a place of two names, and give one."""
    contested = {place.key: place.name.split(" / ") for place in dossier.of("places") if " / " in place.name}
    named = {key: {*both, *(str(name.text) for name in dossier.facts["places"][key].names)} for key, both in contested.items()}
    keys = {straight(name): key for key, all_names in named.items() for name in all_names}
    phrases = Phrases({*keys, *names[1]})  # in `Dockers' Union of Halden`, Halden is a part of another name
    seen: set[tuple[str, str]] = set()
    for fact in dossier.every() if contested else ():
        page = fact.key if fact.paged else fact.stem
        beside = {str(text) for f in fields_of(type(fact)) if f.ref and "places" in f.ref.kinds for text in texts(fact, f)}
        for part in parts_of(fact):
            for name, start, end in phrases.find(unquoted(straight(part.claim))):
                key = keys.get(name, "")
                if key and (page, key) not in seen and key not in beside and not _gives(part.claim, contested[key], name, start):
                    message = f"`{part.claim[start:end]}` is one of two names, and the first on its page"
                    help = f"write {contested[key][0]} ({', '.join(contested[key][1:])})"
                    yield alarm(RULE, fact, part, part.claim, (start, end), message, help)
                seen.add((page, key))


def _gives(claim: str, names: list[str], name: str, at: int) -> bool:
    """Whether a claim that names a place at an offset gives there the first of its names, and after it the others."""
    return name not in names[1:] and all(claim.find(other, at) >= 0 for other in names[1:])


def _actor_names(dossier: Dossier) -> Names:
    """Every name of every actor, as printed and as pages use it, with the actors it is a name of."""
    keys: dict[str, set[str]] = {}
    for actor in dossier.of("actors"):
        for name in _names_of(actor):
            keys.setdefault(straight(name), set()).add(actor.key)
    return Phrases(keys), {name: frozenset(of) for name, of in keys.items()}


def _names_of(actor: Fact) -> Iterable[str]:
    return (str(getattr(actor, "name", "")), *(str(name.text) for name in actor.names))


def _party_order(dossier: Dossier) -> dict[str, int]:
    """The place in the declared order of each party, and of each actor that belongs to one."""
    order = {str(key): at for at, key in enumerate(dossier.settings.parties)}
    theirs = {actor.key: order[key] for actor in dossier.of("actors") for key in getattr(actor, "of", ()) if key in order}
    return theirs | order
