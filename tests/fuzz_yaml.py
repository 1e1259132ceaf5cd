"""Fuzzes the reading of facts: `python -m tests.fuzz_yaml RUNS [SEED]` ends with 0 if RUNS inputs raised nothing.

Atheris (libFuzzer) steers by the code that each input reaches. Where it has no wheel, the same number of inputs is made
of the same corpus blindly. The corpus is every file of facts and every YAML text of the tests.
"""

import random
import re
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

try:
    import atheris
except ImportError:
    atheris = None

PROJECT = Path(__file__).parent.parent
MOST_MEMORY = 1 << 30  # the process, interpreter and fuzzer included, may ask for no more
LONGEST = 4096
_BLOCK = re.compile(r"^```yaml.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def corpus() -> Iterator[bytes]:
    """Facts in pieces short enough to mutate, and the YAML of the tests."""
    for path in (*PROJECT.glob("facts/*.yaml"), *PROJECT.glob("tests/port_lease/facts/*.yaml")):
        facts = re.split(r"\n(?=\S)", path.read_text("utf-8"))
        yield from (f"{fact}\n".encode()[:LONGEST] for fact in facts[:12])
    for path in PROJECT.glob("tests/problems/*.md"):
        yield from (block.encode() for block in _BLOCK.findall(path.read_text("utf-8")))
    for line in re.findall(r'"((?:[^"\\]|\\.)+)"', (PROJECT / "tests/loading/test_yaml_reader.py").read_text("utf-8")):
        yield line.encode().decode("unicode_escape", "ignore").encode("utf-8", "surrogatepass")


def read(content: bytes) -> None:
    """Reads an input as every kind of fact and draws its problems. Raises only where something is wrong with us."""
    found = read_yaml("facts/x.yaml", content)
    problems = list(found.problems)
    if isinstance(found.root, MapNode):
        for n, (key, node) in enumerate(found.root.entries.items()):
            kind = KINDS[(n + len(content)) % len(KINDS)]
            fact, wrong = read_fact(kind, key, node, kind.singular)
            assert fact is None or not wrong
            problems += wrong
    assert len(found.problems) <= MAX_PROBLEMS + 1
    for problem in problems[:20]:
        assert format_full(problem).startswith("error[")
        assert problem.location.line <= len(found.file.lines) or not found.file.lines  # a file that is not UTF-8 has none


def mutations(seeds: list[bytes], runs: int, seed: int = 0) -> Iterator[bytes]:
    """Inputs made of the seeds without knowing what they reach."""
    rng = random.Random(seed or runs)
    for _ in range(runs):
        text = bytearray(rng.choice(seeds))
        for _ in range(rng.randint(1, 6)):
            at = rng.randint(0, len(text))
            piece = rng.choice((bytes([rng.randrange(256)]), rng.choice(b":#-[]{}'\"&*!|>%@`\n ,?").to_bytes(1, "big"), b""))
            other = rng.choice(seeds)
            text[at : at + rng.randint(0, 4)] = rng.choice((piece, other[rng.randint(0, len(other)) :][: rng.randint(0, 200)]))
        yield bytes(text[:LONGEST])


def main(runs: int, seed: int = 1) -> None:
    """Runs so many inputs under a limit of memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    seeds = list(corpus())
    if atheris is None:
        for content in mutations(seeds, runs, seed):
            read(content)
        print(f"{runs} inputs, blindly", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(seeds):
            Path(folder, str(number)).write_bytes(content)
        options = [f"-runs={runs}", f"-max_len={LONGEST}", f"-seed={seed % 2**31 or 1}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", folder], read)
        atheris.Fuzz()


if atheris is not None:
    with atheris.instrument_imports(include=["briefing", "yaml"]):
        from briefing.diagnostics.formats import format_full
        from briefing.diagnostics.problem import MAX_PROBLEMS
        from briefing.loading.fact_reader import read_fact
        from briefing.loading.yaml_reader import read_yaml
        from briefing.model.kinds import KINDS
        from briefing.model.located_text import MapNode
else:
    from briefing.diagnostics.formats import format_full
    from briefing.diagnostics.problem import MAX_PROBLEMS
    from briefing.loading.fact_reader import read_fact
    from briefing.loading.yaml_reader import read_yaml
    from briefing.model.kinds import KINDS
    from briefing.model.located_text import MapNode

if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
