"""The live preview: what it keeps between saves, and pages made when a browser asks for them.

MkDocs builds once, without the pages of facts; then a save of facts makes a new `Sight`, and only the pages that are asked
for are laid out, converted and put into the theme. Whatever fails, what was right before is served, with the failure over it.
"""

import contextlib
import copy
import html
import logging
import shutil
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from markupsafe import Markup
from mkdocs.commands.build import _build_template, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from briefing.diagnostics.problem import Location, SourceFile
from briefing.loading.files import display_path
from briefing.mkdocs_plugin.edit_links import EditUrlBuilder, edit_uri
from briefing.mkdocs_plugin.error_overlay import OverlayItem
from briefing.mkdocs_plugin.markdown_cache import MarkdownCache, has_safe_extensions
from briefing.mkdocs_plugin.project import EMPTY_PROJECT, Project, ProjectCache, by_priority, format_problems, load_project
from briefing.model.site_files import CARD_PATH
from briefing.rendering.fragment_cache import FragmentCache
from briefing.rendering.html_postprocess import fix_markup
from briefing.rendering.open_graph import OpenGraphTags
from briefing.rendering.pages import SiteRenderer
from briefing.rendering.social_card import render_card

log = logging.getLogger("mkdocs.plugins.briefing")
_SUPPORTED_PLUGINS = frozenset(["briefing", "search", "material/search"])
_CACHED_PAGE_FIELDS = ("markdown", "meta", "content", "toc", "title", "_title_from_render")


def is_lazy(config: MkDocsConfig) -> bool:
    """Whether pages can be made one by one: where no other plugin or hook has a word to say in how they are made."""
    return is_live() and set(config.plugins) <= _SUPPORTED_PLUGINS and not config.hooks


def is_live() -> bool:
    """Whether open pages are reloaded: not under `mkdocs serve --no-livereload`, where MkDocs serves what it built."""
    context = click.get_current_context(silent=True)
    return context is None or bool(context.params.get("livereload", True))


