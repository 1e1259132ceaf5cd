"""The overlay of the preview shows each problem as the terminal draws it, with its place as a link into the editor."""

import re
from dataclasses import replace
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.mkdocs_plugin.error_overlay import editor_url, inject_overlay, render_overlay
from briefing.mkdocs_plugin.project import by_priority


def problem(message: str, path: str = "facts/a.yaml") -> Problem:
    return Problem("quote-is-verbatim", Location(SourceFile(path, ("one", "two <b>")), 1, 2, 3), message, "copy it")


def test_a_panel_says_what_the_terminal_says_and_lets_nothing_through() -> None:
    told = render_overlay(
        [problem("</pre><script>alert(1)</script> \\g<1> {{ seen }}")],
        "vscode://file{path}:{line}:{column}",
        Path("/b"),
    )
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \\g&lt;1&gt; {{ seen }}" in told
    assert '--&gt; <a href="vscode://file/b/facts/a.yaml:2:3">facts/a.yaml:2:3</a>' in told
    assert "1 problem<" in told


def test_nothing_wrong_is_no_panel_and_many_are_cut_short() -> None:
    assert render_overlay([], "", Path()) == ""
    told = render_overlay([problem(str(n)) for n in range(250)], "", Path())
    assert told.count("<li>") == 101
    assert "and 150 more" in told
    assert "<a " not in told


def test_warnings_are_told_apart_last_and_counted_apart() -> None:
    warning = replace(problem("short"), severity="warning")
    told = render_overlay(
        [warning, problem("one"), problem("two")],
        "",
        Path(),
    )
    assert "2 problems, 1 warning<" in told
    assert 'class="" aria-label="Problems"' in told
    assert re.findall(r"<li( class=\"warning\")?>", told) == ["", "", ' class="warning"']
    assert '<b class="kind">warning[quote-is-verbatim]</b>' in told.rpartition("<li")[2]


def test_warnings_alone_are_folded_to_a_button() -> None:
    told = render_overlay([replace(problem("short"), severity="warning")], "", Path())
    assert 'class="hidden warning" aria-label="Warnings"' in told
    assert "1 warning<" in told
    assert "problem<" not in told


def test_what_a_reader_put_away_stays_away_when_a_warning_comes() -> None:
    one, warning = (
        problem("one"),
        replace(problem("short"), severity="warning"),
    )
    seen = [
        re.findall(r'data-digest="(\w+)"', render_overlay(wrong, "", Path())) for wrong in ([one], [one, warning], [warning])
    ]
    assert seen[0] == seen[1] != seen[2]


def test_what_is_not_done_yet_is_told_after_what_is_wrong() -> None:
    open_paragraph, wrong = replace(problem("open"), rule="paragraph-is-disposed"), problem("wrong", "facts/z.yaml")
    assert by_priority([open_paragraph, wrong]) == [wrong, open_paragraph]


def test_a_path_is_quoted_in_a_link() -> None:
    assert editor_url("x:{path}?{line}", problem("", 'facts/a "b"{line}.yaml').location, Path("/é")) == (
        "x:/%C3%A9/facts/a%20%22b%22%7Bline%7D.yaml?2"
    )


def test_what_is_laid_over_a_page_stands_before_the_end_of_its_body() -> None:
    assert inject_overlay("<body>x</body></html>", "ab") == "<body>xab</body></html>"
    assert inject_overlay("x", "a") == "xa"
