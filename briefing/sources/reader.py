"""Reads a document: PDF, HTML or text, by how its bytes begin."""

import re

from briefing.diagnostics.problem import Problem, general_problem
from briefing.sources.document import Document, read_text
from briefing.sources.html import read_html
from briefing.sources.pdf import read_pdf

# Atomic groups: comments are read once, however many come before what decides.
_HTML = re.compile(
    rb"\s*+(<\?xml[^>]*+>\s*+)?(?>(?:<!--.*?-->\s*+)*)<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_OTHER_FORMATS = {b"PK\x03\x04": "a ZIP or word processor file", b"\xd0\xcf\x11\xe0": "a word processor file"}
_CONVERT = "save it as PDF, HTML or plain text, and add that file"


def read_document(path: str, content: bytes, encoding: str = "", declared_encoding: str = "") -> Document | Problem:
    """The document in some bytes: PDF, HTML or text, by how they begin.

    `encoding` is what the curator asked for, `declared_encoding` what the server named. The problem has no rule where the bytes
    are of another format, and `text-is-whole` where their text cannot be used.
    """
    for beginning, format in _OTHER_FORMATS.items():
        if content.startswith(beginning):
            return general_problem(f"this is {format}", _CONVERT, path)
    if content[:1024].find(b"%PDF-") >= 0:
        return read_pdf(path, content)
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")[:4096]) or path.lower().endswith((".html", ".htm", ".xhtml")):
        return read_html(path, content, encoding, declared_encoding)
    if content.count(b"\0") and not (encoding or content.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return general_problem("this is not a text, HTML or PDF file", _CONVERT, path)
    return read_text(path, content, encoding, declared_encoding)
