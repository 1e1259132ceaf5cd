"""Holds linked data against schema.org's own vocabulary: TypeScript with the types that schema-dts makes of it."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.language_server import NODE

MODULES = Path(__file__).parent / "node" / "node_modules"
MISSING = "TypeScript and schema-dts are not installed; `make node` installs them"


def type_faults(graphs: Mapping[str, Any]) -> list[str]:
    """What is no type, no property or no value of schema.org's in some graphs, each by a name that is an identifier."""
    lines = [f"export const {name}: Graph = {json.dumps(graph)};" for name, graph in graphs.items()]
    with tempfile.TemporaryDirectory(dir=MODULES.parent, prefix="linked-") as folder:
        file = Path(folder, "linked.ts")
        file.write_text("\n".join(['import type { Graph } from "schema-dts";', *lines]), encoding="utf-8")
        command = [NODE, MODULES / "typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", file]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in done.stdout.splitlines() if "error" in line]
