"""Builds the site beside the one that readers see, reads it back, and only then exchanges the two."""

import ctypes
import os
import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from briefing.checks import check
from briefing.dossier import read_dossier
from briefing.plugin import BriefingPlugin
from briefing.problem import Report, in_order
from briefing.verify import check_site

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def build_site(folder: Path) -> tuple[Report, Path | None]:
    """Checks, builds and verifies; the path of the new site, or None and the problems, with the earlier site as it was.

    Raises mkdocs.exceptions.MkDocsException for a mkdocs.yml that MkDocs cannot use.
    """
    dossier = read_dossier(folder)
    report = check(dossier)
    if report.problems:
        return report, None
    config = load_config(config_file=str(folder / "mkdocs.yml"))
    goal = Path(config.site_dir)
    goal.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=goal.parent, prefix=f".{goal.name}.") as beside:
        new = Path(beside) / goal.name
        config.site_dir = str(new)
        for plugin in config.plugins.values():
            if isinstance(plugin, BriefingPlugin):
                plugin.reads_back = False
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
        problems = check_site(new, folder / "seeds")
        if problems:
            return Report(report.checked, in_order(problems)), None
        exchange(new, goal)
    return report, goal


def exchange(new: Path, old: Path) -> None:
    """Puts `new` where `old` is in one step, and `old`, if there is one, where `new` was (renameat2, RENAME_EXCHANGE)."""
    if not old.exists():
        new.rename(old)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    swap = getattr(libc, "renameat2", None)
    if swap and swap(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) == 0:
        return
    aside = new.with_name(new.name + ".old")
    old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside)
