"""The rule of names: whoever a claim or its fields name stands in its quotes."""

from collections.abc import Iterator

import regex

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent, Told, fields_of, texts
from briefing.model.kinds import Actor, Place
from briefing.model.names import capitalised, has_words
from briefing.rules.claim_context import Claimed, claims_of
from briefing.rules.claim_problem import alarm
from briefing.text.edtf import DAYS, MONTHS
from briefing.text.words import normalise

_CALENDAR = frozenset([*DAYS, "GMT", "UTC", *MONTHS])
_ARTICLES = frozenset(["a", "an", "the"])
_NAMING = ("actor", "held_by", "according_to", "via", "parties", "acts", "toward", "monitors", "actors")
_SENTENCE = regex.compile(r"(?:^|[.:;!?])\W*$")


def name_is_quoted(dossier: Dossier) -> Iterator[Problem]:
    """A person, place or body named in a claim stands in one of its quotes, under one of its printed names.

    A name that no quote bears may be the wrong one. Where the source says "he" or "the deal", an entry under
    `antecedents` says whom it means and quotes the passage that shows it. The same holds for whomever a field names
    (`actor`, `held-by`, `via` and the like), where the sources print a name, and for a source that a claim names by its
    label. Of whom only sources in other languages print a name, the `name` that pages use stands for it. Days and months are
    numbers here; a first word that no actor or place is called by is an ordinary word.

    Fails, in facts/reactions.yaml:

        bridge:
          claim: Osk and Quist called the lease "a bridge, not a base", the wire report says.
          actor: quist
          quotes:
            wire: Quist, speaking in the port town of Sarn on Thursday, called the lease “a bridge, not a base

    Passes, in facts/reactions.yaml:

        bridge:
          claim: Quist called the lease "a bridge, not a base", the wire report says.
          actor: quist
          quotes:
            wire: Quist, speaking in the port town of Sarn on Thursday, called the lease “a bridge, not a base
    """
    for claimed in claims_of(dossier):
        yield from _unquoted_names(claimed)
        yield from _unquoted_sources(claimed)
        yield from _unnamed_in_fields(claimed)


def _unquoted_names(claimed: Claimed) -> Iterator[Problem]:
    text = claimed.own
    for start, end in _named(claimed):
        name = text[start:end]
        if name not in _CALENDAR and not _is_borne(claimed, name):
            message = f"`{name}` is named in none of this claim's quotes"
            help = "quote the words that name it, or say under `antecedents:` which word of the quote means it"
            yield alarm("name-is-quoted", claimed.fact, claimed.part, claimed.part.claim, (start, end), message, help)


def _named(claimed: Claimed) -> Iterator[tuple[int, int]]:
    """Where a claim names somebody: printed names, and other words with a capital that no sentence begins with."""
    text = claimed.own
    for start, end, _ in claimed.labels:
        text = text[:start] + "|" * (end - start) + text[end:]
    known = claimed.names.known(text)
    yield from known
    for start, end in known:
        text = text[:start] + "|" * (end - start) + text[end:]
    for start, end in capitalised(text):
        if _SENTENCE.search(text[:start]):
            start = text.find(" ", start, end) + 1 or end
        if start < end:
            yield start, end


def _is_borne(claimed: Claimed, name: str) -> bool:
    meant = claimed.names.meant_by.get(name, frozenset())
    if any(_is_meant(claimed, key) for key in meant):
        return True
    if any(has_words(form, text) for form in claimed.names.stands_for(name) for text in claimed.quoted):
        return True
    words = [word.removesuffix("'s") for word in name.split() if word.lower() not in _ARTICLES]
    if any(all(has_words(word, called) for word in words) for called in _called_by_us(claimed)):
        return True
    return all(any(has_words(word, text) for text in claimed.quoted) for word in words)


def _is_meant(claimed: Claimed, key: str) -> bool:
    """Whether an antecedent says that words of the claim's quotes mean this actor or place."""
    return any(one.means == key for one in _antecedents(claimed))


def _antecedents(claimed: Claimed) -> list[Antecedent]:
    """The antecedents of words that stand in the claim's quotes."""
    told = claimed.part.antecedents if isinstance(claimed.part, Told) else ()
    return [one for one in told if any(has_words(normalise(one.words), text) for text in claimed.quoted)]


def _called_by_us(claimed: Claimed) -> list[str]:
    """What pages call those whom antecedents mean, and for whom no printed name is listed."""
    meant = (claimed.dossier.fact(one.means, ("actors", "places")) for one in _antecedents(claimed))
    return [normalise(fact.name) for fact in meant if isinstance(fact, Actor | Place) and not fact.names]


def _unquoted_sources(claimed: Claimed) -> Iterator[Problem]:
    for start, end, key in claimed.labels:
        if claimed.sources and key not in claimed.sources:
            message = f"this claim names `{key}` and quotes nothing of it"
            help = "name the source that is quoted, or quote the one that is named"
            yield alarm("name-is-quoted", claimed.fact, claimed.part, claimed.part.claim, (start, end), message, help)


def _unnamed_in_fields(claimed: Claimed) -> Iterator[Problem]:
    owner = claimed.part
    told = [normalise(owner.claim), *claimed.quoted]
    for declared in fields_of(type(owner)):
        for key in texts(owner, declared) if declared.name in _NAMING else ():
            if key in claimed.dossier.sources:
                is_named = key in claimed.sources
            else:
                is_named = not claimed.names.of.get(key) or claimed.names.is_named(key, told) or _is_meant(claimed, key)
            if not is_named:
                message = f"`{key}` is named neither in this claim nor in its quotes"
                help = f"write whom they name in `{declared.yaml}:`, or quote the words that name this one"
                yield alarm("name-is-quoted", claimed.fact, owner, key, None, message, help)
