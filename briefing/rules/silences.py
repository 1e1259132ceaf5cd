"""The rules of silences and of statements with several renderings: silence is proven, and one statement has one speaker."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import regex

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import ORIGIN_IS_ONE, SILENCE_IS_TRUE
from briefing.model.attribution import SAYS, Attributions, same_statement_ids
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact
from briefing.model.fields import Quote
from briefing.model.kinds import Silence
from briefing.model.source import Passage, Source
from briefing.text.words import WORD, find_whole_words, normalise, word_runs

MIN_INFLECTED_LENGTH = 4  # with shorter words, `news` would be a form of `new`
ENDINGS = ("s", "es", "d", "ed", "ing", "'s")
_WORD_CHARACTER = regex.compile(WORD, regex.V1)


def silence_is_true(dossier: Dossier) -> Iterator[Problem]:
    """The terms that a silence lists as absent occur in none of its sources, in capital or small letters.

    List every spelling and inflection that a source could have used; each counts as whole words. In an English source the
    regular forms of a term (`islets` for `islet`) are looked for too, because a term proves nothing if the source has another
    form of it. If a term occurs in another sense, quote the passage under `other-senses` and explain the sense; a passage
    without any of the terms is a problem. No fact under `about` can quote a source that the silence calls silent.

    Fails, in facts/silences.yaml:

        fishing:
          claim: Neither report speaks of fishing or of the quays.
          absent: [fishing, fishery, quays]

    Passes, in facts/silences.yaml:

        wages:
          claim: The Gazette does not say what dockers are paid.
          absent: [pay, pays, paid, wage, wages]
          in: [gazette]
          other-senses:
            - claim: The Gazette speaks of the rent that the Isles pay, and of who will pay for cranes.
              quotes:
                gazette:
                  - keep their jobs and the Isles pay $90 million a year in rent
                  - of who will pay for new ones
    """
    attributions = Attributions(dossier)
    words = frozenset[str]().union(*(source.word_set for source in dossier.sources.values()))
    for fact in dossier.facts_of(Silence):
        if fact.absent:
            silent = attributions.silent_sources(fact)
            yield from _occurrence_problems(
                dossier, fact, [dossier.sources[key] for key in silent if key in dossier.sources], words
            )
            yield from _contradiction_problems(attributions, fact, silent)
        else:
            yield from _termless_problems(dossier, fact)


def _occurrence_problems(
    dossier: Dossier, fact: Silence, sources: Sequence[Source], words: frozenset[str]
) -> Iterator[Problem]:
    """The problem of each term that occurs in a source; `words` are the words of all sources."""
    quotes = [quote for part in fact.other_senses for quote in part.quotes]
    excused = [(quote, passage) for quote in quotes if (passage := dossier.passage_of(quote))]
    needed: set[Quote] = set()
    for term in fact.absent:
        forms = _possible_forms(_inflected_forms(term), words)
        for source in sources if forms else ():
            found = list(_occurrences(source, forms if _is_english_source(dossier, source) else (normalise(term),)))
            needed |= {quote for quote, passage in excused if any(_contains_passage(passage, at) for at in found)}
            unexcused = [at for at in found if not any(_contains_passage(passage, at) for _, passage in excused)]
            if unexcused:
                form = normalise(source.exact_text(unexcused[0]))
                named = f"`{term}`" if form.casefold() == normalise(term).casefold() else f"`{form}`, a form of `{term}`,"
                message = f"{named} occurs in `{source.id}`, paragraph {source.paragraph_at(unexcused[0].start)}"
                help = "delete the term or the silence; if the term has another sense there, quote it under `other-senses:`"
                yield Problem(SILENCE_IS_TRUE, term.location, message, help, fact=fact.key)
    for quote, _ in excused:
        if quote not in needed:
            message = f"no term listed under `absent:` occurs in this passage of `{quote.source}`"
            yield Problem(SILENCE_IS_TRUE, quote.text.location, message, "delete the passage", fact=fact.key)


def _contains_passage(passage: Passage, at: Passage) -> bool:
    return passage.source == at.source and passage.start <= at.start and at.end <= passage.end


def _contradiction_problems(attributions: Attributions, fact: Silence, silent: Sequence[str]) -> Iterator[Problem]:
    for key in fact.about:
        other = attributions.dossier.fact(key)
        statuses = attributions.attributions_of(other, other) if isinstance(other, Fact) and isinstance(other, Claim) else ()
        for source in (s.source for s in statuses if s.status == SAYS and s.source in silent):
            message = f"`{key}` quotes `{source}`, but this silence says that `{source}` is silent about it"
            help = "remove it from `about:`, or list the silent sources under `in:`"
            yield Problem(SILENCE_IS_TRUE, key.location, message, help, fact=fact.key)


def _termless_problems(dossier: Dossier, fact: Silence) -> Iterator[Problem]:
    """The problems of a silence without absent terms: nothing then proves it, or needs another sense."""
    help = "list words that the sources do not use under `absent:`, or delete this line"
    for key in fact.about:
        message = "nothing proves that the sources are silent about this, because no terms are listed as absent"
        yield Problem(SILENCE_IS_TRUE, key.location, message, help, fact=fact.key)
    for quote in (quote for part in fact.other_senses for quote in part.quotes):
        message = "no terms are listed as absent, so none can have another sense here"
        yield Problem(SILENCE_IS_TRUE, quote.text.location, message, help, fact=fact.key)


def _is_english_source(dossier: Dossier, source: Source) -> bool:
    record = dossier.record(source.id)
    return record is not None and record.language.partition("-")[0] == "en"


def _inflected_forms(term: str) -> tuple[str, ...]:
    """A term with the regular English forms of its last word, if that has at least four letters."""
    words = normalise(term)
    last = words.rpartition(" ")[2]
    if not (last.isascii() and last.isalpha() and len(last) >= MIN_INFLECTED_LENGTH):
        return (words,)
    stems = [(words, ENDINGS), (words + words[-1], ("ed", "ing"))]
    if last[-1] in "ey":
        stems.append((words[:-1], ("ing",) if last[-1] == "e" else ("ies", "ied")))
    return (words, *(stem + ending for stem, endings in stems for ending in endings))


def _possible_forms(forms: Iterable[str], words: frozenset[str]) -> tuple[str, ...]:
    """The forms whose runs of word characters are all among `words`; the others cannot occur as whole words."""
    return tuple(form for form in forms if word_runs(form.casefold()) <= words)


def _occurrences(source: Source, forms: tuple[str, ...]) -> Iterator[Passage]:
    """The passages of a source that are one of the forms as whole words, in any case, in the order of the source."""
    folded_forms = [form.casefold() for form in _possible_forms(forms, source.word_set)]
    for run in source.runs if any(form in source.folded_text for form in folded_forms) else ():
        folded = run.text.casefold()
        for at, end in sorted(
            (at, at + len(form)) for form in folded_forms for at in find_whole_words(form, folded, _is_outside_word)
        ):
            start, stop = run.starts[_unfolded_index(run.text, at)], run.ends[_unfolded_index(run.text, end - 1)]
            yield Passage(source.id, source.paragraph_at(start), source.paragraph_at(stop - 1), start, stop)


def _is_outside_word(text: str, at: int) -> bool:
    """Whether `at` is not inside a run of word characters: to prove a word absent, `lease` is in `lease-term` too."""
    return not (at and _WORD_CHARACTER.match(text, at) and _WORD_CHARACTER.match(text, at - 1))


def _unfolded_index(text: str, at: int) -> int:
    """The index of the character that case folding turned into the one at `at`; it can turn one into several."""
    return bisect_right(list(accumulate(len(char.casefold()) for char in text)), at)


def origin_is_one(dossier: Dossier) -> Iterator[Problem]:
    """Facts that are linked as one statement have the same speaker.

    Two reports of one statement are one origin, not two. If a source speaks in its own voice, or if the speakers differ,
    they are two statements, however similar.

    Fails, in facts/reactions.yaml:

        kern-lost-nothing:
          claim: Kern said, "we have sold nothing", according to Vessian media.
          actor: kern
          speech: both
          via: [vessian-media]
          same-statement: [quist-welcomes]
          quotes:
            wire: “We have lost nothing, we have sold nothing,” Kern said, according to Vessian media.

    Passes, in facts/reactions.yaml:

        kern-lost-nothing:
          claim: Kern said, "we have sold nothing", according to Vessian media.
          actor: kern
          speech: both
          via: [vessian-media]
          same-statement: [kern-nothing-lost]
          quotes:
            wire: “We have lost nothing, we have sold nothing,” Kern said, according to Vessian media.
    """
    attributions = Attributions(dossier)
    for fact in dossier.all_facts():
        for key in same_statement_ids(fact):
            other = dossier.fact(key)
            if other is not None and (other is fact or not _has_same_speaker(attributions, fact, other)):
                message = "a fact cannot name itself here" if other is fact else f"`{key}` does not have the same speaker"
                help = "name a fact with the same `actor:` or `according-to:`, or delete the line"
                yield Problem(ORIGIN_IS_ONE, key.location, message, help, fact=fact.key)


def _has_same_speaker(attributions: Attributions, fact: Fact, other: Fact) -> bool:
    speakers = attributions.speakers(fact)
    return bool(speakers) and speakers == attributions.speakers(other)
