"""The list of all rules, and the run that checks a dossier with them.

A rule is a generator of problems over the dossier. Its docstring is its documentation: a summary, an explanation, and two
examples for the invented dossier, one that fails and one that passes. Both are run as tests.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.diagnostics.problem import Problem, Report, RuleSummary, sorted_problems
from briefing.diagnostics.rule_ids import (
    CHANGE_IS_TOLD,
    CLAIM_IS_NEUTRAL,
    CLAIM_IS_OUR_OWN,
    DATE_IS_POSSIBLE,
    FACT_FITS_ITS_KIND,
    FACTS_AGREE,
    HEDGE_IS_KEPT,
    ID_IS_UNIQUE,
    NAME_IS_QUOTED,
    NEGATION_AGREES,
    NUMBER_IS_QUOTED,
    ORIGIN_IS_ONE,
    PARAGRAPH_IS_DISPOSED,
    QUOTATION_IS_FAIR,
    QUOTE_IS_ENOUGH,
    QUOTE_IS_UNIQUE,
    QUOTE_IS_VERBATIM,
    QUOTE_IS_WHOLE_WORDS,
    REFERENCE_EXISTS,
    SENTENCE_IS_KEPT,
    SILENCE_IS_TRUE,
    SOURCE_IS_UNCHANGED,
    SPEAKER_IS_NAMED,
    TEXT_IS_WHOLE,
    WAIVER_IS_NEEDED,
)
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
    sentences,
    silences,
    speakers,
    sufficiency,
    waivers,
)
from briefing.rules.incremental import IncrementalChecker, Rule
from briefing.text.docstrings import docstring

RULES: dict[str, Rule] = {  # in the order in which they run
    TEXT_IS_WHOLE: reading.text_is_whole,
    ID_IS_UNIQUE: reading.id_is_unique,
    FACT_FITS_ITS_KIND: reading.fact_fits_its_kind,
    REFERENCE_EXISTS: reading.reference_exists,
    DATE_IS_POSSIBLE: reading.date_is_possible,
    SOURCE_IS_UNCHANGED: reading.source_is_unchanged,
    QUOTE_IS_VERBATIM: quoting.quote_is_verbatim,
    QUOTE_IS_WHOLE_WORDS: quoting.quote_is_whole_words,
    QUOTE_IS_UNIQUE: quoting.quote_is_unique,
    SENTENCE_IS_KEPT: sentences.sentence_is_kept,
    QUOTE_IS_ENOUGH: sufficiency.quote_is_enough,
    NUMBER_IS_QUOTED: numbers.number_is_quoted,
    NAME_IS_QUOTED: names.name_is_quoted,
    SPEAKER_IS_NAMED: speakers.speaker_is_named,
    NEGATION_AGREES: polarity.negation_agrees,
    HEDGE_IS_KEPT: polarity.hedge_is_kept,
    SILENCE_IS_TRUE: silences.silence_is_true,
    ORIGIN_IS_ONE: silences.origin_is_one,
    CLAIM_IS_NEUTRAL: neutrality.claim_is_neutral,
    CLAIM_IS_OUR_OWN: originality.claim_is_our_own,
    FACTS_AGREE: consistency.facts_agree,
    PARAGRAPH_IS_DISPOSED: coverage.paragraph_is_disposed,
    QUOTATION_IS_FAIR: coverage.quotation_is_fair,
    CHANGE_IS_TOLD: history.change_is_told,
    WAIVER_IS_NEEDED: waivers.waiver_is_needed,
}
SWITCHABLE = (*waivers.WAIVABLE, PARAGRAPH_IS_DISPOSED, QUOTATION_IS_FAIR)
WARNING_RULES = (QUOTE_IS_ENOUGH,)
ENGLISH_RULES = (SENTENCE_IS_KEPT, NAME_IS_QUOTED, SPEAKER_IS_NAMED, NEGATION_AGREES, HEDGE_IS_KEPT, CLAIM_IS_NEUTRAL)
NOT_RUN = "not-run"
SEVERITIES = ("error", "warning", "off")


def check(
    dossier: Dossier, on_rule_start: Callable[[str], None] | None = None, incremental: IncrementalChecker | None = None
) -> Report:
    """Runs every rule that is not off and reports problems, warnings and waived problems in the order of the files.

    `on_rule_start` is called with the id of each rule before it runs. With `incremental`, rules that look at one fact at a
    time look only at facts that have changed since its last run.
    """
    if incremental:
        incremental.begin(dossier)
    severities = {name: severity_of(dossier, name) for name in RULES}
    off = {name for name, severity in severities.items() if severity in ("off", NOT_RUN)}
    found = _run_rules(dossier, [name for name in RULES if name not in off], on_rule_start, incremental)
    unwaived, waived = waivers.apply_waivers(dossier, sorted_problems(found), off)
    unwaived += switch_problems(dossier)
    problems = [problem for problem in unwaived if severities[problem.rule] == "error"]
    warnings = [replace(problem, severity="warning") for problem in unwaived if severities[problem.rule] == "warning"]
    not_run = tuple(name for name, severity in severities.items() if severity == NOT_RUN)
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
    """The severity of a rule in this briefing: `error`, `warning`, `off`, or `not-run`.

    `not-run` are the rules that know only English words, in a briefing whose claims are in another language.
    """
    default = "warning" if rule in WARNING_RULES else "error"
    chosen = dossier.settings.rules.get(rule, default)  # type: ignore[call-overload]
    severity = str(chosen) if rule in SWITCHABLE and chosen in SEVERITIES else default
    return NOT_RUN if rule in ENGLISH_RULES and severity != "off" and not dossier.settings.is_english else severity


def switch_problems(dossier: Dossier) -> Iterator[Problem]:
    """The problems of the severities that briefing.yaml sets under `rules:`."""
    for rule, severity in dossier.settings.rules.items():
        if rule not in RULES:
            help = did_you_mean(rule, list(RULES), "run `briefing rules` to list all rules")
            yield Problem(FACT_FITS_ITS_KIND, rule.location, f"there is no rule `{rule}`", help)
        elif rule not in SWITCHABLE:
            help = "delete the line; without this rule no citation can be trusted"
            yield Problem(FACT_FITS_ITS_KIND, rule.location, f"the severity of `{rule}` cannot be changed", help)
        elif severity not in SEVERITIES:
            help = "write `error`, `warning` or `off`"
            yield Problem(FACT_FITS_ITS_KIND, severity.location, f"`{severity}` is not a severity", help)


def rule_infos(dossier: Dossier) -> tuple[RuleSummary, ...]:
    """Every rule, in the order in which they are run."""
    return tuple(RuleSummary(name, rule_summary(rule), severity_of(dossier, name)) for name, rule in RULES.items())


def rule_summary(rule: Callable[..., object]) -> str:
    """The first line of a rule's documentation: one sentence that says what should hold."""
    return docstring(rule).split("\n", 1)[0]


SUMMARIES = {name: rule_summary(rule) for name, rule in RULES.items()}
