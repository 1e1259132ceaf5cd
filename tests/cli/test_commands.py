"""What all commands have in common: exit codes, help that is true, completion, terminals, and never a traceback."""

import contextlib
import errno
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import briefing.cli.check
import briefing.cli.schema
from briefing.cli import COMMANDS, main
from briefing.loading.dossier_reader import read_dossier
from tests.cli.test_check import break_one, run
from tests.loading.test_git import git
from tests.sites import make_buildable

BIN = Path(sys.executable).parent
ESCAPE = "\x1b["
SHELL = frozenset("|&;<>()$`*?~#")


def in_shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line typed in bash, in a folder, with the `briefing` that is under test."""
    command = BIN / "briefing"
    assert command.exists(), "there is no `briefing` beside this Python: run `make .venv/.ready`"
    path = f"{BIN}:{os.environ['PATH']}"
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**known, "PATH": path, **environment},
        check=False,
    )


def typed_in(line: str, folder: Path) -> tuple[int, str]:
    """The exit code and the errors of a line typed in a folder: in bash where it needs one, else in this process."""
    if set(line) & SHELL:
        done = in_shell(line, folder)
        return done.returncode, done.stderr
    with contextlib.chdir(folder):
        result = run(*shlex.split(line)[1:])
    return result.exit_code, result.stderr


def on_terminal(arguments: list[str], folder: Path, **environment: str) -> tuple[int, str]:
    """The exit code of a command whose output and errors are a terminal, and what was shown there."""
    master, slave = pty.openpty()
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    env = {**known, "TERM": "xterm", **environment}
    done = subprocess.Popen([BIN / "briefing", *arguments], cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    shown = b""
    try:
        while part := os.read(master, 65536):
            shown += part
    except OSError:
        pass  # the other end is closed
    os.close(master)
    return done.wait(), shown.decode().replace("\r\n", "\n")


# Exit codes


def whole(folder: Path) -> None:
    """Leaves a briefing as it is."""


def no_facts(folder: Path) -> None:
    shutil.rmtree(folder / "facts")


def without_seed(folder: Path) -> None:
    (folder / "seeds/wire.txt").unlink()


def uncovered(folder: Path) -> None:
    path = folder / "facts/sources.yaml"
    path.write_text(
        path.read_text("utf-8").replace('    - paragraphs: "9"\n      reason', '    - paragraphs: "99"\n      reason')
    )


def foreign(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out/mine.txt").write_text("mine", encoding="utf-8")


def occupied(folder: Path) -> None:
    for name in ("schemas", "releases"):
        (folder / name).write_text("a file", encoding="utf-8")


def break_one_of_a_site(folder: Path) -> None:
    make_buildable(folder)
    break_one(folder)


def no_site(folder: Path) -> None:
    (folder / "site").mkdir()


EXITS: dict[str, list[tuple[int, list[str], Callable[[Path], None]]]] = {
    "check": [(0, [], whole), (1, [], break_one), (2, ["nowhere"], whole), (2, [], no_facts), (2, ["--format", "x"], whole)],
    "new": [(0, ["fresh"], whole), (2, ["facts"], whole), (2, [], whole)],
    "source add": [
        (0, ["facts/places.yaml", "--id", "places"], whole), (2, ["nowhere.txt"], whole), (2, [], whole), (2, ["-"], whole),
        (2, ["facts/places.yaml", "--id", "wire"], whole),
    ],
    "rules": [(0, [], whole), (0, ["quote-is-verbatim"], whole), (2, ["quote-is-nice"], whole)],
    "quote": [
        (0, ["25 years"], whole), (0, ["25 years"], break_one), (1, ["xyzzy plugh"], whole),
        (1, ["quarter century lease"], whole), (2, ["wires", "x"], whole), (2, [], whole),
        (2, ["wire", "x"], without_seed), (2, ["x"], no_facts),
    ],
    "coverage": [(0, [], whole), (1, [], uncovered), (1, ["--next"], uncovered), (2, ["wires"], whole), (2, [], no_facts)],
    "diff": [(0, ["HEAD"], whole), (1, ["HEAD"], break_one), (2, ["nope"], whole), (2, [], whole)],
    "pages": [(0, ["out"], whole), (1, ["out"], break_one), (2, ["out"], foreign), (2, [], whole), (2, ["out"], no_facts)],
    "build": [(1, [], break_one_of_a_site), (2, [], break_one), (2, ["nowhere"], whole), (2, [], whole)],
    "verify": [(1, ["site"], no_site), (2, ["nowhere"], whole), (2, [], whole)],
    "schema": [(0, [], whole), (1, ["--check"], whole), (2, [], no_facts), (2, [], occupied)],
    "release": [(0, [], whole), (1, [], break_one), (2, ["--date", "soon"], whole), (2, [], no_facts), (1, [], occupied)],
}  # fmt: skip
ROWS = [(name, *row) for name, rows in EXITS.items() for row in rows]


@pytest.mark.parametrize(("name", "code", "typed", "prepare"), ROWS, ids=[f"{n}-{c}-{p.__name__}-{t}" for n, c, t, p in ROWS])
def test_exit_codes(
    copy_of_port_lease: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    code: int,
    typed: list[str],
    prepare: Callable[[Path], None],
) -> None:
    git(copy_of_port_lease, "init", "-q")
    git(copy_of_port_lease, "add", "-A")
    git(copy_of_port_lease, "commit", "-qm", "Facts")
    prepare(copy_of_port_lease)
    monkeypatch.chdir(copy_of_port_lease)
    result = run(*name.split(), *typed)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    if code == 2:
        assert result.stdout == ""
        assert result.stderr.split("\n\n")[-1].startswith("briefing: ")  # after the place, where there is one


def test_every_command_is_in_the_table() -> None:
    assert {name.split()[0] for name in EXITS} == set(COMMANDS)


# Help


HELPS = ["", *COMMANDS, "source add"]


def help_of(name: str) -> str:
    return run(*name.split(), "--help").stdout


def examples(name: str) -> list[str]:
    told = help_of(name).partition("Examples:\n")[2].split("\n\n")[0]
    return [line.strip() for line in told.splitlines()]


@pytest.mark.parametrize("name", HELPS)
def test_the_help_of_every_command_has_examples_and_ends_its_sentences(name: str) -> None:
    told = help_of(name)
    assert "Examples:\n" in told or name == "source"
    assert all(line.startswith("briefing ") for line in examples(name))
    assert "..." not in told.partition("Commands:\n")[2]


@pytest.fixture(scope="module")
def built(built_lease: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A briefing under git, with its site built."""
    folder = Path(shutil.copytree(built_lease, tmp_path_factory.mktemp("examples") / "port_lease"))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A", ":!site")
    git(folder, "commit", "-qm", "Facts")
    assert in_shell("briefing build", folder).returncode == 0
    return folder


