"""A document taken from the web, when a curator asks for it."""

from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from briefing import __version__
from briefing.loading.files import MAX_BYTES

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Fetched:
    """What came from an address: its bytes, the address that answered in the end, and the encoding it named."""

    content: bytes
    url: str
    encoding: str = ""


def fetch(url: str) -> Fetched | str:
    """The document at an address, or in words why it did not come."""
    if urlsplit(url).scheme.lower() not in ("http", "https"):
        return f"{url} is no address on the web; it begins with https:// or http://"
    try:
        with urlopen(Request(url, headers={"User-Agent": f"briefing/{__version__}"}), timeout=TIMEOUT_SECONDS) as answer:
            content = answer.read(MAX_BYTES + 1)
            came_from, encoding = answer.geturl(), answer.headers.get_content_charset() or ""
    except HTTPError as error:
        return f"{url} answered {error.code}; save the page from a browser, and add the file with --url and --accessed"
    except (URLError, HTTPException, OSError, ValueError):
        return f"{url} could not be reached; check the address and the connection"
    if urlsplit(came_from).scheme.lower() not in ("http", "https"):
        return f"{url} leads to {came_from}, which is no address on the web"
    if len(content) > MAX_BYTES:
        return f"the document at {url} is larger than {MAX_BYTES // 1024 // 1024} MiB"
    return Fetched(content, came_from, encoding)
