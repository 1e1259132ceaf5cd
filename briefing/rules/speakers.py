"""The rule of speakers: a claim names whoever speaks in its quotes, or just outside them in the same sentence."""

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import SPEAKER_IS_NAMED
from briefing.diagnostics.suggestions import with_article
from briefing.model.dossier import Dossier
from briefing.model.facts import Antecedent
from briefing.model.fields import field_texts, fields_of
from briefing.model.names import NameIndex, prints_name
from briefing.model.parts import Wording
from briefing.model.source import Passage, Source
from briefing.rules.claim_context import ClaimContext, SpeechCue, claim_contexts, find_speech_cues
from briefing.text.lexicon import word_groups
from briefing.text.quotation_marks import quotation_spans
from briefing.text.sentences import sentence_span
from briefing.text.words import CACHE_SIZE, normalise, straighten_quotes

MAX_SPEECH_DISTANCE = 60  # how far after a quote a word of speech is looked for, in characters
MAX_DISTANCE_BEFORE = 60  # how far before and after a word of speech its speaker is looked for, in characters
MAX_DISTANCE_AFTER = 45
STEM_LENGTH = 5  # words that share so many first letters count as the same
SpeechInText = tuple[str, SpeechCue]  # a text, and a word of speech in it
SourcePassage = tuple[Source, Passage]
_RELAY_GROUPS = ("relay", "attribution")
_RELAY_FIELDS = ("via", "according_to")
_SENTENCE_BREAK = regex.compile(r"[.;!?]\s")
_SPEAKER_TO_SPEECH = regex.compile(r",? (?:also |has |had |have |, )?|, [^,]*, (?:also )?")  # a speaker to speech
_SPEECH_TO_WORDS = regex.compile(r"(?: [^\s.,;:()]+){0,3}[,:]? \"?")  # speech to the words that it introduces
_WORDS_TO_SPEECH = regex.compile(
    r"(?:[^.;:()\"]*?(?P<mark>[,.!?]?\"|,))? (?P<speaker>(?:[^\s.,;:()]+ )*)"
)  # words to the speech that follows them
_NAME_AFTER = regex.compile(r" (?:the |a )?\p{Lu}")
_QUOTED_BEFORE = regex.compile(r"[,.!?][\"']? ?(?:\S{1,60}+ ){0,8}$")
_CONTENT_WORD = regex.compile(r"(?<!\w)\p{Ll}{4,}")
_ASCII_CONTENT_WORD = re.compile(r"(?<!\w)[a-z]{4,}", re.ASCII)  # the same for ASCII, and faster