@pytest.mark.parametrize("name", [name for name in HELPS if name != "source"])
def test_the_examples_run(built: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(built, tmp_path / "briefing")
    (folder / "report.html").write_text("<title>Port</title><h1>Port</h1><p>The port is let.</p>", encoding="utf-8")
    (folder / "letter.txt").write_text("We will not work for nothing.\n", encoding="utf-8")
    lines = examples(name)
    assert lines
    for line in lines:
        shutil.rmtree(folder / "releases", ignore_errors=True)
        code, said = typed_in(line, folder)
        assert (code, "Traceback" in said) == (0, False), f"{line}: {said}"


def test_a_fact_that_is_appended_as_the_help_says_is_read(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "briefing")
    line = next(line for line in examples("quote") if ">>" in line)
    assert in_shell(line, folder).returncode == 0
    assert [problem.message for problem in read_dossier(folder).problems] == ["`claim:` is empty"]


# What was typed otherwise


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["chek"], "there is no command `chek`; did you mean `check`?"),
        (["xyzzy"], "there is no command `xyzzy`; the commands are: new, check, "),
        (["check", "--formt", "line"], "there is no option `--formt`; did you mean `--format`?"),
        (["check", "--format", "xml"], "--format must be one of: full, line, json, github, sarif"),
        (["quote"], "[SOURCE] WORDS is missing"),
        (["quote", "wire", "-5 points"], "put `--` before words that begin with a hyphen"),
        (["rules", "quote-is-verbatin"], "did you mean `quote-is-verbatim`?"),
        (["check", "nowhere"], "there is no folder `nowhere`"),
        (["check", "\x1b[31m"], "there is no folder `<U+001B>[31m`"),
    ],
)
def test_what_was_typed_otherwise_is_answered_with_what_was_meant(typed: list[str], told: str) -> None:
    result = run(*typed)
    assert result.exit_code == 2
    assert result.stderr.startswith("briefing: ")
    assert told in result.stderr
    assert re.fullmatch(r"see `briefing[a-z ]* --help`", result.stderr.splitlines()[-1])
    assert "\x1b" not in result.stderr


