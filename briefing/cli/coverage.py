"""`briefing coverage`: what of each source the facts use, and what comes next."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import regex

from briefing.cli.common import read_briefing, say_uncounted
from briefing.cli.params import FOLDER, complete_source, sources_of
from briefing.cli.terminal import is_styled, screen_width
from briefing.diagnostics.problem import plain, width
from briefing.model.dossier import Dossier
from briefing.model.record import Record
from briefing.model.source import Source
from briefing.model.usage import Disposal, disposals, pieces, quoted_words, used
from briefing.sources.snippets import can_be_quoted
from briefing.text.characters import visible
from briefing.text.words import SENTENCE_END, collapse, words_in

MOST_WORDS = 30
_DATELINE = regex.compile(r"^\p{Lu}{3}[^.!?]{0,60}? [-–—]{1,2} ")
INDENT = " " * 6


@click.command("coverage")
@click.argument("source", required=False, shell_complete=complete_source)
@click.option("--next", "only_next", is_flag=True, help="Print only the next paragraph to curate.")
@click.option("--dir", "folder", type=FOLDER, default=".", help="The briefing's folder.")
def command(source: str | None, only_next: bool, folder: Path) -> None:
    """Show what of each source is used, left out or open.

    SOURCE, or every source, stands paragraph by paragraph: used by which facts, left out and why, or open. Words that stand
    in no quote are underlined on a terminal, and between [[ and ]] elsewhere. Exit code 1 says that a paragraph is open.

    \b
    Examples:
      briefing coverage wire
      briefing coverage --next
    """
    dossier = read_briefing(folder)
    quoted = used(dossier)
    found = [(one, disposals(dossier, one, quoted[one.id])) for one in sources_of(dossier, source)]
    is_open = [(one, disposal) for one, all in found for disposal in all if disposal.is_open]
    if only_next and is_open:
        click.echo("\n".join(_next(dossier, *is_open[0])))
        click.echo(f"briefing: {_paragraphs(len(is_open))} open", err=True)
    elif only_next:
        click.echo(f"briefing: every paragraph is used or left out{_partly(found)}", err=True)
    else:
        click.echo("\n\n".join("\n".join(_source(dossier, one, all)) for one, all in found))
    say_uncounted(dossier)
    raise SystemExit(1 if is_open else 0)


def _partly(found: Sequence[tuple[Source, list[Disposal]]]) -> str:
    """How many paragraphs are used only in part, if any are."""
    every = [(source, disposal) for source, all in found for disposal in all if disposal.quoted]
    count = sum(any(words_in(piece) > 1 for piece, is_covered in _pieces(*one) if not is_covered) for one in every)
    told = f"{count} of the {len(every)} used ones hold words that no fact quotes; `briefing coverage` marks them"
    return f"; {told}" if count else ""


def _pieces(source: Source, disposal: Disposal) -> list[tuple[str, bool]]:
    """The text of a paragraph in pieces, each with whether a quote covers it."""
    return pieces(source, disposal.paragraph, (use.passage for use in disposal.quoted))


def _paragraphs(count: int) -> str:
    return "1 paragraph is" if count == 1 else f"{count} paragraphs are"


def _source(dossier: Dossier, source: Source, all: list[Disposal]) -> Iterator[str]:
    share = 100 * quoted_words(dossier, source.id) / max(1, words_in(source.text))
    used, left = sum(bool(one.quoted) for one in all), sum(bool(one.left_out) for one in all)
    yield (
        f"{source.id}: {len(all)} paragraphs, {used} used, {left} left out, {sum(one.is_open for one in all)} open; "
        f"{share:.0f} % of its words are quoted"
    )
    for disposal in all:
        yield ""
        yield from _paragraph(source, disposal)


def _paragraph(source: Source, disposal: Disposal) -> Iterator[str]:
    paragraph = disposal.paragraph
    role = f"{paragraph.role}; " if paragraph.role else ""
    yield f"{paragraph.number:4}  {role}{_why(disposal)}"
    yield from _lines(_text(source, disposal))


def _why(disposal: Disposal) -> str:
    keys = dict.fromkeys(use.fact.key for use in disposal.quoted)
    told = [f"used by {', '.join(keys)}"] if keys else []
    told += [f"left out: {plain(' '.join(entry.reason.split()))}" for entry in disposal.left_out]
    return "; ".join(told) or "open: no fact quotes it, and it is not left out"


def _text(source: Source, disposal: Disposal) -> str:
    """The words of a paragraph, those that no quote covers marked; none is in a paragraph that is left out."""
    text = ""
    for piece, is_covered in _pieces(source, disposal):
        told = visible(piece)
        if is_covered or disposal.left_out or not words_in(piece):
            text += told
        else:
            bare = told.strip().lstrip(",;:. ")
            at = told.index(bare)
            text += told[:at] + _marked(bare) + told[at + len(bare) :]
    return text


def _marked(text: str) -> str:
    return " ".join(click.style(word, underline=True) for word in text.split()) if is_styled() else f"[[{text}]]"


def _lines(text: str) -> list[str]:
    """A text on lines that fit the screen, indented."""
    lines, room = [""], 0
    for word in text.split():
        needed = width(click.unstyle(word)) + 1
        if needed > room and lines[-1]:
            lines.append("")
        if not lines[-1]:
            room = screen_width() - len(INDENT)
        lines[-1] += f" {word}" if lines[-1] else word
        room -= needed
    return [INDENT + line for line in lines]


def _next(dossier: Dossier, source: Source, disposal: Disposal) -> Iterator[str]:
    """An open paragraph, and the command that makes a fact of its words."""
    paragraph = disposal.paragraph
    words = visible(_first_sentence(source.text[paragraph.start : paragraph.end]))
    yield f"{source.id}, paragraph {paragraph.number}{f' ({paragraph.role})' if paragraph.role else ''}"
    yield from _lines(_text(source, disposal))
    yield ""
    yield f"briefing quote {source.id} {shlex.quote(words)} --fact KIND"
    yield ""
    yield "Other words of it do as well: those that bear your claim, with who says them."
    yield f"KIND: {', '.join(kind.stem for kind in dossier.kinds if can_be_quoted(kind))}"
    yield from _left_out(dossier, source, paragraph.number)


def _first_sentence(text: str) -> str:
    """The first sentence of a paragraph, as far as it is short enough to be quoted, without the place and day before it."""
    text = _DATELINE.sub("", collapse(text))
    return " ".join(SENTENCE_END.split(text, maxsplit=1)[0].split()[:MOST_WORDS])


def _left_out(dossier: Dossier, source: Source, number: int) -> Iterator[str]:
    """What to write in a record to leave out a paragraph, as it stands there."""
    record = dossier.fact(source.id, ("sources",))
    has_some = isinstance(record, Record) and record.left_out
    yield f"or, in facts/sources.yaml, {'under `left-out:`' if has_some else 'at the end'} of the record `{source.id}`:"
    yield from () if has_some else ("  left-out:",)
    yield f'    - paragraphs: "{number}"'
    yield "      reason:"
