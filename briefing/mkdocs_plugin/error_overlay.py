"""The problems laid over a page of the preview: the terminal's own text, each place a link into the curator's editor."""

import html
import re
from collections.abc import Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location, Problem
from briefing.diagnostics.terminal import display_width, escape_controls

DEFAULT_EDITOR = "vscode://file{path}:{line}:{column}"
MAX_PROBLEMS = 100
_LOCATION_LINE = re.compile(r"( *--> )(.+)")
_SOURCE_LINE = re.compile(r"( *\d+ \| )(.*)")
_UNDERLINE = re.compile(r" *\|(?: ( *)(~+))?")
_HELP_LINE = re.compile(r"( *= )help(: .*)")


def editor_url(editor: str, location: Location, folder: Path) -> str:
    """The link that opens a place in an editor; empty where no editor is named. `folder` is where its path begins."""
    path = quote((folder / location.file.path).resolve().as_posix())
    told = {"path": path, "line": str(location.line + 1), "column": str(location.column + 1)}
    return re.sub(r"\{(path|line|column)\}", lambda found: told[found[1]], editor)


def render_overlay(problems: Sequence[Problem], editor: str, folder: Path) -> str:
    """The overlay as HTML for the end of a page, warnings last; empty where there is no problem.

    Where there are only warnings, it is folded to its button until somebody opens it.
    """
    if not problems:
        return ""
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    shown = [_problem_html(problem, editor, folder) for problem in (*errors, *warnings)[:MAX_PROBLEMS]]
    if len(problems) > MAX_PROBLEMS:
        shown.append(f"<li><pre>and {len(problems) - MAX_PROBLEMS} more; `briefing check` lists all</pre></li>")
    template = resources.files("briefing.mkdocs_plugin").joinpath("panel.html").read_text("utf-8")
    values = {
        "name": "Problems" if errors else "Warnings",
        "folded": "" if errors else "hidden calm",
        "count": ", ".join(filter(None, (_count(errors, "problem"), _count(warnings, "warning")))),
        "says": "The pages show the facts without these problems." if errors else "These do not stop a build.",
        "seen": _digest(errors or warnings),
        "problems": "\n".join(shown),
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: values[found[1]], template)


def _count(problems: Sequence[Problem], noun: str) -> str:
    return f"{len(problems)} {noun}{'s' if len(problems) != 1 else ''}" if problems else ""


def _digest(problems: Sequence[Problem]) -> str:
    """What a page recognises problems by that its reader has hidden or opened."""
    return sha256("\n".join(map(format_full, problems)).encode("utf-8", "replace")).hexdigest()[:16]


def _problem_html(problem: Problem, editor: str, folder: Path) -> str:
    """The terminal's lines, each a block that wraps under its own beginning; what `~` underlines there is marked."""
    head, *lines = [escape_controls(line) for line in format_full(problem).split("\n")]
    kind, colon, message = head.partition(": ")
    link = editor_url(editor, problem.location, folder)
    indent = next((len(line) - len(line.lstrip()) for line in lines), 0) + 2
    drawn = [f'<span class="line"><b class="kind">{html.escape(kind)}</b>{colon}<b>{html.escape(message)}</b></span>']
    drawn += [_line_html(*pair, link) for pair in zip(lines, [*lines[1:], ""], strict=True)]
    attribute = ' class="calm"' if problem.severity == "warning" else ""
    return f'<li{attribute}><pre style="--indent: {indent}ch">{"".join(drawn)}</pre></li>'


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


def inject_overlay(page: str, overlay: str) -> str:
    """A page with the overlay before the end of its body."""
    at = page.rfind("</body>")
    at = at if at >= 0 else len(page)
    return page[:at] + overlay + page[at:]


def bare_page(message: str) -> str:
    """A page where there is none to lay a panel over."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><p>{html.escape(message)}</p></body></html>\n'
