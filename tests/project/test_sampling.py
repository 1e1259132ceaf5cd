"""A sample of the long tests: the same seed takes the same part, another seed another one, and no seed takes all."""

import subprocess

import pytest

from tests import sample, sampling


def test_without_a_seed_all_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SEED", "")
    assert sampling.of_all(range(100), 5, "numbers") == list(range(100))
    assert sampling.how_many(100, 5) == 100


def test_a_seed_takes_so_many_in_their_order_and_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {}
    for seed in ("1", "2", "1"):
        monkeypatch.setattr(sampling, "SEED", seed)
        part = sampling.of_all(range(100), 5, "numbers")
        assert (len(part), part) == (5, sorted(part))
        assert taken.setdefault(seed, part) == part
        assert sampling.how_many(100, 5) == 5
    assert taken["1"] != taken["2"]


def test_a_sample_that_fails_says_its_seed_and_how_to_repeat_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []

    def fail(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(subprocess, "run", fail)
    assert sample.main("123") == 1
    assert capsys.readouterr().out.splitlines() == [
        "A sample of the long tests, by seed 123",
        "The sample by seed 123 failed. To repeat it: make sample SEED=123",
    ]
    assert "--hypothesis-seed=123" in asked[0]


def test_what_is_no_number_is_no_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert sample.main("soon") == 2
    assert "make sample SEED=123" in capsys.readouterr().err
