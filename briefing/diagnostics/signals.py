"""Ends a process that is told to stop as an interrupt does: what it has begun is taken back first."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))  # Windows has no SIGHUP


@contextmanager
def stops_tidily() -> Iterator[None]:
    """Inside the block, SIGTERM and SIGHUP raise SystemExit with 128 + their number; a second one does not disturb that.

    A signal that is ignored, as under `nohup`, stays so. Only the main thread may do this; in another, nothing happens.
    """
    is_main = threading.current_thread() is threading.main_thread()
    taken = [number for number in STOPPING if is_main and signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in taken:
            if signal.getsignal(number) is _stop:
                signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _: FrameType | None) -> None:
    for one in STOPPING:
        if signal.getsignal(one) is _stop:
            signal.signal(one, signal.SIG_IGN)
    sys.exit(128 + number)
