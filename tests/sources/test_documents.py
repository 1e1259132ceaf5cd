"""Documents into seeds: what of a text, a page and a PDF is kept, under which roles, and what is refused, where."""

import codecs
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.loading.yaml_reader import read_yaml
from briefing.loading.yaml_writer import to_yaml
from briefing.model.located_text import MapNode
from briefing.sources.document import Document, DocumentBlock, Metadatum, document_from_blocks
from briefing.sources.reader import read_document
from briefing.sources.record_writer import ImportOptions, format_record
from briefing.text.paragraphs import paragraph_spans
from tests.documents import PAGE, pdf


def read(content: bytes | str, path: str = "report", **asked: str) -> Document:
    found = read_document(path, content.encode() if isinstance(content, str) else content, **asked)
    assert isinstance(found, Document), found
    return found


def refused(content: bytes | str, path: str = "report", **asked: str) -> Problem:
    found = read_document(path, content.encode() if isinstance(content, str) else content, **asked)
    assert isinstance(found, Problem), found
    return found


def paragraphs(document: Document) -> list[str]:
    text = document.seed.decode("utf-8")
    return [text[start:end] for start, end in paragraph_spans(text)]


def page(body: str) -> Document:
    return read(f"<html><body>{body}</body></html>")


# Text


@pytest.mark.parametrize("text", ["One.\n\nTwo.\n", "One.\r\n \r\nTwo.", "Один.\n", "نص عربي.\n", "中文。\n", "a\tb\n"])
def test_a_text_in_utf_8_is_kept_byte_for_byte(text: str) -> None:
    assert read(text).seed == text.encode()
    assert read(text).conversion_note == ""


def test_a_text_in_another_encoding_is_converted_only_as_asked_and_says_so() -> None:
    bytes_ = "Отчёт о гавани.\n".encode("cp1251")
    found = read(bytes_, encoding="windows-1251")
    assert found.seed.decode("utf-8") == "Отчёт о гавани.\n"
    assert found.conversion_note == "Converted to UTF-8 from windows-1251 as requested."
    problem = refused(b"First line.\nThen \xce\xf2", path="report.txt")
    assert (problem.location.line, problem.location.column) == (1, 5)
    assert problem.message == "this byte is not UTF-8"
    assert "--encoding windows-1251" in problem.help


def test_a_byte_order_mark_of_utf_16_is_believed() -> None:
    found = read(codecs.BOM_UTF16_LE + "Halden.\n".encode("utf-16-le"))
    assert (found.seed, found.conversion_note) == (
        b"Halden.\n",
        "Converted to UTF-8 from utf-16le as its byte-order mark says.",
    )
    assert read(codecs.BOM_UTF16_BE + "Halden.\n".encode("utf-16-be"), encoding="windows-1251").seed == b"Halden.\n"


def test_an_encoding_that_does_not_exist_is_named() -> None:
    assert refused("Halden.", encoding="klingon").message == "there is no text encoding called `klingon`"
    assert refused(codecs.BOM_UTF8 + b"Halden.", encoding="klingon").message == "there is no text encoding called `klingon`"


CODECS_OF_PYTHON = (
    "utf_8_sig",
    "unicode_escape",
    "raw_unicode_escape",
    "idna",
    "punycode",
    "utf-7",
    "rot13",
    "zlib",
    "hex",
    "mbcs",
    "\udcff",
)


@pytest.mark.parametrize("name", CODECS_OF_PYTHON)
def test_a_codec_that_browsers_do_not_know_never_decodes_a_document(name: str) -> None:
    assert refused("Halden.", encoding=name).message == f"there is no text encoding called `{name}`"
    text = "\\u0041 +AEE- xn--a 4142"
    for content in (
        f"<meta charset='{name}'><p>{text}",
        f"<meta http-equiv=content-type content='text/html;charset={name}'>{text}",
    ):
        found = read(f"<html>{content}".encode("utf-8", "replace"))
        assert paragraphs(found) == [text]
        assert "Converted" not in found.conversion_note
    assert read(text, declared_encoding=name).seed == text.encode()


@pytest.mark.parametrize(
    ("label", "content", "text"),
    [
        ("gb2312", b"\x9f\x46\x81\x30\x84\x36.", "\u70e3\xa5."),
        ("gbk", b"\x80\x39.", None),
        ("Shift_JIS", b"\x87\x40.", "①."),
        ("ks_c_5601-1987", b"\x81\x41.", "갂."),
        ("iso-8859-9", b"\x93Halden\x94", "“Halden”"),
        ("latin1", b"\x93Halden\x94", "“Halden”"),
        ("ascii", b"caf\xe9.", "café."),
        ("tis-620", b"\x85.", "…."),
        ("big5", b"\x87\x40.", "䏰."),
        ("x-user-defined", b"caf\xe9.", "café."),
        ("utf-16", "Café.".encode(), "Café."),
    ],
)
def test_an_encoding_is_read_as_browsers_read_it(label: str, content: bytes, text: str | None) -> None:
    page = b"<html><meta charset='" + label.encode() + b"'><p>" + content
    if text is None:
        assert refused(page).message == f"this byte is not {label.upper()}"
    else:
        assert paragraphs(read(page)) == [text]


