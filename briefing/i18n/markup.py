"""The languages on a page: the site's own, that of the claims, and how an element says that it is in another."""

from dataclasses import dataclass

from markupsafe import Markup

from briefing.i18n.escape import apart, escaped, escaped_heading
from briefing.text.languages import Told, attributes


@dataclass(frozen=True)
class Tongue:
    """Marks up texts on a page of a site in one language whose claims are written in the same or in another."""

    site: str
    claims: str

    @property
    def ours(self) -> Markup:
        """The attributes of an element that holds words of the claims' language."""
        return self.in_language(self.claims)

    def in_language(self, tag: str) -> Markup:
        """The attributes of an element that holds words of a language."""
        return attributes(tag, self.site)

    def of(self, text: object) -> Markup:
        """The attributes of an element that holds a text: one that does not say its language is in the claims'."""
        return self.in_language(text.language if isinstance(text, Told) else self.claims)

    def apart(self, text: object, tag: str = "span") -> Markup:
        """A text in an element of its own, so that it is read back apart from the words around it; code has no language."""
        return apart(text, tag, "" if isinstance(text, Markup) or tag == "code" else self.of(text))

    def within(self, text: object) -> Markup:
        """A text for a block of raw HTML, in an element of its own where it is in another language than the site."""
        return self._marked(text, escaped(text))

    def heading(self, text: object) -> Markup:
        """The same for a Markdown heading."""
        return self._marked(text, escaped_heading(text))

    def _marked(self, text: object, markup: Markup) -> Markup:
        return apart(markup, attributes=self.of(text)) if self.of(text) else markup
