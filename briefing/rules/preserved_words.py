"""Words that a claim keeps as its quotes have them: none is lost, and none is added, where both are about the same thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.diagnostics.problem import Problem
from briefing.rules.claim_context import Claimed
from briefing.rules.claim_problem import alarm
from briefing.text.cues import Cue, Segment, denies, has_cue, is_telling, segments, told_as_past

SPEECH = "speech"  # a claim that gives somebody's words answers so

_SOFT = ("answering",)


@dataclass(frozen=True)
class Keeping:
    """A rule, its list of words, and for each group of it the groups by which a claim answers a quote, and a quote a claim."""

    rule: str
    words: str
    lost: Mapping[str, frozenset[str]]
    added: Mapping[str, frozenset[str]]


def lost(keeping: Keeping, claimed: Claimed) -> Iterator[Problem]:
    """Alarms at words of the claim that a quote turns with a word of the list, and the claim with none."""
    claim = claimed.part.claim
    if not any(has_cue(quote.text, keeping.words, keeping.lost) for quote in claimed.quotes):
        return
    told = segments(claim, keeping.words)
    quoted = [(quote.text, segment) for quote in claimed.quotes for segment in segments(quote.text, keeping.words)]
    for text, segment in quoted:
        for cue in (cue for cue in segment.cues if cue.group in keeping.lost):
            answers = keeping.lost[cue.group]
            about = [here for here in told if here.shared(cue, segment) and _is_lost(cue, here, claim)]
            others = [other for _, other in quoted if other is not segment and other.shared(cue, segment)]
            if (
                about
                and not any(_is_answered(here, answers, here.shared(cue, segment)) for here in about)
                and not any(_is_answered(here, answers) for here in _label(claimed, keeping))
                and not (SPEECH in answers and claimed.speech)
                and all(_is_answered(other, answers, other.shared(cue, segment)) for other in others)
                and not (denies(claim, about[0]) and not denies(text, segment))
            ):
                words = about[0].shared(cue, segment)
                span = next((token.start, token.end) for token in about[0].tokens if token.stem in words)
                message = f"the quote says `{cue.word}` of this, and the claim says nothing like it"
                help = f"keep the `{cue.word}`, or claim less"
                yield alarm(keeping.rule, claimed.fact, claimed.part, claim, span, message, help)


def added(keeping: Keeping, claimed: Claimed) -> Iterator[Problem]:
    """Alarms at words of the list in the claim, where no quote says such of the same thing, or of anything."""
    if claimed.has_other_languages or not has_cue(claimed.part.claim, keeping.words, keeping.added):
        return
    quoted = [segment for quote in claimed.quotes for segment in segments(quote.text, keeping.words)]
    for segment in segments(claimed.part.claim, keeping.words):
        for cue in (cue for cue in segment.cues if cue.group in keeping.added):
            about = [there for there in quoted if there.shared(cue, segment)]
            is_quotation = claimed.own[cue.start : cue.end].isspace()
            answers = keeping.added[cue.group]
            if is_quotation or any(_is_answered(there, answers, there.shared(cue, segment)) for there in about or quoted):
                continue
            if about or not is_telling(cue, segment):
                message = f"no quote says `{cue.word}` of this, nor anything like it"
                help = "quote the words that say so, or leave it out of the claim"
                span = (cue.start, cue.end)
                yield alarm(keeping.rule, claimed.fact, claimed.part, claimed.part.claim, span, message, help)


def _is_answered(where: Segment, answers: frozenset[str], about: frozenset[str] = frozenset()) -> bool:
    """Whether a segment has a word of these groups; a soft one answers only what it is about itself."""
    told = (cue for cue in where.cues if cue.group in answers)
    return any(cue.group not in _SOFT or not about or about & cue.heads for cue in told)


def _is_lost(cue: Cue, here: Segment, claim: str) -> bool:
    """A term of an agreement may be told in the present, without its `will`; told as past it is another thing."""
    return cue.group != "will" or told_as_past(claim, here, cue)


def _label(claimed: Claimed, keeping: Keeping) -> tuple[Segment, ...]:
    """What stands before a claim of the home page, as in `Not settled`."""
    label = getattr(claimed.part, "label", None)
    return segments(label, keeping.words) if label else ()
