"""`briefing rules`: what each rule asks, and why."""

from collections.abc import Callable

import click
from click.shell_completion import CompletionItem

from briefing.diagnostics.rule_ids import PAGE_IS_CITED, SITE_IS_WHOLE
from briefing.diagnostics.suggestions import did_you_mean
from briefing.rules.registry import RULES, rule_summary
from briefing.verification.checksums import verify_checksums
from briefing.verification.site import check_site


def all_rules() -> dict[str, Callable[..., object]]:
    """The rules by name, those of the built site last."""
    return {**RULES, PAGE_IS_CITED: check_site, SITE_IS_WHOLE: verify_checksums}


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The rules that begin so."""
    return [CompletionItem(name, help=rule_summary(rule)) for name, rule in all_rules().items() if name.startswith(incomplete)]


@click.command("rules")
@click.argument("rule", required=False, shell_complete=complete_rule)
def command(rule: str | None) -> None:
    """Say what each rule asks, and why.

    Without RULE, all of them stand one a line.

    \b
    Examples:
      briefing rules
      briefing rules quote-is-verbatim
    """
    told = all_rules()
    if rule is None:
        for name, found in told.items():
            click.echo(f"{name}: {rule_summary(found)}")
    elif rule in told:
        lines = (told[rule].__doc__ or "").strip().splitlines()
        click.echo("\n".join([rule, "", *(line.removeprefix("    ") for line in lines)]))
    else:
        raise click.UsageError(f"there is no rule `{rule}`; {did_you_mean(rule, list(told), '`briefing rules` lists them')}")
