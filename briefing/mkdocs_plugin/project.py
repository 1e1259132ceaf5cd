"""Reads and checks a briefing for MkDocs: the dossier without what is wrong in it, and all that is to be told."""

import os
from calendar import timegm
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location, Problem, Report, SourceFile, sorted_problems
from briefing.diagnostics.rule_ids import COVERAGE_RULE, HISTORY_RULE
from briefing.i18n.messages import SiteContext, Translator, fixed_messages
from briefing.loading.dossier_reader import LoadCache, read_dossier
from briefing.loading.files import display_path
from briefing.mkdocs_plugin.theme import read_site_context
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.kinds import KINDS
from briefing.rendering.footer import render_footer
from briefing.rules.incremental import IncrementalChecker
from briefing.rules.registry import check
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace
from briefing.verification.site import CITATION_RULE

FIRST_DAY, LAST_DAY = (1980, 1, 1, 0, 0), (2100, 1, 1, 0, 0)  # what every form of archive can write down


class Project(NamedTuple):
    """A briefing as it was read: what is right in it, what there is to tell, and what stands around its pages."""

    dossier: Dossier
    report: Report
    site_context: SiteContext

    def footer(self, copyright: str | None) -> str:
        """What stands at the foot of every page, after the copyright that mkdocs.yml gives."""
        told = render_footer(self.dossier, self.site_context, Translator(language=self.site_context.language))
        return f"{copyright}\n{told}" if copyright else told


EMPTY_PROJECT = Project(Dossier(KINDS, {kind.file_stem: {} for kind in KINDS}, {}, {}), Report({}, ()), SiteContext())


class ProjectCache:
    """What was read and checked the last time."""

    def __init__(self) -> None:
        self.load_cache = LoadCache()
        self.checker = IncrementalChecker()


def load_project(config: MkDocsConfig, folder: Path, cache: ProjectCache | None = None) -> Project:
    """Reads and checks everything, mkdocs.yml's own words included, and sets the date of the site.

    With what is `kept` of the last time, as a preview keeps it, only what has changed is read and checked anew.
    """
    whole = read_dossier(folder, cache=cache.load_cache if cache else None)
    report = check(whole, incremental=cache.checker if cache else None)
    titles = sorted_problems(title_problems(config, whole))
    report = replace(report, problems=(*report.problems, *titles))
    wrong = [problem.fact for problem in report.problems if problem.rule != HISTORY_RULE]
    os.environ["SOURCE_DATE_EPOCH"] = str(timegm((*site_date(whole), 0)))
    frame = read_site_context(folder, report.rules, str(config.theme.get("language", "en")), is_preview=cache is not None)
    return Project(whole.without(wrong) if report.problems else whole, report, frame)


def remove_theme_search(config: MkDocsConfig) -> None:
    """Takes the theme's own search out of a build: a briefing has another, and nothing loads an index that it would write."""
    for name in ("search", "material/search"):
        if plugin := config.plugins.pop(name, None):
            for event, methods in config.plugins.events.items():
                if event != "config":  # which is under way
                    methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]


def title_problems(config: MkDocsConfig, dossier: Dossier) -> Iterator[Problem]:
    """What mkdocs.yml says in its own words: the site's name and description are a claim's, or interface words."""
    claims = {collapse_whitespace(part.claim) for fact in dossier.all_facts() for part in parts_of(fact)}
    words = fixed_messages(str(config.theme.get("language", "en")))
    path = Path(config.config_file_path) if config.config_file_path else Path("mkdocs.yml")
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    for key in ("site_name", "site_description"):
        said = collapse_whitespace(str(config[key] or ""))
        if said and said not in claims and said not in words and said not in dossier.settings.interface:
            line = next((n for n, text in enumerate(lines) if text.startswith(f"{key}:")), 0)
            mark = Location(SourceFile(display_path(path), lines), line, len(key) + 2, len(said))
            message = f"`{key}` is no claim of a fact and no interface word"
            title = next((line.claim for line in dossier.facts_of_kind("overview") if line.part == "title"), None)
            help = (
                f"copy the title of the home page: {collapse_whitespace(title)}"
                if title
                else "write a title in facts/overview.yaml"
            )
            yield Problem(CITATION_RULE, mark, message, help)


def site_date(dossier: Dossier) -> tuple[int, ...]:
    """The latest day on which a source was issued, to the minute: the date of the site, whatever the clock says."""
    issued = (read_date(record.issued) for record in dossier.records())
    latest = max((when.upper for when in issued if when), default=FIRST_DAY)
    return tuple(map(int, min(max(latest, FIRST_DAY), LAST_DAY)))


def by_priority(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in order, what is only not done yet after what is wrong."""
    return sorted(problems, key=lambda problem: problem.rule == COVERAGE_RULE)


def format_problems(report: Report) -> str:
    """All problems of a report, and how many there are."""
    count = len(report.problems)
    told = "\n\n".join(format_full(problem) for problem in report.problems)
    return f"{told}\n\nbriefing: {count} problem{'s' if count != 1 else ''}"
