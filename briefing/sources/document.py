"""A document as it came: its text in blocks, what it tells of itself, and what was done to make a seed of it."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from briefing.diagnostics.problem import Mark, Origin, Problem

RULE = "text-is-whole"
_DROPPED = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_LAYOUT = re.compile(f"[{_DROPPED}]")
_REFUSED = regex.compile(
    r"[[\p{Cc}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff]--\s]|\p{M}{30,}", regex.V1
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AS_BROWSERS_DO = {"ascii": "cp1252", "iso8859-1": "cp1252"}


@dataclass(frozen=True)
class Block:
    """One paragraph of a document, and the role that its markup gives it: `headline`, `caption` or the like, or none."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Told:
    """What a document tells of itself: which part of a record it is about, in what words, and where it says so.

    `printed` is how the text itself prints a date that `words` give for machines.
    """

    part: str
    words: str
    where: str
    printed: str = ""


@dataclass(frozen=True)
class Document:
    """A document that was read. `seed` is the text to curate, `made` in words how it came from what was received.

    `made` is empty where the seed is byte for byte what was received.
    """

    seed: bytes
    made: str = ""
    roles: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    suffix: str = "txt"


@dataclass(frozen=True)
class Decoded:
    """The text of bytes, and the encoding that was read where it is another than UTF-8, with who named it."""

    text: str
    encoding: str = ""


def problem_at(path: str, message: str, help: str, line: int = 0, column: int = 0, lines: tuple[str, ...] = ()) -> Problem:
    """What keeps a document from becoming a seed, at its place in the document."""
    return Problem(RULE, Mark(Origin(path, lines), line, column, 1 if lines else 0), message, help)


def decoded(path: str, content: bytes, asked: str = "", declared: str = "") -> Decoded | Problem:
    """The text of a document, in the encoding asked for, or of its byte-order mark, or declared, or in UTF-8."""
    marked = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    named = asked or marked or declared or "utf-8"
    by = "as asked" if asked else "as its byte-order mark says" if marked else "as it declares"
    try:
        codec = codecs.lookup(named).name
        codec = codec if asked else _AS_BROWSERS_DO.get(codec, codec)
        text = content.decode(codec)
    except (LookupError, ValueError) as error:
        return _undecoded(path, content, named, error)
    plain = codec in ("utf-8", "utf-8-sig")
    return Decoded(text, "" if plain else f"{named} {by}")


def _undecoded(path: str, content: bytes, named: str, error: Exception) -> Problem:
    help = "name its encoding, as in `--encoding windows-1251`, or save it as UTF-8"
    if not isinstance(error, UnicodeDecodeError):
        return problem_at(path, f"no text encoding is called `{named}`", help)
    line = content.count(b"\n", 0, error.start)
    column = error.start - (content.rfind(b"\n", 0, error.start) + 1)
    return problem_at(path, f"this byte is not {named.upper()}", help, line, column)


def without_layout(text: str) -> tuple[str, str]:
    """The text without characters that only guide a layout (soft hyphens and the like), and in words what was left out."""
    bare, count = _LAYOUT.subn("", text.replace("\u00ad\n", "\u00ad"))
    return bare, f"Invisible layout characters were left out: {count}" if count else ""


def refused(path: str, text: str) -> Problem | None:
    """The first character that no seed may hold (controls, overrides of direction, marks piled up), at its place."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    lines = tuple(text.split("\n"))
    line = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    what = f"a character that no page can print as it is, U+{ord(found.group()[0]):04X}, stands here"
    return problem_at(path, what, "ask where the text was altered; take it out, and add the text again", line, column, lines)


def read_text(path: str, content: bytes, encoding: str = "") -> Document | Problem:
    """A plain text: its bytes as they are where they are UTF-8 without invisible characters, else converted and said so."""
    read = decoded(path, content, encoding)
    if isinstance(read, Problem):
        return read
    text, left_out = without_layout(read.text)
    if wrong := refused(path, text):
        return wrong
    if not text.strip():
        return problem_at(path, "this document holds no text", "give the document that holds the words")
    steps = [f"Converted to UTF-8 from {read.encoding}." if read.encoding else "", f"{left_out}." if left_out else ""]
    made = sentences(steps)
    return Document(text.encode() if made else content, made)


def sentences(steps: Iterable[str]) -> str:
    """What was done, step after step; empty steps are passed over."""
    return " ".join(step for step in steps if step)


def from_blocks(path: str, blocks: list[Block], steps: list[str], told: tuple[Told, ...], suffix: str) -> Document | Problem:
    """The document whose seed is the blocks, parted by blank lines."""
    _, left_out = without_layout("".join(block.text for block in blocks))
    bare = [Block(text, block.role) for block in blocks if (text := without_layout(block.text)[0].strip())]
    text = "\n\n".join(block.text for block in bare) + "\n"
    if wrong := refused(f"{path} (its text)", text):
        return wrong
    made = sentences([*steps, f"{left_out}." if left_out else ""])
    return Document(text.encode(), made, tuple(block.role for block in bare), told, suffix)
