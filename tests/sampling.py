"""Which part of the long tests runs: all in `make long`, and in `make sample` a part of each that turns with a seed.

`python -m tests.sample` sets the seed. The same seed takes the same part. Tests of properties, on examples that hypothesis
makes, are long ones too when they have all of their examples.
"""

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")
VARIABLE = "BRIEFING_SAMPLE"
SEED = os.environ.get(VARIABLE, "")
PROPERTIES = 8


def chance(name: str) -> random.Random:
    """What decides for one test: its own run of numbers, by the seed of the sample, and always the same without one."""
    return random.Random(f"{SEED} {name}")


def how_many(whole: int, few: int) -> int:
    """A number of the whole run, or of a sample."""
    return few if SEED else whole


def of_all(cases: Iterable[T], few: int, name: str) -> list[T]:
    """All cases, or so few of them in a sample, in their order."""
    every = list(cases)
    chosen = set(chance(name).sample(range(len(every)), min(few, len(every)))) if SEED else range(len(every))
    return [case for number, case in enumerate(every) if number in chosen]


def in_a_sample(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests of a sample: of long ones that have several cases, one; of those of properties, some."""
    long = [item for item in items if item.get_closest_marker("long")]
    properties = [
        item for item in items if item not in long and getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    ]
    yield from of_all(properties, PROPERTIES, "properties")
    cases: dict[str, list[pytest.Item]] = {}
    for item in long:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, some in cases.items():
        yield chance(name).choice(some)


def keep_a_sample(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes what is not in the sample out of the tests to be run."""
    kept = {*in_a_sample(items)}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]
