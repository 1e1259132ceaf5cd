"""What is watched of a briefing: every way in which a file of it may be saved, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.mkdocs_plugin.watch import folder_state, watch_changes


def replaced(path: Path) -> None:
    (beside := path.with_name(".new")).write_text(path.read_text("utf-8"), encoding="utf-8")
    beside.replace(path)


EDITS: dict[str, Callable[[Path], object]] = {
    "saved": lambda folder: (folder / "facts/clauses.yaml").write_text("x: 1\n", encoding="utf-8"),
    "replaced by a like file": lambda folder: replaced(folder / "facts/clauses.yaml"),
    "deleted": lambda folder: (folder / "seeds/wire.txt").unlink(),
    "renamed": lambda folder: (folder / "facts/clauses.yaml").rename(folder / "facts/clauses.yml"),
    "made": lambda folder: (folder / "facts/history.yaml").touch(),
    "settings": lambda folder: (folder / "briefing.yaml").unlink(),
    "the folder is gone": lambda folder: (folder / "seeds").rename(folder / "away"),
}


@pytest.mark.parametrize("how", list(EDITS))
def test_a_change_is_seen(copy_of_port_lease: Path, how: str) -> None:
    seen = watch_changes(copy_of_port_lease)
    next(seen)
    EDITS[how](copy_of_port_lease)
    next(seen)


def test_what_is_built_is_not_watched(copy_of_port_lease: Path) -> None:
    before = folder_state(copy_of_port_lease)
    (copy_of_port_lease / "site").mkdir()
    (copy_of_port_lease / "schemas").mkdir()
    (copy_of_port_lease / "notes.txt").touch()
    assert folder_state(copy_of_port_lease) == before
