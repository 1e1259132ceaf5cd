"""When a quote is verbatim: the two tables, properties over made-up texts, and a thousand misquotes of the real seeds.

The misquotes of the real seeds are wrong by construction. Each holds, untouched, one word that occurs once in its seed (the
anchor), and is changed elsewhere. If it stood anywhere in the seed, the anchor would have to lie on its only place, and
there the words beside it are known to be others.
"""

import itertools
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.model.source import Paragraph, Source, read_source
from briefing.text.paragraphs import paragraph_spans
from briefing.text.words import (
    collapse_whitespace,
    count_words,
    is_edge,
    normalise,
    normalise_with_offsets,
)
from tests.quote_tables import FAIR_QUOTES, MISQUOTES, Row

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
MANY = 1000


def source_of(row: Row) -> Source:
    return read_source("source", row.seed, splits=frozenset(row.splits))


def why(row: Row) -> str:
    return row.why.replace(" ", "-")


# The tables


@pytest.mark.parametrize("row", MISQUOTES, ids=why)
def test_a_misquote_is_never_found_whole_and_once(row: Row) -> None:
    assert len(source_of(row).find(row.quote).whole_words) != 1


@pytest.mark.parametrize("row", FAIR_QUOTES, ids=why)
def test_a_fair_quote_is_found_whole_and_once_at_its_offsets(row: Row) -> None:
    source = source_of(row)
    found = source.find(row.quote).whole_words
    assert len(found) == 1
    assert normalise(row.seed[found[0].start : found[0].end]) == normalise(row.quote)
    assert source.exact_text(found[0]) == collapse_whitespace(row.seed[found[0].start : found[0].end])


@pytest.mark.parametrize(("table", "least"), [(MISQUOTES, 70), (FAIR_QUOTES, 50)])
def test_the_tables_are_long_and_have_no_row_twice(table: tuple[Row, ...], least: int) -> None:
    assert len(table) >= least
    assert len(set(table)) == len(table)
    assert all(row.why and row.quote for row in table)


@pytest.mark.parametrize("row", MISQUOTES, ids=why)
def test_what_is_suggested_for_a_misquote_is_itself_a_fair_quote(row: Row) -> None:
    source = source_of(row)
    near = source.closest_passage(row.quote)
    suggested = source.exact_text(source.extend_until_unique(near)) if near else collapse_whitespace(row.seed)
    assert source.find(suggested).whole_words


def test_a_quote_cut_inside_a_word_is_told_apart_from_words_that_are_not_there() -> None:
    source = read_source("source", "The lease is illegal.")
    assert len(source.find("legal").partial) == 1
    assert source.find("lawful").partial == ()


def test_no_words_are_found_nowhere() -> None:
    source = read_source("source", "The lease.")
    assert source.find(" \n ").whole_words == ()
    assert source.closest_passage("") is None


# Edges

_SPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tai_Le}\p{New_Tai_Lue}"
    r"\p{Tai_Tham}\p{Tai_Viet}\p{Javanese}\p{Balinese}ー\s\p{Emoji_Modifier}]"
)


@pytest.mark.parametrize(("left", "right"), [("a", "b"), ("1", "2"), ("\u05d0", "\u05d1")])
def test_what_joins_a_word_or_number_in_the_word_boundaries_of_unicode_joins_it_here(left: str, right: str) -> None:
    """Over every code point; scripts without spaces, spaces and skin tones have rules of their own."""
    joins = regex.compile(r"(?w)^.(?:\B.)+$", regex.V1)
    codes = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    texts = (normalise(left + char + right) for char in codes if not _SPACED.match(char))
    cut = [text for text in texts if joins.match(text) and any(is_edge(text, at) for at in range(1, len(text)))]
    assert cut == []


@given(st.text(alphabet="a1é\u0301\u0e33\u102c\u200d\ufe0f\u20e3 -.'\U0001f1eb\U0001f469\U0001f3fd\u1112\u1161"))
def test_no_edge_lies_inside_a_grapheme(text: str) -> None:
    normal = normalise(text)
    edges = {at for at in range(len(normal) + 1) if is_edge(normal, at)}
    graphemes = {0} | {found.end() for found in regex.finditer(r"\X", normal)}
    assert edges <= graphemes


