"""Builds sites for the tests: a folder that MkDocs can build from a dossier, and a server for what was built."""

import contextlib
import functools
import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from briefing.i18n.catalog import message_catalog
from briefing.model.kinds import KINDS
from briefing.rendering.pages import SiteRenderer

PROJECT = Path(__file__).parent.parent

MKDOCS_YML = """\
site_name: Briefing
theme:
  name: material
  font: false
  features: [toc.follow]
plugins: [briefing]
markdown_extensions: [attr_list, toc]
"""
SEARCHED = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Find</title>'
    '<link rel="icon" href="data:,">'
    '<script src="assets/briefing.js" defer></script></head><body><a class="find" href="#">Search</a></body></html>'
)


def make_buildable(folder: Path) -> Path:
    """Gives a dossier's folder a mkdocs.yml and an empty docs folder."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    return folder


def copy_of_project(folder: Path) -> Path:
    """Copies what the project's own briefing is built from."""
    for name in ("facts", "seeds", "docs"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("mkdocs.yml", "briefing.yaml"):
        shutil.copy(PROJECT / name, folder)
    return folder


def pages_of(site: Path) -> list[str]:
    """The address of every page of a site, within the site."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(path.removesuffix("index.html") for path in paths)


def tree(site: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a site with its mode and bytes, and every folder with its mode."""
    return {
        path.relative_to(site).as_posix(): (path.stat().st_mode & 0o7777, b"" if path.is_dir() else path.read_bytes())
        for path in (site, *site.rglob("*"))
    }


def write_search(laid: SiteRenderer, site: Path) -> None:
    """Writes the search of a dossier into a folder, with one page that opens it."""
    for path in (path for path in laid.renderers if path.startswith(("search/", "assets/"))):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(laid.render_file(path), encoding="utf-8")
    (site / "index.html").write_text(SEARCHED, encoding="utf-8")


@contextlib.contextmanager
def served(site: Path, *, packed: bool = False) -> Iterator[str]:
    """Serves a folder on a free port of this machine and yields its address; `packed` with gzip, as a host does."""
    handler = functools.partial(_Packed if packed else _Quiet, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of a browser that left before its answer came."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class _Packed(_Quiet):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        head = {"Content-Type": self.guess_type(path), "Content-Encoding": "gzip", "Content-Length": len(body)}
        for name, value in head.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)


def speak(folder: Path, language: str) -> Path:
    """Has the theme of a buildable folder speak a language, and names its pages in it."""
    says = message_catalog(language)
    nav = [f"  - {says.form('briefing')}: index.md", f"  - {says.form('checks')}: checks.md"]
    nav += [f"  - {says.form('codebook')}: codebook.md", f"  - {says.form('data')}: data.md"]
    nav += [
        f"  - {says.declared_word(kind.title, 'title')}: {kind.file_stem}.md"
        for kind in KINDS
        if (folder / "facts" / f"{kind.file_stem}.yaml").exists() and kind.file_stem != "overview"
    ]
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("site_name: Briefing", f"site_name: {says.form('briefing')}")
    settings = settings.replace("theme:\n", f"theme:\n  language: {language}\n  palette: {{scheme: default}}\n")
    hidden = "not_in_nav: |\n  /actors/\n  /sources/\n"
    (folder / "mkdocs.yml").write_text("\n".join([settings + "nav:", *nav, hidden]), encoding="utf-8")
    return folder
