"""Fuzzes the reading of documents: `python -m tests.fuzz_documents RUNS [SEED]` ends with 0 if RUNS documents raised nothing.

The documents are pages, PDFs and texts in many encodings, with pieces deleted, repeated, exchanged and changed. Each becomes a
document or a problem; and whatever would be stored reads back as it was.
"""

import random
import resource
import signal
import sys
from collections.abc import Iterator

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.loading.fact_reader import read_fact
from briefing.loading.yaml_reader import read_yaml
from briefing.model.kinds import Record
from briefing.model.located_text import MapNode
from briefing.model.source import read_source
from briefing.sources.add import append_text
from briefing.sources.document import Document, strip_layout_characters
from briefing.sources.reader import read_document
from briefing.sources.record_writer import ImportOptions, format_record
from tests.documents import PAGE, packed_pdf, pdf

MOST_MEMORY = 1 << 30
MOST_SECONDS = 5  # of processor time, for one document
BEFORE = b"other:\n  label: Other\n"
TEXT = "Vessia leased its harbour for 25 years.\r\n\r\nКерн: «Ничего не потеряно».\n\n港口租给了群岛。\n"
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-be",
    "cp1251",
    "gb18030",
    "shift_jis",
    "euc-kr",
    "big5",
    "iso-2022-jp",
    "cp1252",
)
SHOWN = b"BT /F1 12 Tf 1 0 0 1 60 740 Tm (Vessia leased) Tj T* (its har-) ' (bour) Tj [(fo) -20 (r 25)] TJ ET"
MORE_HTML = (
    "<html><meta charset='windows-1251'><script type='application/ld+json'>"
    '[{"headline": "\\ud800x", "author": [{"name": "\\u202e"}, 7, null], "datePublished": "2031-04-02"}]</script>'
    "<article><h1>A</h1><pre>a\r\rb\n\x0b\nc&#13;&#13;d\u2028\u2028e\n\u200b\nf</pre><time datetime='2031-04-02'>2 April</time>"
    "<table><tr><td>1<td>2</table><select><option>x</select><svg><title>t</title></svg><p hidden>h</p>&#xD800;&#0;"
)
PIECES = (
    *b"""< > & ' " <!-- --> <![CDATA[ ]]> <p> </p> <article> <script> <svg> <pre> <br> <q> </table> <td> <title> &#xD800; &#0;
    &shy; charset=utf-7 charset=unicode_escape charset=gbk charset=utf-16 endobj 9\tobj\t<< stream\n 1\t0\tR /Kids\t[2\t0\tR]
    /Length\t99999999 /Filter\t/LZWDecode /Filter\t/ASCII85Decode /Encoding /ToUnicode\t5\t0\tR -1 99999999999 ((( ) [[[ <</
    Tj Do BI ID %PDF-1.4""".split(),
    *(b"\r", b"\r\n", b"\n\n", b"\0", b"\xff", b"\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xc2\xad"),
    *(b"&#x202E;", b"\xcc\x81" * 40, b"\x1b$B", b"\x1b(B", b"\x80"),
)


def corpus() -> Iterator[bytes]:
    """Whole documents, each as a real one is shaped."""
    yield from (PAGE.encode(), MORE_HTML.encode("utf-8", "replace"), MORE_HTML.encode("cp1251", "replace"))
    yield pdf(["One block.", "Another\nof two lines."], [], ["A second page."], title="A title")
    yield from (packed_pdf(SHOWN), packed_pdf(SHOWN, times=2), pdf(["Locked."], extra="/Encrypt << /Filter /Standard >> "))
    yield from (TEXT.encode(name, "replace") for name in ENCODINGS)


def mutations(runs: int, seed: int = 1) -> Iterator[bytes]:
    """Documents made of those of the corpus."""
    rng, whole = random.Random(seed), list(corpus())
    for _ in range(runs):
        text = bytearray(rng.choice(whole))
        for _ in range(rng.randint(1, 4)):
            at = rng.randint(0, len(text))
            size = rng.choice((0, 0, 1, 2, 8, 60))
            other = rng.choice(whole)
            start = rng.randint(0, len(other))
            put = rng.choice((rng.choice(PIECES), rng.choice(PIECES) * 3, rng.randbytes(1), bytes(text[at : at + 40]) * 2, b""))
            text[at : at + size] = rng.choice((put, put, other[start : start + rng.randint(0, 200)]))
        yield bytes(text)


def read(content: bytes, name: str = "report", encoding: str = "", declared: str = "") -> bool:
    """Reads a document, and back what is stored of it; whether there is a document. Raises only where we are wrong."""
    found = read_document(name, content, encoding, declared)
    if isinstance(found, Problem):
        assert found.message
        assert found.help
        assert format_full(found).startswith("error")
        format_full(found).encode("utf-8")
        return False
    text = found.seed.decode("utf-8")
    source = read_source("fuzzed", text)
    assert source.paragraphs
    assert not found.roles or len(found.roles) == len(source.paragraphs), "a role is beside another paragraph"
    assert found.conversion_note or found.seed == content
    _check_record(found, content)
    return True


def _check_record(found: Document, content: bytes) -> None:
    options = ImportOptions("fuzzed", url="https://a.example/x", accessed="2031-04-05", received_as="a b.html")
    yaml = read_yaml("facts/sources.yaml", append_text(BEFORE, format_record(found, content, options)))
    assert not yaml.problems, format_full(yaml.problems[0])
    assert isinstance(yaml.root, MapNode)
    key, node = list(yaml.root.entries.items())[-1]
    record, problems = read_fact(Record, key, node, "source")
    assert not problems, format_full(problems[0])
    assert isinstance(record, Record)
    assert (record.made or "") == found.conversion_note


def lost_words(content: str, name: str = "letter.txt") -> set[str]:
    """The words of a plain text that are not in its seed."""
    found = read_document(name, content.encode())
    bare = strip_layout_characters(content)[0]
    return set(bare.split()) - set(found.seed.decode("utf-8").split()) if isinstance(found, Document) else set()


def _stop(number: int, frame: object) -> None:
    """Ends a reading that takes too long. In pdfminer, that becomes a problem; it is what the limits of a process are for."""
    raise TimeoutError


def main(runs: int, seed: int = 1) -> None:
    """Runs so many documents under a limit of memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    rng = random.Random(seed)
    names = ("report", "page.html", "letter.txt")
    labels = (*[""] * 20, "utf-8", "windows-1251", "gbk", "unicode_escape", "utf-16", "\udcff")
    read_some = 0
    signal.signal(signal.SIGVTALRM, _stop)
    for number, content in enumerate(mutations(runs, seed)):
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            read_some += read(content, rng.choice(names), rng.choice(labels), rng.choice(labels))
        except MemoryError:
            continue
        except BaseException:
            sys.stderr.write(f"document {number} of seed {seed}: {content!r}\n")
            raise
    print(f"{runs} documents, {read_some} of them read", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