def test_an_encoding_that_browsers_refuse_is_refused() -> None:
    assert (
        refused(b"<html><meta charset=hz-gb-2312><p>~{<:Ky2;~}").message
        == "browsers do not read the text encoding `hz-gb-2312`"
    )
    assert refused(b"~{<:Ky2;~}", encoding="iso-2022-kr").message == "browsers do not read the text encoding `iso-2022-kr`"


def test_the_server_is_believed_before_the_page_unless_it_names_no_encoding() -> None:
    html = "<html><meta charset=windows-1251><p>Гавань."
    assert paragraphs(read(html, declared_encoding="utf-8")) == ["Гавань."]
    assert paragraphs(read(html.encode("cp1251"), declared_encoding="unicode_escape")) == ["Гавань."]


@pytest.mark.parametrize(
    ("hostile", "name"),
    [
        ("\u202e", "U+202E"),
        ("\x07", "U+0007"),
        ("\u2066", "U+2066"),
        ("\U000e0041", "U+E0041"),
        ("e" + "\u0301" * 40, "U+0301"),
    ],
)
def test_a_hostile_character_is_refused_at_its_place(hostile: str, name: str) -> None:
    problem = refused(f"Kern spoke.\n\nShe signed {hostile}nothing.")
    assert name in problem.message
    assert (problem.location.line, problem.location.column) == (2, 11 + hostile.count("e"))
    assert refused(f"<html><p>She signed {hostile}nothing.").rule == "text-is-whole"


def test_layout_characters_are_left_out_openly() -> None:
    found = read("har\u00adbour\u200b and quay\n")
    assert found.seed.decode() == "harbour and quay\n"
    assert found.conversion_note == "Invisible layout characters were left out: 2."


@pytest.mark.parametrize("content", [b"PK\x03\x04word/document.xml", b"\xd0\xcf\x11\xe0", b"\x00\x01\x02\x00"])
def test_what_is_no_text_is_refused_with_what_to_save_it_as(content: bytes) -> None:
    found = read_document("report.docx", content)
    assert isinstance(found, Problem)
    assert (found.rule, found.help) == ("", "save it as PDF, HTML or plain text, and add that file")


@pytest.mark.parametrize("after", [b"<p>Lease</p>", b"Lease <!-- of the harbour"])
def test_many_comments_before_a_text_are_read_once(after: bytes) -> None:
    """A pattern that tried every way to divide them would not end."""
    found = read_document("post.txt", b"<!-- wp:paragraph -->\n" * 150 + after)
    assert isinstance(found, Document)
    assert found.seed.endswith(after)


@pytest.mark.parametrize("content", [b"", b" \n\n ", b"<html><body><nav>Home</nav></body></html>"])
def test_a_document_without_text_is_refused(content: bytes) -> None:
    assert "no text" in refused(content).message


# HTML


def test_the_text_of_a_pages_article_is_kept_whole_block_by_block() -> None:
    assert paragraphs(read(PAGE)) == [
        "Vessia Leases Halden Harbour",
        "By Ilse Vanter",
        "Wednesday 2 April",
        "The quay. Photo: T. Brandt",
        "Vessia agreed to lease its largest harbour for 25\xa0years, the cabinet office said on Wednesday.",
        "Nothing lost",
        "Kern said “nothing is lost”.\nShe left.",
        "One point.",
        "Another point.",
        "Not our deal.",
        "Year",
        "2031",
        "Typed text",
        "in two blocks",
    ]


def test_headings_captions_and_bylines_have_their_role() -> None:
    roles = read(PAGE).roles
    assert roles[:6] == ("headline", "byline", "dateline", "caption", "", "subheading")
    assert roles[9] == "embedded post"


def test_words_outside_the_article_are_counted() -> None:
    assert "article element" in read(PAGE).conversion_note
    assert "8 words of the page are not in the seed" in read(PAGE).conversion_note  # Home; Vessia sold it; Another story; …


def test_what_a_page_tells_of_itself_is_told_with_its_place() -> None:
    told = read(PAGE).metadata
    assert Metadatum("publisher", "Gazette Ltd", "the page's linked data (publisher)") in told
    assert Metadatum("author", "Ilse Vanter", "the page's metadata (author)") in told
    assert Metadatum("url", "https://gazette.example/harbour", "the page's link (canonical)") in told


def test_without_one_article_the_main_part_or_the_body_is_read() -> None:
    articles = "<article><p>One.</p></article><article><p>Two.</p></article>"
    assert paragraphs(page(f"<p>Before.</p><main>{articles}</main>")) == ["One.", "Two."]
    assert paragraphs(page(f"<p>Before.</p>{articles}")) == ["Before.", "One.", "Two."]


