"""Quotations inside a text: what stands between quotation marks."""

import regex

_PAIRS = regex.compile(r'"([^"“”]*)"|“([^“”]*)”|«([^«»]*)»|„([^„“”]*)[“”]')


def quotations(text: str) -> list[tuple[int, int]]:
    """The offsets of what stands between each pair of quotation marks, the marks left out."""
    return [found.span(found.lastindex or 0) for found in _PAIRS.finditer(text)]


def without_quotations(text: str) -> str:
    """The text with every character between quotation marks, and the marks, as a space: offsets stay as they are."""
    return _PAIRS.sub(lambda found: " " * len(found.group()), text)
