"""Briefings in which every sentence is cited and no citation misquotes: load facts, check them, render and verify a site.

    import briefing

    dossier = briefing.load("examples/port-lease")
    report = briefing.check(dossier)
    files = briefing.render(dossier, report)
    problems = briefing.verify("site", "seeds")

These names are the public API; `briefing.api` documents the functions. Everything else in the package may change from one
version to the next. A curator's mistake never raises an exception: it is a `Problem`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.api import (
        Claim,
        Dossier,
        Fact,
        Location,
        Passage,
        Problem,
        Quote,
        Report,
        RuleSummary,
        Source,
        SourceFile,
        check,
        load,
        render,
        verify,
    )

__version__ = "0.2.0"
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


def __getattr__(name: str) -> Any:
    """A name of the public API, imported when it is first used, so that `import briefing` costs nothing (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module("briefing.api"), name)
    return found


def __dir__() -> list[str]:
    """The public API and the version, as completion in a notebook lists them."""
    return [*__all__, "__version__"]
