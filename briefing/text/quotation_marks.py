"""Quotations inside a text: the words between quotation marks."""

import regex

_QUOTATION_PAIR = regex.compile(r'"([^"“”]*)"|“([^“”]*)”|«([^«»]*)»|„([^„“”]*)[“”]')


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of the words between each pair of quotation marks, without the marks."""
    return [found.span(found.lastindex or 0) for found in _QUOTATION_PAIR.finditer(text)]


def blank_quotations(text: str) -> str:
    """The text with every character between quotation marks, and the marks, as a space: offsets stay as they are."""
    return _QUOTATION_PAIR.sub(lambda found: " " * len(found.group()), text)
