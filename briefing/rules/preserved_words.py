"""Words that a claim keeps as its quotes have them: none is lost, and none is added, where both are about the same thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.diagnostics.problem import Problem
from briefing.rules.claim_context import ClaimContext
from briefing.rules.claim_problem import claim_problem
from briefing.text.cues import Cue, Segment, has_cue, has_negation, is_about_reporting, is_in_past_tense, split_segments

SPEECH = "speech"  # a claim that gives somebody's words answers so

_WEAK_GROUPS = ("answering",)


@dataclass(frozen=True)
class CuePolicy:
    """A rule, its list of words, and for each group of it the groups by which a claim answers a quote, and a quote a claim."""

    rule: str
    word_list: str
    claim_answers: Mapping[str, frozenset[str]]
    quote_answers: Mapping[str, frozenset[str]]


def dropped_cue_problems(policy: CuePolicy, context: ClaimContext) -> Iterator[Problem]:
    """Alarms at words of the claim that a quote turns with a word of the list, and the claim with none."""
    claim = context.part.claim
    if not any(has_cue(quote.text, policy.word_list, policy.claim_answers) for quote in context.quotes):
        return
    claim_segments = split_segments(claim, policy.word_list)
    quoted = [(quote.text, segment) for quote in context.quotes for segment in split_segments(quote.text, policy.word_list)]
    for text, segment in quoted:
        for cue in (cue for cue in segment.cues if cue.group in policy.claim_answers):
            answers = policy.claim_answers[cue.group]
            about = [here for here in claim_segments if here.shared_stems(cue, segment) and _is_dropped(cue, here, claim)]
            others = [other for _, other in quoted if other is not segment and other.shared_stems(cue, segment)]
            if (
                about
                and not any(_is_answered(here, answers, here.shared_stems(cue, segment)) for here in about)
                and not any(_is_answered(here, answers) for here in _label_segments(context, policy))
                and not (SPEECH in answers and context.speech_cues)
                and all(_is_answered(other, answers, other.shared_stems(cue, segment)) for other in others)
                and not (has_negation(claim, about[0]) and not has_negation(text, segment))
            ):
                words = about[0].shared_stems(cue, segment)
                span = next((token.start, token.end) for token in about[0].tokens if token.stem in words)
                message = f"the quote says `{cue.word}` of this, and the claim says nothing like it"
                help = f"keep the `{cue.word}`, or claim less"
                yield claim_problem(policy.rule, context.fact, context.part, claim, span, message, help)


def added_cue_problems(policy: CuePolicy, context: ClaimContext) -> Iterator[Problem]:
    """Alarms at words of the list in the claim, where no quote says such of the same thing, or of anything."""
    if context.has_other_languages or not has_cue(context.part.claim, policy.word_list, policy.quote_answers):
        return
    quoted = [segment for quote in context.quotes for segment in split_segments(quote.text, policy.word_list)]
    for segment in split_segments(context.part.claim, policy.word_list):
        for cue in (cue for cue in segment.cues if cue.group in policy.quote_answers):
            about = [there for there in quoted if there.shared_stems(cue, segment)]
            is_quotation = context.unquoted_text[cue.start : cue.end].isspace()
            answers = policy.quote_answers[cue.group]
            if is_quotation or any(_is_answered(there, answers, there.shared_stems(cue, segment)) for there in about or quoted):
                continue
            if about or not is_about_reporting(cue, segment):
                message = f"no quote says `{cue.word}` of this, nor anything like it"
                help = "quote the words that say so, or leave it out of the claim"
                span = (cue.start, cue.end)
                yield claim_problem(policy.rule, context.fact, context.part, context.part.claim, span, message, help)


def _is_answered(where: Segment, answers: frozenset[str], about: frozenset[str] = frozenset()) -> bool:
    """Whether a segment has a word of these groups; a soft one answers only what it is about itself."""
    cues = (cue for cue in where.cues if cue.group in answers)
    return any(cue.group not in _WEAK_GROUPS or not about or about & cue.heads for cue in cues)


def _is_dropped(cue: Cue, here: Segment, claim: str) -> bool:
    """A term of an agreement may be told in the present, without its `will`; told as past it is another thing."""
    return cue.group != "will" or is_in_past_tense(claim, here, cue)


def _label_segments(context: ClaimContext, policy: CuePolicy) -> tuple[Segment, ...]:
    """What stands before a claim of the home page, as in `Not settled`."""
    label = getattr(context.part, "label", None)
    return split_segments(label, policy.word_list) if label else ()
