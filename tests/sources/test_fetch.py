"""Downloads: whole or refused, within a deadline, and never where a web page sends us in our own network."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import time_machine

from briefing.diagnostics.problem import Problem
from briefing.loading.files import MAX_BYTES
from briefing.sources import connections, fetch
from briefing.sources.connections import is_public
from briefing.sources.fetch import Fetched

BODY = b"<html><p>" + b"The harbour is leased. " * 400
ENCODED = {
    "gzip": ("gzip", gzip.compress(BODY)),
    "zlib": ("deflate", zlib.compress(BODY)),
    "half-gzip": ("gzip", gzip.compress(BODY)[:-30]),
    "two-gzips": ("gzip", gzip.compress(BODY) * 2),
    "not-gzip": ("gzip", BODY),
    "brotli": ("br", BODY),
    "bomb": ("gzip", gzip.compress(b" " * (MAX_BYTES + 1))),
}


class Web(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.rpartition("/")[2]
        getattr(self, name.replace("-", "_"), self.whole)()
        self.close_connection = True

    def whole(self, body: bytes = BODY, length: int | None = None, encoding: str = "", status: int = 200) -> None:
        name = self.path.rpartition("/")[2]
        encoding, body = ENCODED.get(name, (encoding, body))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def half(self) -> None:
        self.whole(BODY[:500], len(BODY))

    def nothing_of_it(self) -> None:
        self.whole(b"", len(BODY))

    def large(self) -> None:
        self.whole(b" " * (MAX_BYTES + 1))

    def chunked(self, end: bytes = b"0\r\n\r\n") -> None:
        self.send_response(203)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(BODY), BODY) + end)

    def half_chunked(self) -> None:
        self.chunked(b"50\r\nand")

    def without_last_chunk(self) -> None:
        self.chunked(b"")

    def slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.trickle()

    def slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.trickle()

    def silent(self) -> None:
        time.sleep(5)

    def trickle(self) -> None:
        for _ in range(100):
            self.wfile.write(b"aa")
            self.wfile.flush()
            time.sleep(0.05)

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def moved(self) -> None:
        self.redirect("/whole")

    def round(self) -> None:
        self.redirect("/round")

    def on_and_on(self) -> None:
        self.redirect(f"/{len(self.asked)}/on-and-on")

    def to_file(self) -> None:
        self.redirect("file:///etc/passwd")

    def to_ftp(self) -> None:
        self.redirect("ftp://127.0.0.1/x")

    def to_data(self) -> None:
        self.redirect("data:text/html,x")

    def inside(self) -> None:
        self.redirect(f"http://127.0.0.2:{self.server.server_address[1]}/whole")

    def inside_by_name(self) -> None:
        self.redirect(f"http://harbour.example:{self.server.server_address[1]}/whole")

    def to_localhost(self) -> None:
        self.redirect("http://localhost./whole")

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(Web, "asked", [])
    with Server(("0.0.0.0", 0), Web) as found:
        threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def fetched(url: str) -> Fetched:
    found = fetch.fetch(url)
    assert isinstance(found, Fetched), found
    return found


def refused(url: str) -> str:
    found = fetch.fetch(url)
    assert isinstance(found, Problem), found
    assert found.help
    return found.message.replace(url, "URL")


@pytest.mark.parametrize("name", ["whole", "chunked", "gzip", "zlib", "moved"])
def test_a_whole_document_is_read_with_its_address_time_and_status(web: str, name: str) -> None:
    with time_machine.travel("2031-04-05T23:30:00Z", tick=False):
        found = fetched(f"{web}/{name}")
    assert found.content == BODY
    assert found.url == f"{web}/{'whole' if name == 'moved' else name}"
    assert found.at.isoformat() == "2031-04-05T23:30:00+00:00"
    assert found.status == (203 if name == "chunked" else 200)


@pytest.mark.parametrize("name", ["half", "nothing-of-it", "half-chunked", "without-last-chunk", "half-gzip", "two-gzips"])
def test_a_download_that_broke_off_is_no_document(web: str, name: str) -> None:
    assert refused(f"{web}/{name}") == "URL broke off before the end of the document"


@pytest.mark.parametrize("name", ["large", "bomb"])
def test_a_document_that_is_too_large_is_refused(web: str, name: str) -> None:
    assert refused(f"{web}/{name}") == "the document at URL is larger than 8 MiB"


def test_a_compression_that_cannot_be_read_is_refused(web: str) -> None:
    assert refused(f"{web}/brotli") == "URL answered in the compression `br`, which cannot be read"
    assert refused(f"{web}/not-gzip") == "URL answered in a compression that cannot be read"


@pytest.mark.parametrize("name", ["slow", "slow-head", "silent"])
def test_a_server_that_dawdles_ends_at_the_deadline(web: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (connections, fetch):
        monkeypatch.setattr(module, "DEADLINE_SECONDS", 0.3)
    assert refused(f"{web}/{name}") == "URL did not send the whole document within 0.3 seconds"


@pytest.mark.parametrize("name", ["round", "on-and-on", "to-file", "to-ftp", "to-data"])
def test_a_redirect_without_end_or_to_another_scheme_is_refused(web: str, name: str) -> None:
    assert refused(f"{web}/{name}") == "URL redirects too often, or to what is not a web address"
    assert len(Web.asked) <= 12


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a", "http//a", "http://["])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert "is not a web address" in refused(url)


@pytest.mark.parametrize("url", ["http://", "http:///x", "http://a b/", "http://a\n.example/", "http://\udcff/", "http://a:b/"])
def test_a_web_address_that_leads_nowhere_is_refused(url: str) -> None:
    assert "could not be reached" in refused(url)


# Where a redirect may lead


def test_who_types_an_address_of_their_own_network_may_be_redirected_in_it(web: str) -> None:
    assert fetched(f"{web}/inside").url.startswith("http://127.0.0.2:")


def test_no_page_of_the_public_web_leads_into_our_own_network(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "is_public", lambda host: (host != "127.0.0.2" and is_public(host)) or host == "127.0.0.1")
    assert refused(f"{web}/inside") == "URL redirects to 127.0.0.2, which is not an address of the public internet"
    assert refused(f"{web}/to-localhost") == "URL redirects to localhost., which is not an address of the public internet"
    assert Web.asked == ["/inside", "/to-localhost"]
    assert fetched(f"{web}/moved").content == BODY


def test_the_address_that_was_checked_is_connected_to(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["127.0.0.1", "127.0.0.2", "127.0.0.1"])
    resolved = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        resolved.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (next(answers), port))]

    monkeypatch.setattr(connections.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(connections, "is_public", lambda host: host != "127.0.0.2")
    assert "redirects to 127.0.0.2" in refused(f"{web}/inside-by-name")
    assert resolved == ["127.0.0.1", "harbour.example"]


@pytest.mark.parametrize(
    "host",
    """127.0.0.1 10.0.0.1 192.168.1.1 172.16.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 ::1 :: fe80::1 fe80::1%eth0
    fc00::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: localhost x.LOCALHOST.""".split(),  # noqa: SIM905
)
def test_an_address_of_no_public_network_is_known(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize("host", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "gazette.example", "64:ff9b::909:909"])
def test_an_address_of_the_public_internet_is_known(host: str) -> None:
    assert is_public(host)


# Proxies


def test_a_proxy_of_the_environment_is_used_and_may_be_in_our_own_network(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", web)
    assert fetched("http://gazette.example/whole").content == BODY
    assert Web.asked == ["http://gazette.example/whole"]
    assert "redirects to 127.0.0.2" in refused("http://gazette.example/inside")
    assert "redirects to localhost." in refused("http://gazette.example/to-localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetched(f"{web}/whole").content == BODY
    assert Web.asked[-1] == "/whole"


def test_a_proxy_that_cannot_be_used_is_no_traceback(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for proxy in ("socks5://127.0.0.1:1", "http://127.0.0.1:1", "not a proxy", web):
        monkeypatch.setenv("https_proxy", proxy)
        assert "could not be reached" in refused("https://gazette.example/whole")
