"""The rule of speakers: whoever speaks in a quote speaks in the claim."""

import re
from collections.abc import Iterator

import regex

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent, fields_of, texts
from briefing.model.located_text import Text
from briefing.model.names import Names, has_words
from briefing.model.parts import Wording
from briefing.model.source import Passage, Source
from briefing.rules.claim_context import Claimed, Cue, claims_of, cues_in
from briefing.rules.claim_problem import alarm
from briefing.rules.relays import is_in_quotation, speech_beside
from briefing.text.lexicon import word_groups
from briefing.text.quotation_marks import quotations
from briefing.text.words import normalise, straight

Spoken = tuple[str, Cue]  # a word of speech, and the text that it stands in
Placed = tuple[Source, Passage]
_PASSED_ON = ("relay", "attribution")
_RELAYING = ("via", "according_to")
_BREAK = regex.compile(r"[.;!?]\s")
_BETWEEN = regex.compile(r",? (?:also |has |had |have |, )?|, [^,]*, (?:also )?")  # a speaker and a word of speech
_CLOSED = regex.compile(r"[,.!?][\"']? ?(?:\S+ ){0,8}$")
_CONTENT = regex.compile(r"(?<!\w)\p{Ll}{4,}")
_ASCII_CONTENT = re.compile(r"(?<!\w)[a-z]{4,}", re.ASCII)  # the same where it may be quicker
STEM = 5  # so many first letters tell a word from another
NEAR_BEFORE = 60  # how far before and after a word of speech its speaker is looked for, in characters
NEAR_AFTER = 45


def speaker_is_named(dossier: Dossier) -> Iterator[Problem]:
    """Whoever speaks in a quote speaks in the claim: nobody's words become the site's own.

    Words between quotation marks have a speaker, in a claim as in a source; a quote that tells what somebody said cannot bear
    the bare thing said, nor can one from which that was cut (`…, Osk said`); whoever passed the words on is named too; and
    words of a headline, caption, subheading or embedded post are said to be that. A word of speech that a list does not know
    is not seen, nor a speaker who is named where another spoke, or in another sentence than the quote.

    Fails, in facts/context.yaml:

        unlawful:
          claim: The deal is unlawful.
          quotes:
            wire: Opposition leader Marit Osk said the deal was unlawful

    Passes, in facts/context.yaml:

        unlawful:
          claim: Osk said the deal was unlawful.
          quotes:
            wire: Opposition leader Marit Osk said the deal was unlawful
    """
    for claimed in claims_of(dossier):
        bare = list(_bare_quotation(claimed))
        yield from bare or _left_out(claimed)
        yield from _unsaid_role(claimed)


def _left_out(claimed: Claimed) -> Iterator[Problem]:
    """Who passed its words on, or else who speaks them, and is left out of a claim."""
    content = _content(normalise(claimed.part.claim))
    passages = _passages(claimed, content)
    told, cut = list(_told(claimed, content)), _cut(passages)
    yield from list(_dropped_relay(claimed, told, cut)) or _bare_speech(claimed, told, cut, passages)


def _speaker(claimed: Claimed, text: Text, span: tuple[int, int] | None, message: str, help: str) -> Problem:
    return alarm("speaker-is-named", claimed.fact, claimed.part, text, span, message, help)


def _bare_quotation(claimed: Claimed) -> Iterator[Problem]:
    marks = quotations(straight(claimed.part.claim))
    if marks and not claimed.labels and not cues_in(claimed.own):
        message = "this claim quotes, and does not say whose words these are"
        yield _speaker(claimed, claimed.part.claim, marks[0], message, "say who said it: `… said`, `according to …`")


def _bare_speech(claimed: Claimed, told: list[Spoken], cut: list[Spoken], passages: list[Placed]) -> Iterator[Problem]:
    speakers = {key for text, cue in told + cut for key in _beside(claimed.names, text, cue)}
    claim = claimed.part.claim
    if told and not claimed.speech:
        message = f"the quote tells what somebody says (`{_word(*told[0])}`), and the claim tells it as the case"
        yield _speaker(claimed, claim, None, message, "say in the claim who said it")
    elif cut and not claimed.speech:
        message = f"beside the quote its source tells who says this (`{_word(*cut[0])}`), and the claim tells it as the case"
        yield _speaker(claimed, claim, None, message, "say in the claim who said it, and quote that as well")
    elif passages and not claimed.speech and all(is_in_quotation(*placed) for placed in passages):
        message = "in its source the quote stands between quotation marks, and the claim tells it as the case"
        yield _speaker(claimed, claim, None, message, "say in the claim whose words these are")
    elif speakers and not any(claimed.names.is_named(key, [normalise(claim)]) for key in speakers):
        message = "the claim does not name whoever speaks in its quotes"
        yield _speaker(claimed, claim, None, message, f"name the speaker: {', '.join(sorted(speakers))}")


