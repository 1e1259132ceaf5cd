"""Ids of facts: their shape, and names that no id may have because a file or an anchor of a page has them."""

import re

import regex

FACT_ID = regex.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_RESERVED_ID = re.compile(r"con|prn|aux|nul|(com|lpt)\d|index|(p|note-|mark-)\d+", re.ASCII)


MAX_ID_LENGTH = 80


def is_reserved(name: str) -> bool:
    """Whether an id cannot be a file or an anchor: a device of Windows, a folder's own page, an anchor of the layout."""
    return _RESERVED_ID.fullmatch(name) is not None


def is_id(name: str) -> bool:
    """Whether a name can be the id of a fact."""
    return bool(FACT_ID.fullmatch(name)) and not is_reserved(name) and len(name) <= MAX_ID_LENGTH
