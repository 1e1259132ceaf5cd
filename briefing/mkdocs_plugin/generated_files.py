"""Gives MkDocs the generated pages, data files, assets and the social card as virtual files."""

import html

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from briefing.mkdocs_plugin.edit_links import EditUrlBuilder, edit_uri
from briefing.mkdocs_plugin.project import Project
from briefing.mkdocs_plugin.theme import theme_folder
from briefing.model.site_files import CARD_PATH
from briefing.rendering.fragment_cache import FragmentCache
from briefing.rendering.open_graph import OpenGraphTags
from briefing.rendering.pages import SiteRenderer
from briefing.rendering.social_card import render_card


def create_renderer(
    config: MkDocsConfig,
    project: Project,
    edit_url: EditUrlBuilder | None,
    is_preview: bool = True,
    fragment_cache: FragmentCache | None = None,
) -> SiteRenderer:
    """The renderer of a project's files; a preview shows its curator the whole text of each source."""
    return SiteRenderer(
        project.dossier,
        project.site_context,
        directory_urls=config.use_directory_urls,
        full_texts=is_preview,
        edit_url=edit_url,
        fragment_cache=fragment_cache,
    )


def add_pages(files: Files, config: MkDocsConfig, renderer: SiteRenderer, is_eager: bool = False) -> None:
    """Adds the generated files, rendered now where `is_eager`. A file of the same name in docs/ takes precedence."""
    for path in renderer.renderers:
        if files.get_file_from_path(path) is None:
            text = renderer.render_file(path) if is_eager or path.startswith("assets/") else ""
            file = File.generated(config, path, content=text)
            file.generated_by = "briefing"
            file.edit_uri = edit_uri(config.docs_dir, renderer.locations[path]) if path in renderer.locations else None
            files.append(file)


def add_card(files: Files, config: MkDocsConfig, renderer: SiteRenderer, is_eager: bool) -> None:
    """Adds the picture for shared links, if `site_url` is set; draws it now if `is_eager`."""
    if config.site_url and files.get_file_from_path(CARD_PATH) is None:
        file = File.generated(config, CARD_PATH, content=render_card(renderer.card) if is_eager else b"")
        file.generated_by = "briefing"
        files.append(file)


def remove_theme_scripts(files: Files) -> None:
    """Removes the scripts that come with Material, and the source maps."""
    theme = str(theme_folder())
    for file in list(files):
        is_unused = file.src_uri.startswith("assets/javascripts/") or file.src_uri.endswith(".map")
        if is_unused and file.src_dir == theme:
            files.remove(file)


def add_open_graph(context: TemplateContext, renderer: SiteRenderer, config: MkDocsConfig, page: Page) -> None:
    """Adds the page's Open Graph elements to the context of its template."""
    context["open_graph"] = _open_graph_html(renderer, config, page)  # type: ignore[typeddict-unknown-key]


def _open_graph_html(renderer: SiteRenderer, config: MkDocsConfig, page: Page) -> Markup:
    path, title = page.file.src_uri, html.unescape(str(page.title or ""))
    tags = OpenGraphTags(
        base_url=f"{config.site_url.rstrip('/')}/" if config.site_url else "",
        url=page.url,
        language=renderer.dossier.settings.claim_language,
        title=renderer.card.title if path == "index.md" and renderer.card.title else title,
        description=renderer.descriptions.get(path, config.site_description or ""),
        site_name=config.site_name,
        image_alt=renderer.card.alt,
    )
    return tags.to_html()
