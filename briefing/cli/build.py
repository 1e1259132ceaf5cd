"""`briefing build`: the site, checked, built, verified and published."""

import logging
import os
from pathlib import Path

import click

from briefing.cli.common import exit_on_problems, exit_with_problem, report_summary, require_briefing
from briefing.cli.params import FOLDER_PARAM
from briefing.cli.terminal import progress
from briefing.diagnostics.problem import Problem
from briefing.mkdocs_plugin.build import build_site


@click.command("build")
@click.argument("folder", metavar="[DIR]", type=FOLDER_PARAM, default=".")
def command(folder: Path) -> None:
    """Check, build and verify the site, then publish it.

    The new site is built in a folder of its own. It replaces the earlier site in one step, and only when everything is right;
    otherwise the earlier site stays as it is. A second build waits for the first to end.

    \b
    Examples:
      briefing build
    """
    require_briefing(folder)
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    with progress() as show_step:
        show_step("building the site")
        result = build_site(folder)
    if isinstance(result, Problem):
        exit_with_problem(result)
    report, site = result
    exit_on_problems(report)
    click.echo(report_summary(report), err=True)
    click.echo(f"briefing: the site is in {os.path.relpath(site or folder)}", err=True)
