"""The commands. This module alone prints; exit codes are 0 nothing wrong, 1 problems, 2 could not run."""

import sys
from pathlib import Path

import click

from briefing import __version__
from briefing.checks import RULES, check, summary
from briefing.dossier import Dossier, read_dossier
from briefing.problem import FORMATS, Report
from briefing.source import Passage, Source

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Keeps a briefing honest: nothing on the site is uncited, and no citation misquotes.

    A briefing is a folder with facts/ (YAML, written by hand), seeds/ (the sources' texts, never edited) and mkdocs.yml.
    """


@main.command("check")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="full", help="How problems are drawn.")
def check_command(folder: Path, form: str) -> None:
    """Check every fact against its sources; report all problems at once."""
    report = check(read_dossier(folder))
    drawn = FORMATS[form](report)
    if drawn:
        click.echo(drawn)
    click.echo(told(report), err=True)
    if not any(report.checked.values()) and not report.problems:
        raise SystemExit(2)
    raise SystemExit(1 if report.problems else 0)


def told(report: Report) -> str:
    """How much a run checked and what it found, in one line."""
    counts = ", ".join(
        f"{count} {name if count != 1 else name.removesuffix('s')}" for name, count in report.checked.items()
    )
    wrong = len(report.problems)
    found = "nothing wrong" if not wrong else f"{wrong} problem{'s' if wrong != 1 else ''}"
    return f"briefing: {found}; checked {counts}"


@main.command("rules")
@click.argument("rule", required=False)
def rules_command(rule: str | None) -> None:
    """What each rule asks, and why."""
    if rule is None:
        for name, found in RULES.items():
            click.echo(f"{name}: {summary(found)}")
    elif rule in RULES:
        lines = (RULES[rule].__doc__ or "").strip().splitlines()
        click.echo("\n".join([rule, "", *(line.removeprefix("    ") for line in lines)]))
    else:
        raise click.UsageError(f"there is no rule `{rule}`; `briefing rules` lists them")


@main.command("quote")
@click.argument("source")
@click.argument("words")
@click.option("--dir", "folder", type=FOLDER, default=".", help="The briefing's folder.")
def quote_command(source: str, words: str, folder: Path) -> None:
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
        for passage in hits.whole or tuple(dict.fromkeys(map(found.whole, hits.cut))):
            click.echo(_paste(dossier, found, found.unique(passage)))
        return
    near = found.nearest(words)
    if near is None:
        click.echo(f"nothing like these words stands in {source}", err=True)
    else:
        click.echo(f"these words are not in {source}; the nearest run is:", err=True)
        click.echo(_paste(dossier, found, found.unique(near)))
    raise SystemExit(1)


def _paste(dossier: Dossier, source: Source, passage: Passage) -> str:
    paragraph = source.paragraph(passage.paragraph)
    role = f" ({paragraph.role})" if paragraph.role else ""
    where = f"{passage.paragraph}-{passage.last}" if passage.last != passage.paragraph else str(passage.paragraph)
    return f"# {source.id}, paragraph {where}{role}\n{source.id}: >-\n  {source.exact(passage)}"


if __name__ == "__main__":
    sys.exit(main())
