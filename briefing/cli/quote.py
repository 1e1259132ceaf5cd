"""`briefing quote`: the exact words of a source, ready to paste."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from briefing.cli.common import read_briefing, report_uncounted
from briefing.cli.params import FOLDER_PARAM, complete_kind, complete_source, find_sources, kind_named
from briefing.diagnostics.formats import format_sentence
from briefing.diagnostics.terminal import escape_controls
from briefing.model.dossier import Dossier
from briefing.model.facts import Fact
from briefing.model.quote_index import Use
from briefing.model.source import Passage, Source
from briefing.model.usage import paragraph_coverage
from briefing.rules.claim_context import SpeechCue, is_assumed_english
from briefing.rules.speakers import speech_around
from briefing.sources.quote_search import MatchKind, QuoteMatches, balance_quotation_marks, find_quote
from briefing.sources.snippets import format_fact_skeleton, format_quote_lines, new_id, unquotable_problem

MAX_PRINTED = 8
CONTEXT_WORDS = 4


@click.command("quote")
@click.argument("words", nargs=-1, required=True, metavar="[SOURCE] WORDS", shell_complete=complete_source)
@click.option(
    "--fact", "name", metavar="KIND", shell_complete=complete_kind, help="Print a whole fact of this kind with the quote in it."
)
@click.option("--dir", "folder", type=FOLDER_PARAM, default=".", help="The folder of the briefing.")
def command(words: tuple[str, ...], name: str | None, folder: Path) -> None:
    """Find the exact words of a source, ready to paste.

    Looks for WORDS in SOURCE, or in every source; `-` reads them from standard input. You may type any style of quotation
    marks, apostrophes and dashes; the output always has those of the source. Words that occur more than once are printed with
    enough words around them to make each quote unique. Words on both sides of an ellipsis become a list of quotes. The lines
    above a quote name its paragraph and the facts that already use it. If the words are not found, the most similar passages
    are printed, and the exit code is 1.

    \b
    Examples:
      briefing quote "quarter-century lease"
      briefing quote wire "quarter-century lease" --fact clauses >> facts/clauses.yaml
    """
    if len(words) > 2:
        raise click.UsageError("put quotation marks around the words, so that they are one argument")
    dossier = read_briefing(folder)
    kind = None if name is None else kind_named(dossier, name)
    sources = find_sources(dossier, words[0] if len(words) == 2 else None)
    found = find_quote(sources, sys.stdin.read() if words[-1] == "-" else words[-1])
    _print_match_kind(found, words[0] if len(words) == 2 else "")
    offers = list(_offers(dossier, found, kind))
    if offers:
        is_appended = kind is not None and not sys.stdout.isatty()  # the file may lack a line end
        click.echo(("\n" if is_appended else "") + "\n\n".join(offers))
    if len(found.passages) > MAX_PRINTED:
        click.echo(f"and {len(found.passages) - MAX_PRINTED} more; give more of the words", err=True)
    report_uncounted(dossier)
    raise SystemExit(1 if found.kind is MatchKind.NEAR or not offers else 0)


def _print_match_kind(found: QuoteMatches, source: str) -> None:
    """Prints to standard error how the passages found are related to the words."""
    if found.kind is MatchKind.NEAR and not found.passages:
        click.echo(f"{source or 'no source'} {'has no' if source else 'has'} words like these", err=True)
    elif found.kind is MatchKind.NEAR:
        place = f"not in {source}" if source else "in no source"
        similar = "the most similar passage is:" if len(found.passages) == 1 else "the most similar passages are:"
        click.echo(f"these words are {place}; {similar}", err=True)
    elif found.kind is not MatchKind.EXACT:
        click.echo(found.kind.value, err=True)


def _offers(dossier: Dossier, found: QuoteMatches, kind: type[Fact] | None) -> Iterator[str]:
    """Each passage found, as YAML to paste; prints to standard error which ones cannot be quoted."""
    taken = {key for ids in dossier.known_ids.values() for key in ids or ()}
    for place in found.passages[:MAX_PRINTED]:
        source = dossier.sources[place[0].source]
        unique = [source.extend_until_unique(passage) for passage in place]
        passages = [balance_quotation_marks(source, passage) for passage in unique]
        runs = [source.exact_text(passage) for passage in passages]
        if problem := next(filter(None, map(unquotable_problem, runs)), None):
            click.echo(f"{source.id}, paragraph {_paragraph_numbers(passages[0])}: {format_sentence(problem)}", err=True)
            continue
        notes = [note for passage in passages for note in _notes(dossier, source, passage)]
        if passages != unique:
            notes.append("extended to the other quotation mark of the pair")
        if kind is None or found.kind is MatchKind.NEAR:
            yield "\n".join([*(f"# {note}" for note in notes), *format_quote_lines(source.id, runs)])
        else:
            key = new_id(runs[0], f"{source.id}-p{passages[0].paragraph}", taken)
            taken.add(key)
            yield f"# for facts/{kind.file_stem}.yaml\n{format_fact_skeleton(kind, key, notes, source.id, runs)}"


def _paragraph_numbers(passage: Passage) -> str:
    return (
        str(passage.paragraph)
        if passage.last_paragraph == passage.paragraph
        else f"{passage.paragraph}-{passage.last_paragraph}"
    )


def _notes(dossier: Dossier, source: Source, passage: Passage) -> Iterator[str]:
    """The paragraph of a passage, the facts that use it, and what else a curator should know before pasting it."""
    role = source.paragraph(passage.paragraph).role
    yield f"{source.id}, paragraph {_paragraph_numbers(passage)}{f' ({role})' if role else ''}"
    count = len(source.find(source.exact_text(passage)).whole_words)
    if count > 1:
        yield f"occurs {count} times, and no words around it make it unique: it cannot be quoted"
    uses = [use for use in dossier.quote_index.uses_of_source(source.id) if use.overlaps(passage)]
    for use in uses[:MAX_PRINTED]:
        extent = "" if use.covers(passage) else "in part "
        yield f"used {extent}by {use.fact.key}, {_fact_location(use)}"
    if len(uses) > MAX_PRINTED:
        yield f"and by {len(uses) - MAX_PRINTED} more"
    for sentence, cue in speech_around(source, passage) if is_assumed_english(dossier, source.id, passage) else ():
        yield f"the sentence says who said this; quote that too, as in `{_speech_excerpt(sentence, cue)}`"
    left = paragraph_coverage(dossier, source, ())[passage.paragraph - 1].left_out
    if not uses:
        yield "left out: " + escape_controls(left[0].reason) if left else "not used yet"


def _speech_excerpt(sentence: str, cue: SpeechCue) -> str:
    """A word such as `said` with `CONTEXT_WORDS` whole words on each side."""
    before, after = sentence[: cue.start].split(" "), sentence[cue.end :].split(" ")
    excerpt = " ".join(before[-CONTEXT_WORDS:]) + sentence[cue.start : cue.end] + " ".join(after[:CONTEXT_WORDS])
    return escape_controls(excerpt.strip(" .,"))


def _fact_location(use: Use) -> str:
    location = use.quote.text.location
    return escape_controls(f"{location.file.path}:{location.line + 1}")
