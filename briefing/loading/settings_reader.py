"""Reads `briefing.yaml`."""

from dataclasses import replace
from pathlib import Path

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import FACT_FITS_ITS_KIND, TEXT_IS_WHOLE
from briefing.loading.fact_reader import read_part
from briefing.loading.files import display_path, read_bytes
from briefing.loading.yaml_reader import read_yaml
from briefing.model.custom_kinds import kind_problems
from briefing.model.located_text import MapNode
from briefing.model.settings import SETTINGS_FILE, Settings


def read_settings(folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of the briefing in a folder, and what is wrong with them; those that fit are kept."""
    path = folder / SETTINGS_FILE
    content = read_bytes(path)
    file = SourceFile(display_path(path))
    if isinstance(content, str):
        exists = path.exists() or path.is_symlink()
        problem = Problem(TEXT_IS_WHOLE, Location(file), content, "put the file itself here, or delete it")
        return Settings(), (problem,) if exists else ()
    read = read_yaml(file.path, content)
    if read.root is None:
        return Settings(), read.problems
    if not isinstance(read.root, MapNode):
        problem = Problem(
            FACT_FITS_ITS_KIND,
            read.root.location,
            "settings are `key:` after `key:`",
            "begin with `rules:`, or delete the file",
        )
        return Settings(), (*read.problems, problem)
    settings, problems = read_part(Settings, read.root, "settings file")
    settings = settings or Settings()
    wrong_kinds = tuple(kind_problems(settings.kinds))
    if wrong_kinds:
        settings = replace(settings, kinds=())
    return settings, (*read.problems, *problems, *wrong_kinds)
