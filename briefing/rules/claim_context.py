"""A claim as the rules of meaning read it: without its quotations, with its quotes, named sources and words of speech."""

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import regex

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier, once_per_dossier
from briefing.model.facts import Claim, Fact, parts_of
from briefing.model.fields import Quote
from briefing.model.located_text import Text, location_within
from briefing.model.names import NameIndex
from briefing.model.source import Passage
from briefing.text.languages import primary_subtag
from briefing.text.lexicon import find_phrases
from briefing.text.quotation_marks import blank_quotations
from briefing.text.words import normalise, straighten_quotes

_ENGLISH_OR_UNKNOWN = ("en", "und")
_LABEL_WORD = regex.compile(r"\w+")
_DOTLESS_I = str.maketrans({"\u0307": None, "ı": "i"})  # small letters of the capital İ, and of I in some languages
MAX_LABEL_DISTANCE = 32  # how far from a source's label a word of speech still counts as the source's, in characters


class SpeechCue(NamedTuple):
    """A word of speech in a text: its offsets, and its group in the word list."""

    start: int
    end: int
    group: str


@dataclass(frozen=True, eq=False)
class ClaimContext:
    """A claim with what several rules derive from it; each part is computed when it is first needed."""

    dossier: Dossier
    names: NameIndex
    fact: Fact
    part: Claim

    @cached_property
    def unquoted_text(self) -> str:
        """The claim with the words between quotation marks blanked out; offsets as in the claim."""
        return blank_quotations(straighten_quotes(self.part.claim))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Its quotes in English; a quote whose language is not stated counts as English."""
        return tuple(
            q
            for q in self.dossier.quotes_of(self.part)
            if is_assumed_english(self.dossier, q.source, self.dossier.passage_of(q))
        )

    @cached_property
    def has_other_languages(self) -> bool:
        """Whether the claim or one of its quotes is not in English, the language of the word lists."""
        return not self.dossier.settings.is_english or len(self.quotes) < len(self.dossier.quotes_of(self.part))

    @cached_property
    def quote_texts(self) -> tuple[str, ...]:
        """Its normalised quotes, in any language."""
        return tuple(normalise(quote.text) for quote in self.dossier.quotes_of(self.part))

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """The ids of the sources that it quotes."""
        return frozenset(str(quote.source) for quote in self.dossier.quotes_of(self.part))

    @cached_property
    def label_spans(self) -> list[tuple[int, int, str]]:
        """The places where the claim names a source by its label: offsets, and the source's id."""
        return [
            (*match.span(), record.key)
            for record in _sources_maybe_named(self.dossier, self.unquoted_text)
            for match in _label_pattern(record.label).finditer(self.unquoted_text)
        ]

    @cached_property
    def speech_cues(self) -> list[SpeechCue]:
        """Words of speech in the claim outside quotation marks, except those that belong to a named source."""
        label = getattr(self.part, "label", None)
        cues = find_speech_cues(self.unquoted_text)
        for start, end, _ in self.label_spans:
            near = [cue for cue in cues if cue.group != "relay" and self._distance(cue, (start, end)) <= MAX_LABEL_DISTANCE]
            if near:
                cues.remove(min(near, key=lambda cue: self._distance(cue, (start, end))))
        return cues + (find_speech_cues(label) if label else [])

    def _distance(self, cue: SpeechCue, label: tuple[int, int]) -> int:
        """The number of characters between a word of speech and a label; beyond the limit if there is a semicolon."""
        between = self.unquoted_text[min(cue.end, label[1]) : max(cue.start, label[0])]
        return MAX_LABEL_DISTANCE + 1 if ";" in between else len(between)

    def problem(
        self, rule: str, message: str, help: str, text: Text | None = None, span: tuple[int, int] | None = None
    ) -> Problem:
        """A problem about the claim, or about another `text` of it; `span` limits it to some of the words."""
        return claim_problem(rule, self.fact, self.part, self.part.claim if text is None else text, span, message, help)


def claim_problem(
    rule: str,
    fact: Fact,
    part: Claim,
    text: Text,
    span: tuple[int, int] | None,
    message: str,
    help: str,
    notes: tuple[str, ...] = (),
) -> Problem:
    """A problem about the words at `span` of `text` (a claim or a quote), or about all of it, that a waiver can name."""
    start, end = span or (0, len(text))
    location = location_within(text, start, end) if span else text.location
    return Problem(rule, location, message, help, notes, fact.key, part.key, str(text[start:end]))


def is_assumed_english(dossier: Dossier, id: str, passage: Passage | None) -> bool:
    """Whether a passage is in English, or in a language that is not stated."""
    record, source = dossier.record(id), dossier.sources.get(id)
    language = source.paragraph(passage.paragraph).language if source and passage else ""
    if not language and record:
        language = str(record.language)
    return primary_subtag(language) in _ENGLISH_OR_UNKNOWN


def _folded_words(text: str) -> list[str]:
    return _LABEL_WORD.findall(text.casefold().translate(_DOTLESS_I))


def _sources_maybe_named(dossier: Dossier, text: str) -> list[Any]:
    """The records of sources that a text may name, in order: it has all words of the label, or a capitalised one."""
    by_word, words = _sources_by_label_word(dossier), {"", *_folded_words(text)}
    candidates = {number: record for word in words for number, record in by_word.get(word, ())}
    return [
        record
        for _, record in sorted(candidates.items())
        if words.issuperset(_folded_words(straighten_quotes(record.label))) or _capitalised_words_in(record.label, text)
    ]


def _capitalised_words_in(label: str, text: str) -> list[str]:
    return [word for word in straighten_quotes(label).split() if unicodedata.category(word[0]) == "Lu" and word in text]


@once_per_dossier
def _sources_by_label_word(dossier: Dossier) -> dict[str, list[tuple[int, Any]]]:
    found: dict[str, list[tuple[int, Any]]] = {}
    for number, record in enumerate(dossier.records()):
        for word in set(_folded_words(straighten_quotes(record.label))) or {""}:
            found.setdefault(word, []).append((number, record))
    return found


@cache
def _label_pattern(label: str) -> "regex.Pattern[str]":
    """Finds a source's label in any case, or after `the` one of its capitalised words."""
    full_label, capitals = straighten_quotes(label), _capitalised_words_in(label, straighten_quotes(label))
    word = rf"|(?<=[Tt]he )(?:{'|'.join(map(regex.escape, capitals))})(?!\w)" if capitals else ""
    return regex.compile(rf"(?<!\w)(?i:{regex.escape(full_label)})(?!\w){word}")


def find_speech_cues(text: str) -> list[SpeechCue]:
    """The words of speech in a normalised text, in order."""
    return [SpeechCue(*found) for found in find_phrases(text, "en", "reporting")]


@once_per_dossier
def claim_contexts(dossier: Dossier) -> tuple[ClaimContext, ...]:
    """Every claim that has quotes, all of them found in their sources; a quote that was not found is its own problem."""
    names = NameIndex(dossier)
    claims = ((fact, part, dossier.quotes_of(part)) for fact in dossier.all_facts() for part in parts_of(fact))
    return tuple(
        ClaimContext(dossier, names, fact, part)
        for fact, part, quotes in claims
        if quotes and all(map(dossier.passage_of, quotes))
    )
