"""What is wrong in mkdocs.yml and with the names of the files in docs/, found before MkDocs builds, each told once."""

import html
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import URL
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions

from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.diagnostics.rule_ids import PAGE_IS_CITED
from briefing.diagnostics.suggestions import did_you_mean
from briefing.i18n.messages import fixed_messages
from briefing.mkdocs_plugin.settings_file import SettingsFile, read_settings_file
from briefing.mkdocs_plugin.theme import theme_words
from briefing.model.custom_kinds import custom_kind_words
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.kinds import KINDS
from briefing.rendering.field_values import entity_names, printable
from briefing.rendering.site_map import SiteMap, briefing_title
from briefing.text.languages import INTERFACE_LANGUAGE
from briefing.text.lexicon import listed_words
from briefing.text.phrase_matcher import PhraseMatcher, lower_same_length
from briefing.text.words import collapse_whitespace
from briefing.verification.active_content import clean_address, is_external
from briefing.verification.bindings import TextBindings, is_proper_name, title_obstacle

SITE_URL_VARIABLE = "BRIEFING_SITE_URL"
OWN_PLUGINS = frozenset(["briefing", "search", "material/search"])  # none of them adds a page or changes `nav`
SettingPath = tuple[str | int, ...]
_TAG = re.compile(r"<[^<>]*>")
_DECLARE = "delete it, or declare it in briefing.yaml under `interface:`"


class NavEntry(NamedTuple):
    """An entry of `nav`: its title if it has one, the page or address that it names, None for a section, and its path."""

    title: str | None
    target: str | None
    path: SettingPath


def nav_entries(nav: Any, path: SettingPath = ("nav",)) -> Iterator[NavEntry]:
    """Every entry of a navigation, sections before what is in them."""
    items = [((*path, n), item) for n, item in enumerate(nav)] if isinstance(nav, list) else [(path, nav)]
    for at, item in items:
        if isinstance(item, dict):
            for title, inner in item.items():
                is_page = isinstance(inner, str)
                yield NavEntry(str(title), inner if is_page else None, (*at, str(title)))
                yield from () if is_page else nav_entries(inner, (*at, str(title)))
        elif isinstance(item, str):
            yield NavEntry(None, item, at)


def nav_titles(config: MkDocsConfig) -> tuple[str, ...]:
    """The titles that mkdocs.yml gives in `nav`."""
    return tuple(dict.fromkeys(collapse_whitespace(entry.title) for entry in nav_entries(config.nav or []) if entry.title))


def settings_of(config: MkDocsConfig) -> SettingsFile:
    """The mkdocs.yml of a configuration; without lines where it cannot be read."""
    path = Path(config.config_file_path or "mkdocs.yml")
    found = read_settings_file(path)
    return SettingsFile(SourceFile(display_path(path))) if isinstance(found, Problem) else found


def site_url(config: MkDocsConfig) -> str | Problem:
    """The address of the site: `site_url`, else the value of BRIEFING_SITE_URL; empty where neither is set."""
    if config.site_url:
        return config.site_url
    try:
        return str(URL(is_dir=True).validate(os.environ.get(SITE_URL_VARIABLE, "")))  # type: ignore[no-untyped-call]
    except ValidationError as error:
        help = "set the variable to an address such as https://example.org/briefing/"
        return Problem("", settings_of(config).key_location("site_url"), f"{SITE_URL_VARIABLE}: {error}", help)


def settings_problems(config: MkDocsConfig, dossier: Dossier, generated: Iterable[str]) -> Iterator[Problem]:
    """What a build would meet in mkdocs.yml, in briefing.yaml and among the names of the files in docs/.

    `generated` are the paths of the files that the generator makes.
    """
    settings, texts = settings_of(config), KnownTexts(config, dossier)
    yield from theme_problems(config, settings)
    yield from site_name_problems(config, dossier, settings, texts)
    yield from printed_text_problems(config, settings, texts)
    yield from title_problems(config, dossier, settings, texts)
    files = docs_files(config)
    yield from docs_problems(config, files, generated, dossier)
    if set(config.plugins) <= OWN_PLUGINS and not config.hooks:
        yield from nav_problems(config, settings, files, generated)


