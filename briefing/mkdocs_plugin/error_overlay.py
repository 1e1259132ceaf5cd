"""The problems laid over a page of the preview: the terminal's own text, each place a link into the curator's editor."""

import html
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location, Problem
from briefing.diagnostics.terminal import display_width, escape_controls

DEFAULT_EDITOR = "vscode://file{path}:{line}:{column}"
MAX_OVERLAY_ITEMS = 100
_WARNING_ATTRIBUTE = ' class="calm"'
_LOCATION_LINE = re.compile(r"( *--> )(.+)")
_SOURCE_LINE = re.compile(r"( *\d+ \| )(.*)")
_UNDERLINE = re.compile(r" *\|(?: ( *)(~+))?")
_HELP_LINE = re.compile(r"( *= )help(: .*)")


class OverlayItem(NamedTuple):
    """What a panel tells of one thing that is wrong: its text as a terminal prints it, and the place, if it has one.

    A warning stops no build.
    """

    text: str
    location: Location | None = None
    is_warning: bool = False

    @classmethod
    def from_problem(cls, problem: Problem) -> "OverlayItem":
        """A problem of the dossier."""
        return cls(format_full(problem), problem.location, problem.severity == "warning")


def editor_url(editor: str, location: Location, folder: Path) -> str:
    """The link that opens a place in an editor; empty where no editor is named. `folder` is where its path begins."""
    path = quote((folder / location.file.path).resolve().as_posix())
    told = {"path": path, "line": str(location.line + 1), "column": str(location.column + 1)}
    return re.sub(r"\{(path|line|column)\}", lambda found: told[found[1]], editor)


def render_overlay(items: Sequence[OverlayItem], editor: str, folder: Path) -> str:
    """The panel as HTML to stand at the end of a page, warnings last; empty where nothing is wrong.

    Where there are only warnings it is folded to its button, until somebody opens it.
    """
    if not items:
        return ""
    problems, warnings = [one for one in items if not one.is_warning], [one for one in items if one.is_warning]
    shown = [_item_html(one, editor, folder) for one in (*problems, *warnings)[:MAX_OVERLAY_ITEMS]]
    if len(items) > MAX_OVERLAY_ITEMS:
        shown.append(f"<li><pre>and {len(items) - MAX_OVERLAY_ITEMS} more; `briefing check` lists all</pre></li>")
    template = resources.files("briefing.mkdocs_plugin").joinpath("panel.html").read_text("utf-8")
    told = {
        "name": "Problems" if problems else "Warnings",
        "folded": "" if problems else "hidden calm",
        "count": ", ".join(filter(None, (_item_count(problems, "problem"), _item_count(warnings, "warning")))),
        "says": "The pages show what is right." if problems else "These do not stop a build.",
        "seen": _items_digest(problems or warnings),
        "problems": "\n".join(shown),
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: told[found[1]], template)


def _item_count(items: Sequence[OverlayItem], one: str) -> str:
    return f"{len(items)} {one}{'s' if len(items) != 1 else ''}" if items else ""


def _items_digest(items: Sequence[OverlayItem]) -> str:
    """By what a page knows again what its reader has put away, or opened."""
    return sha256("\n".join(one.text for one in items).encode("utf-8", "replace")).hexdigest()[:16]


def _item_html(item: OverlayItem, editor: str, folder: Path) -> str:
    return f"<li{_WARNING_ATTRIBUTE if item.is_warning else ''}>{_item_body(item, editor, folder)}</li>"


def _item_body(item: OverlayItem, editor: str, folder: Path) -> str:
    """The terminal's lines, each a block that wraps under its own beginning; what `~` underlines there is marked."""
    head, *lines = [escape_controls(line) for line in item.text.split("\n")]
    kind, colon, message = head.partition(": ")
    link = editor_url(editor, item.location, folder) if item.location else ""
    indent = next((len(line) - len(line.lstrip()) for line in lines), 0) + 2
    told = [f'<span class="line"><b class="kind">{html.escape(kind)}</b>{colon}<b>{html.escape(message)}</b></span>']
    told += [_line_html(*pair, link) for pair in zip(lines, [*lines[1:], ""], strict=True)]
    return f'<pre style="--indent: {indent}ch">{"".join(told)}</pre>'


def _line_html(line: str, after: str, link: str) -> str:
    """One line as HTML, by what it is: the place, the text that stands there, what underlines it, the next step, words."""
    kind, drawn = "line", html.escape(line)
    if link and (place := _LOCATION_LINE.fullmatch(line)):
        drawn = f'{html.escape(place[1])}<a href="{html.escape(link)}">{html.escape(place[2])}</a>'
    elif (typed := _SOURCE_LINE.fullmatch(line)) and (under := _UNDERLINE.fullmatch(after)) and under[2]:
        start, end = _column_to_index(typed[2], len(under[1])), _column_to_index(typed[2], len(under[1]) + len(under[2]))
        before, marked, rest = (html.escape(text) for text in (typed[2][:start], typed[2][start:end], typed[2][end:]))
        drawn = f"{typed[1]}{before}<mark>{marked}</mark>{rest}"
    elif step := _HELP_LINE.fullmatch(line):
        drawn = f'{step[1]}<b class="step">help</b>{html.escape(step[2])}'
    elif _UNDERLINE.fullmatch(line):
        kind = "under"
    return f'<span class="{kind}">{drawn}</span>'


def _column_to_index(text: str, column: int) -> int:
    """The character of a text that stands in a column of a terminal."""
    return next((at for at in range(len(text)) if display_width(text[: at + 1]) > column), len(text))


def inject_overlay(page: str, overlays: Iterable[str]) -> str:
    """A page with what is laid over it before the end of its body."""
    at = page.rfind("</body>")
    at = at if at >= 0 else len(page)
    return page[:at] + "".join(overlays) + page[at:]


def bare_page(message: str) -> str:
    """A page where there is none to lay a panel over."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><p>{html.escape(message)}</p></body></html>\n'
