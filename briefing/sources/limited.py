"""Reads a document in a process of its own, under limits of time and memory.

A PDF of a kilobyte can unpack to gigabytes, and its reader counts nothing. A process is stopped with all that it holds. Where
the system has no such limits (Windows; macOS for memory), only the deadline holds.
"""

import json
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from briefing.diagnostics.os_errors import problem_of_os_error
from briefing.diagnostics.problem import Location, Problem, SourceFile, general_problem
from briefing.sources.document import Document, Metadatum
from briefing.sources.reader import read_document

MAX_MEMORY = 224 * 1024 * 1024  # bytes of address space, interpreter included
MIN_SECONDS = 4
MAX_SECONDS = 120
BYTES_PER_SECOND = {True: 8_000, False: 250_000}  # what a slow machine reads at least, of a PDF and of anything else
DEADLINE_FACTOR = 4  # of the seconds of processor time, where other programs use the processor too
_OUT_OF_MEMORY = 3
_HELP = "open it in a viewer or a browser, save the text that it shows as a file, and add that file"
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from briefing.sources.limited import main; main()"


def read_with_limits(path: str, content: bytes, encoding: str = "", declared_encoding: str = "") -> Document | Problem:
    """`read_document` within limits: what takes longer, or more memory, is a problem."""
    seconds = min(MAX_SECONDS, MIN_SECONDS + len(content) // BYTES_PER_SECOND[b"%PDF-" in content[:1024]])
    task = json.dumps([seconds, path, encoding, declared_encoding]).encode() + b"\n" + content
    command = [sys.executable, "-I", "-c", _PROGRAM, json.dumps(sys.path)]
    try:
        ended = subprocess.run(
            command, input=task, timeout=DEADLINE_FACTOR * seconds, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return _limit_problem(path, f"takes more than {DEADLINE_FACTOR * seconds} seconds")
    except OSError as error:
        return problem_of_os_error(error)
    if ended.returncode == 0:
        return _from_json(json.loads(ended.stdout))
    if ended.returncode == -getattr(signal, "SIGXCPU", 0):
        return _limit_problem(path, f"takes more than {seconds} seconds of processor time")
    if ended.returncode == _OUT_OF_MEMORY or ended.returncode < 0:  # libraries in C abort
        return _limit_problem(path, f"takes more than {MAX_MEMORY // 1024 // 1024} MiB of memory")
    return general_problem("this document ends the program that reads it", _HELP, path)


def _limit_problem(path: str, what: str) -> Problem:
    return general_problem(f"reading this document {what}", _HELP, path)


def main() -> None:
    """The process: reads a task from standard input, and writes the document or problem to standard output as JSON."""
    try:
        seconds, *task = json.loads(sys.stdin.buffer.readline())
        _set_limits(seconds)
        path, encoding, declared_encoding = task
        found = read_document(path, sys.stdin.buffer.read(), encoding, declared_encoding)
        sys.stdout.buffer.write(json.dumps(_to_json(found)).encode())
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)


def _set_limits(seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_CORE": (0, 0), "RLIMIT_CPU": (seconds, seconds + 1), "RLIMIT_AS": (MAX_MEMORY, MAX_MEMORY)}
    for name, limit in limits.items():
        with suppress(ValueError, OSError):  # a stricter limit is set already, or the system has none
            resource.setrlimit(getattr(resource, name), limit)


def _to_json(found: Document | Problem) -> dict[str, Any]:
    if isinstance(found, Document):
        return {**asdict(found), "seed": found.seed.decode("utf-8")}
    file, *place = found.location
    lines = {place[0]: found.location.line_text} if file.lines else {}
    return {"rule": found.rule, "path": file.path, "place": place, "lines": lines, "message": found.message, "help": found.help}


def _from_json(found: dict[str, Any]) -> Document | Problem:
    if "seed" in found:
        metadata = tuple(Metadatum(**each) for each in found["metadata"])
        return Document(found["seed"].encode(), found["conversion_note"], tuple(found["roles"]), metadata, found["suffix"])
    lines = [""] * found["place"][0] + list(found["lines"].values()) if found["lines"] else []
    return Problem(found["rule"], Location(SourceFile(found["path"], lines), *found["place"]), found["message"], found["help"])
