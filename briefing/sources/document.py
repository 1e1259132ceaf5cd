"""A document as received: its text in blocks, its metadata, and how a seed was made from it."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE
from briefing.sources.encodings import decode, encoding_name, is_refused
from briefing.text.paragraphs import paragraph_spans

_LAYOUT_CHARACTERS = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_LAYOUT_PATTERN = re.compile(f"[{_LAYOUT_CHARACTERS}]")
_REFUSED_PATTERN = regex.compile(
    r"[[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff]--\s]|\p{M}{30,}", regex.V1
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_ENCODING_HELP = "give its encoding, as in `--encoding windows-1251`, or save it as UTF-8"


@dataclass(frozen=True)
class DocumentBlock:
    """One paragraph of a document and its role from the markup, as in `headline` or `caption`; empty where there is none."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Metadatum:
    """One item of a document's metadata: the part of a record it is for, its text, and where in the document it is.

    `printed` is how the text prints a date that `words` give for machines.
    """

    part: str
    words: str
    origin: str
    printed: str = ""


@dataclass(frozen=True)
class Document:
    """A document that was read: the bytes of its seed, and for each paragraph of it a role.

    `conversion_note` tells readers how the seed was made; it is empty where the seed is the document, byte for byte.
    """

    seed: bytes
    conversion_note: str = ""
    roles: tuple[str, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    suffix: str = "txt"


@dataclass(frozen=True)
class Decoded:
    """A decoded text; `encoding` says what it was decoded from and who named that, and is empty for UTF-8."""

    text: str
    encoding: str = ""


def document_problem(
    path: str, message: str, help: str, line: int = 0, column: int = 0, lines: tuple[str, ...] = ()
) -> Problem:
    """Why a document cannot become a seed, at a place in the document (lines and columns from 0)."""
    return Problem(TEXT_IS_WHOLE, Location(SourceFile(path, lines), line, column, 1 if lines else 0), message, help)


def decode_document(path: str, content: bytes, requested: str = "", declared: str = "") -> Decoded | Problem:
    """Decodes a document by its byte-order mark, the requested or the declared encoding, or UTF-8: the first there is.

    As in browsers, encodings are those of the WHATWG Encoding Standard, and a declared one that is none of them is ignored.
    """
    bom, bom_encoding = next((each for each in _BOMS if content.startswith(each[0])), (b"", ""))
    label = bom_encoding or requested or (declared if encoding_name(declared) else "utf-8")
    origin = "as its byte-order mark says" if bom else "as requested" if requested else "as it declares"
    name = encoding_name(label)
    if requested and not encoding_name(requested):
        return document_problem(path, f"there is no text encoding called `{requested}`", _ENCODING_HELP)
    if is_refused(name):
        return document_problem(path, f"browsers do not read the text encoding `{label}`", "save it as UTF-8")
    try:
        text = decode(content[len(bom) :], name)
    except UnicodeDecodeError as error:
        at = error.start + len(bom)
        line, column = content.count(b"\n", 0, at), at - (content.rfind(b"\n", 0, at) + 1)
        return document_problem(path, f"this byte is not {label.upper()}", _ENCODING_HELP, line, column)
    return Decoded(text, "" if name == "utf-8" else f"{label} {origin}")


def strip_layout_characters(text: str) -> tuple[str, str]:
    """The text without invisible layout characters (soft hyphens and similar), and a note of how many were removed."""
    bare, count = _LAYOUT_PATTERN.subn("", text.replace("\u00ad\n", "\u00ad"))
    return bare, f"Invisible layout characters were left out: {count}." if count else ""


def refused_character_problem(path: str, text: str) -> Problem | None:
    """The first character that no seed may contain: a control, a change of text direction, or too many combining marks."""
    found = _REFUSED_PATTERN.search(text)
    if found is None:
        return None
    lines = tuple(text.encode("utf-8", "replace").decode("utf-8").split("\n"))  # half of a surrogate pair has no UTF-8
    line = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    message = f"no page can print this character, U+{ord(found.group()[0]):04X}"
    help = "find out whether the text was altered; remove the character, then add the document again"
    return document_problem(path, message, help, line, column, lines)


def read_text(path: str, content: bytes, encoding: str = "", declared_encoding: str = "") -> Document | Problem:
    """A plain text. UTF-8 without invisible characters stays byte for byte; anything else is converted, with a note."""
    read = decode_document(path, content, encoding, declared_encoding)
    if isinstance(read, Problem):
        return read
    text, removal_note = strip_layout_characters(read.text)
    if problem := refused_character_problem(path, text):
        return problem
    if not text.strip():
        return document_problem(path, "this document has no text in it", "add a document with text")
    note = join_sentences([f"Converted to UTF-8 from {read.encoding}." if read.encoding else "", removal_note])
    return Document(text.encode() if note else content, note)


def join_sentences(sentences: Iterable[str]) -> str:
    """The sentences, without empty ones, separated by spaces."""
    return " ".join(filter(None, sentences))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a block, as they will be cut in the seed: each has the block's role."""
    return [text[start:end] for start, end in paragraph_spans(text)]


def document_from_blocks(
    path: str, blocks: list[DocumentBlock], notes: list[str], metadata: tuple[Metadatum, ...], suffix: str
) -> Document | Problem:
    """The document whose seed is the blocks, separated by blank lines; `notes` say how they were extracted."""
    _, removal_note = strip_layout_characters("".join(block.text for block in blocks))
    bare = [DocumentBlock(text, block.role) for block in blocks for text in _paragraphs(strip_layout_characters(block.text)[0])]
    text = "\n\n".join(block.text for block in bare) + "\n"
    if problem := refused_character_problem(f"{path} (its text)", text):
        return problem
    note = join_sentences([*notes, removal_note])
    return Document(text.encode(), note, tuple(block.role for block in bare), metadata, suffix)
