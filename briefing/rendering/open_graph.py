"""What a page says to whoever shows a link to it: Open Graph, in texts that were checked, with the picture beside them."""

from dataclasses import dataclass

from markupsafe import Markup

from briefing.model.open_graph import machine_properties
from briefing.text.words import collapse_whitespace


@dataclass(frozen=True)
class OpenGraphTags:
    """What is said of one page; an empty text is left out. `base` is the address of the site, empty where nobody knows it."""

    base_url: str
    url: str
    language: str
    title: str
    description: str
    site_name: str
    image_alt: str

    def to_html(self) -> Markup:
        """The elements for the head of the page."""
        texts = {"og:title": self.title, "og:description": self.description, "og:site_name": self.site_name}
        texts |= {"og:image:alt": self.image_alt} if self.base_url else {}
        told = [(name, collapse_whitespace(text)) for name, text in texts.items() if text]
        told += machine_properties(self.base_url, self.url, self.language)
        elements = (Markup('<meta {}="{}" content="{}">').format(_meta_name_attribute(name), name, text) for name, text in told)
        return Markup("\n").join(elements)


def _meta_name_attribute(name: str) -> str:
    return "name" if name.startswith("twitter:") else "property"
