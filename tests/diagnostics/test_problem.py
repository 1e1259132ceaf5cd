"""How a problem is drawn: in full, on one line, as JSON, for GitHub and as SARIF; nothing in it can drive a terminal."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema

from briefing.diagnostics.formats import FORMATS, Span, format_full, format_github, format_line, format_sentence, lines_of
from briefing.diagnostics.problem import (
    Location,
    Problem,
    Report,
    RuleSummary,
    Severity,
    SourceFile,
    general_problem,
    sorted_problems,
)
from briefing.diagnostics.terminal import display_width, escape_controls

LINES = ("lease-term:", "  claim: Vessia leases it.", "  quotes:", "    wire: a quarter century lease", "")
ORIGIN = SourceFile("facts/clauses.yaml", LINES)
PROBLEM = Problem(
    "quote-is-verbatim",
    Location(ORIGIN, 3, 12, 15),
    "these words are not in `wire`",
    "copy them",
    ("wire, paragraph 2, prints: a quarter-century lease",),
    "lease-term",
)
HOSTILE = "\x1b[31m\x07\u202e\u200b\u2028\r\n\x9b"
CONTROLS = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} | set("\u202e\u200b\u2028\u2029\u2066\ufeff")


def report(*problems: Problem) -> Report:
    return Report(
        {"facts": 1, "quotes": 1, "sources": 1, "paragraphs": 2}, problems, rules=(RuleSummary("a-rule", "It holds.", "error"),)
    )


def drawn(form: str, *problems: Problem) -> str:
    return FORMATS[form](report(*problems))


def at(line: str, column: int, width: int = 0, path: str = "facts/x.yaml") -> Problem:
    return Problem("a-rule", Location(SourceFile(path, (line,)), 0, column, width), "it does not hold", "mend it")


# Full


def test_a_problem_in_full_shows_the_line_and_underlines_the_words() -> None:
    assert format_full(PROBLEM) == "\n".join(
        [
            "error[quote-is-verbatim]: these words are not in `wire`",
            " --> facts/clauses.yaml:4:13",
            "  |",
            "4 |     wire: a quarter century lease",
            "  |             ~~~~~~~~~~~~~~~",
            "  = wire, paragraph 2, prints: a quarter-century lease",
            "  = help: copy them",
        ]
    )


def test_a_problem_of_a_whole_file_shows_no_line() -> None:
    problem = Problem("a-rule", Location(SourceFile("facts/x.yaml")), "this file is empty", "write a fact")
    assert format_full(problem) == "\n".join(
        ["error[a-rule]: this file is empty", " --> facts/x.yaml:1:1", "  = help: write a fact"]
    )


def test_a_problem_without_help_has_no_line_for_it() -> None:
    assert format_full(Problem("a-rule", Location(SourceFile("x")), "so")) == "error[a-rule]: so\n --> x:1:1"


def test_the_gutter_is_as_wide_as_the_number_of_the_line() -> None:
    problem = Problem("a-rule", Location(SourceFile("x", ["y"] * 1000), 99, 0, 1), "so")
    assert format_full(problem).splitlines()[2:] == ["    |", "100 | y", "    | ~"]


@pytest.mark.parametrize(
    ("line", "column", "marked", "under"),
    [
        ("ab cd", 3, 2, "   ~~"),
        ("ab cd", 3, 0, "   ~"),
        ("二十 cd", 3, 2, "     ~~"),
        ("ab 二十", 3, 2, "   ~~~~"),
        ("ｗide x", 5, 1, "      ~"),
        ("ｶﾅ x", 3, 1, "   ~"),
        ("한국 x", 3, 1, "     ~"),
        ("\U0001f6a2 x", 2, 1, "   ~"),
        ("e\u0301 x", 3, 1, "  ~"),
        ("ที่ x", 4, 1, "  ~"),
        ("x क् y", 5, 1, "    ~"),
        ("a\u0489 x", 3, 1, "  ~"),
        ("a\x1bb x", 4, 1, "           ~"),
        ("\u202ex", 1, 1, "        ~"),
        ("ab", 2, 0, "  ~"),
    ],
)
def test_the_underline_stands_under_the_words_whatever_their_width(line: str, column: int, marked: int, under: str) -> None:
    assert format_full(at(line, column, marked)).splitlines()[4] == f"  | {under}"


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("二十", 4), ("e\u0301", 1), ("ที่นี่", 2), ("\U0001f6a2", 2), ("한국", 4), ("", 0)]
)
def test_a_text_has_a_width_in_columns(text: str, columns: int) -> None:
    assert display_width(text) == columns


# Every form


@pytest.mark.parametrize("form", ["full", "line", "github"])
def test_characters_that_drive_a_terminal_never_reach_it(form: str) -> None:
    origin = SourceFile(f"facts/{HOSTILE}.yaml", (f"a: {HOSTILE}",))
    problem = Problem("a-rule", Location(origin, 0, 3, 4), HOSTILE, HOSTILE, (HOSTILE,), HOSTILE)
    text = drawn(form, problem)
    assert CONTROLS & set(text) <= {"\n"}
    assert text.count("\n") == (6 if form == "full" else 0)
    assert "<U+001B>" in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_of_a_file_that_is_not_utf_8_can_be_printed(form: str) -> None:
    problem = at("a: b", 0, 1, path="facts/\udcff.yaml")
    assert drawn(form, problem).encode("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_no_problems_can_be_drawn_too(form: str) -> None:
    assert "error" not in drawn(form)


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 40), st.integers(0, 40), st.sampled_from([*FORMATS]))
def test_any_problem_can_be_drawn_in_any_form(line: str, message: str, column: int, marked: int, form: str) -> None:
    problem = Problem("a-rule", Location(SourceFile("x.yaml", (line,)), 0, column, marked), message, message, (message,))
    text = drawn(form, problem)
    assert "a-rule" in text
    assert not (CONTROLS - {"\n"}) & set(text) or form in ("json", "sarif")


# One line


def test_a_problem_on_one_line_is_clickable_and_carries_its_help() -> None:
    assert format_line(PROBLEM) == ("facts/clauses.yaml:4:13: quote-is-verbatim: these words are not in `wire` (copy them)")


def test_problems_on_lines_are_one_on_each() -> None:
    assert len(drawn("line", PROBLEM, at("x", 0)).splitlines()) == 2


# JSON


def test_json_has_the_members_that_other_programs_read() -> None:
    assert json.loads(drawn("json", PROBLEM)) == {
        "checked": {"facts": 1, "quotes": 1, "sources": 1, "paragraphs": 2},
        "problems": [
            {
                "rule": "quote-is-verbatim",
                "severity": "error",
                "file": "facts/clauses.yaml",
                "line": 4,
                "column": 13,
                "message": "these words are not in `wire`",
                "help": "copy them",
                "fact": "lease-term",
            }
        ],
        "waived": 0,
    }


def test_json_without_problems_has_an_empty_list() -> None:
    assert json.loads(drawn("json"))["problems"] == []


# GitHub


def test_a_problem_for_github_is_one_command() -> None:
    assert format_github(PROBLEM) == (
        "::error file=facts/clauses.yaml,line=4,col=13,title=quote-is-verbatim::these words are not in `wire`."
        " wire, paragraph 2, prints: a quarter-century lease. copy them"
    )


def test_what_github_would_read_as_a_command_is_escaped() -> None:
    problem = Problem("a-rule", Location(SourceFile("a,b:c%d.yaml")), "50%\n::error::x", "y")
    assert format_github(problem).splitlines() == [format_github(problem)]
    assert format_github(problem).startswith("::error file=a%2Cb%3Ac%25d.yaml,line=1,col=1,title=a-rule::50%25")


def test_the_name_of_a_file_cannot_begin_a_command_of_its_own() -> None:
    problem = Problem("a-rule", Location(SourceFile("x\n::stop-commands::y.yaml")), "so")
    assert "\n" not in format_github(problem)


# SARIF


def sarif(*problems: Problem) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(drawn("sarif", *problems))
    return read


def place(result: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return found


def test_sarif_names_the_tool_its_rules_and_each_problem() -> None:
    read = sarif(PROBLEM)
    (run,) = read["runs"]
    assert (read["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "briefing")
    assert run["tool"]["driver"]["rules"] == [{"id": "a-rule", "shortDescription": {"text": "It holds."}}]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("quote-is-verbatim", "error")
    assert result["message"]["text"].startswith("these words are not in `wire`")
    assert place(result)["artifactLocation"] == {"uri": "facts/clauses.yaml"}
    assert place(result)["region"]["startLine"] == 4
    assert place(result)["region"]["startColumn"] == 13


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [("ab cd", 3, 4), ("二十 cd", 3, 4), ("\U0001f6a2 cd", 2, 4), ("\U0001f6a2\U0001f6a2x", 2, 5), ("e\u0301 x", 3, 4)],
)
def test_sarif_counts_columns_in_utf_16(line: str, column: int, told: int) -> None:
    (result,) = sarif(at(line, column))["runs"][0]["results"]
    assert place(result)["region"]["startColumn"] == told


@pytest.mark.parametrize(
    ("path", "uri"),
    [("my facts/x.yaml", "my%20facts/x.yaml"), ("a%b.yaml", "a%25b.yaml"), ("é.yaml", "%C3%A9.yaml")],
)
def test_sarif_names_files_by_an_address(path: str, uri: str) -> None:
    (result,) = sarif(at("x", 0, path=path))["runs"][0]["results"]
    assert place(result)["artifactLocation"]["uri"] == uri


# Each problem has one in which every character that a form could read stands everywhere.
_HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from('a:%,\n\r\u2028\x1b"\\<>&/ \U0001f6a2'), st.characters(exclude_categories=["Cs"])),
    max_size=12,
)


@st.composite
def hostile(draw: st.DrawFn) -> Problem:
    lines = draw(st.lists(_HOSTILE, max_size=3))
    mark = Location(
        SourceFile(draw(_HOSTILE.filter(bool)), lines),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 15)),
        draw(st.integers(0, 9)),
    )
    severity: Severity = draw(st.sampled_from(["error", "warning"]))
    notes = tuple(draw(st.lists(_HOSTILE, max_size=2)))
    return Problem("a-rule", mark, draw(_HOSTILE), draw(_HOSTILE), notes, severity=severity)


@settings(max_examples=100)
@given(st.lists(hostile(), max_size=3))
def test_sarif_fits_its_schema_whatever_the_problems_hold(problems: list[Problem]) -> None:
    read = sarif(*problems)
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(read)
    assert all("\\" not in place(result)["artifactLocation"]["uri"] for result in read["runs"][0]["results"])


def test_the_schema_of_sarif_refuses_what_does_not_fit_it() -> None:
    read = sarif(PROBLEM)
    place(read["runs"][0]["results"][0])["region"]["startLine"] = 0
    with pytest.raises(ValidationError):
        StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(read)
    with pytest.raises(ValidationError):
        StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(sarif(PROBLEM) | {"more": 1})


def as_github_reads(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner takes it apart: its name, its properties, its message."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", command)
    assert found is not None
    told = [pair.split("=", 1) for pair in found[2].split(",")]

    def read(text: str) -> str:
        for mark, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(mark, meant)
        return text

    return found[1], {key: read(value) for key, value in told}, read(found[3])


@given(hostile())
def test_github_reads_back_the_file_the_place_and_the_whole_message(problem: Problem) -> None:
    name, told, message = as_github_reads(format_github(problem))
    assert name == problem.severity
    assert told["file"] == escape_controls(problem.location.file.path)
    assert (told["line"], told["col"], told["title"]) == (
        str(problem.location.line + 1),
        str(problem.location.column + 1),
        "a-rule",
    )
    assert message == escape_controls(". ".join(part for part in (problem.message, *problem.notes, problem.help) if part))


# Order


def test_problems_are_put_in_order_of_file_line_and_column_each_once() -> None:
    other = SourceFile("facts/actors.yaml", LINES)
    unsorted = [
        Problem("r", Location(ORIGIN, 3, 0), "fourth"),
        Problem("r", Location(ORIGIN, 0, 9), "third"),
        Problem("r", Location(ORIGIN, 0, 2), "second"),
        Problem("r", Location(other, 9, 0), "first"),
        Problem("r", Location(ORIGIN, 0, 2), "second"),
    ]
    assert [problem.message for problem in sorted_problems(unsorted)] == ["first", "second", "third", "fourth"]


def test_a_mark_beyond_the_lines_of_its_file_has_no_text() -> None:
    assert Location(ORIGIN, 99).line_text == ""
    assert str(Location(ORIGIN, 99, 4)) == "facts/clauses.yaml:100:5"


# Lines of styled spans


def test_a_problem_in_full_is_lines_of_spans_by_what_they_are() -> None:
    head, location, margin, source, underline, note, help = lines_of(PROBLEM)
    assert [line.role for line in (head, location, margin, source, underline, note, help)] == [
        *("head", "location", "margin", "source", "underline", "note", "help")
    ]
    assert head.spans == (
        Span("error[quote-is-verbatim]", "kind"),
        Span(": "),
        Span("these words are not in `wire`", "message"),
    )
    assert location.spans == (Span(" --> "), Span("facts/clauses.yaml:4:13", "location"))
    assert source.spans == (Span("4 |     wire: a "), Span("quarter century", "marked"), Span(" lease"))
    assert help.spans[1:] == (Span("help", "help-label"), Span(": copy them"))


def test_a_problem_without_a_place_says_what_is_wrong_and_what_to_do() -> None:
    problem = general_problem("nothing can be written", "free some space")
    assert format_full(problem) == "error: nothing can be written\n  = help: free some space"
    assert format_line(problem) == "nothing can be written (free some space)"
    assert format_sentence(problem) == "nothing can be written; free some space"
    assert format_sentence(general_problem("it is a folder", path="facts/x.yaml")) == "facts/x.yaml: it is a folder"


@given(hostile())
def test_no_span_holds_a_line_end_or_a_control(problem: Problem) -> None:
    lines = lines_of(problem)
    assert not any(CONTROLS & set(span.text) for line in lines for span in line.spans)
    assert "\n".join("".join(span.text for span in line.spans) for line in lines) == format_full(problem)