# Properties of made-up texts

_LETTERS = "abcdeghilmnoprstuwyABCDEГДЖабвгдеλόγοςשלוםقلعةéüñøßçå"
_PLAIN = st.text(alphabet=_LETTERS, min_size=1, max_size=8)
_SPECIAL = st.sampled_from(["can't", "re-signed", "“we", "nothing,”", '"Nothing', "sold.'", "—", "(of", "Isles)", "o’clock"])
_NUMBERS = st.sampled_from(["1,200", "-5", "$90", "50%", "2.5", "21:00", "1990–1995", "€1.5"])
# A number is always followed by a word: two numbers in a row can be one number with grouped digits.
_PHRASES = st.one_of(_PLAIN.map(lambda word: [word]), _SPECIAL.map(lambda word: [word]), st.tuples(_NUMBERS, _PLAIN))
_WORDS = st.lists(_PHRASES, min_size=1, max_size=12).map(lambda phrases: [word for phrase in phrases for word in phrase])
_IN_SEED = (" ", "\n", "\u00a0", "  ", "\u2009", " \n  ")
_IN_QUOTE = (*_IN_SEED, "\r\n", "\t", "\u3000", "\u202f", "\n\n")
_MARKS = ('"“”„‟', "'‘’‚‛")
_FORMS: st.SearchStrategy[Literal["NFC", "NFD"]] = st.sampled_from(["NFC", "NFD"])


class Made(NamedTuple):
    """A made-up seed, a run of its whole words as a curator could type it, and where that stands."""

    source: Source
    quote: str
    start: int
    end: int


@st.composite
def made(draw: st.DrawFn) -> Made:
    form = draw(_FORMS)
    words = [unicodedata.normalize(form, word) for word in draw(_WORDS)]
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    text, spans = "", []
    for word in words:
        text += draw(st.sampled_from(_IN_SEED)) if text else ""
        spans.append((len(text), len(text) + len(word)))
        text += word
    quote = "".join(word + draw(st.sampled_from(_IN_QUOTE)) for word in words[first : last + 1])
    for marks in _MARKS:
        styled = draw(st.sampled_from(marks))
        quote = quote.translate({ord(mark): styled for mark in marks})
    quote = unicodedata.normalize(draw(_FORMS), quote)
    return Made(read_source("made", text), quote, spans[first][0], spans[last][1])


@given(made())
def test_any_run_of_whole_words_however_wrapped_is_found_at_its_offsets(made: Made) -> None:
    found = made.source.find(made.quote).whole_words
    assert (made.start, made.end) in [(passage.start, passage.end) for passage in found]
    assert all(normalise(made.source.text[passage.start : passage.end]) == normalise(made.quote) for passage in found)


