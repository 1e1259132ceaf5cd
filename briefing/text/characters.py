"""The characters that no text may hold: those that a reader cannot see and a page cannot be trusted with."""

import re

import regex

MAX_COMBINING_MARKS = 30
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff"
)
FORBIDDEN_CHARACTERS = re.compile(f"[{_INVISIBLE}]")
STACKED_MARKS = regex.compile(rf"\p{{M}}{{{MAX_COMBINING_MARKS},}}")


def escape_invisible(text: str) -> str:
    """The text with each character that no text may hold written as U+XXXX; joiners of letters stay."""
    return FORBIDDEN_CHARACTERS.sub(
        lambda found: f"<U+{ord(found.group()):04X}>" if found.group() not in "\r\x0b\x0c" else " ", text
    )