def speaker_is_named(dossier: Dossier) -> Iterator[Problem]:
    """A claim says whose words it reports, so that no speaker's words appear as the site's own.

    Words between quotation marks need a speaker, in a claim as in a source. If a quote reports what someone said, the claim
    says who said it. The claim does so even if the quote leaves the speaker out of its sentence (`…, Osk said`). It also
    names whoever passed the words on, and says so if they come from a headline, caption, subheading or embedded post. The rule
    misses words for speech that are not in its list, a claim that names one speaker where another spoke, and a speaker who
    is named in another sentence than the quote.

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
        yield from list(_unattributed_quotation(context)) or _missing_speaker_problems(context)
        yield from _unnamed_role(context)


def _unattributed_quotation(context: ClaimContext) -> Iterator[Problem]:
    spans = quotation_spans(straighten_quotes(context.part.claim))
    if spans and not context.label_spans and not find_speech_cues(context.unquoted_text):
        message = "this claim does not say whose words it quotes"
        help = "say who said it: `… said`, `according to …`"
        yield context.problem(SPEAKER_IS_NAMED, message, help, span=spans[0])


def _missing_speaker_problems(context: ClaimContext) -> Iterator[Problem]:
    """The relay that a claim leaves out, or else the speaker."""
    content = _content_stems(normalise(context.part.claim))
    passages = _relevant_passages(context, content)
    quoted, cut = list(_quoted_speech(context, content)), _cut_off_speech(passages)
    yield from list(_unnamed_relay(context, quoted, cut)) or _unattributed_speech(context, quoted, cut, passages)


def _unnamed_relay(context: ClaimContext, quoted: list[SpeechInText], cut: list[SpeechInText]) -> Iterator[Problem]:
    help = "name everyone who said the words or passed them on"
    for declared in fields_of(type(context.part)):
        for key in field_texts(context.part, declared) if declared.name in _RELAY_FIELDS else ():
            if context.names.names_by_id.get(key) and not context.names.is_named(key, [normalise(context.part.claim)]):
                message = f"these words come from or through `{key}`, but the claim does not say so"
                yield context.problem(SPEAKER_IS_NAMED, message, help, key)
                return
    places = [("the quote", found) for found in quoted] + [("just outside the quote, the source", found) for found in cut]
    relays = [(place, text, cue) for place, (text, cue) in places if cue.group in _RELAY_GROUPS]
    if relays and not any(cue.group in _RELAY_GROUPS for cue in context.speech_cues):
        place, text, cue = relays[0]
        message = f"{place} passes on someone else's words (`{_cue_text(text, cue)}`), but the claim does not say so"
        yield context.problem(SPEAKER_IS_NAMED, message, help)


def _unattributed_speech(
    context: ClaimContext, quoted: list[SpeechInText], cut: list[SpeechInText], passages: list[SourcePassage]
) -> Iterator[Problem]:
    speakers = {key for text, cue in quoted + cut for key in _speakers_near(context.names, text, cue)}
    is_attributed = bool(context.speech_cues)
    if quoted and not is_attributed:
        message = f"the quote reports what someone said (`{_cue_text(*quoted[0])}`), but the claim states it as fact"
        yield context.problem(SPEAKER_IS_NAMED, message, "say in the claim who said it")
    elif cut and not is_attributed:
        cue = _cue_text(*cut[0])
        message = f"just outside the quote, the source says who said this (`{cue}`), but the claim states it as fact"
        yield context.problem(SPEAKER_IS_NAMED, message, "say in the claim who said it, and quote those words too")
    elif passages and not is_attributed and all(is_in_quotation(*found) for found in passages):
        message = "in the source, this quote is between quotation marks, but the claim states it as fact"
        yield context.problem(SPEAKER_IS_NAMED, message, "say in the claim whose words these are")
    elif speakers and not any(context.names.is_named(key, [normalise(context.part.claim)]) for key in speakers):
        message = "the claim does not name the speaker of its quotes"
        yield context.problem(SPEAKER_IS_NAMED, message, f"name the speaker: {', '.join(sorted(speakers))}")


def _unnamed_role(context: ClaimContext) -> Iterator[Problem]:
    roles = word_groups("en", "roles")
    for quote in context.quotes:
        source, passage = context.dossier.sources.get(quote.source), context.dossier.passage_of(quote)
        role = source.paragraph(passage.paragraph).role if source and passage else ""
        if role in roles and not any(prints_name(word, context.unquoted_text.lower()) for word in roles[role]):
            message = f"these words come from {with_article(role)}, but the claim does not say so"
            help = f"say in the claim that they come from {with_article(role)}"
            yield context.problem(SPEAKER_IS_NAMED, message, help, quote.text)


def _quoted_speech(context: ClaimContext, content: set[str]) -> Iterator[SpeechInText]:
    """The words of speech in a claim's quotes that report what the claim is about, each with its quote."""
    for text in (normalise(quote.text) for quote in context.quotes):
        yield from ((text, cue) for cue in find_speech_cues(text) if _content_stems(_reported_text(text, cue)) & content)


def _relevant_passages(context: ClaimContext, content: set[str]) -> list[SourcePassage]:
    """The passages of the quotes that share words with the claim; none if the claim is about a source's own wording."""
    quotes = [] if isinstance(context.part, (Antecedent, Wording)) else context.quotes
    relevant = (quote for quote in quotes if _content_stems(normalise(quote.text)) & content)
    found = ((context.dossier.sources.get(quote.source), context.dossier.passage_of(quote)) for quote in relevant)
    return [(source, passage) for source, passage in found if source and passage]


