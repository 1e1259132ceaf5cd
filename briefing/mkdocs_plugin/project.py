"""Reads and checks a briefing for MkDocs: the dossier without what is wrong in it, and all that is to be told."""

import os
from calendar import timegm
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from briefing.diagnostics.problem import Mark, Origin, Problem, Report, draw_full, in_order
from briefing.diagnostics.rule_ids import DISPOSED, TOLD
from briefing.i18n.messages import Frame, Say, fixed_words
from briefing.loading.dossier_reader import Shelf, read_dossier
from briefing.loading.files import shown
from briefing.mkdocs_plugin.theme import frame_of
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.kinds import KINDS
from briefing.rendering.footer import foot
from briefing.rules.incremental import Again
from briefing.rules.registry import check
from briefing.text.edtf import read_date
from briefing.text.words import collapse
from briefing.verification.site import RULE

FIRST_DAY, LAST_DAY = (1980, 1, 1, 0, 0), (2100, 1, 1, 0, 0)  # what every form of archive can write down


class Reading(NamedTuple):
    """A briefing as it was read: what is right in it, what there is to tell, and what stands around its pages."""

    dossier: Dossier
    report: Report
    frame: Frame

    def foot_of(self, copyright: str | None) -> str:
        """What stands at the foot of every page, after the copyright that mkdocs.yml gives."""
        told = foot(self.dossier, self.frame, Say(language=self.frame.language))
        return f"{copyright}\n{told}" if copyright else told


NOTHING = Reading(Dossier(KINDS, {kind.stem: {} for kind in KINDS}, {}, {}), Report({}, ()), Frame())


class Shelves:
    """What was read and checked the last time."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.again = Again()


def read_briefing(config: MkDocsConfig, folder: Path, kept: Shelves | None = None) -> Reading:
    """Reads and checks everything, mkdocs.yml's own words included, and sets the date of the site.

    With what is `kept` of the last time, as a preview keeps it, only what has changed is read and checked anew.
    """
    whole = read_dossier(folder, shelf=kept.shelf if kept else None)
    report = check(whole, again=kept.again if kept else None)
    titles = in_order(title_problems(config, whole))
    report = replace(report, problems=(*report.problems, *titles))
    wrong = [problem.fact for problem in report.problems if problem.rule != TOLD]
    os.environ["SOURCE_DATE_EPOCH"] = str(timegm((*date_of(whole), 0)))
    frame = frame_of(folder, report.rules, str(config.theme.get("language", "en")), is_preview=kept is not None)
    return Reading(whole.without(wrong) if report.problems else whole, report, frame)


def without_search(config: MkDocsConfig) -> None:
    """Takes the theme's own search out of a build: a briefing has another, and nothing loads an index that it would write."""
    for name in ("search", "material/search"):
        if plugin := config.plugins.pop(name, None):
            for event, methods in config.plugins.events.items():
                if event != "config":  # which is under way
                    methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]


def title_problems(config: MkDocsConfig, dossier: Dossier) -> Iterator[Problem]:
    """What mkdocs.yml says in its own words: the site's name and description are a claim's, or interface words."""
    claims = {collapse(part.claim) for fact in dossier.every() for part in parts_of(fact)}
    words = fixed_words(str(config.theme.get("language", "en")))
    path = Path(config.config_file_path) if config.config_file_path else Path("mkdocs.yml")
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    for key in ("site_name", "site_description"):
        said = collapse(str(config[key] or ""))
        if said and said not in claims and said not in words and said not in dossier.settings.interface:
            line = next((n for n, text in enumerate(lines) if text.startswith(f"{key}:")), 0)
            mark = Mark(Origin(shown(path), lines), line, len(key) + 2, len(said))
            message = f"`{key}` is no claim of a fact and no interface word"
            title = next((line.claim for line in dossier.of("overview") if line.part == "title"), None)
            help = f"copy the title of the home page: {collapse(title)}" if title else "write a title in facts/overview.yaml"
            yield Problem(RULE, mark, message, help)


def date_of(dossier: Dossier) -> tuple[int, ...]:
    """The latest day on which a source was issued, to the minute: the date of the site, whatever the clock says."""
    issued = (read_date(record.issued) for record in dossier.of("sources"))
    latest = max((when.upper for when in issued if when), default=FIRST_DAY)
    return tuple(map(int, min(max(latest, FIRST_DAY), LAST_DAY)))


def in_turn(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in order, what is only not done yet after what is wrong."""
    return sorted(problems, key=lambda problem: problem.rule == DISPOSED)


def problems_told(report: Report) -> str:
    """All problems of a report, and how many there are."""
    count = len(report.problems)
    told = "\n\n".join(draw_full(problem) for problem in report.problems)
    return f"{told}\n\nbriefing: {count} problem{'s' if count != 1 else ''}"
