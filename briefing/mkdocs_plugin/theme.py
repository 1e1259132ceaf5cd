"""The words of the theme: what Material itself writes around a page, read from the package that is installed."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from briefing.diagnostics.problem import RuleSummary
from briefing.i18n.messages import SiteContext
from briefing.loading.git import commit_of
from briefing.text.words import collapse_whitespace

_PAIR = re.compile(r'^\s*"([\w.-]+)":\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)
_TEMPLATE_CODE = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>", re.DOTALL)
_TEMPLATES_WITH_TEXT = ("404.html", "partials/copyright.html")
_UNPRINTED_KEYS = ("direction", "language", "search.config.")
THEME_LANGUAGE = "en"


def read_site_context(
    folder: Path, rules: tuple[RuleSummary, ...], language: str = THEME_LANGUAGE, is_preview: bool = False
) -> SiteContext:
    """What stands around the pages of the briefing in a folder; a preview, in which nobody cites, names no commit."""
    return SiteContext(theme_words(language), language, None if is_preview else commit_of(folder) or "", rules)


@cache
def theme_words(language: str) -> tuple[str, ...]:
    """What Material says in a language, English where it lacks a word, and what its templates say in no language file."""
    folder = _templates()
    if folder is None:
        return ()
    told = {
        **_theme_translations(folder, THEME_LANGUAGE),
        **{key: text for key, text in _theme_translations(folder, language).items() if text},
    }
    spoken = [text for key, text in told.items() if not key.startswith(_UNPRINTED_KEYS)]
    for name in _TEMPLATES_WITH_TEXT:
        spoken += _TEMPLATE_CODE.sub("\n", (folder / name).read_text("utf-8")).split("\n")
    return tuple(dict.fromkeys(text for text in map(collapse_whitespace, spoken) if text))


def _templates() -> Path | None:
    found = find_spec("material")
    return Path(found.origin).parent / "templates" if found and found.origin else None


def _theme_translations(folder: Path, language: str) -> dict[str, str]:
    file = folder / "partials" / "languages" / f"{language}.html"
    if not re.fullmatch(r"[\w-]+", language) or not file.is_file():
        return {}
    return {key: text.replace('\\"', '"').replace("\\\\", "\\") for key, text in _PAIR.findall(file.read_text("utf-8"))}