class KnownTexts:
    """The texts of a dossier and of the generator that may stand on any page."""

    def __init__(self, config: MkDocsConfig, dossier: Dossier) -> None:
        self.language = str(config.theme.get("language", INTERFACE_LANGUAGE))
        self.dossier = dossier
        claims = (collapse_whitespace(part.claim) for fact in dossier.all_facts() for part in parts_of(fact))
        self.claims_and_words = frozenset([*claims, *fixed_messages(self.language), *dossier.settings.interface])
        names = (name for fact in dossier.all_facts() for name in entity_names(fact) if is_proper_name(name))
        self.names = tuple(names)

    @cached_property
    def bindings(self) -> TextBindings:
        """All of these texts."""
        site_map = SiteMap(self.dossier)
        texts = [text for fact in self.dossier.all_facts() for text in printable(site_map, self.language, fact)]
        texts += (record.label for record in self.dossier.records())
        texts += custom_kind_words(self.dossier.settings.custom_kinds)
        return TextBindings(self.claims_and_words | {*texts, *self.names, *theme_words(self.language)}, names=self.names)

    @cached_property
    def loaded_words(self) -> PhraseMatcher:
        """The words that take a side, of English and of this briefing."""
        return PhraseMatcher([*listed_words(INTERFACE_LANGUAGE, "loaded"), *map(str.lower, self.dossier.settings.loaded_words)])

    def are_said(self, text: str) -> bool:
        """Whether a text, or each of the texts that it joins, is known."""
        return not text or text in self.claims_and_words or self.bindings.binds_parts(text, "")

    def title_obstacle(self, title: str) -> str:
        """Why a title of ours may not stand on pages; empty where it may."""
        is_english = self.dossier.settings.is_english
        why = title_obstacle(title, TextBindings(frozenset(), names=self.names), is_english)
        words = self.loaded_words.find(lower_same_length(title)) if is_english and not why else ()
        why = next((f"takes a side with `{title[start:end]}`" for _, start, end in words), why)
        return "" if not why or title in self.bindings.texts else why


def theme_problems(config: MkDocsConfig, settings: SettingsFile) -> Iterator[Problem]:
    """The pages are made for Material, in a language that it has, by this plugin alone."""
    if config.theme.name in ("mkdocs", "readthedocs"):
        message = f"the pages are made for the theme `material`, and this is `{config.theme.name}`"
        yield Problem(PAGE_IS_CITED, settings.location("theme", "name"), message, "write `name: material` under `theme:`")
    language = str(config.theme.get("language", INTERFACE_LANGUAGE))
    languages = [path.stem for folder in config.theme.dirs for path in Path(folder, "partials", "languages").glob("*.html")]
    if languages and language not in languages:
        help = did_you_mean(language, languages, "use one of the languages that Material has, as in `language: en`")
        yield Problem("", settings.location("theme", "language"), f"the theme has no language `{language}`", help)
    if len([name for name in config.plugins if name.partition(" #")[0] == "briefing"]) > 1:
        yield Problem("", settings.key_location("plugins"), "the plugin `briefing` stands here twice", "delete one of the two")


def site_name_problems(config: MkDocsConfig, dossier: Dossier, settings: SettingsFile, texts: KnownTexts) -> Iterator[Problem]:
    """The site's name and description must be claims or interface words."""
    title = briefing_title(dossier)
    for key in ("site_name", "site_description"):
        value = collapse_whitespace(str(config[key] or ""))
        if value and value not in texts.claims_and_words:
            message = f"`{key}` is neither the claim of a fact nor an interface word"
            help = f"copy the title of the home page: {title}" if title else "write a title in facts/overview.yaml"
            yield Problem(PAGE_IS_CITED, settings.location(key), message, help)


def printed_text_problems(config: MkDocsConfig, settings: SettingsFile, texts: KnownTexts) -> Iterator[Problem]:
    """Other settings whose text the theme prints on every page."""
    for path, value in _printed_settings(config, settings):
        pieces = [collapse_whitespace(html.unescape(piece)) for piece in _TAG.split(value)]
        if unknown := [piece for piece in pieces if not texts.are_said(piece)]:
            message = f"pages would print this, which comes neither from a fact nor from the interface catalogue: {unknown[0]}"
            yield Problem(PAGE_IS_CITED, settings.location(*path), message, _DECLARE)


def _printed_settings(config: MkDocsConfig, settings: SettingsFile) -> Iterator[tuple[SettingPath, str]]:
    for key in ("copyright", "site_author"):
        yield (key,), str(config[key] or "")
    yield ("repo_name",) if settings.has("repo_name") else ("repo_url",), str(config.repo_name or "")
    palettes = config.theme.get("palette") or []
    for n, palette in enumerate(palettes if isinstance(palettes, list) else []):
        toggle = palette.get("toggle") if isinstance(palette, Mapping) else None
        if isinstance(toggle, Mapping):
            yield ("theme", "palette", n, "toggle", "name"), str(toggle.get("name") or "")
    for key in ("social", "alternate"):
        entries = config.extra.get(key)
        for n, entry in enumerate(entries if isinstance(entries, list) else []):
            yield ("extra", key, n, "name"), str(entry.get("name") or "") if isinstance(entry, Mapping) else ""
    yield ("markdown_extensions",), str(config.mdx_configs.get("toc", {}).get("permalink_title") or "")


