"""The Open Graph elements of a page, from checked texts, with the social card as image."""

from dataclasses import dataclass

from markupsafe import Markup

from briefing.model.open_graph import machine_properties
from briefing.text.words import collapse_whitespace


@dataclass(frozen=True)
class OpenGraphTags:
    """The properties of one page; empty texts are left out. `base_url` is empty if the URL of the site is unknown."""

    base_url: str
    url: str
    language: str
    title: str
    description: str
    site_name: str
    image_alt: str

    def to_html(self) -> Markup:
        """The `meta` elements for the head of the page."""
        texts = {"og:title": self.title, "og:description": self.description, "og:site_name": self.site_name}
        texts |= {"og:image:alt": self.image_alt} if self.base_url else {}
        properties = [(name, collapse_whitespace(text)) for name, text in texts.items() if text]
        properties += machine_properties(self.base_url, self.url, self.language)
        elements = (
            Markup('<meta {}="{}" content="{}">').format(_meta_name_attribute(name), name, text) for name, text in properties
        )
        return Markup("\n").join(elements)


def _meta_name_attribute(name: str) -> str:
    return "name" if name.startswith("twitter:") else "property"