class PageCache:
    """What was made by the last sights: the blocks of facts, and by the file of a page its Markdown with what came of it."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, dict[str, Any]]] = {}
        self.markdown_caches: dict[str, MarkdownCache] = {}
        self.fragments = FragmentCache()


class SiteSnapshot:
    """The site of one state of the folder; each of its pages is made when it is first asked for."""

    def __init__(
        self, built: MkDocsConfig, env: Any, theme: Files, project: Project, cache: PageCache, edit_url: EditUrlBuilder | None
    ) -> None:
        self.config = copy.copy(built)
        self.config.copyright = project.footer(built.copyright)
        self.env = env
        self.cache = cache
        self.lock = threading.RLock()
        self.responses: dict[str, bytes] = {}
        self.failed_pages: dict[str, OverlayItem] = {}  # pages of docs/ that cannot be made
        self.renderer = create_renderer(self.config, project, edit_url, fragment_cache=cache.fragments)
        with _quiet_mkdocs():
            self.files = get_files(self.config)
            for file in theme:
                if self.files.get_file_from_path(file.src_uri) is None:
                    self.files.append(copy.copy(file))
            add_pages(self.files, self.config, self.renderer)
            add_card(self.files, self.config, self.renderer, is_eager=False)
            set_exclusions(self.files, self.config)
            self.nav = get_navigation(self.files, self.config)
        self.pages = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self.pages_by_path = {file.dest_uri: file for file in self.pages}

    def file_content(self, path: str) -> bytes | None:
        """A file of the site by its path; None for one that was not made from facts or pages."""
        with self.lock:
            if path not in self.responses and (make := self._renderer_for(path)):
                made = make()
                self.responses[path] = made if isinstance(made, bytes) else made.encode("utf-8", "xmlcharrefreplace")
            return self.responses.get(path)

    def _renderer_for(self, path: str) -> Callable[[], str | bytes] | None:
        if file := self.pages_by_path.get(path):
            return lambda: self._render_page(file)
        own = self.files.get_file_from_path(path)
        if path == CARD_PATH and own and own.generated_by == "briefing":
            return lambda: render_card(self.renderer.card)
        if path in self.renderer.renderers and (own is None or own.generated_by == "briefing"):
            return lambda: self.renderer.render_file(path)
        if path in self.config.theme.static_templates:
            return lambda: self._template(path)
        return None

    def _render_page(self, file: File) -> str:
        self._set_titles()
        page = self._converted_page(file)
        context = get_context(self.nav, self.pages, self.config, page)
        page.active = True
        try:
            context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
            context["open_graph"] = open_graph_html(self.renderer, self.config, page)  # type: ignore[typeddict-unknown-key]
            if file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                page.content = DRAFT + (page.content or "")
            return fix_markup(str(self.env.get_template(page.meta.get("template", "main.html")).render(context)))
        finally:
            page.active = False

    def _set_titles(self) -> None:
        """Gives each page of the navigation its title, which every page prints."""
        for page in self.nav.pages:
            if page.title is None:
                self._converted_page(page.file)

    def _converted_page(self, file: File) -> Page:
        """The page of a file, its text converted: again only where the text has changed, or it may link to other pages."""
        page = file.page or Page(None, file, self.config)
        text = self.renderer.render_file(file.src_uri) if file.generated_by == "briefing" else None
        before, made = self.cache.pages.get(file.src_uri, (None, {}))
        if text is None:
            made = self._convert_docs_page(page)
        elif text != before:
            made = self._convert(page, text)
            self.cache.pages[file.src_uri] = text, made
        page.__dict__.update(made)
        return page

    def _convert_docs_page(self, page: Page) -> dict[str, Any]:
        """A page of docs/; where it cannot be made, an empty one, and why."""
        try:
            return self._convert(page, None)
        except Exception as error:
            self.failed_pages[page.file.src_uri] = page_failure(page.file, error)
            title = page.title or page.file.name
            return {"markdown": "", "meta": {}, "content": "", "toc": get_toc([]), "title": title}

    def _convert(self, page: Page, text: str | None) -> dict[str, Any]:
        if text is not None:
            page.file.content_string = text
        plugins = self.config.plugins
        page.read_source(self.config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=self.config, files=self.files)
        if text is not None and has_safe_extensions(self.config.markdown_extensions):
            self._render_with_cache(page)
        else:
            page.render(self.config, self.files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=self.config, files=self.files)
        return {name: page.__dict__[name] for name in _CACHED_PAGE_FIELDS if name in page.__dict__}

    def _render_with_cache(self, page: Page) -> None:
        def whole(markdown: str) -> str:
            page.markdown = markdown
            page.render(self.config, self.files)
            return page.content or ""

        markdown = page.markdown or ""
        page.content = self.cache.markdown_caches.setdefault(page.file.src_uri, MarkdownCache()).convert(markdown, whole)
        page.markdown = markdown

    def _template(self, name: str) -> str:
        self._set_titles()
        return _build_template(name, self.env.get_template(name), self.files, self.config, self.nav)


@contextlib.contextmanager
def _quiet_mkdocs() -> Iterator[None]:
    """Leaves unsaid what MkDocs has said of the navigation and the files when it built."""
    structure = logging.getLogger("mkdocs.structure")
    structure.setLevel(logging.ERROR)
    try:
        yield
    finally:
        structure.setLevel(logging.NOTSET)


DRAFT = '<div class="mkdocs-draft-marker" title="This page will not be included into the built site.">DRAFT</div>'


def create_renderer(
    config: MkDocsConfig,
    project: Project,
    edit_url: EditUrlBuilder | None,
    is_preview: bool = True,
    fragment_cache: FragmentCache | None = None,
) -> SiteRenderer:
    """The generated files for MkDocs; a preview shows its curator each source whole."""
    urls = config.use_directory_urls
    return SiteRenderer(
        project.dossier,
        project.site_context,
        directory_urls=urls,
        full_texts=is_preview,
        edit_url=edit_url,
        fragment_cache=fragment_cache,
    )


def add_pages(files: Files, config: MkDocsConfig, renderer: SiteRenderer, is_eager: bool = False) -> None:
    """Adds the generated files; one of the same name in docs/ is a curator's own and stays."""
    for path in renderer.renderers:
        if files.get_file_from_path(path) is None:
            text = renderer.render_file(path) if is_eager or path.startswith("assets/") else ""
            file = File.generated(config, path, content=text)
            file.generated_by = "briefing"
            file.edit_uri = edit_uri(config.docs_dir, renderer.locations[path]) if path in renderer.locations else None
            files.append(file)


def add_card(files: Files, config: MkDocsConfig, renderer: SiteRenderer, is_eager: bool) -> None:
    """Adds the picture beside shared links, where the address of the site is known; drawn now where `is_whole`."""
    if config.site_url and files.get_file_from_path(CARD_PATH) is None:
        file = File.generated(config, CARD_PATH, content=render_card(renderer.card) if is_eager else b"")
        file.generated_by = "briefing"
        files.append(file)


def open_graph_html(renderer: SiteRenderer, config: MkDocsConfig, page: Page) -> Markup:
    """What a page says to whoever shows a link to it."""
    path, title = page.file.src_uri, html.unescape(str(page.title or ""))
    told = OpenGraphTags(
        base_url=f"{config.site_url.rstrip('/')}/" if config.site_url else "",
        url=page.url,
        language=renderer.dossier.settings.claim_language,
        title=renderer.card.title if path == "index.md" and renderer.card.title else title,
        description=renderer.descriptions.get(path, config.site_description or ""),
        site_name=config.site_name,
        image_alt=renderer.card.alt,
    )
    return told.to_html()


