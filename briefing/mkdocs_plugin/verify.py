"""Verifies a built site against its seeds, with the words and pictures of the installed generator."""

from collections.abc import Callable, Collection, Iterable
from importlib import resources
from pathlib import Path

from markupsafe import Markup
from mkdocs.utils import get_theme_dir, get_theme_names

from briefing.diagnostics.problem import Problem
from briefing.i18n.messages import EVERYWHERE, Translator, is_message
from briefing.i18n.vocabulary import vocabulary_words
from briefing.mkdocs_plugin.theme import theme_words
from briefing.model.kinds import KINDS
from briefing.rendering.footer import footer_from_counts
from briefing.rendering.search_ranking import labels_of, stop_terms
from briefing.rendering.social_card import read_card, render_card
from briefing.rules.registry import SUMMARIES
from briefing.verification.checksums import sha256
from briefing.verification.site import check_site


class InstalledGenerator:
    """What verification needs to know of this version of the generator."""

    def vocabulary(self, language: str) -> frozenset[str]:
        """The names of kinds, fields, codes and rules in a language."""
        return vocabulary_words(language, SUMMARIES)

    def is_message(self, text: str, is_bound: Callable[[str], bool], language: str) -> bool:
        """Whether a text is an interface message, or a part of one, whose inserted words are bound."""
        return is_message(text, is_bound, language)

    def theme_words(self, language: str) -> Collection[str]:
        """What Material itself prints in a language."""
        return theme_words(language)

    def footer_counts(self, claims: int, quotes: int, language: str) -> Iterable[str]:
        """The texts of the footer that contain these numbers."""
        say = Translator(language=language)
        footer_from_counts(say, claims, quotes, Markup(), "")
        return [text for text in say.texts_by_page[EVERYWHERE] if any(char.isdigit() for char in text)]

    def search_labels(self, language: str) -> Iterable[str]:
        """The labels of kinds and fields that the search offers in a language."""
        return labels_of(KINDS, language)

    def light_terms(self, language: str) -> frozenset[str]:
        """The search terms that carry little meaning in a language."""
        return stop_terms(language)

    def card_texts(self, png: bytes) -> tuple[str, ...] | None:
        """The texts stored in a social card; None where the picture is not a social card."""
        card = read_card(png)
        return (*card.texts, *card.span) if card else None

    def is_card_of_its_texts(self, png: bytes) -> bool:
        """Whether a social card is, byte for byte, the drawing of the texts stored in it."""
        card = read_card(png)
        return card is not None and render_card(card) == png

    def file_hashes(self, path: str) -> Collection[str]:
        """The SHA-256 of the file that the generator or an installed theme puts at a path of a site."""
        folders = [Path(str(resources.files("briefing.rendering"))), *(Path(get_theme_dir(name)) for name in get_theme_names())]
        return {sha256(folder / path) for folder in folders if (folder / path).is_file()}


def verify_site(site: Path, seeds: Path) -> list[Problem]:
    """The problems of every text, quote and link of a built site, given only the seeds and this generator's words."""
    return check_site(site, seeds, InstalledGenerator())
