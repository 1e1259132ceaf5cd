"""What each cache of the preview earns: processor time from a save to the page made anew, with all caches and without each.

Run: python -m bench.caches [FACTS ...] [--times N]. After a warm-up, a claim is changed in turn in each of two kinds; the page
of that kind is made, as when it is open in a browser. Medians over all turns.
"""

import argparse
import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from mkdocs.commands.build import build
from mkdocs.config import load_config

from bench.many import PROJECT, write_many
from bench.preview import first_claim
from briefing.mkdocs_plugin import preview as previews
from briefing.mkdocs_plugin import project, site_snapshot
from briefing.mkdocs_plugin.preview import Preview
from briefing.rendering.fragment_cache import FragmentCache
from briefing.rules.registry import check

KINDS = ("clauses", "reactions")


class NoPages(dict[str, Any]):
    def __setitem__(self, key: str, value: object) -> None:
        pass


class WithoutPages(site_snapshot.PageCache):
    def __init__(self) -> None:
        super().__init__()
        self.pages = NoPages()


def fresh_fragments(*arguments: Any, **options: Any) -> Any:
    return site_snapshot_renderer(*arguments, **options | {"fragment_cache": FragmentCache()})


site_snapshot_renderer = site_snapshot.create_renderer
CACHES: Mapping[str, Mapping[str, Any]] = {
    "all caches": {},
    "without the Markdown cache": {"briefing.mkdocs_plugin.site_snapshot.has_safe_extensions": lambda extensions: False},
    "without the fragment cache": {"briefing.mkdocs_plugin.site_snapshot.create_renderer": fresh_fragments},
    "without incremental rules": {"briefing.mkdocs_plugin.project.check": lambda dossier, incremental=None: check(dossier)},
    "without the page cache": {"briefing.mkdocs_plugin.preview.PageCache": WithoutPages},
    "without the load cache": {"briefing.mkdocs_plugin.project.read_dossier": lambda folder, cache=None: read_dossier(folder)},
}
read_dossier = project.read_dossier


@contextlib.contextmanager
def patched(replacements: Mapping[str, Any]) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for name, value in replacements.items():
            stack.enter_context(mock.patch(name, value))
        yield


def started(folder: Path) -> Preview:
    """A preview after MkDocs' first build."""
    config = load_config(config_file=str(folder / "mkdocs.yml"), site_dir=tempfile.mkdtemp(dir=folder))
    preview: Preview = config.plugins["briefing"].preview
    config.plugins.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/")
    return preview


def seconds(preview: previews.Preview, path: Path, text: str) -> float:
    """The processor time from a saved file to its kind's page."""
    path.write_text(text, encoding="utf-8")
    start = time.process_time()
    assert preview.refresh([str(path)])
    site = preview.state.site
    assert site is not None
    assert site.file_content(f"{path.stem}/index.html")
    return time.process_time() - start


def measure(folder: Path, times: int) -> float:
    preview = started(folder)
    spent: list[float] = []
    for kind in KINDS:
        path = folder.resolve() / "facts" / f"{kind}.yaml"
        text = path.read_text("utf-8")
        _, claim = first_claim(path)
        versions = [text.replace(f"claim: {claim}", f"claim: Reportedly{letter} {claim}", 1) for letter in "abcdefgh"[:times]]
        seconds(preview, path, text)
        spent += [seconds(preview, path, version) for version in versions]
        path.write_text(text, encoding="utf-8")
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", nargs="*", type=int, default=[300, 1_000])
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    for count in asked.facts:
        folder = Path(tempfile.mkdtemp())
        made = write_many(folder, count)
        shutil.copy(PROJECT / "mkdocs.yml", folder)
        shutil.copy(PROJECT / "docs" / "method.md", folder / "docs")
        whole = 0.0
        for name, replacements in CACHES.items():
            with patched(replacements):
                spent = measure(folder, asked.times)
            whole = whole or spent
            print(f"{made} facts, {name}: {spent:.2f} s, {spent / whole:.2f} times all caches", flush=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
