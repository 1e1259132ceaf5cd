"""Reads and checks a briefing for MkDocs: the facts without problems, the report, and what its pages need besides."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location, Problem, Report, SourceFile, display_path, sorted_problems
from briefing.diagnostics.rule_ids import CHANGE_IS_TOLD, PAGE_IS_CITED, PARAGRAPH_IS_DISPOSED
from briefing.i18n.messages import SiteContext, Translator, fixed_messages
from briefing.loading.dossier_reader import LoadCache, read_dossier
from briefing.mkdocs_plugin.additions_check import added_style_effects, addition_problems
from briefing.mkdocs_plugin.hand_written_pages import page_problems
from briefing.mkdocs_plugin.theme import read_site_context
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.kinds import KINDS
from briefing.rendering.footer import render_footer
from briefing.rules.incremental import IncrementalChecker
from briefing.rules.registry import check
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace

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


def load_project(config: MkDocsConfig, folder: Path, cache: ProjectCache | None = None) -> Project:
    """Reads and checks a folder, and the texts that mkdocs.yml puts on pages.

    With a preview's cache, only what changed is read and checked.
    """
    dossier = read_dossier(folder, cache=cache.load_cache if cache else None)
    report = check(dossier, incremental=cache.checker if cache else None)
    of_settings = sorted_problems(
        [*title_problems(config, dossier), *addition_problems(config, dossier.settings), *page_problems(config, dossier)]
    )
    report = replace(report, problems=(*report.problems, *of_settings))
    faulty = [problem.fact for problem in report.problems if problem.rule != CHANGE_IS_TOLD]
    language = str(config.theme.get("language", "en"))
    context = read_site_context(folder, report.rules, language, is_preview=cache is not None)
    context = replace(context, style_effects=added_style_effects(config, dossier.settings), repository=config.repo_url or "")
    return Project(dossier.without(faulty) if report.problems else dossier, report, context, site_date(dossier))


def remove_theme_search(config: MkDocsConfig) -> None:
    """Removes the theme's search plugin from a build: a briefing has its own, and nothing would load the other's index."""
    for name in ("search", "material/search"):
        if plugin := config.plugins.pop(name, None):
            for event, methods in config.plugins.events.items():
                if event != "config":  # MkDocs is walking through these now
                    methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]


def title_problems(config: MkDocsConfig, dossier: Dossier) -> Iterator[Problem]:
    """The problems of mkdocs.yml: the site's name and description must be claims or interface words."""
    claims = {collapse_whitespace(part.claim) for fact in dossier.all_facts() for part in parts_of(fact)}
    words = fixed_messages(str(config.theme.get("language", "en")))
    path = Path(config.config_file_path) if config.config_file_path else Path("mkdocs.yml")
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    for key in ("site_name", "site_description"):
        value = collapse_whitespace(str(config[key] or ""))
        if value and value not in claims and value not in words and value not in dossier.settings.interface:
            line = next((n for n, text in enumerate(lines) if text.startswith(f"{key}:")), 0)
            location = Location(SourceFile(display_path(path), lines), line, len(key) + 2, len(value))
            message = f"`{key}` is neither the claim of a fact nor an interface word"
            title = next((line.claim for line in dossier.facts_of_kind("overview") if line.part == "title"), None)
            help = (
                f"copy the title of the home page: {collapse_whitespace(title)}"
                if title
                else "write a title in facts/overview.yaml"
            )
            yield Problem(PAGE_IS_CITED, location, message, help)


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
