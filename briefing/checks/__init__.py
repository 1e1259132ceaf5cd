"""The rules: each a generator over the dossier, named for what should hold; its docstring is its documentation."""

from collections.abc import Callable, Iterator

from briefing.checks import claims, coverage, quoting, reading
from briefing.dossier import Dossier
from briefing.problem import Problem, Report, in_order

Rule = Callable[[Dossier], Iterator[Problem]]

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
        claims.quote_is_enough,
        claims.number_is_quoted,
        claims.silence_is_true,
        coverage.paragraph_is_disposed,
        coverage.quotation_is_fair,
    )
}


def check(dossier: Dossier) -> Report:
    """Runs every rule: all problems in order of file and line, and how much was checked."""
    problems = (problem for rule in RULES.values() for problem in rule(dossier))
    return Report(dossier.counts(), in_order(problems), rules={name: summary(rule) for name, rule in RULES.items()})


def summary(rule: Rule) -> str:
    """What should hold, in one sentence: the first line of a rule's documentation."""
    return (rule.__doc__ or "").strip().split("\n", 1)[0]
