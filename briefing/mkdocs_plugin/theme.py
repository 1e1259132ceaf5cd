"""The words of the theme: what Material itself writes around a page, read from the package that is installed."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from briefing.diagnostics.problem import ToldRule
from briefing.i18n.messages import Frame
from briefing.loading.commit import commit_of
from briefing.text.words import collapse

_PAIR = re.compile(r'^\s*"([\w.-]+)":\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)
_CODE = re.compile(r"\{[{%#].*?[}%#]\}|<[^>]*>", re.DOTALL)
_SPOKEN = ("404.html", "partials/copyright.html")
_NOT_SPOKEN = ("direction", "language", "search.config.")
OWN = "en"


def frame_of(folder: Path, rules: tuple[ToldRule, ...], language: str = OWN, is_preview: bool = False) -> Frame:
    """What stands around the pages of the briefing in a folder; a preview, in which nobody cites, names no commit."""
    return Frame(theme_words(language), language, None if is_preview else commit_of(folder), rules)


@cache
def theme_words(language: str) -> tuple[str, ...]:
    """What Material says in a language, English where it lacks a word, and what its templates say in no language file."""
    folder = _templates()
    if folder is None:
        return ()
    told = {**_language(folder, OWN), **{key: text for key, text in _language(folder, language).items() if text}}
    spoken = [text for key, text in told.items() if not key.startswith(_NOT_SPOKEN)]
    for name in _SPOKEN:
        spoken += _CODE.sub("\n", (folder / name).read_text("utf-8")).split("\n")
    return tuple(dict.fromkeys(text for text in map(collapse, spoken) if text))


def _templates() -> Path | None:
    found = find_spec("material")
    return Path(found.origin).parent / "templates" if found and found.origin else None


def _language(folder: Path, language: str) -> dict[str, str]:
    file = folder / "partials" / "languages" / f"{language}.html"
    if not re.fullmatch(r"[\w-]+", language) or not file.is_file():
        return {}
    return {key: text.replace('\\"', '"').replace("\\\\", "\\") for key, text in _PAIR.findall(file.read_text("utf-8"))}
