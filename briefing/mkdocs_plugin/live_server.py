"""The server of the preview: answers at once with what is there, looks when something changes, and reloads open pages."""

import logging
import mimetypes
import posixpath
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import replace
from errno import EADDRINUSE
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer, _timestamp

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.config_errors import LogCapture, config_problem, missing_plugin_problem
from briefing.mkdocs_plugin.error_overlay import OverlayItem, bare_page, inject_overlay, render_overlay
from briefing.mkdocs_plugin.preview import Preview, internal_failure
from briefing.mkdocs_plugin.watcher import FileWatcher

log = logging.getLogger("mkdocs.plugins.briefing")
NOTHING_YET = "There is no page to show yet."


class PreviewServer(LiveReloadServer):
    """MkDocs' own server, but for what it watches, how it builds, and where its pages come from.

    `quick` takes up changed files without MkDocs, or says that it cannot; then MkDocs builds anew.
    """

    def __init__(self, plain: LiveReloadServer, preview: Preview, editor: str, try_refresh: Callable[[set[str]], bool]) -> None:
        host, port = plain.server_address[:2]
        super().__init__(plain.builder, str(host), int(port), plain.root, plain.mount_path)
        plain.server_close()
        self.preview = preview
        self.editor = editor
        self.try_refresh = try_refresh
        self.started_in = Path.cwd()
        self.watcher = FileWatcher()
        self.error_handler = self._error_page
        for path, count in plain._watched_paths.items():
            for _ in range(count):
                self.watch(path)
        self._watch_all()

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watches a file or folder, whether it is there yet or not."""
        path = _absolute(path)
        self._watched_paths[path] = self._watched_paths.get(path, 0) + 1
        self.watcher.add(path)

    def unwatch(self, path: str) -> None:
        """Takes back one `watch`."""
        path = _absolute(path)
        self.watcher.drop(path)
        self._watched_paths[path] -= 1
        if not self._watched_paths[path]:
            del self._watched_paths[path]

    def server_bind(self) -> None:
        """Takes the address; where another program has it, says so and ends."""
        host, port = str(self.server_address[0]), int(self.server_address[1])
        try:
            super().server_bind()
        except OSError as error:
            help = f"end it, or add `--dev-addr {host}:{port + 1}`"
            taken = f"another program answers at {host}:{port}, perhaps another preview; {help}"
            raise Abort(taken if error.errno == EADDRINUSE else f"{host}:{port}: {error.strerror}") from error

    def _build_loop(self) -> None:
        while not self._shutdown:
            changed = self.watcher.wait(lambda: self._want_rebuild or self._shutdown)
            if not self._shutdown:
                self._want_rebuild = False
                self._rebuild(changed)

    def _rebuild(self, changed: set[str]) -> None:
        """Takes up what has changed; whatever fails, the pages stay as they were, with the failure over them."""
        try:
            if not changed or not self.try_refresh(changed):
                self._build()
        except Exception as error:
            self.preview.overlay_items = (*self.preview.overlay_items, internal_failure(error))
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = max(_timestamp(), self._visible_epoch + 1)
            self._epoch_cond.notify_all()

    def _build(self) -> None:
        """MkDocs' own build, with what it says on failing kept for the panel."""
        begun = self.preview.build_count
        with LogCapture() as told:
            try:
                self.builder()
            except (Exception, SystemExit) as error:
                self._report_problem(config_problem(error, told, self.preview.config_file))
                return
        self.preview.build_failures = ()
        if self.preview.build_count == begun:
            self._report_problem(missing_plugin_problem(self.preview.config_file))
        self._watch_all()

    def _report_problem(self, problem: Problem) -> None:
        problem = replace(problem, notes=(*problem.notes, "the page shows what was built before"))
        self.preview.build_failures = (OverlayItem.from_problem(problem),)
        log.info(format_full(problem))

    def _watch_all(self) -> None:
        """Watches what the settings speak of now; what they spoke of before may come back."""
        for path in map(_absolute, self.preview.watched):
            if path not in self._watched_paths:
                self.watch(path)

    def shutdown(self, wait: bool = False) -> None:
        """Ends serving and watching."""
        self.watcher.end()
        super().shutdown(wait)

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not (path + "/").startswith(self.mount_path):
            return super()._serve_request(environ, start_response)
        asked = posixpath.normpath("/" + path[len(self.mount_path) :]).lstrip("/")
        if path.endswith("/"):
            asked = posixpath.join(asked, "index.html")
        found = self._find_file(asked)
        if found is None and not path.endswith("/") and self._find_file(f"{asked}/index.html") is not None:
            start_response("302 Found", [("Location", urllib.parse.quote(path) + "/")])
            return []
        if found is None:
            return None
        kind = "application/javascript" if asked.endswith((".js", ".mjs")) else mimetypes.guess_type(asked)[0]
        headers = [("Content-Type", kind or "application/octet-stream"), ("Content-Length", str(len(found)))]
        start_response("200 OK", [*headers, ("Cache-Control", "no-cache")])
        return [found]

    def _find_file(self, path: str) -> bytes | None:
        """A file of the site as it is served; a page with the panel over it and what reloads it."""
        with self._epoch_cond:
            sight, epoch, wrong, site = (
                self.preview.snapshot,
                self._visible_epoch,
                self.preview.all_items,
                self.preview.built_folder,
            )
        try:
            found = sight.file_content(path) if sight else None
        except Exception as error:
            found = bare_page("This page could not be made.").encode()
            wrong = (internal_failure(error), *wrong)
        if found is None:
            found = _read_site_file(Path(site or self.root), path)
        if found is None and sight is None and path == "index.html":
            found = bare_page(NOTHING_YET).encode()
        wrong = (*sight.failed_pages.values(), *wrong) if sight else wrong
        return self._with_overlay(found, wrong, epoch) if found is not None and path.endswith(".html") else found

    def _with_overlay(self, found: bytes, items: tuple[OverlayItem, ...], epoch: int) -> bytes:
        laid = render_overlay(items, self.editor, self.started_in)
        page = inject_overlay(found.decode("utf-8", "replace"), [laid]).encode("utf-8", "xmlcharrefreplace")
        return bytes(self._inject_js_into_html(page, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        return self._find_file(f"{code}.html")


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _read_site_file(site: Path, path: str) -> bytes | None:
    try:
        return (site / path).read_bytes()
    except (OSError, ValueError):
        return None
