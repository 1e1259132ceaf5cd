"""The rules: each a generator over the dossier, named for what should hold; its docstring is its documentation.

The documentation ends in two examples, a fact of the invented dossier that fails and one that passes; both are tests.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.diagnostics.problem import Problem, Report, ToldRule, in_order
from briefing.diagnostics.rule_ids import FITS
from briefing.diagnostics.suggestions import did_you_mean
from briefing.model.dossier import Dossier
from briefing.rules import (
    consistency,
    coverage,
    history,
    names,
    neutrality,
    numbers,
    originality,
    polarity,
    quoting,
    reading,
    silences,
    speakers,
    sufficiency,
    waivers,
)
from briefing.rules.incremental import Again, Rule

RULES: dict[str, Rule] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        reading.text_is_whole,
        reading.id_is_unique,
        reading.fact_fits_its_kind,
        reading.reference_exists,
        reading.date_is_possible,
        reading.source_is_unchanged,
        quoting.quote_is_verbatim,
        quoting.quote_is_whole_words,
        quoting.quote_is_unique,
        sufficiency.quote_is_enough,
        numbers.number_is_quoted,
        names.name_is_quoted,
        speakers.speaker_is_named,
        polarity.negation_agrees,
        polarity.hedge_is_kept,
        silences.silence_is_true,
        silences.origin_is_one,
        neutrality.claim_is_neutral,
        originality.claim_is_our_own,
        consistency.facts_agree,
        coverage.paragraph_is_disposed,
        coverage.quotation_is_fair,
        history.change_is_told,
        waivers.waiver_is_needed,
    )
}
SWITCHABLE = (*waivers.WAIVABLE, "paragraph-is-disposed", "quotation-is-fair")
WARNINGS = ("quote-is-enough",)
ENGLISH = ("name-is-quoted", "speaker-is-named", "negation-agrees", "hedge-is-kept", "claim-is-neutral")
NOT_RUN = "not-run"
SEVERITIES = ("error", "warning", "off")


def check(dossier: Dossier, begins: Callable[[str], None] | None = None, again: Again | None = None) -> Report:
    """Runs every rule that is not off: problems, warnings and what is waived in order of file, and how much was checked.

    `begins` is called with the name of each rule before it runs; `again` keeps from one time to the next which facts need
    not be looked at.
    """
    if again:
        again.begin(dossier)
    switched = {name: severity_of(dossier, name) for name in RULES}
    off = {name for name, how in switched.items() if how in ("off", NOT_RUN)}
    found = _found(dossier, [name for name in RULES if name not in off], begins, again)
    standing, waived = waivers.answer(dossier, in_order(found), off)
    standing += switch_problems(dossier)
    problems = [problem for problem in standing if switched[problem.rule] == "error"]
    warnings = [replace(problem, severity="warning") for problem in standing if switched[problem.rule] == "warning"]
    not_run = tuple(name for name, how in switched.items() if how == NOT_RUN)
    return Report(dossier.counts(), in_order(problems), in_order(warnings), tuple(waived), told_rules(dossier), not_run)


def _found(
    dossier: Dossier, names: Iterable[str], begins: Callable[[str], None] | None, again: Again | None
) -> Iterator[Problem]:
    for name in names:
        if begins:
            begins(name)
        yield from again.run(name, RULES[name], dossier) if again else RULES[name](dossier)


def severity_of(dossier: Dossier, rule: str) -> str:
    """What a rule's problems are in this briefing: `error`, `warning` or `off`; or `not-run`, in a language not its own.

    Rules of meaning know words of English. Of claims in another language they say nothing, rather than guess.
    """
    usual = "warning" if rule in WARNINGS else "error"
    chosen = dossier.settings.rules.get(rule, usual)  # type: ignore[call-overload]
    severity = str(chosen) if rule in SWITCHABLE and chosen in SEVERITIES else usual
    return NOT_RUN if rule in ENGLISH and severity != "off" and not dossier.settings.is_english else severity


def switch_problems(dossier: Dossier) -> Iterator[Problem]:
    """What is wrong with the switches in a briefing's settings."""
    for rule, severity in dossier.settings.rules.items():
        if rule not in RULES:
            yield Problem(
                FITS, rule.mark, f"there is no rule `{rule}`", did_you_mean(rule, list(RULES), "`briefing rules` lists them")
            )
        elif rule not in SWITCHABLE:
            yield Problem(
                FITS, rule.mark, f"`{rule}` cannot be switched", "delete the line; without it no citation can be trusted"
            )
        elif severity not in SEVERITIES:
            yield Problem(FITS, severity.mark, f"`{severity}` is no severity", "write `error`, `warning` or `off`")


def told_rules(dossier: Dossier) -> tuple[ToldRule, ...]:
    """Every rule, in the order in which they are run."""
    return tuple(ToldRule(name, summary(rule), severity_of(dossier, name)) for name, rule in RULES.items())


def summary(rule: Callable[..., object]) -> str:
    """What should hold, in one sentence: the first line of a rule's documentation."""
    return (rule.__doc__ or "").strip().split("\n", 1)[0]


SUMMARIES = {name: summary(rule) for name, rule in RULES.items()}
