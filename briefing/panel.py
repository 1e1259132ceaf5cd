"""The problems laid over a page of the preview: the terminal's own text, each place a link into the curator's editor."""

import html
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from briefing.problem import Mark, Problem, draw_full, plain

EDITOR = "vscode://file{path}:{line}:{column}"
MOST_SHOWN = 100
_PLACE = re.compile(r"(?m)^( *--&gt; )(.+)$")


class Wrong(NamedTuple):
    """What a panel tells of one thing that is wrong: its text as a terminal prints it, and the place, if it has one."""

    text: str
    mark: Mark | None = None

    @classmethod
    def of(cls, problem: Problem) -> "Wrong":
        """A problem of the dossier."""
        return cls(draw_full(problem), problem.mark)


def address(editor: str, mark: Mark, folder: Path) -> str:
    """The link that opens a place in an editor; empty where no editor is named. `folder` is where its path begins."""
    path = quote((folder / mark.origin.path).resolve().as_posix())
    told = {"path": path, "line": str(mark.line + 1), "column": str(mark.column + 1)}
    return re.sub(r"\{(path|line|column)\}", lambda found: told[found[1]], editor)


def panel(wrong: Sequence[Wrong], editor: str, folder: Path) -> str:
    """The panel as HTML to stand at the end of a page; empty where nothing is wrong."""
    if not wrong:
        return ""
    count = f"{len(wrong)} problem{'s' if len(wrong) != 1 else ''}"
    shown = [_drawn(one, editor, folder) for one in wrong[:MOST_SHOWN]]
    if len(wrong) > MOST_SHOWN:
        shown.append(f"<pre>and {len(wrong) - MOST_SHOWN} more; the terminal lists all</pre>")
    template = resources.files("briefing").joinpath("assets", "panel.html").read_text("utf-8")
    print_of = sha256("\n".join(one.text for one in wrong).encode("utf-8", "replace")).hexdigest()[:16]
    told = {"count": count, "seen": print_of, "problems": "\n".join(f"<li>{one}</li>" for one in shown)}
    return re.sub(r"\{\{ (count|seen|problems) \}\}", lambda found: told[found[1]], template)


def _drawn(wrong: Wrong, editor: str, folder: Path) -> str:
    text = html.escape(plain_lines(wrong.text))
    if wrong.mark is None or not (link := address(editor, wrong.mark, folder)):
        return f"<pre>{text}</pre>"
    opened = f'<a href="{html.escape(link)}">'
    return f"<pre>{_PLACE.sub(lambda at: f'{at[1]}{opened}{at[2]}</a>', text, count=1)}</pre>"


def plain_lines(text: str) -> str:
    """A text of several lines without control or format characters."""
    return "\n".join(plain(line) for line in text.split("\n"))


def over(page: str, laid: Iterable[str]) -> str:
    """A page with what is laid over it before the end of its body."""
    at = page.rfind("</body>")
    at = at if at >= 0 else len(page)
    return page[:at] + "".join(laid) + page[at:]


def bare_page(message: str) -> str:
    """A page where there is none to lay a panel over."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><p>{html.escape(message)}</p></body></html>\n'
