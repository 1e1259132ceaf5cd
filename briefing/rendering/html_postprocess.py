"""Post-processes a page of the theme: repairs invalid HTML and adds a Content Security Policy.

The skip link of the theme leads to the first heading in the table of contents, which may be that of the notes; here it
leads to the content. The two toggles of the theme are outside every landmark; the one of this package is in the header.

The policy (CSP level 3) is in a `meta` element, so that it works on any server. It allows only files of the site, and
inline scripts by their hash.
"""

import re
from base64 import b64encode
from hashlib import sha256

_MARKUP_FIXES = (
    ('<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">', ""),
    ('<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">', ""),
    (' tabindex=""', ""),
)
_SKIP = re.compile(r'<a href="[^"]*" class="md-skip">')
_TOC = 'for="__toc"'
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA_SCRIPT_TYPE = re.compile(r"type=[\"']?application/(?:ld\+)?json", re.IGNORECASE)
_CHARSET_META = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


def fix_markup(html: str) -> str:
    """A page without the invalid HTML of Material: misplaced attributes, labels without a control."""
    html = _SKIP.sub('<a href="#__content" class="md-skip">', html) if 'id="__content"' in html else html
    for invalid, valid in _MARKUP_FIXES:
        html = html.replace(invalid, valid)
    return html if 'id="__toc"' in html else html.replace(f" {_TOC}", "")


def add_csp(html: str) -> str:
    """A page with a Content Security Policy right after its charset."""
    scripts = " ".join(
        dict.fromkeys(
            _hash(body) for attributes, body in _INLINE_SCRIPT.findall(html) if not _DATA_SCRIPT_TYPE.search(attributes)
        )
    )
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{" ".join(policy.split())}">'
    return _CHARSET_META.sub(lambda found: f"{found.group()}\n      {meta}", html, count=1)


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
