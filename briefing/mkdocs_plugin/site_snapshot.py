"""The site of one state of the folder, whose pages are made when a browser first asks for them."""

import contextlib
import copy
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url, is_error_template

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location, Problem, SourceFile, display_path
from briefing.mkdocs_plugin.edit_links import EditUrlBuilder
from briefing.mkdocs_plugin.generated_files import add_card, add_open_graph, add_pages, create_renderer
from briefing.mkdocs_plugin.markdown_cache import MarkdownCache, has_safe_extensions
from briefing.mkdocs_plugin.mkdocs_internals import RENDERED_PAGE_FIELDS
from briefing.mkdocs_plugin.project import Project
from briefing.model.site_files import CARD_PATH
from briefing.rendering.fragment_cache import FragmentCache
from briefing.rendering.html_postprocess import fix_markup
from briefing.rendering.social_card import render_card

log = get_plugin_logger("briefing")
DRAFT = '<div class="mkdocs-draft-marker" title="This page will not be included into the built site.">DRAFT</div>'


class PageCache:
    """What earlier snapshots rendered with the same configuration; `lock` guards it and every rendering."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.pages: dict[str, tuple[str, dict[str, Any]]] = {}
        self.markdown_caches: dict[str, MarkdownCache] = {}
        self.fragments = FragmentCache()


class SiteSnapshot:
    """The site of one state of the folder. What it shows never changes; it only fills in as pages are asked for."""

    def __init__(
        self,
        built: MkDocsConfig,
        env: Environment,
        theme_files: Files,
        project: Project,
        cache: PageCache,
        edit_url: EditUrlBuilder | None,
    ) -> None:
        self.config = copy.copy(built)
        self.config.copyright = project.footer(built.copyright)
        self.env = env
        self.cache = cache
        self.responses: dict[str, bytes] = {}
        self.failed_pages: dict[str, Problem] = {}  # pages of docs/ that cannot be made, by their paths in docs/
        self.renderer = create_renderer(self.config, project, edit_url, fragment_cache=cache.fragments)
        with _quiet_mkdocs():
            self.files = get_files(self.config)
            for file in theme_files:
                if self.files.get_file_from_path(file.src_uri) is None:
                    self.files.append(copy.copy(file))
            add_pages(self.files, self.config, self.renderer)
            add_card(self.files, self.config, self.renderer, is_eager=False)
            set_exclusions(self.files, self.config)
            self.nav = get_navigation(self.files, self.config)
        self.pages = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self.pages_by_path = {file.dest_uri: file for file in self.pages}
        self.date = project.date
        for file in self.pages:
            page = file.page or Page(None, file, self.config)
            page.update_date = self.date.date().isoformat()

    def file_content(self, path: str) -> bytes | None:
        """A file of the site by its path; None for one that is not made from facts, pages or the theme's templates."""
        with self.cache.lock:
            if path not in self.responses and (render := self._renderer_for(path)):
                content = render()
                self.responses[path] = content if isinstance(content, bytes) else content.encode("utf-8", "xmlcharrefreplace")
            return self.responses.get(path)

    def _renderer_for(self, path: str) -> Callable[[], str | bytes] | None:
        if file := self.pages_by_path.get(path):
            return lambda: self._render_page(file)
        named = self.files.get_file_from_path(path)
        if path == CARD_PATH and named and named.generated_by == "briefing":
            return lambda: render_card(self.renderer.card)
        if path in self.renderer.renderers and (named is None or named.generated_by == "briefing"):
            return lambda: self.renderer.render_file(path)
        if path in self.config.theme.static_templates:
            return lambda: self._render_template(path)
        return None

    def _render_page(self, file: File) -> str:
        self._set_titles()
        page = self._converted_page(file)
        context = get_context(self.nav, self.pages, self.config, page)
        page.active = True
        try:
            context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
            context["build_date_utc"] = self.date
            add_open_graph(context, self.renderer, self.config, page)
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
        """The page of a file with its Markdown converted; a generated page whose text is unchanged comes from the cache."""
        page = file.page
        assert page is not None
        text = self.renderer.render_file(file.src_uri) if file.generated_by == "briefing" else None
        before, fields = self.cache.pages.get(file.src_uri, (None, {}))
        if text is None:
            fields = self._convert_docs_page(page)
        elif text != before:
            fields = self._convert(page, text)
            self.cache.pages[file.src_uri] = text, fields
        page.__dict__.update(fields)
        return page

    def _convert_docs_page(self, page: Page) -> dict[str, Any]:
        """A page of docs/. Where it cannot be made, the page is empty and `failed_pages` says why."""
        try:
            return self._convert(page, None)
        except Exception as error:
            problem = self.failed_pages[page.file.src_uri] = page_problem(page.file, error)
            log.info(format_full(problem))
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
        return {name: page.__dict__[name] for name in RENDERED_PAGE_FIELDS if name in page.__dict__}

    def _render_with_cache(self, page: Page) -> None:
        def convert_markdown(markdown: str) -> str:
            page.markdown = markdown
            page.render(self.config, self.files)
            return page.content or ""

        markdown = page.markdown or ""
        cache = self.cache.markdown_caches.setdefault(page.file.src_uri, MarkdownCache())
        page.content = cache.convert(markdown, convert_markdown)
        page.markdown = markdown

    def _render_template(self, name: str) -> str:
        """A static template of the theme, as MkDocs renders it."""
        self._set_titles()
        plugins = self.config.plugins
        template = plugins.on_pre_template(self.env.get_template(name), template_name=name, config=self.config)
        base_url = urlsplit(self.config.site_url or "/").path if is_error_template(name) else get_relative_url(".", name)
        context = get_context(self.nav, self.files, self.config, base_url=base_url)
        context = plugins.on_template_context(context, template_name=name, config=self.config)
        context["build_date_utc"] = self.date
        return str(plugins.on_post_template(template.render(context), template_name=name, config=self.config))


def page_problem(file: File, error: Exception) -> Problem:
    """The problem of a page of docs/ that cannot be made."""
    name = display_path(Path(file.abs_src_path or file.src_uri))
    reason = f"{name} is not UTF-8" if isinstance(error, UnicodeError) else f"{type(error).__name__}: {error}"
    return Problem("", Location(SourceFile(name)), "this page cannot be made", "fix the page and save it", (reason,))


@contextlib.contextmanager
def _quiet_mkdocs() -> Iterator[None]:
    """Silences what MkDocs already said about the navigation and the files when it built."""
    structure = logging.getLogger("mkdocs.structure")
    structure.setLevel(logging.ERROR)
    try:
        yield
    finally:
        structure.setLevel(logging.NOTSET)
