"""The words of kinds of fact and rules that are translated: titles, labels, codes, help texts, summaries."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from briefing.i18n import codebook
from briefing.i18n.catalog import message_catalog
from briefing.i18n.dates import date_words
from briefing.model.facts import Fact
from briefing.model.fields import fields_of, part_types, walk_fields
from briefing.model.kinds import KINDS
from briefing.model.record import NOT_STATED
from briefing.text.languages import LocalizedStr
from briefing.text.words import collapse_whitespace

ContextWord = tuple[str, str]  # the context, and the word


def vocabulary(summaries: Iterable[str], kinds: Iterable[type[Fact]] = KINDS) -> Iterator[ContextWord]:
    """The translatable words of kinds and rules with their contexts, each once, in the order of their declaration."""
    every = tuple(kinds)
    owners = (*every, *part_types(every))
    told = [*_words_of_kinds(every), ("code", NOT_STATED)]
    told += [("about", codebook.about(owner)) for owner in owners]
    told += [("help", f.meta.help) for owner in owners for f in fields_of(owner) if f.meta.help]
    yield from dict.fromkeys((*told, *(("rule", summary) for summary in summaries)))


def _words_of_kinds(kinds: Iterable[type[Fact]]) -> Iterator[ContextWord]:
    for kind in kinds:
        yield from (("title", kind.title), ("one", kind.singular))
        yield from (("heading", heading) for heading in kind.headings.values())
        for declared in walk_fields(kind):
            yield "label", declared.meta.label
            if declared.ref:
                yield "way", inverse_label(declared.meta.back or declared.meta.label)
            yield from (("code", code) for code in declared.codes)


def inverse_label(back: str) -> str:
    """The label of a field as seen from the fact it names, for use within a heading: with a small first letter."""
    lower = back[:1].lower() + back[1:]
    return LocalizedStr(lower, back.language) if isinstance(back, LocalizedStr) else lower


def vocabulary_words(language: str, rules: Mapping[str, str]) -> frozenset[str]:
    """The words of kinds and rules in a language, and the names used in files, which are the same in every language.

    `rules` gives the summary of each rule by its name.
    """
    return _own_words(language, tuple(rules.items()))


@cache
def _own_words(language: str, rules: tuple[tuple[str, str], ...]) -> frozenset[str]:
    says, names, summaries = message_catalog(language), dict(rules), [summary for _, summary in rules]
    whole = [str(says.declared_word(word, context)) for context, word in vocabulary(summaries)]
    told = {*whole, *(piece for words in whole for piece in words.split("`"))}
    told |= {date_words(when, language) for _, when in codebook.example_dates()}
    codes = (word for context, word in vocabulary(summaries) if context == "code")
    return frozenset(map(collapse_whitespace, told)) | frozenset((*names, *codebook.tokens(KINDS), *codes))
