"""The MkDocs plugin `briefing`: gives MkDocs the pages as virtual files, and stops a build on any problem."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from briefing.diagnostics.formats import format_full
from briefing.diagnostics.problem import Location, Problem, Report, SourceFile, display_path, general_problem, sorted_problems
from briefing.diagnostics.signals import stops_tidily
from briefing.i18n.escape import Title
from briefing.loading.watcher import DOSSIER_ENTRIES
from briefing.mkdocs_plugin.additions_check import is_backup, uses_theme_fonts
from briefing.mkdocs_plugin.allowed_hosts import read_allowed_hosts
from briefing.mkdocs_plugin.edit_links import editor_url_builder, repository_url_builder
from briefing.mkdocs_plugin.error_overlay import DEFAULT_EDITOR
from briefing.mkdocs_plugin.generated_files import add_card, add_open_graph, add_pages, create_renderer, remove_theme_scripts
from briefing.mkdocs_plugin.live_server import PreviewServer
from briefing.mkdocs_plugin.origin_guard import guard
from briefing.mkdocs_plugin.preview import Preview, is_live
from briefing.mkdocs_plugin.project import EMPTY_PROJECT, Project, format_problems, load_project, remove_theme_search
from briefing.mkdocs_plugin.publish import begin_in_place, end_in_place, site_problem
from briefing.mkdocs_plugin.settings_check import nav_problems, settings_of, site_url
from briefing.mkdocs_plugin.verify import verify_site
from briefing.model.settings import SETTINGS_FILE
from briefing.rendering.html_postprocess import add_policy, fix_markup
from briefing.rendering.pages import ASSETS, SiteRenderer
from briefing.verification.checksums import Hashes, hashes, write_checksums

THEME_OVERRIDES = Path(__file__).parent / "frame"  # templates that replace some of Material's


class BriefingConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml. `dir` is the folder with facts/ and seeds/, relative to mkdocs.yml.

    `allowed_hosts` is read by `read_allowed_hosts`, which names the place of a wrong value.
    """

    dir = config_options.Type(str, default=".")
    editor = config_options.Type(str, default=DEFAULT_EDITOR)
    allowed_hosts = config_options.Type(object, default=[])


