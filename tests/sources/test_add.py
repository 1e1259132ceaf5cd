"""`briefing source add`: what stands in the folder afterwards, what the record says of itself, and what is refused."""

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.cli import main
from briefing.loading.dossier_reader import read_dossier
from briefing.model.record import Record
from briefing.model.usage import paragraph_coverage
from briefing.rules.registry import check
from briefing.sources.add import append_text
from tests.documents import PAGE, pdf
from tests.dossiers import write_dossier


def add(folder: Path, *arguments: str | Path, input: bytes | None = None) -> Result:
    words = ["source", "add", *map(str, arguments), "--dir", str(folder)]
    return CliRunner().invoke(main, words, input=input, catch_exceptions=False)


def record(folder: Path, id: str) -> Record:
    found = read_dossier(folder).facts["sources"][id]
    assert isinstance(found, Record)
    return found


def only_undisposed(folder: Path, id: str) -> int:
    """How many paragraphs of a source wait to be read; nothing else may be wrong."""
    problems = check(read_dossier(folder)).problems
    assert {(problem.rule, problem.fact) for problem in problems} <= {("paragraph-is-disposed", id)}, problems
    dossier = read_dossier(folder)
    return sum(one.is_open for one in paragraph_coverage(dossier, dossier.sources[id], dossier.quote_index.uses_of_source(id)))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "Harbour Story.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_becomes_a_seed_a_kept_document_and_a_record(copy_of_port_lease: Path, page: Path) -> None:
    before = (copy_of_port_lease / "facts/sources.yaml").read_bytes()
    result = add(copy_of_port_lease, page)
    assert result.exit_code == 0, result.output
    assert "14 paragraphs to read, quote or leave out" in result.stderr
    assert only_undisposed(copy_of_port_lease, "harbour-story") == 14
    assert (copy_of_port_lease / "facts/sources.yaml").read_bytes().startswith(before)
    found = record(copy_of_port_lease, "harbour-story")
    assert found.sha256 == hashlib.sha256((copy_of_port_lease / "seeds/harbour-story.txt").read_bytes()).hexdigest()
    kept = copy_of_port_lease / "received/harbour-story.html"
    assert (kept.read_bytes(), found.received_sha256) == (page.read_bytes(), hashlib.sha256(page.read_bytes()).hexdigest())
    assert found.received_as == "Harbour Story.html"
    assert found.left_out == ()


def test_a_kept_document_that_was_altered_is_a_problem_and_one_deleted_is_none(copy_of_port_lease: Path, page: Path) -> None:
    add(copy_of_port_lease, page)
    kept = copy_of_port_lease / "received/harbour-story.html"
    kept.write_text(PAGE.replace("Vessia agreed", "Vessia refused"), encoding="utf-8")
    problems = [p for p in check(read_dossier(copy_of_port_lease)).problems if p.rule == "source-is-unchanged"]
    assert [(p.message, p.fact) for p in problems] == [
        ("received/harbour-story.html is not the document that the seed was made from", "harbour-story")
    ]
    assert problems[0].location.line_text.strip().startswith("received-sha256: ")
    kept.unlink()
    only_undisposed(copy_of_port_lease, "harbour-story")


def test_what_the_text_prints_is_stated_and_the_rest_only_told_as_basis(copy_of_port_lease: Path, page: Path) -> None:
    add(copy_of_port_lease, page)
    found = record(copy_of_port_lease, "harbour-story")
    assert (found.title_, found.author) == ("Vessia Leases Halden Harbour", "Ilse Vanter")
    assert found.basis["author"] == "Printed in the seed in paragraph 2; the page's metadata (author) says what it is."
    assert (found.container_title, found.publisher, found.url) == ("not stated",) * 3
    assert found.basis["publisher"] == "The page's linked data (publisher) says: Gazette Ltd, which the seed does not print."
    assert (found.issued, found.issued_as_written) == ("2031-04-02", "Wednesday 2 April")
    assert (found.accessed, found.language) == ("not stated", "en")


def test_a_date_that_the_text_does_not_print_is_not_stated(copy_of_port_lease: Path, page: Path) -> None:
    page.write_text(PAGE.replace("Wednesday 2 April", "Wednesday"), encoding="utf-8")
    add(copy_of_port_lease, page)
    assert record(copy_of_port_lease, "harbour-story").issued == "2031-04-02"  # as the time element prints it: Wednesday
    page.write_text(PAGE.replace("<time ", "<b ").replace("lease its", "let its"), encoding="utf-8")
    add(copy_of_port_lease, page, "--id", "again")
    found = record(copy_of_port_lease, "again")
    assert found.issued == "not stated"
    assert "says: 2031-04-02T09:00:00Z" in found.basis["issued"]


