"""A claim as the rules of who is named read it: its own words, its quotes, the sources it names and its words of speech."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import regex

from briefing.model.dossier import Dossier
from briefing.model.facts import Cited, Fact, Quote, parts_of
from briefing.model.names import Names
from briefing.model.record import Record
from briefing.model.source import Passage
from briefing.text.languages import first_of
from briefing.text.lexicon import phrases_in
from briefing.text.quotation_marks import without_quotations
from briefing.text.words import normalise, straight

_READ = ("en", "und")
_WORD = regex.compile(r"\w+")
_LIKE = str.maketrans({"\u0307": None, "ı": "i"})  # small letters of the capital İ, and of I in some languages
NEAR_LABEL = 32  # how far from a source's label a word of speech is taken for the source's own, in characters


class Cue(NamedTuple):
    """A word of speech: its offsets, and the group of the list that it is of."""

    start: int
    end: int
    group: str


@dataclass(frozen=True, eq=False)
class Claimed:
    """A claim as these rules read it: its own words, its quotes in the claim's language, and whom both name."""

    dossier: Dossier
    names: Names
    fact: Fact
    part: Cited

    @cached_property
    def own(self) -> str:
        """The claim with what stands between quotation marks blanked out; offsets as in the claim."""
        return without_quotations(straight(self.part.claim))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Its quotes whose words are English, those included of whose language nobody has said anything yet."""
        return tuple(q for q in self.dossier.quotes_of(self.part) if is_read(self.dossier, q.source, self.dossier.passage(q)))

    @cached_property
    def has_other_languages(self) -> bool:
        """Whether it, or a quote of it, is in another language than English, whose words the rules know."""
        return not self.dossier.settings.is_english or len(self.quotes) < len(self.dossier.quotes_of(self.part))

    @cached_property
    def quoted(self) -> tuple[str, ...]:
        """Its normalised quotes, in whatever language."""
        return tuple(normalise(quote.text) for quote in self.dossier.quotes_of(self.part))

    @cached_property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that it quotes."""
        return frozenset(str(quote.source) for quote in self.dossier.quotes_of(self.part))

    @cached_property
    def labels(self) -> list[tuple[int, int, str]]:
        """Where the claim names a source by its label: offsets, and the source's id."""
        found = ((r.key, m) for r in _labelled(self.dossier, self.own) for m in _label(r.label).finditer(self.own))
        return [(*match.span(), key) for key, match in found]

    @cached_property
    def speech(self) -> list[Cue]:
        """Words of speech in the claim, outside quotation marks, that are not the source's own: offsets and group."""
        label = getattr(self.part, "label", None)
        cues = cues_in(self.own)
        for start, end, _ in self.labels:
            near = [cue for cue in cues if cue.group != "relay" and self._distance(cue, (start, end)) <= NEAR_LABEL]
            if near:
                cues.remove(min(near, key=lambda cue: self._distance(cue, (start, end))))
        return cues + (cues_in(label) if label else [])

    def _distance(self, cue: Cue, label: tuple[int, int]) -> int:
        """How many characters part a word of speech and a label; more than any where a semicolon stands between."""
        between = self.own[min(cue.end, label[1]) : max(cue.start, label[0])]
        return NEAR_LABEL + 1 if ";" in between else len(between)


def is_read(dossier: Dossier, id: str, passage: Passage | None) -> bool:
    """Whether the rules know the words of a passage: English, or of a language that nobody has said yet."""
    record, source = dossier.fact(id, ("sources",)), dossier.sources.get(id)
    of_block = source.paragraph(passage.paragraph).language if source and passage else ""
    return first_of(of_block or (str(record.language) if isinstance(record, Record) else "")) in _READ


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().translate(_LIKE))


def _labelled(dossier: Dossier, text: str) -> list[Any]:
    """The sources that a text may name by their label, in order: it has all words of that, or one that has a capital."""
    by_word, words = _by_word_of_label(dossier), {"", *_words(text)}
    sharing = {n: r for word in words for n, r in by_word.get(word, ())}
    return [r for _, r in sorted(sharing.items()) if words.issuperset(_words(straight(r.label))) or _capitals_in(r.label, text)]


def _capitals_in(label: str, text: str) -> list[str]:
    return [word for word in straight(label).split() if unicodedata.category(word[0]) == "Lu" and word in text]


@lru_cache(maxsize=1)
def _by_word_of_label(dossier: Dossier) -> dict[str, list[tuple[int, Any]]]:
    found: dict[str, list[tuple[int, Any]]] = {}
    for n, record in enumerate(dossier.of("sources")):
        for word in set(_words(straight(record.label))) or {""}:
            found.setdefault(word, []).append((n, record))
    return found


@cache
def _label(label: str) -> "regex.Pattern[str]":
    """Finds a source's label, in whatever case, or one word of it that has a capital within its sentence."""
    whole, capitals = straight(label), _capitals_in(label, straight(label))
    word = rf"|(?<=[Tt]he )(?:{'|'.join(map(regex.escape, capitals))})(?!\w)" if capitals else ""
    return regex.compile(rf"(?<!\w)(?i:{regex.escape(whole)})(?!\w){word}")


def cues_in(text: str) -> list[Cue]:
    """The words of speech in a normalised text, in its order."""
    return [Cue(*found) for found in phrases_in(text, "en", "reporting")]


@lru_cache(maxsize=1)
def claims_of(dossier: Dossier) -> tuple[Claimed, ...]:
    """Every claim that has quotes to bear it out, each where it should be; a wrong quote is a problem of its own.

    Those of the last dossier are kept: what one rule read of a claim, the next need not read again.
    """
    return tuple(_claims_of(dossier, Names(dossier)))


def _claims_of(dossier: Dossier, names: Names) -> Iterator[Claimed]:
    for fact in dossier.every():
        for part in parts_of(fact):
            quotes = dossier.quotes_of(part)
            if quotes and all(map(dossier.passage, quotes)):
                yield Claimed(dossier, names, fact, part)
