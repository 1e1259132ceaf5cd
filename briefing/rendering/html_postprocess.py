"""Post-processes a page of the theme: repairs invalid HTML and adds a Content Security Policy.

The skip link of the theme leads to the first heading in the table of contents, which may be that of the notes; here it
leads to the content. The two toggles of the theme are outside every landmark; the one of this package is in the header.

The policy (CSP level 3) is in a `meta` element, so that it works on any server.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from html import escape

from briefing.model.additions import AddedAddress, addresses_by_use, content_security_policy

_MARKUP_FIXES = (
    ('<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">', ""),
    ('<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">', ""),
    (' tabindex=""', ""),
)
_SKIP = re.compile(r'<a href="[^"<]*" class="md-skip">')
_TOC = 'for="__toc"'
_CHARSET_META = re.compile(r"<meta charset=[^<>]*>", re.IGNORECASE)


def fix_markup(html: str) -> str:
    """A page without the invalid HTML of Material: misplaced attributes, labels without a control."""
    html = _SKIP.sub('<a href="#__content" class="md-skip">', html) if 'id="__content"' in html else html
    for invalid, valid in _MARKUP_FIXES:
        html = html.replace(invalid, valid)
    return html if 'id="__toc"' in html else html.replace(f" {_TOC}", "")


def add_policy(html: str, addresses: Iterable[AddedAddress]) -> str:
    """A page with its Content Security Policy right after its charset, and each added address pinned to its checksum."""
    policy = content_security_policy(addresses_by_use(addresses))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    for added in addresses:
        if added.sha256:
            html = _pin(html, str(added.address), bytes.fromhex(added.sha256))
    return _CHARSET_META.sub(lambda found: f"{found.group()}\n      {meta}", html, count=1)


def _pin(html: str, address: str, digest: bytes) -> str:
    """A page in which each element that loads an address names its checksum (Subresource Integrity)."""
    pin = f'integrity="sha256-{b64encode(digest).decode()}" crossorigin="anonymous"'
    return re.sub(rf'(?:src|href)="{re.escape(escape(address))}"', lambda found: f"{found.group()} {pin}", html)