class Preview:
    """The preview over its whole life: what is served now, and what is wrong now."""

    def __init__(self, may_be_lazy: bool = True) -> None:
        self.may_be_lazy = may_be_lazy
        self.is_lazy = False
        self.project = EMPTY_PROJECT
        self.snapshot: SiteSnapshot | None = None
        self.built_folder: Path | None = None  # what MkDocs built last
        self.overlay_items: tuple[OverlayItem, ...] = ()
        self.build_failures: tuple[OverlayItem, ...] = ()  # why MkDocs could not build last
        self._config: MkDocsConfig | None = None
        self._env: Any = None
        self._theme = Files([])
        self._deferred_pages: dict[File, InclusionLevel] = {}
        self._page_cache = PageCache()
        self._project_cache = ProjectCache()
        self.edit_url: EditUrlBuilder | None = None
        self.config_file = Path("mkdocs.yml")
        self.folder = Path()
        self.dossier_paths: tuple[str, ...] = ()  # the files and folders that are taken up without MkDocs
        self.watched: tuple[str, ...] = ()  # all that the settings speak of
        self.build_count = 0  # builds by MkDocs with this plugin

    @property
    def all_items(self) -> tuple[OverlayItem, ...]:
        """All that is wrong now, warnings included."""
        return (*self.build_failures, *self.overlay_items)

    def begin(self, config: MkDocsConfig, folder: Path, dossier_names: Iterable[str]) -> None:
        """Takes up a build by MkDocs, in a folder of its own beside the earlier one's."""
        self._deferred_pages = {}
        self.build_count += 1
        self.config_file = Path(config.config_file_path or self.config_file)
        self.folder = folder
        self.dossier_paths = tuple(str(folder / name) for name in dossier_names)
        self.watched = (*self.dossier_paths, config.docs_dir, *config.watch)
        self.is_lazy = self.may_be_lazy and is_lazy(config)
        if is_live():
            Path(config.site_dir).mkdir(parents=True, exist_ok=True)
            config.site_dir = tempfile.mkdtemp(dir=config.site_dir)

    def read(self, config: MkDocsConfig, folder: Path) -> Project:
        """What the folder holds now; where that fails, what it held before, with the failure among what is told."""
        try:
            self.project = load_project(config, folder, self._project_cache)
            report = self.project.report
            self.overlay_items = tuple(map(OverlayItem.from_problem, (*by_priority(report.problems), *report.warnings)))
            if report.problems:
                log.info(format_problems(report))
        except Exception as error:
            self._project_cache = ProjectCache()
            self.overlay_items = (internal_failure(error),)
        return self.project

    def defer_pages(self, files: Files) -> None:
        """Keeps MkDocs from making the pages, which are made when they are asked for."""
        for file in files if self.is_lazy else ():
            if file.is_documentation_page():
                self._deferred_pages[file] = file.inclusion
                file.inclusion = InclusionLevel.EXCLUDED

    def finish_build(self, config: MkDocsConfig, env: Any) -> None:
        """Takes over what MkDocs built, once the build is over, and makes the new sight."""
        for file, inclusion in self._deferred_pages.items():
            file.inclusion = inclusion
        earlier, self.built_folder = self.built_folder, Path(config.site_dir)
        self._config, self._env, self._page_cache = config, env, PageCache()
        self._theme = Files([])
        self._theme.add_files_from_theme(env, config)
        self.snapshot = None if not self.is_lazy else self.snapshot
        if self.is_lazy:
            self.update_snapshot(self.project)
        if earlier and is_live():
            shutil.rmtree(earlier, ignore_errors=True)

    def refresh(self, folder: Path) -> bool:
        """Takes up a change of facts, seeds or settings without MkDocs; false where MkDocs must build."""
        if self._config is None or not self.is_lazy:
            return False
        self.update_snapshot(self.read(self._config, folder))
        return True

    def update_snapshot(self, project: Project) -> None:
        """Makes the sight of what was read; the earlier one stays where that fails."""
        try:
            assert self._config is not None
            self.snapshot = SiteSnapshot(self._config, self._env, self._theme, project, self._page_cache, self.edit_url)
        except Exception as error:
            self.overlay_items = (*self.overlay_items, internal_failure(error))


def page_failure(file: File, error: Exception) -> OverlayItem:
    """What is told of a page of docs/ that cannot be made."""
    name = display_path(Path(file.abs_src_path or file.src_uri))
    place = Location(SourceFile(name))
    why = f"{name} is not UTF-8" if isinstance(error, UnicodeError) else f"{type(error).__name__}: {error}"
    log.info(f"{name}: {why}")
    return OverlayItem(
        f"error: this page cannot be made\n --> {place}\n  = {why}\n  = help: mend it and save; the page follows", place
    )


def internal_failure(error: BaseException) -> OverlayItem:
    """What is told of a failure of our own; the terminal has the whole trace."""
    log.info("".join(traceback.format_exception(error)))
    frames = traceback.extract_tb(error.__traceback__)
    place = Location(SourceFile(frames[-1].filename), (frames[-1].lineno or 1) - 1) if frames else None
    told = (
        f"error: the preview failed at this, and shows what it showed before\n --> {place}\n  = {type(error).__name__}: {error}"
    )
    return OverlayItem(
        f"{told}\n  = help: this is a fault of briefing; save again, and report it with what the terminal says", place
    )
