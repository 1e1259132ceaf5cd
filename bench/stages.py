"""Where the processor time of a briefing goes, by stage, and what reading costs beside PyYAML's own C loader.

Run: make bench, or python bench/stages.py [DIR] [--times N]. Ratios are taken side by side in one run; the absolute
times are of this machine and this minute.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from briefing.loading.dossier_reader import read_dossier
from briefing.loading.yaml_reader import read_yaml
from briefing.rendering.pages import render
from briefing.rules.registry import check
from briefing.text.edtf import read_date


def cost(run: Callable[[], object], times: int) -> float:
    """The median processor time of a run in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return 1000 * statistics.median(spent)


def ratio(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> float:
    """The median of how many times the cost of `theirs` a run of `ours` takes, the two run in turn."""
    return statistics.median(cost(ours, 1) / cost(theirs, 1) for _ in range(times))


def check_cold(folder: Path) -> None:
    read_date.cache_clear()
    check(read_dossier(folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--times", type=int, default=15)
    asked = parser.parse_args()
    files = [(path.name, path.read_bytes()) for path in sorted((asked.folder / "facts").glob("*.yaml"))]
    size = sum(len(content) for _, content in files)
    dossier = read_dossier(asked.folder)
    facts = dossier.counts()["facts"]

    def load() -> object:
        return [yaml.load(content, yaml.CSafeLoader) for _, content in files]

    as_text = ratio(lambda: [read_yaml(name, content) for name, content in files], load, 4 * asked.times)
    as_facts = ratio(lambda: read_dossier(asked.folder), load, 4 * asked.times)
    reading = cost(lambda: read_dossier(asked.folder), asked.times)
    checking = cost(lambda: check_cold(asked.folder), asked.times) - reading
    rendering = cost(lambda: render(dossier), asked.times)
    whole = reading + checking + rendering

    print(f"{facts} facts, {size / 1000:.0f} kB of YAML, median of {asked.times} runs, processor time")
    for name, spent in (("read", reading), ("check", checking), ("render", rendering)):
        print(f"  {name:<8}{spent:8.1f} ms  {100 * spent / whole:5.1f} %")
    print(f"  {'all':<8}{whole:8.1f} ms")
    print(f"YAML as text against yaml.CSafeLoader on the same files: {as_text:.2f} times its time")
    print(f"Facts read (YAML, shapes, seeds) against yaml.CSafeLoader alone: {as_facts:.2f} times its time")


if __name__ == "__main__":
    main()