@given(made(), st.data())
def test_any_one_changed_letter_or_digit_is_not_found_at_that_place(made: Made, data: st.DataObject) -> None:
    places = [at for at, char in enumerate(made.quote) if char.isalnum()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    char = data.draw(st.sampled_from([c for c in "abcxyz0123456789" if c != made.quote[at]]))
    found = made.source.find(made.quote[:at] + char + made.quote[at + 1 :])
    assert (made.start, made.end) not in [(passage.start, passage.end) for passage in (*found.whole_words, *found.partial)]


_TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab1 \n\u00a0\t'\"“’-.,%$\u0301\u0323\u200d\u00e9\u1112\u1161\u11a8\u0e33\u05d0\u304b\u3099"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@given(_TRICKY, st.data())
def test_whatever_is_found_in_any_text_says_what_was_looked_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    source = read_source("any", text)
    assert all(normalise(text[p.start : p.end]) == normalise(quote) for p in source.find(quote).whole_words)


@given(_TRICKY)
def test_the_normal_form_is_the_same_with_and_without_offsets(text: str) -> None:
    normal = normalise_with_offsets(text.strip())
    assert normal.text == normalise(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)


@given(_TRICKY, _TRICKY)
def test_a_suggestion_for_any_words_in_any_text_is_whole_words_of_it(text: str, words: str) -> None:
    source = read_source("any", text)
    near = source.closest_passage(words)
    suggestions = [near, source.expand_to_words(near), source.extend_until_unique(near)] if near else []
    assert all(source.contains(text[passage.start : passage.end]) for passage in suggestions)


@given(made())
def test_what_is_widened_until_unique_holds_the_words_and_stands_once(made: Made) -> None:
    at = next(p for p in made.source.find(made.quote).whole_words if (p.start, p.end) == (made.start, made.end))
    wide = made.source.extend_until_unique(at)
    assert wide.start <= made.start <= made.end <= wide.end
    assert len(made.source.find(made.source.exact_text(wide)).whole_words) == 1


# The real seeds


class Span(NamedTuple):
    """A true run of a seed's words, and the place in it of a word that occurs once in the seed."""

    words: list[str]
    anchor: int


def plain(text: str) -> str:
    """A second, simpler normal form, so that the tests do not rest on the one they test."""
    straight = {"“": '"', "”": '"', "‘": "'", "’": "'"}
    return " ".join("".join(straight.get(char, char) for char in unicodedata.normalize("NFC", text)).split())


def paragraphs_of(seed: str) -> list[list[str]]:
    return [plain(block).split() for block in seed.split("\n\n") if block.strip()]


def true_spans(seed: str, rng: random.Random) -> Iterator[Span]:
    """Runs of 7 to 20 words with an anchor at least two words from what a change may touch at the ends."""
    whole = plain(seed)
    long = [words for words in paragraphs_of(seed) if len(words) >= 7]
    while True:
        words = rng.choice(long)
        first = rng.randrange(len(words) - 6)
        run = words[first : first + rng.randint(7, 20)]
        anchors = [at for at, word in enumerate(run) if whole.count(word) == 1]
        if anchors:
            yield Span(run, rng.choice(anchors))


def inner(span: Span, rng: random.Random, fits: Callable[[str], bool] = bool) -> int | None:
    """The place of a word that is neither the anchor nor among the two first or last, and that fits."""
    places = [at for at in range(2, len(span.words) - 2) if at != span.anchor and fits(span.words[at])]
    return rng.choice(places) if places else None


def with_word(span: Span, at: int, word: str) -> str:
    return " ".join([*span.words[:at], word, *span.words[at + 1 :]])


def drop_a_word(span: Span, rng: random.Random) -> str | None:
    """The neighbours differ from the word, so what moves up beside the anchor is another word."""
    at = inner(span, rng)
    if at is None or span.words[at] in (span.words[at - 1], span.words[at + 1]):
        return None
    return " ".join([*span.words[:at], *span.words[at + 1 :]])


def swap_two_words(span: Span, rng: random.Random) -> str | None:
    at = inner(span, rng)
    if at is None or at + 1 == span.anchor or span.words[at] == span.words[at + 1]:
        return None
    return " ".join([*span.words[:at], span.words[at + 1], span.words[at], *span.words[at + 2 :]])


def negate(span: Span, rng: random.Random) -> str | None:
    at = inner(span, rng)
    if at is None or "not" in span.words[at - 1 : at + 1]:
        return None
    return " ".join([*span.words[:at], "not", *span.words[at:]])


def leave_out(span: Span, rng: random.Random) -> str | None:
    """No seed prints an ellipsis; a test says so."""
    at = inner(span, rng)
    return None if at is None else with_word(span, at, rng.choice(["...", "\u2026", "[...]", "[\u2026]"]))


def change_a_letter(span: Span, rng: random.Random) -> str | None:
    return _change(span, rng, str.isalpha, lambda char: rng.choice([c for c in "aeioust" if c != char]))


def change_a_digit(span: Span, rng: random.Random) -> str | None:
    return _change(span, rng, str.isdigit, lambda char: rng.choice([c for c in "0123456789" if c != char]))


def change_the_case(span: Span, rng: random.Random) -> str | None:
    return _change(span, rng, lambda char: char.isascii() and char.isalpha(), str.swapcase)


def take_a_look_alike(span: Span, rng: random.Random) -> str | None:
    alike = dict(zip("aceopxyi", "асеорхуі", strict=True))
    return _change(span, rng, alike.__contains__, alike.__getitem__)


def put_in_a_soft_hyphen(span: Span, rng: random.Random) -> str | None:
    return _change(span, rng, str.isalpha, lambda char: char + "\u00ad")


def change_a_hyphen(span: Span, rng: random.Random) -> str | None:
    return _change(span, rng, "-".__eq__, lambda _: rng.choice([" ", "", "\u2013", "- ", "\u2011"]))


def drop_punctuation(span: Span, rng: random.Random) -> str | None:
    return _change(span, rng, ".,;:!?'\"%".__contains__, lambda _: "")


def _change(span: Span, rng: random.Random, fits: Callable[[str], bool], other: Callable[[str], str]) -> str | None:
    at = inner(span, rng, lambda word: any(map(fits, word)))
    if at is None:
        return None
    word = span.words[at]
    place = rng.choice([n for n, char in enumerate(word) if fits(char)])
    return with_word(span, at, word[:place] + other(word[place]) + word[place + 1 :])


def cut_the_first_word(span: Span, rng: random.Random) -> str | None:
    word = span.words[0]
    cuts = [n for n in range(1, len(word)) if word[n - 1].isalnum() and word[n].isalnum()]
    return None if span.anchor == 0 or not cuts else with_word(span, 0, word[rng.choice(cuts) :])


def cut_the_last_word(span: Span, rng: random.Random) -> str | None:
    last, word = len(span.words) - 1, span.words[-1]
    cuts = [n for n in range(1, len(word)) if word[n - 1].isalnum() and word[n].isalnum()]
    return None if span.anchor == last or not cuts else with_word(span, last, word[: rng.choice(cuts)])


MUTATIONS = (
    drop_a_word,
    swap_two_words,
    negate,
    leave_out,
    change_a_letter,
    change_a_digit,
    change_the_case,
    take_a_look_alike,
    put_in_a_soft_hyphen,
    change_a_hyphen,
    drop_punctuation,
    cut_the_first_word,
    cut_the_last_word,
)


def join_two_paragraphs(seed: str, rng: random.Random) -> str | None:
    """An anchor ends the first paragraph's words, and in the seed nothing follows it in its paragraph."""
    paragraphs = paragraphs_of(seed)
    at = rng.randrange(len(paragraphs) - 1)
    before, after = paragraphs[at][-rng.randint(1, 6) :], paragraphs[at + 1][: rng.randint(1, 6)]
    return " ".join(before + after) if any(plain(seed).count(word) == 1 for word in before) else None


def misquotes_of(seed: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Misquotes without end, each with the name of what was done to the words."""
    for span in true_spans(seed, rng):
        mutation = rng.choice(MUTATIONS)
        if quote := mutation(span, rng):
            yield mutation.__name__, quote
        if rng.random() < 0.1 and (quote := join_two_paragraphs(seed, rng)):
            yield join_two_paragraphs.__name__, quote


def restyled(quote: str, rng: random.Random) -> str:
    """The quote, re-wrapped, with straight or curly quote marks."""
    wrapped = "".join(rng.choice(["\n", "  ", "\u00a0", " "]) if char == " " else char for char in quote)
    marks = {'"': '"“”', "'": "'‘’"}
    return "".join(rng.choice(marks.get(char, char)) for char in wrapped)


def read_seed(path: Path) -> tuple[str, Source]:
    text = path.read_bytes().decode()
    return text, read_source(path.stem, text)


def test_there_are_two_real_seeds_and_neither_prints_an_ellipsis() -> None:
    texts = [read_seed(path)[0] for path in SEEDS]
    assert len(texts) == 2
    assert not any(mark in text for text in texts for mark in ("...", "\u2026"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_none_of_a_thousand_misquotes_of_a_real_seed_is_found(path: Path) -> None:
    text, source = read_seed(path)
    rng = random.Random(f"misquotes of {path.stem}")
    made = misquotes_of(text, rng)
    tried = [next(made) for _ in range(MANY)]
    accepted = [(name, quote) for name, quote in tried if source.find(restyled(quote, rng)).whole_words]
    assert accepted == []
    assert set(Counter(name for name, _ in tried)) == {m.__name__ for m in (*MUTATIONS, join_two_paragraphs)}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_each_of_a_thousand_true_runs_of_a_real_seed_is_found(path: Path) -> None:
    text, source = read_seed(path)
    rng = random.Random(f"true runs of {path.stem}")
    refused: list[str] = []
    for _ in range(MANY):
        paragraph = rng.choice([p for p in source.paragraphs if count_words(text[p.start : p.end]) >= 5])
        words = list(regex.finditer(r"\S+", text, pos=paragraph.start, endpos=paragraph.end))
        first = rng.randrange(len(words))
        start, end = words[first].start(), words[min(len(words) - 1, first + rng.randint(0, 30))].end()
        found = source.find(restyled(plain(text[start:end]), rng)).whole_words
        here = next((passage for passage in found if (passage.start, passage.end) == (start, end)), None)
        wide = source.extend_until_unique(here) if here else None
        if wide is None or source.find(restyled(source.exact_text(wide), rng)).whole_words != (wide,):
            refused.append(text[start:end])
    assert refused == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_suggestion_for_a_run_with_a_word_dropped_or_put_in_is_nearly_always_that_run(path: Path) -> None:
    text, source = read_seed(path)
    rng = random.Random(f"suggestions for {path.stem}")
    elsewhere: list[str] = []
    exact: list[bool] = []
    for span in itertools.islice(true_spans(text, rng), MANY // 4):
        quote = rng.choice([drop_a_word, negate])(span, rng) or " ".join(span.words)
        near = source.closest_passage(quote)
        suggested = normalise(source.exact_text(near)) if near else ""
        exact.append(suggested == " ".join(span.words))
        elsewhere += [quote] * (sum(word in suggested for word in span.words) < len(span.words) / 2)
    assert elsewhere == []
    assert sum(exact) >= 0.9 * len(exact)


# Paragraphs


def test_paragraphs_are_what_blank_lines_part_counted_from_one() -> None:
    text = "\n\n One.\n \t\nTwo,\nstill two.\r\n\r\nThree.\n"
    source = read_source("source", text)
    assert [text[p.start : p.end] for p in source.paragraphs] == ["One.", "Two,\nstill two.", "Three."]
    assert [p.number for p in source.paragraphs] == [1, 2, 3]


def test_a_block_that_ran_on_is_cut_after_the_words_that_end_it() -> None:
    text = "date 2031-04-03 The Isles will run it.\n\nDockers work."
    assert [text[a:b] for a, b in paragraph_spans(text, ["date 2031-04-03"])] == [
        "date 2031-04-03",
        "The Isles will run it.",
        "Dockers work.",
    ]


def test_words_that_end_a_block_already_cut_nothing() -> None:
    assert len(paragraph_spans("One line.\n\nAnother.", ["One line."])) == 2


def test_a_paragraph_carries_the_role_and_author_told_for_its_number() -> None:
    source = read_source("source", "Title\n\nText.", roles={1: ("headline", "T. Brandt")})
    assert source.paragraph(1) == Paragraph(1, 0, 5, "headline", "T. Brandt")
    assert source.paragraph(2).role == ""


def test_a_quote_over_a_declared_split_names_both_paragraphs() -> None:
    source = read_source("source", "It runs\n\non here.\n\nEnd.", splits=frozenset({1}))
    passage = source.find("It runs on here.").whole_words[0]
    assert (passage.paragraph, passage.last_paragraph) == (1, 2)


def test_a_quote_that_stands_twice_is_found_twice_and_can_be_told_apart() -> None:
    source = read_source("source", "The port is let.\n\nAll say the port is let, and the port is theirs.")
    found = source.find("port is let").whole_words
    assert [passage.paragraph for passage in found] == [1, 2]
    assert [source.exact_text(source.extend_until_unique(passage)) for passage in found] == ["port is let.", "port is let, and"]


def test_a_seed_of_white_space_has_no_paragraphs() -> None:
    source = read_source("source", " \n\n\t\n")
    assert source.paragraphs == ()
    assert source.find("x").whole_words == ()
    assert source.closest_passage("x") is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("can't be re-signed", 3), ("$90 million a year", 4), ("租约二十五年", 6), ("— … !", 0), ("", 0)],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count
