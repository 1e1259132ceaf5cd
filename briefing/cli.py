"""The commands. This module alone prints; exit codes are 0 nothing wrong, 1 problems, 2 could not run."""

import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from briefing import __version__
from briefing.change import states
from briefing.checks import RULES, check, summary
from briefing.dossier import read_dossier
from briefing.exchange import Unable
from briefing.folder import read_docs, write_folder
from briefing.pages import render
from briefing.problem import FORMATS, Report, draw_line, plain
from briefing.release import is_day, written
from briefing.schema import schemas
from briefing.sealed import check_seal
from briefing.source import Passage, Source
from briefing.theme import frame_of
from briefing.verify import check_site

MOST_PRINTED = 8
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
    counts = ", ".join(counted(count, name.removesuffix("s")) for name, count in report.checked.items())
    found = counted(len(report.problems), "problem") if report.problems else "nothing wrong"
    more = [counted(len(report.warnings), "warning")] if report.warnings else []
    more += [f"{len(report.waived)} waived"] if report.waived else []
    more += [f"{counted(len(report.not_run), 'rule')} not run, for the claims are not in English"] if report.not_run else []
    return f"briefing: {', '.join([found, *more])}; checked {counts}"


def counted(count: int, one: str) -> str:
    """A count with its noun."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


@main.command("rules")
@click.argument("rule", required=False)
def rules_command(rule: str | None) -> None:
    """What each rule asks, and why."""
    told: dict[str, Callable[..., object]] = {**RULES, "page-is-cited": check_site, "site-is-whole": check_seal}
    if rule is None:
        for name, found in told.items():
            click.echo(f"{name}: {summary(found)}")
    elif rule in told:
        lines = (told[rule].__doc__ or "").strip().splitlines()
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


@main.command("pages")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option(
    "--links",
    type=click.Choice(["page", "file"]),
    default="page",
    help="What links are relative to: the page (MkDocs and its fork), or the Markdown file (Zensical, which rewrites them).",
)
def pages_command(out: Path, folder: Path, links: str) -> None:
    """Write the Markdown pages, with those of docs/, to the folder OUT, for any renderer.

    Only what changed is written; what an earlier run wrote and is no longer a page is deleted.
    """
    dossier = read_dossier(folder)
    _stop_on_problems(check(dossier))
    docs = folder / "docs"
    files: dict[str, str | bytes] = {
        **render(dossier, frame=frame_of(folder), from_files=links == "file"),
        **(read_docs(docs) if docs.is_dir() else {}),
    }
    written = write_folder(out, files)
    if written is None:
        raise click.UsageError(f"{out} holds files that are not from here; name an empty or new folder")
    click.echo(f"briefing: {len(files)} files in {out}, {len(written)} of them new or changed", err=True)


@main.command("build")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
def build_command(folder: Path) -> None:
    """Check, build the site beside the earlier one, read it back, and exchange the two.

    Whatever goes wrong, the earlier site stays as it was. A second build waits for the first.
    """
    from briefing.site import build_site  # MkDocs takes half a second to import, and only this command needs it

    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    try:
        report, goal = build_site(folder)
    except Unable as unable:
        click.echo(f"briefing: {plain(str(unable))}", err=True)
        raise SystemExit(2) from None
    _stop_on_problems(report)
    click.echo(told(report), err=True)
    click.echo(f"briefing: the site is in {os.path.relpath(goal or folder)}", err=True)


@main.command("verify")
@click.argument("site", type=FOLDER)
@click.option("--seeds", type=FOLDER, default="seeds", help="The folder of the sources' texts.")
def verify_command(site: Path, seeds: Path) -> None:
    """Re-check a built site, whoever built it, against the seeds alone.

    Every quote of its ledger is the seed's own words at its offsets; every claim and quote on its pages and in its search
    index is the ledger's; every link lands; every file is the one that SHA256SUMS names, and no other.
    """
    problems = check_seal(site, seeds) + check_site(site, seeds)
    for problem in problems:
        click.echo(draw_line(problem))
    click.echo(f"briefing: {len(problems) or 'no'} problem{'s' if len(problems) != 1 else ''} in {site}", err=True)
    raise SystemExit(1 if problems else 0)


@main.command("schema")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if schemas/ is not up to date.")
def schema_command(folder: Path, only_check: bool) -> None:
    """Write the editor's JSON Schemas, with today's ids, to schemas/."""
    wanted = schemas(read_dossier(folder))
    stale = [name for name, text in wanted.items() if not _is(folder / "schemas" / name, text)]
    if only_check and stale:
        click.echo(f"briefing: not up to date: {', '.join(stale)}; run `briefing schema`", err=True)
        raise SystemExit(1)
    for name in stale:
        (folder / "schemas").mkdir(exist_ok=True)
        (folder / "schemas" / name).write_text(wanted[name], encoding="utf-8")


@main.command("release")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=".")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day of the release; today, if not given.")
def release_command(folder: Path, day: str | None) -> None:
    """Keep what readers see today of each fact, so that every later change to it must be told.

    Writes releases/DATE.json. From then on, `briefing check` asks for a fact in facts/history.yaml where a released claim,
    value or quote is changed or gone.
    """
    day = day or date.today().isoformat()
    dossier = read_dossier(folder)
    _stop_on_problems(check(dossier))
    path = folder / "releases" / f"{day}.json"
    if not is_day(day):
        raise click.UsageError(f"`{day}` is no day; write it as in 2020-11-10")
    if dossier.releases and dossier.releases[-1].date >= day:
        raise click.UsageError(f"there is a release of {dossier.releases[-1].date}; a release is later than those before it")
    facts = {key: state for key, state in states(dossier).items() if state}
    path.parent.mkdir(exist_ok=True)
    path.write_text(written(day, facts), encoding="utf-8")
    click.echo(f"briefing: {len(facts)} facts released on {day}, in {os.path.relpath(path)}", err=True)


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def _stop_on_problems(report: Report) -> None:
    if report.problems:
        click.echo(FORMATS["full"](report), err=True)
        click.echo(told(report), err=True)
        raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
