"""Reads `briefing.yaml`."""

import os
from dataclasses import replace
from pathlib import Path

from briefing.diagnostics.problem import Problem, display_path
from briefing.diagnostics.rule_ids import FACT_FITS_ITS_KIND
from briefing.loading.fact_reader import read_part
from briefing.loading.files import read_bytes
from briefing.loading.yaml_reader import read_yaml
from briefing.model.custom_kinds import kind_problems
from briefing.model.located_text import MapNode
from briefing.model.settings import SETTINGS_FILE, Settings


def read_settings(folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of the briefing in a folder, and their problems. A setting that is wrong is left out; the others count."""
    path = folder / SETTINGS_FILE
    content = read_bytes(path)
    if isinstance(content, Problem):
        return Settings(), (content,) if os.path.lexists(path) else ()
    read = read_yaml(display_path(path), content)
    if read.root is None:
        return Settings(), read.problems
    if not isinstance(read.root, MapNode):
        problem = Problem(
            FACT_FITS_ITS_KIND,
            read.root.location,
            "this file needs `key: value` lines",
            "begin with `rules:`, or delete the file",
        )
        return Settings(), (*read.problems, problem)
    settings, problems = read_part(Settings, read.root, "settings file")
    settings = settings or Settings()
    kind_faults = tuple(kind_problems(settings.kinds))
    if kind_faults:
        settings = replace(settings, kinds=())
    return settings, (*read.problems, *problems, *kind_faults)
