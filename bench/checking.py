"""What checking everything adds to the processor time of `mkdocs build`: every rule, and every built page read back.

Run: python bench/checking.py [DIR] [--times N]. Builds with and without checking run in turn, each in a process of its
own. The ratio is that of the least times: whatever else the machine does can only add to one.
"""

import argparse
import logging
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from briefing.diagnostics.problem import Report

MOST = 1.15


def build(folder: Path, site: Path, checked: bool) -> None:
    """`mkdocs build`, with all checks or with none."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    import briefing.mkdocs_plugin.plugin
    import briefing.mkdocs_plugin.project

    logging.disable(logging.WARNING)
    if not checked:
        briefing.mkdocs_plugin.project.check = lambda dossier, incremental=None: Report({}, ())  # type: ignore[assignment]
        briefing.mkdocs_plugin.plugin.verify_site = lambda site, seeds: []
    config = load_config(config_file=str(folder / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)


def spent(folder: Path, site: Path, checked: bool) -> float:
    """The processor time of one build in seconds, its process and all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bench.checking", str(folder), "--site", str(site), *(["--checked"] if checked else [])]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--site", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--checked", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.site:
        build(asked.folder.resolve(), asked.site, asked.checked)
        return
    work = Path(tempfile.mkdtemp())
    pairs = [[spent(asked.folder.resolve(), work / "site", checked) for checked in (True, False)] for _ in range(asked.times)]
    shutil.rmtree(work)
    checked, bare = map(min, zip(*pairs, strict=True))
    print(f"mkdocs build without checks: {bare:.2f} s of processor time, the least of {asked.times}")
    print(f"with every check, built pages included: {checked / bare:.3f} times that (at most {MOST})")


if __name__ == "__main__":
    main()
