"""What a curator typed is what is read, or it is refused with a clear problem; it is never changed."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location
from briefing.loading.yaml_reader import MAX_BYTES, MAX_DEPTH, read_yaml
from briefing.model.located_text import ListNode, MapNode, Node, Text, location_within


def read(yaml: str) -> Node:
    """The root of a text in which nothing is wrong."""
    found = read_yaml("facts/x.yaml", yaml.encode())
    assert found.problems == ()
    assert found.root is not None
    return found.root


def value(yaml: str, *path: str) -> Text:
    """The text under the keys of `path` in a text in which nothing is wrong."""
    node = read(yaml)
    for key in path:
        assert isinstance(node, MapNode)
        node = node.entries[Text(key)]
    assert isinstance(node, Text)
    return node


def problems(yaml: str | bytes) -> list[str]:
    """Each problem of a text as `line:column message`."""
    content = yaml.encode() if isinstance(yaml, str) else yaml
    found = read_yaml("facts/x.yaml", content).problems
    assert all(problem.help for problem in found)
    return [f"{problem.location.line + 1}:{problem.location.column + 1} {problem.message}" for problem in found]


# Kept as typed


@pytest.mark.parametrize(
    "typed",
    [
        "21:00",
        "12:30",
        "1:20:30",
        "no",
        "No",
        "NO",
        "on",
        "off",
        "yes",
        "y",
        "true",
        "NULL",
        "null",
        "~",
        "010",
        "0x1F",
        "0o17",
        "1_960",
        "1,960",
        "1.10",
        "1e3",
        ".5",
        "-5",
        "+5",
        ".inf",
        ".nan",
        "2020-11-10",
        "2020-11-31",
        "2031-04-30T22:00Z",
        "=",
        "<<",
        "50%",
        "$90 million",
        "a#b",
        "C:\\temp",
        "it's",
        "“We lost nothing,” Kern said",
        "¿qué?",
        "٥٠٪",
        "二十五年",
        "\U0001f469\u200d\U0001f692",
        "می\u200cخواهد",
        "e\u0301",
        "a\u00a0b",
    ],
)
def test_a_plain_text_stays_what_was_typed(typed: str) -> None:
    assert value(f"key: {typed}\n", "key") == typed


@pytest.mark.parametrize("key", ["no", "on", "yes", "NULL", "~", "010", "21:00", "1.10", "2020-11-10", "<<", "="])
def test_a_key_stays_what_was_typed(key: str) -> None:
    assert value(f"{key}: x\n", key) == "x"


def test_keys_that_yaml_takes_for_one_stay_two() -> None:
    root = read("on: a\nyes: b\ntrue: c\n010: d\n8: e\n")
    assert isinstance(root, MapNode)
    assert list(root.entries) == ["on", "yes", "true", "010", "8"]


def test_a_merge_key_merges_nothing() -> None:
    root = read("one:\n  <<: {claim: x}\n  claim: y\n")
    assert isinstance(root, MapNode)
    one = root.entries[Text("one")]
    assert isinstance(one, MapNode)
    assert list(one.entries) == ["<<", "claim"]


@pytest.mark.parametrize("yaml", ["key:\n", "key: ''\n", 'key: ""\n', "key: # nothing\n", "key: >-\n"])
def test_a_value_that_was_not_typed_is_an_empty_text(yaml: str) -> None:
    assert value(yaml, "key") == ""


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("key: one\n  two\n", "one two"),
        ("key: >-\n  one\n  two\n", "one two"),
        ("key: |-\n  one\n  two\n", "one\ntwo"),
        ("key: 'one\n  two'\n", "one two"),
        ('key: "one\n  two"\n', "one two"),
        ('key: "one \\\n  two"\n', "one two"),
        ("key: 'it''s'\n", "it's"),
        ('key: "\\"we lost\\""\n', '"we lost"'),
        ('key: "caf\\u00e9"\n', "café"),
        ("key: >-\n  a\n  # b\n  c\n", "a # b c"),
        ("key: 'a # b'\n", "a # b"),
    ],
)
def test_a_text_over_lines_or_in_quote_marks_is_what_yaml_says_it_is(yaml: str, said: str) -> None:
    assert value(yaml, "key") == said


def test_line_ends_of_windows_are_line_ends() -> None:
    text = value("key: >-\r\n  one\r\n  two\r\nnext: x\r\n", "key")
    assert text == "one two"
    assert location_within(text, 4, 7)[1:] == (2, 2, 3)


def test_a_list_and_a_mapping_keep_their_order_and_their_places() -> None:
    root = read("b: [x, y]\na:\n  - z\n")
    assert isinstance(root, MapNode)
    assert list(root.entries) == ["b", "a"]
    listed = root.entries[Text("a")]
    assert isinstance(listed, ListNode)
    assert listed.location[1:3] == (2, 2)
    assert listed.values == ["z"]


def test_one_document_may_begin_and_end_with_its_marks() -> None:
    assert value("---\nkey: x\n...\n", "key") == "x"


@pytest.mark.parametrize("yaml", ["", "\n\n", "# only a comment\n", "---\n# nothing\n"])
def test_an_empty_file_has_nothing_in_it_and_nothing_wrong(yaml: str) -> None:
    found = read_yaml("facts/x.yaml", yaml.encode())
    assert found.problems == ()
    assert not found.root


# Refused


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "3:1 `a` is used a second time here"),
        ("x:\n  a: 1\n  a: 2\n", "3:3 `a` is used a second time here"),
        ("x: {a: 1, a: 2}\n", "1:11 `a` is used a second time here"),
        ("a: text #cut\n", "1:9 YAML ends the text at this `#`"),
        ("a: text # cut\n", "1:9 YAML ends the text at this `#`"),
        ("a: text  #cut\n", "1:10 YAML ends the text at this `#`"),
        ("a: text #\n", "1:9 YAML ends the text at this `#`"),
        ("a: one\n  two #5 three\n", "2:7 YAML ends the text at this `#`"),
        ("- text #cut\n", "1:8 YAML ends the text at this `#`"),
        ("a: >-\n  a quarter-\n  century lease\n", "2:12 YAML puts a space after the hyphen at the end of this line"),
        ("a: a quarter-\n  century lease\n", "1:13 YAML puts a space after the hyphen at the end of this line"),
        ("a: 'a quarter-\n  century'\n", "1:14 YAML puts a space after the hyphen at the end of this line"),
        ('a: "a quarter-\n  century"\n', "1:14 YAML puts a space after the hyphen at the end of this line"),
        ("a: |\n  a quarter-\n  century\n", "2:12 YAML puts a space after the hyphen at the end of this line"),
        ("a: >-\n  a quarter\u2010\n  century\n", "2:12 YAML puts a space after the hyphen at the end of this line"),
        ("a:\tb\n", "1:3 tab character"),
        ("a: b\tc\n", "1:5 tab character"),
        ("\ta: b\n", "1:1 tab character"),
        ("a: &name b\n", "1:4 YAML anchors (`&name`) are not allowed"),
        ("a: &name [b]\n", "1:4 YAML anchors (`&name`) are not allowed"),
        ("a: *name\n", "1:4 YAML aliases (`*name`) are not allowed"),
        ("a: b\nc: *a\n", "2:4 YAML aliases (`*name`) are not allowed"),
        ("a: !!int 5\n", "1:4 YAML tags (`!name`) are not allowed"),
        ("a: !important b\n", "1:4 YAML tags (`!name`) are not allowed"),
        ("a: ! b\n", "1:4 YAML tags (`!name`) are not allowed"),
        ("a: !!python/object/apply:os.system [x]\n", "1:4 YAML tags (`!name`) are not allowed"),
        ("a: 1\n---\nb: 2\n", "2:1 a second YAML document begins here"),
        ("a: 1\n---\n", "2:1 a second YAML document begins here"),
        ("? [a]\n: b\n", "1:3 this key is a list or mapping"),
        ("{a: 1}: b\n", "1:1 this key is a list or mapping"),
        ("a: x\u200by\n", "1:5 invisible character U+200B"),
        ("a: x\u00ady\n", "1:5 invisible character U+00AD"),
        ("a: x\u2060y\n", "1:5 invisible character U+2060"),
        ("a: x\u202ey\n", "1:5 invisible character U+202E"),
        ("a: x\u2066y\n", "1:5 invisible character U+2066"),
        ("a: x\u200fy\n", "1:5 invisible character U+200F"),
        ("a: x\ufeffy\n", "1:5 invisible character U+FEFF"),
        ("a: x\u2028y\n", "1:5 invisible character U+2028"),
        ("a: x\u0085y\n", "1:5 invisible character U+0085"),
        ("a: x\x00y\n", "1:5 invisible character U+0000"),
        ("a: x\x02y\n", "1:5 invisible character U+0002"),
        ("a: x\x1b[31my\n", "1:5 invisible character U+001B"),
        ("a: x\x7fy\n", "1:5 invisible character U+007F"),
        ("a: x\U000e0041y\n", "1:5 invisible character U+E0041"),
        ("a: b\rc: d\n", "1:5 a line ends here with a carriage return (CR) alone"),
        ("a: b\r\r\nc: d\n", "1:5 a line ends here with a carriage return (CR) alone"),
        ("a: b\n" + "c: d\r" * 900, "2:5 a line ends here with a carriage return (CR) alone"),
        ("a: e" + 40 * "\u0301" + "\n", "1:5 more than 29 combining marks in a row"),
        ("a: b: c\n", "1:5 this line contains a second `: `"),
        ("a: @b\n", "1:4 in YAML, a text cannot begin with this character"),
        ("a: [b, c\n", "1:4 this list or mapping in brackets is not closed"),
        ("a: [b,,c]\n", "1:7 a value is missing here"),
        ("a: 'b\nc: d\ne: f\n", "1:4 this quote mark is never closed"),
        ('a: "b\nc: d\ne: f\n', "1:4 this quote mark is never closed"),
        ('a: "x \\q"\n', "1:7 a `\\` in double quote marks begins an escape"),
        ("a:\n  b: c\n d: e\n", "3:2 this line does not fit the lines above it"),
        ("a: - b\n", "1:4 a list cannot begin here"),
        ('a: "We lost," Kern said\n', "1:15 there is text after the closing quote mark"),
    ],
)
def test_what_yaml_would_change_or_cannot_read_is_refused_where_it_stands(yaml: str, said: str) -> None:
    assert problems(yaml) == [said]


@pytest.mark.parametrize("folded", ["a: >-\n  港口\n  协议\n", "a: 'ท่า\n  เรือ'\n"])
def test_a_fold_in_a_script_without_spaces_is_refused(folded: str) -> None:
    assert [problem[4:] for problem in problems(folded)] == [
        "YAML puts a space at the end of this line, in a script without spaces"
    ]


@pytest.mark.parametrize(
    "escape", ["\\u202e", "\\u200b", "\\xad", "\\u0002", "\\0", "\\e", "\\x7f", "\\N", "\\L", "\\ufeff", "\\U000e0041"]
)
def test_an_invisible_character_is_refused_in_the_form_of_an_escape_too(escape: str) -> None:
    assert problems(f'a: "x{escape}y"\n') != []


@pytest.mark.parametrize("yaml", ["a: [1,960]\n", "a: [men,1,960]\n", "a: {wire: 1,200 dockers}\n", "{a: 1,200}\n"])
def test_a_comma_inside_a_number_in_brackets_does_not_part_it_in_silence(yaml: str) -> None:
    assert problems(yaml) != []


@pytest.mark.parametrize("yaml", ["a: [b, c]\n", "a: [b,\n  c]\n", "a: {b: c, d: e}\n", "a: ['1,960', b]\n", "a: [b , c]\n"])
def test_a_comma_in_brackets_parts_a_list(yaml: str) -> None:
    assert problems(yaml) == []


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_is_refused(mark: bytes) -> None:
    assert problems(mark + b"a: b\n") == ["1:1 this file begins with a byte order mark"]


@pytest.mark.parametrize("byte", [b"\xff", b"\xc3\n", b"\xed\xa0\x80", b"\xc0\x80"])
def test_bytes_that_are_not_utf_8_are_refused_where_they_stand(byte: bytes) -> None:
    assert problems(b"a: b\nc: " + byte) == ["2:4 this byte is not UTF-8"]


def test_a_file_that_is_too_large_is_refused() -> None:
    assert problems(b"a" * (MAX_BYTES + 1)) == ["1:1 this file is larger than 8 MiB"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
@pytest.mark.parametrize("closing", ["", "]", "}"])
def test_nesting_without_end_is_refused(opening: str, closing: str) -> None:
    (said,) = problems(f"{100_000 * opening}{100_000 * closing}\n")
    assert said.endswith(f"more than {MAX_DEPTH} levels of nesting")


@pytest.mark.parametrize(("opening", "column"), [("? ", 3), ("- ? ", 5), ("- - ? ", 7), ("{[", 2), ("{{", 2)])
def test_keys_nested_without_end_are_refused(opening: str, column: int) -> None:
    assert problems(f"{100_000 * opening}\n") == [f"1:{column} this key is a list or mapping"]


def test_nesting_as_deep_as_is_allowed_is_read() -> None:
    assert isinstance(read("[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n"), ListNode)


@pytest.mark.parametrize(
    "yaml",
    [
        "a: text  # a comment\n",
        "a: text\n# a comment\n",
        "a: 'text' # a comment\n",
        "a: >- # a comment\n  text\n",
        "# a comment\na: text\n",
    ],
)
def test_a_comment_is_not_part_of_the_text(yaml: str) -> None:
    assert value(yaml, "a") == "text"


def test_a_comment_beside_a_plain_text_is_kept_as_a_place_for_those_who_must_know() -> None:
    comment = value("a: text  # a comment\n", "a").comment
    assert comment is not None
    assert comment[1:] == (0, 9, 11)
    assert value("a: text\n", "a").comment is None


@pytest.mark.parametrize(
    "yaml",
    [
        "a:\n  b: >-\n    it ends in pre-\n  c: x\n",
        "a: >-\n  it ends in pre-\nc: x\n",
        "a: it ends in pre-\nc: x\n",
        "a: |\n  it ends in pre-\nc: x\n",
        "a: >-\n  a list -\n  and more\n",
        "a: >-\n  short- and\n  long-term\n",
    ],
)
def test_a_hyphen_that_no_fold_follows_is_no_problem(yaml: str) -> None:
    assert problems(yaml) == []


def test_reading_goes_on_after_a_cut_text_and_a_second_key() -> None:
    yaml = "a: x #1\nb: y #2\na: z\nc: >-\n  pre-\n  war\n"
    assert [said.split()[0] for said in problems(yaml)] == ["1:6", "2:6", "3:1", "5:6"]


# Marks


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("key: text\n", (0, 5, 4)),
        ("# one\n\nkey:   text\n", (2, 7, 4)),
        ("key: 'text'\n", (0, 5, 6)),
        ('key: "text"\n', (0, 5, 6)),
        ("key: one\n  two\n", (0, 5, 0)),
        ("key: >-\n  text\n", (0, 5, 0)),
        ("key:\n  text\n", (1, 2, 4)),
        ("{key: text}\n", (0, 6, 4)),
        ("key: 二十五\n", (0, 5, 3)),
        ("key: \U0001f6a2 x\n", (0, 5, 3)),
    ],
)
def test_a_text_knows_the_place_of_its_first_character(yaml: str, place: tuple[int, int, int]) -> None:
    mark = value(yaml, "key").location
    assert (mark.line, mark.column, mark.width) == place


def test_a_key_knows_its_place_too() -> None:
    root = read('a: x\n"b c": y\n')
    assert isinstance(root, MapNode)
    assert [(key.location.line, key.location.column, key.location.width) for key in root.entries] == [(0, 0, 1), (1, 0, 5)]


@pytest.mark.parametrize(
    ("yaml", "words", "place"),
    [
        ("key: one two three\n", "two", (0, 9, 3)),
        ("key: 'one two three'\n", "two", (0, 10, 3)),
        ('key: "one two three"\n', "two", (0, 10, 3)),
        ("key: one\n  two three\n", "two", (1, 2, 3)),
        ("key: >-\n  one\n  two three\n", "two", (2, 2, 3)),
        ("key: >- # two\n  one\n  two three\n", "two", (2, 2, 3)),
        ("key: |\n  one\n  two three\n", "three", (2, 6, 5)),
        ("key: >-\n  one\n\n  two\n", "two", (3, 2, 3)),
        ("key: >-\n  one two\n  three\n", "two three", (1, 6, 3)),
        ("key: 'it''s two'\n", "two", (0, 12, 3)),
        ('key: "\\"two\\" three"\n', "three", (0, 14, 5)),
        ("key: one\u00a0two\n", "two", (0, 9, 3)),
        ("key: one  two\n", "two", (0, 10, 3)),
        ("key: oo one\n", "one", (0, 8, 3)),
        ("key: 二十五 two\n", "two", (0, 9, 3)),
    ],
)
def test_a_mark_within_a_text_follows_folds_and_quote_marks(yaml: str, words: str, place: tuple[int, int, int]) -> None:
    text = value(yaml, "key")
    start = text.index(words)
    mark = location_within(text, start, start + len(words))
    assert (mark.line, mark.column, mark.width) == place


@pytest.mark.parametrize("yaml", ['key: "\\u0062 z"\nb: b z\n', 'key: "x\\x62y z"\nb: xby z\n'])
def test_a_mark_within_a_text_with_an_escape_stays_on_its_own_line(yaml: str) -> None:
    text = value(yaml, "key")
    assert location_within(text, text.index("z"), len(text)).line == 0


_WORD = st.text(alphabet="abcéж", min_size=1, max_size=5)


@given(st.lists(_WORD, min_size=1, max_size=8), st.data())
def test_the_mark_of_any_word_of_a_folded_text_stands_on_that_word(words: list[str], data: st.DataObject) -> None:
    wrapped = "".join(word + data.draw(st.sampled_from([" ", "\n  "])) for word in words)
    text = value(f"key: >-\n  {wrapped.rstrip()}\n", "key")
    at = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:at])) + (1 if at else 0)
    mark = location_within(text, start, start + len(words[at]))
    assert mark.line_text[mark.column : mark.column + mark.width] == words[at]


def test_the_mark_of_an_empty_stretch_is_the_place_of_the_text() -> None:
    text = value("key: one\n", "key")
    assert location_within(text, 0, 0) == text.location


# Whatever comes


def texts_of(node: Node | None) -> Iterator[Text]:
    """Every text in a tree, keys included."""
    stack = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, Text):
            yield here
        elif isinstance(here, ListNode):
            stack += here.values
        elif isinstance(here, MapNode):
            stack += here.entries.keys()
            stack += here.entries.values()


def assert_is_sound(content: bytes) -> None:
    found = read_yaml("facts/x.yaml", content)
    assert all(format_full(problem).startswith("error[") for problem in found.problems)
    for text in (*texts_of(found.root), *texts_of(found.partial_root)):
        assert isinstance(text.location, Location)
        assert 0 <= text.location.line <= len(found.file.lines)
        assert isinstance(location_within(text, 0, len(text)), Location)


@pytest.mark.parametrize(
    ("yaml", "above"),
    [
        ('a:\n  claim: x\nb:\n  claim: y\nc:\n  claim: "half', ["a", "b"]),
        ('a:\n  claim: x\nb:\n  claim: "y\nc:\n  claim: "half"\n', ["a"]),
        ("a:\n  claim: x\nb:\n  claim: y\nhalf\n", ["a"]),  # a line that might be meant to go on above
        ("a:\n  claim: x\nb:\n  claim: y\n z\nc:\n  claim: z\n", ["a"]),
        ("a: 1\nb: *b\nc: 1\n", ["a"]),
        ("a: [1\n", []),
        ("- a\n- b\n- 'c\n", None),
        ("a: 1\nb: 1\n", None),
    ],
)
def test_what_stands_whole_above_the_end_of_reading_is_kept(yaml: str, above: list[str] | None) -> None:
    found = read_yaml("facts/x.yaml", yaml.encode())
    assert (list(found.partial_root.entries) if found.partial_root is not None else None) == above
    assert (found.root is None) == bool(found.problems)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    assert_is_sound(content)


@given(st.text(max_size=200))
def test_arbitrary_text_never_raises(text: str) -> None:
    assert_is_sound(text.encode("utf-8", "surrogatepass"))


_PIECES = st.sampled_from(
    [
        "\n",
        "\n  ",
        "\n    ",
        ": ",
        ":",
        "- ",
        "? ",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "#",
        " #",
        " # ",
        "&a ",
        "*a ",
        "!a ",
        "!!",
        "---\n",
        "...\n",
        ">-\n",
        ">",
        "'",
        '"',
        "\\",
        "\\u0041",
        "\\x",
        "%",
        "@",
        "`",
        "<<",
        "~",
        "a",
        "b c",
        "21:00",
        "-",
        "=",
        "\r\n",
        "\t",
        "é",
        "二",
        "\u200b",
        "🚢",
        "|",
        "|\n",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_arbitrary_pieces_of_yaml_never_raise(text: str) -> None:
    assert_is_sound(text.encode())


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn"]), min_size=1))
def test_any_visible_text_between_single_quote_marks_is_kept_as_typed(typed: str) -> None:
    quoted = typed.replace("'", "''")
    found = read_yaml("facts/x.yaml", f"key: '{quoted}'\n".encode())
    assert found.problems != () or [str(text) for text in texts_of(found.root)] == [typed, "key"]
