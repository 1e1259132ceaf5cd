"""Killed at any moment, on a full disk or twice at once, a build leaves a whole earlier or a whole new site."""

import contextlib
import errno
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin import publish as publishing
from briefing.mkdocs_plugin.publish import begin_in_place, publish, publish_target, staging_folder
from briefing.verification.checksums import verify_checksums, write_checksums
from tests.conftest import PORT_LEASE
from tests.previews import waited_for
from tests.sampling import chance, how_many, of_all
from tests.sites import PROJECT, make_buildable, tree
from tests.small import write_small
from tests.stopped import Forked

LOOKS = ("blue", "red")  # the primary colour of the theme, which every page names
Tree = dict[str, tuple[int, bytes]]


def build(folder: Path) -> "subprocess.CompletedProcess[str]":
    return run("briefing", "build", str(folder))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(command(*arguments), cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@dataclass(frozen=True)
class Lease:
    """A briefing that is built in two looks in turn, and its site in each; each build is a process of its own.

    Where kills and pairs are tried, it has a site of two pages that is made in no time; the rest is as ever.
    """

    folder: Path
    sites: dict[str, Tree]
    two_pages: bool

    def begin(self, *stop: int, most: int = 0) -> Forked:
        return Forked(self.folder, *stop, two_pages=self.two_pages, most=most)

    def build(self, *, most: int = 0) -> "subprocess.CompletedProcess[str]":
        return self.begin(most=most).ended()

    def stopped(self, step: int = 0, error: int = 0, number: int = signal.SIGKILL) -> "subprocess.CompletedProcess[str]":
        return self.begin(step, error, number).ended()

    def look(self, colour: str) -> None:
        settings = self.folder / "mkdocs.yml"
        text = re.sub(r"(  palette: .*\n)?  font:", f"  palette: {{primary: {colour}}}\n  font:", settings.read_text("utf-8"))
        assert colour in text
        settings.write_text(text, "utf-8")

    def shown(self) -> str | None:
        """The look of the site that stands there, which is whole; None where there is none."""
        site = self.folder / "site"
        if not site.exists():
            return None
        assert verify_checksums(site) == []
        (look,) = (look for look, whole in self.sites.items() if tree(site) == whole)
        return look

    def start_over(self) -> str:
        """Sets the other look than that of the site that stands there, and returns that one."""
        before = self.shown()
        assert before is not None
        self.look(LOOKS[1 - LOOKS.index(before)])
        return before

    def rubbish(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.name.startswith("."))


def lease_in(folder: Path, two_pages: bool = False) -> Lease:
    make = write_small if two_pages else lambda to: make_buildable(Path(shutil.copytree(PORT_LEASE, to)))
    lease = Lease(make(folder), {}, two_pages)
    for look in LOOKS:
        lease.look(look)
        assert lease.build().returncode == 0
        lease.sites[look] = tree(lease.folder / "site")
    one, other = (lease.sites[look] for look in LOOKS)
    assert all(one[name] != other[name] for name in one if name.endswith(".html") and name != "404.html")
    return lease


@pytest.fixture(scope="module")
def lease(tmp_path_factory: pytest.TempPathFactory) -> Lease:
    return lease_in(tmp_path_factory.mktemp("exchange") / "port_lease")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Lease:
    return lease_in(tmp_path_factory.mktemp("small") / "port", two_pages=True)


def steps_of(lease: Lease) -> list[str]:
    """What a build does to the disk, step by step; the exchange is at the step `renameat2`."""
    lease.start_over()
    told = lease.stopped().stdout.splitlines()
    assert told[0] == "write"
    assert told.count("renameat2") == 1
    return told


@pytest.fixture(scope="module")
def steps(lease: Lease) -> list[str]:
    return steps_of(lease)


@pytest.fixture(scope="module")
def few_steps(small: Lease) -> list[str]:
    return steps_of(small)


# killed


def killed_at(lease: Lease, moments: Iterable[int]) -> list[bool]:
    """Kills a build at each step, and says of each whether the new site stood there then; it is whole, or the earlier is."""
    new = []
    for step in moments:
        before = lease.start_over()
        shutil.rmtree(lease.folder / ".site.building", ignore_errors=True)  # to clear it away would be steps of its own
        assert lease.stopped(step).returncode == -signal.SIGKILL
        new.append(lease.shown() != before)
    return new


def killed_after(lease: Lease, seconds: Iterable[float]) -> int:
    """Kills a build after each time, and says how many were still running then."""
    killed = 0
    for wait in seconds:
        before = lease.start_over()
        with subprocess.Popen(command("briefing", "build", str(lease.folder)), cwd=PROJECT, stderr=subprocess.PIPE) as running:
            time.sleep(wait)
            running.kill()
        killed += running.returncode == -signal.SIGKILL
        assert lease.shown() in LOOKS if running.returncode else lease.shown() != before
    return killed


def is_tidy(lease: Lease) -> bool:
    lease.start_over()
    return lease.build().returncode == 0 and lease.rubbish() == []


def test_a_build_killed_around_the_exchange_leaves_a_whole_site_and_the_next_one_is_tidy(
    small: Lease, few_steps: list[str]
) -> None:
    exchange, last = few_steps.index("renameat2") + 1, len(few_steps)
    at = [1, exchange // 2, *range(exchange - 10, exchange + 1), *range(exchange + 1, last), last]
    assert killed_at(small, at) == [step > exchange for step in at]
    assert is_tidy(small)


def test_a_build_by_mkdocs_killed_at_the_exchange_leaves_the_earlier_site_and_just_after_it_the_new_one(
    lease: Lease, steps: list[str]
) -> None:
    exchange = steps.index("renameat2") + 1
    assert killed_at(lease, [exchange, exchange + 1]) == [False, True]
    assert is_tidy(lease)


@pytest.mark.long
def test_a_hundred_kills_leave_a_hundred_whole_sites(lease: Lease, steps: list[str]) -> None:
    exchange, last = steps.index("renameat2") + 1, len(steps)
    kills = [*range(exchange - 14, exchange + 16), *(1 + k * (last - 1) // 29 for k in range(30))]
    at_steps = of_all(kills, 6, "kills at steps")
    assert killed_at(lease, at_steps) == [step > exchange for step in at_steps]
    random = chance("kills after a time")
    start = time.monotonic()
    lease.start_over()
    assert build(lease.folder).returncode == 0
    lasts = time.monotonic() - start
    killed, tries = 0, 0
    while killed < how_many(40, 4) and tries < 200:
        killed += killed_after(lease, [random.uniform(0, lasts)])
        tries += 1
    assert len(at_steps) + killed == how_many(100, 10)
    assert is_tidy(lease)


@pytest.mark.parametrize("part", [0.5, 0.1, 1, 0.9])
def test_the_first_build_of_all_leaves_no_site_or_a_whole_one(small: Lease, few_steps: list[str], part: float) -> None:
    first_of_all(small, few_steps, part)


@pytest.mark.long
@pytest.mark.parametrize("part", [0.5, 0.1, 1, 0.9])
def test_the_first_build_of_all_by_mkdocs_leaves_no_site_or_a_whole_one(lease: Lease, steps: list[str], part: float) -> None:
    first_of_all(lease, steps, part)


def first_of_all(lease: Lease, steps: list[str], part: float) -> None:
    shutil.rmtree(lease.folder / "site")
    before = steps[: steps.index("renameat2")]
    assert lease.stopped(round(part * len(before))).returncode == -signal.SIGKILL
    assert lease.shown() is None
    assert lease.build().returncode == 0
    assert lease.shown() in LOOKS
    assert lease.rubbish() == []


def test_an_earlier_site_that_a_killed_build_had_put_aside_is_put_back(tmp_path: Path) -> None:
    aside = tmp_path / ".site.building" / "site.earlier"
    aside.mkdir(parents=True)
    (aside / "which").write_text("earlier", "utf-8")
    (tmp_path / ".site.building" / "site").mkdir()
    with pytest.raises(KeyError), staging_folder(tmp_path / "site"):
        raise KeyError
    assert (tmp_path / "site" / "which").read_text("utf-8") == "earlier"
    assert os.listdir(tmp_path) == ["site"]


# told to stop


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_a_build_told_to_stop_leaves_the_earlier_site_or_the_new_one_and_nothing_else(
    small: Lease, few_steps: list[str], number: signal.Signals
) -> None:
    exchange, last = few_steps.index("renameat2") + 1, len(few_steps)
    for step in (1, 3, exchange // 2, exchange - 1, exchange, *range(exchange + 1, last + 1)):
        before = small.start_over()
        done = small.stopped(step, number=number)
        assert done.returncode == 128 + number, (step, done)
        assert (done.stdout, done.stderr) == ("", "")
        assert (small.shown() != before) == (step > exchange), step
        assert small.rubbish() == [], step


def test_a_build_by_mkdocs_told_to_stop_leaves_the_earlier_site(lease: Lease, steps: list[str]) -> None:
    exchange = steps.index("renameat2") + 1
    for step in (exchange // 3, exchange // 2):
        before = lease.start_over()
        assert lease.stopped(step, number=signal.SIGTERM).returncode == 128 + signal.SIGTERM
        assert lease.shown() == before
        assert lease.rubbish() == []


def test_a_signal_between_two_renames_loses_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = folders(tmp_path)
    monkeypatch.setattr(publishing, "_exchange_folders", lambda new, old: False)
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path == new:
            raise SystemExit(128 + signal.SIGTERM)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(SystemExit):
        publish(new, old)
    assert names(old) == ["old"]


# two at once


def pairs(folder: Path, count: int, two_pages: bool = False) -> None:
    """Builds two briefings into one place at the same time; both end well, and the site is the one or the other."""
    one, other = (lease_in(folder / name, two_pages) for name in ("one", "other"))
    one.look(LOOKS[0])
    other.look(LOOKS[1])
    public = folder / "public" / "site"
    for lease in (one, other):
        with (lease.folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
            settings.write(f"site_dir: {public}\n")
    whole = []
    for lease in (one, other):
        assert lease.build().returncode == 0
        whole.append(tree(public))
    assert whole[0] != whole[1]
    for _ in range(count):
        ended = [running.ended() for running in [lease.begin() for lease in (one, other)]]
        assert [done.returncode for done in ended] == [0, 0], ended
        assert tree(public) in whole
        assert verify_checksums(public) == []
        assert os.listdir(public.parent) == ["site"]


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    pairs(tmp_path, 10, two_pages=True)


@pytest.mark.long
def test_fifty_pairs_at_once_leave_fifty_whole_sites(tmp_path: Path) -> None:
    pairs(tmp_path, how_many(50, 3))


def test_a_build_that_waits_for_another_says_so_and_then_builds(small: Lease) -> None:
    before = small.start_over()
    with staging_folder(small.folder / "site"):
        waiting = small.begin()
        assert waited_for(lambda: "another build of this site is running" in waiting.said.read_text("utf-8"))
        assert small.shown() == before
    assert waiting.ended().returncode == 0
    assert small.shown() not in (before, None)


def test_a_lock_file_that_its_holder_deleted_locks_nothing(tmp_path: Path) -> None:
    """Who waited for it must not build at the same time as one who came later and made a new lock file."""
    path, holds, may_end = tmp_path / "lock", threading.Event(), threading.Event()

    def hold() -> None:
        with publishing._build_lock(path):
            holds.set()
            assert may_end.wait(60)

    with ThreadPoolExecutor(1) as other, caught_waiting() as waits:
        with publishing._build_lock(path):
            second = other.submit(hold)
            assert waits.wait(60)
        assert holds.wait(60)
        assert path.exists()
        with pytest.raises(Timeout):
            FileLock(path).acquire(blocking=False)
        may_end.set()
        second.result(60)
    assert not path.exists()


@contextlib.contextmanager
def caught_waiting() -> Iterator[threading.Event]:
    """An event that is set as soon as a build says that it waits for its turn."""
    waits = threading.Event()

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            waits.set()

    heard = Heard()
    publishing.log.addHandler(heard)
    yield waits
    publishing.log.removeHandler(heard)


# what the disk refuses


def refused(lease: Lease, step: int, error: int) -> str:
    """Has a build fail at a step and returns what it says last; nothing lies about, and the earlier site is as it was.

    Where no write was needed after all (a folder that was there), there is nothing to say, and the new site is whole.
    """
    before = lease.start_over()
    done = lease.stopped(step, error)
    assert lease.rubbish() == []
    assert (done.returncode, lease.shown() == before) in ((2, True), (0, False)), done.stderr
    return done.stderr if done.returncode else ""


def writing(steps: list[str]) -> list[int]:
    """The steps before the exchange at which something is written."""
    return [n for n, told in enumerate(steps[: steps.index("renameat2")], 1) if told != "open"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errno.ENOSPC, "there is no room left on the disk"),
        pytest.param(errno.EACCES, "permission denied", marks=pytest.mark.long),
        pytest.param(errno.EROFS, "this disk is read-only", marks=pytest.mark.long),
    ],
)
def test_a_disk_that_refuses_is_told_and_the_earlier_site_stays(lease: Lease, steps: list[str], error: int, words: str) -> None:
    moments = writing(steps)
    said = [refused(lease, step, error) for step in (moments[0], moments[1], moments[len(moments) // 2], moments[-1])]
    assert [told for told in said if words not in told] == []


@pytest.mark.long
def test_a_disk_that_is_full_at_any_step_leaves_the_earlier_site(lease: Lease, steps: list[str]) -> None:
    said = [refused(lease, step, errno.ENOSPC) for step in of_all(writing(steps)[::8], 6, "a full disk")]
    assert sum("there is no room" in told for told in said) >= how_many(21, 1)
    assert {told for told in said if "there is no room" not in told} <= {""}


@pytest.mark.parametrize("most", [1_000, 30_000, 100_000])
def test_a_file_cut_short_by_the_system_leaves_the_earlier_site(lease: Lease, most: int) -> None:
    before = lease.start_over()
    done = lease.build(most=most)
    assert done.returncode == 2
    assert re.search(r"\.site\.building/site/\S+: there is no room left on the disk", done.stderr)
    assert lease.shown() == before
    assert lease.rubbish() == []


# the place


def test_two_folders_change_places(tmp_path: Path) -> None:
    new, old = folders(tmp_path)
    publish(new, old)
    assert (names(old), names(new)) == (["new"], ["old"])


def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name, encoding="utf-8")
    return tmp_path / "new", tmp_path / "old"


def names(folder: Path) -> list[str]:
    return os.listdir(folder)


def test_a_system_without_exchange_takes_two_steps_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    new, old = folders(tmp_path)
    monkeypatch.setattr(publishing, "_exchange_folders", lambda new, old: False)
    publish(new, old)
    assert names(old) == ["new"]
    assert "for an instant there is no site" in caplog.text


WITHOUT_FCNTL = """\
import sys
sys.modules["fcntl"] = None
from pathlib import Path
from briefing.mkdocs_plugin import publish
publish._IS_WINDOWS = True
target = Path(sys.argv[1])
for text in ("one", "two"):
    with publish.staging_folder(target) as staged:
        staged.mkdir()
        (staged / "index.html").write_text(text)
        publish.publish(staged, target)
"""


def test_a_site_is_published_on_a_system_that_has_neither_file_locks_nor_an_exchange(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", WITHOUT_FCNTL, str(tmp_path / "site")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "for an instant there is no site" in done.stderr
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "two"
    assert os.listdir(tmp_path) == ["site"]


def test_where_the_second_of_two_steps_fails_the_first_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, old = folders(tmp_path)
    monkeypatch.setattr(publishing, "_exchange_folders", lambda new, old: False)
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "gone", old)
    assert names(old) == ["old"]


@pytest.mark.parametrize(("code", "fallback"), [(errno.EINVAL, True), (errno.ENOSYS, True), (errno.EBUSY, False)])
def test_only_a_file_system_that_cannot_exchange_gets_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fallback: bool
) -> None:
    class Libc:
        def renameat2(self, *_: object) -> int:
            publishing.ctypes.set_errno(code)
            return -1

    monkeypatch.setattr(publishing.ctypes, "CDLL", lambda *_, **__: Libc())
    new, old = folders(tmp_path)
    if fallback:
        publish(new, old)
    else:
        with pytest.raises(OSError, match="busy"):
            publish(new, old)
    assert names(old) == (["new"] if fallback else ["old"])


def test_the_swap_of_another_system_is_used_where_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Libc:
        def renamex_np(self, *arguments: object) -> int:
            asked.append(arguments)
            return 0

    monkeypatch.setattr(publishing.ctypes, "CDLL", lambda *_, **__: Libc())
    new, old = folders(tmp_path)
    publish(new, old)
    assert asked == [(os.fsencode(new), os.fsencode(old), 2)]


def test_a_site_behind_a_link_is_exchanged_there_and_the_link_stays(small: Lease, tmp_path: Path) -> None:
    lease, real = small, tmp_path / "releases" / "today"
    shutil.copytree(lease.folder / "site", real)
    shutil.rmtree(lease.folder / "site")
    (lease.folder / "site").symlink_to(real)
    before = lease.start_over()
    assert lease.build().returncode == 0
    assert (lease.folder / "site").is_symlink()
    assert lease.shown() not in (before, None)
    assert names(real.parent) == ["today"]
    (lease.folder / "site").unlink()
    real.rename(lease.folder / "site")


def test_a_place_that_is_none_for_a_site_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    for inside in ("other/mine.txt", "branch/ledger.json", "branch/.git", "site/ledger.json", "site/sub/a.html"):
        (tmp_path / inside).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / inside).write_text("mine", "utf-8")
    write_checksums(tmp_path / "site", {})
    begin_in_place(tmp_path / "half")
    (tmp_path / "half" / "index.html").write_text("half", "utf-8")
    (tmp_path / "empty").mkdir()
    for name, words in (("file", "is not a folder"), ("other", "is not a site"), ("branch", ".git")):
        refusal = publish_target(str(tmp_path / name))
        assert isinstance(refusal, Problem)
        assert refusal.location.file.path.endswith(name)
        assert words in refusal.message
        assert refusal.help
    refusal = publish_target("/")
    assert isinstance(refusal, Problem)
    assert "mount point" in refusal.message
    for name in ("empty", "site", "half", "not-there-yet"):
        assert publish_target(str(tmp_path / name)) == tmp_path / name


@pytest.mark.parametrize("inside", ["assets/a.css", "404.html", "ledger.json", "SHA256SUMS", "index.html", ".hidden"])
def test_a_folder_with_a_file_that_a_site_has_too_is_none_yet(tmp_path: Path, inside: str) -> None:
    for name in (inside, "thesis.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine", "utf-8")
    refusal = publish_target(str(tmp_path))
    assert isinstance(refusal, Problem)
    assert "this folder holds files, and is not a site" in refusal.message


@pytest.mark.parametrize("name", ["CNAME", "notes.txt", "clauses/draft.html", "old/a.txt"])
@pytest.mark.parametrize("builds", ["briefing", "mkdocs"])
def test_a_file_that_somebody_put_into_the_site_stops_the_build_that_would_lose_it(
    built_lease: Path, tmp_path: Path, name: str, builds: str
) -> None:
    folder = Path(shutil.copytree(built_lease, tmp_path / "copy"))
    added = folder / "site" / name
    added.parent.mkdir(exist_ok=True)
    added.write_text("mine", "utf-8")
    before = tree(folder / "site")
    done = build(folder) if builds == "briefing" else run("mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"))
    assert done.returncode == (2 if builds == "briefing" else 1)
    said = done.stdout + done.stderr
    assert f"site/{name}: " in said or f"site/{name}:1:1" in said
    assert "no build put this file into the site" in said
    assert f"docs/{name}" in said
    assert tree(folder / "site") == before
    assert added.read_text("utf-8") == "mine"


def test_a_hidden_file_stops_the_build_that_would_lose_it_and_not_mkdocs_which_keeps_it(
    built_lease: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(built_lease, tmp_path / "copy"))
    (folder / "site" / ".nojekyll").write_text("", "utf-8")
    assert build(folder).returncode == 2
    assert run("mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")).returncode == 0
    assert (folder / "site" / ".nojekyll").exists()


def test_what_a_system_puts_into_a_folder_stops_no_build(small: Lease) -> None:
    small.start_over()
    (small.folder / "site" / ".DS_Store").write_text("", "utf-8")
    assert small.build().returncode == 0


def test_mkdocs_empties_no_folder_but_a_site(built_lease: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built_lease, tmp_path / "copy"))
    for name in ("keep/assets/a.css", "keep/thesis.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine", "utf-8")
    before = tree(folder / "keep")
    done = run("mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"), "-d", "keep")
    assert done.returncode == 1
    assert "this folder holds files, and is not a site" in done.stdout + done.stderr
    assert tree(folder / "keep") == before


def test_what_mkdocs_left_when_it_was_killed_stops_no_build(built_lease: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built_lease, tmp_path / "copy", ignore=shutil.ignore_patterns("site")))
    hook = "import os, signal\ndef on_nav(*_, **__):\n    return None\ndef on_env(*_, **__):\n    pass\n"
    hook += "def on_page_context(*_, **__):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "hook.py").write_text(hook, "utf-8")
    (folder / "mkdocs.yml").write_text(settings + "hooks: [hook.py]\n", "utf-8")
    killed = run("mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"))
    assert killed.returncode == -signal.SIGKILL
    assert (folder / "site" / "assets").is_dir()
    assert not (folder / "site" / "SHA256SUMS").exists()
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    assert run("mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")).returncode == 0
    assert verify_checksums(folder / "site") == []
    assert build(folder).returncode == 0


@pytest.mark.parametrize("settings", [None, "site_name: [\n", "site_dir: x\n", "site_name: x\ntheme: {name: no-such-theme}\n"])
def test_settings_that_cannot_be_used_mean_could_not_run(small: Lease, tmp_path: Path, settings: str | None) -> None:
    folder = Path(shutil.copytree(small.folder, tmp_path / "copy"))
    (folder / "mkdocs.yml").unlink()
    if settings is not None:
        (folder / "mkdocs.yml").write_text(settings, "utf-8")
    done = Forked(folder).ended()
    assert done.returncode == 2
    assert re.search(r"^(error: .*\n -->|briefing:) \S*mkdocs\.yml:", done.stderr, re.MULTILINE)