def test_a_folder_that_is_no_briefing_is_said_to_be_none(tmp_path: Path) -> None:
    for name in ("check", "coverage", "schema", "release", "build"):
        result = run(name, *(["--dir"] if name == "coverage" else []), tmp_path)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "there is no briefing in" in result.stderr


# Never a traceback


def test_a_folder_that_may_not_be_read_is_said_to_be_so(copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("check", copy_of_port_lease)
    assert result.exit_code == 2
    assert "cannot be read; change its permissions" in result.stderr


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO])
def test_what_the_system_refuses_is_said_in_one_sentence(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> dict[str, str]:
        raise OSError(code, os.strerror(code), str(copy_of_port_lease / "schemas"))

    monkeypatch.setattr(briefing.cli.schema, "schemas", refuse)
    result = run("schema", copy_of_port_lease)
    assert result.exit_code == 2
    assert re.fullmatch(r"briefing: \S*schemas: [^\n]+\n", result.stderr)


def test_a_reader_that_leaves_early_ends_the_run_quietly(port_lease: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([BIN / "briefing", "coverage"], cwd=port_lease, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 141
    piped = in_shell("set -o pipefail; briefing rules quote-is-verbatim | head -1", port_lease)
    assert (piped.stdout, piped.stderr) == ("quote-is-verbatim\n", "")


def test_an_interrupt_ends_the_run_quietly_with_130(port_lease: Path) -> None:
    told = (
        "import signal, briefing.cli.check as c; from briefing.cli import main; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); "
        "c.check = lambda *_: signal.raise_signal(signal.SIGINT); main(['check'])"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=port_lease, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_fault_of_ours_is_not_hidden(port_lease: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefing.cli.check, "check", lambda *_: 1 / 0)
    assert isinstance(CliRunner().invoke(main, ["check", str(port_lease)]).exception, ZeroDivisionError)


# Terminals


def test_a_terminal_is_shown_colours_and_what_is_being_done_and_a_pipe_is_not(copy_of_port_lease: Path) -> None:
    break_one(copy_of_port_lease)
    code, shown = on_terminal(["check"], copy_of_port_lease)
    assert code == 1
    assert "\r\x1b[Kreading facts and sources ..." in shown
    assert "\r\x1b[Kchecking quote-is-verbatim ..." in shown
    assert click.style("error[quote-is-verbatim]", fg="red", bold=True) in shown
    piped = in_shell("briefing check", copy_of_port_lease)
    assert ESCAPE not in piped.stdout + piped.stderr
    assert "checking" not in piped.stderr
    last = re.sub(r"[^\n]*\r\x1b\[K", "", shown)
    assert click.unstyle(last) == piped.stdout + piped.stderr


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_a_terminal_that_wants_no_colour_gets_none(copy_of_port_lease: Path, environment: dict[str, str]) -> None:
    break_one(copy_of_port_lease)
    code, shown = on_terminal(["check"], copy_of_port_lease, **environment)
    assert code == 1
    assert "error[quote-is-verbatim]: these words are not in `wire`" in shown
    assert not re.search(r"\x1b\[[\d;]*m", shown)
    _, covered = on_terminal(["coverage", "wire"], copy_of_port_lease, **environment)
    assert "[[" in covered


def test_colour_that_is_asked_for_goes_into_a_pipe_and_into_no_form_for_programs(
    copy_of_port_lease: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_one(copy_of_port_lease)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ESCAPE in run("check", copy_of_port_lease).stdout
    for form in ("line", "json", "github", "sarif"):
        assert ESCAPE not in run("check", copy_of_port_lease, "--format", form).stdout


def test_on_a_terminal_words_in_no_quote_are_underlined(port_lease: Path) -> None:
    code, shown = on_terminal(["coverage", "wire"], port_lease)
    assert code == 0
    assert click.style("governments", underline=True) in shown
    assert "[[" not in shown


# Completion


def completed(shell: str, line: str, folder: Path) -> list[str]:
    """What the shell is offered for the last word of a line."""
    words = line.split(" ")
    environment = {"_BRIEFING_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        environment["COMP_CWORD"] = words[-1]
    return [one for one in asked_by_a_shell(folder, **environment).splitlines() if one]


def asked_by_a_shell(folder: Path, **environment: str) -> str:
    """What `briefing` prints when a shell calls it to complete a line."""
    with contextlib.chdir(folder):
        return CliRunner().invoke(main, [], prog_name="briefing", env=environment, catch_exceptions=False).stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("briefing cov", ["coverage"]),
        ("briefing quote wi", ["wire"]),
        ("briefing quote wire wi", []),
        ("briefing coverage ", ["gazette", "wire"]),
        ("briefing rules quote-is-w", ["quote-is-whole-words"]),
        ("briefing rules page", ["page-is-cited"]),
        ("briefing quote x --fact c", ["clauses", "context"]),
        ("briefing check --format s", ["sarif"]),
    ],
)
def test_the_shell_completes_ids_rules_kinds_and_forms(port_lease: Path, line: str, offered: list[str]) -> None:
    assert completed("bash", line, port_lease) == [f"plain,{one}" for one in offered]
    assert completed("zsh", line, port_lease)[1::3] == offered
    assert [one.split("plain,")[1].split("\t")[0] for one in completed("fish", line, port_lease) if "plain," in one] == offered


def test_completion_names_sources_by_their_labels_and_survives_a_broken_briefing(copy_of_port_lease: Path) -> None:
    assert completed("zsh", "briefing coverage wi", copy_of_port_lease) == ["plain", "wire", "Wire report"]
    (copy_of_port_lease / "facts/sources.yaml").write_text("wire: [", encoding="utf-8")
    assert completed("bash", "briefing coverage wi", copy_of_port_lease) == []
    assert completed("bash", "briefing coverage wi", copy_of_port_lease.parent) == []


def test_a_real_bash_completes(port_lease: Path) -> None:
    line = (
        'eval "$(_BRIEFING_COMPLETE=bash_source briefing)"; COMP_WORDS=(briefing quote ga); COMP_CWORD=2; '
        '$(complete -p briefing | sed "s/.*-F \\([^ ]*\\).*/\\1/") briefing ga briefing; echo "${COMPREPLY[@]}"'
    )
    done = in_shell(line, port_lease)
    assert done.stdout == "gazette\n", done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(port_lease: Path, shell: str) -> None:
    assert "_BRIEFING_COMPLETE" in asked_by_a_shell(port_lease, _BRIEFING_COMPLETE=f"{shell}_source")
