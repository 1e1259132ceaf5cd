"""The rule of speakers: whoever speaks in a quote speaks in the claim."""

import re
from collections.abc import Iterator

import regex

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent
from briefing.model.fields import field_texts, fields_of
from briefing.model.located_text import Text
from briefing.model.names import NameIndex, prints_name
from briefing.model.parts import Wording
from briefing.model.source import Passage, Source
from briefing.rules.claim_context import ClaimContext, SpeechCue, claim_contexts, find_speech_cues
from briefing.rules.claim_problem import claim_problem
from briefing.rules.relays import is_in_quotation, speech_around
from briefing.text.lexicon import word_groups
from briefing.text.quotation_marks import quotation_spans
from briefing.text.words import normalise, straighten_quotes

SpeechInText = tuple[str, SpeechCue]  # a word of speech, and the text that it stands in
SourcePassage = tuple[Source, Passage]
_RELAY_GROUPS = ("relay", "attribution")
_RELAY_FIELDS = ("via", "according_to")
_SENTENCE_BREAK = regex.compile(r"[.;!?]\s")
_SPEAKER_TO_SPEECH = regex.compile(r",? (?:also |has |had |have |, )?|, [^,]*, (?:also )?")  # a speaker and a word of speech
_QUOTED_BEFORE = regex.compile(r"[,.!?][\"']? ?(?:\S+ ){0,8}$")
_CONTENT_WORD = regex.compile(r"(?<!\w)\p{Ll}{4,}")
_ASCII_CONTENT_WORD = re.compile(r"(?<!\w)[a-z]{4,}", re.ASCII)  # the same where it may be quicker
STEM_LENGTH = 5  # so many first letters tell a word from another
MAX_DISTANCE_BEFORE = 60  # how far before and after a word of speech its speaker is looked for, in characters
MAX_DISTANCE_AFTER = 45


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
    for context in claim_contexts(dossier):
        bare = list(_unattributed_quotation(context))
        yield from bare or _missing_speaker_problems(context)
        yield from _unnamed_role(context)


def _missing_speaker_problems(context: ClaimContext) -> Iterator[Problem]:
    """Who passed its words on, or else who speaks them, and is left out of a claim."""
    content = _content_stems(normalise(context.part.claim))
    passages = _relevant_passages(context, content)
    quoted, cut = list(_quoted_speech(context, content)), _cut_off_speech(passages)
    yield from list(_dropped_relay(context, quoted, cut)) or _unattributed_speech(context, quoted, cut, passages)


def _speaker_problem(context: ClaimContext, text: Text, span: tuple[int, int] | None, message: str, help: str) -> Problem:
    return claim_problem("speaker-is-named", context.fact, context.part, text, span, message, help)


def _unattributed_quotation(context: ClaimContext) -> Iterator[Problem]:
    spans = quotation_spans(straighten_quotes(context.part.claim))
    if spans and not context.label_spans and not find_speech_cues(context.unquoted_text):
        message = "this claim quotes, and does not say whose words these are"
        yield _speaker_problem(context, context.part.claim, spans[0], message, "say who said it: `… said`, `according to …`")


def _unattributed_speech(
    context: ClaimContext, quoted: list[SpeechInText], cut: list[SpeechInText], passages: list[SourcePassage]
) -> Iterator[Problem]:
    speakers = {key for text, cue in quoted + cut for key in _speakers_near(context.names, text, cue)}
    claim = context.part.claim
    if quoted and not context.speech_cues:
        message = f"the quote tells what somebody says (`{_cue_text(*quoted[0])}`), and the claim tells it as the case"
        yield _speaker_problem(context, claim, None, message, "say in the claim who said it")
    elif cut and not context.speech_cues:
        message = (
            f"beside the quote its source tells who says this (`{_cue_text(*cut[0])}`), and the claim tells it as the case"
        )
        yield _speaker_problem(context, claim, None, message, "say in the claim who said it, and quote that as well")
    elif passages and not context.speech_cues and all(is_in_quotation(*placed) for placed in passages):
        message = "in its source the quote stands between quotation marks, and the claim tells it as the case"
        yield _speaker_problem(context, claim, None, message, "say in the claim whose words these are")
    elif speakers and not any(context.names.is_named(key, [normalise(claim)]) for key in speakers):
        message = "the claim does not name whoever speaks in its quotes"
        yield _speaker_problem(context, claim, None, message, f"name the speaker: {', '.join(sorted(speakers))}")


