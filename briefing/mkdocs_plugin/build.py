"""Builds the site beside the one that readers see, reads it back, and only then exchanges the two."""

import errno
import os
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from briefing.diagnostics.problem import Report, in_order
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import shown
from briefing.mkdocs_plugin.config_errors import Told, unnamed, unusable
from briefing.mkdocs_plugin.plugin import BriefingPlugin
from briefing.mkdocs_plugin.publish import Unable, beside, place_of, publish
from briefing.mkdocs_plugin.verify import verify_site
from briefing.rules.registry import check
from briefing.verification.checksums import check_seal

_WHY = {
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
        return _built(folder, report)
    except Abort:
        raise
    except MkDocsException as error:
        raise Unable(f"MkDocs could not build this: {error.format_message()}") from error
    except OSError as error:
        raise Unable(_told(error)) from error


def _built(folder: Path, report: Report) -> tuple[Report, Path | None]:
    config = _settings(folder)
    goal = place_of(config.site_dir)
    with beside(goal) as new:
        config.site_dir = str(new)
        for plugin in config.plugins.values():
            if isinstance(plugin, BriefingPlugin):
                plugin.reads_back = False
        _build_with_mkdocs(config)
        problems = check_seal(new, folder / "seeds") + verify_site(new, folder / "seeds")
        if problems:
            return Report(report.checked, in_order(problems)), None
        publish(new, goal)
    return report, goal


def _settings(folder: Path) -> MkDocsConfig:
    path = folder / "mkdocs.yml"
    with Told() as told:
        try:
            config = load_config(config_file=str(path))
        except MkDocsException as error:
            raise Unable(f"MkDocs could not use {shown(path)}", unusable(error, told, path)) from error
    if not any(isinstance(plugin, BriefingPlugin) for plugin in config.plugins.values()):
        raise Unable(f"MkDocs would build without the briefing of {shown(path)}", unnamed(path))
    return config


def _build_with_mkdocs(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()


def _told(error: OSError) -> str:
    """What the system could not do, in our words, where, and a next step."""
    what, step = _WHY.get(error.errno or 0, (f"the system says: {error.strerror or error}", "mend that"))
    path = error.filename2 or error.filename
    where = f"{shown(Path(os.fsdecode(path)))}: " if path else ""
    return f"{where}{what}; {step}, and build again"
