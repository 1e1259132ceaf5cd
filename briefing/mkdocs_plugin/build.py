"""Builds the site beside the one that readers see, reads it back, and only then exchanges the two."""

import errno
import os
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from briefing.diagnostics.problem import Report, sorted_problems
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import display_path
from briefing.mkdocs_plugin.config_errors import LogCapture, config_problem, missing_plugin_problem
from briefing.mkdocs_plugin.plugin import BriefingPlugin
from briefing.mkdocs_plugin.publish import SiteBuildError, publish, publish_target, staging_folder
from briefing.mkdocs_plugin.verify import verify_site
from briefing.rules.registry import check
from briefing.verification.checksums import verify_checksums

_OS_ERROR_HELP = {
    **dict.fromkeys([errno.ENOSPC, errno.EDQUOT, errno.EFBIG], ("there is no room for this on the disk", "make room")),
    **dict.fromkeys([errno.EACCES, errno.EPERM], ("this may not be read or written", "change who may")),
    errno.EROFS: ("this is on a disk that is only read", "name another site_dir in mkdocs.yml"),
    errno.EBUSY: ("this is in use, or a mount point", "name another site_dir in mkdocs.yml"),
    errno.EXDEV: ("this file system does not move this folder", "delete it, or name another site_dir in mkdocs.yml"),
}


def build_site(folder: Path) -> tuple[Report, Path | None]:
    """Checks, builds and verifies; the path of the new site, or None and the problems, with the earlier site as it was.

    Raises Unable where the place, the disk or mkdocs.yml does not let it run; readers see no half of a site then either.
    """
    report = check(read_dossier(folder))
    if report.problems:
        return report, None
    try:
        return _build_and_publish(folder, report)
    except Abort:
        raise
    except MkDocsException as error:
        raise SiteBuildError(f"MkDocs could not build this: {error.format_message()}") from error
    except OSError as error:
        raise SiteBuildError(_describe_os_error(error)) from error


def _build_and_publish(folder: Path, report: Report) -> tuple[Report, Path | None]:
    config = _load_mkdocs_config(folder)
    goal = publish_target(config.site_dir)
    with staging_folder(goal) as new:
        config.site_dir = str(new)
        for plugin in config.plugins.values():
            if isinstance(plugin, BriefingPlugin):
                plugin.verifies_site = False
        _build_with_mkdocs(config)
        problems = verify_checksums(new, folder / "seeds") + verify_site(new, folder / "seeds")
        if problems:
            return Report(report.checked, sorted_problems(problems)), None
        publish(new, goal)
    return report, goal


def _load_mkdocs_config(folder: Path) -> MkDocsConfig:
    path = folder / "mkdocs.yml"
    with LogCapture() as told:
        try:
            config = load_config(config_file=str(path))
        except MkDocsException as error:
            raise SiteBuildError(f"MkDocs could not use {display_path(path)}", config_problem(error, told, path)) from error
    if not any(isinstance(plugin, BriefingPlugin) for plugin in config.plugins.values()):
        raise SiteBuildError(f"MkDocs would build without the briefing of {display_path(path)}", missing_plugin_problem(path))
    return config


def _build_with_mkdocs(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()


def _describe_os_error(error: OSError) -> str:
    """What the system could not do, in our words, where, and a next step."""
    what, step = _OS_ERROR_HELP.get(error.errno or 0, (f"the system says: {error.strerror or error}", "mend that"))
    path = error.filename2 or error.filename
    where = f"{display_path(Path(os.fsdecode(path)))}: " if path else ""
    return f"{where}{what}; {step}, and build again"