class BriefingPlugin(BasePlugin[BriefingConfig]):  # type: ignore[no-untyped-call]
    """Checks the dossier before MkDocs empties the site folder, then gives MkDocs the rendered pages.

    A build stops on any problem, with all of them printed and the earlier site untouched. A preview goes on with the facts
    that have none. A caller that verifies the built site before publishing it sets `verifies_site` to False. After an Abort,
    `problem` is why this plugin stopped the build, if it did.
    """

    def __init__(self) -> None:
        self.is_serving = False
        self.verifies_site = True
        self.allowed_hosts: frozenset[str] = frozenset()
        self.project = EMPTY_PROJECT
        self.problem: Problem | None = None
        self.preview = Preview()
        self.env: Environment | None = None
        self.input_hashes: dict[str, Hashes] = {}
        self.renderer: SiteRenderer | None = None
        self.loaded: Project | None = None
        self.until_shutdown = ExitStack()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether this is a preview, which ends tidily when it is told to."""
        self.is_serving = command == "serve"
        if self.is_serving:
            self.until_shutdown.enter_context(stops_tidily())

    def on_shutdown(self) -> None:
        """Leaves the signals as they were."""
        self.until_shutdown.close()

    def load(self, config: MkDocsConfig) -> Project:
        """Reads and checks what a build is made from. Set `loaded` to it for one build, and that build does not read again."""
        self.input_hashes = self.hash_inputs(config)
        return load_project(config, self.folder(config))

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Takes the project, and adds the generator's stylesheets, scripts and templates to MkDocs' settings."""
        self.allowed_hosts = self._read_allowed_hosts(config)
        if not is_live():
            self._abort(general_problem("with `--no-livereload`, every web page could read the draft", "leave the option out"))
        if self.is_serving:
            edit_url = editor_url_builder(self.editor)
            self.project = self.preview.begin_build(config, self.folder(config), edit_url)
        else:
            self.project = self.loaded or self.load(config)
            if self.project.report.problems:
                raise Abort(format_problems(self.project.report))
            address = site_url(config)
            if isinstance(address, Problem):
                self._abort(address)
            if self.verifies_site and (problem := site_problem(Path(config.site_dir), keeps_hidden=True)):
                self._abort(problem)
            config.site_url = address
        if not self.is_lazy:
            config.copyright = self.project.footer(config.copyright)
        remove_theme_search(config)
        if uses_theme_fonts(config):
            config.theme["font"] = False
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        styles = [f"assets/{name}" for name in ASSETS if name.endswith(".css")]
        config.extra_css[:] = [*styles, *(path for path in config.extra_css if path not in styles)]  # a house style comes last
        for asset in (f"assets/{name}" for name in ASSETS if name.endswith(".js")):
            if asset not in config.extra_javascript:
                config.extra_javascript.append(asset)
        if config.theme.name == "material" and str(THEME_OVERRIDES) not in config.theme.dirs:
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME_OVERRIDES))
        return config

    def _read_allowed_hosts(self, config: MkDocsConfig) -> frozenset[str]:
        found = read_allowed_hosts(self.config.allowed_hosts, Path(config.config_file_path or "mkdocs.yml"))
        return self._abort(found) if isinstance(found, Problem) else found

    @property
    def editor(self) -> str:
        """The address that opens a file in the curator's editor, from BRIEFING_EDITOR or mkdocs.yml."""
        return os.environ.get("BRIEFING_EDITOR", self.config.editor)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Marks the folder that MkDocs is about to empty and to fill."""
        if not self.is_serving:
            begin_in_place(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the rendered pages; a file of the same name in docs/ takes precedence."""
        for backup in [file for file in files if is_backup(file.src_uri)]:
            files.remove(backup)
        edit_url = editor_url_builder(self.editor) if self.is_serving else repository_url_builder(config)
        self.renderer = create_renderer(config, self.project, edit_url, self.is_serving)
        add_pages(files, config, self.renderer, is_eager=not self.is_lazy)
        add_card(files, config, self.renderer, is_eager=not self.is_lazy)
        return files

    @property
    def is_lazy(self) -> bool:
        """Whether pages are made when a browser asks for them."""
        return self.is_serving and self.preview.is_lazy

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """In a preview, leaves the pages to be made when they are asked for; before a build, checks what `nav` names.

        That was done earlier, unless other plugins may have added pages.
        """
        if self.is_serving:
            self.preview.defer_pages(files)
        elif problem := next(nav_problems(config, settings_of(config), files), None):
            self._abort(problem)
        return nav

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Dates the page as the site, for the sitemap and its archive; MkDocs would take the clock's day."""
        page.update_date = self.project.date.date().isoformat()
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Protects the title, whose escaping the theme would undo."""
        page.title = Title(page.title or "")
        return html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps the theme's templates for the preview, and leaves out scripts of the theme that no page loads."""
        self.env = env
        if config.theme.name == "material" and not config.theme.custom_dir:
            remove_theme_scripts(files)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Gives a page the date of the site and its Open Graph elements; a lazy preview does so itself."""
        if self.renderer and not self.is_lazy:
            context["build_date_utc"] = self.project.date
            add_open_graph(context, self.renderer, config, page)
        return context

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        """Gives a static template the date of the site; a lazy preview does so itself."""
        if not self.is_lazy:
            context["build_date_utc"] = self.project.date
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Corrects the theme's markup; a preview, into which MkDocs puts its own script, gets no content security policy."""
        return self._finish_page(output)

    def _finish_page(self, html: str) -> str:
        return (
            fix_markup(html) if self.is_serving else add_policy(fix_markup(html), self.project.dossier.settings.added_addresses)
        )

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that are static templates of the theme, such as 404.html."""
        if not template_name.endswith(".html"):
            return output_content
        return self._finish_page(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the checksums of a built site, after every other plugin, and verifies it.

        Stops the build where a file that it was made from has changed since it was read.
        """
        if self.is_serving:
            assert self.env is not None
            self.preview.finish_build(config, self.env)
            return
        if self.hash_inputs(config) != self.input_hashes:
            place = Location(SourceFile(display_path(self.folder(config))))
            self._abort(Problem("", place, "a file changed while the site was being built from it", "build again"))
        end_in_place(Path(config.site_dir))
        write_checksums(Path(config.site_dir), self.input_hashes)
        problems = verify_site(Path(config.site_dir), self.folder(config) / "seeds") if self.verifies_site else []
        if problems:
            raise Abort(format_problems(Report({}, sorted_problems(problems))))

    def _abort(self, problem: Problem) -> NoReturn:
        self.problem = self.preview.abort_problem = problem
        raise Abort(format_full(problem))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Replaces MkDocs' server by the preview's; under `serve --clean` MkDocs' own also watches the dossier.

        Both answer only their own pages.
        """
        if self.is_serving:
            server = PreviewServer(server, self.preview, self.editor)
        else:
            for path in (self.folder(config) / name for name in DOSSIER_ENTRIES):
                if path.exists():
                    server.watch(str(path))
        guard(server, lambda: self.allowed_hosts)
        return server

    def hash_inputs(self, config: MkDocsConfig) -> dict[str, Hashes]:
        """The hash of every file that the site is made from: facts, seeds, releases, hand-written pages, settings."""
        folder, docs = self.folder(config), Path(config.docs_dir)
        root = Path(config.config_file_path or ".").parent
        code = [config.theme.custom_dir, *(root / name for name in config.hooks)]
        settings = [config.config_file_path, folder / SETTINGS_FILE, *code]
        return {
            "facts": hashes(folder / "facts", *(folder / "facts").glob("*.yaml")),
            "releases": hashes(folder / "releases", *(folder / "releases").glob("*.json")),
            "seeds": hashes(folder / "seeds", folder / "seeds"),
            "pages": hashes(docs, docs),
            "settings": hashes(root, *(Path(path) for path in settings if path)),
        }

    def folder(self, config: MkDocsConfig) -> Path:
        """The folder that holds facts/ and seeds/."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        return (root / self.config.dir).resolve()