def _cut_off_speech(passages: list[SourcePassage]) -> list[SpeechInText]:
    """The words of speech that the quotes leave out of their sentences; none if any passage has none beside it."""
    nearby = [list(speech_around(source, passage)) for source, passage in passages]
    return [found for each in nearby for found in each] if all(nearby) else []


def speech_around(source: Source, passage: Passage) -> Iterator[SpeechInText]:
    """The words of speech right before or after a passage that attribute it, each with the sentence they share."""
    run, start, end = source.run_at(passage)
    first, last = sentence_span(run.text, start, end)
    sentence, start, end = run.text[first:last], start - first, end - first
    for cue in find_speech_cues(sentence):
        if _introduces_words(sentence, cue, start) or _follows_words(sentence, end, cue):
            yield sentence, cue


def _introduces_words(sentence: str, cue: SpeechCue, start: int) -> bool:
    """Whether a word of speech introduces what begins at `start`: `Osk said that`, `Osk added: "`; not `," said`."""
    is_closing = sentence.endswith('" ', 0, cue.start)
    return cue.end < start and not is_closing and bool(_SPEECH_TO_WORDS.fullmatch(sentence, cue.end, start))


def _follows_words(sentence: str, end: int, cue: SpeechCue) -> bool:
    """Whether a word of speech attributes what ends at `end`: `, Osk said`, `," said Osk`, `according to Osk`."""
    found = _WORDS_TO_SPEECH.fullmatch(sentence, end, cue.start) if end < cue.start <= end + MAX_SPEECH_DISTANCE else None
    if not found or not set(found["speaker"].split()).isdisjoint(word_groups("en", "light")["connecting"]):
        return False
    if cue.group == "attribution" or (found["mark"] or "").endswith('"'):
        return True
    return bool(found["mark"] and (found["speaker"] or _NAME_AFTER.match(sentence, cue.end)))


def is_in_quotation(source: Source, passage: Passage) -> bool:
    """Whether a passage is between quotation marks in its source."""
    run, start, end = source.run_at(passage)
    return any(first <= start and end <= last for first, last in _cached_quotation_spans(run.text))


@lru_cache(maxsize=CACHE_SIZE)
def _cached_quotation_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(quotation_spans(text))


def _speakers_near(names: NameIndex, text: str, cue: SpeechCue) -> set[str]:
    """The ids of the actors and places named right before a word of speech, or after it where it follows what was said."""
    before = _SENTENCE_BREAK.split(text[max(0, cue.start - MAX_DISTANCE_BEFORE) : cue.start])[-1]
    spans = names.find_names(before)
    if spans and _SPEAKER_TO_SPEECH.fullmatch(before, spans[-1][1]):
        return {key for start, end in spans for key in names.ids_by_name[before[start:end]]}
    if before.rstrip()[-1:] not in ('"', "'", ","):
        return set()
    after = _SENTENCE_BREAK.split(text[cue.end : cue.end + MAX_DISTANCE_AFTER])[0]
    return {key for start, end in names.find_names(after)[:2] for key in names.ids_by_name[after[start:end]]}


def _reported_text(text: str, cue: SpeechCue) -> str:
    """What a quote reports as said: the words after the word of speech, and those before it where it follows them."""
    before = text[: cue.start]
    return f"{before} {text[cue.end :]}" if _QUOTED_BEFORE.search(before) else text[cue.end :]


def _content_stems(text: str) -> set[str]:
    """The long words of a text without capitals, each cut to its first letters; names and short words are left out."""
    return {word[:STEM_LENGTH] for word in (_ASCII_CONTENT_WORD if text.isascii() else _CONTENT_WORD).findall(text)}


def _cue_text(text: str, cue: SpeechCue) -> str:
    return text[cue.start : cue.end]
