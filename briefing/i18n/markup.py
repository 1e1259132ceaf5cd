"""Language markup on a page: `lang` and `dir` attributes where a text is not in the language of the site."""

from dataclasses import dataclass

from markupsafe import Markup

from briefing.i18n.escape import escaped, escaped_heading, wrap_inline
from briefing.text.languages import LocalizedStr, lang_attributes


@dataclass(frozen=True)
class LanguageMarkup:
    """Adds language markup for a site in one language with claims in the same or another language."""

    site_language: str
    claims_language: str

    @property
    def claims_lang(self) -> Markup:
        """The attributes of an element with text in the language of the claims."""
        return self.lang_attribute(self.claims_language)

    def lang_attribute(self, tag: str) -> Markup:
        """The attributes of an element with text in a language; empty for the language of the site."""
        return lang_attributes(tag, self.site_language)

    def lang_attribute_of_text(self, text: object) -> Markup:
        """The attributes of an element with this text; a plain string is in the language of the claims."""
        return self.lang_attribute(text.language if isinstance(text, LocalizedStr) else self.claims_language)

    def wrap_inline(self, text: object, tag: str = "span") -> Markup:
        """A text in its own inline element with its language; `code` and markup get none."""
        return wrap_inline(text, tag, "" if isinstance(text, Markup) or tag == "code" else self.lang_attribute_of_text(text))

    def with_lang(self, text: object) -> Markup:
        """A text for a block of raw HTML, wrapped in an element if it is not in the language of the site."""
        return self._wrap_foreign(text, escaped(text))

    def heading(self, text: object) -> Markup:
        """Like `with_lang`, for a Markdown heading."""
        return self._wrap_foreign(text, escaped_heading(text))

    def _wrap_foreign(self, text: object, markup: Markup) -> Markup:
        return (
            wrap_inline(markup, attributes=self.lang_attribute_of_text(text)) if self.lang_attribute_of_text(text) else markup
        )
