"""The private names of MkDocs 1.6 that the preview relies on. No other module of the package touches one."""

import time
import webbrowser
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping

from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

PRIVATE_NAMES: Mapping[str, tuple[str, ...]] = {
    "mkdocs.livereload.LiveReloadServer": (
        "_epoch_cond",
        "_inject_js_into_html",
        "_visible_epoch",
        "_wanted_epoch",
        "_watched_paths",
    ),
    "mkdocs.structure.pages.Page": ("_title_from_render",),
}
RENDERED_PAGE_FIELDS = ("markdown", "meta", "content", "toc", "title", "_title_from_render")
"""The attributes of a page that reading and converting its text sets."""

log = get_plugin_logger("briefing")


class ReloadingServer(LiveReloadServer, ABC):
    """MkDocs' server of the preview, without its watcher: it answers requests, and reloads open pages on a new epoch.

    It takes the address of the server that MkDocs made and closes that one. `watched_paths` counts how often MkDocs and its
    plugins asked for each path; `lock` guards the epoch.
    """

    def __init__(self, plain: LiveReloadServer) -> None:
        host, port = plain.server_address[:2]
        super().__init__(plain.builder, str(host), int(port), plain.root, plain.mount_path)
        plain.server_close()
        self.watched_paths = Counter(plain._watched_paths)
        self.lock = self._epoch_cond

    @property
    def epoch(self) -> int:
        """The number of what is shown now; it only grows. An open page that shows a smaller one reloads itself."""
        return self._visible_epoch

    def next_epoch(self) -> int:
        """Begins a new epoch, so that open pages reload. The caller holds `lock`."""
        self._visible_epoch = self._wanted_epoch = max(round(time.monotonic() * 1000), self._visible_epoch + 1)
        self._epoch_cond.notify_all()
        return self._visible_epoch

    def add_reload_script(self, page: bytes, epoch: int) -> bytes:
        """A page with MkDocs' script, which reloads it when an epoch after `epoch` begins."""
        return bytes(self._inject_js_into_html(page, epoch))  # type: ignore[no-untyped-call]

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Answers requests in a thread of its own, and rebuilds in this one until the server is shut down."""
        self.server_bind()
        self.server_activate()
        log.info(f"Serving on {self.url}")
        self.serve_thread.start()
        if open_in_browser:
            webbrowser.open(self.url)
        self.rebuild_until_shutdown()

    @abstractmethod
    def rebuild_until_shutdown(self) -> None:
        """Waits for changes and rebuilds, until `shutdown`."""
