"""Ids of facts: their shape, and names that no id may have because a file or an anchor of a page has them."""

import re

import regex

_ID = regex.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\d|index|(p|note-|mark-)\d+", re.ASCII)


MOST_IN_AN_ID = 80


def is_reserved(name: str) -> bool:
    """Whether an id cannot be a file or an anchor: a device of Windows, a folder's own page, an anchor of the layout."""
    return _RESERVED.fullmatch(name) is not None


def is_id(name: str) -> bool:
    """Whether a name can be the id of a fact."""
    return bool(_ID.fullmatch(name)) and not is_reserved(name) and len(name) <= MOST_IN_AN_ID
