"""The words that the theme Material itself prints around a page, read from the installed package."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from briefing.diagnostics.problem import RuleSummary
from briefing.i18n.messages import SiteContext
from briefing.loading.git import commit_of
from briefing.text.words import collapse_whitespace

_PAIR = re.compile(r'^[^\S\n]*+"([\w.-]+)":\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)
_TEMPLATE_CODE = re.compile(r"\{[{%#](?:(?!\{[{%#]).)*?[}%#]\}|<[^<>]*>", re.DOTALL)
_TEMPLATES_WITH_TEXT = ("404.html", "partials/copyright.html")
_UNPRINTED_KEYS = ("direction", "language", "search.config.")
THEME_LANGUAGE = "en"


def read_site_context(
    folder: Path, rules: tuple[RuleSummary, ...], language: str = THEME_LANGUAGE, is_preview: bool = False
) -> SiteContext:
    """What the pages of a briefing print besides its facts. A preview names no commit, since nobody cites it."""
    return SiteContext(theme_words(language), language, None if is_preview else commit_of(folder) or "", rules)


@cache
def theme_words(language: str) -> tuple[str, ...]:
    """What Material prints in a language (in English where a translation is missing), and the texts in its templates."""
    folder = theme_folder()
    if folder is None:
        return ()
    translations = {
        **_theme_translations(folder, THEME_LANGUAGE),
        **{key: text for key, text in _theme_translations(folder, language).items() if text},
    }
    texts = [text for key, text in translations.items() if not key.startswith(_UNPRINTED_KEYS)]
    for name in _TEMPLATES_WITH_TEXT:
        texts += _TEMPLATE_CODE.sub("\n", (folder / name).read_text("utf-8")).split("\n")
    return tuple(dict.fromkeys(text for text in map(collapse_whitespace, texts) if text))


def theme_folder() -> Path | None:
    """The folder with the templates and files of Material; None where it is not installed."""
    found = find_spec("material")
    return Path(found.origin).parent / "templates" if found and found.origin else None


def _theme_translations(folder: Path, language: str) -> dict[str, str]:
    file = folder / "partials" / "languages" / f"{language}.html"
    if not re.fullmatch(r"[\w-]+", language) or not file.is_file():
        return {}
    return {key: text.replace('\\"', '"').replace("\\\\", "\\") for key, text in _PAIR.findall(file.read_text("utf-8"))}