def title_problems(config: MkDocsConfig, dossier: Dossier, settings: SettingsFile, texts: KnownTexts) -> Iterator[Problem]:
    """A title in `nav`, or one that briefing.yaml declares, names no actor, place, number or date, and is short."""
    for entry in nav_entries(config.nav or []):
        if entry.title and _TAG.search(entry.title):
            message = "this title in `nav` holds markup, which pages would not show as it stands here"
            yield Problem(PAGE_IS_CITED, settings.key_location(*entry.path), message, "write plain words")
        elif entry.title and (why := texts.title_obstacle(collapse_whitespace(entry.title))):
            help = "use words that no fact has to prove, or the name of an actor or place alone"
            yield Problem(PAGE_IS_CITED, settings.key_location(*entry.path), f"this title in `nav` {why}", help)
    names = TextBindings(frozenset(), names=texts.names)
    for text in dossier.settings.interface:
        if why := title_obstacle(collapse_whitespace(text), names, numbers=False):
            yield Problem(PAGE_IS_CITED, text.location, f"this text {why}, and no fact stands behind it", "use other words")


def docs_files(config: MkDocsConfig) -> Files:
    """The files of docs/ that belong to the site, as MkDocs collects them, with those that it would drop."""
    found = [
        File(os.path.relpath(Path(folder, name), config.docs_dir), config.docs_dir, config.site_dir, config.use_directory_urls)
        for folder, _, names in sorted(os.walk(config.docs_dir, followlinks=True))
        for name in sorted(names)
    ]
    set_exclusions(found, config)
    return Files([file for file in found if not _is_excluded(file)])


def _is_excluded(file: File) -> bool:
    return not file.inclusion.is_included()  # type: ignore[no-untyped-call]


def docs_problems(config: MkDocsConfig, files: Files, generated: Iterable[str], dossier: Dossier) -> Iterator[Problem]:
    """A file in docs/ must not take the place of a page of facts, nor of another file of the site."""
    site_map = SiteMap(dossier)
    with_facts = {site_map.path(fact): fact for fact in dossier.all_facts()}
    made = {_destination(config, path): path for path in generated}
    earlier: dict[str, str] = {}
    for file in files:
        place, path = Location(SourceFile(_docs_path(config, file))), file.src_uri
        if fact := with_facts.get(path):
            message = f"this page would stand in place of the one made from {fact.location.file.path}"
            yield Problem(PAGE_IS_CITED, place, message, "give it another name, or delete it")
        else:
            other = earlier.setdefault(file.dest_uri, path)
            other = made.get(file.dest_uri, path) if other == path else f"{display_path(Path(config.docs_dir))}/{other}"
            if other != path:
                message = f"this file and {other} would both be {file.dest_uri} on the site"
                yield Problem(PAGE_IS_CITED, place, message, "give it another name, or list it under `exclude_docs`")


def _docs_path(config: MkDocsConfig, file: File) -> str:
    return display_path(Path(config.docs_dir, file.src_uri))


def _destination(config: MkDocsConfig, path: str) -> str:
    return File(path, "", "", config.use_directory_urls).dest_uri


def nav_problems(
    config: MkDocsConfig, settings: SettingsFile, files: Files, generated: Iterable[str] = ()
) -> Iterator[Problem]:
    """An entry of `nav` names a page that is in docs/ or made from facts, or an address elsewhere."""
    known = [*(file.src_uri for file in files if not _is_excluded(file)), *generated]
    pages = [path for path in known if path.endswith(".md")]
    for entry in nav_entries(config.nav or []):
        target = entry.target
        if target is None or is_external(clean_address(target)) or Path(target).as_posix() in known:
            continue
        message = f"`nav` names `{target}`, and there is no such page" if target else "`nav` names no page here"
        yield Problem(PAGE_IS_CITED, settings.location(*entry.path), message, _help(target, pages, config))


def _help(target: str, pages: Sequence[str], config: MkDocsConfig) -> str:
    stem = target.removesuffix(".md")
    bare = target.partition("#")[0].lstrip("/")
    if bare != target and bare in pages:
        return f"write `{bare}`"
    if stem in {kind.file_stem for kind in KINDS}:
        return f"delete the line until there are facts in facts/{stem}.yaml that make this page"
    path = display_path(Path(config.docs_dir, target or "page.md"))
    return did_you_mean(target, pages, f"write it as {path}, or delete the line")
