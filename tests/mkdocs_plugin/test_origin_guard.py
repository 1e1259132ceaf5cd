"""What a preview answers, and to whom: every answer is closed to other origins, and what their pages ask for is refused."""

import http.client
import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from mkdocs.livereload import LiveReloadServer

from briefing.mkdocs_plugin.live_server import PreviewServer
from briefing.mkdocs_plugin.origin_guard import HEADERS, guard
from briefing.mkdocs_plugin.preview import Preview
from briefing.rendering.pages import ASSETS, HEADER_ASSETS, SEARCH_ASSETS
from tests.mkdocs_plugin.test_plugin import mkdocs
from tests.mkdocs_plugin.test_preview_pages import built
from tests.previews import previewed
from tests.sites import make_buildable

CLAIM = "Vessia leases Halden harbour to the Marrow Isles for 25 years."
ALLOWED = frozenset(["draft.example.org", "tunnel.example.org:9000", "localhost:9000"])


class Got(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: str


def ask(port: int, path: str = "/clauses/", method: str = "GET", **headers: str | None) -> Got:
    """What the server at a port answers. Without `Host` the request names the server; None leaves the header out."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": f"127.0.0.1:{port}", **headers}.items():
        if value is not None:
            connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    got = Got(answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace"))
    connection.close()
    return got


def assert_is_closed(got: Got) -> None:
    """An answer has each header that closes it to other origins, once, and none that opens it."""
    assert {name: got.headers.get(name) for name in HEADERS} == HEADERS
    assert not [name for name in got.headers if name.lower().startswith(("access-control-", "timing-allow"))]


def no_build() -> None:
    raise AssertionError("MkDocs is not needed")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, built_lease: Path) -> Iterator[PreviewServer]:
    yield from serving(tmp_path_factory.mktemp("guard"), "127.0.0.1", built_lease)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory, built_lease: Path) -> Iterator[PreviewServer]:
    yield from serving(tmp_path_factory.mktemp("guard"), "0.0.0.0", built_lease, mount_path="/lease/")


def serving(folder: Path, host: str, lease: Path, mount_path: str = "/") -> Iterator[PreviewServer]:
    for name in ("facts", "seeds"):
        shutil.copytree(lease / name, folder / name)
    shutil.copy(lease / "briefing.yaml", folder)
    preview = built(make_buildable(folder), Preview(), "https://example.org/")
    made = PreviewServer(LiveReloadServer(no_build, host, 0, str(folder / "nowhere"), mount_path), preview, "")
    guard(made, lambda: ALLOWED)
    made.server_bind()
    made.server_activate()
    made.serve_thread.start()
    yield made
    made.shutdown()


ANSWERS = {
    "a page": ("/clauses/", 200),
    "the home page": ("/", 200),
    "a piece of the search index": ("/search/claims-0.js", 200),
    "a piece by another way of writing its path": ("/x/..%2Fsearch/./claims-0.js?v-1", 200),
    "a script": ("/assets/briefing.js", 200),
    "a style sheet": ("/assets/briefing.css", 200),
    "the ledger": ("/ledger.json", 200),
    "a table": ("/data/clauses.csv", 200),
    "a calendar": ("/data/timeline.ics", 200),
    "linked data": ("/data/annotations.jsonld", 200),
    "a bibliography": ("/data/sources.bib", 200),
    "a theme's font that is not there": ("/assets/fonts/x.woff2", 404),
    "a sitemap": ("/sitemap.xml", 200),
    "a sitemap in an archive": ("/sitemap.xml.gz", 200),
    "a picture": ("/assets/card.png", 200),
    "a page without its slash": ("/clauses", 302),
    "a folder without its slash elsewhere": ("/%2Fexample.org%2F..%2Fclauses", 302),
    "a page that is not there": ("/nothing/", 404),
    "a file that is not there": ("/nothing.json", 404),
    "the long poll": ("/livereload/0/1", 200),
    "something like the long poll": ("/livereload/x", 404),
    "another host": ("http://example.org/clauses/", 404),
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_answer_is_closed_to_other_origins(server: PreviewServer, name: str, method: str) -> None:
    path, status = ANSWERS[name]
    got = ask(server.server_port, path, method)
    assert got.status == status
    assert_is_closed(got)
    assert bool(got.body) == (method == "GET" and status != 302)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get"])
def test_a_preview_can_only_be_read(server: PreviewServer, method: str) -> None:
    got = ask(server.server_port, method=method, Access_Control_Request_Private_Network="true")
    assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")
    assert CLAIM not in got.body
    assert_is_closed(got)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /clauses/ HTTP/9.9", b"505"),
        (b"GET / / HTTP/1.1", b"400"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1", b"414"),
        (b"nonsense", b"400"),
    ],
)
def test_the_answer_to_what_is_not_http_is_closed_too(server: PreviewServer, line: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as connection:
        connection.sendall(line + b"\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert status in answer
    if answer.startswith(b"HTTP/"):
        assert all(f"{name}: {value}\r\n".encode() in answer for name, value in HEADERS.items())


def test_a_request_of_the_oldest_kind_names_no_host_and_gets_nothing(server: PreviewServer) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as connection:
        connection.sendall(b"GET /clauses/\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.endswith(b"the request names no host.\n")


def test_a_failure_is_closed_and_names_nothing(server: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(CLAIM)

    monkeypatch.setattr(server, "_file_content", fail)
    got = ask(server.server_port)
    assert (got.status, got.headers["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert CLAIM not in got.body
    assert_is_closed(got)


def test_part_of_a_page_is_not_given_apart(server: PreviewServer) -> None:
    whole = ask(server.server_port)
    for asked in ({"Range": "bytes=0-9"}, {"If_Range": "x", "Range": "bytes=1-"}, {"If_Modified_Since": "x"}):
        got = ask(server.server_port, **asked)
        assert (got.status, len(got.body)) == (200, len(whole.body))


HOSTS = {
    "127.0.0.1:{port}": True,
    "localhost:{port}": True,
    "LOCALHOST:{port}": True,
    "[::1]:{port}": True,
    "draft.example.org": True,
    "Draft.Example.org:8443": True,
    "tunnel.example.org:9000": True,
    "localhost:9000": True,
    "tunnel.example.org": False,
    "127.0.0.1": False,
    "localhost": False,
    "127.0.0.1:1": False,
    "127.0.0.1:{port}0": False,
    "10.0.0.7:{port}": False,
    "rebound.example:{port}": False,
    "127.0.0.1.example:{port}": False,
    "localhost.example:{port}": False,
    "example.draft.example.org": False,
    "draft.example.org.example": False,
    "draft.example.org:{port}:80": False,
    "draft.example.org@rebound.example": False,
    "127.0.0.1:{port}, rebound.example": False,
    "[::1": False,
    "[1:2:3]:{port}": False,
    "<script>": False,
    "": False,
}


@pytest.mark.parametrize("host", HOSTS)
def test_a_preview_answers_to_its_address_and_to_what_is_allowed(server: PreviewServer, host: str) -> None:
    name = host.format(port=server.server_port)
    got = ask(server.server_port, Host=name)
    assert (got.status == 200) == HOSTS[host]
    assert (CLAIM in got.body) == HOSTS[host]
    assert_is_closed(got)
    if not HOSTS[host]:
        assert (got.status, got.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
        assert got.body.startswith(f"This preview is at http://127.0.0.1:{server.server_port}/, and the request ")
        assert "<" not in got.body


def test_a_request_that_names_no_host_or_two_gets_nothing(server: PreviewServer) -> None:
    assert ask(server.server_port, Host=None).status == 403
    assert ask(server.server_port, host="rebound.example").status == 403


def test_the_refusal_says_how_to_allow_the_name(server: PreviewServer) -> None:
    told = ask(server.server_port, Host="other.example.org").body
    assert '  - briefing:\n      allowed_hosts: ["other.example.org"]\n' in told
    assert "BRIEFING_ALLOWED_HOSTS=other.example.org" in told


@pytest.mark.parametrize(
    ("host", "is_answered"),
    [
        ("0.0.0.0:{port}", True),
        ("192.168.1.20:{port}", True),
        ("[fe80::1]:{port}", True),
        ("localhost:{port}", True),
        ("draft.example.org", True),
        ("192.168.1.20:1", False),
        ("2130706433:{port}", False),
        ("127.1:{port}", False),
        ("rebound.example:{port}", False),
        ("192.168.1.20.rebound.example:{port}", False),
    ],
)
def test_a_preview_on_every_address_answers_to_addresses_and_to_no_name(
    everywhere: PreviewServer, host: str, is_answered: bool
) -> None:
    got = ask(everywhere.server_port, "/lease/clauses/", Host=host.format(port=everywhere.server_port))
    assert (CLAIM in got.body) == is_answered
    assert_is_closed(got)


def test_under_a_path_of_its_own_every_answer_is_closed_too(everywhere: PreviewServer) -> None:
    for path, status in {"/": 302, "/lease": 302, "/lease/clauses": 302, "/lease/": 200, "/other/": 404}.items():
        got = ask(everywhere.server_port, path)
        assert (path, got.status) == (path, status)
        assert_is_closed(got)
        assert ask(everywhere.server_port, path, Host="rebound.example").status == 403


@pytest.mark.parametrize(
    "path", ["/clauses", "//clauses", "/%2Fexample.org%2F..%2Fclauses", "/%2F%2Fexample.org%2F..%2F..%2Fclauses"]
)
def test_no_address_of_a_preview_leads_elsewhere(server: PreviewServer, path: str) -> None:
    got = ask(server.server_port, path)
    here = f"http://127.0.0.1:{server.server_port}"
    assert (got.status, urljoin(here, got.headers["Location"])) == (302, f"{here}/clauses/")


def fetched(site: str, mode: str, dest: str) -> dict[str, str]:
    return {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": dest}


ASKED_BY = {
    "an address typed": (fetched("none", "navigate", "document"), True),
    "a link of the preview": (fetched("same-origin", "navigate", "document"), True),
    "a script of the preview": (fetched("same-origin", "no-cors", "script"), True),
    "a search in the preview": (fetched("same-origin", "cors", "empty"), True),
    "a request of the preview with its origin": ({"Origin": "http://127.0.0.1:{port}"}, True),
    "a page of an allowed host behind a proxy": ({"Origin": "https://draft.example.org"}, True),
    "a page of an allowed host with its port": ({"Origin": "https://draft.example.org:8443"}, True),
    "a page of a host that is allowed with another port": ({"Origin": "https://tunnel.example.org:9001"}, False),
    "a link of another site": (fetched("cross-site", "navigate", "document"), True),
    "a link of another port": (fetched("same-site", "navigate", "document"), True),
    "a script tag of another site": (fetched("cross-site", "no-cors", "script"), False),
    "a script tag of another port": (fetched("same-site", "no-cors", "script"), False),
    "an image of another port": (fetched("same-site", "no-cors", "image"), False),
    "a style sheet of another site": (fetched("cross-site", "no-cors", "style"), False),
    "a frame of another site": (fetched("cross-site", "navigate", "iframe"), False),
    "a frame of another port": (fetched("same-site", "navigate", "frame"), False),
    "an embedded object": (fetched("cross-site", "navigate", "object"), False),
    "an embedded document": (fetched("cross-site", "navigate", "embed"), False),
    "a fetch of another site": (fetched("cross-site", "cors", "empty"), False),
    "a fetch of another site without CORS": (fetched("cross-site", "no-cors", "empty"), False),
    "a worker of another site": (fetched("cross-site", "same-origin", "worker"), False),
    "an unknown relation": (fetched("", "no-cors", "script"), False),
    "nothing said but the site": ({"Sec_Fetch_Site": "cross-site"}, False),
    "another origin": ({"Origin": "https://example.org"}, False),
    "another port": ({"Origin": "http://127.0.0.1:1"}, False),
    "another name of the same machine": ({"Origin": "http://localhost:{port}"}, False),
    "a page without an origin": ({"Origin": "null"}, False),
    "an empty origin": ({"Origin": ""}, False),
    "a name that ends as ours": ({"Origin": "http://x.127.0.0.1:{port}"}, False),
}


@pytest.mark.parametrize("name", ASKED_BY)
@pytest.mark.parametrize("path", ["/clauses/", "/search/claims-0.js", "/livereload/0/1", "/nothing/", "/clauses"])
def test_pages_of_other_origins_get_nothing_but_a_tab(server: PreviewServer, name: str, path: str) -> None:
    headers, is_answered = ASKED_BY[name]
    got = ask(server.server_port, path, **{key: value.format(port=server.server_port) for key, value in headers.items()})
    assert (got.status == 403) != is_answered
    assert_is_closed(got)
    if not is_answered:
        assert got.body.startswith("A page of another site asked for this.")


def test_a_long_poll_of_another_origin_does_not_wait(server: PreviewServer) -> None:
    poll = f"/livereload/{server.epoch}/1"
    own = threading.Thread(target=ask, args=(server.server_port, poll), daemon=True)
    own.start()
    assert ask(server.server_port, poll, **fetched("cross-site", "no-cors", "empty")).status == 403
    assert own.is_alive()
    with server.lock:
        server.next_epoch()
    own.join(30)
    assert not own.is_alive()


def test_nothing_that_a_browser_would_run_or_apply_holds_a_draft(server: PreviewServer) -> None:
    """What is served as a script or a style sheet is an asset of the generator, with no claim and no quote in it."""
    site = server.preview.state.site
    assert site is not None
    facts = json.loads(ask(server.server_port, "/ledger.json").body)["facts"]
    texts = [*(fact["claim"] for fact in facts), *(quote["exact"] for fact in facts for quote in fact["quotes"])]
    assert len(texts) > 50
    paths = {file.url for file in site.pages} | {path for path in site.renderer.renderers if not path.endswith(".md")}
    assert len(paths) > 50
    active = set()
    for path in {*paths, *site.config.theme.static_templates, "assets/card.png"}:
        got = ask(server.server_port, f"/{path.removeprefix('./')}")
        assert got.status == 200, path
        if any(kind in got.headers["Content-Type"] for kind in ("script", "css")):
            active.add(path)
            assert [text for text in texts if text in got.body] == [], path
    assert active == {f"assets/{name}" for name in (*ASSETS, *SEARCH_ASSETS, *HEADER_ASSETS)}


def test_a_piece_of_the_search_index_is_data_and_no_call(server: PreviewServer) -> None:
    site = server.preview.state.site
    assert site is not None
    for path in site.renderer.search.paths:
        got = ask(server.server_port, f"/{path}")
        assert got.headers["Content-Type"] == "application/json"
        assert json.loads(got.body)["file"] == path.removeprefix("search/")
    assert site.file_content("search/index.js") == site.renderer.render_file("search/index.js").encode()  # as in a built site


def test_a_built_site_that_mkdocs_serves_is_guarded_too(copy_of_port_lease: Path) -> None:
    with previewed(make_buildable(copy_of_port_lease), "--clean") as address:
        port = int(address.split(":")[2].rstrip("/"))
        for path, status in {"/": 200, "/clauses": 302, "/nothing/": 404, "/livereload/0/1": 200}.items():
            got = ask(port, path)
            assert (path, got.status) == (path, status)
            assert_is_closed(got)
            assert ask(port, path, Host="rebound.example").status == 403
            assert ask(port, path, **fetched("cross-site", "no-cors", "script")).status == 403
        piece = ask(port, "/search/claims-0.js")
        assert piece.headers["Content-Type"] == "application/json"
        assert CLAIM in json.dumps(json.loads(piece.body))


@pytest.mark.parametrize("arguments", [("--no-livereload",), ("--no-livereload", "--clean"), ("--no-livereload", "--dirty")])
def test_a_preview_that_no_plugin_can_guard_does_not_start(copy_of_port_lease: Path, arguments: tuple[str, ...]) -> None:
    done: subprocess.CompletedProcess[str] = mkdocs(
        make_buildable(copy_of_port_lease), "serve", "--dev-addr", "127.0.0.1:0", *arguments
    )
    assert done.returncode == 1
    assert "with `--no-livereload`, every web page could read the draft" in done.stdout + done.stderr
    assert "help: leave the option out" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
