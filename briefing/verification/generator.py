"""The protocol through which verification asks the installed generator for its texts, so that it imports nothing of it."""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol


class Generator(Protocol):
    """The interface texts and the social card of one version of the generator."""

    def vocabulary(self, language: str) -> frozenset[str]:
        """The labels of kinds, fields, codes and rules in a language."""

    def is_message(self, text: str, is_bound: Callable[[str], bool], language: str) -> bool:
        """Whether a text is an interface message, or a piece of one, whose filled-in values are allowed texts."""

    def theme_words(self, language: str) -> Collection[str]:
        """The texts that the theme prints in a language."""

    def footer_counts(self, claims: int, quotes: int, language: str) -> Iterable[str]:
        """The texts of the footer that contain these counts."""

    def search_labels(self, language: str) -> Iterable[str]:
        """The labels by which kinds and fields are found in the search, in a language."""

    def light_terms(self, language: str) -> frozenset[str]:
        """The stop words of the search in a language, as search terms."""

    def card_texts(self, png: bytes) -> tuple[str, ...] | None:
        """The texts in the metadata of a social card; None for any other picture."""

    def file_hashes(self, path: str) -> Collection[str]:
        """The SHA-256 of the file that the generator, or a theme, puts at a path of a site; several where themes differ."""

    def is_card_of_its_texts(self, png: bytes) -> bool:
        """Whether drawing the texts in the metadata of a social card gives the same bytes."""