def test_two_breaks_part_paragraphs_and_one_does_not() -> None:
    assert paragraphs(page("One<br>line.<br><br>Two.")) == ["One\nline.", "Two."]


def test_a_page_is_decoded_as_it_declares() -> None:
    html = '<html><head><meta charset="windows-1251"></head><p>Гавань.</p></html>'
    found = read(html.encode("cp1251"))
    assert paragraphs(found) == ["Гавань."]
    assert "Converted from windows-1251 as it declares." in found.conversion_note


def test_a_page_is_read_as_deep_as_browsers_nest_it_and_no_deeper() -> None:
    assert paragraphs(page("<div>" * 500 + "Deep." + "</div>" * 500)) == ["Deep."]
    problem = refused("<html><body>" + "<div>" * 100_000 + "Deep.")
    assert problem.message == "this page nests its elements more than 512 deep"
    assert "save the text that it shows" in problem.help


def test_half_of_a_surrogate_pair_is_refused_or_escaped() -> None:
    found = document_from_blocks("report.pdf", [DocumentBlock("Vessia \ud800 signed.")], [], (), "pdf")
    assert isinstance(found, Problem)
    assert found.message == "no page can print this character, U+D800"
    assert format_full(found).encode()
    linked = '<script type="application/ld+json">{"headline": "\\ud800x", "author": "\\udfffy"}</script>'
    record = format_record(read(f"<html>{linked}<p>Word"), b"", ImportOptions("x"))
    assert record.encode()


def test_a_block_with_blank_lines_is_paragraphs_of_its_role() -> None:
    found = page("<h1>A&#13;&#13;B</h1><pre>c\n\u200b\nd\x0b\u2028</pre><figcaption>E</figcaption>")
    assert paragraphs(found) == ["A B", "c", "d", "E"]
    assert found.roles == ("headline", "", "", "caption")


def test_only_the_outermost_articles_count() -> None:
    nested = "<article>" * 400 + "<h1>Head</h1>" + "</article>" * 400
    assert paragraphs(page(f"<p>Before.</p>{nested}<p>After.</p>")) == ["Head"]
    assert paragraphs(page(f"<p>Before.</p>{nested * 2}")) == ["Before.", "Head", "Head"]


@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1), min_size=1, max_size=6)
)
def test_no_visible_letter_of_a_page_is_lost(texts: list[str]) -> None:
    bodies = "".join(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in texts)
    found = read_document("page.html", f"<html><body>{bodies}</body></html>".encode())
    letters = "".join("".join(text.split()) for text in texts)
    if isinstance(found, Document):
        assert "".join(found.seed.decode().split()) == letters.replace("\ufeff", "")
    else:
        assert not letters


# PDF


def test_each_block_of_a_pdf_is_a_paragraph() -> None:
    found = read(pdf(["A STATEMENT", "Vessia agreed to lease\nits largest harbour."], ["On the second page."]))
    assert paragraphs(found) == ["A STATEMENT", "Vessia agreed to lease\nits largest harbour.", "On the second page."]
    assert found.conversion_note.startswith("Extracted from a PDF, pages: 2.")
    assert found.suffix == "pdf"


def test_a_pdf_tells_its_title_and_when_it_was_made() -> None:
    told = read(pdf(["Words."], title="A Statement")).metadata
    assert told == (
        Metadatum("title", "A Statement", "the PDF's properties (Title)"),
        Metadatum("created", "2031-04-02", "the PDF's properties (CreationDate)"),
    )


def test_a_scanned_pdf_is_refused_with_what_to_do() -> None:
    problem = refused(pdf([], []))
    assert problem.message == "this PDF of 2 pages has no text, only pictures"
    assert "ocrmypdf" in problem.help


def test_pages_without_text_and_hyphens_at_ends_of_lines_are_told() -> None:
    made = read(pdf(["The har-\nbour."], [])).conversion_note
    assert "No text was found on page 2." in made
    assert "Hyphens at the ends of lines were left as they are: 1." in made


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnothing", pdf(["Words."])[:300]])
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    assert refused(content).rule == "text-is-whole"


def test_without_the_reader_of_pdfs_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.high_level", None)
    problem = refused(pdf(["Words."]))
    assert "not installed" in problem.message
    assert "pip install 'mkdocs-briefing[pdf]'" in problem.help


# YAML


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_a_typed_text_is_read_back_as_it_was(text: str) -> None:
    read_back = read_yaml("", f"fact:\n{to_yaml('title', text, '  ')}\n".encode())
    assert read_back.problems == ()
    assert isinstance(read_back.root, MapNode)
    fact = next(iter(read_back.root.entries.values()))
    assert isinstance(fact, MapNode)
    assert fact.entries == {"title": text}
