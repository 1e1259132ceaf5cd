"""`briefing source`: a document becomes a source."""

import sys
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import click

from briefing.cli.common import format_count
from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Problem
from briefing.diagnostics.terminal import escape_controls
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import MAX_BYTES, display_path, read_bytes
from briefing.model.source import read_source
from briefing.sources.add import add_source, id_from_name, read_document, source_obstacle
from briefing.sources.document import Document
from briefing.sources.fetch import fetch
from briefing.sources.record_writer import ImportOptions
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
@click.option("--dir", "folder", type=FOLDER_PARAM, default=".", help="The briefing's folder.")
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
        click.echo(format_full(read), err=True)
        raise SystemExit(1)
    if isinstance(read, str):
        raise click.UsageError(escape_controls(read))
    stop = source_obstacle(folder, read_dossier(folder), wish.id, content, read.seed)
    written = stop or add_source(folder, read, content, wish)
    if isinstance(written, str):
        raise click.UsageError(escape_controls(written))
    _print_added_source(folder, read, written, wish)


def _received(named: str, fetched: bool, given: dict[str, str | None]) -> tuple[ImportOptions, bytes, str]:
    """What the curator says of a document, its bytes, and the encoding that its server named."""
    words: dict[str, Any] = {key: value or "" for key, value in given.items()}
    if fetched:
        answer = fetch(named)
        if isinstance(answer, str):
            raise click.UsageError(escape_controls(answer))
        name = PurePosixPath(unquote(urlsplit(answer.url).path)).name
        words |= {"id": words["id"] or id_from_name(name or urlsplit(answer.url).netloc), "url": answer.url}
        words["accessed"] = datetime.now(UTC).date().isoformat()
        return ImportOptions(**words, received_as=name, fetched=True), answer.content, answer.encoding
    if urlsplit(named).scheme in ("http", "https"):
        raise click.UsageError(f"nothing is taken from the web unasked; say `--fetch {escape_controls(named)}`")
    content = sys.stdin.buffer.read(MAX_BYTES + 1) if named == "-" else read_bytes(Path(named))
    if isinstance(content, str) or len(content) > MAX_BYTES:
        told = content if isinstance(content, str) else f"it is larger than {MAX_BYTES // 1024 // 1024} MiB"
        raise click.UsageError(f"{escape_controls(named)} is not read: {told}")
    if named == "-" and not words["id"]:
        raise click.UsageError("a document from standard input has no name; choose an id with --id")
    words["id"] = words["id"] or id_from_name(named)
    return ImportOptions(**words, received_as="" if named == "-" else Path(named).name), content, ""


def _print_added_source(folder: Path, document: Document, written: list[Path], options: ImportOptions) -> None:
    source = read_source(options.id, document.seed.decode("utf-8"))
    record = read_dossier(folder).facts["sources"].get(options.id)
    for path in written[:-1]:
        click.echo(f"{display_path(path)}: written", err=True)
    click.echo(f"{display_path(written[-1])}: `{options.id}` added at its end", err=True)
    if document.conversion_note:
        click.echo(f"  {document.conversion_note}", err=True)
    basis = getattr(record, "basis", {})
    for key in ("title", "author", "container-title", "publisher", "issued", "accessed", "url", "language"):
        value = getattr(record, {"title": "title_"}.get(key, key.replace("-", "_")), "")
        click.echo(f"  {key}: {escape_controls(value)} ({escape_controls(basis.get(key, ''))})", err=True)
    count = format_count(len(source.paragraphs), "paragraph")
    click.echo(f"briefing: {count} to read, quote or leave out; `briefing coverage --next` shows the next", err=True)
