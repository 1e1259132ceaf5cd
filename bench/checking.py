"""How much processor time checking adds to `mkdocs build`: every rule, and the verification of every built page.

Run: python bench/checking.py [DIR] [--times N]. Builds with and without checks alternate, each in a new process. The ratio
is that of the shortest times, since whatever else the machine does can only add to a time.
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

MAX_RATIO = 1.15


def build(folder: Path, site: Path, is_checked: bool) -> None:
    """`mkdocs build`, with all checks or with none."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    import briefing.mkdocs_plugin.plugin
    import briefing.mkdocs_plugin.project

    logging.disable(logging.WARNING)
    if not is_checked:
        briefing.mkdocs_plugin.project.check = lambda dossier, incremental=None: Report({}, ())  # type: ignore[assignment]
        briefing.mkdocs_plugin.plugin.verify_site = lambda site, seeds: []
    config = load_config(config_file=str(folder / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)


def build_seconds(folder: Path, site: Path, is_checked: bool) -> float:
    """The processor time of one build in seconds, with all its child processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bench.checking", str(folder), "--site", str(site), *(["--checked"] if is_checked else [])]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--site", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--checked", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder.resolve()
    if options.site:
        build(folder, options.site, options.checked)
        return
    work = Path(tempfile.mkdtemp())
    pairs = [[build_seconds(folder, work / "site", is_checked) for is_checked in (True, False)] for _ in range(options.times)]
    shutil.rmtree(work)
    checked, unchecked = map(min, zip(*pairs, strict=True))
    print(f"mkdocs build without checks: {unchecked:.2f} s of processor time, the shortest of {options.times}")
    print(f"with every check, built pages included: {checked / unchecked:.3f} times that (at most {MAX_RATIO})")


if __name__ == "__main__":
    main()
