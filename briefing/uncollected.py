"""Time without the garbage collector, for what makes much and no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nobody looks for cyclic garbage within, nor around a function that this decorates.

    Checking keeps what it reads until its end, and makes no cycles; looking through it all for some, again and again, took
    a third of its time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
