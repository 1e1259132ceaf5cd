"""The MkDocs plugin `briefing`: pages in as virtual files, folders watched, problems out; it checks nothing itself."""

import os
from pathlib import Path

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.config_options import URL
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from briefing.diagnostics.problem import Report, sorted_problems
from briefing.i18n.escape import Title
from briefing.mkdocs_plugin.edit_links import editor_url_builder, repository_url_builder
from briefing.mkdocs_plugin.error_overlay import DEFAULT_EDITOR
from briefing.mkdocs_plugin.generated_files import add_card, add_open_graph, add_pages, create_renderer
from briefing.mkdocs_plugin.live_server import PreviewServer
from briefing.mkdocs_plugin.preview import Preview
from briefing.mkdocs_plugin.project import EMPTY_PROJECT, Project, format_problems, load_project, remove_theme_search
from briefing.mkdocs_plugin.verify import verify_site
from briefing.model.settings import SETTINGS_FILE as SETTINGS
from briefing.rendering.html_postprocess import add_csp, fix_markup
from briefing.rendering.pages import ASSETS, SiteRenderer
from briefing.verification.checksums import Hashes, hashes, write_checksums

THEME_OVERRIDES = Path(__file__).parent / "frame"  # what a briefing puts in the place of some of Material's templates
WATCHED_BY_MKDOCS = ("facts", "seeds", "received", "releases", SETTINGS)


class BriefingConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml; `dir` holds facts/ and seeds/ and is relative to mkdocs.yml."""

    dir = config_options.Type(str, default=".")
    editor = config_options.Type(str, default=DEFAULT_EDITOR)


def validate_site_url(address: str) -> str:
    """The address of the site as MkDocs would take it from `site_url`, which it stands in for."""
    try:
        return str(URL(is_dir=True).validate(address))  # type: ignore[no-untyped-call]
    except ValidationError as error:
        raise Abort(f"BRIEFING_SITE_URL: {error}") from error


class BriefingPlugin(BasePlugin[BriefingConfig]):  # type: ignore[no-untyped-call]
    """Checks the dossier before MkDocs touches the site, then gives it the rendered pages.

    A build ends at the first problem found, with all of them printed and the earlier site as it was. A preview goes on
    with the facts that are right. `reads_back` is whether a built site is read back at the end of a build; whoever does
    that himself, before he publishes it, turns it off.
    """

    def __init__(self) -> None:
        self.is_serving = False
        self.verifies_site = True
        self.project = EMPTY_PROJECT
        self.preview = Preview()
        self.env: Environment | None = None
        self.input_hashes: dict[str, Hashes] = {}
        self.renderer: SiteRenderer | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether this is a preview."""
        self.is_serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the dossier; this comes before MkDocs empties the site folder."""
        if self.is_serving:
            edit_url = editor_url_builder(self.editor)
            self.project = self.preview.begin_build(config, self.folder(config), WATCHED_BY_MKDOCS, edit_url)
        else:
            config.site_url = config.site_url or validate_site_url(os.environ.get("BRIEFING_SITE_URL", ""))
            self.project = self.load_strictly(config)
        if not self.is_serving or not self.preview.is_lazy:
            config.copyright = self.project.footer(config.copyright)
        remove_theme_search(config)
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        for asset in (f"assets/{name}" for name in ASSETS if name.endswith(".css")):
            if asset not in config.extra_css:
                config.extra_css.append(asset)
        for asset in (f"assets/{name}" for name in ASSETS if name.endswith(".js")):
            if asset not in config.extra_javascript:
                config.extra_javascript.append(asset)
        if config.theme.name == "material" and str(THEME_OVERRIDES) not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME_OVERRIDES))
        return config

    @property
    def editor(self) -> str:
        """The address that opens a file in the curator's editor: of the environment, or of mkdocs.yml."""
        return os.environ.get("BRIEFING_EDITOR", self.config.editor)

    def load_strictly(self, config: MkDocsConfig) -> Project:
        """What a build is made from; one problem ends it."""
        self.input_hashes = self.read_hashes(config)
        reading = load_project(config, self.folder(config))
        if reading.report.problems:
            raise Abort(format_problems(reading.report))
        return reading

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the rendered pages; a file of the same name in docs/ is a curator's own and stays."""
        edit_url = editor_url_builder(self.editor) if self.is_serving else repository_url_builder(config)
        self.renderer = create_renderer(config, self.project, edit_url, self.is_serving)
        add_pages(files, config, self.renderer, is_eager=not self.is_lazy)
        add_card(files, config, self.renderer, is_eager=not self.is_lazy)
        return files

    @property
    def is_lazy(self) -> bool:
        """Whether pages are made when they are asked for."""
        return self.is_serving and self.preview.is_lazy

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Gives a page what it says to whoever shows a link to it; a preview that makes pages itself does so then."""
        if self.renderer and not self.is_lazy:
            add_open_graph(context, self.renderer, config, page)
        return context

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """In a preview, leaves the pages to be made when they are asked for."""
        if self.is_serving:
            self.preview.defer_pages(files)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps the theme's templates for the preview."""
        self.env = env
        return env

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Seals a built site, after every other plugin, and reads it back; a preview publishes nothing.

        What it was made from must be what it is made from still.
        """
        if self.is_serving:
            assert self.env is not None
            self.preview.finish_build(config, self.env)
            return
        if self.read_hashes(config) != self.input_hashes:
            raise Abort("a file that the site is made from was changed while it was built; build again")
        write_checksums(Path(config.site_dir), self.input_hashes)
        problems = verify_site(Path(config.site_dir), self.folder(config) / "seeds") if self.verifies_site else []
        if problems:
            raise Abort(format_problems(Report({}, sorted_problems(problems))))

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Gives a page the last hand; a preview, into which MkDocs puts its own script, has no policy."""
        return fix_markup(output) if self.is_serving else add_csp(fix_markup(output))

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are templates of the theme, as the one that is shown where there is none."""
        if not template_name.endswith(".html"):
            return output_content
        return fix_markup(output_content) if self.is_serving else add_csp(fix_markup(output_content))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Guards the title, which the theme would print with its escaping undone."""
        page.title = Title(page.title or "")
        return html

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Puts the preview's own server in the place of MkDocs'; it watches facts, seeds, releases and settings too."""
        if self.is_serving:
            return PreviewServer(server, self.preview, self.editor)
        for path in (self.folder(config) / name for name in WATCHED_BY_MKDOCS):
            if path.exists():
                server.watch(str(path))
        return server

    def read_hashes(self, config: MkDocsConfig) -> dict[str, Hashes]:
        """The hash of every file that the site is made from: facts, seeds, releases, hand-written pages, settings."""
        own, docs = self.folder(config), Path(config.docs_dir)
        root = Path(config.config_file_path or ".").parent
        code = [config.theme.custom_dir, *(root / name for name in config.hooks)]
        settings = [config.config_file_path, own / SETTINGS, *code]
        return {
            "facts": hashes(own / "facts", *(own / "facts").glob("*.yaml")),
            "releases": hashes(own / "releases", *(own / "releases").glob("*.json")),
            "seeds": hashes(own / "seeds", own / "seeds"),
            "pages": hashes(docs, docs),
            "settings": hashes(root, *(Path(path) for path in settings if path)),
        }

    def folder(self, config: MkDocsConfig) -> Path:
        """The folder that holds facts/ and seeds/."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        return (root / self.config.dir).resolve()
