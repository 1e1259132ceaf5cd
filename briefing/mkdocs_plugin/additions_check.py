"""Checks, before a build, that briefing.yaml names what docs/ and mkdocs.yml add to the generator's own site.

The same is checked again on the built site, which may come from templates and plugins that nobody looked into here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.diagnostics.rule_ids import PAGE_IS_CITED
from briefing.loading.files import read_bytes
from briefing.mkdocs_plugin.settings_check import nav_entries
from briefing.model.additions import AddedFile, is_pinned_file
from briefing.model.settings import Settings
from briefing.text.style_effects import style_effects
from briefing.verification.active_content import clean_address, is_external
from briefing.verification.checksums import sha256

_MAX_LISTED_EFFECTS = 5
_THEME_FONTS = {"text": "Roboto", "code": "Roboto Mono"}  # what Material loads where mkdocs.yml says nothing
EFFECT_WORDS = {
    "adds-text": "adds text",
    "hides": "can hide text",
    "reorders": "can move text",
    "changes-letters": "can change letters",
    "colours": "sets a colour",
    "loads": "loads a file",
}


def addition_problems(config: MkDocsConfig, settings: Settings) -> Iterator[Problem]:
    """What docs/ and mkdocs.yml add without being named in briefing.yaml, and what is named and differs or is missing."""
    mkdocs_yml = read_lines(Path(config.config_file_path)) if config.config_file_path else SourceFile("mkdocs.yml")
    files = docs_files(config)
    others = {file.src_uri: Path(file.abs_src_path) for file in files if file.abs_src_path and not file.is_documentation_page()}
    named = {str(added.file): added for added in settings.added_files}
    yield from (_unnamed_file_problem(name, path) for name, path in others.items() if name not in named)
    for name, added in named.items():
        yield from _named_file_problems(added, others.get(name) or _theme_file(config, name))
    addresses = {(str(added.use), str(added.address)) for added in settings.added_addresses}
    for use, address in _loaded_addresses(config):
        if (use, address) not in addresses:
            yield _address_problem(mkdocs_yml, use, address)


def added_style_effects(config: MkDocsConfig, settings: Settings) -> dict[str, tuple[str, ...]]:
    """The effects of each style sheet that briefing.yaml names, each once, by the path of the file."""
    found: dict[str, tuple[str, ...]] = {}
    for added in settings.added_files:
        path = Path(config.docs_dir, added.file)
        content = read_bytes(path) if path.suffix.lower() == ".css" else b""
        if isinstance(content, bytes) and content:
            effects = style_effects(content.decode("utf-8", "replace"))
            found[str(added.file)] = tuple(dict.fromkeys(effect.effect for effect in effects))
    return found


def uses_theme_fonts(config: MkDocsConfig) -> bool:
    """Whether Material would load the fonts that it has where mkdocs.yml names none."""
    return config.theme.name == "material" and config.theme.get("font") == _THEME_FONTS


def docs_files(config: MkDocsConfig) -> list[File]:
    """The files of docs/ that MkDocs would publish."""
    if not Path(config.docs_dir).is_dir():
        return []
    files = get_files(config)
    set_exclusions(files, config)
    return [file for file in files if file.inclusion is not InclusionLevel.EXCLUDED and not is_backup(file.src_uri)]


def is_backup(path: str) -> bool:
    """Whether a file is the copy that an editor keeps of another; it is never published."""
    return path.endswith(("~", "#"))


def _theme_file(config: MkDocsConfig, name: str) -> Path | None:
    """A file of the briefing's own theme folder."""
    path = Path(config.theme.custom_dir or config.docs_dir, name)
    return path if path.is_file() else None


def _unnamed_file_problem(name: str, path: Path) -> Problem:
    """A file of docs/ that nobody named. What a style sheet can do is said line by line."""
    file, effects = read_lines(path), []
    if path.suffix.lower() == ".css":
        effects = style_effects("\n".join(file.lines))[:_MAX_LISTED_EFFECTS]
    place = Location(file, effects[0].line, effects[0].column, len(effects[0].name)) if effects else Location(file)
    notes = tuple(f"line {found.line + 1}: `{found.name}` {EFFECT_WORDS[found.effect]}" for found in effects)
    message = "briefing.yaml does not name this file, and the generator did not make it"
    help = f"delete it, or write under `added-files:` in briefing.yaml: {_entry(name, path)}"
    return Problem(PAGE_IS_CITED, place, message, help, notes)


def _entry(name: str, path: Path) -> str:
    """The entry for a file of docs/, ready to paste; only the reason is missing."""
    pin = f", sha256: {sha256(path)}" if is_pinned_file(name) else ""
    return f"- {{file: {name}{pin}, reason: …}}"


def _named_file_problems(added: AddedFile, path: Path | None) -> Iterator[Problem]:
    if path is None:
        message = "docs/ has no such file"
        yield Problem(PAGE_IS_CITED, added.file.location, message, "delete this entry, or add the file")
    elif added.sha256 is None and is_pinned_file(str(added.file)):
        message = "this file can change what is read, so its checksum is needed"
        yield Problem(PAGE_IS_CITED, added.file.location, message, f"read the file, then add `sha256: {sha256(path)}`")
    elif added.sha256 is not None and sha256(path) != added.sha256:
        message = f"`{added.file}` is not the file with this checksum"
        yield Problem(PAGE_IS_CITED, added.sha256.location, message, f"read what changed, then write {sha256(path)}")


def _loaded_addresses(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """What mkdocs.yml loads from other hosts or leads to, by use."""
    nav_targets = [entry.target for entry in nav_entries(config.nav or []) if entry.target]
    yield from (("style", str(path)) for path in config.extra_css if is_external(clean_address(str(path))))
    yield from (("script", str(path)) for path in config.extra_javascript if is_external(clean_address(str(path))))
    yield from (("navigation", address) for address in nav_targets if is_external(clean_address(address)))
    homepage = str(config.extra.get("homepage", ""))
    yield from (("navigation", address) for address in [homepage] if is_external(clean_address(address)))
    fonts = config.theme.get("font") if config.theme.name == "material" and not uses_theme_fonts(config) else None
    yield from [("style", f"https://fonts.googleapis.com ({fonts.get('text', '')})")] if isinstance(fonts, dict) else ()


def _address_problem(mkdocs_yml: SourceFile, use: str, address: str) -> Problem:
    whole = re.compile(rf"{re.escape(address)}(?![\w/.?#-])")
    found = ((n, at.start()) for n, text in enumerate(mkdocs_yml.lines) if (at := whole.search(text)))
    line, column = next(found, (0, 0))
    what = "the navigation leads to" if use == "navigation" else "every page would load from"
    pin = ", sha256: …" if use != "navigation" else ""
    help = (
        f"delete it, or write under `added-addresses:` in briefing.yaml: - {{address: {address}, use: {use}{pin}, reason: …}}"
    )
    if "fonts.googleapis.com" in address and use == "style":
        help = "write `font: false` under `theme:`, and add the fonts as files"
    return Problem(PAGE_IS_CITED, Location(mkdocs_yml, line, column, len(address)), f"{what} another host", help)


def read_lines(path: Path) -> SourceFile:
    """A file with its lines, to point into; without lines where it cannot be read."""
    content = read_bytes(path)
    return SourceFile(display_path(path), content.decode("utf-8", "replace").splitlines() if isinstance(content, bytes) else ())
