"""Pairs of a claim and its quote, written into one dossier: what a rule says of each claim."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import RULES
from tests.dossiers import write_dossier

Pair = tuple[str, str]


def alarms(rule: str, pairs: Sequence[Pair], folder: Path, language: str = "en") -> Iterator[tuple[Pair, list[Problem]]]:
    """For each pair the problems that a rule finds in it; a quote in several runs has ` | ` between them."""
    runs = list(dict.fromkeys(run for _, quote in pairs for run in quote.split(" | ")))
    facts = "".join(
        f"case-{n}:\n  claim: >-\n    {claim}\n  quotes:\n    wire:\n"
        + "".join(f"      - >-\n        {run}\n" for run in quote.split(" | "))
        for n, (claim, quote) in enumerate(pairs)
    )
    write_dossier(folder, {"context": facts}, {"wire": "".join(f"({n}) {run}\n\n" for n, run in enumerate(runs))})
    records = folder / "facts/sources.yaml"
    records.write_text(records.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
    dossier = read_dossier(folder)
    assert not dossier.problems
    found = list(RULES[rule](dossier))
    for n, pair in enumerate(pairs):
        part = dossier.fact(f"case-{n}")
        assert all(dossier.passage_of(quote) for quote in part.quotes), pair  # type: ignore[union-attr]
        yield pair, [problem for problem in found if problem.fact == f"case-{n}"]