def _told(claimed: Claimed, content: set[str]) -> Iterator[Spoken]:
    """The words of speech in a claim's quotes that tell what the claim is about, each with its quote."""
    for text in (normalise(quote.text) for quote in claimed.quotes):
        yield from ((text, cue) for cue in cues_in(text) if _content(_reported(text, cue)) & content)


def _cut(passages: list[Placed]) -> list[Spoken]:
    """The words of speech that quotes leave out of their sentences, where none of them tells the same without any."""
    beside = [list(speech_beside(source, passage)) for source, passage in passages]
    return [found for each in beside for found in each] if all(beside) else []


def _passages(claimed: Claimed, content: set[str]) -> list[Placed]:
    """Where the quotes stand that tell what the claim is about; none for one that is about the words of a source."""
    quotes = [] if isinstance(claimed.part, (Antecedent, Wording)) else claimed.quotes
    telling = (quote for quote in quotes if _content(normalise(quote.text)) & content)
    found = ((claimed.dossier.sources.get(quote.source), claimed.dossier.passage(quote)) for quote in telling)
    return [(source, passage) for source, passage in found if source and passage]


def _word(text: str, cue: Cue) -> str:
    return text[cue.start : cue.end]


def _beside(names: Names, text: str, cue: Cue) -> set[str]:
    """Who speaks: the actors and places named right before a word of speech, or after it where it follows what was said."""
    before = _BREAK.split(text[max(0, cue.start - NEAR_BEFORE) : cue.start])[-1]
    spans = names.known(before)
    if spans and _BETWEEN.fullmatch(before, spans[-1][1]):
        return {key for start, end in spans for key in names.meant_by[before[start:end]]}
    if before.rstrip()[-1:] not in ('"', "'", ","):
        return set()
    after = _BREAK.split(text[cue.end : cue.end + NEAR_AFTER])[0]
    return {key for start, end in names.known(after)[:2] for key in names.meant_by[after[start:end]]}


def _reported(text: str, cue: Cue) -> str:
    """What a quote tells as said: the words after the word of speech, and those before it where it follows them."""
    before = text[: cue.start]
    return f"{before} {text[cue.end :]}" if _CLOSED.search(before) else text[cue.end :]


def _content(text: str) -> set[str]:
    """The words of a text that carry its matter, each cut to its first letters; names and short words apart."""
    return {word[:STEM] for word in (_ASCII_CONTENT if text.isascii() else _CONTENT).findall(text)}


def _dropped_relay(claimed: Claimed, told: list[Spoken], cut: list[Spoken]) -> Iterator[Problem]:
    claim = claimed.part.claim
    for declared in fields_of(type(claimed.part)):
        for key in texts(claimed.part, declared) if declared.name in _RELAYING else ():
            if claimed.names.of.get(key) and not claimed.names.is_named(key, [normalise(claim)]):
                message = f"these are the words of `{key}`, or came through it, and the claim does not say so"
                yield _speaker(claimed, key, None, message, "name every link of the chain in the claim")
                return
    where = [("the quote", found) for found in told] + [("beside the quote its source", found) for found in cut]
    relays = [f"{who} passes words on (`{_word(text, cue)}`)" for who, (text, cue) in where if cue.group in _PASSED_ON]
    if relays and not any(group in _PASSED_ON for _, _, group in claimed.speech):
        message = f"{relays[0]}, and the claim does not say so"
        yield _speaker(claimed, claim, None, message, "name every link of the chain in the claim")


def _unsaid_role(claimed: Claimed) -> Iterator[Problem]:
    roles = word_groups("en", "roles")
    for quote in claimed.quotes:
        source, passage = claimed.dossier.sources.get(quote.source), claimed.dossier.passage(quote)
        role = source.paragraph(passage.paragraph).role if source and passage else ""
        if role in roles and not any(has_words(word, claimed.own.lower()) for word in roles[role]):
            message = f"these words are of a {role}, and the claim does not say so"
            yield _speaker(claimed, quote.text, None, message, f"write in the claim that it is a {role}")
