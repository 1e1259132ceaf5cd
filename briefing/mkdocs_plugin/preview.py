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

from briefing.diagnostics.problem import Mark, Origin
from briefing.loading.files import shown
from briefing.mkdocs_plugin.edit_links import Edit, from_docs
from briefing.mkdocs_plugin.error_overlay import Wrong
from briefing.mkdocs_plugin.markdown_cache import Pieces, is_known
from briefing.mkdocs_plugin.project import NOTHING, Reading, Shelves, in_turn, problems_told, read_briefing
from briefing.model.site_files import CARD
from briefing.rendering.fragment_cache import Blocks
from briefing.rendering.html_postprocess import allowed
from briefing.rendering.open_graph import Shared
from briefing.rendering.pages import Layout
from briefing.rendering.social_card import draw

log = logging.getLogger("mkdocs.plugins.briefing")
_OURS = frozenset(["briefing", "search", "material/search"])
_MADE = ("markdown", "meta", "content", "toc", "title", "_title_from_render")


def is_lazy(config: MkDocsConfig) -> bool:
    """Whether pages can be made one by one: where no other plugin or hook has a word to say in how they are made."""
    return is_live() and set(config.plugins) <= _OURS and not config.hooks


def is_live() -> bool:
    """Whether open pages are reloaded: not under `mkdocs serve --no-livereload`, where MkDocs serves what it built."""
    context = click.get_current_context(silent=True)
    return context is None or bool(context.params.get("livereload", True))


