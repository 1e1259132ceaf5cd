"""What several commands take and say alike."""

import click

from briefing.problem import FORMATS, Report


def told(report: Report) -> str:
    """How much a run checked and what it found, in one line."""
    counts = ", ".join(counted(count, name.removesuffix("s")) for name, count in report.checked.items())
    found = counted(len(report.problems), "problem") if report.problems else "nothing wrong"
    more = [counted(len(report.warnings), "warning")] if report.warnings else []
    more += [f"{len(report.waived)} waived"] if report.waived else []
    return f"briefing: {', '.join([found, *more])}; checked {counts}"


def counted(count: int, one: str) -> str:
    """A count with its noun."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def stop_on_problems(report: Report) -> None:
    """Ends the run with exit code 1, and the problems, where there are any."""
    if report.problems:
        click.echo(FORMATS["full"](report), err=True)
        click.echo(told(report), err=True)
        raise SystemExit(1)
