"""The live preview: MkDocs builds once without the generated pages; after that, saved facts are shown without MkDocs.

Everything here runs on the thread that builds. What requests read is a `PreviewState`, which never changes: the server takes
a new one in one step. Whatever fails, the state before is shown, with the failure over it.
"""

import os
import tempfile
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.loading.watcher import DOSSIER_ENTRIES
from briefing.mkdocs_plugin.edit_links import EditUrlBuilder
from briefing.mkdocs_plugin.project import EMPTY_PROJECT, Project, ProjectCache, by_priority, format_problems, load_project
from briefing.mkdocs_plugin.site_snapshot import PageCache, SiteSnapshot

log = get_plugin_logger("briefing")
_SUPPORTED_PLUGINS = frozenset(["briefing", "search", "material/search"])


def is_lazy(config: MkDocsConfig) -> bool:
    """Whether pages can be made one by one: only where no other plugin or hook changes how they are made."""
    return set(config.plugins) <= _SUPPORTED_PLUGINS and not config.hooks


def is_live() -> bool:
    """Whether open pages are reloaded. Under `mkdocs serve --no-livereload` MkDocs asks no plugin about its server."""
    context = click.get_current_context(silent=True)
    return context is None or bool(context.params.get("livereload", True))


@dataclass(frozen=True)
class PreviewState:
    """What the preview shows at one moment: one site, and the problems of the facts it was made from.

    `build_problem` says why MkDocs could not build last, and `failure` why the last save could not be shown; the rest is
    then of the save before. `built_folder` is what MkDocs built last.
    """

    site: SiteSnapshot | None = None
    built_folder: Path | None = None
    problems: tuple[Problem, ...] = ()
    build_problem: Problem | None = None
    failure: Problem | None = None
    epoch: int = 0

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """All that is wrong, warnings included, what concerns the preview itself first."""
        first = (problem for problem in (self.failure, self.build_problem) if problem)
        return (*first, *self.problems)


@dataclass(frozen=True)
class Reading:
    """What the folder held when it was last read. `failure` is set where reading failed; the rest is then older."""

    project: Project = EMPTY_PROJECT
    problems: tuple[Problem, ...] = ()
    failure: Problem | None = None


@dataclass(frozen=True)
class StartedBuild:
    """A build by MkDocs that began."""

    config: MkDocsConfig
    folder: Path
    edit_url: EditUrlBuilder | None
    is_lazy: bool
    deferred_pages: dict[File, InclusionLevel] = field(default_factory=dict)

    @property
    def dossier_paths(self) -> tuple[str, ...]:
        """The files and folders whose changes need no build by MkDocs."""
        return tuple(str(self.folder / name) for name in DOSSIER_ENTRIES)

    @property
    def watched_paths(self) -> tuple[str, ...]:
        """Every path whose changes concern this build."""
        return (*self.dossier_paths, self.config.docs_dir, *self.config.watch)

    def is_dossier_only(self, changed: Iterable[str]) -> bool:
        """Whether all changed paths belong to the dossier."""
        return all(any(path == at or path.startswith(at + os.sep) for at in self.dossier_paths) for path in changed)


@dataclass(frozen=True)
class FinishedBuild:
    """A build by MkDocs that ended well, with what later snapshots of the site are made with."""

    started: StartedBuild
    config: MkDocsConfig
    env: Environment
    theme_files: Files
    page_cache: PageCache = field(default_factory=PageCache)


class Preview:
    """The preview from its first build to its last; `state` is what to show from now on.

    `abort_problem` is why the plugin stopped a build, if it did.
    """

    def __init__(self, may_be_lazy: bool = True) -> None:
        self.may_be_lazy = may_be_lazy
        self.state = PreviewState()
        self.abort_problem: Problem | None = None
        self.started: StartedBuild | None = None
        self.reading = Reading()
        self._finished: FinishedBuild | None = None
        self._project_cache = ProjectCache()

    @property
    def is_lazy(self) -> bool:
        """Whether the build under way leaves the pages to be made when they are asked for."""
        return self.started is not None and self.started.is_lazy

    def begin_build(self, config: MkDocsConfig, folder: Path, edit_url: EditUrlBuilder | None) -> Project:
        """Reads the dossier for a build by MkDocs, and has MkDocs build into a new folder beside the one that is shown."""
        self.started = StartedBuild(config, folder, edit_url, self.may_be_lazy and is_lazy(config))
        Path(config.site_dir).mkdir(parents=True, exist_ok=True)
        config.site_dir = tempfile.mkdtemp(dir=config.site_dir)
        self.reading = self._read(config, folder)
        return self.reading.project

    def _read(self, config: MkDocsConfig, folder: Path) -> Reading:
        """What the folder holds now."""
        try:
            project = load_project(config, folder, self._project_cache)
        except Exception as error:
            self._project_cache = ProjectCache()
            return replace(self.reading, failure=internal_failure(error))
        report = project.report
        if report.problems:
            log.info(format_problems(report))
        return Reading(project, (*by_priority(report.problems), *report.warnings))

    def defer_pages(self, files: Files) -> None:
        """Keeps MkDocs from making the pages in a lazy build."""
        if self.started is None or not self.started.is_lazy:
            return
        for file in files:
            if file.is_documentation_page():
                self.started.deferred_pages[file] = file.inclusion
                file.inclusion = InclusionLevel.EXCLUDED

    def finish_build(self, config: MkDocsConfig, env: Environment) -> None:
        """Takes over what MkDocs built, once the build is over."""
        assert self.started is not None
        for file, inclusion in self.started.deferred_pages.items():
            file.inclusion = inclusion
        theme_files = Files([])
        theme_files.add_files_from_theme(env, config)
        self._finished = FinishedBuild(self.started, config, env, theme_files)
        self._show(self._finished, None)

    def refresh(self, changed: Iterable[str]) -> bool:
        """Takes up changed paths without MkDocs; false where MkDocs must build."""
        build = self._finished
        if build is None or not build.started.is_lazy or not build.started.is_dossier_only(changed):
            return False
        self.reading = self._read(build.config, build.started.folder)
        self._show(build, self.state.build_problem)
        return True

    def fail(self, error: BaseException) -> None:
        """Shows an internal failure over what was shown before."""
        self.state = replace(self.state, failure=internal_failure(error))

    def _show(self, build: FinishedBuild, build_problem: Problem | None) -> None:
        """Makes the state that shows what was read last; where that fails, the state before with the failure."""
        site = None
        if build.started.is_lazy:
            try:
                project, edit_url = self.reading.project, build.started.edit_url
                site = SiteSnapshot(build.config, build.env, build.theme_files, project, build.page_cache, edit_url)
            except Exception as error:
                self.fail(error)
                return
        built_folder = Path(build.config.site_dir)
        self.state = PreviewState(site, built_folder, self.reading.problems, build_problem, self.reading.failure)


def internal_failure(error: BaseException) -> Problem:
    """The problem of an exception in our own code; the terminal gets the whole traceback."""
    log.info("".join(traceback.format_exception(error)))
    frames = traceback.extract_tb(error.__traceback__)
    place = Location(SourceFile(frames[-1].filename), (frames[-1].lineno or 1) - 1) if frames else Location(SourceFile(""))
    help = "this is a bug in briefing; save again, and report it with the traceback in the terminal"
    notes = (f"{type(error).__name__}: {error}",)
    return Problem("", place, "the preview failed here; it shows the page as it was before", help, notes)
