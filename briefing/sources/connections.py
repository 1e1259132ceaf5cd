"""The connections of one download: a deadline for all of it, redirects to the public internet only, proxies as configured.

Whoever types an address in their own network may download from it. A web page may not send us there: a redirect must lead to
a public address, unless the typed one was not. A name is resolved once, and the address that was checked is connected to.
Behind a proxy, the proxy resolves names; then only addresses and `localhost` are checked.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPMessage, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import IO, Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

DEADLINE_SECONDS = 60
_NAT64 = IPv6Network("64:ff9b::/96")  # the last four bytes are an address of IPv4


def is_public(host: str) -> bool:
    """Whether an address is one of the public internet. A name is one, except `localhost`."""
    try:
        address = ip_address(host)
    except ValueError:
        return host.lower().rstrip(".").rpartition(".")[2] != "localhost"
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (ip_address(address.packed[-4:]) if address in _NAT64 else None)
        address = inner or address
    return address.is_global and not address.is_multicast


class Connections:
    """What one download may connect to, and until when. `refused` names a host that a redirect must not lead to."""

    def __init__(self) -> None:
        self.ends = time.monotonic() + DEADLINE_SECONDS
        self.refused = ""
        self.redirects = 0
        self._typed_is_public = True
        self._sockets: list[socket.socket] = []

    @contextmanager
    def deadline(self) -> Iterator[None]:
        """Ends all connections at the deadline: whatever waits for them then reads an end or raises OSError."""
        timer = threading.Timer(DEADLINE_SECONDS, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            for each in self._sockets:
                each.close()

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() >= self.ends

    def _end(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def may_reach(self, host: str) -> bool:
        """Whether a name or an address may be connected to, as typed or after the redirects so far."""
        if not self.redirects:
            self._typed_is_public = self._typed_is_public and is_public(host)
        elif self._typed_is_public and not is_public(host):
            self.refused = host
            return False
        return True

    def connect(self, address: tuple[str, int], *_: object, is_proxied: bool) -> socket.socket:
        """A socket connected to a host. Raises OSError where no address of it may be or can be reached."""
        error = OSError(f"{address[0]} has no address that may be reached")
        for family, kind, protocol, _name, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
            if not is_proxied and not self.may_reach(str(place[0])):
                continue
            found = socket.socket(family, kind, protocol)
            found.settimeout(max(0.001, self.ends - time.monotonic()))
            try:
                found.connect(place)
            except OSError as failed:
                error = failed
                found.close()
                continue
            self._sockets.append(found.dup())  # TLS takes the socket itself away
            return found
        raise error

    def opener(self) -> OpenerDirector:
        """What opens an address over these connections: http and https, and nothing else."""
        opener = OpenerDirector()
        for handler in (
            ProxyHandler(),
            HTTPDefaultErrorHandler(),
            HTTPErrorProcessor(),
            _Redirects(self),
            _Http(self),
            _Https(self),
        ):
            opener.add_handler(handler)
        return opener


class _Redirects(HTTPRedirectHandler):
    def __init__(self, connections: Connections) -> None:
        self.connections = connections

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        self.connections.redirects += 1
        target = urlsplit(newurl)
        if target.scheme not in ("http", "https") or not self.connections.may_reach(target.hostname or ""):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Http(HTTPHandler):
    def __init__(self, connections: Connections) -> None:
        super().__init__()
        self.connections = connections

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_connection, HTTPConnection, self.connections, req), req)


class _Https(HTTPSHandler):
    def __init__(self, connections: Connections) -> None:
        super().__init__()
        self.connections = connections

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_connection, HTTPSConnection, self.connections, req), req)


def _connection(
    of: type[HTTPConnection], connections: Connections, request: Request, host: str, **options: Any
) -> HTTPConnection:
    connection = of(host, **options)
    is_proxied = request.host != urlsplit(request.full_url).netloc or bool(request._tunnel_host)  # type: ignore[attr-defined]
    connection._create_connection = partial(connections.connect, is_proxied=is_proxied)  # type: ignore[attr-defined]
    return connection
