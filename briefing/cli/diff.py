"""`briefing diff`: what changed for readers between a git revision and now."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

import click

from briefing.cli.common import exit_with_problem, format_count
from briefing.cli.params import FOLDER_PARAM
from briefing.cli.terminal import is_styled, progress
from briefing.diagnostics.terminal import escape_controls
from briefing.i18n.escape import escaped
from briefing.loading.dossier_reader import read_dossier
from briefing.loading.git import write_revision
from briefing.model.differences import Difference, FieldChange, find_differences

MAX_COMPARED_WORDS = 400  # words of a text in which single changed words are shown
_NOT_COMPARED = "cannot be compared because the fact or its file cannot be read; `briefing check` says why"


@click.command("diff")
@click.argument("revision")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
@click.option("--format", "form", type=click.Choice(["full", "json", "markdown"]), default="full", help="How to print changes.")
def command(revision: str, folder: Path, form: str) -> None:
    """Show what changed for readers since a git revision.

    Lists, by kind and fact, changed claims, quotes, numbers, dates and codes, and facts that were added or removed. Changes of
    line wraps, comments and order do not count. The exit code is 0 if nothing changed and 1 if something did.

    \b
    Examples:
      briefing diff HEAD
      briefing diff main --format markdown
    """
    with tempfile.TemporaryDirectory() as earlier:
        if problem := write_revision(folder, revision, Path(earlier)):
            exit_with_problem(problem)
        with progress() as show_step:
            show_step("comparing the facts")
            old, new = read_dossier(Path(earlier)), read_dossier(folder)
            found = list(find_differences(old, new))
    if not any((*old.known_ids.values(), *new.known_ids.values())):
        raise click.UsageError(f"there are no facts in {escape_controls(str(folder))}, neither then nor now")
    text = {"full": _full, "json": _json, "markdown": _markdown}[form](found)
    if text:
        click.echo(text)
    click.echo(f"briefing: {_diff_summary(found)} since {escape_controls(revision)}", err=True)
    raise SystemExit(1 if found else 0)


def _diff_summary(found: Sequence[Difference]) -> str:
    counts = {how: sum(one.how == how for one in found) for how in ("changed", "added", "removed", "unread")}
    facts = [f"{format_count(n, 'fact')} {'not compared' if how == 'unread' else how}" for how, n in counts.items() if n]
    return ", ".join(facts) or "nothing changed for readers"


def _full(found: Sequence[Difference]) -> str:
    blocks = []
    for title, facts in groupby(found, lambda one: one.kind.title):
        blocks.append(title)
        blocks += ["\n".join(_difference_lines(one)) for one in facts]
    return "\n\n".join(blocks)


def _difference_lines(one: Difference) -> Iterator[str]:
    place = f", {escape_controls(_location_text(one))}" if one.location else ""
    yield f"  {escape_controls(one.key)}{place}: {_NOT_COMPARED if one.how == 'unread' else one.how}"
    part = ""
    for edit in one.edits:
        if edit.part != part:
            part = edit.part
            yield f"    in {escape_controls(part)}" if part else "    in the fact itself"
        yield f"    {edit.what}"
        yield from _sides(edit)


def _sides(edit: FieldChange) -> Iterator[str]:
    """The earlier and the later texts, one on each line; on a terminal, the words that differ are underlined."""
    old, new = list(map(escape_controls, edit.old)), list(map(escape_controls, edit.new))
    if is_styled() and len(old) == len(new) == 1:
        runs = _compare_words(old[0], new[0])
        old = [" ".join(_underlined(how, words) for how, words, _ in runs if words)]
        new = [" ".join(_underlined(how, words) for how, _, words in runs if words)]
    yield from (f"      {click.style('-', fg='red')} {text}" for text in old)
    yield from (f"      {click.style('+', fg='green')} {text}" for text in new)


def _underlined(how: str, words: str) -> str:
    return words if how == "equal" else click.style(words, underline=True)


def _compare_words(old: str, new: str) -> list[tuple[str, str, str]]:
    """Runs of words, each as `equal` or the kind of change, the words before, and the words now."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > MAX_COMPARED_WORDS:
        return [("replace", old, new)]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(how, " ".join(before[a:b]), " ".join(after[c:d])) for how, a, b, c, d in steps]


def _location_text(one: Difference) -> str:
    return f"{one.location.file.path}:{one.location.line + 1}" if one.location else ""


def _json(found: Sequence[Difference]) -> str:
    changes = [
        {
            "kind": one.kind.file_stem,
            "fact": one.key,
            "how": one.how,
            "file": escape_controls(one.location.file.path) if one.location else None,
            "line": one.location.line + 1 if one.location else None,
            "edits": [edit._asdict() for edit in one.edits],
        }
        for one in found
    ]
    return json.dumps({"changes": changes}, ensure_ascii=False, indent=2)


def _markdown(found: Sequence[Difference]) -> str:
    lines: list[str] = []
    for title, facts in groupby(found, lambda one: one.kind.title):
        lines += ["", f"### {escaped(title)}", ""]
        for one in facts:
            lines.append(f"- **{escaped(one.key)}** {_NOT_COMPARED if one.how == 'unread' else one.how}")
            lines += [f"  - {escaped(edit.what)}{_part_suffix(edit)}: {_inline(edit)}" for edit in one.edits]
    return "\n".join(lines[1:])


def _part_suffix(edit: FieldChange) -> str:
    return f" ({escaped(edit.part)})" if edit.part else ""


def _inline(edit: FieldChange) -> str:
    """The texts on one line, removed words in `<del>` and added words in `<ins>`."""
    if len(edit.old) == len(edit.new) == 1:
        words = _compare_words(edit.old[0], edit.new[0])
        return " ".join(escaped(old) if how == "equal" else _del_and_ins([old], [new]) for how, old, new in words)
    return _del_and_ins(edit.old, edit.new)


def _del_and_ins(old: Sequence[str], new: Sequence[str]) -> str:
    removed, added = (" · ".join(escaped(text) for text in texts if text) for texts in (old, new))
    return " ".join([*([f"<del>{removed}</del>"] if removed else []), *([f"<ins>{added}</ins>"] if added else [])])
