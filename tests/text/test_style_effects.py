"""What a style sheet can do to what is read: text that it adds, hides, moves or changes, however it is written."""

import pytest

from briefing.text.style_effects import ADDS, COLOURS, HIDES, LETTERS, LOADS, REORDERS, style_effects


@pytest.mark.parametrize(
    ("css", "effect"),
    [
        ('.quote::after { content: "\\00004e o" }', ADDS),
        ('.quote::after { content: "" "no" }', ADDS),
        (".quote::after { c\\6fntent: 'no' }", ADDS),
        (".quote::after { CONTENT : attr(title) }", ADDS),
        (".quote::after { content: var(--text, none) }", ADDS),
        (".quote::after { content/**/:/**/counter(n) }", ADDS),
        ("@media print { .quote { & b::before { content: 'no' } } }", ADDS),
        ("li { list-style-type: '\\6e o ' }", ADDS),
        ("q { quotes: 'no ' '' }", ADDS),
        ("@counter-style x { symbols: 'no' }", ADDS),
        (".quote b { display: n\\6fne }", HIDES),
        (".quote b { display: var(--shown) }", HIDES),
        (".quote b { visibility: hidden }", HIDES),
        (".quote b { opacity: 0.01 }", HIDES),
        (".quote b { font-size: 0 }", HIDES),
        (".quote b { clip-path: inset(50%) }", HIDES),
        ("@supports (display: grid) { b { text-indent: -99em } }", HIDES),
        ("@-webkit-keyframes x { to { color: red } }", HIDES),
        ("tr { order: 2 }", REORDERS),
        ("p { unicode-bidi: bidi-override; direction: rtl }", REORDERS),
        ("p { position: absolute }", REORDERS),
        ("@font-face { font-family: x; src: local(y) }", LETTERS),
        ("b { text-decoration: line-through }", LETTERS),
        ("b { text-transform: uppercase }", LETTERS),
        ("b { color: white }", COLOURS),
        (":root { --md-primary-fg-color: white }", COLOURS),
        ("@import 'other.css';", LOADS),
        ("b { background: url(https://example.org/x.png) }", LOADS),
        ("b { cursor: u\\72l(x.png) }", LOADS),
        ("b { border-image-source: image-set('x.png' 1x) }", LOADS),
    ],
)
def test_what_a_declaration_can_do_is_found_however_it_is_written(css: str, effect: str) -> None:
    assert effect in {found.effect for found in style_effects(css)}


@pytest.mark.parametrize(
    "css",
    [
        'h1::after { content: ""; border: 1px solid }',
        "p { content: none; display: block; visibility: visible; opacity: 1 }",
        "/* .quote::after { content: 'no' } */ h1 { padding: 1em }",
        "a { text-decoration: underline }",
        "",
    ],
)
def test_a_style_sheet_that_changes_nothing_that_is_read_has_no_effect(css: str) -> None:
    assert style_effects(css) == []


def test_an_effect_has_the_place_of_its_declaration() -> None:
    (found,) = style_effects("h1 {\n  margin: 0;\n  display: none;\n}\n")
    assert (found.line, found.column, found.name) == (2, 2, "display")


@pytest.mark.parametrize("css", ["q { content: 'no", "no rule at all", "q { content }", "q { {{{ content: 'no'"])
def test_a_part_that_cannot_be_read_counts_as_the_worst(css: str) -> None:
    assert ADDS in {found.effect for found in style_effects(css)}


@pytest.mark.parametrize("css", ["a{" * 20_000, "a{b:" + "(" * 20_000, "@media x{" * 20_000, "/*" * 100_000])
def test_depth_is_no_limit(css: str) -> None:
    assert isinstance(style_effects(css), list)
