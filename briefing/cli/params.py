"""Parameters that several commands take: folders, kinds, sources, and their completion in the shell."""

import os
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.suggestions import did_you_mean
from briefing.diagnostics.terminal import escape_controls
from briefing.loading.files import read_bytes
from briefing.loading.settings_reader import read_settings
from briefing.loading.yaml_reader import read_yaml
from briefing.model.dossier import Dossier
from briefing.model.facts import Fact
from briefing.model.kinds import KINDS
from briefing.model.located_text import MapNode
from briefing.model.source import Source
from briefing.sources.snippets import is_quotable_kind
from briefing.text.docstrings import docstring

MAX_SHOWN_PROBLEMS = 3  # problems shown of a source that cannot be read


class Folder(click.Path):
    """A folder that exists and can be read."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path of the folder; fails if there is no such folder, or it cannot be read."""
        path = Path(value)
        if not path.is_dir():
            self.fail(f"`{value}` is not a folder" if path.exists() else f"there is no folder `{value}`", param, ctx)
        if not os.access(path, os.R_OK | os.X_OK):
            self.fail(f"`{value}` cannot be read; change its permissions", param, ctx)
        return path


FOLDER_PARAM = Folder(file_okay=False)


def kind_named(dossier: Dossier, name: str) -> type[Fact]:
    """The kind of fact with quotes that has this name: the name of its file, or of one fact."""
    quoting = [kind for kind in dossier.kinds if is_quotable_kind(kind)]
    known = {name: kind for kind in quoting for name in (str(kind.singular), kind.file_stem)}
    if name not in known:
        stems = [kind.file_stem for kind in quoting]
        near = did_you_mean(name, stems, "the kinds are: " + ", ".join(stems))
        raise click.UsageError(f"there is no kind of fact called `{escape_controls(name)}`; {near}")
    return known[name]


def complete_kind(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds whose names begin with what was typed, with those that the briefing declares."""
    settings, _ = read_settings(Path(ctx.params.get("folder") or "."))
    kinds = [
        kind for kind in (*KINDS, *settings.custom_kinds) if is_quotable_kind(kind) and kind.file_stem.startswith(incomplete)
    ]
    return [CompletionItem(kind.file_stem, help=docstring(kind).split("\n")[0]) for kind in kinds]


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids of sources that begin with what was typed, with their labels. Reads only `facts/sources.yaml`."""
    if param.name is not None and ctx.params.get(param.name):
        return []
    folder = ctx.params.get("folder") or "."
    content = read_bytes(Path(folder) / "facts" / "sources.yaml")
    root = read_yaml("", content).root if isinstance(content, bytes) else None
    records = root.entries if isinstance(root, MapNode) else {}
    return [CompletionItem(str(key), help=_record_label(node)) for key, node in records.items() if key.startswith(incomplete)]


def _record_label(node: object) -> str:
    label = node.entries.get("label") if isinstance(node, MapNode) else None  # type: ignore[call-overload]
    return escape_controls(label) if isinstance(label, str) else ""


def find_sources(dossier: Dossier, key: str | None) -> list[Source]:
    """The source with this id, or all of them. A source that is unknown or cannot be read ends the run with exit code 2."""
    if key is None:
        if not dossier.sources:
            raise click.UsageError(_print_source_problems(dossier, "", "no source can be read"))
        return list(dossier.sources.values())
    if key in dossier.sources:
        return [dossier.sources[key]]
    if dossier.is_known(key, ("sources",)):
        raise click.UsageError(_print_source_problems(dossier, key, f"the source `{key}` cannot be read"))
    known = ", ".join(dossier.sources) or "none can be read"
    near = did_you_mean(key, list(dossier.sources), "")
    raise click.UsageError(
        f"there is no source `{escape_controls(key)}`; {f'{near} The' if near else 'the'} sources are: {known}"
    )


def _print_source_problems(dossier: Dossier, key: str, message: str) -> str:
    about = [problem for problem in dossier.problems if problem.fact == key or not key]
    for problem in about[:MAX_SHOWN_PROBLEMS]:
        click.echo(format_full(problem) + "\n", err=True)
    return message
