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

from briefing.diagnostics.problem import Problem, draw_full
from briefing.mkdocs_plugin.config_errors import Told, unnamed, unusable
from briefing.mkdocs_plugin.error_overlay import Wrong, bare_page, over, panel
from briefing.mkdocs_plugin.preview import Preview, failure
from briefing.mkdocs_plugin.watcher import Watching

log = logging.getLogger("mkdocs.plugins.briefing")
NOTHING_YET = "There is no page to show yet."


class PreviewServer(LiveReloadServer):
    """MkDocs' own server, but for what it watches, how it builds, and where its pages come from.

    `quick` takes up changed files without MkDocs, or says that it cannot; then MkDocs builds anew.
    """

    def __init__(self, plain: LiveReloadServer, preview: Preview, editor: str, quick: Callable[[set[str]], bool]) -> None:
        host, port = plain.server_address[:2]
        super().__init__(plain.builder, str(host), int(port), plain.root, plain.mount_path)
        plain.server_close()
        self.preview = preview
        self.editor = editor
        self.quick = quick
        self.started_in = Path.cwd()
        self.watching = Watching()
        self.error_handler = self._error_page
        for path, count in plain._watched_paths.items():
            for _ in range(count):
                self.watch(path)
        self._watch_all()

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watches a file or folder, whether it is there yet or not."""
        path = _absolute(path)
        self._watched_paths[path] = self._watched_paths.get(path, 0) + 1
        self.watching.add(path)

    def unwatch(self, path: str) -> None:
        """Takes back one `watch`."""
        path = _absolute(path)
        self.watching.drop(path)
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
            changed = self.watching.wait(lambda: self._want_rebuild or self._shutdown)
            if not self._shutdown:
                self._want_rebuild = False
                self._rebuild(changed)

    def _rebuild(self, changed: set[str]) -> None:
        """Takes up what has changed; whatever fails, the pages stay as they were, with the failure over them."""
        try:
            if not changed or not self.quick(changed):
                self._build()
        except Exception as error:
            self.preview.wrong = (*self.preview.wrong, failure(error))
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = max(_timestamp(), self._visible_epoch + 1)
            self._epoch_cond.notify_all()

    def _build(self) -> None:
        """MkDocs' own build, with what it says on failing kept for the panel."""
        begun = self.preview.begun
        with Told() as told:
            try:
                self.builder()
            except (Exception, SystemExit) as error:
                self._tell(unusable(error, told, self.preview.settings))
                return
        self.preview.unbuilt = ()
        if self.preview.begun == begun:
            self._tell(unnamed(self.preview.settings))
        self._watch_all()

    def _tell(self, problem: Problem) -> None:
        problem = replace(problem, notes=(*problem.notes, "the page shows what was built before"))
        self.preview.unbuilt = (Wrong.of(problem),)
        log.info(draw_full(problem))

    def _watch_all(self) -> None:
        """Watches what the settings speak of now; what they spoke of before may come back."""
        for path in map(_absolute, self.preview.watched):
            if path not in self._watched_paths:
                self.watch(path)

    def shutdown(self, wait: bool = False) -> None:
        """Ends serving and watching."""
        self.watching.end()
        super().shutdown(wait)

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not (path + "/").startswith(self.mount_path):
            return super()._serve_request(environ, start_response)
        asked = posixpath.normpath("/" + path[len(self.mount_path) :]).lstrip("/")
        if path.endswith("/"):
            asked = posixpath.join(asked, "index.html")
        found = self._found(asked)
        if found is None and not path.endswith("/") and self._found(f"{asked}/index.html") is not None:
            start_response("302 Found", [("Location", urllib.parse.quote(path) + "/")])
            return []
        if found is None:
            return None
        kind = "application/javascript" if asked.endswith((".js", ".mjs")) else mimetypes.guess_type(asked)[0]
        headers = [("Content-Type", kind or "application/octet-stream"), ("Content-Length", str(len(found)))]
        start_response("200 OK", [*headers, ("Cache-Control", "no-cache")])
        return [found]

    def _found(self, path: str) -> bytes | None:
        """A file of the site as it is served; a page with the panel over it and what reloads it."""
        with self._epoch_cond:
            sight, epoch, wrong, site = self.preview.sight, self._visible_epoch, self.preview.told, self.preview.site
        try:
            found = sight.answer(path) if sight else None
        except Exception as error:
            found = bare_page("This page could not be made.").encode()
            wrong = (failure(error), *wrong)
        if found is None:
            found = _read(Path(site or self.root), path)
        if found is None and sight is None and path == "index.html":
            found = bare_page(NOTHING_YET).encode()
        wrong = (*sight.failed.values(), *wrong) if sight else wrong
        return self._page(found, wrong, epoch) if found is not None and path.endswith(".html") else found

    def _page(self, found: bytes, wrong: tuple[Wrong, ...], epoch: int) -> bytes:
        laid = panel(wrong, self.editor, self.started_in)
        page = over(found.decode("utf-8", "replace"), [laid]).encode("utf-8", "xmlcharrefreplace")
        return bytes(self._inject_js_into_html(page, epoch))  # type: ignore[no-untyped-call]

    def _error_page(self, code: int) -> bytes | None:
        return self._found(f"{code}.html")


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _read(site: Path, path: str) -> bytes | None:
    try:
        return (site / path).read_bytes()
    except (OSError, ValueError):
        return None
