"""Builds a site next to the published one, verifies it, and only then replaces the published one; or checks without it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.problem import Problem, Report, sorted_problems
from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.config_errors import (
    LoadedSettings,
    LogCapture,
    config_problem,
    load_settings,
    missing_plugin_problem,
)
from briefing.mkdocs_plugin.plugin import BriefingPlugin
from briefing.mkdocs_plugin.project import Project, load_project
from briefing.mkdocs_plugin.publish import publish, publish_target, staging_folder
from briefing.mkdocs_plugin.settings_check import nav_titles, site_url
from briefing.mkdocs_plugin.verify import verify_site
from briefing.rules.registry import check
from briefing.verification.checksums import verify_checksums


def build_site(folder: Path) -> tuple[Report, Path | None] | Problem:
    """Checks, builds, verifies and publishes the briefing of a folder with an mkdocs.yml.

    The report, and the path of the new site, or None where the report has problems. A Problem says why the build could not
    run: the settings, the disk, or a file that changed meanwhile. Without a new site, the earlier one is untouched.
    """
    config_file = folder / "mkdocs.yml"
    settings = load_settings(config_file)
    if not isinstance(settings, LoadedSettings):
        return settings[0]
    plugin = plugin_of(settings.config)
    if plugin is None:
        return missing_plugin_problem(config_file)
    with LogCapture() as captured:
        try:
            return _build_and_publish(settings, plugin)
        except MkDocsException as error:
            return plugin.problem or config_problem(error, captured, config_file)
        except OSError as error:
            return problem_of_os_error(error)


def check_briefing(folder: Path, on_rule_start: Callable[[str], None] | None = None) -> Report:
    """What a build of a folder with an mkdocs.yml would find before MkDocs begins."""
    config_file = folder / "mkdocs.yml"
    settings = load_settings(config_file)
    if isinstance(settings, LoadedSettings) and (plugin := plugin_of(settings.config)):
        report = load_project(settings.config, plugin.folder(settings.config), None, on_rule_start).report
        places = (site_url(settings.config), publish_target(settings.config.site_dir))
        obstacles = [place for place in places if isinstance(place, Problem)]
        return _with_warnings(replace(report, problems=(*report.problems, *obstacles)), settings)
    problems = (missing_plugin_problem(config_file),) if isinstance(settings, LoadedSettings) else settings
    report = check(read_dossier(folder), on_rule_start)
    return replace(report, problems=(*report.problems, *problems))


def titles_of(folder: Path) -> tuple[str, ...]:
    """The titles that the mkdocs.yml of a folder gives in `nav`; none where there is no such file that MkDocs can use."""
    settings = load_settings(folder / "mkdocs.yml")
    return nav_titles(settings.config) if isinstance(settings, LoadedSettings) else ()


def plugin_of(config: MkDocsConfig) -> BriefingPlugin | None:
    """The plugin of a configuration; None where mkdocs.yml does not name it."""
    return next((one for one in config.plugins.values() if isinstance(one, BriefingPlugin)), None)


def _with_warnings(report: Report, settings: LoadedSettings) -> Report:
    return replace(report, warnings=(*report.warnings, *settings.warnings))


def _build_and_publish(settings: LoadedSettings, plugin: BriefingPlugin) -> tuple[Report, Path | None] | Problem:
    config = settings.config
    project = plugin.load(config)
    report = _with_warnings(project.report, settings)
    if report.problems:
        return report, None
    target = publish_target(config.site_dir)
    if isinstance(target, Problem):
        return target
    seeds = plugin.folder(config) / "seeds"
    with staging_folder(target) as staged:
        config.site_dir = str(staged)
        _build_with_mkdocs(config, plugin, project)
        problems = verify_checksums(staged, seeds) + verify_site(staged, seeds)
        if problems:
            return Report(report.checked, sorted_problems(problems)), None
        publish(staged, target)
    return report, target


def _build_with_mkdocs(config: MkDocsConfig, plugin: BriefingPlugin, project: Project) -> None:
    """Builds with the project as it was loaded. MkDocs gives the next build the same plugin, so nothing may stay in it."""
    config.plugins.on_startup(command="build", dirty=False)
    plugin.loaded, plugin.verifies_site = project, False
    try:
        mkdocs_build(config)
    finally:
        plugin.loaded, plugin.verifies_site = None, True
        config.plugins.on_shutdown()
