"""The rule of names: whoever a claim or its fields name is named in its quotes."""

from collections.abc import Iterator

import regex

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import NAME_IS_QUOTED
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent, AttributableClaim
from briefing.model.fields import field_texts, fields_of
from briefing.model.kinds import Actor, Place
from briefing.model.names import capitalised_spans, prints_name
from briefing.rules.claim_context import ClaimContext, claim_contexts
from briefing.text.edtf import MONTHS, WEEKDAYS
from briefing.text.words import normalise

_CALENDAR = frozenset([*WEEKDAYS, "GMT", "UTC", *MONTHS])
_ARTICLES = frozenset(["a", "an", "the"])
_NAMING_FIELDS = ("actor", "held_by", "according_to", "via", "parties", "acts", "toward", "monitors", "actors")
_AT_SENTENCE_START = regex.compile(r"(?:^|(?<!\W)[^\w.:;!?]*+[.:;!?])\W*+$")


def name_is_quoted(dossier: Dossier) -> Iterator[Problem]:
    """A person, place or body named in a claim is also named in one of its quotes, as a source prints the name.

    A name that is in no quote may be the wrong one. Where the source says "he" or "the deal", an entry under `antecedents`
    says who or what is meant and quotes the passage that shows it. The same holds for actors and places in the fields of a
    fact (`actor`, `held-by`, `via` and the like) if a source prints a name for them, and for a source that a claim names by
    its label. If only sources in other languages print a name, the `name` that pages use counts instead. Days and months
    count as numbers. The first word of a sentence counts as an ordinary word, unless an actor or place has that name.

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
    for context in claim_contexts(dossier):
        yield from _unquoted_names(context)
        yield from _unquoted_sources(context)
        yield from _unnamed_in_fields(context)


def _unquoted_names(context: ClaimContext) -> Iterator[Problem]:
    text = context.unquoted_text
    for start, end in _name_spans(context):
        name = text[start:end]
        if name not in _CALENDAR and not _is_supported(context, name):
            message = f"`{name}` is not named in any of this claim's quotes"
            help = "quote words that contain the name, or say under `antecedents:` which words of the quote mean it"
            yield context.problem(NAME_IS_QUOTED, message, help, span=(start, end))


def _name_spans(context: ClaimContext) -> Iterator[tuple[int, int]]:
    """The offsets of the names in a claim: known names, and other capitalised words that do not begin a sentence."""
    text = context.unquoted_text
    for start, end, _ in context.label_spans:
        text = text[:start] + "|" * (end - start) + text[end:]
    known = context.names.find_names(text)
    yield from known
    for start, end in known:
        text = text[:start] + "|" * (end - start) + text[end:]
    for start, end in capitalised_spans(text):
        if _AT_SENTENCE_START.search(text[:start]):
            start = text.find(" ", start, end) + 1 or end
        if start < end:
            yield start, end


def _is_supported(context: ClaimContext, name: str) -> bool:
    meant = context.names.ids_by_name.get(name, frozenset())
    if any(_is_meant_by_antecedent(context, key) for key in meant):
        return True
    if any(prints_name(form, text) for form in context.names.aliases_of(name) for text in context.quote_texts):
        return True
    words = [word.removesuffix("'s") for word in name.split() if word.lower() not in _ARTICLES]
    if any(all(prints_name(word, page_name) for word in words) for page_name in _page_names_of_meant(context)):
        return True
    return all(any(prints_name(word, text) for text in context.quote_texts) for word in words)


def _is_meant_by_antecedent(context: ClaimContext, key: str) -> bool:
    """Whether an antecedent says that words of the claim's quotes mean this actor or place."""
    return any(antecedent.means == key for antecedent in _quoted_antecedents(context))


def _quoted_antecedents(context: ClaimContext) -> list[Antecedent]:
    """The antecedents of words that occur in the claim's quotes."""
    antecedents = context.part.antecedents if isinstance(context.part, AttributableClaim) else ()
    return [
        antecedent
        for antecedent in antecedents
        if any(prints_name(normalise(antecedent.words), text) for text in context.quote_texts)
    ]


def _page_names_of_meant(context: ClaimContext) -> list[str]:
    """The page names of the actors and places that antecedents mean, if they list no printed name."""
    meant = (context.dossier.fact(antecedent.means, ("actors", "places")) for antecedent in _quoted_antecedents(context))
    return [normalise(fact.name) for fact in meant if isinstance(fact, Actor | Place) and not fact.names]


def _unquoted_sources(context: ClaimContext) -> Iterator[Problem]:
    for start, end, key in context.label_spans:
        if context.source_ids and key not in context.source_ids:
            message = f"this claim names `{key}`, but does not quote it"
            help = "name the source that you quote, or quote the source that you name"
            yield context.problem(NAME_IS_QUOTED, message, help, span=(start, end))


def _unnamed_in_fields(context: ClaimContext) -> Iterator[Problem]:
    owner = context.part
    searched_texts = [normalise(owner.claim), *context.quote_texts]
    for declared in fields_of(type(owner)):
        for key in field_texts(owner, declared) if declared.name in _NAMING_FIELDS else ():
            if key in context.dossier.sources:
                is_named = key in context.source_ids
            else:
                is_named = (
                    not context.names.names_by_id.get(key)
                    or context.names.is_named(key, searched_texts)
                    or _is_meant_by_antecedent(context, key)
                )
            if not is_named:
                message = f"`{key}` is named neither in this claim nor in its quotes"
                help = f"correct `{declared.yaml_key}:`, or quote words that name `{key}`"
                yield context.problem(NAME_IS_QUOTED, message, help, key)
