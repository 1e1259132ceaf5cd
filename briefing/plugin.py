"""The MkDocs plugin `briefing`: pages in as virtual files, folders watched, problems out; it checks nothing itself."""

import logging
import os
from calendar import timegm
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from briefing.checks import check
from briefing.dates import read_date
from briefing.dossier import Dossier, read_dossier
from briefing.escape import Title
from briefing.fact import parts_of
from briefing.files import shown
from briefing.foot import foot
from briefing.interface import Frame, Say, fixed_words
from briefing.pages import render
from briefing.problem import Mark, Origin, Problem, Report, draw_full, in_order
from briefing.record import Record
from briefing.release import TOLD
from briefing.sealed import Hashes, hashes, seal
from briefing.search import separator
from briefing.settings import FILE as SETTINGS
from briefing.theme import frame_of, theme_separators
from briefing.verify import RULE, check_site
from briefing.words import collapse

log = logging.getLogger("mkdocs.plugins.briefing")
FIRST_DAY, LAST_DAY = (1980, 1, 1, 0, 0), (2100, 1, 1, 0, 0)  # what every form of archive can write down


class BriefingConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml; `dir` holds facts/ and seeds/ and is relative to mkdocs.yml."""

    dir = config_options.Type(str, default=".")


class BriefingPlugin(BasePlugin[BriefingConfig]):  # type: ignore[no-untyped-call]
    """Checks the dossier before MkDocs touches the site, then gives it the rendered pages.

    A build ends at the first problem found, with all of them printed and the earlier site as it was. A preview goes on
    with the facts that are right. `reads_back` is whether a built site is read back at the end of a build; whoever does
    that himself, before he publishes it, turns it off.
    """

    def __init__(self) -> None:
        self.serving = False
        self.reads_back = True
        self.dossier: Dossier | None = None
        self.frame = Frame()
        self.made_from: dict[str, Hashes] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether this is a preview."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads and checks the dossier; this comes before MkDocs empties the site folder."""
        self.made_from = self.read_hashes(config)
        dossier = read_dossier(self.folder(config))
        report = check(dossier)
        titles = in_order(title_problems(config, dossier))
        report = replace(report, problems=(*report.problems, *titles))
        if report.problems and not self.serving:
            raise Abort(problems_told(report))
        if report.problems:
            log.info(problems_told(report))
        wrong = [problem.fact for problem in report.problems if problem.rule != TOLD]
        self.dossier = dossier.without(wrong) if report.problems else dossier
        os.environ["SOURCE_DATE_EPOCH"] = str(timegm((*date_of(dossier), 0)))
        self.frame = frame_of(self.folder(config), str(config.theme.get("language", "en")))
        told = foot(self.dossier, self.frame, Say(language=self.frame.language))
        config.copyright = f"{config.copyright}\n{told}" if config.copyright else told
        _ready_search(config, separator(languages_of(self.dossier, self.frame.language)))
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        if "assets/briefing.css" not in config.extra_css:
            config.extra_css.append("assets/briefing.css")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the rendered pages; a file of the same name in docs/ is a curator's own and stays."""
        assert self.dossier is not None
        rendered = render(self.dossier, frame=self.frame, directory_urls=config.use_directory_urls, whole_texts=self.serving)
        for path, text in rendered.items():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=text))
        return files

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Seals a built site, after every other plugin, and reads it back; a preview publishes nothing.

        What it was made from must be what it is made from still.
        """
        if self.serving:
            return
        if self.read_hashes(config) != self.made_from:
            raise Abort("a file that the site is made from was changed while it was built; build again")
        seal(Path(config.site_dir), self.made_from)
        problems = check_site(Path(config.site_dir), self.folder(config) / "seeds") if self.reads_back else []
        if problems:
            raise Abort(problems_told(Report({}, in_order(problems))))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Guards the title, which the theme would print with its escaping undone."""
        page.title = Title(page.title or "")
        return html

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches the facts, the seeds, the releases and the settings."""
        for path in (self.folder(config) / name for name in ("facts", "seeds", "releases", SETTINGS)):
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


def _ready_search(config: MkDocsConfig, separator: str) -> None:
    """Has the search part words as the languages of the site do, where mkdocs.yml does not say how."""
    plugin = config.plugins.get("material/search") or config.plugins.get("search")
    usual = (None, *theme_separators(str(config.theme.get("language", "en"))))
    if plugin is not None and plugin.config.get("separator") in usual:
        plugin.config["separator"] = separator
        if index := getattr(plugin, "search_index", None):
            index.config["separator"] = separator


def languages_of(dossier: Dossier, language: str) -> list[str]:
    """The languages on a site: its own, that of the claims, those of the sources and of blocks in them."""
    records = [record for record in dossier.of("sources") if isinstance(record, Record)]
    blocks = (block.language for record in records for block in record.blocks if block.language)
    return [language, dossier.settings.claims_in, *(record.language for record in records), *blocks]


def title_problems(config: MkDocsConfig, dossier: Dossier) -> Iterator[Problem]:
    """What mkdocs.yml says in its own words: the site's name and description are a claim's, or interface words."""
    claims = {collapse(part.claim) for fact in dossier.every() for part in parts_of(fact)}
    words = fixed_words(str(config.theme.get("language", "en")))
    path = Path(config.config_file_path) if config.config_file_path else Path("mkdocs.yml")
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for key in ("site_name", "site_description"):
        said = collapse(str(config[key] or ""))
        if said and said not in claims and said not in words and said not in dossier.settings.interface:
            line = next((n for n, text in enumerate(lines) if text.startswith(f"{key}:")), 0)
            mark = Mark(Origin(shown(path), lines), line, len(key) + 2, len(said))
            message = f"`{key}` is no claim of a fact and no interface word"
            title = next((line.claim for line in dossier.of("overview") if line.part == "title"), None)
            help = f"copy the title of the home page: {collapse(title)}" if title else "write a title in facts/overview.yaml"
            yield Problem(RULE, mark, message, help)


def date_of(dossier: Dossier) -> tuple[int, ...]:
    """The latest day on which a source was issued, to the minute: the date of the site, whatever the clock says."""
    issued = (read_date(record.issued) for record in dossier.of("sources"))
    latest = max((when.upper for when in issued if when), default=FIRST_DAY)
    return tuple(map(int, min(max(latest, FIRST_DAY), LAST_DAY)))


def problems_told(report: Report) -> str:
    """All problems of a report, and how many there are."""
    count = len(report.problems)
    told = "\n\n".join(draw_full(problem) for problem in report.problems)
    return f"{told}\n\nbriefing: {count} problem{'s' if count != 1 else ''}"
