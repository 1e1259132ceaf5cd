"""The languages on a page: the site's own, that of the claims, and how an element says that it is in another."""

from dataclasses import dataclass

from markupsafe import Markup

from briefing.i18n.escape import escaped, escaped_heading, wrap_inline
from briefing.text.languages import LocalizedStr, lang_attributes


@dataclass(frozen=True)
class LanguageMarkup:
    """Marks up texts on a page of a site in one language whose claims are written in the same or in another."""

    site_language: str
    claims_language: str

    @property
    def claims_lang(self) -> Markup:
        """The attributes of an element that holds words of the claims' language."""
        return self.lang_attribute(self.claims_language)

    def lang_attribute(self, tag: str) -> Markup:
        """The attributes of an element that holds words of a language."""
        return lang_attributes(tag, self.site_language)

    def lang_attribute_of_text(self, text: object) -> Markup:
        """The attributes of an element that holds a text: one that does not say its language is in the claims'."""
        return self.lang_attribute(text.language if isinstance(text, LocalizedStr) else self.claims_language)

    def wrap_inline(self, text: object, tag: str = "span") -> Markup:
        """A text in an element of its own, so that it is read back apart from the words around it; code has no language."""
        return wrap_inline(text, tag, "" if isinstance(text, Markup) or tag == "code" else self.lang_attribute_of_text(text))

    def with_lang(self, text: object) -> Markup:
        """A text for a block of raw HTML, in an element of its own where it is in another language than the site."""
        return self._wrap_foreign(text, escaped(text))

    def heading(self, text: object) -> Markup:
        """The same for a Markdown heading."""
        return self._wrap_foreign(text, escaped_heading(text))

    def _wrap_foreign(self, text: object, markup: Markup) -> Markup:
        return (
            wrap_inline(markup, attributes=self.lang_attribute_of_text(text)) if self.lang_attribute_of_text(text) else markup
        )
