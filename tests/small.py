"""A briefing of one fact, and a site of two pages that is made of it without MkDocs: for tests of how sites are exchanged.

Imported as `tests.small`, it knows nothing of pytest; `warm` builds one, so that what a build imports is imported.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig

from briefing.mkdocs_plugin.build import build_site
from briefing.verification.checksums import hashes, write_checksums
from tests.dossiers import write_dossier
from tests.sites import make_buildable

SEED = "The port is let.\n"
FACT = "port-is-let:\n  claim: The port is let.\n  quotes:\n    wire: The port is let.\n"


def write_small(folder: Path) -> Path:
    """Writes the briefing, ready to be built."""
    return make_buildable(write_dossier(folder, {"context": FACT}, {"wire": SEED}))


def make_two_pages(config: MkDocsConfig) -> None:
    """Builds instead of MkDocs: pages that say the colours of the theme, and what else a site is known by."""
    site, folder = Path(config.site_dir), Path(config.config_file_path).parent
    page = f"<!doctype html><title>The port</title><p>The port is let.</p><!-- {config.theme.get('palette')} -->"
    for name, text in {"index.html": page, "context/index.html": page, "404.html": page, "ledger.json": "{}"}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    write_checksums(site, {"seeds": hashes(folder / "seeds", folder / "seeds")})


def warm() -> None:
    """Builds one, with MkDocs."""
    with TemporaryDirectory() as folder:
        report, _ = build_site(write_small(Path(folder)))
        assert report.problems == ()
