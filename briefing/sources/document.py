"""A document as it came: its text in blocks, what it tells of itself, and what was done to make a seed of it."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import TEXT_IS_WHOLE

_LAYOUT_CHARACTERS = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_LAYOUT_PATTERN = re.compile(f"[{_LAYOUT_CHARACTERS}]")
_REFUSED_PATTERN = regex.compile(
    r"[[\p{Cc}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff]--\s]|\p{M}{30,}", regex.V1
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BROWSER_ENCODINGS = {"ascii": "cp1252", "iso8859-1": "cp1252"}


@dataclass(frozen=True)
class DocumentBlock:
    """One paragraph of a document, and the role that its markup gives it: `headline`, `caption` or the like, or none."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Metadatum:
    """What a document tells of itself: which part of a record it is about, in what words, and where it says so.

    `printed` is how the text itself prints a date that `words` give for machines.
    """

    part: str
    words: str
    origin: str
    printed: str = ""


@dataclass(frozen=True)
class Document:
    """A document that was read. `seed` is the text to curate, `made` in words how it came from what was received.

    `made` is empty where the seed is byte for byte what was received.
    """

    seed: bytes
    conversion_note: str = ""
    roles: tuple[str, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    suffix: str = "txt"


@dataclass(frozen=True)
class Decoded:
    """The text of bytes, and the encoding that was read where it is another than UTF-8, with who named it."""

    text: str
    encoding: str = ""


def document_problem(
    path: str, message: str, help: str, line: int = 0, column: int = 0, lines: tuple[str, ...] = ()
) -> Problem:
    """What keeps a document from becoming a seed, at its place in the document."""
    return Problem(TEXT_IS_WHOLE, Location(SourceFile(path, lines), line, column, 1 if lines else 0), message, help)


def decode_document(path: str, content: bytes, asked: str = "", declared: str = "") -> Decoded | Problem:
    """The text of a document, in the encoding asked for, or of its byte-order mark, or declared, or in UTF-8."""
    marked = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    named = asked or marked or declared or "utf-8"
    by = "as asked" if asked else "as its byte-order mark says" if marked else "as it declares"
    try:
        codec = codecs.lookup(named).name
        codec = codec if asked else _BROWSER_ENCODINGS.get(codec, codec)
        text = content.decode(codec)
    except (LookupError, ValueError) as error:
        return _encoding_problem(path, content, named, error)
    plain = codec in ("utf-8", "utf-8-sig")
    return Decoded(text, "" if plain else f"{named} {by}")


def _encoding_problem(path: str, content: bytes, named: str, error: Exception) -> Problem:
    help = "name its encoding, as in `--encoding windows-1251`, or save it as UTF-8"
    if not isinstance(error, UnicodeDecodeError):
        return document_problem(path, f"no text encoding is called `{named}`", help)
    line = content.count(b"\n", 0, error.start)
    column = error.start - (content.rfind(b"\n", 0, error.start) + 1)
    return document_problem(path, f"this byte is not {named.upper()}", help, line, column)


def strip_layout_characters(text: str) -> tuple[str, str]:
    """The text without characters that only guide a layout (soft hyphens and the like), and in words what was left out."""
    bare, count = _LAYOUT_PATTERN.subn("", text.replace("\u00ad\n", "\u00ad"))
    return bare, f"Invisible layout characters were left out: {count}" if count else ""


def refused_character_problem(path: str, text: str) -> Problem | None:
    """The first character that no seed may hold (controls, overrides of direction, marks piled up), at its place."""
    found = _REFUSED_PATTERN.search(text)
    if found is None:
        return None
    lines = tuple(text.split("\n"))
    line = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    what = f"a character that no page can print as it is, U+{ord(found.group()[0]):04X}, stands here"
    return document_problem(
        path, what, "ask where the text was altered; take it out, and add the text again", line, column, lines
    )


def read_text(path: str, content: bytes, encoding: str = "") -> Document | Problem:
    """A plain text: its bytes as they are where they are UTF-8 without invisible characters, else converted and said so."""
    read = decode_document(path, content, encoding)
    if isinstance(read, Problem):
        return read
    text, left_out = strip_layout_characters(read.text)
    if wrong := refused_character_problem(path, text):
        return wrong
    if not text.strip():
        return document_problem(path, "this document holds no text", "give the document that holds the words")
    steps = [f"Converted to UTF-8 from {read.encoding}." if read.encoding else "", f"{left_out}." if left_out else ""]
    made = join_sentences(steps)
    return Document(text.encode() if made else content, made)


def join_sentences(steps: Iterable[str]) -> str:
    """What was done, step after step; empty steps are passed over."""
    return " ".join(step for step in steps if step)


def document_from_blocks(
    path: str, blocks: list[DocumentBlock], steps: list[str], metadata: tuple[Metadatum, ...], suffix: str
) -> Document | Problem:
    """The document whose seed is the blocks, parted by blank lines."""
    _, left_out = strip_layout_characters("".join(block.text for block in blocks))
    bare = [DocumentBlock(text, block.role) for block in blocks if (text := strip_layout_characters(block.text)[0].strip())]
    text = "\n\n".join(block.text for block in bare) + "\n"
    if wrong := refused_character_problem(f"{path} (its text)", text):
        return wrong
    made = join_sentences([*steps, f"{left_out}." if left_out else ""])
    return Document(text.encode(), made, tuple(block.role for block in bare), metadata, suffix)
