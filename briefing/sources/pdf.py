"""Reads a PDF: its text, in blocks as the pages lay it out, and its properties."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from briefing.diagnostics.problem import Problem
from briefing.sources.document import Document, DocumentBlock, Metadatum, document_from_blocks, document_problem

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_UNNAMED_GLYPH = re.compile(r"\(cid:\d+\)")
_LINE_END_HYPHEN = re.compile(r"\w[-\u2010]\n\w")
_PROPERTIES = {"Title": "title", "Author": "author", "CreationDate": "created"}
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LOSSES = ("Data-loss", "xref", "non-indirect object")  # words in pdfminer's warnings that text may be missing
_PRINT_HELP = "open it in a viewer, print it to a new PDF, and add that file"
MAX_PAGES = 2_000
PDFMINER_MISSING = "reading a PDF needs pdfminer.six, which is not installed"


def read_pdf(path: str, content: bytes) -> Document | Problem:
    """A PDF with each block of its pages as a paragraph. Text that cannot be extracted is a problem, or counted in the note."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError:
        return document_problem(path, PDFMINER_MISSING, "run `pip install 'mkdocs-briefing[pdf]'`, then add the document again")
    try:
        with _collected_warnings() as warnings:
            found = extract_pages(io.BytesIO(content), laparams=LAParams(), maxpages=MAX_PAGES + 1)
            pages = [_pdf_page_blocks(page) for page in found]
            metadata = _properties(content)
    except PDFPasswordIncorrect:
        return document_problem(path, "this PDF is locked with a password", "save it without a password, and add that file")
    except MemoryError:
        raise
    except Exception:  # a broken PDF can raise anything in pdfminer
        return document_problem(path, "this PDF cannot be read", _PRINT_HELP)
    if len(pages) > MAX_PAGES:
        return document_problem(path, f"this PDF has more than {MAX_PAGES} pages", "save a part of it, and add that")
    if any(words in warning for warning in warnings for words in _LOSSES):
        return document_problem(path, "a part of this PDF is damaged, so that text in it is lost", _PRINT_HELP)
    blocks = [block for page in pages for block in page]
    return _no_text(path, pages, blocks) or document_from_blocks(
        path, blocks, _conversion_notes(pages, blocks), metadata, "pdf"
    )


@contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    """What pdfminer warns of while it reads: it goes on after errors."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pdfminer")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


def _pdf_page_blocks(page: Any) -> list[DocumentBlock]:
    from pdfminer.layout import LTTextContainer

    texts = (box.get_text() for box in page if isinstance(box, LTTextContainer))
    lines = ("\n".join(line.strip() for line in text.splitlines() if line.strip()) for text in texts)
    return [DocumentBlock(text.replace("\0", "").translate(_LIGATURES)) for text in lines if text]


def _no_text(path: str, pages: list[list[DocumentBlock]], blocks: list[DocumentBlock]) -> Problem | None:
    text = "".join(block.text for block in blocks)
    unnamed = len(_UNNAMED_GLYPH.findall(text))
    help = "run `ocrmypdf IN.pdf OUT.pdf`, compare its text with the pages, and add OUT.pdf"
    if not text.strip():
        return document_problem(path, f"this PDF of {len(pages)} pages has no text, only pictures", help)
    if unnamed * 10 > len(_UNNAMED_GLYPH.sub("", text)):
        return document_problem(
            path, f"{unnamed} characters of this PDF cannot be read, because its fonts do not name them", help
        )
    return None


def _conversion_notes(pages: list[list[DocumentBlock]], blocks: list[DocumentBlock]) -> list[str]:
    """How the text was extracted, and its flaws: pages without text, unknown characters, hyphens at line ends."""
    text = "\n\n".join(block.text for block in blocks)
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    unnamed, hyphens = len(_UNNAMED_GLYPH.findall(text)), len(_LINE_END_HYPHEN.findall(text))
    return [
        f"Extracted from a PDF, pages: {len(pages)}. Each block of text on a page is a paragraph.",
        f"No text was found on page {', '.join(empty)}." if empty else "",
        f"{unnamed} characters that could not be read are written as (cid:number)." if unnamed else "",
        f"Hyphens at the ends of lines were left as they are: {hyphens}." if hyphens else "",
    ]


def _properties(content: bytes) -> tuple[Metadatum, ...]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    texts: dict[str, str] = {}
    for properties in PDFDocument(PDFParser(io.BytesIO(content))).info:
        texts |= {key: decode_text(value) for key, value in properties.items() if isinstance(value, bytes)}
    metadata = []
    for key, part in _PROPERTIES.items():
        words = " ".join(texts.get(key, "").split())
        day = _PDF_DATE.match(words)
        words = "-".join(day.groups()) if day else words
        if words:
            metadata.append(Metadatum(part, words, f"the PDF's properties ({key})"))
    return tuple(metadata)
