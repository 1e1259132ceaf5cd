"""The rules: each a generator over the dossier, named for what should hold; its docstring is its documentation.

The documentation ends in two examples, a fact of the invented dossier that fails and one that passes; both are tests.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.diagnostics.problem import Problem, Report, RuleSummary, sorted_problems
from briefing.diagnostics.rule_ids import FITS_KIND_RULE
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
from briefing.rules.incremental import IncrementalChecker, Rule

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
WARNING_RULES = ("quote-is-enough",)
ENGLISH_RULES = ("name-is-quoted", "speaker-is-named", "negation-agrees", "hedge-is-kept", "claim-is-neutral")
NOT_RUN = "not-run"
SEVERITIES = ("error", "warning", "off")


def check(
    dossier: Dossier, on_rule_start: Callable[[str], None] | None = None, incremental: IncrementalChecker | None = None
) -> Report:
    """Runs every rule that is not off: problems, warnings and what is waived in order of file, and how much was checked.

    `begins` is called with the name of each rule before it runs; `again` keeps from one time to the next which facts need
    not be looked at.
    """
    if incremental:
        incremental.begin(dossier)
    switched = {name: severity_of(dossier, name) for name in RULES}
    off = {name for name, how in switched.items() if how in ("off", NOT_RUN)}
    found = _run_rules(dossier, [name for name in RULES if name not in off], on_rule_start, incremental)
    unwaived, waived = waivers.apply_waivers(dossier, sorted_problems(found), off)
    unwaived += switch_problems(dossier)
    problems = [problem for problem in unwaived if switched[problem.rule] == "error"]
    warnings = [replace(problem, severity="warning") for problem in unwaived if switched[problem.rule] == "warning"]
    not_run = tuple(name for name, how in switched.items() if how == NOT_RUN)
    return Report(
        dossier.counts(), sorted_problems(problems), sorted_problems(warnings), tuple(waived), rule_infos(dossier), not_run
    )


def _run_rules(
    dossier: Dossier, names: Iterable[str], on_rule_start: Callable[[str], None] | None, incremental: IncrementalChecker | None
) -> Iterator[Problem]:
    for name in names:
        if on_rule_start:
            on_rule_start(name)
        yield from incremental.run(name, RULES[name], dossier) if incremental else RULES[name](dossier)


def severity_of(dossier: Dossier, rule: str) -> str:
    """What a rule's problems are in this briefing: `error`, `warning` or `off`; or `not-run`, in a language not its own.

    Rules of meaning know words of English. Of claims in another language they say nothing, rather than guess.
    """
    usual = "warning" if rule in WARNING_RULES else "error"
    chosen = dossier.settings.rules.get(rule, usual)  # type: ignore[call-overload]
    severity = str(chosen) if rule in SWITCHABLE and chosen in SEVERITIES else usual
    return NOT_RUN if rule in ENGLISH_RULES and severity != "off" and not dossier.settings.is_english else severity


def switch_problems(dossier: Dossier) -> Iterator[Problem]:
    """What is wrong with the switches in a briefing's settings."""
    for rule, severity in dossier.settings.rules.items():
        if rule not in RULES:
            yield Problem(
                FITS_KIND_RULE,
                rule.location,
                f"there is no rule `{rule}`",
                did_you_mean(rule, list(RULES), "`briefing rules` lists them"),
            )
        elif rule not in SWITCHABLE:
            yield Problem(
                FITS_KIND_RULE,
                rule.location,
                f"`{rule}` cannot be switched",
                "delete the line; without it no citation can be trusted",
            )
        elif severity not in SEVERITIES:
            yield Problem(
                FITS_KIND_RULE, severity.location, f"`{severity}` is no severity", "write `error`, `warning` or `off`"
            )


def rule_infos(dossier: Dossier) -> tuple[RuleSummary, ...]:
    """Every rule, in the order in which they are run."""
    return tuple(RuleSummary(name, rule_summary(rule), severity_of(dossier, name)) for name, rule in RULES.items())


def rule_summary(rule: Callable[..., object]) -> str:
    """What should hold, in one sentence: the first line of a rule's documentation."""
    return (rule.__doc__ or "").strip().split("\n", 1)[0]


SUMMARIES = {name: rule_summary(rule) for name, rule in RULES.items()}
