"""What a page says to whoever shows a link to it: Open Graph, in texts that were checked, with the picture beside them."""

from dataclasses import dataclass

from markupsafe import Markup

from briefing.model.open_graph import to_machines
from briefing.text.words import collapse


@dataclass(frozen=True)
class Shared:
    """What is said of one page; an empty text is left out. `base` is the address of the site, empty where nobody knows it."""

    base: str
    url: str
    language: str
    title: str
    description: str
    site: str
    picture: str

    def head(self) -> Markup:
        """The elements for the head of the page."""
        texts = {"og:title": self.title, "og:description": self.description, "og:site_name": self.site}
        texts |= {"og:image:alt": self.picture} if self.base else {}
        told = [(name, collapse(text)) for name, text in texts.items() if text]
        told += to_machines(self.base, self.url, self.language)
        elements = (Markup('<meta {}="{}" content="{}">').format(_kind(name), name, text) for name, text in told)
        return Markup("\n").join(elements)


def _kind(name: str) -> str:
    return "name" if name.startswith("twitter:") else "property"
