"""A request to the preview sees one state: new problems never stand over an old page, nor old ones over a new page."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mkdocs.livereload import LiveReloadServer

from briefing.mkdocs_plugin import preview as preview_module
from briefing.mkdocs_plugin.live_server import PreviewServer
from briefing.mkdocs_plugin.preview import Preview
from briefing.mkdocs_plugin.site_snapshot import SiteSnapshot
from tests.mkdocs_plugin.test_preview_pages import built
from tests.sites import make_buildable

OLD, NEW = "for 25 years.", "for 25 long years."
OVERLAY = "briefing-problems"


@pytest.fixture
def folder(copy_of_port_lease: Path) -> Path:
    return make_buildable(copy_of_port_lease).resolve()


@pytest.fixture
def server(folder: Path) -> Iterator[PreviewServer]:
    def build() -> None:
        raise AssertionError("MkDocs is not needed")

    plain = LiveReloadServer(build, "127.0.0.1", 0, str(folder / "nowhere"))
    made = PreviewServer(plain, built(folder, Preview()), "")
    yield made
    made.shutdown()


def page(server: PreviewServer, path: str = "/clauses/") -> str:
    """What the server answers."""
    status: list[Any] = []
    body = b"".join(server.serve_request({"PATH_INFO": path}, lambda *given: status.append(given)))
    return body.decode("utf-8")


def save(folder: Path) -> set[str]:
    """Changes a claim on the page of clauses, and adds a problem elsewhere."""
    clauses, reactions = folder / "facts" / "clauses.yaml", folder / "facts" / "reactions.yaml"
    clauses.write_text(clauses.read_text("utf-8").replace(OLD, NEW), encoding="utf-8")
    reactions.write_text(reactions.read_text("utf-8").replace("we sold nothing", "we sold something"), encoding="utf-8")
    return {str(clauses), str(reactions)}


def held(do: Callable[..., Any]) -> tuple[Callable[..., Any], threading.Event, threading.Event]:
    """A function that says when it is reached, and waits before it goes on."""
    reached, go_on = threading.Event(), threading.Event()

    def wait(*arguments: Any, **options: Any) -> Any:
        reached.set()
        assert go_on.wait(60)
        return do(*arguments, **options)

    return wait, reached, go_on


def test_a_request_between_reading_and_rendering_sees_the_old_page_without_the_new_problem(
    folder: Path, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, reached, go_on = held(SiteSnapshot)
    monkeypatch.setattr(preview_module, "SiteSnapshot", make)
    epoch = server.epoch
    with ThreadPoolExecutor(1) as builder:
        done: Future[None] = builder.submit(server.rebuild, save(folder))
        assert reached.wait(60)
        assert OLD in page(server)
        assert OVERLAY not in page(server)
        assert f"livereload({epoch}, " in page(server)
        go_on.set()
        done.result(60)
    assert NEW in page(server)
    assert "quote-is-verbatim" in page(server)
    assert f"livereload({server.epoch}, " in page(server)
    assert server.epoch > epoch


def test_a_request_while_the_next_state_is_finished_but_not_shown_sees_the_old_one(
    folder: Path, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    show, reached, go_on = held(server._show)
    monkeypatch.setattr(server, "_show", show)
    with ThreadPoolExecutor(1) as builder:
        done = builder.submit(server.rebuild, save(folder))
        assert reached.wait(60)
        assert OLD in page(server)
        assert OVERLAY not in page(server)
        go_on.set()
        done.result(60)
    assert NEW in page(server)
    assert OVERLAY in page(server)


def test_a_request_that_began_before_a_change_is_answered_from_the_state_it_began_with(
    folder: Path, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = server.state
    server.rebuild(save(folder))
    content = server._file_content(state, "clauses/index.html")
    assert content is not None
    assert OLD in content.decode("utf-8")
    assert OVERLAY not in content.decode("utf-8")


def test_where_the_new_state_cannot_be_made_the_old_one_stays_with_the_failure_alone(
    folder: Path, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no snapshot")

    monkeypatch.setattr(preview_module, "SiteSnapshot", fail)
    server.rebuild(save(folder))
    assert OLD in page(server)
    assert "RuntimeError: no snapshot" in page(server)
    assert "quote-is-verbatim" not in page(server)
    monkeypatch.undo()
    server.rebuild(save(folder))
    assert NEW in page(server)
    assert "RuntimeError" not in page(server)
