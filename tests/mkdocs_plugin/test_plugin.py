"""MkDocs through the plugin: a wrong fact stops a build in every mode and leaves the earlier site; a preview lives on."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.mkdocs_plugin.project import site_date
from briefing.verification.html_reader import read_page
from tests.dossiers import write_dossier
from tests.sites import make_buildable

BROKEN = ("we sold nothing", "we sold something")


def mkdocs(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "mkdocs", *arguments]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300)


def break_a_fact(folder: Path) -> None:
    path = folder / "facts" / "reactions.yaml"
    text = path.read_text(encoding="utf-8")
    assert BROKEN[0] in text
    path.write_text(text.replace(*BROKEN), encoding="utf-8")


def snapshot(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_right_dossier_builds_strictly_and_without_a_word_of_warning(copy_of_port_lease: Path) -> None:
    done = mkdocs(make_buildable(copy_of_port_lease), "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr + done.stdout
    assert (copy_of_port_lease / "site" / "clauses" / "index.html").is_file()
    assert (copy_of_port_lease / "site" / "ledger.json").is_file()
    assert list((copy_of_port_lease / "docs").iterdir()) == []


@pytest.mark.parametrize("flags", [(), ("-s",), ("-q",), ("-q", "-s"), ("-v", "-s")], ids=" ".join)
def test_a_wrong_fact_stops_the_build_in_every_mode(copy_of_port_lease: Path, flags: tuple[str, ...]) -> None:
    folder = make_buildable(copy_of_port_lease)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("the earlier site", encoding="utf-8")
    before = snapshot(folder / "site")
    break_a_fact(folder)
    done = mkdocs(folder, "build", *flags)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert said.count("error[quote-is-verbatim]") == 1
    assert "facts/reactions.yaml:" in said
    assert "Traceback" not in said
    assert snapshot(folder / "site") == before


def test_a_preview_starts_on_wrong_facts_serves_the_right_ones_and_takes_the_mended(copy_of_port_lease: Path) -> None:
    folder = make_buildable(copy_of_port_lease)
    right = (folder / "facts" / "reactions.yaml").read_text(encoding="utf-8")
    break_a_fact(folder)
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{free_port()}"]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    log = folder / "serve.log"
    with log.open("w") as out, subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out) as server:
        try:
            address = waited_for(lambda: re.search(r"Serving on (http://\S+)", log.read_text()))[1]
            assert "error[quote-is-verbatim]" in log.read_text()
            assert "kern-nothing-lost" not in read_page(page(f"{address}reactions/")).ids
            assert "harbour" in page(f"{address}clauses/")
            (folder / "facts" / "reactions.yaml").write_text(right, encoding="utf-8")
            assert waited_for(lambda: "kern-nothing-lost" in read_page(page(f"{address}reactions/")).ids)
        finally:
            server.terminate()


@pytest.mark.parametrize(
    ("issued", "day"),
    [
        (("2031-04-02", "2031-03"), (2031, 4, 2)),
        (("2031-04-02", "2031-04"), (2031, 4, 30)),
        (("not stated", "2031-04-02T23:30Z"), (2031, 4, 2)),
        (("not stated", "not stated"), (1980, 1, 1)),
        (("1848", "not stated"), (1980, 1, 1)),
        (("2031/..", "2031"), (2100, 1, 1)),
    ],
)
def test_a_site_has_the_date_of_its_latest_source(tmp_path: Path, issued: tuple[str, str], day: tuple[int, int, int]) -> None:
    folder = write_dossier(tmp_path, {}, {"gazette": "The lease is signed.\n", "wire": "It is signed.\n"})
    sources = folder / "facts" / "sources.yaml"
    first, last = sources.read_text("utf-8").split("\n\n")
    sources.write_text("\n\n".join(text.replace("2031-04-02", day) for text, day in zip((first, last), issued, strict=True)))
    assert site_date(read_dossier(folder)).date() == date(*day)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


def waited_for(found, seconds: int = 60):  # type: ignore[no-untyped-def]
    """What `found` returns as soon as it is true."""
    until = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.2)
    return result
