"""A built site is read back whole: what cannot be read says so, and nothing ends the reading."""

import gzip
import struct
from pathlib import Path

import pytest

from briefing.rendering.social_card import read_card
from briefing.verification.built_site import read_site
from briefing.verification.data_formats import MAX_BYTES, file_texts, table_to_objects, walk_json
from briefing.verification.html_reader import read_page


def test_a_byte_that_is_none_of_utf_8_stands_on_its_page(tmp_path: Path) -> None:
    (tmp_path / "page.HTML").write_bytes(b"<p>bro\xffken</p>")
    assert read_site(tmp_path).pages["page.HTML"].texts == ["bro\ufffdken"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.json", b"[" * 100_000),
        ("byte.json", b'["en-\xff"]'),
        ("half.jsonld", b'{"claim": '),
        ("table.csv", b'id\n"'),
        ("search/piece.js", b"alert();"),
    ],
)
def test_a_data_file_that_cannot_be_read_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    assert read_site(tmp_path).data_contents[name].texts == {f"{path.name} cannot be read"}


def test_linked_data_that_is_too_deep_says_so(tmp_path: Path) -> None:
    deep = f"<script type='application/ld+json'>{'[' * 100_000}</script>"
    (tmp_path / "index.html").write_text(deep, encoding="utf-8")
    (walked,) = read_site(tmp_path).pages["index.html"].json_ld
    assert [text.endswith("(cannot be read)") for text in walked.texts] == [True]


def test_an_archive_that_ends_too_soon_says_so(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(b"<urlset/>")[:-9])
    assert list(file_texts(tmp_path / "sitemap.xml.gz")) == ["sitemap.xml.gz cannot be read"]


def test_a_folder_or_a_link_to_nowhere_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "nowhere.json").symlink_to(tmp_path / "none")
    assert not read_site(tmp_path).files


def test_a_row_that_is_too_short_has_empty_cells_and_one_that_is_too_long_no_more(tmp_path: Path) -> None:
    assert table_to_objects([["id", "claim"], ["a"], [], ["b", "c", "d"]]) == [
        {"id": "a", "claim": ""},
        {"id": "b", "claim": "c"},
    ]
    assert table_to_objects([]) == []


def test_an_object_stands_under_its_id_or_that_of_the_object_around_it() -> None:
    walked = walk_json({"@id": "clauses/#a", "a key": [{"exact": "b"}, {"id": "c", "n": 1}]})
    assert walked.texts == {"clauses/#a", "a key", "b", "c"}
    assert [(key, *value) for value, key in walked.objects] == [("a", "@id", "a key"), ("c", "id", "n"), ("a", "exact")]


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("feed.xml", f'<!DOCTYPE r [<!ENTITY e0 "word">{ENTITIES}]><r>&e11;</r>'.encode()),
        ("deep.xml", b"<a>" * 1_000_000),
        ("sitemap.xml.gz", gzip.compress(b" " * (MAX_BYTES + 1))),
    ],
)
def test_a_file_made_to_cost_memory_says_that_it_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert list(file_texts(tmp_path / name)) == [f"{name} cannot be read"]


def test_a_page_that_is_too_large_says_so(tmp_path: Path) -> None:
    (tmp_path / "large.html").write_bytes(b"<p>" + b"a" * MAX_BYTES)
    (tmp_path / "large.json").write_bytes(b"[" + b" " * MAX_BYTES + b"]")
    site = read_site(tmp_path)
    assert site.pages["large.html"].texts == ["large.html is too large"]
    assert site.data["large.json"] == "large.json cannot be read"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>" * 100_000, "nests its elements more than 128 deep"),
        ("<svg><title><g></title>" * 100_000, "nests its elements more than 128 deep"),
        (f"<p {' '.join(f'a{n}' for n in range(100_000))}>", "has an element with more than 256 attributes"),
        ("<select>" + "<option>1" * 100_000, "has more than 4000 options in its lists of choices"),
        ("<p data-claim=x>" + "<i data-claim=x>a" * 100, "has claims or quotations within one another"),
        ("<q class=quote>" * 100, "has claims or quotations within one another"),
    ],
)
def test_a_page_that_takes_too_long_to_read_says_so(html: str, words: str) -> None:
    assert read_page(html).texts == [f"this page {words}"]


def test_a_configuration_of_the_theme_that_is_too_deep_is_a_text() -> None:
    deep = "[" * 100_000
    assert read_page(f"<script id=__config>{deep}</script>").attribute_texts == [deep]
    assert read_card(png_with("[" * 100_000)) is None


def png_with(contents: str) -> bytes:
    chunk = b"iTXt" + b"briefing\0\0\0\0\0" + contents.encode()
    return b"x" * 33 + struct.pack(">I", len(chunk) - 4) + chunk
