"""Reads `briefing.yaml`."""

from dataclasses import replace
from pathlib import Path

from briefing.diagnostics.problem import Mark, Origin, Problem
from briefing.diagnostics.rule_ids import FITS
from briefing.loading.fact_reader import read_part
from briefing.loading.files import read_bytes, shown
from briefing.loading.yaml_reader import read_yaml
from briefing.model.custom_kinds import kind_problems
from briefing.model.located_text import MapNode
from briefing.model.settings import FILE, Settings


def read_settings(folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of the briefing in a folder, and what is wrong with them; those that fit are kept."""
    path = folder / FILE
    content = read_bytes(path)
    origin = Origin(shown(path))
    if isinstance(content, str):
        there = path.exists() or path.is_symlink()
        wrong = Problem("text-is-whole", Mark(origin), content, "put the file itself here, or delete it")
        return Settings(), (wrong,) if there else ()
    read = read_yaml(origin.path, content)
    if read.root is None:
        return Settings(), read.problems
    if not isinstance(read.root, MapNode):
        wrong = Problem(FITS, read.root.mark, "settings are `key:` after `key:`", "begin with `rules:`, or delete the file")
        return Settings(), (*read.problems, wrong)
    settings, problems = read_part(Settings, read.root, "settings file")
    settings = settings or Settings()
    wrong_kinds = tuple(kind_problems(settings.kinds))
    if wrong_kinds:
        settings = replace(settings, kinds=())
    return settings, (*read.problems, *problems, *wrong_kinds)