def _quoted_speech(context: ClaimContext, content: set[str]) -> Iterator[SpeechInText]:
    """The words of speech in a claim's quotes that tell what the claim is about, each with its quote."""
    for text in (normalise(quote.text) for quote in context.quotes):
        yield from ((text, cue) for cue in find_speech_cues(text) if _content_stems(_reported_text(text, cue)) & content)


def _cut_off_speech(passages: list[SourcePassage]) -> list[SpeechInText]:
    """The words of speech that quotes leave out of their sentences, where none of them tells the same without any."""
    nearby = [list(speech_around(source, passage)) for source, passage in passages]
    return [found for each in nearby for found in each] if all(nearby) else []


def _relevant_passages(context: ClaimContext, content: set[str]) -> list[SourcePassage]:
    """Where the quotes stand that tell what the claim is about; none for one that is about the words of a source."""
    quotes = [] if isinstance(context.part, (Antecedent, Wording)) else context.quotes
    telling = (quote for quote in quotes if _content_stems(normalise(quote.text)) & content)
    found = ((context.dossier.sources.get(quote.source), context.dossier.passage_of(quote)) for quote in telling)
    return [(source, passage) for source, passage in found if source and passage]


def _cue_text(text: str, cue: SpeechCue) -> str:
    return text[cue.start : cue.end]


def _speakers_near(names: NameIndex, text: str, cue: SpeechCue) -> set[str]:
    """Who speaks: the actors and places named right before a word of speech, or after it where it follows what was said."""
    before = _SENTENCE_BREAK.split(text[max(0, cue.start - MAX_DISTANCE_BEFORE) : cue.start])[-1]
    spans = names.find_names(before)
    if spans and _SPEAKER_TO_SPEECH.fullmatch(before, spans[-1][1]):
        return {key for start, end in spans for key in names.ids_by_name[before[start:end]]}
    if before.rstrip()[-1:] not in ('"', "'", ","):
        return set()
    after = _SENTENCE_BREAK.split(text[cue.end : cue.end + MAX_DISTANCE_AFTER])[0]
    return {key for start, end in names.find_names(after)[:2] for key in names.ids_by_name[after[start:end]]}


def _reported_text(text: str, cue: SpeechCue) -> str:
    """What a quote tells as said: the words after the word of speech, and those before it where it follows them."""
    before = text[: cue.start]
    return f"{before} {text[cue.end :]}" if _QUOTED_BEFORE.search(before) else text[cue.end :]


def _content_stems(text: str) -> set[str]:
    """The words of a text that carry its matter, each cut to its first letters; names and short words apart."""
    return {word[:STEM_LENGTH] for word in (_ASCII_CONTENT_WORD if text.isascii() else _CONTENT_WORD).findall(text)}


def _dropped_relay(context: ClaimContext, quoted: list[SpeechInText], cut: list[SpeechInText]) -> Iterator[Problem]:
    claim = context.part.claim
    for declared in fields_of(type(context.part)):
        for key in field_texts(context.part, declared) if declared.name in _RELAY_FIELDS else ():
            if context.names.names_by_id.get(key) and not context.names.is_named(key, [normalise(claim)]):
                message = f"these are the words of `{key}`, or came through it, and the claim does not say so"
                yield _speaker_problem(context, key, None, message, "name every link of the chain in the claim")
                return
    where = [("the quote", found) for found in quoted] + [("beside the quote its source", found) for found in cut]
    relays = [f"{who} passes words on (`{_cue_text(text, cue)}`)" for who, (text, cue) in where if cue.group in _RELAY_GROUPS]
    if relays and not any(group in _RELAY_GROUPS for _, _, group in context.speech_cues):
        message = f"{relays[0]}, and the claim does not say so"
        yield _speaker_problem(context, claim, None, message, "name every link of the chain in the claim")


def _unnamed_role(context: ClaimContext) -> Iterator[Problem]:
    roles = word_groups("en", "roles")
    for quote in context.quotes:
        source, passage = context.dossier.sources.get(quote.source), context.dossier.passage_of(quote)
        role = source.paragraph(passage.paragraph).role if source and passage else ""
        if role in roles and not any(prints_name(word, context.unquoted_text.lower()) for word in roles[role]):
            message = f"these words are of a {role}, and the claim does not say so"
            yield _speaker_problem(context, quote.text, None, message, f"write in the claim that it is a {role}")
