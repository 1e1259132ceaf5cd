"""Text fragments: links that open an original at the quoted words, found by the rules of a browser."""

import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

import regex

from briefing.text.paragraphs import paragraph_spans
from briefing.text.words import find_whole_words, normalise

DIRECTIVE = "#:~:text="
_BOUNDARY = regex.compile(r"\b", regex.WORD)


def text_fragment(words: str) -> str:
    """The directive for a run of words: percent-encoded, and with it `-`, `,` and `&`, which the syntax reads."""
    return DIRECTIVE + quote(words, safe="").replace("-", "%2D")


def fragment_words(link: str) -> str | None:
    """The words that a link's text fragment asks for; None for a link without one, empty for any but an exact match."""
    _, sign, directive = link.partition(DIRECTIVE)
    if not sign:
        return None
    return "" if any(char in directive for char in ",&-") else unquote(directive)


def is_found_once(text: str, words: str) -> bool:
    """Whether a browser finds the words at one place of a text: whole words, in one block, whatever case and accents."""
    wanted = _fold_as_browsers(words)
    return bool(wanted) and len(list(find_whole_words(wanted, _fold_paragraphs(text), _is_boundary))) == 1


def _is_boundary(text: str, at: int) -> bool:
    """A word boundary of UAX 29 without our stricter rules: browsers find "signed" in "re-signed"."""
    return _BOUNDARY.match(text, at) is not None


@lru_cache(maxsize=64)
def _fold_paragraphs(text: str) -> str:
    """The blocks of a text, folded, each on a line of its own."""
    return "\n".join(_fold_as_browsers(text[start:end]) for start, end in paragraph_spans(text))


def _fold_as_browsers(text: str) -> str:
    """A text as browsers compare it: without case and accents."""
    text = normalise(text)
    if text.isascii():
        return text.casefold()
    bare = unicodedata.normalize("NFKD", text)
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()
