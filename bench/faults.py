"""Counts how many faults of the catalogue in tests/faults are caught, compared with other checkers.

Run: make faults, or python -m bench.faults. It writes bench/faults.md and the numbers on the method page.
"""

import argparse
import re
import tempfile
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.others import catches
from briefing.diagnostics.problem import Problem
from tests.fault_catalogue import HOMES, Case, Copy, is_caught, read_cases
from tests.site_faults import BuiltCopy
from tests.sites import PROJECT

SITE = "site"
OF_A_SITE = ("site", "harmless-site")
METHOD = PROJECT / "docs" / "method.md"
TABLE = Path(__file__).with_name("faults.md")
GROUPS = {
    "structural": "Faults of form",
    "hostile": "Files, names and addresses that mean harm",
    "released": "Changes after a release",
    "site": "Faults of the built site",
    "semantic-first": "Faults of meaning, first half",
    "semantic-second": "Faults of meaning, second half",
}
HARMLESS = {
    "harmless-site": "Harmless edits of the built site",
    "harmless": "Harmless edits, first half",
    "harmless-second": "Harmless edits, second half",
}
TITLES = GROUPS | HARMLESS
ALL = "all"
MEASURED = "We measured how much such checks find"
OURS = ("cases", "caught at its place", "caught by any rule", "as an error", "only as a warning")

INTRODUCTION = """\
# How many faults the checks catch

Written by `make faults`; do not edit. The catalogue is in `tests/faults/`: small changes to the briefing in this repository
and to the invented one, each with the rule that must catch it. The first five columns are about `briefing`: how many cases
there are; how many are caught by the named rule at the named place; how many by any rule; how many as an error; how many
only as a warning. The last three columns are about other checkers: a search for the quote as a substring, and two public
checkers. They see only quotes and texts, not the site. A checker catches a case if it reports something that it does not
report in the unchanged briefing, or if it cannot read a file.

The faults of meaning are in two halves by different authors. The rules were tuned on the first half; the author of the
second half had not seen the rules. Each quote in them is exact, so a search for quotes can hardly notice them. The second
half names no rule. Some cases of the first half name none either, because no rule promises to see them.
"""


@dataclass(frozen=True)
class Outcome:
    """The problems that were reported for a case."""

    case: Case
    told: tuple[Problem, ...]

    def counts(self) -> tuple[int, ...]:
        """One where it counts, in the order of OURS."""
        error = any(problem.severity == "error" for problem in self.told)
        named = bool(self.case.rule) and is_caught(self.case, list(self.told))
        return 1, int(named), int(bool(self.told)), int(error), int(bool(self.told) and not error)


def outcomes(copies: Mapping[str, Copy], stem: str) -> list[Outcome]:
    """The problems reported for each case of a file of the catalogue."""
    return [Outcome(case, tuple(copies[SITE if stem in OF_A_SITE else case.dossier].told(case))) for case in read_cases(stem)]


def added(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The sums of the columns."""
    return tuple(map(sum, zip(*rows, strict=True)))


Rows = dict[str, tuple[int, ...]]


def rows_of(found: list[Outcome], others: list[tuple[int, ...]]) -> Rows:
    """The row of each sort of a group and of all: our counts, then the others'."""
    every = [(*one.counts(), *more) for one, more in zip(found, others, strict=True)]
    sorts = dict.fromkeys(one.case.sort for one in found)
    rows = {sort: added(row for one, row in zip(found, every, strict=True) if one.case.sort == sort) for sort in sorts}
    return rows | {ALL: added(every)}


def table(rows: Rows, heads: Iterable[str]) -> str:
    """A Markdown table of rows by label."""
    heads = list(heads)
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    return "\n".join([*lines, *(f"| {label} | {' | '.join(map(str, counts))} |" for label, counts in rows.items())])


def read_tables(text: str) -> dict[str, Rows]:
    """The rows of every table in a page, by the heading that it stands under."""
    found: dict[str, Rows] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        cells = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if line.startswith("| "))
        found[heading] = {label: tuple(map(int, counts)) for label, *counts in cells if counts and counts[0].isdecimal()}
    return found


