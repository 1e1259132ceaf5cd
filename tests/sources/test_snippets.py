"""YAML that is printed to be pasted reads back, by our own reader, to just the words that stand in the source."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.loading.fact_reader import read_fact
from briefing.loading.yaml_reader import read_yaml
from briefing.model.kinds import KINDS, Clause
from briefing.model.located_text import ListNode, MapNode, Node
from briefing.model.source import Source, read_source
from briefing.sources.quote_search import MatchKind, find_quote
from briefing.sources.snippets import (
    format_fact_skeleton,
    format_quote_lines,
    indented,
    is_quotable_kind,
    new_id,
    unquotable_problem,
)
from briefing.text.words import is_edge
from tests.model.test_source import Made, made

_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab1 \n\u00a0'\"“’-‐.,:;#%&*!|>@`{}[]?~\u0301\u200d\u200c\u05d0租約\u304b\U0001f6a2"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"),
    ),
    min_size=1,
    max_size=60,
)


def read(yaml: str) -> dict[str, Node]:
    """The mapping that a text of YAML is, in which nothing is wrong."""
    found = read_yaml("pasted.yaml", yaml.encode())
    assert found.problems == ()
    assert isinstance(found.root, MapNode)
    return {str(key): node for key, node in found.root.entries.items()}


def paste_and_find(source: Source, typed: str) -> None:
    """Looks for words, pastes what is printed for each place, and finds it again whole and at that place."""
    found = find_quote([source], typed)
    assert found.kind in (MatchKind.EXACT, MatchKind.WIDENED)
    for (passage,) in found.passages:
        wide = source.extend_until_unique(passage)
        words = source.exact_text(wide)
        if unquotable_problem(words):
            continue
        pasted = read("\n".join(["quotes:", *indented(format_quote_lines(source.id, [words]))]))["quotes"]
        assert isinstance(pasted, MapNode)
        assert list(pasted.entries.values()) == [words]
        assert wide in source.find(words).whole_words
        fact = format_fact_skeleton(Clause, "a-fact", ["a note"], source.id, [words])
        entries = read(fact)["a-fact"]
        assert isinstance(entries, MapNode)
        assert [list(node.entries.values()) for key, node in entries.entries.items() if key == "quotes"] == [[words]]  # type: ignore[union-attr]


@given(made())
def test_any_run_of_words_however_typed_is_printed_pasted_and_found(made: Made) -> None:
    paste_and_find(made.source, made.quote)


@given(_TEXT, st.data())
@example("# a: 'b", None)
def test_any_run_of_any_text_is_printed_pasted_and_found(text: str, data: st.DataObject | None) -> None:
    source = read_source("any", text)
    assume(source.runs)
    run = data.draw(st.sampled_from(source.runs)) if data else source.runs[0]
    edges = [at for at in range(len(run.text) + 1) if is_edge(run.text, at)]
    start = data.draw(st.sampled_from(edges)) if data else 0
    end = data.draw(st.sampled_from(edges)) if data else len(run.text)
    assume(run.text[start:end].strip())
    paste_and_find(source, run.text[start:end])


@pytest.mark.parametrize("words", ["quar\xadter", "a\u200bb", "a [...] b", "a […] b", "e" + "\u0301" * 30])
def test_what_no_quote_may_hold_is_said(words: str) -> None:
    assert unquotable_problem(words)
    assert read_yaml("x", f"x: >-\n  {words}".encode()).problems or "[" in words


def test_several_runs_are_a_list() -> None:
    runs = ["# one", "- two: three"]
    pasted = read("\n".join(format_quote_lines("wire", runs)))["wire"]
    assert isinstance(pasted, ListNode)
    assert pasted.values == runs


@pytest.mark.parametrize("kind", [kind for kind in KINDS if is_quotable_kind(kind)], ids=lambda kind: kind.file_stem)
def test_a_whole_fact_of_every_kind_reads_back_and_does_not_pass(kind: type) -> None:
    root = read_yaml("x", format_fact_skeleton(kind, "a-fact", ["note"], "wire", ["its words"]).encode()).root
    assert isinstance(root, MapNode)
    ((key, node),) = root.entries.items()
    fact, problems = read_fact(kind, key, node, kind.singular)
    assert fact is None
    assert problems
    assert all(problem.message.endswith("is empty") and problem.help for problem in problems)


def test_kinds_that_quote_nothing_have_no_skeleton() -> None:
    assert {kind.file_stem for kind in KINDS if not is_quotable_kind(kind)} == {"sources", "overview", "history"}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("The quarter-century lease of the port", "quarter-century-lease-port"),
        ("Café", "cafe"),
        ("Vessia's harbour", "vessia-harbour"),
        ("the Isles’ and Vessia’s port", "isles-vessia-port"),
        ("It doesn’t cover 1,180 posts", "it-doesnt-cover-1180"),
        ("договор", "wire-p2"),
        ("con", "fact-con"),
        ("index", "fact-index"),
        ("taken", "taken-3"),
        ("x" * 90, "wire-p2"),
    ],
)
def test_an_id_is_made_of_the_words_and_is_free(words: str, key: str) -> None:
    assert new_id(words, "wire-p2", {"taken", "taken-2"}) == key