class Known:
    """What was made by the last sights: the blocks of facts, and by the file of a page its Markdown with what came of it."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[str, dict[str, Any]]] = {}
        self.pieces: dict[str, Pieces] = {}
        self.blocks = Blocks()


class Sight:
    """The site of one state of the folder; each of its pages is made when it is first asked for."""

    def __init__(self, built: MkDocsConfig, env: Any, theme: Files, reading: Reading, known: Known, edit: Edit | None) -> None:
        self.config = copy.copy(built)
        self.config.copyright = reading.foot_of(built.copyright)
        self.env = env
        self.known = known
        self.making = threading.RLock()
        self.made: dict[str, bytes] = {}
        self.failed: dict[str, Wrong] = {}  # pages of docs/ that cannot be made
        self.laid = lay_out(self.config, reading, edit, blocks=known.blocks)
        with _told_already():
            self.files = get_files(self.config)
            for file in theme:
                if self.files.get_file_from_path(file.src_uri) is None:
                    self.files.append(copy.copy(file))
            add_pages(self.files, self.config, self.laid)
            add_card(self.files, self.config, self.laid, is_whole=False)
            set_exclusions(self.files, self.config)
            self.nav = get_navigation(self.files, self.config)
        self.pages = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self.by_goal = {file.dest_uri: file for file in self.pages}

    def answer(self, path: str) -> bytes | None:
        """A file of the site by its path; None for one that was not made from facts or pages."""
        with self.making:
            if path not in self.made and (make := self._maker(path)):
                made = make()
                self.made[path] = made if isinstance(made, bytes) else made.encode("utf-8", "xmlcharrefreplace")
            return self.made.get(path)

    def _maker(self, path: str) -> Callable[[], str | bytes] | None:
        if file := self.by_goal.get(path):
            return lambda: self._page(file)
        own = self.files.get_file_from_path(path)
        if path == CARD and own and own.generated_by == "briefing":
            return lambda: draw(self.laid.card)
        if path in self.laid.makers and (own is None or own.generated_by == "briefing"):
            return lambda: self.laid.text(path)
        if path in self.config.theme.static_templates:
            return lambda: self._template(path)
        return None

    def _page(self, file: File) -> str:
        self._title_all()
        page = self._filled(file)
        context = get_context(self.nav, self.pages, self.config, page)
        page.active = True
        try:
            context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
            context["shared"] = shared(self.laid, self.config, page)  # type: ignore[typeddict-unknown-key]
            if file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                page.content = DRAFT + (page.content or "")
            return allowed(str(self.env.get_template(page.meta.get("template", "main.html")).render(context)))
        finally:
            page.active = False

    def _title_all(self) -> None:
        """Gives each page of the navigation its title, which every page prints."""
        for page in self.nav.pages:
            if page.title is None:
                self._filled(page.file)

    def _filled(self, file: File) -> Page:
        """The page of a file, its text converted: again only where the text has changed, or it may link to other pages."""
        page = file.page or Page(None, file, self.config)
        text = self.laid.text(file.src_uri) if file.generated_by == "briefing" else None
        before, made = self.known.made.get(file.src_uri, (None, {}))
        if text is None:
            made = self._by_hand(page)
        elif text != before:
            made = self._converted(page, text)
            self.known.made[file.src_uri] = text, made
        page.__dict__.update(made)
        return page

    def _by_hand(self, page: Page) -> dict[str, Any]:
        """A page of docs/; where it cannot be made, an empty one, and why."""
        try:
            return self._converted(page, None)
        except Exception as error:
            self.failed[page.file.src_uri] = unmade(page.file, error)
            title = page.title or page.file.name
            return {"markdown": "", "meta": {}, "content": "", "toc": get_toc([]), "title": title}

    def _converted(self, page: Page, text: str | None) -> dict[str, Any]:
        if text is not None:
            page.file.content_string = text
        plugins = self.config.plugins
        page.read_source(self.config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=self.config, files=self.files)
        if text is not None and is_known(self.config.markdown_extensions):
            self._render_by_pieces(page)
        else:
            page.render(self.config, self.files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=self.config, files=self.files)
        return {name: page.__dict__[name] for name in _MADE if name in page.__dict__}

    def _render_by_pieces(self, page: Page) -> None:
        def whole(markdown: str) -> str:
            page.markdown = markdown
            page.render(self.config, self.files)
            return page.content or ""

        markdown = page.markdown or ""
        page.content = self.known.pieces.setdefault(page.file.src_uri, Pieces()).convert(markdown, whole)
        page.markdown = markdown

    def _template(self, name: str) -> str:
        self._title_all()
        return _build_template(name, self.env.get_template(name), self.files, self.config, self.nav)


@contextlib.contextmanager
def _told_already() -> Iterator[None]:
    """Leaves unsaid what MkDocs has said of the navigation and the files when it built."""
    structure = logging.getLogger("mkdocs.structure")
    structure.setLevel(logging.ERROR)
    try:
        yield
    finally:
        structure.setLevel(logging.NOTSET)


DRAFT = '<div class="mkdocs-draft-marker" title="This page will not be included into the built site.">DRAFT</div>'


def lay_out(
    config: MkDocsConfig, reading: Reading, edit: Edit | None, is_preview: bool = True, blocks: Blocks | None = None
) -> Layout:
    """The generated files for MkDocs; a preview shows its curator each source whole."""
    urls = config.use_directory_urls
    return Layout(reading.dossier, reading.frame, directory_urls=urls, whole_texts=is_preview, edit=edit, blocks=blocks)


def add_pages(files: Files, config: MkDocsConfig, laid: Layout, is_whole: bool = False) -> None:
    """Adds the generated files; one of the same name in docs/ is a curator's own and stays."""
    for path in laid.makers:
        if files.get_file_from_path(path) is None:
            text = laid.text(path) if is_whole or path.startswith("assets/") else ""
            file = File.generated(config, path, content=text)
            file.generated_by = "briefing"
            file.edit_uri = from_docs(config.docs_dir, laid.places[path]) if path in laid.places else None
            files.append(file)


def add_card(files: Files, config: MkDocsConfig, laid: Layout, is_whole: bool) -> None:
    """Adds the picture beside shared links, where the address of the site is known; drawn now where `is_whole`."""
    if config.site_url and files.get_file_from_path(CARD) is None:
        file = File.generated(config, CARD, content=draw(laid.card) if is_whole else b"")
        file.generated_by = "briefing"
        files.append(file)


def shared(laid: Layout, config: MkDocsConfig, page: Page) -> Markup:
    """What a page says to whoever shows a link to it."""
    path, title = page.file.src_uri, html.unescape(str(page.title or ""))
    told = Shared(
        base=f"{config.site_url.rstrip('/')}/" if config.site_url else "",
        url=page.url,
        language=laid.dossier.settings.claims_in,
        title=laid.card.title if path == "index.md" and laid.card.title else title,
        description=laid.descriptions.get(path, config.site_description or ""),
        site=config.site_name,
        picture=laid.card.alt,
    )
    return told.head()


