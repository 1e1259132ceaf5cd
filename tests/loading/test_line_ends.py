"""Line ends: a seed is read with those it came with, and whoever changes them is told so by that name."""

import hashlib
from pathlib import Path

import pytest

from briefing.diagnostics.problem import Problem
from briefing.loading.dossier_reader import read_dossier
from briefing.rules.registry import check
from briefing.text.paragraphs import paragraph_spans
from briefing.verification.checksums import hashes, verify_checksums, write_checksums

SEED = b"The harbour is leased\nfor 25 years.\n\nNobody has said more.\n \nThe end.\n"
ENDS = {"LF": b"\n", "CRLF": b"\r\n", "CR": b"\r"}
RECORD = """\
wire:
  label: The wire
  title: not stated
  author: not stated
  container-title: not stated
  publisher: not stated
  issued: not stated
  accessed: not stated
  url: not stated
  language: en
  rights: Invented.
  basis:
    title: The seed prints none.
  seed: wire.txt
  sha256: {sha256}
  received-sha256: {received}
  text: full
  left-out:
    - paragraphs: 2-3
      reason: A whim.
"""
CLAUSES = """\
term:
  claim: For 25 years the harbour is leased.
  quotes:
    wire: The harbour is leased for 25 years.
"""


def dossier(folder: Path, seed: bytes, pinned: bytes, received: bytes = b"", ends: bytes = b"\n") -> tuple[Problem, ...]:
    (folder / "facts").mkdir()
    (folder / "seeds").mkdir()
    (folder / "received").mkdir()
    record = RECORD.format(sha256=hashlib.sha256(pinned).hexdigest(), received=hashlib.sha256(SEED).hexdigest())
    (folder / "facts/sources.yaml").write_bytes(record.encode().replace(b"\n", ends))
    (folder / "facts/clauses.yaml").write_bytes(CLAUSES.encode().replace(b"\n", ends))
    (folder / "seeds/wire.txt").write_bytes(seed)
    if received:
        (folder / "received/wire.html").write_bytes(received)
    return check(read_dossier(folder)).problems


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("yaml_end", [b"\n", b"\r\n"], ids=["LF facts", "CRLF facts"])
def test_a_seed_is_read_with_the_line_ends_it_came_with(tmp_path: Path, end: bytes, yaml_end: bytes) -> None:
    seed = SEED.replace(b"\n", end)
    assert dossier(tmp_path, seed, seed, ends=yaml_end) == ()
    source = read_dossier(tmp_path).sources["wire"]
    text = seed.decode()
    assert [text[each.start : each.end] for each in source.paragraphs] == [
        f"The harbour is leased{end.decode()}for 25 years.",
        "Nobody has said more.",
        "The end.",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a\r\rb", 2),
        ("a\r\nb\r\n\r\nc", 2),
        ("a\r\r\nb\r\r\nc", 1),
        ("a\n\rb", 2),
        ("a\r \t\rb", 2),
        ("a\r\n\x0c\r\nb", 2),
        ("a\rb", 1),
    ],
)
def test_a_blank_line_ends_a_paragraph_whatever_its_line_ends(text: str, count: int) -> None:
    assert len(paragraph_spans(text)) == count


def test_words_that_end_many_blocks_are_no_recursion() -> None:
    assert len(paragraph_spans("The end. " * 5_000, ["The end."])) == 5_000


@pytest.mark.parametrize("now", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("then", ENDS.values(), ids=ENDS)
def test_a_seed_whose_line_ends_were_changed_is_named_so(tmp_path: Path, then: bytes, now: bytes) -> None:
    found = dossier(tmp_path, SEED.replace(b"\n", now), SEED.replace(b"\n", then), SEED.replace(b"\n", now))
    messages = {(problem.rule, problem.message) for problem in found}
    expected = set()
    if then != now:
        expected.add(("source-is-unchanged", "the line ends of seeds/wire.txt have changed since its quotes were copied"))
    if now != b"\n":
        expected.add(("source-is-unchanged", "the line ends of received/wire.html have changed"))
    assert messages == expected
    assert all("seeds/*.txt -text" in problem.help for problem in found)


def test_a_seed_of_which_more_was_changed_is_not_called_so(tmp_path: Path) -> None:
    (problem,) = dossier(tmp_path, SEED.replace(b"\n", b"\r\n") + b".", SEED)
    assert problem.message == "seeds/wire.txt has changed since its quotes were copied"


def test_a_built_site_whose_seeds_have_other_line_ends_says_so(tmp_path: Path) -> None:
    seeds, site = tmp_path / "seeds", tmp_path / "site"
    seeds.mkdir()
    site.mkdir()
    (seeds / "wire.txt").write_bytes(SEED)
    write_checksums(site, {"seeds": hashes(seeds, seeds)})
    assert verify_checksums(site, seeds) == []
    (seeds / "wire.txt").write_bytes(SEED.replace(b"\n", b"\r\n"))
    (problem,) = verify_checksums(site, seeds)
    assert problem.message == "seeds/wire.txt has other line ends than the text that this site was built from"
