"""A Markdown extension as a thoughtless site could switch on: it puts other words for some, quotes included."""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor


class Altering(Extension):
    """Writes `largest port` wherever a page says `largest harbour`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.postprocessors.register(_Replace(md), "altering", -1)


class _Replace(Postprocessor):
    def run(self, text: str) -> str:
        return text.replace("largest harbour", "largest port")


def makeExtension(**_: object) -> Extension:  # noqa: N802
    """What Python-Markdown asks an extension's module for."""
    return Altering()
