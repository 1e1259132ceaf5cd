"""`briefing quote`: the exact run of a source's words, ready to paste."""

from pathlib import Path

import click

from briefing.cli.alike import FOLDER
from briefing.dossier import read_dossier
from briefing.problem import plain
from briefing.source import Passage, Source

MOST_PRINTED = 8


@click.command("quote")
@click.argument("source")
@click.argument("words")
@click.option("--dir", "folder", type=FOLDER, default=".", help="The briefing's folder.")
def command(source: str, words: str, folder: Path) -> None:
    """Find WORDS in SOURCE and print the exact run, ready to paste under `quotes:`.

    Words that stand more than once are printed with as many neighbours as make each run unique. Words that are not there
    get the nearest run as a suggestion, and exit code 1.
    """
    dossier = read_dossier(folder)
    found = dossier.sources.get(source)
    if found is None:
        known = ", ".join(dossier.sources) or "none could be read"
        raise click.UsageError(f"there is no source `{source}`; the sources are: {known}")
    hits = found.find(words)
    if hits.whole or hits.cut:
        passages = hits.whole or tuple(dict.fromkeys(map(found.whole, hits.cut[:MOST_PRINTED])))
        for passage in passages[:MOST_PRINTED]:
            click.echo(_paste(found, found.unique(passage)))
        if len(passages) > MOST_PRINTED:
            click.echo(f"and {len(passages) - MOST_PRINTED} more; give more of the words", err=True)
        return
    near = found.nearest(words)
    if near is None:
        click.echo(f"nothing like these words stands in {source}", err=True)
    else:
        click.echo(f"these words are not in {source}; the nearest run is:", err=True)
        click.echo(_paste(found, found.unique(near)))
    raise SystemExit(1)


def _paste(source: Source, passage: Passage) -> str:
    paragraph = source.paragraph(passage.paragraph)
    role = f" ({paragraph.role})" if paragraph.role else ""
    where = f"{passage.paragraph}-{passage.last}" if passage.last != passage.paragraph else str(passage.paragraph)
    return f"# {source.id}, paragraph {where}{role}\n{source.id}: >-\n  {plain(source.exact(passage))}"
