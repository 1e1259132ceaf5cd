"""Documents under a fuzzer: each is read or refused, never with a traceback, and what is stored reads back."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz_documents import corpus, lost_words, mutations, read
from tests.sampling import SEED, how_many

PROJECT = Path(__file__).parents[2]
FEW = 300
ALL = 20_000


def test_most_documents_of_the_corpus_are_read() -> None:
    assert sum(read(content) for content in corpus()) >= 8


def test_some_fuzzed_documents_are_read_or_refused() -> None:
    assert sum(read(content) for content in mutations(FEW)) > FEW // 20


@pytest.mark.long
def test_twenty_thousand_fuzzed_documents_are_read_or_refused() -> None:
    runs = how_many(ALL, ALL // 20)
    command = [sys.executable, "-m", "tests.fuzz_documents", str(runs), SEED or "1"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert ran.returncode == 0, ran.stderr[-4000:]
    done = re.search(r"(\d+) documents, (\d+) of them read", ran.stdout)
    assert done is not None
    assert int(done[1]) == runs
    assert int(done[2]) > runs // 20


@given(st.text(st.sampled_from("ab \r\n\t\u00ad\u200b\u2028<&;.é港"), max_size=80))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    assert lost_words(text) == set()
