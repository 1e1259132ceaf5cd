"""A built site is read back whole: what cannot be read says so, and nothing ends the reading."""

import gzip
from pathlib import Path

import pytest

from briefing.verification.built_site import read_site
from briefing.verification.data_formats import file_texts, table_to_objects, walk_json


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
