"""Rules of what is denied and what is only possible, believed or hoped: a claim keeps both, and adds neither."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from briefing.checks.alarm import alarm
from briefing.checks.claimed import Claimed, claims_of
from briefing.cues import Cue, Segment, denies, is_telling, segments, told_as_past
from briefing.dossier import Dossier
from briefing.problem import Problem

_SOFT = ("answering", "permission", "arrangement")
_DENIALS = frozenset(["denial", "none_of_it", "failing", "answering"])
_COMING = frozenset(["would", "will", "arrangement", "plan", "expectation", "possibility", "condition", "hope"])
_KEPT: Mapping[str, frozenset[str]] = {  # what a claim may answer a word of its quotes with, beside the word's own group
    "would": _COMING,
    "allegation": frozenset(["doubt", "speech"]),
    "doubt": frozenset(["allegation", "speech"]),
    "expectation": frozenset(["plan"]),
    "plan": frozenset(["expectation", "arrangement"]),
    "will": _COMING,
}
_ADDED: Mapping[str, frozenset[str]] = {  # and what in its quotes answers for a word of a claim
    "would": _COMING,
    "will": _COMING,
    "plan": frozenset(["will", "would", "arrangement"]),
    "possibility": frozenset(["permission"]),
    "doubt": frozenset(["allegation"]),
    "expectation": frozenset(["plan"]),
}
Answers = Callable[[Cue, Cue], bool]


def negation_agrees(dossier: Dossier) -> Iterator[Problem]:
    """A claim denies what its quotes deny, and nothing else.

    A lost or an added "not" turns a claim round. The rule looks for the words that follow a negation in a quote: where the
    claim has them and denies nothing, it alarms, and the other way about. It does not see "unlawful" for "not lawful", nor
    what is told in quite other words; what a claim leaves out altogether it may leave out.

    Fails, in facts/context.yaml:

        run-of-1987:
          claim: The lease signed in 1987 was renewed, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years – it was never renewed

    Passes, in facts/context.yaml:

        run-of-1987:
          claim: The lease signed in 1987 was not renewed, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years – it was never renewed
    """
    for claimed in claims_of(dossier):
        yield from _lost("negation-agrees", "negation", claimed, lambda _, answer: answer.group in _DENIALS)
        yield from _added("negation-agrees", "negation", claimed, lambda _, answer: answer.group in _DENIALS)


def hedge_is_kept(dossier: Dossier) -> Iterator[Problem]:
    """A claim is as sure as its quotes: what is possible, believed, alleged, expected, hoped or on a condition stays so.

    A claim without the "may" of its quote says more than the source, and one with a "claimed" of its own puts a doubt in
    it. Words of one group answer each other ("may" and "possible"), "would" answers "will", and an allegation may be told
    as somebody's words. What is to come may be told in the present, as terms of an agreement are. The rule sees a hedge
    only where the claim has the words that it is about, so a free rendering gets past it.

    Fails, in facts/figures.yaml:

        output-of-the-isles:
          claim: The agreement adds 0.8 percent to the output of the Isles, their central bank said.
          measure: Output of the Isles
          value: 0.8 percent
          quotes:
            wire: The central bank of the Isles said the agreement would add 0.8 percent to their output

    Passes, in facts/figures.yaml:

        output-of-the-isles:
          claim: The agreement will add 0.8 percent to the output of the Isles, their central bank said.
          measure: Output of the Isles
          value: 0.8 percent
          quotes:
            wire: The central bank of the Isles said the agreement would add 0.8 percent to their output
    """
    for claimed in claims_of(dossier):
        yield from _lost("hedge-is-kept", "hedges", claimed, lambda cue, answer: _answers(_KEPT, cue, answer))
        yield from _added("hedge-is-kept", "hedges", claimed, lambda cue, answer: _answers(_ADDED, cue, answer))


def _answers(groups: Mapping[str, frozenset[str]], cue: Cue, answer: Cue) -> bool:
    return answer.group == cue.group or answer.group in groups.get(cue.group, ())


def _lost(rule: str, name: str, claimed: Claimed, answers: Answers) -> Iterator[Problem]:
    """Words that the claim shares with a quote, denied or hedged there and not here."""
    claim = claimed.part.claim
    told = segments(claim, name)
    quoted = [(quote.text, segment) for quote in claimed.quotes for segment in segments(quote.text, name)]
    for text, segment in quoted:
        for cue in (cue for cue in segment.cues if cue.group not in _SOFT):
            about = [here for here in told if here.shared(cue, segment) and _is_lost(cue, here, claim)]
            if not about or _is_answered(cue, (*about, *_label(claimed, name)), answers) or _is_said(cue, claimed):
                continue
            others = [other for _, other in quoted if other is not segment and other.shared(cue, segment)]
            if any(not _is_answered(cue, [other], answers) for other in others):
                continue
            if denies(claim, about[0]) and not denies(text, segment):
                continue
            words = about[0].shared(cue, segment)
            span = next((token.start, token.end) for token in about[0].tokens if token.stem in words)
            message = f"the quote says `{cue.word}` of this, and the claim says nothing like it"
            yield alarm(rule, claimed.fact, claimed.part, claim, span, message, f"keep the `{cue.word}`, or claim less")


def _added(rule: str, name: str, claimed: Claimed, answers: Answers) -> Iterator[Problem]:
    """Words of the claim that deny or hedge what a quote says outright."""
    quoted = [segment for quote in claimed.quotes for segment in segments(quote.text, name)]
    for segment in segments(claimed.part.claim, name):
        for cue in (cue for cue in segment.cues if cue.group not in _SOFT):
            about = [there for there in quoted if there.shared(cue, segment)]
            is_quotation = claimed.own[cue.start : cue.end].isspace()
            if is_quotation or claimed.has_other_languages or any(_is_answered(cue, [there], answers) for there in about or quoted):
                continue
            if about or not is_telling(cue, segment):
                message = f"no quote says `{cue.word}` of this, nor anything like it"
                help = "quote the words that say so, or leave it out of the claim"
                yield alarm(rule, claimed.fact, claimed.part, claimed.part.claim, (cue.start, cue.end), message, help)


def _is_answered(cue: Cue, where: Iterable[Segment], answers: Answers) -> bool:
    return any(answers(cue, answer) for segment in where for answer in segment.cues)


def _is_lost(cue: Cue, here: Segment, claim: str) -> bool:
    """A term of an agreement may be told in the present, without its `will`; told as past it is another thing."""
    return cue.group != "will" or told_as_past(claim, here, cue)


def _is_said(cue: Cue, claimed: Claimed) -> bool:
    """Whether a claim gives as somebody's words what its quote calls alleged."""
    return "speech" in _KEPT.get(cue.group, ()) and bool(claimed.speech)


def _label(claimed: Claimed, name: str) -> tuple[Segment, ...]:
    """What stands before a claim of the home page, as in `Not settled`."""
    label = getattr(claimed.part, "label", None)
    return segments(label, name) if label else ()
