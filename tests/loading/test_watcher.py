"""What is watched of a briefing: every way in which a file of it may be saved, and nothing else."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from briefing.loading.watcher import DOSSIER_ENTRIES, FileWatcher, is_swap_file, watch_dossier
from tests.previews import SAVES, Save


def replaced(path: Path) -> None:
    """Replaces a file by another with the same content and time, as `git checkout` and some editors do."""
    other = path.with_name(".new")
    shutil.copy2(path, other)
    other.replace(path)


EDITS: dict[str, Callable[[Path], object]] = {
    "saved": lambda folder: (folder / "facts/clauses.yaml").write_text("x: 1\n", encoding="utf-8"),
    "replaced by a like file": lambda folder: replaced(folder / "facts/clauses.yaml"),
    "deleted": lambda folder: (folder / "seeds/wire.txt").unlink(),
    "renamed": lambda folder: (folder / "facts/clauses.yaml").rename(folder / "facts/clauses.yml"),
    "made": lambda folder: (folder / "facts/history.yaml").touch(),
    "settings": lambda folder: (folder / "briefing.yaml").unlink(),
    "the folder is gone": lambda folder: (folder / "seeds").rename(folder / "away"),
    "a folder made later": lambda folder: (folder / "received").mkdir(),
    "a file in a new folder": lambda folder: ((folder / "facts/clauses").mkdir(), (folder / "facts/clauses/a.yaml").touch()),
    "replaced by a link": lambda folder: ((folder / "briefing.yaml").unlink(), (folder / "briefing.yaml").symlink_to("x")),
}


@pytest.mark.parametrize("how", list(EDITS))
def test_a_change_is_seen(copy_of_port_lease: Path, how: str) -> None:
    changes = watch_dossier(copy_of_port_lease)
    next(changes)
    EDITS[how](copy_of_port_lease)
    next(changes)


@pytest.fixture
def watcher(copy_of_port_lease: Path) -> Iterator[FileWatcher]:
    made = FileWatcher(copy_of_port_lease / name for name in DOSSIER_ENTRIES)
    yield made
    made.stop()


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_every_way_of_saving_is_seen_twice_within_a_second(copy_of_port_lease: Path, watcher: FileWatcher, save: Save) -> None:
    path = copy_of_port_lease / "facts" / "clauses.yaml"
    for text in ("one: {}\n", "two: {}\n"):
        save(path, text)
        assert watcher.wait() == {str(path)}
        assert path.read_text("utf-8") == text


def waiting(watcher: FileWatcher, seconds: float = 0.6) -> "Future[set[str]]":
    """The next change, while nothing changes for a time; the watcher is stopped then if there is none."""
    with ThreadPoolExecutor(1) as other:
        found = other.submit(watcher.wait)
        time.sleep(seconds)
        watcher.stop()
    return found


def test_what_is_built_and_what_editors_keep_beside_a_file_is_no_change(copy_of_port_lease: Path, watcher: FileWatcher) -> None:
    (copy_of_port_lease / "site").mkdir()
    (copy_of_port_lease / "notes.txt").touch()
    for name in (".clauses.yaml.swp", "clauses.yaml~", "#clauses.yaml#", "4913", ".goutputstream-X"):
        (copy_of_port_lease / "facts" / name).write_bytes(os.urandom(9))
        assert is_swap_file(name)
    (copy_of_port_lease / "facts" / ".#clauses.yaml").symlink_to("curator@desk.4711:1")
    assert waiting(watcher).result() == set()


def test_what_is_watched_from_now_on_hides_no_change_of_before(copy_of_port_lease: Path, watcher: FileWatcher) -> None:
    path = copy_of_port_lease / "facts" / "clauses.yaml"
    path.write_text("x: 1\n", encoding="utf-8")
    watcher.add(path)
    watcher.add(copy_of_port_lease)
    assert watcher.wait() == {str(path)}


def test_a_path_is_watched_until_it_is_removed_as_often_as_it_was_added(tmp_path: Path) -> None:
    watcher = FileWatcher([tmp_path / "a", tmp_path / "a", tmp_path / "b"])
    watcher.remove(tmp_path / "a")
    (tmp_path / "a").touch()
    assert watcher.wait() == {str(tmp_path / "a")}
    watcher.remove(tmp_path / "a")
    (tmp_path / "a").write_text("x", encoding="utf-8")
    assert waiting(watcher).result() <= {str(tmp_path / "a")}
    assert str(tmp_path / "a") not in watcher.paths


def test_a_save_is_reported_when_it_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "a"
    watcher = FileWatcher([path])

    def save_slowly() -> None:
        for part in range(10):
            path.write_text("x" * part, encoding="utf-8")
            time.sleep(0.005)

    saving = threading.Thread(target=save_slowly)
    saving.start()
    assert watcher.wait() == {str(path)}
    saving.join()
    assert waiting(watcher, 0.3).result() == set()
