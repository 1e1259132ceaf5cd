"""What is counted in a page before it is parsed: nesting as a parser will see it, attributes, options."""

import random

import pytest
from selectolax.lexbor import LexborHTMLParser

from briefing.text.html_limits import MAX_ATTRIBUTES, MAX_NESTING, MAX_OPTIONS, MAX_STRICT_NESTING, parsing_obstacle
from tests.documents import PAGE

DEEP = f"nests its elements more than {MAX_NESTING} deep"
MANY = MAX_NESTING + 1

# Each of these hides open elements from a reader that divides the text into tags otherwise than the standard does.
HIDDEN = {
    "plain": "<div>",
    "with end tags of others": "<div></p></span>",
    "ended in a comment": "<div><!-- > </div> -- -->",
    "ended in a comment with a bang": "<div><!-- </div> --!>",
    "ended in a bogus comment": "<div><? </div ><! </div ></ </div >",
    "ended in an attribute": "<div title='</div>' alt=\"</div>\" a=>",
    "begun after an odd quote mark": '<div a"b><div "><div a="x"\'y>',
    "ended in a script": "<div><script></div></script>",
    "ended in a textarea": "<div><TEXTAREA></div></textarea >",
    "ended in a title of a picture": "<svg><title><g></title>",
    "ended in a script within a script": "<div><script><!--<script></script></div></script>--></script>",
    "ended in character data of a picture": "<svg><g><![CDATA[></g>]]>",
    "ended across a table cell": "<div><table><tr><td></div>",
    "closed as if empty": "<div/>",
    "closed as if empty in a picture": "<svg><div/></svg><div/>",
    "closed as if empty after an unquoted value": "<svg><path d=x/></svg><div>",
    "list items in other lists": "<li><dd>",
    "list items in what is unknown": "<x><dd></x><x><li></x>",
    "list items in pictures": "<svg><dd></svg><svg><li></svg>",
    "table cells in a picture": "<svg><td>",
    "after the end of the page": "</body></html><div>",
}


NAMES = """
a b p div span li ul dd dt dl table tr td th tbody caption select option svg math g mi title desc foreignObject style script
textarea font x h1 form button html body template nobr ruby rt
""".split()  # noqa: SIM905


@pytest.mark.parametrize("piece", HIDDEN.values(), ids=HIDDEN)
def test_no_text_hides_from_the_strict_count_how_deep_it_is_nested(piece: str) -> None:
    assert parsing_obstacle(piece * MANY, strict=True) == DEEP.replace(str(MAX_NESTING), str(MAX_STRICT_NESTING))


@pytest.mark.parametrize("name", ["plain", "ended in a comment", "ended in a script", "begun after an odd quote mark"])
def test_a_page_that_is_nested_too_deeply_says_so(name: str) -> None:
    assert parsing_obstacle(HIDDEN[name] * MANY) == DEEP


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "<p>One.<p>Two.<br><img src=x>" * 3 * MANY,
        "<ul>" + "<li>One <b>word</b>." * 3 * MANY + "</ul>",
        "<table>" + "<tr><td>1<td>2" * 3 * MANY + "</table>",
        "<dl>" + "<dt>a<dd><p>b" * 3 * MANY + "</dl>",
        "<svg><path d='M0 0'/><g><circle/></g></svg>" * 3 * MANY,
        "<script>if (a < b && '<div>') {}</script>" * 3 * MANY,
        "<!-- <div> -->" * 3 * MANY,
        "<div>" * 100 + "</div>" * 100,
        "a < b <3 <- </ " * 3 * MANY,
        "<select>" + "<option>1</option>" * 300 + "</select>",
    ],
)
def test_a_page_that_is_long_but_not_deep_has_no_obstacle(text: str) -> None:
    assert parsing_obstacle(text) == ""
    assert parsing_obstacle(text, strict=True) == ""


def depth(html: str) -> int:
    """How deep the parser nests the elements of a text."""
    node, deepest = LexborHTMLParser(html).root, 0
    level = [node] if node else []
    while level:
        level, deepest = [child for each in level for child in each.iter()], deepest + 1
    return deepest


def random_pages(count: int) -> list[str]:
    rng = random.Random("nesting")
    tags = [f"<{end}{name}>" for name in NAMES for end in ("", "/")]
    pieces = [*tags, *HIDDEN.values(), "<g/>", "<path/>", "<!--", "-->", "<![CDATA[", "]]>", "a", "'", '"', "<b id=", ">"]
    return ["".join(rng.choices(pieces, k=rng.randint(1, 8))) * 400 for _ in range(count)]


def test_what_passes_the_strict_count_is_not_deep_for_the_parser() -> None:
    passed = [page for page in random_pages(1_000) if not parsing_obstacle(page, strict=True)]
    assert len(passed) > 100
    for page in passed:
        assert depth(page) <= 3 * MAX_STRICT_NESTING, page[:200]


def test_a_page_with_loose_ends_of_formatting_is_nested_too_deeply() -> None:
    loose = "".join(f"<b id={number}>" for number in range(100))
    assert "nests its elements" in parsing_obstacle(f"<p>{loose}</p>" + "<p>a</p>" * 20_000, strict=True)


@pytest.mark.parametrize("attribute", ["a{} ", "a{}=1 ", "a{}='>' ", "=a{}/"])
def test_an_element_with_too_many_attributes_says_so(attribute: str) -> None:
    attributes = "".join(attribute.format(number) for number in range(MAX_ATTRIBUTES + 1))
    assert parsing_obstacle(f"<p><a {attributes}>") == f"has an element with more than {MAX_ATTRIBUTES} attributes"
    assert parsing_obstacle(f"<p><a title='{attributes.replace(chr(39), '')}'>") == ""


def test_a_list_of_too_many_options_says_so() -> None:
    assert "options" in parsing_obstacle("<select>" + "<option>1</option>" * (MAX_OPTIONS + 1))
