"""A page converted piece by piece is the page converted whole, and only what changed is looked at again."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.htmlparser import HTMLExtractor

from briefing.mkdocs_plugin.markdown_cache import MarkdownCache, is_opaque

PIECES = (
    "# Title { #_t }",
    "## Part",
    "words *here*",
    "<section>\n<p>one &#45; <b>two</b></p>\n</section>",
    '<article id="a">text</article>',
    "<div>never closed",
    "</div>",
    "<b>inline</b> words",
    "<div>one</div> and *more*",
    "```\n<div>code</div>",
    "```",
    "    <div>indented</div>",
    "<!-- a comment -->",
    "<div>\ta tab</div>",
    "<hr>",
    "<div>\n \n</div>",
    "<ul>\n<li><label>one<input hidden></label>\n<hr>\n<li>two\n</ul>",
    '<script type="application/ld+json">{"a":"b"}</script>',
    "<table><tr><td>1</td></tr></table>\n",
)
TAGS = (
    *(f"<{name}>" for name in ("div", "p", "hr", "b", "script", "title", "input", "div class", 'div id="a"', "hr /")),
    *(f"</{name}>" for name in ("div", "p", "b", "script", "title")),
    *("<br />", "<div/>", "<!-- a -->", "<", ">", "&", "&#45;", "&amp;", "a", " ", "\n", "`", '"', "<?", "<!DOCTYPE html>"),
)


def whole(text: str) -> str:
    return str(Markdown(extensions=["toc", "tables", "fenced_code", "attr_list"]).convert(text))


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["\n\n", "\n\n\n", "\n"]))
def test_it_is_what_the_whole_becomes(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert MarkdownCache().convert(text, whole) == whole(text)


def is_kept_whole(piece: str) -> bool:
    """Whether Markdown's own reader, from a fresh start, keeps a text between blank lines as one block of raw HTML."""
    md = Markdown()
    parser = HTMLExtractor(md)
    parser.feed(f"{piece}\n\n")
    parser.close()
    return md.htmlStash.rawHtmlBlocks == [f"{piece}\n"]


@given(st.lists(st.sampled_from(TAGS), max_size=12).map("".join), st.sampled_from(["div", "p", "section", "table"]))
def test_what_is_taken_out_is_what_markdowns_reader_keeps_whole(inner: str, name: str) -> None:
    for piece in (inner, f"<{name}>{inner}</{name}>", f"<{name}>{inner}"):
        assert not is_opaque(piece) or "\n\n" in piece or is_kept_whole(piece)
        assert "\n\n" in piece or MarkdownCache().convert(f"{piece}\n\nA", whole) == whole(f"{piece}\n\nA")


@pytest.mark.parametrize("piece", [*PIECES[3:5], *PIECES[-3:-1]])
def test_a_block_of_raw_html_is_not_given_to_be_converted(piece: str) -> None:
    given_to: list[str] = []
    assert is_opaque(piece)
    MarkdownCache().convert(f"# A\n\n{piece}\n\nB", kept(given_to))
    assert piece not in given_to[0]
    assert len(given_to) == 1


def kept(given_to: list[str]) -> Callable[[str], str]:
    def convert(text: str) -> str:
        given_to.append(text)
        return whole(text)

    return convert
