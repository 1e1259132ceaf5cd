"""The width of a text on a terminal, and the escaping of characters that must not reach one."""

import unicodedata


def display_width(text: str) -> int:
    """The columns a terminal needs for a text: two for wide letters, none for combining marks (UAX 11)."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def escape_controls(text: str) -> str:
    """The text with control and format characters written as <U+XXXX>, so that none reaches a terminal."""
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
