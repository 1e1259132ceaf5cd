"""The public API: four functions for notebooks, bots and other programs. `import briefing` offers them, and their types."""

from os import PathLike
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, Report, RuleSummary, SourceFile
from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact
from briefing.model.fields import Quote
from briefing.model.source import Passage, Source
from briefing.rules import registry

__all__ = [
    "Claim",
    "Dossier",
    "Fact",
    "Location",
    "Passage",
    "Problem",
    "Quote",
    "Report",
    "RuleSummary",
    "Source",
    "SourceFile",
    "check",
    "load",
    "render",
    "verify",
]


def load(folder: str | PathLike[str]) -> Dossier:
    """Reads the briefing in a folder: its `facts/`, `seeds/`, `releases/` and `briefing.yaml`.

    It never fails: what cannot be read is left out, and named in the dossier's `problems`, which `check` reports too.
    """
    return read_dossier(Path(folder))


def check(dossier: Dossier) -> Report:
    """Runs every rule, as `briefing check` does.

    The report holds the problems and the warnings in the order of files and lines, and how much was checked. Lines and
    columns of a `Location` count from 0; its `width` is in characters.
    """
    return registry.check(dossier)


def render(dossier: Dossier, report: Report) -> dict[str, str]:
    """Every page and data file of the site by its path, as text: Markdown pages for a site generator, CSS, JSON, CSV.

    `report` is what `check` found in this dossier; a fact that one of its problems is about is left out. The words around
    the pages are English. The pictures and the frame of the pages are made by the site generator, not here.
    """
    from briefing.i18n.messages import SiteContext
    from briefing.rendering import pages

    excluded = [problem.fact for problem in report.problems]
    printable = dossier.without(excluded) if excluded else dossier
    return pages.render(printable, site_context=SiteContext(rules=report.rules))


def verify(site: str | PathLike[str], seeds: str | PathLike[str]) -> list[Problem]:
    """Checks a built site against the texts of its sources and against its own list of files, as `briefing verify` does.

    Every quote must be the seed's words at its offsets (in Unicode code points), every text on every page must come from a
    fact or from the generator, every link must lead somewhere. An empty list means that nothing is wrong.
    """
    from briefing.mkdocs_plugin.verify import verify_site
    from briefing.verification.checksums import verify_checksums

    return verify_checksums(Path(site), Path(seeds)) + verify_site(Path(site), Path(seeds))