class Preview:
    """The preview over its whole life: what is served now, and what is wrong now."""

    def __init__(self, may_be_lazy: bool = True) -> None:
        self.may_be_lazy = may_be_lazy
        self.lazy = False
        self.reading = NOTHING
        self.sight: Sight | None = None
        self.site: Path | None = None  # what MkDocs built last
        self.wrong: tuple[Wrong, ...] = ()
        self.unbuilt: tuple[Wrong, ...] = ()  # why MkDocs could not build last
        self._built: MkDocsConfig | None = None
        self._env: Any = None
        self._theme = Files([])
        self._held: dict[File, InclusionLevel] = {}
        self._known = Known()
        self._shelves = Shelves()
        self.edit: Edit | None = None
        self.settings = Path("mkdocs.yml")
        self.folder = Path()
        self.own: tuple[str, ...] = ()  # the files and folders that are taken up without MkDocs
        self.watched: tuple[str, ...] = ()  # all that the settings speak of
        self.begun = 0  # builds by MkDocs with this plugin

    @property
    def told(self) -> tuple[Wrong, ...]:
        """All that is wrong now, warnings included."""
        return (*self.unbuilt, *self.wrong)

    def begin(self, config: MkDocsConfig, folder: Path, own: Iterable[str]) -> None:
        """Takes up a build by MkDocs, in a folder of its own beside the earlier one's."""
        self._held = {}
        self.begun += 1
        self.settings = Path(config.config_file_path or self.settings)
        self.folder = folder
        self.own = tuple(str(folder / name) for name in own)
        self.watched = (*self.own, config.docs_dir, *config.watch)
        self.lazy = self.may_be_lazy and is_lazy(config)
        if is_live():
            Path(config.site_dir).mkdir(parents=True, exist_ok=True)
            config.site_dir = tempfile.mkdtemp(dir=config.site_dir)

    def read(self, config: MkDocsConfig, folder: Path) -> Reading:
        """What the folder holds now; where that fails, what it held before, with the failure among what is told."""
        try:
            self.reading = read_briefing(config, folder, self._shelves)
            report = self.reading.report
            self.wrong = tuple(map(Wrong.of, (*in_turn(report.problems), *report.warnings)))
            if report.problems:
                log.info(problems_told(report))
        except Exception as error:
            self._shelves = Shelves()
            self.wrong = (failure(error),)
        return self.reading

    def hold(self, files: Files) -> None:
        """Keeps MkDocs from making the pages, which are made when they are asked for."""
        for file in files if self.lazy else ():
            if file.is_documentation_page():
                self._held[file] = file.inclusion
                file.inclusion = InclusionLevel.EXCLUDED

    def keep(self, config: MkDocsConfig, env: Any) -> None:
        """Takes over what MkDocs built, once the build is over, and makes the new sight."""
        for file, inclusion in self._held.items():
            file.inclusion = inclusion
        earlier, self.site = self.site, Path(config.site_dir)
        self._built, self._env, self._known = config, env, Known()
        self._theme = Files([])
        self._theme.add_files_from_theme(env, config)
        self.sight = None if not self.lazy else self.sight
        if self.lazy:
            self.see(self.reading)
        if earlier and is_live():
            shutil.rmtree(earlier, ignore_errors=True)

    def refresh(self, folder: Path) -> bool:
        """Takes up a change of facts, seeds or settings without MkDocs; false where MkDocs must build."""
        if self._built is None or not self.lazy:
            return False
        self.see(self.read(self._built, folder))
        return True

    def see(self, reading: Reading) -> None:
        """Makes the sight of what was read; the earlier one stays where that fails."""
        try:
            assert self._built is not None
            self.sight = Sight(self._built, self._env, self._theme, reading, self._known, self.edit)
        except Exception as error:
            self.wrong = (*self.wrong, failure(error))


def unmade(file: File, error: Exception) -> Wrong:
    """What is told of a page of docs/ that cannot be made."""
    name = shown(Path(file.abs_src_path or file.src_uri))
    place = Mark(Origin(name))
    why = f"{name} is not UTF-8" if isinstance(error, UnicodeError) else f"{type(error).__name__}: {error}"
    log.info(f"{name}: {why}")
    return Wrong(
        f"error: this page cannot be made\n --> {place}\n  = {why}\n  = help: mend it and save; the page follows", place
    )


def failure(error: BaseException) -> Wrong:
    """What is told of a failure of our own; the terminal has the whole trace."""
    log.info("".join(traceback.format_exception(error)))
    frames = traceback.extract_tb(error.__traceback__)
    place = Mark(Origin(frames[-1].filename), (frames[-1].lineno or 1) - 1) if frames else None
    told = (
        f"error: the preview failed at this, and shows what it showed before\n --> {place}\n  = {type(error).__name__}: {error}"
    )
    return Wrong(f"{told}\n  = help: this is a fault of briefing; save again, and report it with what the terminal says", place)
