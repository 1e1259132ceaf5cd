"""`briefing rules`: what each rule checks, and why."""

from collections.abc import Callable

import click
from click.shell_completion import CompletionItem

from briefing.diagnostics.rule_ids import PAGE_IS_CITED, SITE_IS_WHOLE
from briefing.diagnostics.suggestions import did_you_mean
from briefing.rules.registry import RULES, rule_summary
from briefing.text.docstrings import docstring
from briefing.verification.checksums import verify_checksums
from briefing.verification.site import check_site


def all_rules() -> dict[str, Callable[..., object]]:
    """The functions of all rules by id; those of the built site come last."""
    return {**RULES, PAGE_IS_CITED: check_site, SITE_IS_WHOLE: verify_checksums}


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of rules that begin with what was typed."""
    return [CompletionItem(name, help=rule_summary(rule)) for name, rule in all_rules().items() if name.startswith(incomplete)]


@click.command("rules")
@click.argument("rule", required=False, shell_complete=complete_rule)
def command(rule: str | None) -> None:
    """Explain what each rule checks, and why.

    Without RULE, prints the list of all rules.

    \b
    Examples:
      briefing rules
      briefing rules quote-is-verbatim
    """
    known = all_rules()
    if rule is None:
        for name, found in known.items():
            click.echo(f"{name}: {rule_summary(found)}")
    elif rule in known:
        click.echo(f"{rule}\n\n{docstring(known[rule])}")
    else:
        raise click.UsageError(f"there is no rule `{rule}`; {did_you_mean(rule, list(known), '`briefing rules` lists them')}")
