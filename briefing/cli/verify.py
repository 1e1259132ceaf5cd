"""`briefing verify`: a built site against the seeds."""

from pathlib import Path

import click

from briefing.cli.params import FOLDER
from briefing.diagnostics.problem import draw_line
from briefing.mkdocs_plugin.verify import verify_site
from briefing.verification.checksums import check_seal


@click.command("verify")
@click.argument("site", type=FOLDER)
@click.option("--seeds", type=FOLDER, default="seeds", help="The folder of the sources' texts.")
def command(site: Path, seeds: Path) -> None:
    """Re-check a built site against the seeds alone.

    It does not matter who built it. Every quote of its ledger is the seed's own words at its offsets; every claim and quote
    on its pages and in its search index is the ledger's; every link lands; every file is the one that SHA256SUMS names, and
    no other.

    \b
    Examples:
      briefing verify site
    """
    problems = check_seal(site, seeds) + verify_site(site, seeds)
    for problem in problems:
        click.echo(draw_line(problem))
    click.echo(f"briefing: {len(problems) or 'no'} problem{'s' if len(problems) != 1 else ''} in {site}", err=True)
    raise SystemExit(1 if problems else 0)
