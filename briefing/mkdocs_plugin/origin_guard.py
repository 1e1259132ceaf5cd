"""Keeps a preview to its own pages: no page of another origin can read a draft (decisions/0075).

The headers of each answer tell browsers to hand it to no other origin (Fetch, HTML and CSP level 3). A request that a page of
another origin made, or that names a host which is not this preview's, is refused besides: DNS can lead any name here.
"""

import ipaddress
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple, cast
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mkdocs.plugins import get_plugin_logger

from briefing.mkdocs_plugin.allowed_hosts import HOST, VARIABLE
from briefing.model.site_files import SEARCH_CALL

log = get_plugin_logger("briefing")
HEADERS: Mapping[str, str] = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_LOOPBACK = frozenset(["127.0.0.1", "localhost", "[::1]"])
_CALL = f"{SEARCH_CALL}(".encode()
_OTHER_PAGE = "A page of another site asked for this. A preview answers only its own pages; open its address in a tab.\n"


class Answer(NamedTuple):
    """A whole answer of a server; the headers are named as in `Content-Type`, and are without its length."""

    status: str
    headers: Mapping[str, str]
    body: bytes


def guard(server: WSGIServer, allowed_hosts: Callable[[], Collection[str]]) -> None:
    """Has a server answer its own pages alone. `allowed_hosts` gives the hosts that it answers to now, besides its address."""
    app = server.get_app()
    assert app is not None

    def answer_guarded(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        host, port = server.server_address[:2]
        answer = refusal(environ, str(host), int(port), allowed_hosts()) or _without_call(_answer_of(app, environ))
        start_response(answer.status, [*answer.headers.items(), ("Content-Length", str(len(answer.body))), *HEADERS.items()])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    server.set_app(answer_guarded)
    handler = cast(type, server.RequestHandlerClass)
    server.RequestHandlerClass = type("GuardedHandler", (_GuardedErrors, handler), {})


class _GuardedErrors(WSGIRequestHandler):
    """Adds the headers to the answers that no application makes: those to requests which are not HTTP."""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()


def refusal(environ: WSGIEnvironment, address: str, port: int, allowed_hosts: Collection[str]) -> Answer | None:
    """Why a request to a server at an address is not answered; None if it is."""
    host = str(environ.get("HTTP_HOST", "")).lower()
    if not _is_host_of(host, address, port, allowed_hosts):
        return _text("403 Forbidden", _host_help(host, address, port))
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return _text("405 Method Not Allowed", "A preview can only be read.\n", Allow="GET, HEAD")
    if _is_from_another_page(environ, host, allowed_hosts):
        return _text("403 Forbidden", _OTHER_PAGE)
    return None


def _is_host_of(host: str, address: str, port: int, allowed_hosts: Collection[str]) -> bool:
    """Whether a Host header names this server. Where that listens on every address, any of them does: DNS leads to none."""
    found = HOST.fullmatch(host)
    if found is None:
        return False
    name, bound = found[1], ipaddress.ip_address(address)
    is_address = name in _LOOPBACK or _ip_address(name) == bound or (bound.is_unspecified and _ip_address(name) is not None)
    return (is_address and (found[2] or "80") == str(port)) or _is_allowed(host, allowed_hosts)


def _is_allowed(host: str, allowed_hosts: Collection[str]) -> bool:
    """Whether a host is allowed with its port, or with every port."""
    found = HOST.fullmatch(host)
    return found is not None and (host in allowed_hosts or found[1] in allowed_hosts)


def _ip_address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def _is_from_another_page(environ: WSGIEnvironment, host: str, allowed_hosts: Collection[str]) -> bool:
    """Whether a page of another origin made a request, other than to open a tab.

    Browsers send Sec-Fetch headers (W3C Fetch Metadata) to loopback addresses and over TLS, an Origin with CORS requests.
    """
    origin = str(environ.get("HTTP_ORIGIN", host)).lower().rpartition("://")[2]
    if origin != host and not _is_allowed(origin, allowed_hosts):
        return True
    if environ.get("HTTP_SEC_FETCH_SITE", "none") in ("none", "same-origin"):
        return False
    return (environ.get("HTTP_SEC_FETCH_MODE"), environ.get("HTTP_SEC_FETCH_DEST")) != ("navigate", "document")


def _host_help(host: str, address: str, port: int) -> str:
    served = f"This preview is at http://{f'[{address}]' if ':' in address else address}:{port}/"
    found = HOST.fullmatch(host)
    if found is None:
        return f"{served}, and the request names no host.\n"
    return (
        f"{served}, and the request asks for {host}.\n"
        "If that name is yours, allow it in mkdocs.yml:\n\n"
        f"plugins:\n  - briefing:\n      allowed_hosts: [{json.dumps(host)}]\n\n"
        f"For yourself alone, start the preview with {VARIABLE}={host} instead.\n"
    )


def _text(status: str, text: str, **headers: str) -> Answer:
    return Answer(status, {"Content-Type": "text/plain; charset=utf-8", **headers}, text.encode("utf-8"))


def _answer_of(app: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """What an application answers, as a whole; if it fails, an answer that says so."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        started.append((status, headers))

    try:
        chunks = app(environ, start)
        body = b"".join(chunks)
    except Exception:
        log.exception("a page of the preview could not be made")
        return _text("500 Internal Server Error", "This page could not be made; the terminal says why.\n")
    if close := getattr(chunks, "close", None):
        close()
    status, headers = started[-1]
    kept = {name.title(): value for name, value in headers if name.title() != "Content-Length"}
    if "Location" in kept:
        kept["Location"] = "/" + kept["Location"].lstrip("/")  # with two slashes it would lead to another host
    return Answer(status, kept, body)


def _without_call(answer: Answer) -> Answer:
    """A piece of the search index as JSON, not as a call that a page of another origin could load; others as they are."""
    if not answer.body.startswith(_CALL):
        return answer
    data = answer.body.removeprefix(_CALL).rpartition(b")")[0]
    return Answer(answer.status, {**answer.headers, "Content-Type": "application/json"}, data)
