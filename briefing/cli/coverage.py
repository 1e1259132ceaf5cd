"""`briefing coverage`: which paragraphs of each source the facts use, and which one comes next."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import regex

from briefing.cli.common import read_briefing, report_uncounted
from briefing.cli.params import FOLDER_PARAM, complete_source, find_sources
from briefing.cli.terminal import is_styled, screen_width
from briefing.diagnostics.terminal import display_width, escape_controls
from briefing.model.dossier import Dossier
from briefing.model.source import Source
from briefing.model.usage import ParagraphCoverage, count_quoted_words, paragraph_coverage, split_by_quotes
from briefing.sources.snippets import is_quotable_kind
from briefing.text.characters import escape_invisible
from briefing.text.words import SENTENCE_END, collapse_whitespace, count_words

MAX_SUGGESTED_WORDS = 30
_DATELINE = regex.compile(r"^\p{Lu}{3}[^.!?]{0,60}? [-–—]{1,2} ")
INDENT = " " * 6


@click.command("coverage")
@click.argument("source", required=False, shell_complete=complete_source)
@click.option("--next", "only_next", is_flag=True, help="Show only the next open paragraph.")
@click.option("--dir", "folder", type=FOLDER_PARAM, default=".", help="The folder of the briefing.")
def command(source: str | None, only_next: bool, folder: Path) -> None:
    """Show which paragraphs of each source are used, left out or open.

    Prints SOURCE, or every source, paragraph by paragraph, with the facts that use it, or the reason for leaving it out. A
    paragraph with neither is open. Words that no fact quotes are underlined on a terminal, and in [[ ]] elsewhere. The exit
    code is 1 if a paragraph is open.

    \b
    Examples:
      briefing coverage wire
      briefing coverage --next
    """
    dossier = read_briefing(folder)
    sources = find_sources(dossier, source)
    found = [(one, paragraph_coverage(dossier, one, dossier.quote_index.uses_of_source(one.id))) for one in sources]
    is_open = [(one, disposal) for one, all in found for disposal in all if disposal.is_open]
    if only_next and is_open:
        click.echo("\n".join(_next_paragraph_lines(dossier, *is_open[0])))
        click.echo(f"briefing: {_paragraphs(len(is_open))} open", err=True)
    elif only_next:
        click.echo(f"briefing: every paragraph is used or left out{_partly_used_text(found)}", err=True)
    else:
        click.echo("\n\n".join("\n".join(_coverage_lines(dossier, one, all)) for one, all in found))
    report_uncounted(dossier)
    raise SystemExit(1 if is_open else 0)


def _partly_used_text(found: Sequence[tuple[Source, list[ParagraphCoverage]]]) -> str:
    """How many used paragraphs have words in them that no fact quotes; empty for none."""
    every = [(source, disposal) for source, all in found for disposal in all if disposal.quotes]
    count = sum(
        any(count_words(piece) > 1 for piece, is_covered in _pieces_by_coverage(*one) if not is_covered) for one in every
    )
    return f"; {count} of the {len(every)} used ones have words that no fact quotes: see `briefing coverage`" if count else ""


def _pieces_by_coverage(source: Source, disposal: ParagraphCoverage) -> list[tuple[str, bool]]:
    """The text of a paragraph in pieces, each with whether a quote covers it."""
    return split_by_quotes(source, disposal.paragraph, (use.passage for use in disposal.quotes))


def _paragraphs(count: int) -> str:
    return "1 paragraph is" if count == 1 else f"{count} paragraphs are"


def _coverage_lines(dossier: Dossier, source: Source, all: list[ParagraphCoverage]) -> Iterator[str]:
    share = 100 * count_quoted_words(dossier, source.id) / max(1, count_words(source.text))
    used, left = sum(bool(one.quotes) for one in all), sum(bool(one.left_out) for one in all)
    yield (
        f"{source.id}: {len(all)} paragraphs, {used} used, {left} left out, {sum(one.is_open for one in all)} open; "
        f"{share:.0f} % of its words are quoted"
    )
    for disposal in all:
        yield ""
        yield from _paragraph(source, disposal)


def _paragraph(source: Source, disposal: ParagraphCoverage) -> Iterator[str]:
    paragraph = disposal.paragraph
    role = f"{paragraph.role}; " if paragraph.role else ""
    yield f"{paragraph.number:4}  {role}{_coverage_text(disposal)}"
    yield from _wrap_lines(_highlighted_text(source, disposal))


def _coverage_text(disposal: ParagraphCoverage) -> str:
    keys = dict.fromkeys(use.fact.key for use in disposal.quotes)
    parts = [f"used by {', '.join(keys)}"] if keys else []
    parts += [f"left out: {escape_controls(' '.join(entry.reason.split()))}" for entry in disposal.left_out]
    return "; ".join(parts) or "open: no fact quotes it, and it is not left out"


def _highlighted_text(source: Source, disposal: ParagraphCoverage) -> str:
    """The words of a paragraph; those that no quote covers are highlighted, unless the paragraph is left out."""
    text = ""
    for piece, is_covered in _pieces_by_coverage(source, disposal):
        shown = escape_invisible(piece)
        if is_covered or disposal.left_out or not count_words(piece):
            text += shown
        else:
            bare = shown.strip().lstrip(",;:. ")
            at = shown.index(bare)
            text += shown[:at] + _highlight(bare) + shown[at + len(bare) :]
    return text


def _highlight(text: str) -> str:
    return " ".join(click.style(word, underline=True) for word in text.split()) if is_styled() else f"[[{text}]]"


def _wrap_lines(text: str) -> list[str]:
    """A text on indented lines that fit the screen."""
    lines, room = [""], 0
    for word in text.split():
        needed = display_width(click.unstyle(word)) + 1
        if needed > room and lines[-1]:
            lines.append("")
        if not lines[-1]:
            room = screen_width() - len(INDENT)
        lines[-1] += f" {word}" if lines[-1] else word
        room -= needed
    return [INDENT + line for line in lines]


def _next_paragraph_lines(dossier: Dossier, source: Source, disposal: ParagraphCoverage) -> Iterator[str]:
    """An open paragraph, the command that makes a fact from it, and what to write to leave it out."""
    paragraph = disposal.paragraph
    words = escape_invisible(_first_sentence(source.text[paragraph.start : paragraph.end]))
    yield f"{source.id}, paragraph {paragraph.number}{f' ({paragraph.role})' if paragraph.role else ''}"
    yield from _wrap_lines(_highlighted_text(source, disposal))
    yield ""
    yield f"briefing quote {source.id} {shlex.quote(words)} --fact KIND"
    yield ""
    yield "Choose other words if they support your claim better, and include who says them."
    yield f"KIND: {', '.join(kind.file_stem for kind in dossier.kinds if is_quotable_kind(kind))}"
    yield from _left_out_snippet(dossier, source, paragraph.number)


def _first_sentence(text: str) -> str:
    """The first sentence of a paragraph without its dateline, cut to `MAX_SUGGESTED_WORDS`."""
    text = _DATELINE.sub("", collapse_whitespace(text))
    return " ".join(SENTENCE_END.split(text, maxsplit=1)[0].split()[:MAX_SUGGESTED_WORDS])


def _left_out_snippet(dossier: Dossier, source: Source, number: int) -> Iterator[str]:
    """The lines of YAML that leave out a paragraph in the record of its source."""
    record = dossier.record(source.id)
    has_some = record is not None and record.left_out
    yield f"or, in facts/sources.yaml, {'under `left-out:`' if has_some else 'at the end'} of the record `{source.id}`:"
    yield from () if has_some else ("  left-out:",)
    yield f'    - paragraphs: "{number}"'
    yield "      reason:"
