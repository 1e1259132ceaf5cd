"""Words that a claim shares with its quotes: it drops none and adds none where both are about the same thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.diagnostics.problem import Problem
from briefing.rules.claim_context import ClaimContext
from briefing.text.cues import Cue, Segment, has_cue, has_negation, is_about_reporting, is_in_past_tense, split_segments

SPEECH = "speech"  # the group that stands for any word of speech in the claim
_WEAK_GROUPS = ("answering",)


@dataclass(frozen=True)
class CuePolicy:
    """A rule and its word list; for each group of cue words, the groups that answer it in a claim or in a quote."""

    rule: str
    word_list: str
    claim_answers: Mapping[str, frozenset[str]]
    quote_answers: Mapping[str, frozenset[str]]


def dropped_cue_problems(policy: CuePolicy, context: ClaimContext) -> Iterator[Problem]:
    """Reports words of the claim to which a quote applies a cue word of the list, and the claim applies none."""
    claim = context.part.claim
    if not any(has_cue(quote.text, policy.word_list, policy.claim_answers) for quote in context.quotes):
        return
    claim_segments = split_segments(claim, policy.word_list)
    quoted = [(quote.text, segment) for quote in context.quotes for segment in split_segments(quote.text, policy.word_list)]
    for text, segment in quoted:
        for cue in (cue for cue in segment.cues if cue.group in policy.claim_answers):
            answers = policy.claim_answers[cue.group]
            about = [other for other in claim_segments if other.shared_stems(cue, segment) and _is_dropped(cue, other, claim)]
            others = [other for _, other in quoted if other is not segment and other.shared_stems(cue, segment)]
            if (
                about
                and not any(_is_answered(other, answers, other.shared_stems(cue, segment)) for other in about)
                and not any(_is_answered(other, answers) for other in _label_segments(context, policy))
                and not (SPEECH in answers and context.speech_cues)
                and all(_is_answered(other, answers, other.shared_stems(cue, segment)) for other in others)
                and not (has_negation(claim, about[0]) and not has_negation(text, segment))
            ):
                words = about[0].shared_stems(cue, segment)
                span = next((token.start, token.end) for token in about[0].tokens if token.stem in words)
                message = f"the quote says `{cue.word}` about this, but the claim says nothing similar"
                yield context.problem(
                    policy.rule, message, f"say `{cue.word}` in the claim too, or leave this part out", span=span
                )


def added_cue_problems(policy: CuePolicy, context: ClaimContext) -> Iterator[Problem]:
    """Reports cue words of the list in the claim that no quote answers."""
    if context.has_other_languages or not has_cue(context.part.claim, policy.word_list, policy.quote_answers):
        return
    quoted = [segment for quote in context.quotes for segment in split_segments(quote.text, policy.word_list)]
    for segment in split_segments(context.part.claim, policy.word_list):
        for cue in (cue for cue in segment.cues if cue.group in policy.quote_answers):
            about = [other for other in quoted if other.shared_stems(cue, segment)]
            is_quotation = context.unquoted_text[cue.start : cue.end].isspace()
            answers = policy.quote_answers[cue.group]
            if is_quotation or any(_is_answered(other, answers, other.shared_stems(cue, segment)) for other in about or quoted):
                continue
            if about or not is_about_reporting(cue, segment):
                message = f"the claim says `{cue.word}` about this, but no quote says anything similar"
                help = f"quote the words that say so, or remove `{cue.word}` from the claim"
                yield context.problem(policy.rule, message, help, span=(cue.start, cue.end))


def _is_answered(segment: Segment, answers: frozenset[str], about: frozenset[str] = frozenset()) -> bool:
    """Whether a segment has a cue of these groups; a weak cue counts only if it applies to one of the stems `about`."""
    cues = (cue for cue in segment.cues if cue.group in answers)
    return any(cue.group not in _WEAK_GROUPS or not about or about & cue.heads for cue in cues)


def _is_dropped(cue: Cue, segment: Segment, claim: str) -> bool:
    """Whether leaving out a cue changes the sense; the terms of an agreement may be in the present tense without `will`."""
    return cue.group != "will" or is_in_past_tense(claim, segment, cue)


def _label_segments(context: ClaimContext, policy: CuePolicy) -> tuple[Segment, ...]:
    """The label before a claim of the home page, such as `Not settled`."""
    label = getattr(context.part, "label", None)
    return split_segments(label, policy.word_list) if label else ()
