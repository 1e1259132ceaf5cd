"""The contents of the codebook: kinds and parts with their fields and codes, EDTF dates, the keys of ledger.json."""

from collections.abc import Iterable, Iterator
from typing import Any

from briefing.i18n.catalog import message_catalog, messages
from briefing.model.facts import Fact
from briefing.model.fields import Field, fields_of, part_types, walk_fields
from briefing.text.docstrings import docstring
from briefing.text.edtf import EdtfDate, read_date
from briefing.text.languages import LocalizedStr

EDTF_EXAMPLES = (
    "2031-04-02", "2031-04", "2031", "203X", "2031-21", "2031-04~", "2031?", "2031-04-XX", "2031-04-30T22:00Z",
    "2031-04-30T22:00+02:00", "2031-04-02/2031-04-05", "2031-04-02/..", "[2031-04-02,2031-04-03]", "{2031,2032}",
)  # fmt: skip
LEDGER_KEYS = (
    "sources", "sources.id", "sources.label", "sources.sha256", "sources.seed", "sources.language", "sources.url",
    "sources.full", "facts", "facts.id", "facts.kind", "facts.claim", "facts.page", "facts.quotes", "facts.quotes.source",
    "facts.quotes.paragraph", "facts.quotes.start", "facts.quotes.end", "facts.quotes.exact", "facts.standing",
    "facts.origins", "texts", "names", "method", "added", "interface",
)  # fmt: skip
ATTRIBUTION_WORDS = ("says", "says-differently", "silent", "not-quoted", "one-origin", "same-statement", "differs", "inferred")


def about(owner: type[Any]) -> str:
    """The description of a kind or a part, in one sentence: the first line of its docstring."""
    told = docstring(owner)
    return told if isinstance(told, LocalizedStr) else told.split("\n", 1)[0]


def meaning(declared: Field, code: str) -> str:
    """The key of the message that explains a code; empty for a code that the briefing declares itself."""
    if isinstance(code, LocalizedStr):
        return ""
    return f"means-{declared.yaml_key}-{code.replace(' ', '-')}"


def example_dates() -> Iterator[tuple[str, EdtfDate]]:
    """The examples of EDTF, each with the parsed date."""
    yield from ((text, when) for text in EDTF_EXAMPLES if (when := read_date(text)))


def tokens(kinds: Iterable[type[Fact]]) -> Iterator[str]:
    """The names and values that the codebook shows untranslated: files, fields, codes, dates, keys."""
    every = tuple(kinds)
    yield from (f"facts/{kind.file_stem}.yaml" for kind in every)
    yield from (typed for declared in walk_fields(*every) for typed in (declared.yaml_key, *declared.codes))
    yield from (*EDTF_EXAMPLES, *LEDGER_KEYS)


def codebook_context(kinds: tuple[type[Fact], ...], language: str) -> dict[str, Any]:
    """The values and functions that the template of the codebook uses."""
    own = message_catalog(language)
    shown = {
        "parts": part_types(kinds),
        "edtf": tuple(example_dates()),
        "keys": LEDGER_KEYS,
        "attribution_words": ATTRIBUTION_WORDS,
        "messages": messages(),
    }
    asked = {"fields_of": fields_of, "about": about, "meaning": meaning}
    return shown | asked | {"is_translated": lambda code: own.declared_word(code, "code") != code}
