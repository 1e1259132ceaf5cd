"""Builds a site next to the published one, verifies it, and only then replaces the published one."""

from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.problem import Problem, Report, sorted_problems
from briefing.mkdocs_plugin.config_errors import LogCapture, config_problem, missing_plugin_problem
from briefing.mkdocs_plugin.plugin import BriefingPlugin
from briefing.mkdocs_plugin.project import Project
from briefing.mkdocs_plugin.publish import publish, publish_target, staging_folder
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification.checksums import verify_checksums


def build_site(folder: Path) -> tuple[Report, Path | None] | Problem:
    """Checks, builds, verifies and publishes the briefing of a folder with an mkdocs.yml.

    The report, and the path of the new site, or None where the report has problems. A Problem says why the build could not
    run: the settings, the disk, or a file that changed meanwhile. Without a new site, the earlier one is untouched.
    """
    config_file = folder / "mkdocs.yml"
    plugin: BriefingPlugin | None = None
    with LogCapture() as captured:
        try:
            config = load_config(config_file=str(config_file))
            plugin = next((one for one in config.plugins.values() if isinstance(one, BriefingPlugin)), None)
            return _build_and_publish(config, plugin) if plugin else missing_plugin_problem(config_file)
        except MkDocsException as error:
            return (plugin and plugin.problem) or config_problem(error, captured, config_file)
        except OSError as error:
            return problem_of_os_error(error)


def _build_and_publish(config: MkDocsConfig, plugin: BriefingPlugin) -> tuple[Report, Path | None] | Problem:
    project = plugin.load(config)
    report = project.report
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
