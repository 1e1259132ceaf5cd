"""Text encodings as web browsers know them: the labels of the WHATWG Encoding Standard, and no other codecs of Python."""

import webencodings

_REPLACEMENT = "replacement"  # what the standard calls encodings in which text can hide: browsers show none of it
_DECODED_AS = {"gbk": "gb18030"}  # the standard decodes the larger set; other names that Python lacks are webencodings' concern


def encoding_name(label: str) -> str:
    """The standard's name of the encoding that a label stands for; empty for labels that browsers do not know."""
    found = webencodings.lookup(label) if label.isascii() else None
    return found.name if found else ""


def is_refused(name: str) -> bool:
    """Whether browsers refuse to decode this encoding."""
    return name == _REPLACEMENT


def declared_in_markup(label: str) -> str:
    """A label in a page as browsers understand it: a page whose label can be read at all is not in UTF-16."""
    name = encoding_name(label)
    return "utf-8" if name.startswith("utf-16") else "windows-1252" if name == "x-user-defined" else label


def decode(content: bytes, name: str) -> str:
    """Decodes bytes in an encoding of the standard. Raises UnicodeDecodeError at the first byte that does not fit."""
    encoding = webencodings.lookup(_DECODED_AS.get(name, name))
    return str(encoding.codec_info.decode(content, "strict")[0])
