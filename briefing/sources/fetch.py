"""Downloads a document from the web, only when a curator asks for it."""

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request

from briefing import __version__
from briefing.diagnostics.problem import Problem, general_problem
from briefing.loading.files import MAX_BYTES
from briefing.sources.connections import DEADLINE_SECONDS, Connections

_SAVE_HELP = "save the page from a browser, and add that file with --url and --accessed"
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Fetched:
    """A downloaded document: its bytes, the address after all redirects, when it came (UTC), and with which HTTP status.

    `encoding` is the one that the server named, if any.
    """

    content: bytes
    url: str
    at: datetime
    status: int
    encoding: str = ""


def fetch(url: str) -> Fetched | Problem:
    """The whole document at a web address, up to `MAX_BYTES` and within `DEADLINE_SECONDS`."""
    if not _is_web_address(url):
        return general_problem(f"{url} is not a web address", "give an address that begins with https:// or http://")
    connections = Connections()
    headers = {"User-Agent": f"briefing/{__version__}", "Accept-Encoding": "identity"}
    try:
        connections.may_reach(urlsplit(url).hostname or "")
        request = Request(url, headers=headers)
        with connections.deadline(), connections.opener().open(request, timeout=DEADLINE_SECONDS) as response:
            found = _read_response(url, response)
    except HTTPError as error:
        found = general_problem(_status_message(url, error.code), _SAVE_HELP)
    except IncompleteRead:
        found = _broken_off(url)
    except (URLError, HTTPException, OSError, ValueError):
        found = general_problem(f"{url} could not be reached", "check the address and the connection")
    if connections.is_late:
        return general_problem(f"{url} did not send the whole document within {DEADLINE_SECONDS} seconds", _SAVE_HELP)
    if connections.refused:
        message = f"{url} redirects to {connections.refused}, which is not an address of the public internet"
        return general_problem(message, "if you trust that address, give it instead")
    return found


def _status_message(url: str, code: int) -> str:
    if 300 <= code < 400:
        return f"{url} redirects too often, or to what is not a web address"
    return f"{url} answered with HTTP status {code}"


def _read_response(url: str, response: HTTPResponse) -> Fetched | Problem:
    content = b""
    while len(content) <= MAX_BYTES and (chunk := response.read(_CHUNK)):
        content += chunk
    if len(content) > MAX_BYTES:
        return _too_large(url)
    if response.length:  # what is missing of the length that the server stated
        return _broken_off(url)
    whole = _decompressed(url, content, response.headers.get("Content-Encoding", "").strip().lower())
    if isinstance(whole, Problem):
        return whole
    encoding = response.headers.get_content_charset() or ""
    return Fetched(whole, response.geturl(), datetime.now(UTC), response.status, encoding)


def _decompressed(url: str, content: bytes, encoding: str) -> bytes | Problem:
    """The content as it is, although we ask servers not to compress it."""
    if encoding in ("", "identity"):
        return content
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return general_problem(f"{url} answered in the compression `{encoding}`, which cannot be read", _SAVE_HELP)
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)  # with the header of gzip or of zlib
    try:
        whole = decompressor.decompress(content, MAX_BYTES + 1)
    except zlib.error:
        return general_problem(f"{url} answered in a compression that cannot be read", _SAVE_HELP)
    if len(whole) > MAX_BYTES:
        return _too_large(url)
    return whole if decompressor.eof and not decompressor.unused_data else _broken_off(url)


def _broken_off(url: str) -> Problem:
    return general_problem(f"{url} broke off before the end of the document", f"try again; or {_SAVE_HELP}")


def _too_large(url: str) -> Problem:
    message = f"the document at {url} is larger than {MAX_BYTES // 1024 // 1024} MiB"
    return general_problem(message, "save a part of it, and add that")


def _is_web_address(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in ("http", "https")
    except ValueError:
        return False