def test_a_printed_date_in_english_is_found(copy_of_port_lease: Path, page: Path) -> None:
    page.write_text(PAGE.replace("She left.", "Published April 2, 2031.").replace("<time ", "<b "), encoding="utf-8")
    add(copy_of_port_lease, page)
    assert record(copy_of_port_lease, "harbour-story").issued_as_written == "April 2, 2031"


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("ru", "2 апреля 2031 года"),
        ("hy", "2 ապրիլի 2031"),
        ("ar", "2 أبريل 2031"),
        ("zh", "2031年4月2日"),
        ("de", "2. April 2031"),
        ("no-such", "02.04.2031"),
    ],
)
def test_a_date_printed_in_words_of_the_documents_language_is_found(
    copy_of_port_lease: Path, page: Path, language: str, printed: str
) -> None:
    html = PAGE.replace("She left.", f"{printed}.").replace("<time ", "<b ").replace('lang="en"', f'lang="{language}"')
    page.write_text(html, encoding="utf-8")
    add(copy_of_port_lease, page)
    found = record(copy_of_port_lease, "harbour-story")
    assert found.issued == "2031-04-02"
    assert str(found.issued_as_written) in printed


def test_a_text_is_kept_byte_for_byte_and_nothing_is_guessed_of_it(copy_of_port_lease: Path) -> None:
    text = "By Odile Kern\r\n\r\nThe lease stands.\n"
    assert add(copy_of_port_lease, "-", "--id", "note", "--language", "en", input=text.encode()).exit_code == 0
    assert (copy_of_port_lease / "seeds/note.txt").read_bytes() == text.encode()
    assert not (copy_of_port_lease / "received").exists()
    found = record(copy_of_port_lease, "note")
    assert (found.author, found.made, found.received_as) == ("not stated", None, None)
    assert only_undisposed(copy_of_port_lease, "note") == 2


def test_a_pdf_becomes_a_source(copy_of_port_lease: Path, tmp_path: Path) -> None:
    (tmp_path / "statement.pdf").write_bytes(pdf(["A Statement", "Vessia signed."], title="A Statement"))
    assert add(copy_of_port_lease, tmp_path / "statement.pdf", "--label", "The statement: two words").exit_code == 0
    found = record(copy_of_port_lease, "statement")
    assert (found.title_, found.issued, found.label) == ("A Statement", "not stated", "The statement: two words")
    assert "the PDF's properties (CreationDate) says: 2031-04-02".lower() in found.basis["issued"].lower()
    assert only_undisposed(copy_of_port_lease, "statement") == 2


