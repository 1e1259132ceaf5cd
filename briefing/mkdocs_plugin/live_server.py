"""The server of the preview: answers requests from one state, takes up changed files, and reloads open pages."""

import mimetypes
import posixpath
import shutil
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import replace
from errno import EADDRINUSE
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.loading.watcher import FileWatcher
from briefing.mkdocs_plugin.config_errors import LogCapture, config_problem, missing_plugin_problem
from briefing.mkdocs_plugin.error_overlay import bare_page, inject_overlay, render_overlay
from briefing.mkdocs_plugin.mkdocs_internals import ReloadingServer
from briefing.mkdocs_plugin.preview import Preview, PreviewState, internal_failure

log = get_plugin_logger("briefing")
NOTHING_YET = "There is no page to show yet."


class PreviewServer(ReloadingServer):
    """Serves the state that `preview` made last. A new state is shown all at once: pages, problems and epoch together."""

    def __init__(self, plain: LiveReloadServer, preview: Preview, editor: str) -> None:
        super().__init__(plain)
        self.preview = preview
        self.editor = editor
        self.state = replace(preview.state, epoch=self.epoch)
        self.started_in = Path.cwd()
        self.watcher = FileWatcher(self.watched_paths.elements())
        self._watch_settings()

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watches a file or folder, whether it exists yet or not."""
        self.watcher.add(path)

    def unwatch(self, path: str) -> None:
        """Undoes one `watch`."""
        self.watcher.remove(path)

    def server_bind(self) -> None:
        """Takes the address. Raises Abort where another program has it."""
        host, port = str(self.server_address[0]), int(self.server_address[1])
        try:
            super().server_bind()
        except OSError as error:
            help = f"end it, or add `--dev-addr {host}:{port + 1}`"
            taken = f"another program answers at {host}:{port}, perhaps another preview; {help}"
            raise Abort(taken if error.errno == EADDRINUSE else f"{host}:{port}: {error.strerror}") from error

    def rebuild_until_shutdown(self) -> None:
        """Takes up every change of a watched file, until `shutdown`."""
        while changed := self.watcher.wait():
            self.rebuild(changed)

    def rebuild(self, changed: set[str]) -> None:
        """Takes up changed paths and shows the new state; if anything fails, the pages stay, with the failure over them."""
        try:
            if not self.preview.refresh(changed):
                self._build()
        except Exception as error:
            self.preview.fail(error)
        self._show(self.preview.state)

    def _show(self, state: PreviewState) -> None:
        before = self.state
        with self.lock:
            self.state = replace(state, epoch=self.next_epoch())
        if before.built_folder and before.built_folder != state.built_folder:
            shutil.rmtree(before.built_folder, ignore_errors=True)

    def _build(self) -> None:
        """Has MkDocs build; its warnings become part of the problem where it fails."""
        preview = self.preview
        started_before = preview.started
        preview.abort_problem = None
        config_file = Path((started_before and started_before.config.config_file_path) or "mkdocs.yml")
        with LogCapture() as captured:
            try:
                self.builder()
            except Exception as error:
                self._report(preview.abort_problem or config_problem(error, captured, config_file))
                return
        if preview.started is started_before:
            self._report(missing_plugin_problem(config_file))
        self._watch_settings()

    def _report(self, problem: Problem) -> None:
        problem = replace(problem, notes=(*problem.notes, "the page shows what was built before"))
        self.preview.state = replace(self.preview.state, build_problem=problem)
        log.info(format_full(problem))

    def _watch_settings(self) -> None:
        """Watches what mkdocs.yml names now. What it named before stays watched: it may come back."""
        for path in self.preview.started.watched_paths if self.preview.started else ():
            if str(Path(path).absolute()) not in self.watcher.paths:
                self.watcher.add(path)

    def shutdown(self, wait: bool = False) -> None:
        """Ends serving and watching."""
        self.watcher.stop()
        super().shutdown()
        if wait:
            self.serve_thread.join()

    def serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answers with a file of the state that is shown when the request comes; MkDocs answers its own long poll."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not (path + "/").startswith(self.mount_path):
            return super().serve_request(environ, start_response)
        state = self.state
        name = posixpath.normpath("/" + path[len(self.mount_path) :]).lstrip("/")
        if path.endswith("/"):
            name = posixpath.join(name, "index.html")
        content = self._file_content(state, name)
        folder = posixpath.join(name, "index.html")
        if content is None and not path.endswith("/") and self._file_content(state, folder) is not None:
            start_response("302 Found", [("Location", urllib.parse.quote(path) + "/")])
            return []
        if content is None:
            start_response("404 Not Found", [("Content-Type", "text/html")])
            return [self._file_content(state, "404.html") or b"404 Not Found"]
        kind = "application/javascript" if name.endswith((".js", ".mjs")) else mimetypes.guess_type(name)[0]
        headers = [("Content-Type", kind or "application/octet-stream"), ("Content-Length", str(len(content)))]
        start_response("200 OK", [*headers, ("Cache-Control", "no-cache")])
        return [content]

    def _file_content(self, state: PreviewState, path: str) -> bytes | None:
        """A file of the site as it is served: a page with the overlay and the script that reloads it."""
        problems = state.all_problems
        try:
            content = state.site.file_content(path) if state.site else None
        except Exception as error:
            content = bare_page("This page could not be made.").encode()
            problems = (internal_failure(error), *problems)
        if content is None:
            content = _read_site_file(state.built_folder or Path(self.root), path)
        if content is None and state.site is None and path == "index.html":
            content = bare_page(NOTHING_YET).encode()
        if content is None or not path.endswith(".html"):
            return content
        failed_pages = state.site.failed_pages.values() if state.site else ()
        overlay = render_overlay((*failed_pages, *problems), self.editor, self.started_in)
        page = inject_overlay(content.decode("utf-8", "replace"), overlay).encode("utf-8", "xmlcharrefreplace")
        return self.add_reload_script(page, state.epoch)


def _read_site_file(site: Path, path: str) -> bytes | None:
    try:
        return (site / path).read_bytes()
    except (OSError, ValueError):
        return None
