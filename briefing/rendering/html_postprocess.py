"""The last hand at a page that the theme has made: HTML that the standard allows, and a policy on what it may load and run.

The theme's way past the head leads to the first heading that has a place in the table of contents, which on a page without
such may be the notes at its foot; ours leads to the content. Its two toggles stand outside every landmark; ours is in the head.

The policy is CSP level 3 in a `meta` element, so that it holds from whatever server: only the site's own files, and of
inline scripts those whose hash it names.
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
    """A page without what Material writes that HTML does not allow: attributes out of place, labels of nothing."""
    html = _SKIP.sub('<a href="#__content" class="md-skip">', html) if 'id="__content"' in html else html
    for wrong, right in _MARKUP_FIXES:
        html = html.replace(wrong, right)
    return html if 'id="__toc"' in html else html.replace(f" {_TOC}", "")


def add_csp(html: str) -> str:
    """A page with a policy, right after its charset, under which it loads and runs only what is the site's own."""
    scripts = " ".join(
        dict.fromkeys(_hash(body) for told, body in _INLINE_SCRIPT.findall(html) if not _DATA_SCRIPT_TYPE.search(told))
    )
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{" ".join(policy.split())}">'
    return _CHARSET_META.sub(lambda found: f"{found.group()}\n      {meta}", html, count=1)


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
