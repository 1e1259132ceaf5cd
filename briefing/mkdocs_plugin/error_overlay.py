"""The overlay of the preview: the problems as a terminal shows them, each location a link into the curator's editor."""

import html
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from briefing.diagnostics.formats import Line, Span, Style, format_full, lines_of
from briefing.diagnostics.problem import Location, Problem

DEFAULT_EDITOR = "vscode://file{path}:{line}:{column}"
MAX_OVERLAY_PROBLEMS = 100
_TAGS: Mapping[Style, tuple[str, str]] = {
    "kind": ('<b class="kind">', "</b>"),
    "message": ("<b>", "</b>"),
    "marked": ("<mark>", "</mark>"),
    "help-label": ('<b class="help">', "</b>"),
}


def editor_url(editor: str, location: Location, folder: Path) -> str:
    """The link that opens a location in an editor; empty where `editor` is. The location's path is relative to `folder`."""
    path = quote((folder / location.file.path).resolve().as_posix())
    values = {"path": path, "line": str(location.line + 1), "column": str(location.column + 1)}
    return re.sub(r"\{(path|line|column)\}", lambda found: values[found[1]], editor)


def render_overlay(problems: Sequence[Problem], editor: str, folder: Path) -> str:
    """The overlay as HTML for the end of a page, warnings last; empty where there is no problem.

    Where there are only warnings, it is folded to its button until somebody opens it.
    """
    if not problems:
        return ""
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity == "warning"]
    shown = [_problem_html(problem, editor, folder) for problem in (*errors, *warnings)[:MAX_OVERLAY_PROBLEMS]]
    if len(problems) > MAX_OVERLAY_PROBLEMS:
        shown.append(f"<li><pre>and {len(problems) - MAX_OVERLAY_PROBLEMS} more; `briefing check` lists all</pre></li>")
    template = resources.files("briefing.mkdocs_plugin").joinpath("overlay.html").read_text("utf-8")
    values = {
        "name": "Problems" if errors else "Warnings",
        "class": "" if errors else "hidden warning",
        "count": ", ".join(filter(None, (_count(errors, "problem"), _count(warnings, "warning")))),
        "hint": "The pages show the facts without these problems." if errors else "These do not stop a build.",
        "digest": _digest(errors or warnings),
        "problems": "\n".join(shown),
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: values[found[1]], template)


def _count(problems: Sequence[Problem], noun: str) -> str:
    return f"{len(problems)} {noun}{'s' if len(problems) != 1 else ''}" if problems else ""


def _digest(problems: Sequence[Problem]) -> str:
    """What a page recognises problems by that its reader has hidden or opened."""
    return sha256("\n".join(map(format_full, problems)).encode("utf-8", "replace")).hexdigest()[:16]


def _problem_html(problem: Problem, editor: str, folder: Path) -> str:
    """The lines of the terminal, each a block whose wrapped text is indented under its own beginning."""
    link = editor_url(editor, problem.location, folder)
    indent = len(str(problem.location.line + 1)) + 2
    lines = "".join(_line_html(line, link) for line in lines_of(problem))
    attribute = ' class="warning"' if problem.severity == "warning" else ""
    return f'<li{attribute}><pre style="--indent: {indent}ch">{lines}</pre></li>'


def _line_html(line: Line, link: str) -> str:
    """A line as HTML; the lines around a source line are only for copying, since the page underlines the words itself."""
    name = "under" if line.role in ("margin", "underline") else "line"
    return f'<span class="{name}">{"".join(_span_html(span, link) for span in line.spans)}</span>'


def _span_html(span: Span, link: str) -> str:
    start, end = _TAGS.get(span.style, ("", ""))
    if span.style == "location" and link:
        start, end = f'<a href="{html.escape(link)}">', "</a>"
    return f"{start}{html.escape(span.text)}{end}"


def inject_overlay(page: str, overlay: str) -> str:
    """A page with the overlay before the end of its body."""
    at = page.rfind("</body>")
    at = at if at >= 0 else len(page)
    return page[:at] + overlay + page[at:]


def bare_page(message: str) -> str:
    """A page with one sentence, where there is no page to show the overlay on."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><p>{html.escape(message)}</p></body></html>\n'
