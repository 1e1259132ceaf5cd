"""`briefing quote`: the exact run of a source's words, ready to paste."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from briefing.cli.common import read_briefing, report_uncounted
from briefing.cli.params import FOLDER_PARAM, complete_kind, complete_source, find_sources, kind_named
from briefing.diagnostics.terminal import escape_controls
from briefing.model.dossier import Dossier
from briefing.model.facts import Fact
from briefing.model.source import Passage, Source
from briefing.model.usage import QuotedPassage, paragraph_coverage, quoted_passages
from briefing.rules.claim_context import SpeechCue, is_assumed_english
from briefing.rules.relays import speech_around
from briefing.sources.quote_search import MatchKind, QuoteMatches, balance_quotation_marks, find_quote
from briefing.sources.snippets import format_fact_skeleton, format_quote_lines, new_id, unquotable_reason

MAX_PRINTED = 8
CONTEXT_WORDS = 4


@click.command("quote")
@click.argument("words", nargs=-1, required=True, metavar="[SOURCE] WORDS", shell_complete=complete_source)
@click.option(
    "--fact", "name", metavar="KIND", shell_complete=complete_kind, help="Print a whole fact of this kind around the quote."
)
@click.option("--dir", "folder", type=FOLDER_PARAM, default=".", help="The briefing's folder.")
def command(words: tuple[str, ...], name: str | None, folder: Path) -> None:
    """Find the exact words of a source, ready to paste.

    WORDS are looked for in SOURCE, or in every source; `-` reads them from standard input. Words that stand more than once
    are printed with as many neighbours as make each run unique; words about an ellipsis as a list of runs. Quotation
    marks, apostrophes and dashes may be typed in any form: printed are the source's. Above each run stands its paragraph,
    and which facts use it already. Words that are not there get the nearest runs, the likest first, and exit code 1.

    \b
    Examples:
      briefing quote "quarter-century lease"
      briefing quote wire "quarter-century lease" --fact clauses >> facts/clauses.yaml
    """
    if len(words) > 2:
        raise click.UsageError("put the words between quotation marks, so that they are one argument")
    dossier = read_briefing(folder)
    kind = None if name is None else kind_named(dossier, name)
    sources = find_sources(dossier, words[0] if len(words) == 2 else None)
    found = find_quote(sources, sys.stdin.read() if words[-1] == "-" else words[-1])
    _print_match_kind(found, words[0] if len(words) == 2 else "")
    offers = list(_offers(dossier, found, kind))
    if offers:
        is_appended = kind is not None and not sys.stdout.isatty()  # after a last line that may have no end
        click.echo(("\n" if is_appended else "") + "\n\n".join(offers))
    if len(found.passages) > MAX_PRINTED:
        click.echo(f"and {len(found.passages) - MAX_PRINTED} more; give more of the words", err=True)
    report_uncounted(dossier)
    raise SystemExit(1 if found.kind is MatchKind.NEAR or not offers else 0)


def _print_match_kind(found: QuoteMatches, source: str) -> None:
    """Says on the side how what is printed is related to the words."""
    if found.kind is MatchKind.NEAR and not found.passages:
        click.echo(f"nothing like these words stands in {source or 'any source'}", err=True)
    elif found.kind is MatchKind.NEAR:
        where = f"not in {source}" if source else "in no source"
        runs = "the nearest run is:" if len(found.passages) == 1 else "the nearest runs are, the likest first:"
        click.echo(f"these words are {where}; {runs}", err=True)
    elif found.kind is not MatchKind.EXACT:
        click.echo(found.kind.value, err=True)


def _offers(dossier: Dossier, found: QuoteMatches, kind: type[Fact] | None) -> Iterator[str]:
    """Each place that was found as YAML; what no quote can be made of is told on the side."""
    quoted = quoted_passages(dossier)
    taken = {key for ids in dossier.known_ids.values() for key in ids or ()}
    for place in found.passages[:MAX_PRINTED]:
        source = dossier.sources[place[0].source]
        unique = [source.extend_until_unique(passage) for passage in place]
        passages = [balance_quotation_marks(source, passage) for passage in unique]
        runs = [source.exact_text(passage) for passage in passages]
        if reason := next(filter(None, map(unquotable_reason, runs)), ""):
            click.echo(
                f"{source.id}, paragraph {_paragraph_numbers(passages[0])}, holds {reason}: quote what is beside it", err=True
            )
            continue
        notes = [note for passage in passages for note in _notes(dossier, source, passage, quoted[source.id])]
        if passages != unique:
            notes.append("with the other half of its quotation marks")
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


def _notes(dossier: Dossier, source: Source, passage: Passage, quoted: Sequence[QuotedPassage]) -> Iterator[str]:
    """Where a passage stands, which facts use it, and what else a curator should know before pasting it."""
    role = source.paragraph(passage.paragraph).role
    yield f"{source.id}, paragraph {_paragraph_numbers(passage)}{f' ({role})' if role else ''}"
    count = len(source.find(source.exact_text(passage)).whole_words)
    if count > 1:
        yield f"stands {count} times, and no words around it make it stand once: it cannot be quoted"
    met = [use for use in quoted if use.overlaps(passage)]
    for use in met[:MAX_PRINTED]:
        part = "" if use.covers(passage) else "in part "
        yield f"used {part}by {use.fact.key}, {_fact_location(use)}"
    if len(met) > MAX_PRINTED:
        yield f"and by {len(met) - MAX_PRINTED} more"
    for sentence, cue in speech_around(source, passage) if is_assumed_english(dossier, source.id, passage) else ():
        yield f"its sentence says whose words these are: quote that as well, as in `{_speech_excerpt(sentence, cue)}`"
    left = paragraph_coverage(dossier, source, ())[passage.paragraph - 1].left_out
    if not met:
        yield "left out: " + escape_controls(left[0].reason) if left else "not used yet"


def _speech_excerpt(sentence: str, cue: SpeechCue) -> str:
    """A word of speech with whole words before and after it."""
    before, after = sentence[: cue.start].split(" "), sentence[cue.end :].split(" ")
    told = " ".join(before[-CONTEXT_WORDS:]) + sentence[cue.start : cue.end] + " ".join(after[:CONTEXT_WORDS])
    return escape_controls(told.strip(" .,"))


def _fact_location(use: QuotedPassage) -> str:
    mark = use.quote.text.location
    return escape_controls(f"{mark.file.path}:{mark.line + 1}")
