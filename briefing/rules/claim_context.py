"""A claim as the rules of who is named read it: its own words, its quotes, the sources it names and its words of speech."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import regex

from briefing.model.dossier import Dossier, once_per_dossier
from briefing.model.facts import Claim, Fact, Quote, parts_of
from briefing.model.names import NameIndex
from briefing.model.record import Record
from briefing.model.source import Passage
from briefing.text.languages import primary_subtag
from briefing.text.lexicon import find_phrases
from briefing.text.quotation_marks import blank_quotations
from briefing.text.words import normalise, straighten_quotes

_ENGLISH_OR_UNKNOWN = ("en", "und")
_LABEL_WORD = regex.compile(r"\w+")
_DOTLESS_I = str.maketrans({"\u0307": None, "ı": "i"})  # small letters of the capital İ, and of I in some languages
MAX_LABEL_DISTANCE = 32  # how far from a source's label a word of speech is taken for the source's own, in characters


class SpeechCue(NamedTuple):
    """A word of speech: its offsets, and the group of the list that it is of."""

    start: int
    end: int
    group: str


@dataclass(frozen=True, eq=False)
class ClaimContext:
    """A claim as these rules read it: its own words, its quotes in the claim's language, and whom both name."""

    dossier: Dossier
    names: NameIndex
    fact: Fact
    part: Claim

    @cached_property
    def unquoted_text(self) -> str:
        """The claim with what stands between quotation marks blanked out; offsets as in the claim."""
        return blank_quotations(straighten_quotes(self.part.claim))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Its quotes whose words are English, those included of whose language nobody has said anything yet."""
        return tuple(
            q
            for q in self.dossier.quotes_of(self.part)
            if is_assumed_english(self.dossier, q.source, self.dossier.passage_of(q))
        )

    @cached_property
    def has_other_languages(self) -> bool:
        """Whether it, or a quote of it, is in another language than English, whose words the rules know."""
        return not self.dossier.settings.is_english or len(self.quotes) < len(self.dossier.quotes_of(self.part))

    @cached_property
    def quote_texts(self) -> tuple[str, ...]:
        """Its normalised quotes, in whatever language."""
        return tuple(normalise(quote.text) for quote in self.dossier.quotes_of(self.part))

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """The ids of the sources that it quotes."""
        return frozenset(str(quote.source) for quote in self.dossier.quotes_of(self.part))

    @cached_property
    def label_spans(self) -> list[tuple[int, int, str]]:
        """Where the claim names a source by its label: offsets, and the source's id."""
        found = (
            (r.key, m)
            for r in _sources_maybe_named(self.dossier, self.unquoted_text)
            for m in _label_pattern(r.label).finditer(self.unquoted_text)
        )
        return [(*match.span(), key) for key, match in found]

    @cached_property
    def speech_cues(self) -> list[SpeechCue]:
        """Words of speech in the claim, outside quotation marks, that are not the source's own: offsets and group."""
        label = getattr(self.part, "label", None)
        cues = find_speech_cues(self.unquoted_text)
        for start, end, _ in self.label_spans:
            near = [cue for cue in cues if cue.group != "relay" and self._distance(cue, (start, end)) <= MAX_LABEL_DISTANCE]
            if near:
                cues.remove(min(near, key=lambda cue: self._distance(cue, (start, end))))
        return cues + (find_speech_cues(label) if label else [])

    def _distance(self, cue: SpeechCue, label: tuple[int, int]) -> int:
        """How many characters part a word of speech and a label; more than any where a semicolon stands between."""
        between = self.unquoted_text[min(cue.end, label[1]) : max(cue.start, label[0])]
        return MAX_LABEL_DISTANCE + 1 if ";" in between else len(between)


def is_assumed_english(dossier: Dossier, id: str, passage: Passage | None) -> bool:
    """Whether the rules know the words of a passage: English, or of a language that nobody has said yet."""
    record, source = dossier.fact(id, ("sources",)), dossier.sources.get(id)
    of_block = source.paragraph(passage.paragraph).language if source and passage else ""
    return primary_subtag(of_block or (str(record.language) if isinstance(record, Record) else "")) in _ENGLISH_OR_UNKNOWN


def _folded_words(text: str) -> list[str]:
    return _LABEL_WORD.findall(text.casefold().translate(_DOTLESS_I))


def _sources_maybe_named(dossier: Dossier, text: str) -> list[Any]:
    """The sources that a text may name by their label, in order: it has all words of that, or one that has a capital."""
    by_word, words = _sources_by_label_word(dossier), {"", *_folded_words(text)}
    sharing = {n: r for word in words for n, r in by_word.get(word, ())}
    return [
        r
        for _, r in sorted(sharing.items())
        if words.issuperset(_folded_words(straighten_quotes(r.label))) or _capitalised_words_in(r.label, text)
    ]


def _capitalised_words_in(label: str, text: str) -> list[str]:
    return [word for word in straighten_quotes(label).split() if unicodedata.category(word[0]) == "Lu" and word in text]


@once_per_dossier
def _sources_by_label_word(dossier: Dossier) -> dict[str, list[tuple[int, Any]]]:
    found: dict[str, list[tuple[int, Any]]] = {}
    for n, record in enumerate(dossier.facts_of_kind("sources")):
        for word in set(_folded_words(straighten_quotes(record.label))) or {""}:
            found.setdefault(word, []).append((n, record))
    return found


@cache
def _label_pattern(label: str) -> "regex.Pattern[str]":
    """Finds a source's label, in whatever case, or one word of it that has a capital within its sentence."""
    full_label, capitals = straighten_quotes(label), _capitalised_words_in(label, straighten_quotes(label))
    word = rf"|(?<=[Tt]he )(?:{'|'.join(map(regex.escape, capitals))})(?!\w)" if capitals else ""
    return regex.compile(rf"(?<!\w)(?i:{regex.escape(full_label)})(?!\w){word}")


def find_speech_cues(text: str) -> list[SpeechCue]:
    """The words of speech in a normalised text, in its order."""
    return [SpeechCue(*found) for found in find_phrases(text, "en", "reporting")]


@once_per_dossier
def claim_contexts(dossier: Dossier) -> tuple[ClaimContext, ...]:
    """Every claim that has quotes to bear it out, each where it should be; a wrong quote is a problem of its own.

    Those of the last dossier are kept: what one rule read of a claim, the next need not read again.
    """
    return tuple(_build_claim_contexts(dossier, NameIndex(dossier)))


def _build_claim_contexts(dossier: Dossier, names: NameIndex) -> Iterator[ClaimContext]:
    for fact in dossier.all_facts():
        for part in parts_of(fact):
            quotes = dossier.quotes_of(part)
            if quotes and all(map(dossier.passage_of, quotes)):
                yield ClaimContext(dossier, names, fact, part)
