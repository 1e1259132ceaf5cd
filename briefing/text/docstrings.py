"""The documentation of rules, kinds and commands, which is their docstring, also where Python has stripped it (`-OO`)."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from briefing.text.languages import LocalizedStr


def docstring(of: type[Any] | Callable[..., object]) -> str:
    """The docstring of a class or function, without its indentation (PEP 257); from its source where Python has none.

    A class that was made while running has only what it was given.
    """
    own = of.__doc__ or ""
    if isinstance(own, LocalizedStr):
        return own
    if sys.flags.optimize >= 2:  # `own` is empty, or what `dataclass` puts in its place
        node = ast.parse(textwrap.dedent(inspect.getsource(of))).body[0]
        own = ast.get_docstring(node) or "" if isinstance(node, ast.ClassDef | ast.FunctionDef) else ""
    return inspect.cleandoc(own)
