"""What verification asks of the generator that is installed. It is handed in, so that verification imports none of it."""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol


class Generator(Protocol):
    """The words and the pictures of one version of the generator."""

    def vocabulary(self, language: str) -> frozenset[str]:
        """What kinds, fields, codes and rules are called, in a language."""

    def is_message(self, text: str, is_bound: Callable[[str], bool], language: str) -> bool:
        """Whether a text is an interface message, or a piece of one, whose filled-in words are bound."""

    def theme_words(self, language: str) -> Collection[str]:
        """What the theme itself prints, in a language."""

    def footer_counts(self, claims: int, quotes: int, language: str) -> Iterable[str]:
        """The texts of the footer that hold these numbers."""

    def search_labels(self, language: str) -> Iterable[str]:
        """What kinds and fields can be searched by, in a language."""

    def light_terms(self, language: str) -> frozenset[str]:
        """The search terms that carry little meaning in a language."""

    def card_texts(self, png: bytes) -> tuple[str, ...] | None:
        """The texts that a social card says it shows; None where the picture is no social card."""

    def is_card_of_its_texts(self, png: bytes) -> bool:
        """Whether a social card is, byte for byte, what its own texts are drawn as."""
