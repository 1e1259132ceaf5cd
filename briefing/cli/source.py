"""`briefing source`: adds a document as a source."""

import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import click

from briefing.cli.common import exit_with_problem, format_count
from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.problem import Problem, display_path, general_problem
from briefing.diagnostics.terminal import escape_controls
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.files import MAX_BYTES, read_bytes
from briefing.model.source import read_source
from briefing.sources.add import add_source, id_from_name, source_obstacle
from briefing.sources.document import Document
from briefing.sources.fetch import fetch
from briefing.sources.limited import read_with_limits
from briefing.sources.record_writer import ImportOptions
from briefing.text.edtf import read_date


class Received(NamedTuple):
    """A document to add: what the curator says of it, its bytes, and the encoding that its server named."""

    options: ImportOptions
    content: bytes
    encoding: str = ""


@click.group("source")
def command() -> None:
    """Add sources: texts, web pages, PDFs."""


@command.command("add")
@click.argument("document", metavar="FILE|-|URL")
@click.option("--id", "id", metavar="ID", help="The id of the source. The default is made from the file name.")
@click.option("--label", metavar="TEXT", help="The short name that pages show. The default is `The page ID` or similar.")
@click.option("--url", metavar="URL", help="The web address that the document comes from.")
@click.option("--accessed", metavar="DATE", help="The day on which you took it from there, as in 2031-04-03.")
@click.option("--language", metavar="TAG", help="The language of the text, as in `en` or `ru`.")
@click.option("--encoding", metavar="NAME", help="The character encoding, if it is neither UTF-8 nor named in the document.")
@click.option("--fetch", "fetched", is_flag=True, help="Download the document from URL.")
@click.option("--dir", "folder", type=FOLDER_PARAM, default=".", help="The folder of the briefing.")
def add(folder: Path, document: str, encoding: str | None, fetched: bool, **options: str | None) -> None:
    """Add a text, an HTML page or a PDF as a source.

    Writes its text to seeds/ID.txt, one paragraph for each block, and adds its record to the end of facts/sources.yaml. A text
    in UTF-8 is copied byte for byte. For an HTML page or a PDF, the original is kept in received/. The record says how the
    title, author, publisher and date are known. What the text does not print is `not stated`, with a note of what the
    document says elsewhere. No paragraph is quoted or left out yet: `briefing coverage` lists them.

    \b
    Examples:
      briefing source add report.html
      briefing source add letter.txt --id letter --language en --label "The union's letter"
    """
    received = _receive(document, fetched, {name: value or "" for name, value in options.items()})
    if isinstance(received, Problem):
        exit_with_problem(received)
    chosen, content, declared_encoding = received
    if chosen.url and not chosen.accessed and chosen.url.encode() not in content:
        raise click.UsageError("give the day on which you took the document from that address with --accessed")
    if chosen.accessed and read_date(chosen.accessed) is None:
        raise click.UsageError(f"`{chosen.accessed}` is not a date; write it as in 2031-04-03")
    read = read_with_limits(chosen.received_as or "the document", content, encoding or "", declared_encoding)
    if isinstance(read, Problem):
        exit_with_problem(read)
    if obstacle := source_obstacle(folder, read_dossier(folder), chosen.id, content, read.seed):
        exit_with_problem(obstacle)
    written = add_source(folder, read, content, chosen)
    if isinstance(written, Problem):
        exit_with_problem(written)
    _print_added_source(folder, read, written, chosen)


def _receive(name: str, fetched: bool, options: dict[str, Any]) -> Received | Problem:
    """The document that a name stands for: a web address to download, `-` for standard input, or a file."""
    if fetched:
        return _download(name, options)
    if name.lower().startswith(("http://", "https://")):
        return general_problem("nothing is downloaded unless you ask for it", f"add `--fetch`, as in `--fetch {name}`")
    content = _read_stdin() if name == "-" else read_bytes(Path(name))
    if isinstance(content, Problem):
        return replace(content, rule="")
    if name == "-" and not options["id"]:
        return general_problem("a document from standard input has no name", "choose an id with --id")
    options["id"] = options["id"] or id_from_name(name)
    return Received(ImportOptions(**options, received_as="" if name == "-" else Path(name).name), content)


def _download(url: str, options: dict[str, Any]) -> Received | Problem:
    response = fetch(url)
    if isinstance(response, Problem):
        return response
    address = urlsplit(response.url)
    name = PurePosixPath(unquote(address.path)).name
    options["id"] = options["id"] or id_from_name(name or address.netloc)
    options |= {"url": response.url, "accessed": response.at.date().isoformat(), "http_status": str(response.status)}
    fetched = response.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Received(ImportOptions(**options, received_as=name, fetched=fetched), response.content, response.encoding)


def _read_stdin() -> bytes | Problem:
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return general_problem(f"standard input is larger than {MAX_BYTES // 1024 // 1024} MiB", "split the document")
    return content


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
    click.echo(f"briefing: {count} to read, quote or leave out; `briefing coverage --next` shows the next one", err=True)
