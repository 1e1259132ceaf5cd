"""Downloads a document from the web, only when a curator asks for it."""

from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from briefing import __version__
from briefing.diagnostics.problem import Problem, general_problem
from briefing.loading.files import MAX_BYTES

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Fetched:
    """A downloaded document: its bytes, the address after all redirects, and the encoding that the server named, if any."""

    content: bytes
    url: str
    encoding: str = ""


def fetch(url: str) -> Fetched | Problem:
    """The document at a web address, up to `MAX_BYTES`."""
    if not _is_web_address(url):
        return general_problem(f"{url} is not a web address", "give an address that begins with https:// or http://")
    try:
        with urlopen(Request(url, headers={"User-Agent": f"briefing/{__version__}"}), timeout=TIMEOUT_SECONDS) as response:
            content = response.read(MAX_BYTES + 1)
            final_url, encoding = response.geturl(), response.headers.get_content_charset() or ""
    except HTTPError as error:
        help = "save the page from a browser, and add that file with --url and --accessed"
        return general_problem(f"{url} answered with HTTP status {error.code}", help)
    except (URLError, HTTPException, OSError, ValueError):
        return general_problem(f"{url} could not be reached", "check the address and the connection")
    if not _is_web_address(final_url):
        return general_problem(f"{url} redirects to {final_url}, which is not a web address", "check the address")
    if len(content) > MAX_BYTES:
        return general_problem(
            f"the document at {url} is larger than {MAX_BYTES // 1024 // 1024} MiB", "save a part of it, and add that"
        )
    return Fetched(content, final_url, encoding)


def _is_web_address(url: str) -> bool:
    return urlsplit(url).scheme.lower() in ("http", "https")