def ours(copies: Mapping[str, Copy]) -> dict[str, list[Outcome]]:
    """What every case of the catalogue brings, by file; those of the site only where there is a copy of one."""
    stems = (stem for stem in (*GROUPS, *HARMLESS) if stem not in OF_A_SITE or SITE in copies)
    return {stem: found for stem in stems if (found := outcomes(copies, stem))}


def tables(found: Mapping[str, list[Outcome]], others: Mapping[str, list[bool]]) -> dict[str, Rows]:
    """The rows of each group by its title; `others` has a list for each other checker, over all cases in order."""
    columns = [tuple(map(int, told)) for told in zip(*others.values(), strict=True)] if others else []
    rows: dict[str, Rows] = {}
    at = 0
    for stem, group in found.items():
        rows[TITLES[stem]] = rows_of(group, columns[at : at + len(group)] or [()] * len(group))
        at += len(group)
    return rows


def page(found: Mapping[str, list[Outcome]], others: Mapping[str, list[bool]], versions: Mapping[str, str]) -> str:
    """The text of bench/faults.md."""
    heads = [*OURS, *(f"{name} {versions[name]}" if name in versions else name for name in others)]
    rows = tables(found, others)
    parts = [INTRODUCTION.strip(), "## Together", table({title: of[ALL] for title, of in rows.items()}, heads)]
    for title, of in rows.items():
        parts += [f"## {title}", table(of, heads)]
    return "\n\n".join(parts) + "\n"


def measured(rows: Mapping[str, Rows]) -> str:
    """The paragraph of the method page on what such checks see, from the rows of the table."""

    def share(stem: str) -> str:
        of = rows[TITLES[stem]][ALL]
        return f"{of[2]} of {of[0]}"

    second = (
        f", and {share('semantic-second')} that someone wrote without having seen the rules"
        if TITLES["semantic-second"] in rows
        else ""
    )
    right = added(rows[title][ALL] for title in (TITLES["harmless"], TITLES["harmless-second"]) if title in rows)
    told = f"""\
        {MEASURED} on a catalogue of faults. Each is a small change to a fact whose quotes stay exact: another digit, a lost
        hedge or negation, another speaker, a stronger word. The rules find {share("semantic-first")} faults on which they
        were tuned{second}. They wrongly report {right[2]} of {right[0]} edits that keep the fact right. Of faults of form,
        such as an altered or cut quote or a changed text, they find {share("structural")}. Elsewhere, on sentences that people
        had judged, checks of this sort find one bad sentence in four at best. They cannot see a claim that uses the quote's
        own words but changes their sense: who did what to whom, a cause that nobody gave, "for good" instead of "twice",
        something left out."""
    return textwrap.fill(" ".join(told.split()), 128, break_on_hyphens=False)


def with_measured(text: str, paragraph: str) -> str:
    """The method page with today's paragraph in place of an earlier one."""
    return re.sub(rf"^{MEASURED}.*?(?=\n\n)", lambda _: paragraph, text, flags=re.MULTILINE | re.DOTALL)


def others_of(copies: Mapping[str, Copy], found: Mapping[str, list[Outcome]]) -> tuple[dict[str, list[bool]], dict[str, str]]:
    """What other checkers catch of every case, in order, and their versions; of a site they see nothing."""
    caught, versions = catches(copies, [one.case for stem, group in found.items() if stem not in OF_A_SITE for one in group])
    every = {}
    for name, told in caught.items():
        left = iter(told)
        every[name] = [stem not in OF_A_SITE and next(left) for stem, group in found.items() for _ in group]
    return every, versions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", action="store_true", help="leave the site and the other checkers out, and write nothing")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copies = {dossier: Copy(dossier, Path(folder)) for dossier in HOMES}
        if not asked.ours:
            copies[SITE] = BuiltCopy(Path(folder) / SITE)
        found = ours(copies)
        others, versions = ({}, {}) if asked.ours else others_of(copies, found)
    text = page(found, others, versions)
    if not asked.ours:
        TABLE.write_text(text, "utf-8")
        METHOD.write_text(with_measured(METHOD.read_text("utf-8"), measured(tables(found, others))), "utf-8")
    print(text, end="")
    missed = [one.case.name for stem in GROUPS for one in found.get(stem, []) if not one.told]
    print(f"\nNo rule sees {len(missed)}: {', '.join(missed)}")


if __name__ == "__main__":
    main()
