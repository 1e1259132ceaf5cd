"""`briefing rules`: what each rule asks, and why."""

from collections.abc import Callable

import click

from briefing.checks import RULES, summary
from briefing.sealed import check_seal
from briefing.verify import check_site


@click.command("rules")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
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
