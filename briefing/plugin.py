"""The MkDocs plugin `briefing`: pages in as virtual files, folders watched, problems out; it checks nothing itself."""

import logging
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from briefing.checks import check
from briefing.dossier import Dossier, read_dossier
from briefing.escape import Title
from briefing.pages import render
from briefing.problem import Report, draw_full

log = logging.getLogger("mkdocs.plugins.briefing")


class BriefingConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml; `dir` holds facts/ and seeds/ and is relative to mkdocs.yml."""

    dir = config_options.Type(str, default=".")


class BriefingPlugin(BasePlugin[BriefingConfig]):  # type: ignore[no-untyped-call]
    """Checks the dossier before MkDocs touches the site, then gives it the rendered pages.

    A build ends at the first problem found, with all of them printed and the earlier site as it was. A preview goes on
    with the facts that are right.
    """

    def __init__(self) -> None:
        self.serving = False
        self.dossier: Dossier | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether this is a preview."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the dossier; this comes before MkDocs empties the site folder."""
        dossier = read_dossier(self.folder(config))
        report = check(dossier)
        if report.problems and not self.serving:
            raise Abort(problems_told(report))
        if report.problems:
            log.info(problems_told(report))
        wrong = [problem.fact for problem in report.problems]
        self.dossier = dossier.without(wrong) if report.problems else dossier
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        if "assets/briefing.css" not in config.extra_css:
            config.extra_css.append("assets/briefing.css")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the rendered pages; a file of the same name in docs/ is a curator's own and stays."""
        assert self.dossier is not None
        rendered = render(self.dossier, directory_urls=config.use_directory_urls, whole_texts=self.serving)
        for path, text in rendered.items():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=text))
        return files

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Guards the title, which the theme would print with its escaping undone."""
        page.title = Title(page.title or "")
        return html

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches the facts and the seeds."""
        for name in ("facts", "seeds"):
            folder = self.folder(config) / name
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def folder(self, config: MkDocsConfig) -> Path:
        """The folder that holds facts/ and seeds/."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        return (root / self.config.dir).resolve()


def problems_told(report: Report) -> str:
    """All problems of a report, and how many there are."""
    count = len(report.problems)
    told = "\n\n".join(draw_full(problem) for problem in report.problems)
    return f"{told}\n\nbriefing: {count} problem{'s' if count != 1 else ''}"
