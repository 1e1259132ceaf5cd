"""Checks the pages of docs/ before a build: their texts, and what they load and run, each at its line."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils.meta import get_data

from briefing.diagnostics.problem import Location, Problem, SourceFile
from briefing.diagnostics.rule_ids import PAGE_IS_CITED
from briefing.i18n.messages import fixed_messages
from briefing.i18n.vocabulary import vocabulary_words
from briefing.mkdocs_plugin.additions_check import docs_files, read_lines
from briefing.mkdocs_plugin.theme import theme_words
from briefing.model.custom_kinds import custom_kind_words
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.fields import walk_texts
from briefing.rendering.field_values import entity_names
from briefing.rules.registry import SUMMARIES
from briefing.text.words import collapse_whitespace
from briefing.verification.active_content import INLINE_SCRIPT, is_external
from briefing.verification.bindings import TextBindings, subject_terms, unbound_messages
from briefing.verification.html_reader import BuiltPage, read_page
from briefing.verification.site import CITE_HELP

SHOWN = 60  # characters of a text by which it is looked for on its page


def page_problems(config: MkDocsConfig, dossier: Dossier) -> Iterator[Problem]:
    """The problems of every page of docs/ that MkDocs would publish."""
    files = [file for file in docs_files(config) if file.is_documentation_page() and file.abs_src_path]
    if not files:
        return
    subject = _bindings(dossier, files)
    bindings = cache(lambda: replace(subject, texts=subject.texts | _words(dossier, str(config.theme.get("language", "en")))))
    for file in files:
        source = read_lines(Path(file.abs_src_path or ""))
        page = _read(source, config)
        yield from _active_problems(source, page)
        for text in page.texts:
            for words, message in unbound_messages(subject, file.dest_uri, text):
                if not bindings().binds(text):
                    yield Problem(PAGE_IS_CITED, _place_of(source, words), f"{message}: {words}", CITE_HELP)


def _bindings(dossier: Dossier, files: list[File]) -> TextBindings:
    """The texts of facts, and what a page about method may not say."""
    parts = [part for fact in dossier.all_facts() for part in parts_of(fact)]
    evidence = {collapse_whitespace(text) for part in parts for text in (part.claim, *(quote.text for quote in part.quotes))}
    fields = {collapse_whitespace(text) for fact in dossier.all_facts() for _, _, text in walk_texts(fact)}
    names = [name for fact in dossier.all_facts() for name in entity_names(fact)]
    declared = {str(path) for path in dossier.settings.method_pages}
    return TextBindings(
        frozenset({*evidence, *fields, *names}),
        method_pages=frozenset(file.dest_uri for file in files if file.src_uri in declared),
        names=tuple(names),
        subject=frozenset(term for text in evidence for term in subject_terms(text)),
    )


def _words(dossier: Dossier, language: str) -> frozenset[str]:
    """The generator's and the theme's own words, and those that the briefing declares."""
    words = {*fixed_messages(language), *vocabulary_words(language, SUMMARIES), *theme_words(language)}
    return frozenset({*words, *dossier.settings.interface, *custom_kind_words(dossier.settings.custom_kinds)})


def _read(source: SourceFile, config: MkDocsConfig) -> BuiltPage:
    """A page as the Markdown of mkdocs.yml makes it, without its front matter."""
    text, _ = get_data("\n".join(source.lines))
    return read_page(markdown.markdown(text, extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}))


def _active_problems(source: SourceFile, page: BuiltPage) -> Iterator[Problem]:
    for what in page.active.refused:
        quoted = re.search(r"`<?([\w:-]+)", what)
        words = "<script" if what == INLINE_SCRIPT else "http-equiv" if "http-equiv" in what else quoted[1] if quoted else what
        yield Problem(PAGE_IS_CITED, _place_of(source, words), f"no page may have {what}", "remove it")
    for address in (load.address for load in page.active.loads if is_external(load.address)):
        message, help = "a page may load only files of the site", "put the file into docs/, and name it in briefing.yaml"
        yield Problem(PAGE_IS_CITED, _place_of(source, address), message, help)


def _place_of(source: SourceFile, words: str) -> Location:
    """Where words first stand in a page, by their beginning; the page itself where Markdown made them of something else."""
    looked_for = words[:SHOWN].lower()
    for number, line in enumerate(source.lines):
        if (column := line.lower().find(looked_for)) >= 0:
            return Location(source, number, column, len(looked_for))
    return Location(source)