def test_a_first_source_makes_the_file(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    assert add(tmp_path, "-", "--id", "note", input=b"One.\n").exit_code == 0
    assert only_undisposed(tmp_path, "note") == 1
    assert record(tmp_path, "note").language == "und"


def test_an_address_needs_the_day_it_was_taken(copy_of_port_lease: Path) -> None:
    refused = add(copy_of_port_lease, "-", "--id", "note", "--url", "https://wire.example/1", input=b"One.\n")
    assert (refused.exit_code, "--accessed" in refused.stderr) == (2, True)
    words = ("--url", "https://wire.example/1", "--accessed", "2031-04-05")
    assert add(copy_of_port_lease, "-", "--id", "note", *words, input=b"One.\n").exit_code == 0
    assert (record(copy_of_port_lease, "note").url, record(copy_of_port_lease, "note").accessed) == (words[1], words[3])
    only_undisposed(copy_of_port_lease, "note")


def test_an_address_that_the_text_does_not_print_needs_its_day(copy_of_port_lease: Path) -> None:
    words = ("--url", "https://wire.example/1", "--accessed", "2031-04-05")
    add(copy_of_port_lease, "-", "--id", "note", *words, input=b"One.\n")
    path = copy_of_port_lease / "facts/sources.yaml"
    path.write_text(path.read_text("utf-8").replace("accessed: 2031-04-05", "accessed: not stated"), encoding="utf-8")
    problems = check(read_dossier(copy_of_port_lease)).problems
    assert [p.location.line_text.strip() for p in problems if p.rule == "quote-is-verbatim"] == ["url: https://wire.example/1"]


@pytest.mark.parametrize(
    ("arguments", "input", "says"),
    [
        (("-", "--id", "wire"), b"One.\n", "`wire` is already the id"),
        (("-", "--id", "kern"), b"One.\n", "`kern` is already the id"),
        (("-",), b"One.\n", "choose an id with --id"),
        (("-", "--id", "Über"), b"One.\n", "cannot be an id"),
        (("-", "--id", "con"), b"One.\n", "cannot be an id"),
        (("-", "--id", "note", "--label", "a\u202eb"), b"One.\n", "could not be read"),
        (("-", "--id", "note", "--accessed", "yesterday"), b"One.\n", "is not a date"),
        (("-", "--id", "note"), b"PK\x03\x04", "word processor"),
        (("https://wire.example/",), b"", "add `--fetch`, as in `--fetch https://wire.example/`"),
        (("no-such-file.txt",), b"", "no-such-file.txt: there is no such file"),
        (("file:///etc/hostname", "--fetch"), b"", "is not a web address"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    copy_of_port_lease: Path, arguments: tuple[str, ...], input: bytes, says: str
) -> None:
    before = files_of(copy_of_port_lease)
    result = add(copy_of_port_lease, *arguments, input=input)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert files_of(copy_of_port_lease) == before


def test_the_same_text_is_not_added_twice(copy_of_port_lease: Path, page: Path) -> None:
    seed = (copy_of_port_lease / "seeds/wire.txt").read_bytes()
    assert "the source `wire` is exactly this text" in add(copy_of_port_lease, "-", "--id", "other", input=seed).stderr
    add(copy_of_port_lease, page)
    assert "`harbour-story` is exactly this text" in add(copy_of_port_lease, page, "--id", "other").stderr


def test_a_seed_that_lies_there_is_not_written_over(copy_of_port_lease: Path) -> None:
    (copy_of_port_lease / "seeds/note.txt").write_text("Mine.\n", encoding="utf-8")
    assert "seeds/note.txt already exists" in add(copy_of_port_lease, "-", "--id", "note", input=b"One.\n").stderr
    assert (copy_of_port_lease / "seeds/note.txt").read_text(encoding="utf-8") == "Mine.\n"


def test_a_hostile_document_exits_1_with_the_place(copy_of_port_lease: Path) -> None:
    result = add(copy_of_port_lease, "-", "--id", "note", input="Kern \u202espoke.\n".encode())
    assert result.exit_code == 1
    assert "--> the document:1:6" in result.stderr
    assert "\u202e" not in result.output


def test_a_file_of_sources_that_is_not_read_is_left_alone(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / "facts/sources.yaml"
    path.write_text(path.read_text("utf-8") + "half: [typed\n", encoding="utf-8")
    before = files_of(copy_of_port_lease)
    assert "briefing check" in add(copy_of_port_lease, "-", "--id", "note", input=b"One.\n").stderr
    assert files_of(copy_of_port_lease) == before


def test_a_disk_that_refuses_the_record_leaves_no_seed(copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, replace = files_of(copy_of_port_lease), os.replace

    def full(source: str, target: Path) -> None:
        if Path(target).name == "sources.yaml":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert "nothing was added" in add(copy_of_port_lease, "-", "--id", "note", input=b"One.\n").stderr
    assert files_of(copy_of_port_lease) == before


@given(st.text(alphabet="a: #\n", max_size=40), st.booleans())
def test_what_stood_in_the_file_stands_there_still(before: str, windows: bool) -> None:
    bytes_ = before.replace("\n", "\r\n" if windows else "\n").encode()
    assert append_text(bytes_, "id:\n  label: x\n").startswith(bytes_)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_whatever_a_page_tells_of_itself_the_record_is_read(tmp_path_factory: pytest.TempPathFactory, told: str) -> None:
    folder = write_dossier(tmp_path_factory.mktemp("any"), {}, {})
    shown = told.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("\0", "")
    html = f'<html><head><title>{shown}</title><meta name="author" content="{shown}"></head><p>Words of {shown}</p></html>'
    result = add(folder, "-", "--id", "any", input=html.encode())
    assert result.exit_code == 1 or only_undisposed(folder, "any")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes")
def test_a_file_name_that_is_not_utf_8_is_no_traceback(copy_of_port_lease: Path) -> None:
    path = copy_of_port_lease / os.fsdecode(b"\xff.html")
    path.write_bytes(b"<html><p>Word.")
    result = add(copy_of_port_lease, path, "--id", "odd", "--label", "Odd \udcff")
    assert result.exit_code == 0, result.output
    assert (record(copy_of_port_lease, "odd").received_as, record(copy_of_port_lease, "odd").label) == ("?.html", "Odd ?")


# The web: only a server of this machine's own


class Harbour(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/stories/harbour.html")
            self.end_headers()
            return
        self.send_response(200 if "harbour" in self.path else 404)
        self.send_header("Content-Type", "text/html; charset=windows-1251")
        self.end_headers()
        self.wfile.write("<html><p>Гавань сдана.</p></html>".encode("cp1251"))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Harbour) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def test_a_fetched_document_keeps_its_address_and_day(copy_of_port_lease: Path, server: str) -> None:
    with time_machine.travel("2031-04-05T23:30:00Z", tick=False):
        result = add(copy_of_port_lease, f"{server}/moved", "--fetch", "--language", "ru")
    assert result.exit_code == 0, result.output
    found = record(copy_of_port_lease, "harbour")
    assert (found.url, found.accessed) == (f"{server}/stories/harbour.html", "2031-04-05")
    assert (found.fetched, found.http_status) == ("2031-04-05T23:30:00Z", "200")
    assert found.basis["url"] == "The address it was downloaded from."
    assert (copy_of_port_lease / "seeds/harbour.txt").read_text("utf-8") == "Гавань сдана.\n"
    assert (copy_of_port_lease / "received/harbour.html").read_bytes() == "<html><p>Гавань сдана.</p></html>".encode("cp1251")
    only_undisposed(copy_of_port_lease, "harbour")


def test_a_page_that_is_not_there_is_said_kindly(copy_of_port_lease: Path, server: str) -> None:
    assert "answered with HTTP status 404" in add(copy_of_port_lease, f"{server}/gone", "--fetch").stderr
    assert "could not be reached" in add(copy_of_port_lease, "http://127.0.0.1:1/", "--fetch").stderr
