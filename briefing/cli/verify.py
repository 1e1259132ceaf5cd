"""`briefing verify`: a built site against the seeds."""

from pathlib import Path

import click

from briefing.cli.params import FOLDER_PARAM
from briefing.diagnostics.formats import format_line
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification.checksums import verify_checksums


@click.command("verify")
@click.argument("site", type=FOLDER_PARAM)
@click.option("--seeds", type=FOLDER_PARAM, default="seeds", help="The folder of the sources' texts.")
def command(site: Path, seeds: Path) -> None:
    """Re-check a built site against the seeds alone.

    It does not matter who built it. Every quote of its ledger is the seed's own words at its offsets; every claim and quote
    on its pages and in its search index is the ledger's; every link lands; every file is the one that SHA256SUMS names, and
    no other.

    \b
    Examples:
      briefing verify site
    """
    problems = verify_checksums(site, seeds) + verify_site(site, seeds)
    for problem in problems:
        click.echo(format_line(problem))
    click.echo(f"briefing: {len(problems) or 'no'} problem{'s' if len(problems) != 1 else ''} in {site}", err=True)
    raise SystemExit(1 if problems else 0)
