"""The reading of facts under a fuzzer, and under files made to cost time and memory: bounded, and never a traceback."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.loading.files import MAX_BYTES
from tests.fuzz_yaml import corpus, mutations, read
from tests.sampling import SEED, how_many

PROJECT = Path(__file__).parents[2]
FEW = 4000
ALL = 200_000
MOST_MEMORY = 1 << 30  # of address space, interpreter and libraries included; the kernel gives no more
MOST_SECONDS = 300  # of processor time, for each file below; the kernel ends what takes longer

# Each of these is a file of the largest size that is read, made of little else than one expression repeated.
BOMBS = {
    "texts in brackets": "b'[' + b'a,' * (MOST // 2 - 2) + b']'",
    "empty texts": "b'- \\n' * (MOST // 3)",
    "keys": "b''.join(b'k%d: a\\n' % n for n in range(600_000))",
    "keys written twice": "b''.join(b'k%d: a\\n' % (n % 140_000) for n in range(280_000))",
    "question marks": "b'? ' * (MOST // 2)",
    "dashes": "b'- ' * (MOST // 2)",
    "brackets": "b'[' * MOST",
    "braces": "b'{' * MOST",
    "line ends": "b'\\n' * MOST",
    "comments": "b'#\\n' * (MOST // 2)",
    "cut texts": "b'- a #\\n' * (MOST // 7)",
    "tabs": "b'\\t\\n' * (MOST // 2)",
    "zero-width spaces": "'\\u200b'.encode() * (MOST // 3)",
    "combining marks": "('a' + '\\u1dc0\\u1dc2' * (MOST // 7)).encode()",
    "hyphens at line ends": "b'a: >-\\n' + b'  x-\\n' * (MOST // 5 - 2)",
    "escapes": "b'a: \"' + b'\\\\x41' * (MOST // 4 - 2) + b'\"'",
    "quote marks": 'b"a: \'" + b"\'\'" * (MOST // 2 - 4) + b"\'"',
    "one anchor": "b'a: &' + b'x' * (MOST - 8)",
    "one text": "b'a: ' + b'x' * (MOST - 8)",
    "one id": "b'x' * 900 + b': {claim: x}\\n'",
    "directives": "b'%YAML 1.1\\n' * (MOST // 10)",
    "ships": "'\\U0001f6a2'.encode() * (MOST // 4)",
    "facts that do not fit": "b''.join(b'k%d: {x: y}\\n' % n for n in range(70_000))",
    "unknown fields": "b'k:\\n' + b''.join(b'  f%d: a\\n' % n for n in range(140_000))",
}
RUN = f"""
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({MOST_SECONDS}, {MOST_SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}))
from briefing.loading.files import MAX_BYTES as MOST
from briefing.model.kinds import Record
from briefing.model.located_text import MapNode
from briefing.diagnostics.problem import MAX_PROBLEMS
from briefing.diagnostics.formats import format_full
from briefing.loading.fact_reader import read_fact
from briefing.loading.yaml_reader import read_yaml
content = EXPRESSION
assert len(content) <= MOST
found = read_yaml("facts/x.yaml", content)
facts = found.root.entries.items() if isinstance(found.root, MapNode) else ()
problems = [*found.problems]
for key, node in facts:
    problems += read_fact(Record, key, node, "source")[1]
    if len(problems) > MAX_PROBLEMS:
        break
assert len(problems) <= 2 * MAX_PROBLEMS + 1
print(sum(len(format_full(problem)) for problem in problems))
"""


def test_the_corpus_is_the_facts_and_the_cases_of_the_tests() -> None:
    seeds = list(corpus())
    assert len(seeds) > 300
    assert any(b"peacekeepers" in seed for seed in seeds)
    for seed in seeds:
        read(seed)


def test_inputs_made_blindly_raise_nothing() -> None:
    for content in mutations(list(corpus()), FEW // 4):
        read(content)


def fuzz(runs: int, seed: str = "1") -> int:
    """How many inputs a fuzzer of its own process ran, under its limit of memory, until it had nothing to say."""
    command = [sys.executable, "-m", "tests.fuzz_yaml", str(runs), seed]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert ran.returncode == 0, ran.stderr[-4000:]
    done = re.search(r"Done (\d+) runs|(\d+) inputs, blindly", ran.stderr + ran.stdout)
    assert done is not None
    return int(done[1] or done[2])


def test_some_fuzzed_inputs_raise_nothing() -> None:
    assert fuzz(FEW) >= FEW


@pytest.mark.long
def test_two_hundred_thousand_fuzzed_inputs_raise_nothing() -> None:
    runs = how_many(ALL, ALL // 10)
    assert fuzz(runs, SEED or "1") >= runs


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_cost_time_and_memory_costs_little(name: str) -> None:
    code = RUN.replace("EXPRESSION", BOMBS[name])
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) < 4 * MAX_BYTES
