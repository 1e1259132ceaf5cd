"""Lighthouse's scores of the published site, speed included: python -m bench.lighthouse [TIMES].

A phone's settings: a slow line and a processor four times slower than this one. Speed is a time, so no test asserts it.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from briefing.mkdocs_plugin.build import build_site
from tests.lighthouse import PAGES, lighthouse
from tests.sites import copy_of_project

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, site = build_site(copy_of_project(Path(folder)))
        assert site is not None
        runs = [lighthouse(site, PAGES, *CATEGORIES) for _ in range(times)]
    print(f"{'page':22}" + "".join(f"{category:>16}" for category in CATEGORIES))
    for page in PAGES:
        scores = [statistics.median(run[page][category]["score"] for run in runs) for category in CATEGORIES]
        print(f"{page or 'home':22}" + "".join(f"{score:16g}" for score in scores), *runs[-1][page]["performance"]["lacks"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
