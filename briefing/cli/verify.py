"""`briefing verify`: checks a built site against the seeds."""

from pathlib import Path

import click

from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.formats import format_line
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification.checksums import verify_checksums


@click.command("verify")
@click.argument("site", type=FOLDER_PARAM)
@click.option("--seeds", type=FOLDER_PARAM, default="seeds", help="The folder with the texts of the sources.")
def command(site: Path, seeds: Path) -> None:
    """Check a built site against the seeds alone.

    You need not trust whoever built it. Every quote in ledger.json must be the words of the seed at its offsets. Every claim
    and quote on the pages and in the search index must be in ledger.json. Every link must lead somewhere. Every file must match
    its line in SHA256SUMS, and there must be no other file.

    \b
    Examples:
      briefing verify site
    """
    problems = verify_checksums(site, seeds) + verify_site(site, seeds)
    for problem in problems:
        click.echo(format_line(problem))
    click.echo(f"briefing: {len(problems) or 'no'} problem{'s' if len(problems) != 1 else ''} in {site}", err=True)
    raise SystemExit(1 if problems else 0)
