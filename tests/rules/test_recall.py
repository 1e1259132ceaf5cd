"""How much the rules of numbers, "not" and "may" catch: faults put by pattern into the claims of the real briefing.

`python -m tests.rules.test_recall` prints the table.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, parts_of
from briefing.model.fields import fields_of
from briefing.model.located_text import Text
from briefing.rules.registry import RULES
from briefing.text.quotation_marks import blank_quotations

ROOT = Path(__file__).parents[2]
VERB = r"\b(agreed|announced|entered|posted|captured|welcomed|declared|destroyed|retook|split|led|fled|spoke|came) "
Put = str | Callable[[re.Match[str]], str]
FAULTS: dict[str, tuple[str, float, list[tuple[str, Put]]]] = {
    "a not lost": (
        "negation-agrees",
        0.9,
        [
            (r"\b(does|did|do|has|have|is|was|are|were) not ", r"\1 "),
            (r"\bno (such |)(mention|part|choice|agreement)\b", r"a \2"),
        ],
    ),
    "a not added": (
        "negation-agrees",
        0.9,
        [
            (r"\b(has|have|was|were|would) (?!not|no\b)", r"\1 not "),
            (VERB, r"never \1 "),
            (r"\b(agreed|led|fled) ", r"refused to \1 "),
        ],
    ),
    "a hedge lost": (
        "hedge-is-kept",
        0.8,  # where a hope stands beside it, a lost "would" is let pass
        [
            (r"\bmay |\bcould ", ""),
            (r"\bwould ", "did "),
            (r"\bis believed to be\b", "is"),
            (r"\bhoped that\b", "said that"),
            (r"\bappeared (?=greater)", "was "),
            (r"\bpossibility of\b", "matter of"),
            (r"\bpossible ", ""),
        ],
    ),
    "a hedge added": ("hedge-is-kept", 0.9, [(VERB, r"may have \1 "), (VERB, r"allegedly \1 ")]),
    "another number": (
        "number-is-quoted",
        0.9,
        [
            (r"\b\d[\d,]*\b", lambda found: str(int(found[0].replace(",", "")) + 1)),
            (r"\b(two|three|five|seven)\b", "four"),
            (r"\b(Sunday|Monday|Tuesday|Wednesday|Saturday)\b", "Friday"),
            (r"\b(September|Sept\.|November)", "March"),
            (r"\b[Dd]ozens\b", "hundreds"),
            (r"\b[Hh]undreds\b", "thousands"),
        ],
    ),
    "another exactness": (
        "number-is-quoted",
        0.8,
        [
            (r"\b(?:[Mm]ore than|[Nn]early|early|late|[Mm]ost of|[Ss]ome parts of|[Ll]arge parts of) (?!hours)", ""),
            (r"(?<!nearly )\b(\d[\d,]* (?!GMT))", r"at least \1"),
            (r"\b(two|three|five|seven) ", r"up to \1 "),
        ],
    ),
}


def faulty(part: Any, pattern: str, put: Put) -> Any:
    """A fact with one fault in each of its claims that has the pattern outside quotation marks."""
    inner = {f.name: tuple(faulty(one, pattern, put) for one in getattr(part, f.name)) for f in fields_of(type(part)) if f.part}
    claim = getattr(part, "claim", None)
    found = re.search(pattern, blank_quotations(claim)) if claim and isinstance(part, Claim) else None
    if found and claim:
        changed = (
            Text(claim[: found.start()] + found.expand(put) + claim[found.end() :])
            if isinstance(put, str)
            else Text(claim[: found.start()] + put(found) + claim[found.end() :])
        )
        changed.file, changed.start, changed.end, changed.comment = claim.file, claim.start, claim.end, claim.comment
        inner["claim"] = changed
    return replace(part, **inner) if inner else part


def caught(dossier: Dossier, rule: str, pattern: str, put: Put) -> tuple[set[str], set[str]]:
    """The keys of the claims in which a fault was put, and of those in which the rule saw it."""
    facts = {stem: {key: faulty(fact, pattern, put) for key, fact in of.items()} for stem, of in dossier.facts.items()}
    claims = {part.key: str(part.claim) for fact in dossier.all_facts() for part in parts_of(fact) if part.quotes}
    spoilt = replace(dossier, facts=facts)
    put_in = {p.key for f in spoilt.all_facts() for p in parts_of(f) if claims.get(p.key, p.claim) != p.claim}
    return put_in, {problem.part for problem in RULES[rule](spoilt)} & put_in


def rates(kind: str) -> tuple[int, int]:
    dossier = read_dossier(ROOT)
    rule, _, faults = FAULTS[kind]
    found = [caught(dossier, rule, pattern, put) for pattern, put in faults]
    return sum(len(put_in) for put_in, _ in found), sum(len(seen) for _, seen in found)


@pytest.mark.parametrize("kind", FAULTS)
def test_most_faults_of_a_few_words_are_caught(kind: str) -> None:
    put_in, seen = rates(kind)
    assert put_in >= 5
    assert seen >= FAULTS[kind][1] * put_in


if __name__ == "__main__":
    for kind in FAULTS:
        print(kind, "{1} of {0}".format(*rates(kind)))
