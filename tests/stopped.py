"""Runs `briefing build FOLDER` and stops it at its n-th step on the disk: python -m tests.stopped FOLDER [STEP [ERRNO]].

A step is what Python reports to an audit hook of files opened, made, renamed and deleted, from the lock on. Without STEP
nothing is stopped and the steps are printed, one a line. Without ERRNO the process gets SIGKILL; with it, the step fails
with that error.
"""

import os
import signal
import sys

STEPS = ("open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "ctypes.dlsym")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(folder: str, stop_at: int = 0, error: int = 0) -> None:
    from briefing.cli import main as briefing

    seen: list[str] = []

    def step(event: str, args: tuple[object, ...]) -> None:
        if event not in STEPS or not (seen or ".lock" in str(args[0])):
            return
        seen.append(told(event, args))
        if len(seen) == stop_at and not error:
            os.kill(os.getpid(), signal.SIGKILL)
        if len(seen) == stop_at:
            raise OSError(error, os.strerror(error), str(args[0]))

    sys.addaudithook(step)
    try:
        briefing(["build", folder])
    finally:
        if not stop_at:
            print("\n".join(tuple(seen)))


def told(event: str, args: tuple[object, ...]) -> str:
    """A step in words: what is called, and for a file opened whether it is to be written."""
    if event == "ctypes.dlsym":
        return str(args[1])
    return "write" if event == "open" and isinstance(args[2], int) and args[2] & WRITING else event


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
