"""The problems laid over a page of the preview: the terminal's own text, each place a link into the curator's editor."""

import html
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from briefing.diagnostics.problem import Mark, Problem, draw_full, plain, width

EDITOR = "vscode://file{path}:{line}:{column}"
MOST_SHOWN = 100
_CALM = ' class="calm"'
_PLACE = re.compile(r"( *--> )(.+)")
_LINE = re.compile(r"( *\d+ \| )(.*)")
_UNDER = re.compile(r" *\|(?: ( *)(~+))?")
_STEP = re.compile(r"( *= )help(: .*)")


class Wrong(NamedTuple):
    """What a panel tells of one thing that is wrong: its text as a terminal prints it, and the place, if it has one.

    A warning stops no build.
    """

    text: str
    mark: Mark | None = None
    is_warning: bool = False

    @classmethod
    def of(cls, problem: Problem) -> "Wrong":
        """A problem of the dossier."""
        return cls(draw_full(problem), problem.mark, problem.severity == "warning")


def address(editor: str, mark: Mark, folder: Path) -> str:
    """The link that opens a place in an editor; empty where no editor is named. `folder` is where its path begins."""
    path = quote((folder / mark.origin.path).resolve().as_posix())
    told = {"path": path, "line": str(mark.line + 1), "column": str(mark.column + 1)}
    return re.sub(r"\{(path|line|column)\}", lambda found: told[found[1]], editor)


def panel(wrong: Sequence[Wrong], editor: str, folder: Path) -> str:
    """The panel as HTML to stand at the end of a page, warnings last; empty where nothing is wrong.

    Where there are only warnings it is folded to its button, until somebody opens it.
    """
    if not wrong:
        return ""
    problems, warnings = [one for one in wrong if not one.is_warning], [one for one in wrong if one.is_warning]
    shown = [_entry(one, editor, folder) for one in (*problems, *warnings)[:MOST_SHOWN]]
    if len(wrong) > MOST_SHOWN:
        shown.append(f"<li><pre>and {len(wrong) - MOST_SHOWN} more; `briefing check` lists all</pre></li>")
    template = resources.files("briefing.mkdocs_plugin").joinpath("panel.html").read_text("utf-8")
    told = {
        "name": "Problems" if problems else "Warnings",
        "folded": "" if problems else "hidden calm",
        "count": ", ".join(filter(None, (_counted(problems, "problem"), _counted(warnings, "warning")))),
        "says": "The pages show what is right." if problems else "These do not stop a build.",
        "seen": _print_of(problems or warnings),
        "problems": "\n".join(shown),
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: told[found[1]], template)


def _counted(wrong: Sequence[Wrong], one: str) -> str:
    return f"{len(wrong)} {one}{'s' if len(wrong) != 1 else ''}" if wrong else ""


def _print_of(wrong: Sequence[Wrong]) -> str:
    """By what a page knows again what its reader has put away, or opened."""
    return sha256("\n".join(one.text for one in wrong).encode("utf-8", "replace")).hexdigest()[:16]


def _entry(wrong: Wrong, editor: str, folder: Path) -> str:
    return f"<li{_CALM if wrong.is_warning else ''}>{_drawn(wrong, editor, folder)}</li>"


def _drawn(wrong: Wrong, editor: str, folder: Path) -> str:
    """The terminal's lines, each a block that wraps under its own beginning; what `~` underlines there is marked."""
    head, *lines = [plain(line) for line in wrong.text.split("\n")]
    kind, colon, message = head.partition(": ")
    link = address(editor, wrong.mark, folder) if wrong.mark else ""
    indent = next((len(line) - len(line.lstrip()) for line in lines), 0) + 2
    told = [f'<span class="line"><b class="kind">{html.escape(kind)}</b>{colon}<b>{html.escape(message)}</b></span>']
    told += [_line(*pair, link) for pair in zip(lines, [*lines[1:], ""], strict=True)]
    return f'<pre style="--indent: {indent}ch">{"".join(told)}</pre>'


def _line(line: str, after: str, link: str) -> str:
    """One line as HTML, by what it is: the place, the text that stands there, what underlines it, the next step, words."""
    kind, drawn = "line", html.escape(line)
    if link and (place := _PLACE.fullmatch(line)):
        drawn = f'{html.escape(place[1])}<a href="{html.escape(link)}">{html.escape(place[2])}</a>'
    elif (typed := _LINE.fullmatch(line)) and (under := _UNDER.fullmatch(after)) and under[2]:
        start, end = _at(typed[2], len(under[1])), _at(typed[2], len(under[1]) + len(under[2]))
        before, marked, rest = (html.escape(text) for text in (typed[2][:start], typed[2][start:end], typed[2][end:]))
        drawn = f"{typed[1]}{before}<mark>{marked}</mark>{rest}"
    elif step := _STEP.fullmatch(line):
        drawn = f'{step[1]}<b class="step">help</b>{html.escape(step[2])}'
    elif _UNDER.fullmatch(line):
        kind = "under"
    return f'<span class="{kind}">{drawn}</span>'


def _at(text: str, column: int) -> int:
    """The character of a text that stands in a column of a terminal."""
    return next((at for at in range(len(text)) if width(text[: at + 1]) > column), len(text))


def over(page: str, laid: Iterable[str]) -> str:
    """A page with what is laid over it before the end of its body."""
    at = page.rfind("</body>")
    at = at if at >= 0 else len(page)
    return page[:at] + "".join(laid) + page[at:]


def bare_page(message: str) -> str:
    """A page where there is none to lay a panel over."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><p>{html.escape(message)}</p></body></html>\n'
