"""Reads and checks a briefing for MkDocs: the facts without problems, the report, and what its pages need besides."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem, Report, sorted_problems
from briefing.diagnostics.rule_ids import CHANGE_IS_TOLD, PARAGRAPH_IS_DISPOSED
from briefing.i18n.messages import SiteContext, Translator
from briefing.loading.dossier_reader import LoadCache, read_dossier
from briefing.mkdocs_plugin.additions_check import added_style_effects, addition_problems
from briefing.mkdocs_plugin.hand_written_pages import page_problems
from briefing.mkdocs_plugin.settings_check import nav_titles, settings_of, settings_problems
from briefing.mkdocs_plugin.theme import read_site_context
from briefing.model.dossier import Dossier
from briefing.model.kinds import KINDS
from briefing.rendering.footer import render_footer
from briefing.rendering.pages import SiteRenderer
from briefing.rendering.site_map import briefing_title
from briefing.rules.incremental import IncrementalChecker
from briefing.rules.registry import check
from briefing.text.edtf import read_date

FIRST_DAY, LAST_DAY = datetime(1980, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""The earliest and latest date of a site: what every archive format can store."""


class Project(NamedTuple):
    """A briefing that was read and checked: the facts without problems, the report, and the context and date of its site."""

    dossier: Dossier
    report: Report
    site_context: SiteContext
    date: datetime

    def footer(self, copyright: str | None) -> str:
        """The HTML at the bottom of every page, after the copyright that mkdocs.yml gives."""
        footer = render_footer(self.dossier, self.site_context, Translator(language=self.site_context.language))
        return f"{copyright}\n{footer}" if copyright else footer


_NO_FACTS = Dossier(KINDS, {kind.file_stem: {} for kind in KINDS}, {}, {})
EMPTY_PROJECT = Project(_NO_FACTS, Report({}, ()), SiteContext(), FIRST_DAY)


class ProjectCache:
    """What a preview read and checked last."""

    def __init__(self) -> None:
        self.load_cache = LoadCache()
        self.checker = IncrementalChecker()


def load_project(
    config: MkDocsConfig,
    folder: Path,
    cache: ProjectCache | None = None,
    on_rule_start: Callable[[str], None] | None = None,
) -> Project:
    """Reads and checks a folder, and what mkdocs.yml and the names of the files in docs/ make of it; names the site.

    With a preview's cache, only what changed is read and checked. `on_rule_start` is called as `check` says.
    """
    dossier = read_dossier(folder, cache=cache.load_cache if cache else None)
    report = check(dossier, on_rule_start, cache.checker if cache else None)
    language = str(config.theme.get("language", "en"))
    if settings_of(config).is_empty("site_name"):
        config.site_name = briefing_title(dossier) or Translator(language=language).text("briefing")
    generated = SiteRenderer(dossier, SiteContext()).renderers
    of_settings = [*settings_problems(config, dossier, generated), *addition_problems(config, dossier.settings)]
    misplaced = {problem.location.file.path for problem in of_settings}  # the texts of a page that stands wrong come later
    of_pages = [problem for problem in page_problems(config, dossier) if problem.location.file.path not in misplaced]
    report = replace(report, problems=(*report.problems, *sorted_problems([*of_settings, *of_pages])))
    faulty = [problem.fact for problem in report.problems if problem.rule != CHANGE_IS_TOLD]
    context = read_site_context(folder, report.rules, language, is_preview=cache is not None)
    context = replace(
        context,
        titles=nav_titles(config),
        style_effects=added_style_effects(config, dossier.settings),
        repository=config.repo_url or "",
    )
    return Project(dossier.without(faulty) if report.problems else dossier, report, context, site_date(dossier))


def remove_theme_search(config: MkDocsConfig) -> None:
    """Removes the theme's search plugin from a build: a briefing has its own, and nothing would load the other's index."""
    for name in ("search", "material/search"):
        if plugin := config.plugins.pop(name, None):
            for event, methods in config.plugins.events.items():
                if event != "config":  # MkDocs is walking through these now
                    methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]


def site_date(dossier: Dossier) -> datetime:
    """The date of the site in UTC, to the minute: the latest day on which a source was issued, whatever the clock says."""
    issued = (read_date(record.issued) for record in dossier.records())
    latest = max((when.upper for when in issued if when), default=None)
    first, last = FIRST_DAY.timetuple()[:5], LAST_DAY.timetuple()[:5]
    return datetime(*map(int, min(max(latest or first, first), last)), tzinfo=UTC)  # type: ignore[arg-type, misc]


def by_priority(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in order, with paragraphs that are not yet used after everything else."""
    return sorted(problems, key=lambda problem: problem.rule == PARAGRAPH_IS_DISPOSED)


def format_problems(report: Report) -> str:
    """All problems of a report as text, and how many there are."""
    count = len(report.problems)
    texts = "\n\n".join(format_full(problem) for problem in report.problems)
    return f"{texts}\n\nbriefing: {count} problem{'s' if count != 1 else ''}"
