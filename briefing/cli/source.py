"""`briefing source`: a document becomes a source."""

import sys
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import click

from briefing.cli.common import counted
from briefing.cli.params import FOLDER
from briefing.diagnostics.problem import Problem, draw_full, plain
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import MOST_BYTES, read_bytes, shown
from briefing.model.source import read_source
from briefing.sources.add import add_source, free_id, in_the_way, read_document
from briefing.sources.document import Document
from briefing.sources.fetch import fetch
from briefing.sources.record_writer import Wish
from briefing.text.edtf import read_date


@click.group("source")
def command() -> None:
    """Add a source: a text, an HTML page or a PDF."""


@command.command("add")
@click.argument("document", metavar="FILE|-|URL")
@click.option("--id", "id", metavar="ID", help="The source's id; else one made of the file's name.")
@click.option("--label", metavar="TEXT", help="The short name that pages use; else `The page ID` or the like.")
@click.option("--url", metavar="URL", help="The address that the document was taken from.")
@click.option("--accessed", metavar="DATE", help="The day on which it was taken from there, as in 2031-04-03.")
@click.option("--language", metavar="TAG", help="The language of its text, as in `en` or `ru`.")
@click.option("--encoding", metavar="NAME", help="How its letters are encoded, where it is not UTF-8 and does not say.")
@click.option("--fetch", "fetched", is_flag=True, help="Take the document from the URL named in place of a file.")
@click.option("--dir", "folder", type=FOLDER, default=".", help="The briefing's folder.")
def add(folder: Path, document: str, encoding: str | None, fetched: bool, **said: str | None) -> None:
    """Add a text, an HTML page or a PDF as a source.

    Writes its text to seeds/ID.txt, a paragraph for each block, and its record at the end of facts/sources.yaml. A text in
    UTF-8 is kept byte for byte; of a page or PDF, the document stays in received/. The record says of title, author,
    publisher and date how each is known; what the text does not print is `not stated`, with what the document tells of
    itself beside its text. No paragraph is left out or quoted yet: `briefing coverage` shows them.

    \b
    Examples:
      briefing source add report.html
      briefing source add letter.txt --id letter --language en --label "The union's letter"
    """
    wish, content, sent_as = _received(document, fetched, said)
    if wish.url and not wish.accessed and wish.url.encode() not in content:
        raise click.UsageError("say with --accessed on which day the document was taken from that address")
    if wish.accessed and read_date(wish.accessed) is None:
        raise click.UsageError(f"`{wish.accessed}` is no date; write it as in 2031-04-03")
    read = read_document(wish.received_as or "the document", content, encoding or "", sent_as)
    if isinstance(read, Problem):
        click.echo(draw_full(read), err=True)
        raise SystemExit(1)
    if isinstance(read, str):
        raise click.UsageError(plain(read))
    stop = in_the_way(folder, read_dossier(folder), wish.id, content, read.seed)
    written = stop or add_source(folder, read, content, wish)
    if isinstance(written, str):
        raise click.UsageError(plain(written))
    _tell(folder, read, written, wish)


def _received(named: str, fetched: bool, said: dict[str, str | None]) -> tuple[Wish, bytes, str]:
    """What the curator says of a document, its bytes, and the encoding that its server named."""
    words: dict[str, Any] = {key: value or "" for key, value in said.items()}
    if fetched:
        answer = fetch(named)
        if isinstance(answer, str):
            raise click.UsageError(plain(answer))
        name = PurePosixPath(unquote(urlsplit(answer.url).path)).name
        words |= {"id": words["id"] or free_id(name or urlsplit(answer.url).netloc), "url": answer.url}
        words["accessed"] = datetime.now(UTC).date().isoformat()
        return Wish(**words, received_as=name, fetched=True), answer.content, answer.encoding
    if urlsplit(named).scheme in ("http", "https"):
        raise click.UsageError(f"nothing is taken from the web unasked; say `--fetch {plain(named)}`")
    content = sys.stdin.buffer.read(MOST_BYTES + 1) if named == "-" else read_bytes(Path(named))
    if isinstance(content, str) or len(content) > MOST_BYTES:
        told = content if isinstance(content, str) else f"it is larger than {MOST_BYTES // 1024 // 1024} MiB"
        raise click.UsageError(f"{plain(named)} is not read: {told}")
    if named == "-" and not words["id"]:
        raise click.UsageError("a document from standard input has no name; choose an id with --id")
    words["id"] = words["id"] or free_id(named)
    return Wish(**words, received_as="" if named == "-" else Path(named).name), content, ""


def _tell(folder: Path, document: Document, written: list[Path], wish: Wish) -> None:
    source = read_source(wish.id, document.seed.decode("utf-8"))
    record = read_dossier(folder).facts["sources"].get(wish.id)
    for path in written[:-1]:
        click.echo(f"{shown(path)}: written", err=True)
    click.echo(f"{shown(written[-1])}: `{wish.id}` added at its end", err=True)
    if document.made:
        click.echo(f"  {document.made}", err=True)
    basis = getattr(record, "basis", {})
    for key in ("title", "author", "container-title", "publisher", "issued", "accessed", "url", "language"):
        value = getattr(record, {"title": "title_"}.get(key, key.replace("-", "_")), "")
        click.echo(f"  {key}: {plain(value)} ({plain(basis.get(key, ''))})", err=True)
    count = counted(len(source.paragraphs), "paragraph")
    click.echo(f"briefing: {count} to read, quote or leave out; `briefing coverage --next` shows the next", err=True)
